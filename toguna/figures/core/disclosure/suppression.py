"""Which figures of a table may not be printed: those below the threshold, and as many others as keep them from being worked out.

Primary: a value below the threshold that its sensitivity demands, zero included, so that an empty cell tells nothing. Complementary:
further cells, chosen at the least cost by linear programmes, until a reader who knows all that is printed can place no withheld cell
within an interval narrower than its threshold. Every withheld cell is audited after the choice.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toguna.figures.core.definition import THRESHOLDS, Indicator
from toguna.figures.core.disclosure.linear_program import TOLERANCE, Program

Key = Hashable
Reason = Literal["primary", "complementary"]
#: A total is dearer to withhold than a part: readers look for it first.
_DEAR = 8.0
#: Beyond this the last pass, which prints again what need not be withheld, is left out.
_MOST_RETRIED = 24


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure of a table. A figure without a value (not reported, not expected ...) is no cell."""

    value: Decimal
    #: 1: nothing of it is withheld for its own sake.
    threshold: int = 1
    is_total: bool = False
    #: Withheld whatever its value: money of too few payments.
    is_small: bool = False
    #: How wide the interval must be in which a reader can place it; by default its threshold.
    width: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A total and the parts that make it up. A difference is one too: its first is the total of its second and the result."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A ratio printed beside its numerator and denominator; `is_part` when the numerator is part of the denominator."""

    ratio: Key
    numerator: Decimal
    denominator: Decimal
    threshold: int
    is_part: bool


def threshold_of(indicator: Indicator, thresholds: Mapping[str, int] | None = None, *, released: bool = False) -> int:
    """Below which the indicator's values are withheld; 1 for no threshold.

    `released`: the named role has lifted it in the journal, which counts for what is confidential only.
    """
    sensitivity = indicator.sensitivity
    if released and indicator.release is not None and sensitivity == "confidential":
        return 1
    demanded = max((thresholds or {}).get(sensitivity, 1), THRESHOLDS[sensitivity])
    return max(demanded, indicator.suppress_below or 1)


def is_primary(value: Decimal, threshold: int) -> bool:
    """Whether a value is too small to be printed, nil included."""
    return threshold > 1 and value < threshold


def is_share_primary(share: Share) -> bool:
    """Whether a ratio tells of a number too small: its numerator, its denominator, or what a part leaves of the whole."""
    if share.threshold <= 1:
        return False
    told = [share.numerator, share.denominator]
    if share.is_part:
        told.append(share.denominator - share.numerator)
    return any(value < share.threshold for value in told)


def table_relations(keys: Iterable[tuple[str | None, ...]]) -> list[Relation]:
    """How a table's cells make up its totals. A key has one value an axis, None for the total over that axis."""
    groups: dict[tuple[int, tuple[str | None, ...]], list[Key]] = {}
    present = set(keys)
    for key in sorted(present, key=lambda key: tuple(value or "" for value in key)):
        for axis, value in enumerate(key):
            total = (*key[:axis], None, *key[axis + 1 :])
            if value is not None and total in present:
                groups.setdefault((axis, total), []).append(key)
    return [Relation(total=total, parts=tuple(parts)) for (_, total), parts in groups.items()]


def protect(cells: Mapping[Key, Cell], relations: Sequence[Relation]) -> Mapping[Key, Reason]:
    """What is withheld, and why. Relations that name a key which is no cell are not binding: a part of them is unknown anyway."""
    binding = [relation for relation in relations if all(key in cells for key in relation.keys)]
    primary = {key for key, cell in cells.items() if cell.is_small or is_primary(cell.value, cell.threshold)}
    if not primary:
        return {}
    guard = max(cells[key].threshold for key in primary)
    withheld = set(primary)
    while exposed := _exposed(cells, binding, withheld, guard):
        key, low = exposed
        added = _cover(cells, binding, withheld, key, _needed(cells, key, guard) - (float(cells[key].value) - low))
        if not added:
            added = set(cells) - withheld
        if not added:
            break
        withheld |= added
    withheld = _trimmed(cells, binding, primary, withheld, guard)
    return {key: "primary" if key in primary else "complementary" for key in cells if key in withheld}


