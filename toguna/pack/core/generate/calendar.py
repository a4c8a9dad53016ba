"""Days and moments of a demonstration. A moment is naive here; `draw` gives it the operation's time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from toguna.kernel.api import parse_period


def first_day(month: str) -> date:
    return parse_period(month).start


def day_in(month: str, rng: Random, first: int = 1, last: int = 28) -> date:
    """A day of the month between two days of it."""
    return first_day(month) + timedelta(days=rng.randint(first, last) - 1)


def in_following_month(month: str, rng: Random, first: int, last: int) -> datetime:
    """A moment of the working day, in the month after."""
    after = parse_period(month).after().start
    return datetime.combine(
        after + timedelta(days=rng.randint(first, last) - 1), time(rng.randint(8, 16), rng.randint(0, 59))
    )


def evening_of(day: date, rng: Random) -> datetime:
    """When a phone that was out in the field finds a network."""
    return datetime.combine(day, time(rng.randint(18, 21), rng.randint(0, 59), rng.randint(0, 59)))
