"""The digests of rows that acts hold: what is stored of a text beside its words can be changed by nobody unseen."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.kernel.api import digest
from toguna.publish.store import models

_COLUMNS: Mapping[type, tuple[str, ...]] = {
    models.Section: ("text", "title", "owner", "set_at"),
    models.Clearance: (
        "text", "kind", "scope", "digest", "cleared_by", "cleared_on", "means", "letter", "recorded_by", "recorded_at",
    ),
    models.Waiver: ("text", "finding", "fault", "quote", "name", "reason", "recorded_by", "recorded_at"),
    # Its state follows from later acts; its record has a digest of its own.
    models.Edition: (
        "id", "text", "number", "product", "place", "language", "start", "end", "nature", "issued_at", "issued_by", "sequence", "digest",
        "supersedes_id",
    ),
}  # fmt: skip


def row_digest(row: models.Section | models.Clearance | models.Waiver | models.Edition) -> str:
    """Of the columns that never change."""
    return digest([getattr(row, name) for name in _COLUMNS[type(row)]])
