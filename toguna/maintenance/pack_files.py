"""The operation's files in the instance (`operation.toml`, `pack/`): their digests recorded by an act, and compared with it.

Indicators, thresholds and theme decide what a figure is and what may be printed, and lie as plain files. An act (``instance.made``,
``instance.migrated``, ``pack.recorded``) names a list of their digests, which is kept as content under its own digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from toguna.access.api import Actor, require_permit
from toguna.instance.api import FileStore, writing
from toguna.instance.store.files import file_digest
from toguna.journal.api import NewAct, acts, append
from toguna.kernel.api import Problem, canonical_json
from toguna.maintenance import problems

_ACT = "pack.recorded"
#: The acts whose detail may hold, as `pack`, the digest of the list.
_TELLING = ("instance.made", "instance.migrated", _ACT)
_OPERATION = "operation.toml"
_PACK = "pack"


def record_pack(home: Path, actor: Actor) -> None:
    """Append the act that says which files the operation has now. Nothing where they are those of the last act."""
    require_permit(actor, _ACT)
    with writing():
        sha256 = keep_list(home)
        if sha256 != _recorded():
            append([NewAct(kind=_ACT, subject=_PACK, detail={"pack": sha256})], actor.name)


def keep_list(home: Path) -> str:
    """Keep the list of the files' digests as content; returns its digest, for the act that names it."""
    return FileStore(folder=home / "files").put(canonical_json(_digests(home)))


def is_recorded() -> bool:
    """Whether any act says which files the operation has."""
    return bool(_recorded())


def verify_pack(home: Path) -> tuple[Problem, ...]:
    """Files that are not those recorded: changed, added, gone. One fault where an instance that was made from a pack has no record."""
    sha256 = _recorded()
    if not sha256:
        made = next(acts(kinds=("instance.made", "instance.migrated")), None)
        return (problems.PACK_UNRECORDED.at(),) if made is not None else ()
    files = FileStore(folder=home / "files")
    if not files.has(sha256):
        return (problems.PACK_RECORD_MISSING.at(sha256=sha256),)
    return tuple(_differences(json.loads(files.get(sha256)), _digests(home)))


def _differences(recorded: dict[str, str], found: dict[str, str]) -> Iterator[Problem]:
    for name in sorted({*recorded, *found}):
        if name not in found:
            yield problems.PACK_FILE_GONE.at(file=name)
        elif name not in recorded:
            yield problems.PACK_FILE_ADDED.at(file=name)
        elif recorded[name] != found[name]:
            yield problems.PACK_FILE_CHANGED.at(file=name)


def _recorded() -> str:
    """The digest of the last list; nothing where none was recorded."""
    told = [str(act.detail["pack"]) for act in acts(kinds=_TELLING) if "pack" in act.detail]
    return told[-1] if told else ""


def _digests(home: Path) -> dict[str, str]:
    """Each file's path in the instance, and its digest."""
    inside = sorted(path for path in (home / _PACK).rglob("*") if path.is_file())
    named = [path for path in (home / _OPERATION, *inside) if path.is_file()]
    return {path.relative_to(home).as_posix(): file_digest(path) for path in named}
