"""Periods: closed ranges of days, as grammar 2 writes them.

``2016``, ``2016-H2``, ``2016-Q4``, ``2016-12``, ``2016-W51`` (a week of ISO 8601, Monday to Sunday, as epidemiologists number them), ``2016-12-21``, ``a..b``, ``a..``, ``..b``, ``ytd`` and ``-1``. Ends are inclusive. The last four
forms need the text's own period. No time of day and no time zone here: a day is a day of the operation's time zone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

_YEAR = re.compile(r"(\d{4})")
_HALF = re.compile(r"(\d{4})-H([12])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


#: For how long a record stands.
Grain = Literal["day", "week", "month", "quarter"]
GRAINS: tuple[Grain, ...] = get_args(Grain)


class NotAPeriod(ValueError):
    """The text is none of the writings of grammar 2."""


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """From the first to the last day, both included. An open start is `date.min`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise NotAPeriod(f"the period ends ({self.end}) before it begins ({self.start})")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def before(self) -> Period:
        """The period of the same shape that ends the day before: the month before a month, else as many days."""
        last = self.start - timedelta(days=1)
        if self._is_whole_months():
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            index = self.start.year * 12 + self.start.month - 1 - months
            return Period(start=date(index // 12, index % 12 + 1, 1), end=last)
        return Period(start=self.start - timedelta(days=self.days), end=last)

    def after(self) -> Period:
        """The period of the same shape that begins the day after."""
        first = self.end + timedelta(days=1)
        if self._is_whole_months():
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            index = first.year * 12 + first.month - 1 + months
            return Period(start=first, end=date(index // 12, index % 12 + 1, 1) - timedelta(days=1))
        return Period(start=first, end=self.end + timedelta(days=self.days))

    def months(self) -> list[str]:
        """``2016-12`` of every month the period touches, in order."""
        first, last = self.start.year * 12 + self.start.month - 1, self.end.year * 12 + self.end.month - 1
        return [f"{index // 12:04}-{index % 12 + 1:02}" for index in range(first, last + 1)]

    def written(self) -> str:
        """The shortest writing of grammar 2 that reads back as this period."""
        start, end = self.start, self.end
        if start == date.min:
            return f"..{end.isoformat()}"
        if start == end:
            return start.isoformat()
        if self._is_whole_months():
            if (start.month, end.month) == (1, 12):
                return f"{start.year:04}" if start.year == end.year else f"{start.year:04}..{end.year:04}"
            if start.year == end.year and start.month % 3 == 1 and end.month == start.month + 2:
                return f"{start.year:04}-Q{start.month // 3 + 1}"
            first, last = f"{start.year:04}-{start.month:02}", f"{end.year:04}-{end.month:02}"
            return first if first == last else f"{first}..{last}"
        return f"{start.isoformat()}..{end.isoformat()}"

    def is_whole(self, grain: Grain) -> bool:
        """Whether it is made of whole days, weeks, months or quarters. Whole months are made of whole weeks for those who report by week."""
        if grain == "day":
            return True
        starts_month = self.start in (date.min, self.start.replace(day=1))
        months = starts_month and self.end.day == monthrange(self.end.year, self.end.month)[1]
        if grain == "week":
            weeks = (
                self.start in (date.min, self.start - timedelta(days=self.start.weekday())) and self.end.weekday() == 6
            )
            return weeks or months
        return months and (grain == "month" or (self.start.month % 3 == 1 and self.end.month % 3 == 0))

    def _is_whole_months(self) -> bool:
        return self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]


def parse_period(text: str, own: Period | None = None) -> Period:
    """The period written, seen from the text's own period.

    Refuses (`NotAPeriod`) what grammar 2 does not write, an impossible date, and a relative form where no own period is given.
    """
    text = text.strip()
    if text == "ytd":
        end = _need(own, text).end
        return Period(start=date(end.year, 1, 1), end=end)
    if text == "-1":
        return _need(own, text).before()
    if ".." in text:
        first, _, last = text.partition("..")
        if not first and not last:
            raise NotAPeriod("'..' has neither a start nor an end")
        start = _calendar(first).start if first else date.min
        return Period(start=start, end=_calendar(last).end if last else _need(own, text).end)
    return _calendar(text)


def _need(own: Period | None, text: str) -> Period:
    if own is None:
        raise NotAPeriod(f"{text!r} is relative to the text's period, and none is given")
    return own


def _calendar(text: str) -> Period:
    try:
        if match := _DAY.fullmatch(text):
            day = date(*map(int, match.groups()))
            return Period(start=day, end=day)
        if match := _MONTH.fullmatch(text):
            return _months(int(match[1]), int(match[2]), 1)
        if match := _HALF.fullmatch(text):
            return _months(int(match[1]), int(match[2]) * 6 - 5, 6)
        if match := _WEEK.fullmatch(text):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Period(start=monday, end=monday + timedelta(days=6))
        if match := _QUARTER.fullmatch(text):
            return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
        if match := _YEAR.fullmatch(text):
            return _months(int(match[1]), 1, 12)
    except ValueError as error:
        raise NotAPeriod(f"{text!r} is not a date of the calendar ({error})") from error
    raise NotAPeriod(
        f"{text!r} is not a period; write 2016, 2016-H2, 2016-Q4, 2016-12, 2016-W51, 2016-12-21, a range a..b, ytd or -1"
    )


def _months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    return Period(start=date(year, month, 1), end=date(year, last, monthrange(year, last)[1]))
