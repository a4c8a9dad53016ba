"""What may be added to what (grammar 5). A refusal is a fault that says why; None means that the parts make up their total.

An axis is ``period``, ``place``, ``partner`` or the name of a category. Parts along an axis: months of a period, places within a
place, values of a category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toguna.figures.core.definition import Distinct, DistinctPlace, Indicator, Latest, Total
from toguna.figures.core.expressions import Read
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Period, Problem


def may_add(indicator: Indicator, axis: str, indicators: Mapping[str, Indicator]) -> Problem | None:
    """Why figures of the indicator along this axis do not make up their total; None when they do."""
    if indicator.kind == "ratio":
        return _no(indicator, "add_ratio", axis)
    if indicator.kind == "change":
        return _no(indicator, "add_change", axis)
    if indicator.is_derived:
        parts = [indicators[name] for name in indicator.of]
        return next((problem for part in parts if (problem := may_add(part, axis, indicators)) is not None), None)
    if axis == "period":
        return _over_time(indicator)
    category = indicator.categories.get(axis)
    if category is not None and category.wide is not None and not category.wide.cells.keys() <= _summed(indicator):
        return _no(indicator, "add_other_columns", axis)
    measure = indicator.measure
    if isinstance(measure, Distinct):
        return None if _is_fixed(indicator, axis, (measure.read,)) else _no(indicator, "add_distinct", axis)
    if isinstance(measure, DistinctPlace):
        return None if axis == "place" else _no(indicator, "add_distinct", axis)
    if isinstance(measure, Latest):
        return None if _is_fixed(indicator, axis, measure.keys) else _no(indicator, "add_latest", axis)
    return None


def may_cover(indicator: Indicator, period: Period) -> Problem | None:
    """Whether the indicator can speak of this period: persons served in several months are not persons of the period."""
    if indicator.persons == "served" and not isinstance(indicator.measure, Distinct) and len(period.months()) > 1:
        return _no(indicator, "add_served", "period")
    return None


def may_sum(indicator: Indicator, of: Sequence[Indicator]) -> list[Problem]:
    """Why a declared sum or difference of indicators is refused: persons that may be the same, attendances beside persons."""
    problems: list[Problem] = []
    kinds = list(dict.fromkeys(part.persons for part in of if part.persons))
    if len(kinds) > 1:
        problems.append(_no(indicator, "sum_kinds", "of", kinds=", ".join(kinds)))
    if indicator.kind == "sum" and "distinct" in kinds and len(of) > 1:
        problems.append(_no(indicator, "sum_distinct", "of"))
    if indicator.kind == "sum":
        times = list(dict.fromkeys(part.kind for part in of if part.kind in ("flow", "stock", "counter")))
        if len(times) > 1:
            problems.append(_no(indicator, "sum_times", "of", kinds=", ".join(times)))
        if any(part.kind == "ratio" for part in of):
            problems.append(_no(indicator, "add_ratio", "of"))
    return problems


def _over_time(indicator: Indicator) -> Problem | None:
    if indicator.kind != "flow":
        return _no(indicator, "add_stock", "period")
    if isinstance(indicator.measure, Distinct | DistinctPlace):
        return _no(indicator, "add_distinct", "period")
    if indicator.persons == "served":
        return _no(indicator, "add_served", "period")
    return None


def _summed(indicator: Indicator) -> frozenset[str]:
    if not isinstance(indicator.measure, Total):
        return frozenset()
    return frozenset(term.column.name for term in indicator.measure.terms if isinstance(term, Read) and term.is_own)


def _is_fixed(indicator: Indicator, axis: str, counted: Sequence[Read]) -> bool:
    """Whether each thing counted has one value on this axis: a person one sex, an entity its own properties, a key itself."""
    if axis == "sex" and indicator.persons == "distinct":
        return True
    read = indicator.place if axis == "place" else None
    category = indicator.categories.get(axis)
    if category is not None and category.long is not None:
        read = category.long.read
    if read is None:
        return False
    if read in counted:
        return True
    return any(
        read.up == key.up and read.hops[: len(key.hops) + 1] == (*key.hops, *_hop(read, key)) and bool(_hop(read, key))
        for key in counted
    )


def _hop(read: Read, key: Read) -> tuple[object, ...]:
    """The hop of `read` that follows the key itself, if it is there."""
    depth = len(key.hops)
    if len(read.hops) <= depth or read.hops[depth].column != key.column:
        return ()
    return (read.hops[depth],)


def _no(indicator: Indicator, fault: str, axis: str, **details: object) -> Problem:
    return FAULTS[fault].at(indicator.at, indicator=indicator.id, axis=axis, **details)
