"""Whether a reader of one print has what another says: each condition at its boundary."""

from __future__ import annotations

from typing import Any

import pytest

from tests.figures.disclosure.table_in_memory import INDICATORS, MemoryRecords, printed, row
from tests.figures.test_show import figure
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure, is_same, printed_figure
from toguna.figures.core.disclosure.publication import is_determined

KNOWN = "incidents?kind=theft&place=ML06"


@pytest.mark.parametrize(
    ("asked", "known", "is_had"),
    [
        (100, 100, True),
        ((95, 105), 100, True),
        (100, (95, 105), False),
        (100, (100, 105), False),
        (100, (95, 100), False),
        ((95, 105), (95, 105), True),
        ((95, 105), (96, 104), True),
        ((95, 105), (94, 105), False),
        ((95, 105), (95, 106), False),
    ],
)
def test_a_reader_has_what_is_no_more_exact_than_what_is_known(asked: Any, known: Any, is_had: bool) -> None:
    assert is_same(printed(KNOWN, asked), printed(KNOWN, known)) == is_had


@pytest.mark.parametrize(
    ("reference", "at"),
    [
        (KNOWN, 2),
        (KNOWN, 0),
        ("thefts?kind=theft&place=ML06", 1),
        ("incidents?kind=theft&place=ML07", 1),
        ("incidents?kind=theft", 1),
        ("incidents?kind=injury&place=ML06", 1),
        ("incidents?place=ML06", 1),
        (f"{KNOWN}&period=2016-11", 1),
        (f"{KNOWN}&period=2016-11..2016-12", 1),
    ],
)
def test_another_act_indicator_place_category_or_period_is_another_figure(reference: str, at: int) -> None:
    asked, known = printed(reference, 100, at=at), printed(KNOWN, 100, at=1)
    assert is_same(known, known)
    assert not is_same(asked, known) and not is_same(known, asked)


def test_who_knows_a_number_does_not_know_the_names_and_who_knows_the_names_knows_the_number() -> None:
    number, names = printed("regions", 2), printed("regions", 2, listed=("ML06", "ML07"))
    assert is_same(number, names) and is_same(names, names) and is_same(number, number)
    assert not is_same(names, number)


@pytest.mark.parametrize(
    ("style", "listed"), [("number", None), ("list", ("Gao", "Mopti")), ("names", ("Gao", "Mopti"))]
)
def test_a_print_says_the_names_where_it_shows_them(style: str, listed: tuple[str, ...] | None) -> None:
    """And then it says the number exactly, however it would be rounded."""
    counted = figure(f"regions?show={style}", "2", "places", names={"en": ("Gao", "Mopti"), "fr": ("Gao", "Mopti")})
    found = printed_figure(counted, counted.reference.show, "ML")
    assert found is not None and (found.listed, found.low, found.high) == (listed, 2, 2)


#: Between the two acts 30 more thefts were told of in ML06, and nothing of ML07.
BEFORE = [row("ML06", "theft", 100), row("ML07", "theft", 60)]
RECORDS = MemoryRecords(rows={1: BEFORE, 2: [*BEFORE, row("ML06", "extortion", 30)]})


def audit_of(prints: Any) -> JointAudit:
    return JointAudit(prints, INDICATORS, lambda one: 5, RECORDS)


@pytest.mark.parametrize(
    ("asked", "known", "is_known"),
    [
        (printed("incidents", 190, at=2), printed("incidents", 160, at=1), False),
        (printed("incidents?place=ML06", 130, at=2), printed("incidents?place=ML06", 100, at=1), False),
        (printed("incidents?place=ML07", 60, at=2), printed("incidents?place=ML07", 60, at=1), True),
        (printed("incidents", 190, at=2), printed("incidents", (185, 195), at=2), False),
        (printed("incidents", (185, 195), at=2), printed("incidents", (185, 195), at=2), True),
        (printed("incidents", (185, 195), at=2), printed("incidents", 190, at=2), True),
        (printed("incidents", 190, at=2), printed("incidents", 190, at=2), True),
    ],
)
def test_a_plan_answers_neither_more_exactly_nor_as_of_an_act_between_which_something_changed(
    asked: PrintedFigure, known: PrintedFigure, is_known: bool
) -> None:
    assert is_determined(asked, [known], audit_of) == is_known


@pytest.mark.parametrize(
    ("known", "is_known"),
    [
        ([printed("incidents?place=ML06", 130, at=2)], False),
        ([printed("thefts?place=ML06", 100, at=2)], False),
        ([printed("incidents?place=ML06", 130, at=2), printed("thefts?place=ML06", 100, at=2)], True),
    ],
)
def test_a_share_is_known_by_both_of_its_numbers_and_by_neither_alone(
    known: list[PrintedFigure], is_known: bool
) -> None:
    assert is_determined(printed("theft_share?place=ML06", "76.923077", at=2), known, audit_of) == is_known
