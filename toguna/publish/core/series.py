"""The months behind a key figure: each is a figure like any other, with a note, a row in the data file, and its place in the audit."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from toguna.kernel.api import Period
from toguna.publish.core.blocks import first_number, items
from toguna.publish.core.figure_source import Asked, Cells, Fact, FigureSource
from toguna.publish.core.notes import month_name
from toguna.publish.core.references import split_show
from toguna.publish.core.tree import Fenced

#: The axes of a block's series: which of its numbers, counted from nothing, and which month.
SERIES = ("item", "month")
#: Fewer months than this are no series.
_LEAST = 3

_Rows = tuple[tuple[tuple[str, ...], tuple[str, ...], Fact], ...]


def series_of(block: Fenced, source: FigureSource, asked: Asked) -> Cells:
    """The series of each number of a block that has one: a flow of the text's own month. Months without a figure are absent."""
    length = int(block.options["series"].rstrip("m") or 0) if block.options["series"].rstrip("m").isdigit() else 0
    rows = [row for at, reference in _flows(block, source) for row in _months(at, reference, length, source, asked)]
    return Cells(by=SERIES, rows=tuple(rows), total=None)


def months_before(period: Period, length: int) -> Period:
    """So many months that end with the period."""
    last = period.end.year * 12 + period.end.month - 1
    first = last - length + 1
    end = date(period.end.year, period.end.month, monthrange(period.end.year, period.end.month)[1])
    return Period(start=date(first // 12, first % 12 + 1, 1), end=end)


def _flows(block: Fenced, source: FigureSource) -> Iterator[tuple[int, str]]:
    for at, item in enumerate(items(block)):
        number = first_number(item)
        if number is None or number.binding != "fig":
            continue
        reference = split_show(number.reference).reference
        meaning = source.meaning(reference.partition("?")[0])
        if meaning is not None and meaning.kind == "flow" and "period=" not in reference:
            yield at, reference


def _months(at: int, reference: str, length: int, source: FigureSource, asked: Asked) -> _Rows:
    if length < _LEAST or asked.period.start.replace(day=1) != asked.period.end.replace(day=1):
        return ()
    whole = replace(asked, period=months_before(asked.period, length))
    found = source.cells(reference, ["month"], whole)
    rows = tuple(
        ((str(at), month_name(codes[0], asked.language)), (str(at), codes[0]), fact) for _, codes, fact in found.rows
    )
    return rows if len(rows) >= _LEAST else ()
