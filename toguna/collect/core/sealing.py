"""The digest that the act of a receipt holds of what is stored beside the bytes: when it happened and came, what it corrects, what it does. Pure.

The bytes and the checked values have digests of their own. Who superseded a submission and its state follow from later acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from toguna.kernel.api import digest

#: The columns of a submission that never change, in the order in which they are sealed. `lineage` is 0 for a first version: its own sequence.
SEALED = ("number", "lineage", "deprecated_id", "key", "happened", "received_at", "source_sha256", "source_row")


def row_digest(form: tuple[str, str], row: Mapping[str, Any], operations: Iterable[Sequence[Any]]) -> str:
    """Of the form and version, the sealed columns, and what the submission does to entities, in order."""
    return digest([*form, *(_plain(row[name]) for name in SEALED), [list(one) for one in operations]])


def _plain(value: Any) -> Any:
    """The same words for the same value on either engine."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
