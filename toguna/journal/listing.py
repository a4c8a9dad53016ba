"""Acts as a page lists them: the newest first, a portion at a time, narrowed to a kind, a person or a subject."""

from __future__ import annotations

from dataclasses import fields

from toguna.journal.core.acts import Act, Line
from toguna.journal.store import models

_NAMES = tuple(one.name for one in fields(Line))


def acts_before(
    before: int | None, *, kind: str = "", actor: str = "", subject: str = "", count: int = 50
) -> list[Act]:
    """So many acts with a lower sequence than `before` (none: the newest), the newest first. By kind and subject an index is read;
    by person, acts from the newest until there are enough."""
    found = models.Act.objects.order_by("-sequence")
    if before is not None:
        found = found.filter(sequence__lt=before)
    narrowed = {name: value for name, value in (("kind", kind), ("actor", actor), ("subject", subject)) if value}
    return [Line(**row).act() for row in found.filter(**narrowed).values(*_NAMES)[:count]]
