"""What this room verifies: each revision's list and contents are there, each follows the one before, the copy of the settings is that of the newest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from toguna.instance.api import current
from toguna.instance.opening import OPERATION
from toguna.journal.api import Act, acts
from toguna.kernel.api import Problem, Refused
from toguna.revisions import problems
from toguna.revisions.core.tree import parse_tree
from toguna.revisions.recording import TELLING, recorded_acts


def verify() -> tuple[Problem, ...]:
    """Every fault. That the bytes are those of their digest is verified with all files of the instance."""
    recorded = recorded_acts()
    if not recorded:
        began = next(acts(kinds=TELLING), None)
        return (problems.NO_REVISION.at(),) if began is not None else ()
    return tuple(_faults(recorded))


def _faults(recorded: list[Act]) -> Iterator[Problem]:
    files, home = current().files, current().home
    seen: dict[str, bool] = {}
    before, tree = "", None
    for act in recorded:
        digest = str(act.detail["pack"])
        if str(act.detail["parent"]) != before:
            yield problems.PARENT_DIFFERS.at(sequence=act.sequence)
        before, tree = digest, _tree(digest)
        if tree is None:
            yield problems.LIST_MISSING.at(digest=digest, sequence=act.sequence)
            continue
        for path, sha256 in tree.items():
            if sha256 not in seen:
                seen[sha256] = files.has(sha256)
                if not seen[sha256]:
                    yield problems.CONTENT_MISSING.at(path=path, sha256=sha256, sequence=act.sequence)
    wanted = tree.get(OPERATION) if tree is not None else None
    if wanted is not None and hashlib.sha256((home / OPERATION).read_bytes()).hexdigest() != wanted:
        yield problems.COPY_DIFFERS.at()


def _tree(digest: str) -> dict[str, str] | None:
    try:
        content = current().files.get(digest)
        return parse_tree(content) if hashlib.sha256(content).hexdigest() == digest else None
    except (Refused, ValueError):
        return None
