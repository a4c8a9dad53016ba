"""Grammar 2, periods: each writing, and that the shortest writing reads back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.kernel.api import NotAPeriod, Period, parse_period
from toguna.kernel.core.periods import GRAINS

DECEMBER = parse_period("2016-12")
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-Q4", date(2016, 10, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12-21", date(2016, 12, 21), date(2016, 12, 21)),
        ("2016-09..2016-12", date(2016, 9, 1), date(2016, 12, 31)),
        ("2016-06..", date(2016, 6, 1), date(2016, 12, 31)),
        ("..2016-03", date.min, date(2016, 3, 31)),
        ("ytd", date(2016, 1, 1), date(2016, 12, 31)),
        ("-1", date(2016, 11, 1), date(2016, 11, 30)),
    ],
)
def test_each_writing(text: str, start: date, end: date) -> None:
    assert parse_period(text, DECEMBER) == Period(start=start, end=end)


@pytest.mark.parametrize(
    "text", ["", "..", "2016-13", "2016-02-30", "2016-Q5", "december", "2016-12..2016-01", "16-12"]
)
def test_what_is_not_a_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(text, DECEMBER)


@pytest.mark.parametrize("text", ["ytd", "-1", "2016-06.."])
def test_a_relative_period_needs_the_texts_own(text: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(text)


@given(DAYS, st.integers(0, 2000))
def test_written_reads_back_and_neighbours_touch(start: date, length: int) -> None:
    period = Period(start=start, end=start + timedelta(days=length))
    assert parse_period(period.written()) == period
    assert period.before().end + timedelta(days=1) == period.start
    assert period.after().start - timedelta(days=1) == period.end


@given(DAYS)
def test_the_month_after_the_month_before_is_the_month(day: date) -> None:
    month = parse_period(f"{day:%Y-%m}")
    assert month.before().after() == month == month.after().before()


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2021-W18", date(2021, 5, 3), date(2021, 5, 9)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2016-H1", date(2016, 1, 1), date(2016, 6, 30)),
        ("2016-H2", date(2016, 7, 1), date(2016, 12, 31)),
        ("2021-W17..2021-W18", date(2021, 4, 26), date(2021, 5, 9)),
    ],
)
def test_weeks_and_half_years_are_periods(written: str, first: date, last: date) -> None:
    assert parse_period(written) == Period(start=first, end=last)


@pytest.mark.parametrize("written", ["2021-W53", "2021-W00", "2016-H3", "2021-W5"])
def test_a_week_or_half_year_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(written)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("2016-12", {"day", "week", "month"}),
        ("2016-Q4", {"day", "week", "month", "quarter"}),
        ("2016-W50", {"day", "week"}),
        ("2016-12-01..2016-12-15", {"day"}),
        ("2016-12-02..2016-12-31", {"day"}),
        ("..2016-12", {"day", "week", "month", "quarter"}),
    ],
)
def test_a_period_is_whole_in_its_grains(written: str, whole: set[str]) -> None:
    assert {grain for grain in GRAINS if parse_period(written).is_whole(grain)} == whole
