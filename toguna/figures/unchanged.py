"""Since when the source of a quoted stock has said the same: a row that repeats an old value is worth a word to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from toguna.figures.answers import Scope
from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import Figure, FigureSource
from toguna.kernel.api import Period

#: The value and the sources of one figure in another scope.
Earlier = Callable[[Scope], tuple[Decimal | None, tuple[FigureSource, ...]]]


def with_unchanged(figure: Figure, indicator: Indicator, scope: Scope, earlier: Earlier) -> Figure:
    """The figure; of a quoted stock its source says since when it repeats the value, where its row is older than the period."""
    if indicator.kind != "stock" or figure.basis != "quoted" or figure.value is None or len(figure.sources) != 1:
        return figure
    last = figure.sources[0]
    if last.as_of is None or last.as_of >= figure.period.start:
        return figure
    since = _since(last, figure.value, replace(scope, filters=_without_source(indicator, scope)), earlier)
    return replace(figure, sources=(replace(last, unchanged_since=since),)) if since is not None else figure


def _since(last: FigureSource, value: Decimal, scope: Scope, earlier: Earlier) -> date | None:
    """The day of the first row of an unbroken run of the same value in the same series."""
    since, day = None, last.as_of
    while day is not None:
        before = day - timedelta(days=1)
        then, sources = earlier(replace(scope, period=Period(start=before, end=before)))
        if then != value or len(sources) != 1 or not _is_same_series(sources[0], last):
            break
        day = sources[0].as_of if sources[0].as_of is not None and sources[0].as_of < day else None
        since = day or since
    return since


def _is_same_series(one: FigureSource, other: FigureSource) -> bool:
    return (one.owner, one.scope) == (other.owner, other.scope)


def _without_source(indicator: Indicator, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The filters, but for one that names the document: the row before stands in another."""
    named = {
        name
        for name, category in indicator.categories.items()
        if category.long is not None and category.long.read == indicator.quoted.source
    }
    return {name: values for name, values in scope.filters.items() if name not in named}
