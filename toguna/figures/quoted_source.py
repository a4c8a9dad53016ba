"""The documents that quoted, estimated and planned figures rest on, from the rows that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import Figure, FigureSource
from toguna.figures.problems import FAULTS
from toguna.kernel.api import LANGUAGES, Problem
from toguna.kernel.core.hedges import HEDGES, Hedge, hedge_of

#: The parts of a source that a row may give.
SOURCE_PARTS = ("owner", "title", "page", "scope", "source", "low", "high", "method", "hedge")


def quoted_source(part: Indicator, row: Mapping[str, object]) -> FigureSource:
    """The document that a traced row quotes; stale after its own day, or so many days after the value's."""
    day = row.get("_day")
    as_of = day if isinstance(day, date) else None
    stale = row.get("stale_after")
    stale_after = stale if isinstance(stale, date) else None
    if isinstance(part.stale_after, int) and as_of is not None:
        stale_after = as_of + timedelta(days=part.stale_after)
    low, high = row.get("low"), row.get("high")
    return FigureSource(
        id=str(row.get("source") or part.table or ""),
        owner=str(row.get("owner") or ""),
        title=str(row.get("title") or ""),
        page=str(row.get("page") or ""),
        scope=str(row.get("scope") or ""),
        as_of=as_of,
        stale_after=stale_after,
        method=str(row.get("method") or ""),
        hedge=str(row.get("hedge") or ""),
        low=low if isinstance(low, Decimal) else None if low is None else Decimal(str(low)),
        high=high if isinstance(high, Decimal) else None if high is None else Decimal(str(high)),
    )


def owner_hedge(indicator: Indicator, sources: Iterable[FigureSource]) -> Hedge | None:
    """How exact the owners say that a value is: the hedge of all who hedge; about where they differ, and of what is not a sum."""
    found = {read_hedge(one.hedge) or "about" for one in sources if one.hedge}
    if not found:
        return None
    adds = not indicator.is_derived or indicator.kind == "sum"
    return found.pop() if adds and len(found) == 1 else "about"


def read_hedge(written: str) -> Hedge | None:
    """The hedge that a row's word says: one of `show`, or the words of either language; None when it says none."""
    code = written.strip().lower().replace("_", "-")
    found = next((hedge for hedge in HEDGES if hedge == code), None)
    return found or next((hedge for language in LANGUAGES if (hedge := hedge_of(written, language))), None)


def unread_hedges(figure: Figure) -> list[Problem]:
    """A fault for each source of the figure whose hedge is a word that says none."""
    return [
        FAULTS["owner_hedge_unknown"].at(reference=figure.indicator, source=one.id, word=one.hedge)
        for one in figure.sources
        if one.hedge and read_hedge(one.hedge) is None
    ]
