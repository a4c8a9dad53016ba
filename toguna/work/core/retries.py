"""Leases and retries of consumers, as values: who may run one now, and when one that failed runs again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: How long a lease holds without a word from its holder.
LEASE = timedelta(minutes=10)
#: The wait after the first failure; each further one doubles it, up to the longest.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A process that runs consumers: its machine and its number there."""

    host: str
    process: int

    def written(self) -> str:
        return f"{self.host}:{self.process}"


@dataclass(frozen=True, kw_only=True)
class Lease:
    """One consumer: who runs it and until when at the latest, how often it failed in a row, why, and when it runs again."""

    consumer: str
    #: As `Holder.written`; blank when nobody runs it.
    holder: str = ""
    until: datetime | None = None
    attempts: int = 0
    #: The error's type, and the ids of its problems: never values of records.
    error: str = ""
    next_at: datetime | None = None


def may_take(lease: Lease, asking: Holder, now: datetime, runs: Callable[[int], bool]) -> bool:
    """Whether `asking` may run the consumer now: nobody else does, its lease has run out, or the other process has died.

    `runs` says whether a process of `asking`'s machine is alive; a process of another machine is believed until its lease runs out.
    """
    if not lease.holder or lease.holder == asking.written() or lease.until is None or now >= lease.until:
        return True
    host, _, process = lease.holder.rpartition(":")
    return host == asking.host and process.isdigit() and not runs(int(process))


def is_due(lease: Lease, now: datetime) -> bool:
    """Whether a consumer that failed may be tried again."""
    return lease.next_at is None or now >= lease.next_at


def taken(lease: Lease, by: Holder, now: datetime) -> Lease:
    """The lease while `by` runs the consumer."""
    return replace(lease, holder=by.written(), until=now + LEASE)


def done(lease: Lease) -> Lease:
    """The lease after the consumer ran well."""
    return Lease(consumer=lease.consumer)


def failed(lease: Lease, error: str, now: datetime) -> Lease:
    """The lease after the consumer failed: it runs again after a wait that doubles with each failure."""
    attempts = lease.attempts + 1
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return Lease(consumer=lease.consumer, attempts=attempts, error=error, next_at=now + wait)
