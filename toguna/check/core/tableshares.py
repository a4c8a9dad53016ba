"""Percentages of a column in one base: `1,250 | 86.9%`, `117 (68.8%)`, where the base is a figure of the table or near it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.arithmetic import mistyped, near, percent, rounded
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.grids import Grid, Row, Slot, is_total
from toguna.check.core.sentences import TABLE_RATE


@dataclass(frozen=True, kw_only=True, slots=True)
class CellShare:
    """A count of a row and the percentage that belongs to it."""

    row: Row
    place: int
    column: int
    part: Slot
    shown: Decimal
    step: Decimal

    def fits(self, base: Decimal) -> bool:
        value = percent(self.part.value, base)
        return value is not None and base >= self.part.value and abs(value - self.shown) < self.step


def table_share_drafts(grid: Grid, nearby: frozenset[Decimal]) -> Iterator[Draft]:
    """`nearby` are the counts that stand before the table."""
    yield from _fractions(grid)
    for shares in _columns(grid):
        yield from _column(grid, shares, nearby)


def _fractions(grid: Grid) -> Iterator[Draft]:
    """`77.9%` with `(239/307)` below it or to its right."""
    for (place, column), (part, base) in grid.fractions.items():
        for row, other in ((place - 1, column), (place, column - 1), (place + 1, column)):
            slot = grid.rows[row].slots[other] if 0 <= row < len(grid.rows) and other >= 0 else None
            if slot is None or not slot.percent:
                continue
            value = percent(part, base)
            if value is not None and abs(value - slot.value) >= slot.step:
                yield Draft(
                    kind="percentage",
                    confidence="high",
                    fault=TABLE_RATE,
                    spans=(Span(text=slot.text, start=0, end=len(slot.shown)),),
                    row=(grid.rows[row].first, grid.rows[row].last),
                    expected=written(rounded(value, slot.step)),
                    found=written(slot.value),
                    details={"row": grid.rows[row].label or "–", "part": written(part), "base": written(base)},
                )
            break


def _columns(grid: Grid) -> Iterator[list[CellShare]]:
    """By column: counts with their share in the same cell, or in the column to the right."""
    for column in range(grid.width):
        own: list[CellShare] = []
        for place, row in enumerate(grid.rows):
            part = row.slots[column]
            if part is None or part.percent or part.value < 1:
                continue
            right = row.slots[column + 1] if column + 1 < grid.width else None
            if part.share is not None:
                shown, step = part.share
            elif right is not None and right.percent:
                shown, step = right.value, right.step
            else:
                continue
            own.append(CellShare(row=row, place=place, column=column, part=part, shown=shown, step=step))
        if len(own) > 1:
            yield own


def _column(grid: Grid, shares: Sequence[CellShare], nearby: frozenset[Decimal]) -> Iterator[Draft]:
    inner = {slot.value for row in grid.rows for slot in row.slots if slot is not None and not slot.percent}
    telling = [share for share in shares if 0 < share.shown < 100]
    best, fits = Decimal(0), 0
    for base in inner | nearby:
        number = sum(1 for share in telling if share.fits(base))
        if number > fits:
            best, fits = base, number
    odd = [share for share in telling if not any(share.fits(base) for base in inner)]
    unfit = [share for share in odd if not share.fits(best)]
    totals = {slot.value for row in grid.rows if is_total(row.label) for slot in row.slots if slot is not None}
    for share in unfit:
        if fits >= (2 if share.step < 1 or best in nearby | totals else 3) and fits >= 2 * len(unfit):
            yield _draft(share, best, "high" if fits > 2 else "medium")
            continue
        above = grid.rows[share.place - 1].slots[share.column] if share.place and share.part.share else None
        if (
            above is not None
            and not above.percent
            and above.value > share.part.value
            and not any(map(share.fits, nearby))
        ):
            value = percent(share.part.value, above.value) or Decimal(0)
            if near(value, share.shown) or mistyped(rounded(value, share.step), share.shown):
                yield _draft(share, above.value, "medium")


def _draft(share: CellShare, base: Decimal, confidence: Confidence) -> Draft:
    value = percent(share.part.value, base) or Decimal(0)
    return Draft(
        kind="percentage",
        confidence=confidence,
        fault=TABLE_RATE,
        spans=(Span(text=share.part.text, start=0, end=len(share.part.shown)),),
        row=(share.row.first, share.row.last),
        expected=written(rounded(value, share.step)),
        found=written(share.shown),
        details={"row": share.row.label or "–", "part": written(share.part.value), "base": written(base)},
    )
