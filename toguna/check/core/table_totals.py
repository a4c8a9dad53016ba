"""Totals of tables that the rest of the table bears out in other ways: a row left out, one row alone, rows below their subtotal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.check.core.arithmetic import mistyped, near
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.grids import Grid, Row, Slot, is_total
from toguna.check.core.sentences import COLUMN_TOTAL, ROW_TOTAL, ROWS_BELOW
from toguna.kernel.core.stems import stem
from toguna.kernel.core.vocabulary import THINGS

#: Subtotals above their rows are looked for in tables of so many rows, each over so many rows.
_MOST_ROWS, _MOST_BELOW = 60, 12
_TELLING = 100


def total_drafts(grid: Grid) -> Iterator[Draft]:
    """What does not add up in rows that call themselves totals, apart from what the columns show by one another."""
    if not grid.rows:
        return
    yield from _of_the_only_row(grid)
    yield from _of_subtotals(grid)
    last = -1
    for place, row in enumerate(grid.rows):
        if not is_total(row.label) or not any(row.slots):
            continue
        above = [own for own in grid.rows[last + 1 : place] if any(own.slots)]
        below = _until_next_total(grid.rows[place + 1 :])
        last = place
        if len(above) == 1:
            yield from _of_one_row(grid, row, above[0])
        elif above:
            yield from _without_a_row(grid, row, above)
            if grid.width == 1 and place == len(grid.rows) - 1 and len(above) == place:
                yield from _of_the_only_column(grid, row, above)
        elif len(below) > 1:
            yield from _of_rows_below(grid, row, below)


def _until_next_total(rows: Sequence[Row]) -> list[Row]:
    result: list[Row] = []
    for row in rows:
        if is_total(row.label) or not any(row.slots):
            break
        result.append(row)
    return result


def _columns(grid: Grid, row: Row, parts: Sequence[Row]) -> Iterator[tuple[int, Slot, list[Slot]]]:
    """The columns of counts in which the total and all the parts stand."""
    for column in range(grid.width):
        shown = row.slots[column]
        own = [slot for part in parts if (slot := part.slots[column]) is not None]
        plain = shown is not None and not shown.percent and not any(slot.percent for slot in own)
        if shown is not None and plain and len(own) == len(parts) and shown.step == 1 and shown.value:
            yield column, shown, own


def _without_a_row(grid: Grid, row: Row, above: Sequence[Row]) -> Iterator[Draft]:
    """The total of several columns leaves out one and the same row."""
    columns = list(_columns(grid, row, above))
    gaps = {column: _sum(own) - shown.value for column, shown, own in columns}
    if len(above) < 2 or not columns or any(gap < 0 for gap in gaps.values()):
        return
    for part in above:
        values = {column: slot.value for column, _, _ in columns if (slot := part.slots[column]) is not None}
        telling = [column for column in gaps if values.get(column)]
        if len(telling) > 1 and all(gaps[column] == values[column] for column in gaps):
            for column, shown, own in columns:
                if column in telling:
                    yield _draft(grid, row, column, shown, own, "high")
            return


def _of_one_row(grid: Grid, row: Row, only: Row) -> Iterator[Draft]:
    """A table of one row and its total: the same in some columns, so in all."""
    columns = list(_columns(grid, row, [only]))
    same = [column for column, shown, own in columns if shown.value == own[0].value]
    if not same or len(same) == len(columns):
        return
    for column, shown, own in columns:
        if column not in same and (mistyped(shown.value, own[0].value) or near(shown.value, own[0].value)):
            yield _draft(grid, row, column, shown, own, "medium")


def _of_the_only_column(grid: Grid, row: Row, above: Sequence[Row]) -> Iterator[Draft]:
    """A table of one column, which no other bears out: only a total that one wrong digit explains."""
    counts_things = any(stem(word) in THINGS for word in grid.headers[0].split())
    for column, shown, own in _columns(grid, row, above):
        exact = all(slot.step == 1 and slot.value >= 0 for slot in own)
        if len(own) > 2 and exact and not counts_things and shown.value >= 10 and mistyped(shown.value, _sum(own)):
            yield _draft(grid, row, column, shown, own, "medium")


def _of_the_only_row(grid: Grid) -> Iterator[Draft]:
    """`Suspected 34 | Confirmed 18 | Probable 5 | Total 57`: a table of one row whose last column is the total."""
    valued = [row for row in grid.rows if any(row.slots)]
    if len(valued) != 1 or grid.width < 3 or not is_total(grid.headers[-1]) or any(map(is_total, grid.headers[:-1])):
        return
    slots = [slot for slot in valued[0].slots if slot is not None]
    shown, parts = slots[-1], slots[:-1]
    plain = len(slots) == grid.width and all(slot.step == 1 and not slot.percent for slot in slots)
    if plain and shown.value >= 10 and mistyped(shown.value, _sum(parts)) and shown.value > max(s.value for s in parts):
        yield _row_draft(valued[0], shown, parts)


def _of_subtotals(grid: Grid) -> Iterator[Draft]:
    """Rows above the rows that they sum up: where one such row holds throughout, and another in some columns, it is meant in all."""
    rows = [row for row in grid.rows if any(row.slots)]
    if grid.width < 2 or not 5 <= len(rows) <= _MOST_ROWS:
        return
    found = [
        (place, size, fails, len(columns) - len(fails))
        for place, row in enumerate(rows)
        for size in range(2, min(len(rows) - place, _MOST_BELOW))
        if not is_total(row.label) and not any(is_total(own.label) for own in rows[place + 1 : place + 1 + size])
        for columns in [list(_columns(grid, row, rows[place + 1 : place + 1 + size]))]
        for fails in [[entry for entry in columns if entry[1].value != _sum(entry[2])]]
        if len(columns) > 1 and len(fails) < len(columns)
    ]
    sure = [(place, size) for place, size, fails, _ in found if not fails and _tells(rows[place])]
    for place, size, fails, holds in found:
        apart = all(place + size < other or other + length < place for other, length in sure)
        if not fails or not sure or not apart or holds < len(fails) or not _tells(rows[place]):
            continue
        for column, shown, own in fails:
            if shown.value >= _TELLING and mistyped(shown.value, _sum(own)):
                yield _draft(grid, rows[place], column, shown, own, "medium", below=True)


def _tells(row: Row) -> bool:
    """Whether the figures of the row are too long to be the sum of others by chance."""
    return all(slot.value >= _TELLING for slot in row.slots if slot is not None and not slot.percent)


def _of_rows_below(grid: Grid, row: Row, below: Sequence[Row]) -> Iterator[Draft]:
    """A total at the head of its rows: the sum in some columns, so in all."""
    columns = list(_columns(grid, row, below))
    fails = [entry for entry in columns if entry[1].value != _sum(entry[2])]
    holds = len(columns) - len(fails)
    for column, shown, own in fails:
        slip, close = mistyped(shown.value, _sum(own)), near(shown.value, _sum(own))
        if ((slip or close) and holds >= len(fails)) or (slip and len(columns) == 1):
            yield _draft(grid, row, column, shown, own, "high" if holds else "medium", below=True)


def _sum(slots: Sequence[Slot]) -> Decimal:
    return sum((slot.value for slot in slots), Decimal(0))


def _row_draft(row: Row, shown: Slot, parts: Sequence[Slot]) -> Draft:
    return Draft(
        kind="sum",
        confidence="medium",
        fault=ROW_TOTAL,
        spans=(Span(text=shown.text, start=0, end=len(shown.shown)),),
        row=(row.first, row.last),
        expected=written(_sum(parts)),
        found=written(shown.value),
        details={"row": row.label or "–"},
    )


def _draft(
    grid: Grid,
    row: Row,
    column: int,
    shown: Slot,
    parts: Sequence[Slot],
    confidence: Confidence,
    *,
    below: bool = False,
) -> Draft:
    return Draft(
        kind="sum",
        confidence=confidence,
        fault=ROWS_BELOW if below else COLUMN_TOTAL,
        spans=(Span(text=shown.text, start=0, end=len(shown.shown)),),
        row=(row.first, row.last),
        expected=written(_sum(parts)),
        found=written(shown.value),
        details={"row": row.label or "–", "column": grid.headers[column] or str(column + 1)},
    )
