"""Dates and times as forms write and read them, in the time zone of a `Moment`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

from toguna.collect.core.submissions.xpath.tree import Moment, NotEvaluable

EPOCH = date(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
#: Days since 1970-01-01 that a date can hold.
FIRST_DAY, LAST_DAY = date.min.toordinal() - EPOCH.toordinal(), date.max.toordinal() - EPOCH.toordinal()

_CLOCK = r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?"
_TIME = re.compile(_CLOCK, re.ASCII)
_WRITTEN = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:T{_CLOCK})?", re.ASCII)


def read_moment(text: str, moment: Moment) -> date | datetime | None:
    """`2024-05-02` as a day, `2024-05-02T09:30+03:00` as an instant (in the moment's zone where it names none); None of other text."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        clock = _clock(match.groups()[3:], moment)
        return datetime.combine(day, clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_time(text: str, moment: Moment) -> datetime | None:
    """`09:30`, or `09:30:00.000+03:00`: that time on 1 January 1970; None of other text."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.combine(EPOCH, _clock(match.groups(), moment)).astimezone(UTC)
    except ValueError:
        return None


def _clock(parts: tuple[str | None, ...], moment: Moment) -> time:
    """Refuses (`ValueError`) an hour, a minute or an offset that no clock shows."""
    hour, minute, second, fraction, offset = parts
    zone = moment.zone
    if offset == "Z":
        zone = UTC
    elif offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        if hours > 23 or minutes > 59:
            raise ValueError(offset)
        zone = timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    return time(int(hour or 0), int(minute or 0), int(second or 0), microsecond, tzinfo=zone)


def day_of(value: date | datetime, moment: Moment) -> date:
    """The day on which it falls, in the moment's zone."""
    return value.astimezone(moment.zone).date() if isinstance(value, datetime) else value


def instant_of(value: date | datetime, moment: Moment) -> datetime:
    """A day's first instant, in the moment's zone."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), moment.zone).astimezone(UTC)


def day_number(value: date | datetime, moment: Moment) -> float:
    """Days since 1970-01-01 on the calendar and clock of the moment's zone; an instant has a fraction."""
    if isinstance(value, datetime):
        local = value.astimezone(moment.zone).replace(tzinfo=None)
        return (local - datetime(1970, 1, 1)) / DAY
    return float(value.toordinal() - EPOCH.toordinal())


def day_from_number(days: float) -> date | None:
    """The day so many whole days after 1970-01-01; None where no date is."""
    if not FIRST_DAY <= days <= LAST_DAY:
        return None
    return EPOCH + timedelta(days=int(days))


def instant_from_number(days: float) -> datetime | None:
    """The instant so many days after 1970-01-01 UTC; None where no date is."""
    if not FIRST_DAY + 1 <= days <= LAST_DAY - 1:
        return None
    return _EPOCH_UTC + timedelta(milliseconds=int(days * 86_400_000))


def utc_days(value: datetime) -> float:
    return (value - _EPOCH_UTC) / DAY


def written(value: date | datetime, moment: Moment) -> str:
    """As ODK writes it into an answer: ISO 8601, an instant with its offset in the moment's zone."""
    if isinstance(value, datetime):
        return value.astimezone(moment.zone).isoformat(timespec="milliseconds")
    return value.isoformat()


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: ODK XForms specification, `format-date`; Collect takes those of the time in `format-date` too.
_MARKS: Mapping[str, Callable[[datetime], str]] = {
    "%": lambda at: "%",
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year:04}"[2:],
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "b": lambda at: _MONTHS[at.month - 1],
    "d": lambda at: f"{at.day:02}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02}",
    "S": lambda at: f"{at.second:02}",
    "3": lambda at: f"{at.microsecond // 1000:03}",
    "a": lambda at: _DAYS[at.weekday()],
    "W": lambda at: str(at.isocalendar().week),
}
_MARK = re.compile(r"%(.?)", re.DOTALL)


def check_format(pattern: str) -> None:
    """Refuses (`NotEvaluable`) a mark that ODK does not know."""
    for mark in _MARK.findall(pattern):
        if mark not in _MARKS:
            raise NotEvaluable(f"%{mark} in a date format", f"%{mark} dans un format de date")


def formatted(value: date | datetime, pattern: str, moment: Moment) -> str:
    """The value by the pattern. Names of months and days are English. Refuses (`NotEvaluable`) as `check_format` does."""
    check_format(pattern)
    local = instant_of(value, moment).astimezone(moment.zone)
    return _MARK.sub(lambda match: _MARKS[match[1]](local), pattern)
