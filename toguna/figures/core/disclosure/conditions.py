"""What the plan of an indicator asks of a row, axis by axis: its `where`, the categories, places and days asked for, and what it sums.

The same definitions that the planner compiles to SQL are read here, so that two indicators over the same rows are known to be so
whatever they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from toguna.figures.core.definition import UNKNOWN, Category, Count, Distinct, DistinctPlace, Indicator, Total
from toguna.figures.core.disclosure.axes import OLDEST, AtomCondition
from toguna.figures.core.expressions import Expression, Read, reads
from toguna.figures.core.expressions.evaluate import evaluate
from toguna.figures.core.expressions.tree import And, Literal
from toguna.figures.core.plan.ask import Ask
from toguna.figures.core.plan.fold import is_asked
from toguna.figures.core.plan.terms import cell_of, terms_of
from toguna.figures.core.reference import age_range
from toguna.figures.core.tables import SourceTable
from toguna.kernel.api import Period

#: The axis of days.
DAY = "_day"
#: What is summed by an indicator that counts rows.
ROWS = Literal(value=1, type="integer")
#: Whether a place lies in one of these places on a day; the place of a level in which it lies.
LiesIn = Callable[[str, Sequence[str], date], bool]
AncestorOf = Callable[[str, int, date], str | None]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Of what a figure speaks: as `toguna.figures.answers.Scope`, without the act."""

    period: Period
    places: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class PlaceRules:
    """What the tree of places says."""

    lies_in: LiesIn
    ancestor: AncestorOf


@dataclass(frozen=True, kw_only=True)
class RowPlan:
    """An indicator over the rows of its table: the conditions that a row must satisfy, and the terms that it then adds."""

    conditions: tuple[AtomCondition, ...]
    terms: tuple[Expression, ...]
    #: By axis, the column that it is; ages by their category.
    columns: Mapping[str, Read | Category]


def is_by_rows(indicator: Indicator) -> bool:
    """Whether its figures are sums over rows that fall into a period, so that they add up over every axis."""
    return (
        indicator.kind in ("flow", "counter")
        and indicator.valid is None
        and isinstance(indicator.measure, Count | Total)
    )


def is_tally(indicator: Indicator) -> bool:
    """Whether it counts places, or values of a closed list, that rows of a period speak of."""
    measure = indicator.measure
    if indicator.kind != "flow" or indicator.valid is not None:
        return False
    return isinstance(measure, DistinctPlace) or (isinstance(measure, Distinct) and bool(measure.read.column.choices))


def family_of(indicator: Indicator) -> tuple[str, ...]:
    """What two indicators share when they speak of the same rows at the same days."""
    return (indicator.table or "", indicator.date.written if indicator.date else DAY)


