"""The reference, period and place of one cell of a table of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from toguna.figures.core.definition import UNKNOWN
from toguna.figures.core.reference import FigureReference
from toguna.kernel.api import Period


def of_cell(
    reference: FigureReference, period: Period, place: str | None, cell: Mapping[str, str]
) -> tuple[FigureReference, Period, str | None]:
    """The reference that asks for a table's cell alone, its period and place."""
    if not cell:
        return reference, period, place
    changed: dict[str, Any] = {}
    categories = dict(reference.categories)
    for name, value in cell.items():
        if name == "month":
            first = date(int(value[:4]), int(value[5:7]), 1)
            period = Period(start=max(first, period.start), end=min(_month_end(first), period.end))
            changed["period"] = period.written()
        elif name == "place":
            place = None if value == UNKNOWN else value
            changed["place"] = (value,) if place else reference.place
        else:
            categories[name] = (value,)
    return replace(reference, categories=categories, **changed), period, place


def _month_end(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
