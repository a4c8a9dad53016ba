"""A printed figure as sums over the rows of tables: what it adds, subtracts or divides, each part by its plan."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from toguna.figures.core.adding import may_add
from toguna.figures.core.definition import Category, Distinct, DistinctPlace, Indicator, Long
from toguna.figures.core.disclosure.conditions import (
    ROWS,
    RowPlan,
    Scope,
    condition_of_filter,
    condition_of_places,
    family_of,
    is_by_rows,
    is_tally,
    row_plan,
)
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.disclosure.space import AmountsOf, Records
from toguna.figures.core.expressions import Read
from toguna.kernel.api import Period

ALWAYS = Period(start=date.min, end=date.max)


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One indicator with a table of its own, in one scope. Parts of one family speak of the same rows."""

    indicator: Indicator
    scope: Scope
    family: Hashable
    plan: RowPlan
    weight: float = 1.0

    @property
    def is_tally(self) -> bool:
        """It counts places or types: how many groups of atoms are not empty."""
        return is_tally(self.indicator)

    @property
    def is_by_rows(self) -> bool:
        return self.is_tally or is_by_rows(self.indicator)

    def amounts(self, records: Records) -> AmountsOf:
        """Where the values of its family's atoms come from."""
        if self.is_by_rows:
            return lambda terms, columns, at: records.row_amounts(self.indicator, terms, columns, at)
        own = self.own_scope
        return lambda terms, columns, at: dict.fromkeys(terms, records.own_amounts(self.indicator, own, columns, at))

    @property
    def own_scope(self) -> Scope:
        """The scope without what its family's atoms tell apart."""
        names = {name for name in self.scope.filters if name in _addable(self.indicator, self.scope.filters)}
        filters = {name: values for name, values in self.scope.filters.items() if name not in names}
        places = () if _adds_places(self.indicator) else self.scope.places
        return replace(self.scope, filters=filters, places=places)


@dataclass(frozen=True, kw_only=True, eq=False)
class FigureParts:
    """What a figure is made of. Without `divided_by` it is the sum of its parts, each with its weight."""

    parts: tuple[Part, ...]
    divided_by: tuple[Part, ...] = ()
    #: What a quotient is multiplied by.
    times: float = 1.0
    #: It holds a ratio of ratios, of which nothing is known.
    is_opaque: bool = False

    @property
    def every(self) -> tuple[Part, ...]:
        return (*self.parts, *self.divided_by)

    @cached_property
    def families(self) -> frozenset[Hashable]:
        return frozenset(part.family for part in self.every)


def parts_of(figure: PrintedFigure, indicators: Mapping[str, Indicator], records: Records) -> FigureParts:
    """What a printed figure is made of, down to indicators with a table of their own."""
    indicator = indicators[figure.indicator]
    scope = Scope(period=figure.period, places=figure.places, filters=figure.categories)
    if indicator.kind == "change":
        return _change_parts(indicators[indicator.of[0]], scope, indicators, records, indicator.is_relative_change)
    if indicator.kind != "ratio":
        found = list(_sums(indicator, scope, indicators, records))
        opaque = any(part is None for part in found)
        return FigureParts(parts=tuple(part for part in found if part is not None), is_opaque=opaque)
    narrowing = indicator if indicator.numerator_where is not None else None
    numerator = list(_sums(indicators[indicator.of[0]], scope, indicators, records, narrowed_by=narrowing))
    denominator = list(_sums(indicators[indicator.of[1]], scope, indicators, records))
    return FigureParts(
        parts=tuple(part for part in numerator if part is not None),
        divided_by=tuple(part for part in denominator if part is not None),
        times=float(indicator.quotient_times(figure.period)),
        is_opaque=any(part is None for part in (*numerator, *denominator)),
    )


def _change_parts(
    indicator: Indicator, scope: Scope, indicators: Mapping[str, Indicator], records: Records, is_relative: bool
) -> FigureParts:
    """The value now less that of the period before; relative, over that of the period before."""
    earlier = replace(scope, period=scope.period.before())
    now = list(_sums(indicator, scope, indicators, records))
    less = list(_sums(indicator, earlier, indicators, records, weight=-1.0))
    divided = list(_sums(indicator, earlier, indicators, records)) if is_relative else []
    return FigureParts(
        parts=tuple(part for part in (*now, *less) if part is not None),
        divided_by=tuple(part for part in divided if part is not None),
        times=100.0 if is_relative else 1.0,
        is_opaque=any(part is None for part in (*now, *less)),
    )


def part_of(
    indicator: Indicator, scope: Scope, records: Records, weight: float = 1.0, narrowed_by: Indicator | None = None
) -> Part:
    """One part of an indicator that has a table."""
    if is_by_rows(indicator) or is_tally(indicator):
        plan = row_plan(indicator, scope, records.table(indicator.table or ""), records.places, narrowed_by)
        return Part(indicator=indicator, scope=scope, family=family_of(indicator), plan=plan, weight=weight)
    narrowed = narrowed_by.id if narrowed_by else ""
    addable = _addable(indicator, scope.filters)
    fixed = tuple(sorted((name, values) for name, values in scope.filters.items() if name not in addable))
    places = () if _adds_places(indicator) else scope.places
    period = (scope.period.start if indicator.has_period_start else None, scope.period.end)
    return Part(
        indicator=indicator,
        scope=scope,
        family=(indicator.id, narrowed, period, places, fixed),
        plan=_own_plan(indicator, scope, addable, records),
        weight=weight,
    )


def _own_plan(indicator: Indicator, scope: Scope, addable: Sequence[str], records: Records) -> RowPlan:
    """Of an indicator that is no sum over rows: only what it may be added over tells its atoms apart."""
    columns: dict[str, Read | Category] = {}
    conditions = []
    if scope.places and indicator.place is not None and _adds_places(indicator):
        columns[indicator.place.written] = indicator.place
        conditions.append(condition_of_places(indicator.place, scope, records.places))
    for name in addable:
        conditions.append(
            condition_of_filter(indicator.categories[name], scope.filters[name], scope, records.places, columns)
        )
    return RowPlan(conditions=tuple(conditions), terms=(ROWS,), columns=columns)


def _addable(indicator: Indicator, filters: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The categories asked for over which the indicator's figures make up their total."""
    return [
        name
        for name in filters
        if name in indicator.categories
        and indicator.categories[name].long is not None
        and indicator.categories[name].wide is None
        and may_add(indicator, name, {}) is None
    ]


def _adds_places(indicator: Indicator) -> bool:
    return indicator.place is not None and may_add(indicator, "place", {}) is None


def _sums(
    indicator: Indicator,
    scope: Scope,
    indicators: Mapping[str, Indicator],
    records: Records,
    weight: float = 1.0,
    narrowed_by: Indicator | None = None,
) -> Iterator[Part | None]:
    """The parts that it adds and subtracts; None for what is a ratio or a change."""
    if indicator.kind in ("ratio", "change"):
        yield None
    elif indicator.is_derived:
        for n, name in enumerate(indicator.of):
            sign = -1.0 if n and indicator.kind == "difference" else 1.0
            yield from _sums(indicators[name], scope, indicators, records, weight * sign, narrowed_by)
    else:
        yield part_of(indicator, scope, records, weight, narrowed_by)


def counted_column(indicator: Indicator) -> Category:
    """What a tally counts, as a category of its rows."""
    measure = indicator.measure
    assert isinstance(measure, Distinct | DistinctPlace)
    level = measure.level if isinstance(measure, DistinctPlace) else None
    return Category(name="counted", long=Long(read=measure.read, level=level))
