"""The plain files of an operation in an instance of format 2 or older (`operation.toml`, `pack/`): brought in as the first revision.

Such an instance kept its pack as files. An act (``instance.made``, ``instance.migrated``, ``pack.recorded``) may name a list of their
digests, kept as content: what was edited since is told before anything is migrated.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from toguna.instance.api import FileStore, flush_folder
from toguna.instance.store.files import file_digest
from toguna.journal.store.queries import newest
from toguna.kernel.api import Problem
from toguna.maintenance import problems
from toguna.revisions.api import keep_tree
from toguna.revisions.recording import TELLING

_OPERATION = "operation.toml"
_PACK = "pack"


def import_pack(home: Path) -> dict[str, str]:
    """Keep the plain files as a first revision; returns what the act that records it says. Refuses paths that no revision holds."""
    inside = {name.removeprefix(f"{_PACK}/"): path for name, path in _files(home).items()}
    return keep_tree(FileStore(folder=home / "files"), {name: path.read_bytes() for name, path in inside.items()})


def remove_pack(home: Path) -> None:
    """Delete the folder `pack`: its files are in the revision."""
    if (home / _PACK).is_dir():
        shutil.rmtree(home / _PACK)
        flush_folder(home)


def edited_files(home: Path) -> tuple[Problem, ...]:
    """Plain files that are not those of the last list: changed, added, gone. Nothing where an older Toguna kept no list."""
    last = next((act for act in newest(TELLING) if "pack" in act.detail), None)
    if last is None or "parent" in last.detail:
        # Nothing was recorded, or an earlier, killed migration has brought the files in.
        return ()
    files, told = FileStore(folder=home / "files"), str(last.detail["pack"])
    if not files.has(told):
        return (problems.PACK_RECORD_MISSING.at(sha256=told),)
    found = {name: file_digest(path) for name, path in _files(home).items()}
    return tuple(_differences(json.loads(files.get(told)), found))


def _differences(recorded: dict[str, str], found: dict[str, str]) -> Iterator[Problem]:
    for name in sorted({*recorded, *found}):
        if name not in found:
            yield problems.PACK_FILE_GONE.at(file=name)
        elif name not in recorded:
            yield problems.PACK_FILE_ADDED.at(file=name)
        elif recorded[name] != found[name]:
            yield problems.PACK_FILE_CHANGED.at(file=name)


def _files(home: Path) -> dict[str, Path]:
    """Each file by its path in the instance."""
    inside = sorted(path for path in (home / _PACK).rglob("*") if path.is_file())
    named = [path for path in (home / _OPERATION, *inside) if path.is_file()]
    return {path.relative_to(home).as_posix(): path for path in named}
