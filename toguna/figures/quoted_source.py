"""The documents that quoted, estimated and planned figures rest on, from the rows that name them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import FigureSource

#: The parts of a source that a row may give.
SOURCE_PARTS = ("owner", "title", "page", "scope", "source", "low", "high", "method")


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
        low=low if isinstance(low, Decimal) else None if low is None else Decimal(str(low)),
        high=high if isinstance(high, Decimal) else None if high is None else Decimal(str(high)),
    )
