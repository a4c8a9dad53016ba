"""Grammar 5, one example a rule: what may be added, and what is refused with its reason."""

from __future__ import annotations

import pytest

from tests.figures.strategies import INDICATORS
from tests.figures.test_docs import indicators
from tests.figures.test_reading import derived, one
from toguna.figures.core.adding import may_add, may_cover
from toguna.kernel.api import parse_period

ADDS = [
    ("sessions", "period", "a flow over months"),
    ("sessions", "place", "a sum over places"),
    ("results", "population", "a count over a partition"),
    ("attendance", "sex", "wide columns of the sum itself"),
    ("attendance", "period", "attendances over months: attendances again"),
    ("seats", "period", "each newly served once"),
    ("persons", "sex", "different persons over their sex: a person has one"),
    ("regions", "place", "places over the places that hold them"),
    ("delayed", "cause", "a stock over categories"),
    ("delayed", "place", "a stock over places"),
    ("litres", "point", "latest values over their key"),
    ("litres", "type", "latest values over a property of their key"),
    ("quoted", "place", "latest values over places, when the place is the key"),
    ("gap", "place", "a difference, when both its parts add"),
    ("both", "period", "a sum, when all its parts add"),
]

REFUSED = [
    ("persons", "period", "add_distinct", "different persons of two months may be the same"),
    ("persons", "place", "add_distinct", "one person may be at two places"),
    ("persons", "age", "add_distinct", "one person may have two ages in a year"),
    ("persons", "movement", "add_distinct", "one person may be in two movements"),
    ("partners", "activity", "add_distinct", "one partner may do two things"),
    ("regions", "activity", "add_distinct", "two activities may be in one region"),
    ("regions", "period", "add_distinct", "the same regions in two months"),
    ("delayed", "period", "add_stock", "stocks of two months"),
    ("quoted", "period", "add_stock", "quoted stocks of two months"),
    ("litres_ever", "period", "add_stock", "counters of two months"),
    ("quoted", "source", "add_latest", "the latest of each source, when only one is the latest"),
    ("share", "place", "add_ratio", "shares"),
    ("sessions_change", "place", "add_change", "changes"),
    ("per_session", "period", "add_ratio", "averages"),
    ("attendance", "group", "add_other_columns", "other columns than those of the sum"),
]


@pytest.mark.parametrize(("name", "axis", "why"), ADDS, ids=[case[2] for case in ADDS])
def test_adds(name: str, axis: str, why: str) -> None:
    assert may_add(INDICATORS[name], axis, INDICATORS) is None


@pytest.mark.parametrize(("name", "axis", "fault", "why"), REFUSED, ids=[case[3] for case in REFUSED])
def test_is_refused(name: str, axis: str, fault: str, why: str) -> None:
    problem = may_add(INDICATORS[name], axis, INDICATORS)
    assert problem is not None and problem.id == f"figures.{fault}"
    assert name in problem.written("fr")


SERVED = """
unit: persons
basis: reported
kind: flow
from: monthly_return/result
measure: sum women + men
date: ^month
persons: served
"""


def test_persons_served_of_several_months_are_not_persons_of_the_period() -> None:
    served = one(SERVED)
    assert may_cover(served, parse_period("2016-12")) is None
    problem = may_cover(served, parse_period("2016-Q4"))
    assert problem is not None and problem.id == "figures.add_served"
    refused = may_add(served, "period", {"x": served})
    assert refused is not None and refused.id == "figures.add_served"
    for persons in ("newly_served", "attendances"):
        other = one(SERVED.replace("persons: served", f"persons: {persons}"))
        assert may_cover(other, parse_period("2016")) is None and may_add(other, "period", {}) is None


def test_distinct_over_a_whole_period_is_computed_not_added() -> None:
    """The refusal is of adding; the question itself has an answer."""
    assert may_cover(indicators()["people_repatriated"], parse_period("2016")) is None


def test_a_property_of_what_is_counted_adds() -> None:
    body = """
    unit: points
    basis: counted
    kind: flow
    from: visit
    measure: distinct point
    date: visited_on
    place: point.site
    disaggregate: {type: point.type, functional: functional, point: point}
    """
    points = one(body)
    assert may_add(points, "type", {}) is None, "a water point has one type"
    assert may_add(points, "place", {}) is None, "and one site"
    assert may_add(points, "point", {}) is None, "and is itself"
    assert may_add(points, "functional", {}) is not None, "but works one day and not the next"


def test_distinct_persons_of_two_indicators_are_not_summed() -> None:
    assert derived("{kind: sum, of: [c, c], unit: persons}")[1] == ["sum_distinct"]


def test_attendances_and_persons_are_kept_apart() -> None:
    assert "units_differ" in derived("{kind: sum, of: [a, c], unit: persons}")[1]
