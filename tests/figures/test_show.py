"""Grammar 2: how a figure prints, in both languages, and what its value does not allow."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.figures.core.disclosure.prints import bounds_of
from toguna.figures.core.figure import AsOf, Figure
from toguna.figures.core.reference import parse_reference
from toguna.figures.core.show import (
    NumberStyle,
    alphabetical,
    join_names,
    number_style,
    printed_value,
    show_figure,
    show_problems,
    show_value,
    write_number,
)
from toguna.kernel.api import Language, parse_period
from toguna.kernel.core.hedges import HEDGES, hedge_holds


def figure(reference: str, value: str | None, unit: str = "persons", **further: object) -> Figure:
    parsed, problems = parse_reference(reference)
    assert parsed is not None, problems
    fields = {
        "indicator": parsed.indicator,
        "label": {"en": "x", "fr": "x"},
        "period": parse_period("2016-12"),
        "place": None,
        "categories": {},
        "value": None if value is None else Decimal(value),
        "status": "not_reported" if value is None else "value",
        "unit": unit,
        "basis": "counted",
        "as_of": AsOf(sequence=1, head="", time=None),
        "definition": "",
    }
    return Figure(reference=parsed, **{**fields, **further})  # type: ignore[arg-type]


EN, FR = number_style("en", "6,954"), number_style("fr", "6 954")

PRINTS = [
    ("x", "-12", "persons", "−12", "−12"),
    ("x", "-1250", "persons", "−1,250", "−1\u00a0250"),
    ("x?show=change", "-12", "persons", "a fall of 12", "une baisse de 12"),
    ("x?show=change", "1250", "persons", "a rise of 1,250", "une hausse de 1\u00a0250"),
    ("x?show=change", "0", "persons", "no change", "aucun changement"),
    ("x?show=change", "-0.4", "percent", "no change", "aucun changement"),
    ("x?show=change", "-3.2", "percent", "a fall of 3%", "une baisse de 3\u00a0%"),
    (
        "x?show=change",
        "-3",
        "percentage_points",
        "a fall of 3\u00a0percentage points",
        "une baisse de 3\u00a0points de pourcentage",
    ),
    (
        "x?show=percent",
        "1",
        "percentage_points",
        "1\u00a0percentage point",
        "1\u00a0point de pourcentage",
    ),
    (
        "x?show=digits=1,percent",
        "-1.5",
        "percentage_points",
        "−1.5\u00a0percentage points",
        "−1,5\u00a0point de pourcentage",
    ),
    ("x?show=change,about", "-12", "persons", "a fall of about 12", "une baisse d’environ 12"),
    ("x?show=change", "-2000", "XOF", "a fall of XOF\u00a02,000", "une baisse de 2\u00a0000\u00a0XOF"),
    ("x", "6954", "persons", "6,954", "6\u00a0954"),
    ("x", "0", "persons", "0", "0"),
    ("x?show=words", "3", "persons", "three", "trois"),
    ("x?show=words", "80", "persons", "eighty", "quatre-vingts"),
    ("x", "4.889", "percent", "5", "5"),
    ("x?show=percent", "4.889", "percent", "5%", "5\u00a0%"),
    ("x?show=digits=1,percent", "4.889", "percent", "4.9%", "4,9\u00a0%"),
    ("x?show=percent", "4.5", "percent", "5%", "5\u00a0%"),
    ("x?show=million", "49200000", "USD", "49.2\u00a0million", "49,2\u00a0millions"),
    ("x?show=million", "1500000", "USD", "1.5\u00a0million", "1,5\u00a0million"),
    ("x?show=currency,million", "49200000", "USD", "USD\u00a049.2\u00a0million", "49,2\u00a0millions\u00a0USD"),
    ("x?show=currency", "2405455", "USD", "USD\u00a02,405,455", "2\u00a0405\u00a0455\u00a0USD"),
    ("x?show=about,digits=-2", "297", "persons", "about 300", "environ 300"),
    ("x?show=digits=-2,over", "6954", "persons", "over 6,900", "plus de 6\u00a0900"),
    ("x?show=over", "6954", "persons", "over 6,900", "plus de 6\u00a0900"),
    ("x?show=nearly", "6954", "persons", "nearly 7,000", "presque 7\u00a0000"),
    ("x?show=at-least,words", "10", "persons", "at least ten", "au moins dix"),
    ("x?show=digits=0,million,over", "1200000", "persons", "over 1\u00a0million", "plus de 1\u00a0million"),
    ("x", "4.45", "persons a household", "4.5", "4,5"),
    ("x?show=nearest-5", "297", "persons", "295", "295"),
    ("x?show=nearest-5", "298", "persons", "300", "300"),
    ("x?show=nearest-5", "297.5", "persons", "300", "300"),
    ("x?show=about,nearest-5", "33", "persons", "about 35", "environ 35"),
    ("x?show=nearest-5,over", "34", "persons", "over 30", "plus de 30"),
    ("x?show=nearest-5,nearly", "31", "persons", "nearly 35", "presque 35"),
    ("x?show=nearest-5,percent", "38.1", "percent", "40%", "40\u00a0%"),
    ("x?show=nearest-5,words", "22", "persons", "twenty", "vingt"),
]


@pytest.mark.parametrize(("reference", "value", "unit", "english", "french"), PRINTS)
def test_prints(reference: str, value: str, unit: str, english: str, french: str) -> None:
    one = figure(reference, value, unit)
    assert show_figure(one, "en", EN) == english
    assert show_figure(one, "fr", FR) == french


def test_lists_of_names() -> None:
    names = {"en": ("Gao", "Mopti", "Timbuktu"), "fr": ("Gao", "Mopti", "Tombouctou")}
    one = figure("x?show=list", "3", "places", names=names)
    assert show_figure(one, "en", EN) == "Gao, Mopti and Timbuktu"
    assert show_figure(one, "fr", FR) == "Gao, Mopti et Tombouctou"
    assert not show_problems(one)
    assert show_figure(figure("x?show=names", "3", "places", names=names), "en", EN) == "Gao, Mopti, Timbuktu"
    assert [problem.id for problem in show_problems(figure("x?show=list", "4", names=names))] == ["figures.show_list"]
    assert join_names(["Gao"], "en") == "Gao" and join_names([], "fr") == ""


def test_what_is_not_a_value_prints_nothing() -> None:
    assert show_figure(figure("x", None), "en", EN) == ""
    assert show_figure(figure("x", None, status="withheld"), "fr", FR) == ""
    assert show_figure(figure("x", "0", status="nil"), "fr", FR) == "0"


def test_an_estimate_is_always_hedged() -> None:
    one = figure("x", "300", basis="estimated")
    assert show_figure(one, "en", EN) == "about 300"
    assert show_figure(one, "fr", FR) == "environ 300"
    assert show_figure(figure("x?show=over", "315", basis="estimated"), "en", EN) == "over 310"


def test_a_hedge_that_is_not_true_is_a_fault() -> None:
    (problem,) = show_problems(figure("x?show=digits=-2,over", "300"))
    assert problem.id == "figures.hedge_untrue" and "300" in problem.written("fr")
    assert not show_problems(figure("x?show=digits=-2,over", "301"))
    assert [problem.id for problem in show_problems(figure("x?show=about,digits=-3", "600"))] == [
        "figures.hedge_untrue"
    ]


def test_shows_that_do_not_fit() -> None:
    faults = {
        "x?show=percent": ("5", "persons", "show_percent"),
        "x?show=currency": ("5", "persons", "show_currency"),
        "x?show=words": ("5.5", "litres", "show_words"),
        "x?show=million": ("4000", "persons", "show_nothing"),
    }
    for reference, (value, unit, fault) in faults.items():
        assert [problem.id for problem in show_problems(figure(reference, value, unit))] == [f"figures.{fault}"]


@pytest.mark.parametrize(
    ("sample", "text"),
    [("6,954", "6,954.5"), ("6 954", "6\u00a0954.5"), ("6.954", "6.954,5"), ("6954", "6954.5"), ("1561", "6954.5")],
)
def test_number_styles(sample: str, text: str) -> None:
    assert write_number(Decimal("6954.5"), number_style("en", sample), 1) == text


def test_the_languages_own_style() -> None:
    assert write_number(Decimal(6954), number_style("en")) == "6,954"
    assert write_number(Decimal("6954.5"), number_style("fr"), 1) == "6\u202f954,5"


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(-3, 3))
def test_a_written_number_reads_back(value: Decimal, digits: int) -> None:
    written = write_number(value, NumberStyle(group=",", decimal="."), digits)
    assert abs(Decimal(written.replace(",", "").replace("−", "-")) - value) <= Decimal(5).scaleb(-digits - 1)


@given(st.integers(1, 10**8), st.sampled_from(HEDGES), st.sampled_from(["number", "million", "words"]))
def test_a_hedge_without_digits_is_true_or_said_not_to_be(value: int, hedge: str, style: str) -> None:
    reference = f"x?show={hedge}" + ("" if style == "number" else f",{style}")
    one = figure(reference, str(value))
    show = one.reference.show
    assert show.hedge is not None
    true = hedge_holds(show.hedge, Decimal(value), printed_value(Decimal(value), show, "persons"))
    assert true is not any(problem.id == "figures.hedge_untrue" for problem in show_problems(one))
    for language in ("en", "fr"):
        assert show_value(Decimal(value), show, "persons", _language(language), EN)


def _language(text: str) -> Language:
    return "fr" if text == "fr" else "en"


def test_names_stand_in_a_readers_order() -> None:
    assert alphabetical(["Tombouctou", "Mopti", "Ménaka", "gao", "Égypte"]) == (
        "Égypte",
        "gao",
        "Ménaka",
        "Mopti",
        "Tombouctou",
    )


@pytest.mark.parametrize(
    ("show", "value", "fault"),
    [
        ("about,nearest-5", "23", None),
        ("about,nearest-5", "22", None),
        ("about,nearest-5", "13", "hedge_untrue"),
        ("nearest-5,over", "30", "hedge_untrue"),
        ("nearest-5,over", "31", None),
        ("nearest-5,over", "34", "hedge_untrue"),
        ("nearest-5", "2", "show_nothing"),
        ("nearest-5", "0", None),
    ],
)
def test_hedges_hold_beside_multiples_of_five(show: str, value: str, fault: str | None) -> None:
    problems = show_problems(figure(f"x?show={show}", value))
    assert [problem.id for problem in problems] == ([f"figures.{fault}"] if fault else [])


@pytest.mark.parametrize("show", ["nearest-5,digits=-1", "nearest-5,million", "list,nearest-5"])
def test_one_way_of_rounding_at_a_time(show: str) -> None:
    reference, problems = parse_reference(f"x?show={show}")
    assert reference is None and [problem.id for problem in problems] == ["figures.show_twice"]


@given(st.integers(0, 10**6), st.sampled_from([None, *HEDGES]))
def test_a_reader_places_what_is_rounded_to_five_within_its_bounds(value: int, hedge: str | None) -> None:
    show = figure(f"x?show=nearest-5{',' + hedge if hedge else ''}", "1").reference.show
    low, high = bounds_of(Decimal(value), show, "persons")
    assert low <= value <= high and high - low == 5


OWNERS = [
    ("x", "65000", "over 65,000", "plus de 65\u00a0000", None),
    ("x", "65432", "over 65,432", "plus de 65\u00a0432", None),
    ("x?show=digits=-3", "65432", "over 65,000", "plus de 65\u00a0000", None),
    ("x?show=over", "65000", "over 65,000", "plus de 65\u00a0000", None),
    ("x?show=million", "1200000", "over 1.2\u00a0million", "plus de 1,2\u00a0million", None),
    ("x?show=about", "65000", "over 65,000", "plus de 65\u00a0000", "owner_hedge"),
    ("x?show=digits=-5", "119000", "over 100,000", "plus de 100\u00a0000", "hedge_untrue"),
]


@pytest.mark.parametrize(("reference", "value", "english", "french", "fault"), OWNERS)
def test_an_owners_hedge_is_printed_with_the_owners_number(
    reference: str, value: str, english: str, french: str, fault: str | None
) -> None:
    one = figure(reference, value, basis="quoted", owner_hedge="over")
    assert show_figure(one, "en", EN) == english
    assert show_figure(one, "fr", FR) == french
    assert [problem.id for problem in show_problems(one)] == ([f"figures.{fault}"] if fault else [])


def test_a_language_that_nobody_writes_numbers_of_has_english_ones() -> None:
    assert number_style("xx") == number_style("en")
