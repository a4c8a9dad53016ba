"""Revisions of the pack: the one in force, earlier ones, and the one way to write the next.

A revision is a list ``{path: sha256}`` kept as content in the instance's files under its own digest; so is each file. An act names the
list's digest as `pack` and that of the revision before it as `parent`. Acts of an older Toguna have no `parent`: they named lists of plain
files, which `toguna migrate` brought in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from toguna.access.api import Actor, require_permit
from toguna.instance.api import FileStore, current, replace_durably, writing
from toguna.instance.core.reading import parse_operation
from toguna.instance.opening import OPERATION, adopt_operation
from toguna.journal.api import Act, NewAct, append
from toguna.journal.store.queries import newest
from toguna.kernel.api import Refused
from toguna.revisions import problems
from toguna.revisions.core.tree import changed_tree, check_sizes, checked_path, compare, parse_tree, write_tree

#: The act of a revision, and every act that may begin one.
RECORDED = "pack.recorded"
TELLING = ("instance.made", "instance.migrated", RECORDED)
#: Who may write a section of an update may write its text and its pictures.
_TEXT_RIGHT, _TEXTS = "section.drafted", ("updates/", "photos/")
#: Who may keep a mapping of partners' files may write its text.
_MAPPING_RIGHT, _MAPPINGS = "mapping.kept", ("mappings/",)
_SUBJECT = "pack"


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One state of the pack: its files, who wrote it, when. Without files before the first one."""

    digest: str = ""
    #: The act that recorded it.
    sequence: int = 0
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    parent: str = ""
    actor: str = ""
    at: datetime | None = None
    #: Why, in the actor's words; empty where nothing was said.
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """What one revision did to one file."""

    revision: Revision
    path: str
    #: new, changed or gone.
    state: str


@dataclass(frozen=True)
class RevisionFiles(Mapping[str, bytes]):
    """The contents of a revision's files by path; each is read, and compared with its digest, when it is asked for."""

    revision: Revision

    def __getitem__(self, path: str) -> bytes:
        if path not in self.revision.files:
            raise KeyError(path)
        return read(self.revision, path)

    def __contains__(self, path: object) -> bool:
        return path in self.revision.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.revision.files)

    def __len__(self) -> int:
        return len(self.revision.files)


_reading: ContextVar[Revision | None] = ContextVar("revision that is read", default=None)


def head() -> Revision:
    """The newest revision; one without files where none was recorded."""
    return next(_newest(), Revision())


def in_force() -> Revision:
    """What the instance reads now: the newest revision, or the one that `reading` named."""
    return _reading.get() or head()


def at(sequence: int) -> Revision:
    """The revision that was the newest at an act of the journal."""
    return next((found for found in _newest() if found.sequence <= sequence), Revision())


def revision(digest: str) -> Revision:
    """The newest revision of that digest, or of the only one that begins so. Refuses one unknown."""
    found = {each.digest: each for each in _all() if digest and each.digest.startswith(digest)}
    if len(found) != 1:
        raise Refused(problems.REVISION_UNKNOWN.at(digest=digest))
    return next(iter(found.values()))


