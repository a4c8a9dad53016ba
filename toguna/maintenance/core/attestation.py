"""What an instance held when it was brought forward: of each table its rows and their digest. Pure.

A later Toguna may verify more strictly than the one that wrote the records. What was there before is measured against this instead:
whoever changes an attested row is found, and nobody is blamed for what an older Toguna did not write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from toguna.kernel.api import canonical_json


@dataclass(frozen=True, kw_only=True)
class Attested:
    """One table: the columns that were measured, up to which key, how many rows, their digest."""

    columns: tuple[str, ...]
    #: The highest key; none where rows are not only added.
    last: int | None
    rows: int
    digest: str
    #: Whether the digest is of the rows in the order of their keys; those of an older Toguna are of the sorted digests of rows.
    ordered: bool = False
    #: Of a table whose keys are no numbers: the digest of each row, which must still be there.
    members: tuple[str, ...] = ()
    #: Of a table with a column that is filled once: the keys of the rows in which it was blank.
    blank: tuple[int, ...] = ()


#: Tables whose rows are only added, with the columns that change later. A room that deletes attested rows must attest anew.
GROWING: Mapping[str, tuple[str, ...]] = {
    "collect_form_version": (),
    "collect_block": (),
    "collect_submission": ("superseded", "state"),
    "collect_submission_place": (),
    "collect_entity_operation": (),
    "collect_attachment": ("came_at",),
    "collect_quarantined": ("released",),
    "collect_review": (),
    "collect_comment": (),
    "registry_resolution": (),
    "registry_approval": (),
    "figures_cutoff": (),
    "figures_printed": (),
    "figures_publication_plan": (),
    "publish_clearance": (),
    # Given again for the same finding, a waiver is written over; its act holds the digest of its words.
    "publish_waiver": ("fault", "quote", "name", "reason", "recorded_by", "recorded_at"),
}
#: The same of tables whose keys are names.
LISTED: Mapping[str, tuple[str, ...]] = {"access_account": ("active",), "publish_edition": ("state", "record")}
#: A column that is filled once, later than its row.
FILLED_LATER: Mapping[str, str] = {"collect_attachment": "sha256"}


class RowsDigest:
    """Adds up rows in their order: the digest of any number of rows in the memory of one."""

    def __init__(self) -> None:
        self.rows = 0
        self._own = hashlib.sha256()

    def add(self, row: Sequence[Any]) -> None:
        self.rows += 1
        self._own.update(row_digest(row))

    def written(self) -> str:
        return self._own.hexdigest()


def row_digest(row: Sequence[Any]) -> bytes:
    return hashlib.sha256(json.dumps([_plain(cell) for cell in row]).encode()).digest()


def unordered_digest(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """How many rows, and a digest over them that does not depend on their order: what an older Toguna attested."""
    own = sorted(row_digest(row) for row in rows)
    return len(own), hashlib.sha256(b"".join(own)).hexdigest()


def written(tables: Mapping[str, Attested]) -> bytes:
    return canonical_json({name: asdict(table) for name, table in tables.items()})


def parse_attestation(content: bytes) -> dict[str, Attested]:
    """What `written` wrote."""
    lists = ("columns", "members", "blank")
    return {
        name: Attested(**{**table, **{key: tuple(table[key]) for key in lists if key in table}})
        for name, table in json.loads(content).items()
    }


def _plain(cell: Any) -> Any:
    """A cell as it goes into the digest; engines differ, and a digest is compared on its own engine only."""
    return cell if cell is None or isinstance(cell, bool | int | str) else f"{type(cell).__name__}:{cell}"