def tables_of(indicator: Indicator, indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """The tables whose rows an indicator is made of."""
    if not indicator.is_derived:
        return frozenset([indicator.table or ""])
    return frozenset().union(*(tables_of(indicators[name], indicators) for name in indicator.of))


def row_plan(
    indicator: Indicator, scope: Scope, table: SourceTable, places: PlaceRules, narrowed_by: Indicator | None = None
) -> RowPlan:
    """The plan of an indicator that `is_by_rows` or `is_tally`, for one scope."""
    columns: dict[str, Read | Category] = {}
    conditions = [_in_period(indicator, scope.period)]
    narrowing = narrowed_by.numerator_where if narrowed_by is not None else None
    for where in (indicator.where, narrowing):
        conditions += _of_expression(where, columns)
    if scope.places and indicator.place is not None:
        columns[indicator.place.written] = indicator.place
        conditions.append(condition_of_places(indicator.place, scope, places))
    for name, values in scope.filters.items():
        category = indicator.categories.get(name)
        if category is not None and category.wide is None:
            conditions.append(condition_of_filter(category, values, scope, places, columns))
    if isinstance(indicator.measure, Distinct | DistinctPlace):
        columns[indicator.measure.read.written] = indicator.measure.read
    asked = [term for term in _terms(indicator, scope, table) if is_asked(indicator, term, scope.filters)]
    return RowPlan(conditions=tuple(conditions), terms=tuple(asked), columns=columns)


def _terms(indicator: Indicator, scope: Scope, table: SourceTable) -> tuple[Expression, ...]:
    if not isinstance(indicator.measure, Total):
        return (ROWS,)
    return terms_of(Ask(indicator=indicator, period=scope.period, filters=scope.filters, at=0), table)


def term_groups(indicator: Indicator, table: SourceTable) -> list[tuple[Expression, ...]]:
    """Which of its terms make a cell: all of them, those of each value of a wide category, each alone."""
    if not isinstance(indicator.measure, Total):
        return [(ROWS,)]
    every = indicator.measure.terms
    found = [every, *((term,) for term in every)]
    for category in indicator.categories.values():
        cells = {cell_of(category, term) for term in every} - {None}
        found += [tuple(term for term in every if cell_of(category, term) == cell) for cell in sorted(map(str, cells))]
    return [group for group in dict.fromkeys(found) if group]


def flattened(where: Expression | None) -> Iterator[Expression]:
    """The parts that must all be true."""
    if isinstance(where, And):
        for part in where.parts:
            yield from flattened(part)
    elif where is not None:
        yield where


def _of_expression(where: Expression | None, columns: dict[str, Read | Category]) -> Iterator[AtomCondition]:
    for part in flattened(where):
        own = list(dict.fromkeys(reads(part)))
        columns.update({read.written: read for read in own})
        yield AtomCondition(axes=tuple(read.written for read in own), test=_tester(part, own))


def _tester(part: Expression, own: Sequence[Read]) -> Callable[..., bool]:
    def test(*values: Any) -> bool:
        known = {read.written: typed(read, value) for read, value in zip(own, values, strict=True)}
        return evaluate(part, lambda read: known[read.written]) is True

    return test


def typed(read: Read, value: str) -> Any:
    """A column's value from its text; None for what is unknown."""
    if value == UNKNOWN:
        return None
    if read.type == "integer":
        return int(value)
    if read.type == "decimal":
        return Decimal(value)
    if read.type == "boolean":
        return value == "true"
    if read.type == "date":
        return date.fromisoformat(value)
    return value


def _in_period(indicator: Indicator, period: Period) -> AtomCondition:
    start = period.start if indicator.has_period_start else indicator.since or date.min
    after = () if period.end == date.max else (period.end + timedelta(days=1),)
    edges = (*((start,) if start > date.min else ()), *after)
    return AtomCondition(axes=(DAY,), test=lambda days: start <= days[0] and days[1] <= period.end, edges=edges)


def condition_of_places(read: Read, scope: Scope, places: PlaceRules) -> AtomCondition:
    """The row's place lies in one of those asked for, by the tree of the period's end."""
    end, asked = scope.period.end, scope.places
    return AtomCondition(axes=(read.written,), test=lambda code: code != UNKNOWN and places.lies_in(code, asked, end))


def condition_of_filter(
    category: Category,
    values: tuple[str, ...],
    scope: Scope,
    places: PlaceRules,
    columns: dict[str, Read | Category],
) -> AtomCondition:
    """The row's value of a category is one of these. The column that it reads is added to `columns`."""
    if category.age is not None:
        name = f"age of {category.name}"
        columns[name] = category
        return AtomCondition(axes=(name,), test=lambda code: _is_aged(code, values))
    assert category.long is not None
    read, level, end = category.long.read, category.long.level, scope.period.end
    columns[read.written] = read
    if level is None:
        return AtomCondition(axes=(read.written,), test=lambda code: code in values)
    return AtomCondition(
        axes=(read.written,),
        test=lambda code: ((code != UNKNOWN and places.ancestor(code, level, end)) or UNKNOWN) in values,
    )


def _is_aged(code: str, values: Sequence[str]) -> bool:
    inner = age_range(code)
    if inner is None:
        return code in values
    for value in values:
        outer = age_range(value)
        if outer is not None and outer[0] <= inner[0] and _end(inner) <= _end(outer):
            return True
    return False


def _end(bounds: tuple[int, int | None]) -> int:
    return OLDEST if bounds[1] is None else bounds[1]
