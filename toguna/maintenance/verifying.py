"""What this room verifies: rows attested at the last migration, and the operation's files."""

from __future__ import annotations

from toguna.instance.api import current
from toguna.kernel.api import Problem
from toguna.maintenance.pack_files import verify_pack
from toguna.maintenance.store import digests


def verify() -> tuple[Problem, ...]:
    """Attested rows that are no longer as they were, files of the operation that are not those recorded."""
    return (*digests.verify(), *verify_pack(current().home))
