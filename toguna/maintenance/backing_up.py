"""`toguna backup`: everything of an instance in one file, written and read back before it gets its name."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toguna import __version__
from toguna.access.api import Actor, require_permit
from toguna.instance.api import current, writing
from toguna.instance.opening import read_settings
from toguna.instance.settings import DATABASE
from toguna.instance.store.files import file_digest, flush_folder
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Refused, clock
from toguna.maintenance import problems
from toguna.maintenance.archive import check_archive, write_archive
from toguna.maintenance.core.manifest import Manifest, Member, is_own
from toguna.maintenance.store.snapshot import Snapshot, take_snapshot

#: What is made anew, or is no part of the instance: at the top of its folder.
_LEFT_OUT = ("cache", "backups", "migrating.json", "heads")


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was written and read back."""

    path: Path
    #: Of the whole file: to be kept elsewhere.
    sha256: str
    manifest: Manifest


def backup(target: Path, actor: Actor, *, lake: bool = False) -> Backup:
    """Back the opened instance up to a new file; the act `instance.backed_up`, but where the instance's own disk takes none.

    Refuses what `write_backup` refuses.
    """
    require_permit(actor, "instance.backed_up")
    home = current().home
    if target.absolute().resolve().is_relative_to(home.resolve()):
        raise Refused(problems.BACKUP_INSIDE.at(path=target))
    made = write_backup(home, target, lake=lake)
    if current().is_read_only:
        return made
    sequence = int(made.manifest.head.partition(":")[0])
    detail = {"sha256": made.sha256, "sequence": sequence, "head": made.manifest.head, "lake": lake}
    with writing():
        append([NewAct(kind="instance.backed_up", subject=made.manifest.instance, detail=detail)], actor.name)
    return made


def write_backup(home: Path, target: Path, *, lake: bool = False) -> Backup:
    """Write the connected instance to a new file, of mode 0600, and read it back.

    The database is taken first, at one instant; files are added after it and never change, so that they hold what it names. Refuses a
    path at which something is, a damaged database, symbolic links, and a disk that is full; then nothing is left.
    """
    if target.exists():
        raise Refused(problems.BACKUP_EXISTS.at(path=target))
    with _room_for(home, target.absolute().parent, lake=lake):
        return _write_backup(home, target, lake=lake)


@contextmanager
def _room_for(home: Path, folder: Path, *, lake: bool) -> Iterator[None]:
    """Tells of a disk that is full how much room is wanted, and where."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        free = shutil.disk_usage(folder).free
        database = (home / name for name in (DATABASE, f"{DATABASE}-wal"))
        copied = sum(path.stat().st_size for path in database if path.is_file())
        is_full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error)
        if not is_full and (isinstance(error, OSError) or free >= copied):
            raise
        # The copy of the database stands beside the archive until that is whole.
        needed = 2 * copied + sum(path.stat().st_size for _, path in _home_files(home, lake))
        raise Refused(problems.BACKUP_NO_ROOM.at(needed=needed, folder=folder, free=free)) from error


def _write_backup(home: Path, target: Path, *, lake: bool) -> Backup:
    folder = Path(tempfile.mkdtemp(dir=target.absolute().parent, prefix=f".{target.name}."))
    try:
        snapshot = take_snapshot(folder)
        written = folder / "backup"

        def manifest(members: tuple[Member, ...]) -> Manifest:
            return _manifest(home, snapshot, members, lake)

        write_archive(written, [*snapshot.files, *_home_files(home, lake)], manifest)
        whole = check_archive(written)
        sha256 = file_digest(written)
        if target.exists():
            raise Refused(problems.BACKUP_EXISTS.at(path=target))
        written.rename(target)
        flush_folder(target.absolute().parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Backup(path=target, sha256=sha256, manifest=whole)


def _manifest(home: Path, snapshot: Snapshot, members: tuple[Member, ...], lake: bool) -> Manifest:
    settings = read_settings(home)
    return Manifest(
        toguna=__version__,
        made_at=clock.now().isoformat(timespec="seconds"),
        engine=snapshot.engine,
        instance=settings["id"],
        format=settings["format"],
        head=snapshot.head,
        migrations=snapshot.migrations,
        tables=snapshot.tables,
        lake=lake,
        members=members,
    )


def _home_files(home: Path, lake: bool) -> Iterator[tuple[str, Path]]:
    """The folder's files that a backup holds. Settings and database are written by restoring; the DSN, with its password, is left out."""
    for folder, folders, names in os.walk(home):
        here = Path(folder)
        if here == home:
            names = [name for name in names if not is_own(name) and name not in _LEFT_OUT]
            folders[:] = [name for name in folders if name not in _LEFT_OUT and (lake or name != "lake")]
        elif here == home / "files":
            folders[:] = [name for name in folders if name != "incoming"]
        elif here == home / "editions":
            folders[:] = [name for name in folders if not name.startswith(".issue-")]
        folders.sort()
        for name in (*folders, *names):
            if (here / name).is_symlink():
                raise Refused(problems.BACKUP_LINK.at(name=str((here / name).relative_to(home))))
        for name in sorted(names):
            path = here / name
            yield f"home/{path.relative_to(home).as_posix()}", path
