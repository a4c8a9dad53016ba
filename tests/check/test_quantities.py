"""Which numbers of a text are quantities, what they are worth, and what they count."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.check.core.quantities import read


def values(text: str) -> list[float]:
    return [float(quantity.value) for quantity in read(text).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6,954 people, 135 985 refugees, 17.041 returnees, 1561 households", [6954, 135985, 17041, 1561]),
        ("1.2 million people and USD 49.2 million", [1_200_000, 49_200_000]),
        ("1,5 million de personnes, 600 000 F CFA", [1_500_000, 600_000]),
        ("a number broken over a line: 135\n985 refugees", [135985]),
        ("a stray blank: 28, 751 patients (11, 841 M, 16, 910 F)", [28751, 11841, 16910]),
        ("nine students and vingt-deux élèves", [9, 22]),
        ("2.248 million dollars", [2_248_000]),
        ("15F and 49 M were trained", [15, 49]),
        ("$950,000 ($100 per household)", [950000, 100]),
        ("in the camp 2703 Malian people, in wards 12, per site 1,250", [2703, 12, 1250]),
    ],
)
def test_every_style_is_read(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 28, 24 and 21 December 2016",
        "from 22 to 26 May 2025, and since 2014",
        "Grades 9 and 12; Table 3; week 20, 2021",
        "the 12th round, le 1er mai, la 17ème épidémie",
        "children aged 6-59 months and those under 5",
        "COVID-19, H1N1, N°020/MVB_02/06/2026, page 4",
        "15-30 inches, 10:45, https://example.org/2016/12345",
        "within 24h",
        "Camp 4 and Zone 12",
        "in ward 2703 of Gao, ward 38 took part, in ward 12",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert [quantity for quantity in read(text).quantities if quantity.kind == "count"] == []


def test_words_repeated_in_digits_are_one_quantity() -> None:
    reading = read("Seven (7) samples and dix-huit (19) cas")
    assert [quantity.value for quantity in reading.quantities] == [7, 19]
    assert [(words.value, digits.value) for words, digits in reading.echoes] == [(7, 7), (18, 19)]


def test_hedge_noun_and_label_are_kept() -> None:
    some, girls, over = read("Some 340 children (girls: 120), plus de 200 filles").quantities
    assert (some.hedge, some.noun) == ("about", ("children",))
    assert girls.label == ("girl",)
    assert (over.hedge, over.noun) == ("over", ("fille",))


def test_the_step_is_the_worth_of_the_last_place() -> None:
    million, percent = read("1.2 million people, 14.0%").quantities
    assert (million.step, percent.step) == (Decimal(100_000), Decimal("0.1"))
    assert percent.kind == "percent"


@given(st.integers(1000, 99_999_999), st.sampled_from([",", " ", "\u00a0", "\u202f", ""]))
def test_a_whole_number_is_read_in_any_grouping(value: int, separator: str) -> None:
    shown = f"{value:,}".replace(",", separator)
    assert values(f"reached {shown} people today") == [value]
