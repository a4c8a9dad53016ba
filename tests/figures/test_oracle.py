"""The oracle is itself held to what the grammar says: partitions add up where `adding` says so, the past does not change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, reject, settings

from tests.figures.oracle import Answer, NoRate, answer, as_known_at, split
from tests.figures.strategies import INDICATORS, Case, cases
from toguna.figures.core.adding import may_add


def of(case: Case) -> Answer:
    """The answer; a case whose money cannot be stated in the unit has none and is left out."""
    try:
        return answer(case.world, case.indicators, case.name, case.question)
    except NoRate:
        reject()


@given(cases())
@settings(max_examples=100, deadline=None)
def test_every_question_has_an_answer_of_a_known_state(case: Case) -> None:
    given = of(case)
    assert (given.value is not None) == (given.status in ("value", "nil"))
    assert given.status != "nil" or given.value == 0


@given(cases())
@settings(max_examples=60, deadline=None)
def test_what_was_known_then_does_not_change(case: Case) -> None:
    """Acts after the as-of change nothing: the world as it stood gives the same answer."""
    now = of(case)
    then = as_known_at(case.world, case.question.at)
    assert answer(then, case.indicators, case.name, case.question) == now


@given(cases(tuple(name for name, one in INDICATORS.items() if not one.is_derived and one.persons != "served")))
@settings(max_examples=120, deadline=None)
def test_parts_make_up_their_total_where_they_may_be_added(case: Case) -> None:
    indicator = INDICATORS[case.name]
    whole = of(case)
    for axis in case.by:
        adds = "place" if axis.startswith("place@") else "period" if axis == "month" else axis
        if may_add(indicator, adds, INDICATORS) is not None:
            continue
        parts = split(case.world, case.indicators, case.name, case.question, (axis,))
        if any(part.value is not None for part in parts.values()) and whole.value is not None:
            total = sum((part.value or Decimal(0) for part in parts.values()), Decimal(0))
            assert abs(total - whole.value) < Decimal("0.001"), axis


@given(cases(("attendance", "seats", "results")))
@settings(max_examples=50, deadline=None)
def test_unknown_is_a_cell_never_dropped(case: Case) -> None:
    """Asked for every value of sex with unknown among them, one has the whole."""
    if "sex" not in INDICATORS[case.name].categories or "group" in case.question.filters:
        return
    question = replace(case.question, filters={**case.question.filters, "sex": ("f", "m", "unknown")})
    everything = {key: value for key, value in case.question.filters.items() if key != "sex"}
    whole = answer(case.world, case.indicators, case.name, replace(case.question, filters=everything))
    assert answer(case.world, case.indicators, case.name, question) == whole
