"""Consumers run: each under its lease, its failure recorded and no reason for the others to stop."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import sleep

from toguna.instance.api import process_runs
from toguna.kernel.api import Refused
from toguna.kernel.core import clock
from toguna.work.core.retries import Holder, Lease, done, failed, is_due, may_take, taken
from toguna.work.store.queries import change, lease_of

#: How often a lease that another process holds is looked at again.
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, kw_only=True)
class Consumer:
    """What follows the journal. `run` brings it up to the newest act, in transactions of its own, and returns that act; run again, it does nothing."""

    name: str
    run: Callable[[], int]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One run: the act that was reached, or why it was not; neither where another process is at it or the next attempt is not due."""

    consumer: str
    reached: int | None = None
    error: Exception | None = None


def run_now(consumers: Sequence[Consumer], *, wait_seconds: float = 60) -> list[Outcome]:
    """Run each consumer once, in this order, also one that failed before; waits for another process that is at it, but no longer than this."""
    return [_run(consumer, wait_seconds) for consumer in consumers]


def follow(consumers: Sequence[Consumer]) -> list[Outcome]:
    """Run each consumer that is due and that nobody else runs. A worker calls this again and again."""
    return [
        _run(consumer, 0) if is_due(lease_of(consumer.name), clock.now()) else Outcome(consumer=consumer.name)
        for consumer in consumers
    ]


def _run(consumer: Consumer, wait_seconds: float) -> Outcome:
    try:
        if not _takes(consumer.name, wait_seconds):
            return Outcome(consumer=consumer.name)
        reached = consumer.run()
        change(consumer.name, done)
    except Exception as error:  # whatever fails, the other consumers go on, and the caller is told
        named = _named(error)
        with suppress(Refused, OSError):
            change(consumer.name, lambda lease: failed(lease, named, clock.now()))
        return Outcome(consumer=consumer.name, error=error)
    return Outcome(consumer=consumer.name, reached=reached)


def _takes(name: str, wait_seconds: float) -> bool:
    """Whether the lease became ours within the wait."""
    me = Holder(host=socket.gethostname(), process=os.getpid())
    looks = int(wait_seconds / _LOOK_SECONDS)
    for look in range(looks + 1):
        if _take(name, me):
            return True
        if look < looks:
            sleep(_LOOK_SECONDS)
    return False


def _take(name: str, me: Holder) -> bool:
    def to(lease: Lease) -> Lease | None:
        now = clock.now()
        return taken(lease, me, now) if may_take(lease, me, now, process_runs) else None

    return change(name, to) is not None


def _named(error: Exception) -> str:
    """The error without a word of the records it met."""
    ids = [problem.id for problem in error.problems] if isinstance(error, Refused) else []
    return " ".join([type(error).__name__, *ids])[:300]
