"""The manifest of a backup: what stands in it, under which names, with which digests. Pure.

A backup is a ZIP whose members are ``manifest.json``, ``database/...`` and ``home/...``. Nothing of a backup is trusted: a name that
leaves its folder, a member that the manifest does not list, a size that differs are refused before anything is written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from toguna.kernel.api import Problem, Refused, canonical_json
from toguna.maintenance import problems

Engine = Literal["sqlite", "postgresql"]
MANIFEST = "manifest.json"
#: A manifest larger than this is no manifest: it would list a million files.
MOST_BYTES = 256 * 1024 * 1024
#: The layout of the archive itself.
LAYOUT = 1
TOPS = ("database", "home")
#: The folders of an instance.
FOLDERS = ("files", "lake", "cache", "secrets")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_WORD = re.compile(r"[A-Za-z0-9_.]{1,200}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of the backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the database: its columns in the order of the file, and how many rows it had."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    toguna: str
    made_at: str
    engine: Engine
    #: Of the instance: its id, its format number, the journal's head.
    instance: str
    format: int
    head: str
    #: ``app.name`` of every migration that was applied.
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]
    lake: bool
    members: tuple[Member, ...]

    def written(self) -> bytes:
        return canonical_json({"kind": "toguna backup", "layout": LAYOUT, **asdict(self)})

    @property
    def size(self) -> int:
        """Bytes that it unpacks to."""
        return sum(member.size for member in self.members)


def parse_manifest(content: bytes) -> Manifest:
    """The manifest that these bytes are. Refuses what is none, and one of a newer layout."""
    try:
        read = json.loads(content)
        if read["kind"] != "toguna backup":
            raise ValueError("kind")
        if read["layout"] != LAYOUT:
            raise Refused(problems.BACKUP_NEWER.at(found=int(read["layout"]), known=LAYOUT))
        manifest = _manifest(read)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        missing = f": {str(error.args[0])[:80]!r}" if isinstance(error, KeyError) and error.args else ""
        raise Refused(problems.BACKUP_DAMAGED.at(reason=f"{MANIFEST}{missing}")) from error
    return manifest


def _manifest(read: Mapping[str, Any]) -> Manifest:
    tables = {
        _matched(_WORD, name): Table(
            columns=tuple(_matched(_WORD, column) for column in table["columns"]), rows=_count(table["rows"])
        )
        for name, table in read["tables"].items()
    }
    members = tuple(
        Member(name=str(one["name"]), size=_count(one["size"]), sha256=_matched(_SHA256, one["sha256"]))
        for one in read["members"]
    )
    if read["engine"] not in ("sqlite", "postgresql") or not isinstance(read["lake"], bool):
        raise ValueError("engine")
    return Manifest(
        toguna=str(read["toguna"])[:40],
        made_at=str(read["made_at"])[:40],
        engine=read["engine"],
        instance=_matched(_ID, read["instance"]),
        format=_count(read["format"]),
        head=_matched(re.compile(r"\d{1,19}:[0-9a-f]{64}"), read["head"]),
        migrations=tuple(_matched(_WORD, name) for name in read["migrations"]),
        tables=tables,
        lake=read["lake"],
        members=members,
    )


def check_names(manifest: Manifest, found: Sequence[tuple[str, int]]) -> tuple[Problem, ...]:
    """What is wrong with the archive's members (name, unpacked size) when held against its manifest. Empty when it may be unpacked."""
    names = [name for name, _ in found]
    listed = {member.name: member.size for member in manifest.members}
    wrong = [problems.BACKUP_UNSAFE.at(name=_shown(name)) for name in {*names, *listed} if not is_safe(name)]
    if wrong:
        return tuple(wrong)
    there = dict(found)
    faults = [f"{_shown(name)}: twice" for name in _doubled(names)]
    faults += [f"{_shown(name)}: twice" for name in _doubled([member.name for member in manifest.members])]
    faults += [f"{_shown(name)}: not listed" for name in there if name not in listed and name != MANIFEST]
    faults += [f"{_shown(name)}: missing" for name in listed if name not in there]
    faults += [f"{_shown(name)}: size" for name, size in listed.items() if there.get(name, size) != size]
    return tuple(problems.BACKUP_DAMAGED.at(reason=fault) for fault in faults[:20])


def is_safe(name: str) -> bool:
    """Whether a member of this name stays below the folder that it is unpacked to, and takes the place of no file of our own."""
    if name == MANIFEST:
        return True
    parts = name.split("/")
    if len(parts) < 2 or parts[0] not in TOPS or len(name) > 1000 or _CONTROL.search(name):
        return False
    if any(part in ("", ".", "..") or len(part.encode("utf-8", "replace")) > 255 for part in parts):
        return False
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name):
        return False
    return not (parts[0] == "home" and len(parts) == 2 and is_own(parts[1]))


def is_own(name: str) -> bool:
    """Whether a file of the instance folder is written by restoring itself: settings, database, the folders themselves."""
    return name in ("instance.toml", *FOLDERS) or name.startswith("toguna.sqlite3")


def _doubled(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _shown(name: str) -> str:
    return repr(name[:80])


def _matched(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(pattern.pattern)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("count")
    return value
