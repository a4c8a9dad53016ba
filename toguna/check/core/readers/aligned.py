"""Tables without rules: columns side by side whose lines share baselines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from toguna.check.core.readers.columns import Column
from toguna.check.core.readers.geometry import Box, Segment, around
from toguna.check.core.readers.marks import is_figure


class Table(NamedTuple):
    """Rows of cells; a cell holds its lines."""

    box: Box
    rows: tuple[tuple[tuple[Segment, ...], ...], ...]


def trimmed(
    rows: Iterable[Sequence[tuple[Segment, ...]]],
) -> tuple[tuple[tuple[Segment, ...], ...], ...]:
    """Without the rows and columns that are blank throughout."""
    filled = [row for row in rows if any(row)]
    kept = [at for at in range(len(filled[0])) if any(row[at] for row in filled)] if filled else []
    return tuple(tuple(row[at] for at in kept) for row in filled)


def aligned(columns: Sequence[Column]) -> list[Column | Table]:
    """The columns, those that belong to one table made one."""
    groups = _side_by_side(columns)
    loose = [group[0] for group in groups if len(group) == 1]
    parts: list[Column | Table] = []
    for group in groups:
        if len(group) > 1:
            lines = [line for column in group for line in column.lines]
            joined = _fellows(lines, loose, fewest=min(len(column.lines) for column in group))
            loose = [column for column in loose if column not in joined]
            lines += [line for column in joined for line in column.lines]
            heads = _heads(lines, loose)
            loose = [column for column in loose if column not in heads]
            parts.extend(_tabled(lines, heads))
    return [*parts, *loose]


def _fellows(lines: Sequence[Segment], loose: Sequence[Column], fewest: int) -> list[Column]:
    """Loose columns that are cells of one more column of the table: begun in one line, each on a row's baseline.

    `fewest` is how many lines the table's shortest column has: about as many cells make a column.
    """
    box = around(lines)
    bases = sorted({line.base for line in lines})
    size = max(line.size for line in lines)
    begun: dict[int, list[Column]] = {}
    for column in loose:
        first = column.lines[0]
        beside = column.box.x1 < box.x1 + 12 * size and column.box.x0 > box.x0 - 30 * size
        clear = all(line.x1 <= column.box.x0 or column.box.x1 <= line.x0 for line in lines)
        if beside and clear and _is_short(column) and any(abs(base - first.base) < 0.3 * size for base in bases):
            begun.setdefault(round(first.x0 / 3), []).append(column)
    needed = max(2, 0.6 * fewest)
    return [column for columns in begun.values() if len(columns) >= needed for column in columns]


def _side_by_side(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns in groups; a group of several is a table."""
    root = list(range(len(columns)))

    def top(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    order = sorted(range(len(columns)), key=lambda at: columns[at].box.x0)
    for here, one in enumerate(order):
        for other in order[here + 1 :]:
            if top(one) != top(other) and _rhyme(columns[one], columns[other]):
                root[top(other)] = top(one)
    groups: dict[int, list[Column]] = {}
    for at, column in enumerate(columns):
        groups.setdefault(top(at), []).append(column)
    return list(groups.values())


def _rhyme(left: Column, right: Column) -> bool:
    """Whether two columns are two columns of a table."""
    if left.box.x1 > right.box.x0 + 2 or left.box.top >= right.box.bottom or right.box.top >= left.box.bottom:
        return False
    shared = _shared(left.lines, right.lines)
    fewer = min(len(left.lines), len(right.lines))
    if shared < 2 or shared < 0.6 * fewer:
        return False
    if _share(right.lines) >= 0.5:
        return _share(right.lines) >= 0.8 or not _runs_on(left.lines)
    if _share(left.lines) >= 0.5:
        return not _runs_on(right.lines)
    return shared >= 3 and all(_terse(column.lines) for column in (left, right))


def _shared(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    bases = sorted(line.base for line in right)
    count = at = 0
    for line in left:
        near = 0.3 * line.size
        while at < len(bases) and bases[at] < line.base - near:
            at += 1
        count += at < len(bases) and bases[at] <= line.base + near
    return count


def _share(lines: Sequence[Segment]) -> float:
    return sum(is_figure(line.text) for line in lines) / len(lines)


def _runs_on(lines: Sequence[Segment]) -> bool:
    """Whether the lines are those of a running text: long, and begun in the middle of a sentence."""
    words = sum(len(line.words) for line in lines)
    return words >= 5 * len(lines) and sum(line.text[:1].islower() for line in lines) >= 0.4 * (len(lines) - 1) > 0


def _terse(lines: Sequence[Segment]) -> bool:
    return sum(len(line.words) for line in lines) <= 2.5 * len(lines)


Span = tuple[float, float]


def _heads(lines: Sequence[Segment], loose: Sequence[Column]) -> list[Column]:
    """The loose columns that head the table's: short, close above, each within one column; none unless there are two."""
    spans = _spans(lines)
    top = min(line.top for line in lines)
    size = max(line.size for line in lines)
    found: list[Column] = []
    for column in sorted(loose, key=lambda column: -column.box.bottom):
        if not top - 5 * size < column.box.bottom < top + 0.8 * size or not _is_short(column):
            continue
        slots = {_slot(spans, line) for line in column.lines}
        if len(slots) > 1 or any(_straddles(spans, line) for line in column.lines):
            continue
        close = column.box.bottom >= top - 1.6 * size
        if close or any(_is_close(column, other) for other in found):
            found.append(column)
    slots = {_slot(spans, column.lines[0]) for column in found}
    headed = not any(is_figure(line.text) for line in _by_base(lines)[0])
    return found if len(slots) >= 2 or (headed and slots and slots != {0}) else []


def _is_short(column: Column) -> bool:
    return len(column.lines) <= 5 and all(len(line.words) <= 5 and len(line.text) <= 32 for line in column.lines)


def _is_close(column: Column, other: Column) -> bool:
    return column.box.bottom > other.box.top - 1.2 * column.lines[-1].size


def _slot(spans: Sequence[Span], line: Segment) -> int:
    """The column that the line overlaps most, else the nearest."""
    return max(range(len(spans)), key=lambda at: min(spans[at][1], line.x1) - max(spans[at][0], line.x0))


def _straddles(spans: Sequence[Span], line: Segment) -> bool:
    return sum(min(end, line.x1) - max(start, line.x0) > 0.6 * line.size for start, end in spans) > 1


def _tabled(lines: Sequence[Segment], heads: Sequence[Column]) -> list[Column | Table]:
    """Columns side by side as rows of cells, the heads as their first row; lines of prose above and below as columns."""
    rows = _by_base(lines)
    above = 0
    while above < len(rows) and _is_prose(rows[above], rows):
        above += 1
    below = len(rows)
    while below > above and _is_prose(rows[below - 1], rows):
        below -= 1
    kept = [line for row in rows[above:below] for line in row]
    parts: list[Column | Table] = []
    for cut in (rows[:above], rows[below:]):
        if cut:
            told = tuple(line for row in cut for line in row)
            parts.append(Column(around(told), told))
    if not kept:
        return parts
    spans = _spans(kept)
    cells = _wrapped([_row(spans, row) for row in rows[above:below]])
    if heads:
        cells.insert(0, _row(spans, sorted((line for column in heads for line in column.lines), key=_base)))
    cells = _headed(cells)
    told = tuple(kept) + tuple(line for column in heads for line in column.lines)
    return [*parts, Table(around(told), trimmed([tuple(cell) for cell in row] for row in cells))]


def _headed(rows: list[list[list[Segment]]]) -> list[list[list[Segment]]]:
    """The rows above the first that holds a figure made one, when they stand close: a head in several lines."""
    first = next((at for at, row in enumerate(rows) if _ends_head(row, at)), 0)
    if not 2 <= first <= 5:
        return rows
    lines = sorted((line for row in rows[:first] for cell in row for line in cell), key=_base)
    if any(later.base - line.base > 1.6 * line.size for line, later in pairwise(lines)):
        return rows
    head = [[line for row in rows[:first] for line in row[at]] for at in range(len(rows[0]))]
    return [head, *rows[first:]]


def _ends_head(row: Sequence[Sequence[Segment]], at: int) -> bool:
    """Whether the head ends before the row: it holds a figure, or is the title of the rows below."""
    if any(is_figure(line.text) for cell in row for line in cell):
        return True
    return at > 0 and bool(row[0]) and not any(row[1:]) and not row[0][0].text[:1].islower()


def _base(line: Segment) -> float:
    return line.base


def _by_base(lines: Iterable[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for line in sorted(lines, key=_base):
        if rows and line.base - rows[-1][0].base <= 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _row(spans: Sequence[Span], lines: Sequence[Segment]) -> list[list[Segment]]:
    cells: list[list[Segment]] = [[] for _ in spans]
    for line in lines:
        cells[_slot(spans, line)].append(line)
    return cells


def _is_prose(row: Sequence[Segment], rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether a row is one line that runs on over where the other rows have their second cell, or a long one."""
    if len(row) > 1 or is_figure(row[0].text):
        return False
    seconds = sorted(sorted(other, key=lambda line: line.x0)[1].x0 for other in rows if len(other) > 1)
    second = seconds[len(seconds) // 2] if seconds else row[0].x1
    return row[0].x0 < second < row[0].x1


def _spans(lines: Sequence[Segment]) -> list[Span]:
    """The columns of a table, by what overlaps sideways; two that no row fills both are one."""
    spans: list[Span] = []
    for line in sorted(lines, key=lambda line: line.x1 - line.x0):
        touched = [span for span in spans if span[0] < line.x1 and line.x0 < span[1]]
        if len(touched) <= 1:
            spans = [span for span in spans if span not in touched]
            start, end = touched[0] if touched else (line.x0, line.x1)
            spans.append((min(start, line.x0), max(end, line.x1)))
    spans.sort()
    filled = [{_slot(spans, line) for line in row} for row in _by_base(lines)]
    merged: list[tuple[Span, set[int]]] = []
    for at, span in enumerate(spans):
        rows = {number for number, slots in enumerate(filled) if at in slots}
        if merged and not merged[-1][1] & rows:
            (start, _), before = merged[-1]
            merged[-1] = (start, span[1]), before | rows
        else:
            merged.append((span, rows))
    return [span for span, _ in merged]


def _wrapped(rows: list[list[list[Segment]]]) -> list[list[list[Segment]]]:
    """Lines of a wrapped cell put back to their row: a row of one cell, close under its fellow, begun in small letters."""
    merged: list[list[list[Segment]]] = []
    for row in rows:
        filled = [at for at, cell in enumerate(row) if cell]
        if merged and len(filled) == 1 and _continues(merged[-1][filled[0]], row[filled[0]][0]):
            merged[-1][filled[0]].extend(row[filled[0]])
        else:
            merged.append(row)
    return merged


#: What a line ends with that its next must go on with.
_OPEN_ENDS = (",", "-", "&", "(", "/", " of", " and", " et", " de")


def _continues(cell: Sequence[Segment], line: Segment) -> bool:
    """Whether the line goes on with the cell above it: close under it, in small letters or in brackets."""
    if not cell or line.base - cell[-1].base > 1.5 * line.size:
        return False
    if line.text.startswith("("):
        return True
    if is_figure(line.text) or is_figure(cell[-1].text):
        return False
    return line.text[:1].islower() or cell[-1].text.endswith(_OPEN_ENDS)