def read(revision: Revision, path: str) -> bytes:
    """A file's content. Refuses a file that the revision does not have, and a content that was changed on the disk."""
    sha256 = revision.files.get(path)
    if sha256 is None:
        raise Refused(problems.FILE_UNKNOWN.at(path=path))
    content = current().files.get(sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(problems.CONTENT_DIFFERS.at(path=path, sha256=sha256))
    return content


@contextmanager
def reading(digest: str) -> Iterator[Revision]:
    """Within the block the instance reads this revision, its operation settings included. Refuses one unknown."""
    found = revision(digest)
    before, token = current().operation, _reading.set(found)
    try:
        settle()
        yield found
    finally:
        _reading.reset(token)
        adopt_operation(before)


def record(
    changes: Mapping[str, bytes | None],
    actor: Actor,
    *,
    if_match: str | None = None,
    whole: bool = False,
    why: str = "",
) -> Revision:
    """Write the next revision: these files with these contents; None takes a file out. Act ``pack.recorded``; none when nothing changes.

    `if_match` is the digest of the revision that the caller read. Refuses when somebody has changed one of these files since (any file, with
    `whole`), and says who, what and when; paths and sizes that no revision holds; settings with faults.
    """
    require_permit(actor, _right_to(changes))
    check_sizes(changes)
    given = {checked_path(path): content for path, content in changes.items()}
    settings = given.get(OPERATION)
    operation = parse_operation(settings.decode("utf-8"), OPERATION) if settings is not None else None
    files = current().files
    contents = {path: content for path, content in given.items() if content is not None}
    digests: dict[str, str | None] = dict.fromkeys(given)
    digests.update(zip(contents, files.put_many(list(contents.values())), strict=True))
    note = files.put(why.strip().encode()) if why.strip() else ""
    with writing():
        before = head()
        if if_match is not None and if_match != before.digest:
            _refuse_lost(if_match, before, None if whole else set(given))
        tree = changed_tree(before.files, digests)
        digest = files.put(write_tree(tree))
        if digest != before.digest:
            detail = {"pack": digest, "parent": before.digest, **({"note": note} if note else {})}
            append([NewAct(kind=RECORDED, subject=_SUBJECT, detail=detail)], actor.name)
        written = head()
    write_copy(current().home, RevisionFiles(written).get(OPERATION))
    if operation is not None:
        adopt_operation(operation)
    return written


def _right_to(paths: Iterable[str]) -> str:
    """The act that allows to write these files."""
    named = tuple(paths)
    for right, beginnings in ((_TEXT_RIGHT, _TEXTS), (_MAPPING_RIGHT, _MAPPINGS)):
        if named and all(path.startswith(beginnings) for path in named):
            return right
    return RECORDED


def keep_tree(files: FileStore, contents: Mapping[str, bytes]) -> dict[str, str]:
    """Keep a first revision; returns what the act that records it says in its detail."""
    check_sizes(contents)
    kept = dict(zip(contents, files.put_many(list(contents.values())), strict=True))
    return {"pack": files.put(write_tree(changed_tree({}, kept))), "parent": ""}


def write_copy(home: Path, content: bytes | None) -> None:
    """Make `operation.toml` in the instance's folder that of the revision: it is read before the database can be."""
    path = home / OPERATION
    if content is not None and (not path.is_file() or path.read_bytes() != content):
        replace_durably(path, content)


def settle() -> None:
    """Make the opened instance's settings those of the revision in force, whatever the copy in its folder says."""
    found = in_force()
    sha256 = found.files.get(OPERATION)
    own = hashlib.sha256(current().operation.source.encode()).hexdigest()
    if sha256 is not None and own != sha256:
        adopt_operation(parse_operation(read(found, OPERATION).decode("utf-8"), OPERATION))


def history(path: str | None = None) -> list[FileChange]:
    """What each revision changed, of one file or of all, the newest first."""
    found: list[FileChange] = []
    before: Mapping[str, str] = {}
    for each in _all():
        states = compare(before, each.files).states()
        found += [
            FileChange(revision=each, path=name, state=state)
            for name, state in reversed(states.items())
            if state != "unchanged" and path in (None, name)
        ]
        before = each.files
    return found[::-1]


def recorded_acts() -> list[Act]:
    """The acts that recorded revisions, in order."""
    return [act for act in newest(TELLING) if _is_revision(act)][::-1]


def _all() -> list[Revision]:
    return [_of(act) for act in recorded_acts()]


def _newest() -> Iterator[Revision]:
    return (_of(act) for act in newest(TELLING) if _is_revision(act))


def _is_revision(act: Act) -> bool:
    return "pack" in act.detail and "parent" in act.detail


def _of(act: Act) -> Revision:
    note = str(act.detail.get("note", ""))
    return Revision(
        digest=str(act.detail["pack"]),
        sequence=act.sequence,
        files=_tree(str(current().files.folder), str(act.detail["pack"])),
        parent=str(act.detail["parent"]),
        actor=act.actor,
        at=act.at,
        why=_note(str(current().files.folder), note) if note else "",
    )


@lru_cache(maxsize=256)
def _tree(folder: str, digest: str) -> Mapping[str, str]:
    """The list of that digest. Refuses one that is not here or no longer what it was."""
    content = FileStore(folder=Path(folder)).get(digest)
    if hashlib.sha256(content).hexdigest() != digest:
        raise Refused(problems.CONTENT_DIFFERS.at(path=_SUBJECT, sha256=digest))
    return parse_tree(content)


@lru_cache(maxsize=256)
def _note(folder: str, sha256: str) -> str:
    store = FileStore(folder=Path(folder))
    return store.get(sha256).decode("utf-8", "replace") if store.has(sha256) else ""


def _refuse_lost(read_digest: str, now: Revision, paths: set[str] | None) -> None:
    """Refuse where a revision since the one that was read changed one of the paths, or any."""
    then = revision(read_digest) if read_digest else Revision()
    states = compare(then.files, now.files).states()
    touched = [name for name, state in states.items() if state != "unchanged" and (paths is None or name in paths)]
    if not touched:
        return
    last = next((change for name in touched for change in history(name)), None)
    by, when = (last.revision.actor, last.revision.at) if last else (now.actor, now.at)
    more = f" (+{len(touched) - 3})" if len(touched) > 3 else ""
    local = when.astimezone(current().operation.time_zone) if when else None
    told = f"{local:%Y-%m-%d %H:%M}" if local else "-"
    raise Refused(problems.CHANGED_MEANWHILE.at(actor=by, files=", ".join(touched[:3]) + more, at=told))
