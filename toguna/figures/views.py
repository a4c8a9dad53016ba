"""Figures, tables of them and the rows behind them as one actor may see them: the lake's values on one side, `access` on the other.

`access.core.policy` decides; here it is told of what a figure or a row speaks. Every door to figures goes through `seen_figure` or
`seen_table`, every door to rows through `RowSubjects`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toguna.access.api import Actor, Subject
from toguna.access.core.policy import FigureView, figure_view, is_single_answer
from toguna.figures.calculate import Calculator, Resolved, Surroundings
from toguna.figures.context import Context, FigureTable
from toguna.figures.core.definition import Indicator
from toguna.figures.core.expressions import Read
from toguna.figures.core.figure import Figure, is_currency
from toguna.figures.core.printing import withheld
from toguna.figures.core.reference import categories_of
from toguna.figures.core.tables import Sources, SourceTable
from toguna.kernel.api import Problem

_ORGANISATIONS = "organisations"
_WHOSE, _WHERE = "_whose", "_where"


def printable(context: Context) -> Context:
    """The same question, answered with what the publication plans let be printed: all that a view that is not full may hold."""
    return replace(context, public=True, planned=True)


def view_of(calculator: Calculator, resolved: Resolved) -> FigureView:
    """What view the context's actor has of the figure."""
    actor = calculator.context.actor
    return figure_view(actor, resolved.indicator.sensitivity, subjects_of(calculator.around, resolved))


def subjects_of(around: Surroundings, resolved: Resolved) -> list[Subject]:
    """Of whom and where the figure speaks: each place asked, for each organisation to which it is narrowed; unnarrowed, for none alone."""
    categories = categories_of(resolved.indicator, around.indicators)
    narrowed = [
        resolved.scope.filters[name]
        for name, category in categories.items()
        if name in resolved.scope.filters
        and category.long is not None
        and category.long.read.column.reference == _ORGANISATIONS
    ]
    whose: Sequence[str | None] = narrowed[0] if narrowed else (None,)
    places = [around_place(around, code, resolved.scope.period.end) for code in resolved.scope.places or (around.root,)]
    return [Subject(organisation=one, places=codes) for one in whose for codes in places]


def around_place(around: Surroundings, code: str, day: date) -> tuple[str, ...]:
    """The place and those in which it lies; a code that is no place stands alone."""
    tree = around.tree(day)
    return (code, *tree.ancestors(code)) if code in tree.places else (code,)


def seen_figure(around: Surroundings, context: Context, reference: str) -> tuple[Figure | None, list[Problem]]:
    """The figure as the context's actor may see it, or every fault that stops it."""
    calculator = Calculator(around, context)
    resolved, problems = calculator.resolve(reference)
    if resolved is None:
        return None, problems
    view = view_of(calculator, resolved)
    figure, problems = _asked(calculator, view).figure(reference)
    if figure is None:
        return None, problems
    if view == "none" or _tells_an_answer(figure, context.actor):
        figure = replace(withheld(figure), missing=(), sources=())
    return figure, problems


def seen_table(around: Surroundings, context: Context, reference: str, by: Sequence[str]) -> FigureTable:
    """The figure split, as the context's actor may see it. Whose view of the whole is not full sees the whole table as it is printed."""
    calculator = Calculator(around, context)
    resolved, problems = calculator.resolve(reference)
    if resolved is None:
        return FigureTable(by=tuple(by), rows=(), total=None, problems=tuple(problems))
    view = view_of(calculator, resolved)
    if view == "none":
        return FigureTable(by=tuple(by), rows=(), total=seen_figure(around, context, reference)[0])
    found = _asked(calculator, view).table(reference, by)
    figures = [figure for _, figure in found.rows] + ([found.total] if found.total else [])
    if view == "full" and any(_tells_an_answer(figure, context.actor) for figure in figures):
        return Calculator(around, replace(context, public=True)).table(reference, by)
    return found


def _asked(calculator: Calculator, view: FigureView) -> Calculator:
    return calculator if view == "full" else Calculator(calculator.around, printable(calculator.context))


def _tells_an_answer(figure: Figure, actor: Actor) -> bool:
    if figure.value is None or not is_currency(figure.unit):
        return False
    return is_single_answer(actor, figure.sensitivity, figure.records, figure.threshold)


@dataclass(frozen=True, kw_only=True)
class RowSubjects:
    """Whose the rows of a table are and where they lie: by the organisations and places that the row names, else those above it."""

    around: Surroundings
    day: date
    reads: Mapping[str, Read]

    @classmethod
    def of(cls, around: Surroundings, table: SourceTable, part: Indicator, day: date) -> RowSubjects:
        """For the rows behind one indicator."""
        sources = around.engine.catalogue.sources
        reads = dict(_named(table, sources, _ORGANISATIONS, _WHOSE))
        wheres = [part.place] if part.place is not None else list(_named(table, sources, "places", _WHERE).values())
        reads |= {f"{_WHERE}{n}": read for n, read in enumerate(wheres)}
        return cls(around=around, day=day, reads=reads)

    def of_row(self, row: Mapping[str, Any]) -> Subject:
        """The subject of a row that was read with `reads`."""
        whose = [one for name in self.reads if name.startswith(_WHOSE) for one in _codes(row.get(name))]
        where = [one for name in self.reads if name.startswith(_WHERE) for one in _codes(row.get(name))]
        lies_in = dict.fromkeys(code for one in where for code in around_place(self.around, one, self.day))
        return Subject(organisation=whose[0] if whose else None, places=tuple(lies_in))


def _named(table: SourceTable, sources: Sources, reference: str, prefix: str) -> dict[str, Read]:
    """The columns of the row, then of the rows above it, whose values are keys of that register."""
    found: dict[str, Read] = {}
    standing: SourceTable | None = table
    up = 0
    while standing is not None:
        for column in standing.columns.values():
            if column.reference == reference and column.type is not None:
                found[f"{prefix}{len(found)}"] = Read(up=up, column=column, table=standing.name)
        standing = sources.table(standing.parent) if standing.parent is not None else None
        up += 1
    return found


def _codes(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
