"""A sheet's cells as tables and lines: a table ends at an empty row, unless the next row is its total; tables stand beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toguna.check.core.grids import is_total
from toguna.check.core.readers.marks import is_figure

Cells = Mapping[int, Mapping[int, str]]
Merged = Mapping[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class CellText:
    """One cell that stands alone in its row: a title above a table, a note below it."""

    row: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """A table: columns `first` to `last` of these rows; `heads` are the rows above its first figures."""

    first: int
    last: int
    rows: tuple[tuple[int, Mapping[int, str]], ...]
    heads: frozenset[int]


def regions(cells: Cells, merged: Merged) -> Iterator[Region | CellText]:
    """What stands on a sheet, from the top; tables beside one another from the left."""
    for rows in _bands(cells):
        lines = list(rows)
        while lines and _is_alone(lines[0][1]):
            yield _text(*lines.pop(0))
        tail: list[CellText] = []
        while lines and _is_alone(lines[-1][1]):
            tail.insert(0, _text(*lines.pop()))
        if lines:
            for first, last in _columns(lines, merged):
                own = [
                    (row, {at: words for at, words in columns.items() if first <= at <= last}) for row, columns in lines
                ]
                yield _region(first, last, [(row, columns) for row, columns in own if columns])
        yield from tail


def _bands(cells: Cells) -> Iterator[list[tuple[int, Mapping[int, str]]]]:
    """Rows that follow one another; an empty row before a total ends no table."""
    band: list[tuple[int, Mapping[int, str]]] = []
    for row in sorted(cells):
        columns = cells[row]
        if band and row > band[-1][0] + 1 and not (row == band[-1][0] + 2 and _is_total_row(columns)):
            yield band
            band = []
        band.append((row, columns))
    if band:
        yield band


def _is_total_row(columns: Mapping[int, str]) -> bool:
    words = [columns[at] for at in sorted(columns)]
    return len(words) > 1 and is_total(words[0]) and any(map(is_figure, words[1:]))


def _is_alone(columns: Mapping[int, str]) -> bool:
    return len(columns) == 1 and not any(map(is_figure, columns.values()))


def _text(row: int, columns: Mapping[int, str]) -> CellText:
    return CellText(row=row, words=next(iter(columns.values())))


def _columns(lines: Sequence[tuple[int, Mapping[int, str]]], merged: Merged) -> Iterator[tuple[int, int]]:
    """The first and last columns of each table: an empty column parts them where what follows begins with words, not with figures."""
    used = {at for _, columns in lines for at in columns}
    for row, columns in lines:
        for at in columns:
            used.update(range(at, at + merged.get((row, at), (1, 1))[1]))
    ordered = sorted(used)
    first = ordered[0]
    for left, right in pairwise(ordered):
        if right > left + 1:
            below = [columns[right] for _, columns in lines[1:] if right in columns]
            if below and 2 * sum(map(is_figure, below)) < len(below):
                yield first, left
                first = right
    yield first, ordered[-1]


def _region(first: int, last: int, rows: Sequence[tuple[int, Mapping[int, str]]]) -> Region:
    heads: list[int] = []
    for row, columns in rows:
        if any(map(is_figure, columns.values())):
            break
        heads.append(row)
    return Region(first=first, last=last, rows=tuple(rows), heads=frozenset(heads))
