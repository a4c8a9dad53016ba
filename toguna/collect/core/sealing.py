"""The digest that the act of a receipt holds of what is stored beside the bytes: when it happened and came, whose it is, what it does. Pure.

The bytes and the checked values have digests of their own. Who superseded a submission and its state follow from later acts, and so do
files that came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from toguna.kernel.api import digest

#: The form of the seal that acts are given now; an act without `seal` has the first.
NEWEST = 2
_FIRST = ("number", "lineage", "deprecated_id", "key", "happened", "received_at", "source_sha256", "source_row")
#: By the form of the seal, the columns of a submission that never change, in the order in which they are sealed. `lineage` is 0 for a first
#: version: its own sequence.
SEALED: Mapping[int, tuple[str, ...]] = {1: _FIRST, NEWEST: (*_FIRST, "organisation", "sent_by", "channel")}


@dataclass(frozen=True, kw_only=True)
class BesideRow:
    """What is stored of a submission in other tables."""

    #: What it does to entities, in order, without the submission's key.
    operations: Sequence[Sequence[Any]] = ()
    #: The places that its answers name.
    places: Iterable[str] = ()
    #: The files that it names, by name, with the SHA-256 of those that came with it; "" of those that had not come.
    attachments: Mapping[str, str]


def row_digest(form: tuple[str, str], row: Mapping[str, Any], beside: BesideRow, seal: int = NEWEST) -> str:
    """Of the form and version, the sealed columns, what the submission does to entities in order, and from the second form on its places and files."""
    sealed = [*form, *(_plain(row[name]) for name in SEALED[seal]), [list(one) for one in beside.operations]]
    if seal > 1:
        sealed += [sorted(beside.places), sorted([name, sha256] for name, sha256 in beside.attachments.items())]
    return digest(sealed)


def _plain(value: Any) -> Any:
    """The same words for the same value on either engine."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
