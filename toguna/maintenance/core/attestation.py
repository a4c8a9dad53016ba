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


#: Tables whose rows are only added, with the columns that change later. A room that deletes attested rows must attest anew.
GROWING: Mapping[str, tuple[str, ...]] = {
    "collect_form_version": (),
    "collect_block": (),
    "collect_submission": ("superseded", "state"),
    "collect_review": (),
    "collect_comment": (),
    "registry_resolution": (),
    "registry_approval": (),
    "figures_cutoff": (),
    "publish_clearance": (),
    "publish_waiver": (),
}


def rows_digest(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """How many rows, and a digest over them that does not depend on their order."""
    own = sorted(hashlib.sha256(json.dumps([_plain(cell) for cell in row]).encode()).digest() for row in rows)
    return len(own), hashlib.sha256(b"".join(own)).hexdigest()


def written(tables: Mapping[str, Attested]) -> bytes:
    return canonical_json({name: asdict(table) for name, table in tables.items()})


def parse_attestation(content: bytes) -> dict[str, Attested]:
    """What `written` wrote."""
    return {
        name: Attested(**{**table, "columns": tuple(table["columns"])}) for name, table in json.loads(content).items()
    }


def _plain(cell: Any) -> Any:
    """A cell as it goes into the digest; engines differ, and a digest is compared on its own engine only."""
    return cell if cell is None or isinstance(cell, bool | int | str) else f"{type(cell).__name__}:{cell}"
