"""Instants: always aware, always from here, so that a test or a replay can set the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("toguna_clock", default=None)


def now() -> datetime:
    """This instant in UTC, or the one that `at` has set."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside, `now()` is this instant. Refuses a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its offset: {instant!r}")
    token = _set.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)