def exposed_cells(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], withheld: Collection[Key]
) -> list[tuple[Key, float, float]]:
    """The audit: withheld cells that can be placed within an interval narrower than their threshold, with that interval."""
    binding = [relation for relation in relations if all(key in cells for key in relation.keys)]
    guard = max((cells[key].threshold for key in withheld), default=1)
    found = _intervals(cells, binding, list(withheld))
    return [
        (key, low, high)
        for key, (low, high) in zip(withheld, found, strict=True)
        if high - low < _needed(cells, key, guard) - TOLERANCE
    ]


def _needed(cells: Mapping[Key, Cell], key: Key, guard: int) -> float:
    """How wide a cell's interval must be: its own width or threshold, of a complementary cell the threshold of what it covers."""
    cell = cells[key]
    if cell.width is not None:
        return float(cell.width)
    return cell.threshold if cell.threshold > 1 else guard


def _exposed(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], withheld: set[Key], guard: int
) -> tuple[Key, float] | None:
    """One withheld cell that is not safe, and the least that it can be."""
    keys = [key for key in cells if key in withheld]
    for key, (low, high) in zip(keys, _intervals(cells, relations, keys), strict=True):
        if high - low < _needed(cells, key, guard) - TOLERANCE:
            return key, low
    return None


def _intervals(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], withheld: Sequence[Key]
) -> list[tuple[float, float]]:
    """What a reader knows of each withheld cell."""
    columns = {key: column for column, key in enumerate(withheld)}
    program = Program(count=len(columns))
    for relation in relations:
        known = 0.0
        terms: dict[int, float] = {}
        for key, sign in _signed(relation):
            if key in columns:
                terms[columns[key]] = terms.get(columns[key], 0.0) + sign
            else:
                known += sign * float(cells[key].value)
        program.constrain(terms, -known, -known)
    return program.intervals({column: 1.0} for column in columns.values())


def _cover(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], withheld: set[Key], key: Key, rise: float
) -> set[Key]:
    """The cheapest further cells that let this one be so much larger, all totals still right: those that would have to move.

    Two unknowns a cell, its rise and its fall; what is withheld already moves for nothing.
    """
    order = list(cells)
    columns = {one: index for index, one in enumerate(order)}
    count = len(order)
    falls = {count + columns[one]: float(cells[one].value) for one in order}
    program = Program(count=2 * count, upper=falls)
    for relation in relations:
        terms: dict[int, float] = {}
        for one, sign in _signed(relation):
            for column, way in ((columns[one], sign), (count + columns[one], -sign)):
                terms[column] = terms.get(column, 0.0) + way
        program.constrain(terms, 0.0, 0.0)
    program.constrain({columns[key]: 1.0, count + columns[key]: -1.0}, rise, math.inf)
    cost = [0.001 if one in withheld else _cost(cells[one]) for one in order]
    moved = program.cheapest([*cost, *cost])
    if moved is None:
        return set()
    return {
        one for one in order if one not in withheld and moved[columns[one]] + moved[count + columns[one]] > TOLERANCE
    }


def _cost(cell: Cell) -> float:
    return (1.0 + math.log2(1.0 + float(cell.value))) * (_DEAR if cell.is_total else 1.0)


def _trimmed(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], primary: set[Key], withheld: set[Key], guard: int
) -> set[Key]:
    """Print again, dearest first, what the others protect well enough without."""
    further = sorted(withheld - primary, key=lambda key: -_cost(cells[key]))
    if len(further) > _MOST_RETRIED:
        return withheld
    for key in further:
        if _exposed(cells, relations, withheld - {key}, guard) is None:
            withheld = withheld - {key}
    return withheld


def _signed(relation: Relation) -> list[tuple[Key, float]]:
    return [(relation.total, -1.0), *((part, 1.0) for part in relation.parts)]
