"""Days as people write them in a cell: `5 décembre 2016`, `déc. 2016`, `03-18-14`, `19/3/15`, `March 31, 2015`.

`8/1/2014` is two days: the column says which, where another of its cells can be read one way only; else the mapping; else it is asked.
A month is no day: whether its first or its last is meant is asked once.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from toguna.intake.core.words import UNKNOWN, fold

DateOrder = Literal["", "day-month", "month-day"]
MonthDay = Literal["", "first", "last"]
DateNote = Literal["", "words", "ordered", "month_only", "two_readings", "unknown_value", "no_date"]

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr", "may mai",
        "june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre", "october oct octobre",
        "november nov novembre", "december dec decembre",
    ),
    start=1,
):  # fmt: skip
    _MONTHS |= dict.fromkeys(_names.split(), _number)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ].*)")
_ISO_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?:$| .*)")
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadDate:
    """`text`: the day in ISO 8601, none where it cannot be said; `options` both days of what could be two."""

    text: str | None
    note: DateNote = ""
    options: tuple[str, ...] = ()


def read_date(text: str, order: DateOrder = "", month_day: MonthDay = "") -> ReadDate:
    """The day that the text means."""
    written = " ".join(text.split())
    if iso := _ISO.fullmatch(written):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if _SERIAL.fullmatch(written):
        return ReadDate(text=written)
    if numeric := _NUMERIC.fullmatch(written):
        return _ordered(int(numeric[1]), int(numeric[2]), _year(numeric[3]), order)
    if month := _ISO_MONTH.fullmatch(written):
        return _month(int(month[1] or month[4]), int(month[2] or month[3]), month_day)
    if fold(written) in UNKNOWN:
        return ReadDate(text="", note="unknown_value")
    return _in_words(written, month_day)


def date_order(texts: Iterable[str]) -> DateOrder:
    """The order of day and month in a column, by the days that can be read one way only; "" where none says, or where they differ."""
    found: set[DateOrder] = set()
    for text in texts:
        numeric = _NUMERIC.fullmatch(" ".join(text.split()))
        if numeric and int(numeric[1]) > 12 >= int(numeric[2]):
            found.add("day-month")
        elif numeric and int(numeric[2]) > 12 >= int(numeric[1]):
            found.add("month-day")
    return found.pop() if len(found) == 1 else ""


def month_of(text: str) -> date | None:
    """The first day of the one month that a title or a file's name speaks of: ``Rapport déc. 2016``, ``retour_2016-12.xlsx``."""
    found: set[date] = set()
    for year, month in re.findall(r"(?<!\d)(20\d\d)[-_ ./](0?[1-9]|1[0-2])(?!\d)", text):
        found.add(date(int(year), int(month), 1))
    for month, year in re.findall(r"(?<!\d)(0?[1-9]|1[0-2])[-_ ./](20\d\d)(?!\d)", text):
        found.add(date(int(year), int(month), 1))
    words = fold(text.replace("_", " ")).split()
    for word, following in pairwise(words):
        if word in _MONTHS and re.fullmatch(r"20\d\d", following):
            found.add(date(int(following), _MONTHS[word], 1))
    return found.pop() if len(found) == 1 else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _day(year: int, month: int, day: int, note: DateNote = "") -> ReadDate:
    try:
        return ReadDate(text=date(year, month, day).isoformat(), note=note)
    except ValueError:
        return ReadDate(text=None, note="no_date")


def _ordered(first: int, second: int, year: int, order: DateOrder) -> ReadDate:
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        return _day(year, month, day, "ordered" if first <= 12 else "")
    if first == second or order:
        return _day(year, *((first, second) if order == "month-day" else (second, first)))
    both = [_day(year, second, first).text, _day(year, first, second).text]
    return ReadDate(text=None, note="two_readings", options=tuple(filter(None, both)))


def _month(year: int, month: int, month_day: MonthDay) -> ReadDate:
    if not 1 <= month <= 12:
        return ReadDate(text=None, note="no_date")
    last = monthrange(year, month)[1]
    if month_day:
        return _day(year, month, 1 if month_day == "first" else last, "month_only")
    both = (date(year, month, 1).isoformat(), date(year, month, last).isoformat())
    return ReadDate(text=None, note="month_only", options=both)


def _in_words(written: str, month_day: MonthDay) -> ReadDate:
    """A day with its month in letters, English or French, in either order."""
    words = [re.sub(r"^(\d+)(er|st|nd|rd|th)$", r"\1", word) for word in fold(written).split()]
    words = [
        word
        for word in words
        if word not in ("le", "the", "of", "de")
        and not re.fullmatch(r"(lun|mar|mer|jeu|ven|sam|dim)\w*di|dimanche|\w+day", word)
    ]
    months = [word for word in words if word in _MONTHS]
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(months) != 1 or len(words) != len(numbers) + 1 or not 1 <= len(numbers) <= 2:
        return ReadDate(text=None, note="no_date")
    month = _MONTHS[months[0]]
    if len(numbers) == 1:
        return (
            _month(_year(str(numbers[0])), month, month_day) if numbers[0] > 31 else ReadDate(text=None, note="no_date")
        )
    day, year = (numbers[0], numbers[1]) if numbers[0] <= 31 else (numbers[1], numbers[0])
    return _day(year if year > 99 else _year(f"{year:02}"), month, day, "words")
