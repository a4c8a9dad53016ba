"""Leases kept: read, and changed under the writer's lock so that two processes never take one together."""

from __future__ import annotations

from collections.abc import Callable

from toguna.instance.api import writing
from toguna.work.core.retries import Lease
from toguna.work.store import models

_FIELDS = ("consumer", "holder", "until", "attempts", "error", "next_at")


def leases() -> tuple[Lease, ...]:
    """Every consumer that has run, by name."""
    return tuple(Lease(**row) for row in models.Lease.objects.order_by("consumer").values(*_FIELDS))


def lease_of(consumer: str) -> Lease:
    """The consumer's lease; a new one for a consumer that has never run."""
    row = models.Lease.objects.filter(consumer=consumer).values(*_FIELDS).first()
    return Lease(**row) if row else Lease(consumer=consumer)


def change(consumer: str, to: Callable[[Lease], Lease | None]) -> Lease | None:
    """Replace the lease by what `to` makes of it, or leave it where `to` returns None; returns the new one."""
    with writing():
        new = to(lease_of(consumer))
        if new is not None:
            values = {name: getattr(new, name) for name in _FIELDS if name != "consumer"}
            models.Lease.objects.update_or_create(consumer=consumer, defaults=values)
        return new
