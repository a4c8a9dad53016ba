"""The room's verbs over the opened instance: figures, tables of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toguna.access import require_permit
from toguna.figures import opened
from toguna.figures.calculate import Calculator
from toguna.figures.context import Computed, Context, FigureTable
from toguna.figures.definition import Indicator
from toguna.figures.figure import Figure
from toguna.kernel import Problem


def figures(references: Sequence[str], context: Context) -> Computed:
    """One figure a reference, in their order, and every fault of all of them. Refuses an actor who may not compute figures."""
    require_permit(context.actor, "figure.computed")
    calculator = Calculator(opened.surroundings(), context)
    found: list[Figure | None] = []
    problems: list[Problem] = []
    for reference in references:
        figure, faults = calculator.figure(reference)
        found.append(figure)
        problems += faults
    return Computed(figures=found, problems=problems)


def table(reference: str, by: Sequence[str], context: Context) -> FigureTable:
    """A figure split by categories, ``region``, ``place@LEVEL`` or ``month``, with its total."""
    require_permit(context.actor, "figure.computed")
    return Calculator(opened.surroundings(), context).table(reference, by)


def indicators() -> Mapping[str, Indicator]:
    """The instance's indicators by id; those with a fault are left out."""
    return opened.surroundings().indicators
