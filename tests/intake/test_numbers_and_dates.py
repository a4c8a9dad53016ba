"""Cells as people write them: each has one reading that is shown, or both readings and a question."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.intake.core.dates import date_order, month_of, read_date
from toguna.intake.core.numbers import decimal_mark, plain_text, read_number


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("1 250 000 FCFA", "1250000", "unit"),
        ("1\u202f250\u00a0000", "1250000", ""),
        ("1.250.000", "1250000", ""),
        ("1,250,000", "1250000", ""),
        ("1 234,5", "1234.5", ""),
        ("1.234,5", "1234.5", ""),
        ("12,5", "12.5", ""),
        ("-5", "-5", ""),
        ("3e2", "300", ""),
        ("~120", "120", "hedged"),
        ("≈ 40", "40", "hedged"),
        ("environ 120", "120", "hedged"),
        ("$ 1,250", "1250", "unit"),
        ("néant", "0", "none"),
        ("R.A.S.", "0", "none"),
        ("n/a", "", "unknown_value"),
    ],
)
def test_a_number_is_read(text: str, value: str, note: str) -> None:
    read = read_number(text)
    assert (read.text, read.note) == (value, note)


@pytest.mark.parametrize(
    "text", ["-", "abc", "120 personnes", "12-15", "plus de 100", "un", "1/2", "", "12 et 13", "5 sur 10"]
)
def test_what_is_no_single_number_is_not_read(text: str) -> None:
    assert read_number(text).text is None


def test_a_thousand_or_a_decimal_is_asked_with_both_readings() -> None:
    assert read_number("1,200").options == ("1200", "1.2")
    assert read_number("1.200").options == ("1200", "1.2")
    assert (read_number("1,200", whole=True).text, read_number("1,200", whole=True).note) == ("1200", "thousands")
    assert read_number("1,200", mark=",").text == "1.2"
    assert read_number("1,200", mark=".").text == "1200"
    assert read_number("1.200", is_text=False).text == "1.2"
    assert read_number("0,500").text == "0.5"


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,200", "1.250.000"], ","),
        (["1,200", "12,5"], ","),
        (["1,200", "3.25"], "."),
        (["1,200", "1,250,000"], "."),
        (["1,200", "7"], ""),
        (["12,5", "3.25"], ""),
    ],
)
def test_the_column_says_what_marks_its_decimals(texts: list[str], mark: str) -> None:
    assert decimal_mark(texts) == mark


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_what_is_written_plainly_is_read_back(value: Decimal) -> None:
    assert read_number(plain_text(value), mark=".").value == value


@given(st.integers(min_value=1000, max_value=10**12), st.sampled_from(["\u202f", "\u00a0", " ", "'"]))
def test_thousands_apart_are_one_number(value: int, between: str) -> None:
    assert read_number(f"{value:,}".replace(",", between)).value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 décembre 2016", "2016-12-05"),
        ("1er mars 2015", "2015-03-01"),
        ("lundi 5 déc. 2016", "2016-12-05"),
        ("5-déc-16", "2016-12-05"),
        ("17 May 2013", "2013-05-17"),
        ("March 31, 2015", "2015-03-31"),
        ("03-18-14", "2014-03-18"),
        ("19/3/15", "2015-03-19"),
        ("2016-12-05 00:00:00", "2016-12-05"),
        ("05/05/2016", "2016-05-05"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert read_date(text).text == day


def test_two_days_and_a_month_are_asked() -> None:
    assert read_date("8/1/2014").options == ("2014-01-08", "2014-08-01")
    assert read_date("8/1/2014", "month-day").text == "2014-08-01"
    assert read_date("8/1/2014", "day-month").text == "2014-01-08"
    assert read_date("déc. 2016").options == ("2016-12-01", "2016-12-31")
    assert read_date("fév 2016", month_day="last").text == "2016-02-29"
    assert (read_date("12/2016", month_day="first").text, read_date("2016-12", month_day="last").text) == (
        "2016-12-01",
        "2016-12-31",
    )


@pytest.mark.parametrize("text", ["31/02/2016", "5 déc", "décembre", "13/13/2016", "2016-13", "hier", "0"])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert (read_date(text).text, read_date(text).options) == (None, ())


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["8/1/2014", "13/1/2014"], "day-month"),
        (["8/1/2014", "1/13/2014"], "month-day"),
        (["8/1/2014"], ""),
        (["13/1/2014", "1/13/2014"], ""),
    ],
)
def test_the_column_says_the_order_of_day_and_month(texts: list[str], order: str) -> None:
    assert date_order(texts) == order


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)))
def test_a_day_in_any_writing_is_the_same_day(day: date) -> None:
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    writings = [
        f"{day.day} {months[day.month - 1]} {day.year}",
        day.isoformat(),
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
    ]
    assert {read_date(text).text for text in writings} == {day.isoformat()}
    assert read_date(f"{day:%d/%m/%Y}", "day-month").text == day.isoformat()
    assert read_date(f"{day:%m/%d/%Y}", "month-day").text == day.isoformat()
    assert timedelta(0) == date.fromisoformat(read_date(day.isoformat()).text or "") - day


@pytest.mark.parametrize(
    ("text", "month"),
    [("Rapport mensuel déc. 2016", date(2016, 12, 1)), ("retour_2016-12.xlsx", date(2016, 12, 1)), ("AMSS décembre_2016", date(2016, 12, 1)),
     ("12-2016", date(2016, 12, 1)), ("nov. 2016 et déc. 2016", None), ("2016", None), ("rapport", None)],
)  # fmt: skip
def test_the_month_that_a_title_speaks_of(text: str, month: date | None) -> None:
    assert month_of(text) == month
