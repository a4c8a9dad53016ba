"""From words on a page to columns, tables and boxes in the order in which a person reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from toguna.check.core.readers.aligned import Table, aligned, trimmed
from toguna.check.core.readers.columns import Column, columns_of
from toguna.check.core.readers.geometry import Box, Segment, Word, around, rows_of, segment_of, segments_of
from toguna.check.core.readers.grid import Grid, grids_of, rules_of

Part = Column | Table

MOST_SEGMENTS = 2_000


def lay_out(words: Sequence[Word], strokes: Iterable[Box] = (), width: float = 0, height: float = 0) -> list[Part]:
    """The parts of a page in reading order."""
    parts: list[Part] = []
    loose = set(words)
    grids = grids_of(rules_of(strokes, width, height), words)
    stripes = Counter((round(grid.box.x0 / 3), round(grid.box.x1 / 3)) for grid in grids if grid.areas == 1)
    for grid in grids:
        if grid.areas > 1 or stripes[round(grid.box.x0 / 3), round(grid.box.x1 / 3)] < 2 or _is_prose(grid):
            parts.extend(_ruled(grid, loose))
    ordered = [word for word in words if word in loose]
    return _in_order(parts + list(_unruled(ordered)))


def _ruled(grid: Grid, loose: set[Word]) -> list[Part]:
    """A ruled grid as a table, or as boxes of text, or as nothing: then its words stay loose."""
    cells = [cell for row in grid.cells for cell in row if cell]
    words = [word for cell in cells for word in cell]
    prose = sum(len(cell) for cell in cells if len(cell) >= 40)
    wide = max(sum(1 for row in grid.cells if row[at]) for at in range(len(grid.cells[0])))
    long = max(sum(1 for cell in row if cell) for row in grid.cells)
    is_table = wide >= 2 and long >= 2 and prose < 0.6 * len(words) and len(cells) >= 0.4 * grid.areas
    if is_table:
        loose.difference_update(words)
        return [Table(grid.box, trimmed([tuple(_lines(cell)) for cell in row] for row in grid.cells))]
    if len(cells) < 0.5 * grid.areas or all(len(rows_of(cell)) == 1 for cell in cells):
        return []
    loose.difference_update(words)
    return [part for cell in cells for part in _unruled(cell)]


def _is_prose(grid: Grid) -> bool:
    """Whether a single box holds a text of its own, rather than shading one row of a table."""
    words = sum(len(cell) for row in grid.cells for cell in row)
    return words > 25


def _lines(words: Iterable[Word]) -> list[Segment]:
    return [segment_of(row) for row in rows_of(words)]


def _unruled(words: Sequence[Word]) -> list[Part]:
    """Columns and tables; of a page with more segments than any real one, its rows as one column."""
    segments = segments_of(words)
    if len(segments) > MOST_SEGMENTS:
        lines = tuple(_lines(words))
        return [Column(around(lines), lines)]
    return list(aligned(columns_of(segments)))


# Reading order.


def _in_order(parts: Sequence[Part]) -> list[Part]:
    """Above before below where they overlap sideways; left before right where they do not and nothing spans both."""
    left = sorted(parts, key=lambda part: (part.box.top, part.box.x0))
    ordered: list[Part] = []
    _cut(left, ordered)
    return ordered


def _cut(parts: Sequence[Part], ordered: list[Part]) -> None:
    """Cut between rows where a blank runs across all; else between columns; else take them from the top."""
    stack: list[Sequence[Part]] = [parts]
    while stack:
        group = stack.pop()
        pieces = _split(group) if len(group) > 1 else []
        if len(pieces) > 1:
            stack.extend(reversed(pieces))
        else:
            ordered.extend(sorted(group, key=lambda part: (part.box.top, part.box.x0)))


def _split(group: Sequence[Part]) -> list[list[Part]]:
    columns = _runs(group, lambda part: (part.box.x0, part.box.x1), 4)
    if len(columns) > 1 and _tall(columns):
        return columns
    rows = _runs(group, lambda part: (part.box.top, part.box.bottom), -2)
    return rows if len(rows) > 1 else columns


def _tall(columns: Sequence[Sequence[Part]]) -> bool:
    """Whether columns stand side by side, rather than one below the other."""
    spans = [(min(part.box.top for part in parts), max(part.box.bottom for part in parts)) for parts in columns]
    return all(min(e1, e2) - max(s1, s2) > 0.2 * min(e1 - s1, e2 - s2) for (s1, e1), (s2, e2) in pairwise(spans))


def _runs(group: Sequence[Part], span: Callable[[Part], tuple[float, float]], gap: float) -> list[list[Part]]:
    """The group cut where a blank wider than `gap` crosses it."""
    runs: list[list[Part]] = []
    reach = 0.0
    for part in sorted(group, key=span):
        start, end = span(part)
        if runs and start <= reach + gap:
            runs[-1].append(part)
            reach = max(reach, end)
        else:
            runs.append([part])
            reach = end
    return runs


def beside(parts: Sequence[Part]) -> list[bool]:
    """For each part whether it stands beside the flow of the text: narrow, next to a column that holds twice its words."""
    weights = [_weight(part) for part in parts]
    return [
        any(
            weights[other] >= 2 * weights[at]
            and wide.box.x1 - wide.box.x0 > 1.3 * (part.box.x1 - part.box.x0)
            and (wide.box.x1 <= part.box.x0 + 2 or part.box.x1 <= wide.box.x0 + 2)
            and min(wide.box.bottom, part.box.bottom) > max(wide.box.top, part.box.top)
            for other, wide in enumerate(parts)
            if isinstance(wide, Column)
        )
        for at, part in enumerate(parts)
    ]


def _weight(part: Part) -> int:
    if isinstance(part, Column):
        return sum(len(line.words) for line in part.lines)
    return sum(len(line.words) for row in part.rows for cell in row for line in cell)
