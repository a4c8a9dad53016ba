"""The room's verbs over the opened instance: figures, tables of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toguna.access.api import require_permit
from toguna.figures import opened
from toguna.figures.context import Computed, Context, FigureTable
from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import Figure, Status
from toguna.figures.core.reference import Show
from toguna.figures.core.show import number_style, show_figure
from toguna.figures.views import seen_figure, seen_table
from toguna.instance.api import current
from toguna.kernel.api import Language, Problem
from toguna.kernel.core.languages import ByLanguage

#: What stands where no number does.
_STATES: Mapping[Status, Mapping[Language, str]] = {
    "value": ByLanguage({"en": "", "fr": ""}),
    "nil": ByLanguage({"en": "none", "fr": "néant"}),
    "not_reported": ByLanguage({"en": "not reported", "fr": "non parvenu"}),
    "not_expected": ByLanguage({"en": "not expected", "fr": "non attendu"}),
    "not_applicable": ByLanguage({"en": "not applicable", "fr": "sans objet"}),
    "unknown": ByLanguage({"en": "unknown", "fr": "inconnu"}),
    "withheld": ByLanguage({"en": "withheld", "fr": "retenu"}),
}


def figures(references: Sequence[str], context: Context) -> Computed:
    """One figure a reference, in their order, as the context's actor may see it, and every fault of all of them.

    Refuses an actor who may not compute figures.
    """
    require_permit(context.actor, "figure.computed")
    found: list[Figure | None] = []
    problems: list[Problem] = []
    with opened.using() as around:
        for reference in references:
            figure, faults = seen_figure(around, context, reference)
            found.append(figure)
            problems += faults
    return Computed(figures=found, problems=problems)


def table(reference: str, by: Sequence[str], context: Context) -> FigureTable:
    """A figure split by categories, ``region``, ``place@LEVEL`` or ``month``, with its total, as the actor may see it."""
    require_permit(context.actor, "figure.computed")
    with opened.using() as around:
        return seen_table(around, context, reference, by)


def indicators() -> Mapping[str, Indicator]:
    """The instance's indicators by id; those with a fault are left out."""
    with opened.using() as around:
        return around.indicators


def shown(figure: Figure, language: Language, show: Show | None = None) -> str:
    """The words that print a figure, with the operation's numbers; its state where nothing may be printed."""
    style = number_style(language, current().operation.number_style.get(language))
    return show_figure(figure, language, style, show) or _STATES[figure.status][language]
