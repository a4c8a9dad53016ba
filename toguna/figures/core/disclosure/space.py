"""The atoms of one source table as known at one or several acts.

An atom keeps its identity across acts: where nothing of it changed between two acts it is one unknown, and the reader is assumed to
know that. Where something changed it is another unknown at the later act.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np

from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.core.disclosure.axes import OLDEST, AtomCondition, Axis, Pieces, cut, mask
from toguna.figures.core.disclosure.conditions import DAY, PlaceRules, RowPlan, Scope
from toguna.figures.core.expressions import Expression, Read
from toguna.figures.core.tables import SourceTable

#: More atoms than these are not told apart by values that nobody's row has.
_MOST_ATOMS = 60_000
#: What a row has: its values of the columns asked for, and its day.
RowKey = tuple[tuple[str, ...], date]


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What rows alike add up to."""

    value: float
    rows: int


class Records(Protocol):
    """The records behind sensitive figures, and the tree of places."""

    @property
    def places(self) -> PlaceRules: ...

    def table(self, name: str) -> SourceTable: ...

    def row_amounts(
        self, indicator: Indicator, terms: Sequence[Expression], columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[Expression, Mapping[RowKey, Amount]]:
        """What every row of the indicator's table adds of each term, by these columns and its day, as known at an act."""
        ...

    def own_amounts(
        self, indicator: Indicator, scope: Scope, columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[RowKey, Amount]:
        """The values of an indicator that is no sum over rows, by these columns, in one scope; the day is the period's last."""
        ...

    def last_change(self, table: str, at: int) -> int:
        """The last act up to this one at which a row of the table changed."""
        ...

    def regions(self, day: date) -> Sequence[str]:
        """The codes of every region on a day."""
        ...


#: Gives what the records have of each term, by columns, at an act.
AmountsOf = Callable[
    [Sequence[Expression], Mapping[str, Read | Category], int], Mapping[Expression, Mapping[RowKey, Amount]]
]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One plan over the table: of something printed, or of a sensitive indicator, whose cells are protected."""

    indicator: Indicator
    plan: RowPlan


@dataclass(kw_only=True)
class Space:
    """Atoms: pieces of every axis, once for each term, once more for each act at which they have changed."""

    terms: tuple[Expression, ...]
    pieces: tuple[Pieces, ...]
    acts: tuple[int, ...]
    #: By act: what each atom adds up to, and of how many rows; terms first.
    values: Mapping[int, np.ndarray] = field(default_factory=dict)
    rows: Mapping[int, np.ndarray] = field(default_factory=dict)
    #: By act: the number of the unknown that each atom is.
    unknowns: Mapping[int, np.ndarray] = field(default_factory=dict)
    count: int = 0

    def mask(self, conditions: Iterable[AtomCondition]) -> np.ndarray:
        """Which atoms satisfy the conditions, whatever the term."""
        return mask(self.pieces, conditions)

    def weights(self, where: np.ndarray, terms: Iterable[Expression], at: int) -> np.ndarray:
        """One for each unknown that these atoms are at an act."""
        found = np.zeros(self.count)
        for term in terms:
            found[self.unknowns[at][self.terms.index(term)][where]] = 1
        return found

    def value(self, where: np.ndarray, terms: Iterable[Expression], at: int) -> float:
        """What these atoms really add up to."""
        return float(sum(self.values[at][self.terms.index(term)][where].sum() for term in terms))

    def row_count(self, where: np.ndarray, terms: Iterable[Expression], at: int) -> int:
        return max((int(self.rows[at][self.terms.index(term)][where].sum()) for term in terms), default=0)

    @property
    def whole(self) -> np.ndarray:
        """Which unknowns are whole numbers."""
        found = np.zeros(self.count, dtype=bool)
        for numbers in self.unknowns.values():
            for n, term in enumerate(self.terms):
                if term.type == "integer":
                    found[numbers[n]] = True
        return found


def make_space(members: Sequence[Member], acts: Sequence[int], records: Records, amounts_of: AmountsOf) -> Space:
    """The atoms that the members' plans tell apart, over everything that the records have on these axes."""
    every = {name: column for member in members for name, column in member.plan.columns.items()}
    columns = {name: every[name] for name in sorted(every)}
    conditions = [one for member in members for one in member.plan.conditions]
    terms = tuple(dict.fromkeys(term for member in members for term in member.plan.terms))
    table, seen_at = members[0].indicator.table, dict[int, int]()
    found: dict[tuple[int, Expression], Mapping[RowKey, Amount]] = {}
    for at in acts:
        known = records.last_change(table, at) if table and all(map(_is_of_rows, columns.values())) else at
        # As known at two acts between which no row of the table changed, the rows are the same.
        same = seen_at.setdefault(known, at)
        own = amounts_of(terms, columns, at) if same == at else {term: found[same, term] for term in terms}
        found.update({(at, term): amounts for term, amounts in own.items()})
    keys = {key for amounts in found.values() for key in amounts}
    days = _days(conditions, [day for _, day in keys])
    axes = [Axis(name=DAY, values=tuple(days))]
    axes += [_axis(name, column, n, keys, records) for n, (name, column) in enumerate(columns.items())]
    pieces = [cut(axis, conditions) for axis in axes]
    if math.prod(len(one.values) for one in pieces) > _MOST_ATOMS:
        seen: list[set[Any]] = [set(days), *({key[0][n] for key in keys} for n in range(len(columns)))]
        axes = [
            replace(axis, values=tuple(value for value in axis.values if value in own))
            for axis, own in zip(axes, seen, strict=True)
        ]
        pieces = [cut(axis, conditions) for axis in axes]
    space = Space(terms=terms, pieces=tuple(pieces), acts=tuple(sorted(set(acts))))
    _fill(space, found, days)
    return space


def _is_of_rows(column: Read | Category) -> bool:
    """Whether a column stands in the form itself: what a reference names may change without it."""
    reads = [column.age.birth, column.age.years] if isinstance(column, Category) and column.age else [column]
    return all(not read.hops for read in reads if isinstance(read, Read))


def _axis(name: str, column: Read | Category, n: int, keys: Iterable[RowKey], records: Records) -> Axis:
    seen = {key[0][n] for key in keys}
    days = [key[1] for key in keys]
    if isinstance(column, Category):
        years = {*(f"{age}-{age}" for age in range(OLDEST)), f"{OLDEST}+"}
        return Axis(name=name, values=tuple(sorted(seen | years)))
    if column.column.is_place:
        end = max(days, default=date.max)
        seen |= set(records.regions(end))
        group = {code: records.places.ancestor(code, 1, end) for code in seen if code != UNKNOWN}
        return Axis(name=name, values=tuple(sorted(seen)), group=group)
    return Axis(name=name, values=tuple(sorted(seen | column.column.choices)))


def _days(conditions: Iterable[AtomCondition], seen: Sequence[date]) -> list[tuple[date, date]]:
    """The months of all rows, cut where a printed period begins or ends: each with its first and last day."""
    if not seen:
        return [(date.min, date.max)]
    edges = {one for condition in conditions for one in condition.edges}
    first, last = min(seen).replace(day=1), max(seen)
    starts = {first}
    while first <= last:
        starts.add(first)
        first = (first + timedelta(days=32)).replace(day=1)
    starts |= {edge for edge in edges if min(starts) < edge < first}
    ordered = sorted(starts)
    ends = [one - timedelta(days=1) for one in ordered[1:]] + [first - timedelta(days=1)]
    return list(zip(ordered, ends, strict=True))


def _fill(
    space: Space, found: Mapping[tuple[int, Expression], Mapping[RowKey, Amount]], days: Sequence[tuple[date, date]]
) -> None:
    shape = (len(space.terms), *(len(one.values) for one in space.pieces))
    values, rows, unknowns = {}, {}, {}
    size = math.prod(shape)
    numbers, count = np.arange(size).reshape(shape), size
    filled: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]] = {}
    before: np.ndarray | None = None
    for at in space.acts:
        amounts = [found[at, term] for term in space.terms]
        known = tuple(map(id, amounts))
        if known not in filled:
            filled[known] = _placed(space, amounts, shape, [day[0] for day in days])
        own, counted = filled[known]
        if before is not None and own is not before and (changed := own != before).any():
            numbers = numbers.copy()
            numbers[changed] = np.arange(count, count + int(changed.sum()))
            count += int(changed.sum())
        values[at], rows[at], unknowns[at], before = own, counted, numbers, own
    space.values, space.rows, space.unknowns, space.count = values, rows, unknowns, count


def _placed(
    space: Space, amounts: Sequence[Mapping[RowKey, Amount]], shape: tuple[int, ...], starts: Sequence[date]
) -> tuple[np.ndarray, np.ndarray]:
    """What each atom adds up to, and of how many rows."""
    values, rows = np.zeros(shape), np.zeros(shape, dtype=np.int64)
    periods, *others = (one.index for one in space.pieces)
    of_start = [periods[day] for day in space.pieces[0].axis.values]
    for n, own in enumerate(amounts):
        for (key, day), amount in own.items():
            period = of_start[bisect_right(starts, day) - 1]
            atom = (n, period, *(index[value] for index, value in zip(others, key, strict=True)))
            values[atom] += amount.value
            rows[atom] += amount.rows
    return values, rows
