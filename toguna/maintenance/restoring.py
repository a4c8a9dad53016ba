"""`toguna restore`: an instance from a backup, all or not at all."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from toguna.access.api import OWNER
from toguna.instance.api import writing
from toguna.instance.opening import FOLDERS, FORMAT, owner_of, placing, reachable, write_settings
from toguna.instance.settings import DATABASE, configure, dsn_of
from toguna.instance.store import database
from toguna.instance.store.files import file_digest
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Problem, Refused, new_id
from toguna.maintenance import problems
from toguna.maintenance.archive import make_folders, read_manifest, refuse_without_room, unpack
from toguna.maintenance.core.manifest import Manifest
from toguna.maintenance.store.snapshot import load_postgresql, load_sqlite


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored. `is_current`: this Toguna can open it; otherwise it is brought forward first."""

    home: Path
    manifest: Manifest
    is_current: bool


def restore(path: Path, home: Path, *, digest: str = "") -> Restored:
    """Make the instance of a backup at `home`, on the engine it was made on (PostgreSQL: an empty database that TOGUNA_DATABASE names).

    Refuses a path at which something is, a file that is damaged, hostile, of a newer Toguna or of another digest than the one
    given, a database that is not empty, a disk that is too small; then nothing is left. What is restored is marked as restored: its
    database is never taken for that of the instance it came from.
    """
    manifest = read_manifest(path)
    if digest and (found := file_digest(path)) != digest.strip().lower():
        raise Refused(problems.BACKUP_DIGEST.at(found=found))
    if manifest.format > FORMAT:
        raise Refused(problems.FORMAT_NEWER.at(found=manifest.format, known=FORMAT))
    _refuse_other_engine(manifest, home)
    with placing(home) as making:
        make_folders(making)
        refuse_without_room(manifest, making)
        for name in FOLDERS:
            make_folders(making / name)
        with tempfile.TemporaryDirectory(dir=making, prefix=".database-") as name:
            unpack(path, lambda member: _place(member, making, Path(name)))
            _load(Path(name), making, manifest)
        is_current = manifest.format == FORMAT and not database.missing()
    return Restored(home=home, manifest=manifest, is_current=is_current)


def _refuse_other_engine(manifest: Manifest, home: Path) -> None:
    wanted = "postgresql" if dsn_of(home) else "sqlite"
    if manifest.engine != wanted:
        raise Refused(_other_engine(manifest, wanted))


def _other_engine(manifest: Manifest, wanted: str) -> Problem:
    cures = {
        "sqlite": ("Unset TOGUNA_DATABASE.", "Retirez TOGUNA_DATABASE."),
        "postgresql": (
            "Name an empty PostgreSQL database in TOGUNA_DATABASE.",
            "Nommez une base PostgreSQL vide dans TOGUNA_DATABASE.",
        ),
    }
    cure, cure_fr = cures[manifest.engine]
    return problems.BACKUP_OTHER_ENGINE.at(found=manifest.engine, wanted=wanted, cure=cure, cure_fr=cure_fr)


def _place(member: str, making: Path, loading: Path) -> Path:
    top, _, rest = member.partition("/")
    if top == "home":
        return making / rest
    return making / DATABASE if rest == DATABASE else loading / rest


def _load(loading: Path, making: Path, manifest: Manifest) -> None:
    """Settings, then the database."""
    settings = {"format": manifest.format, "id": manifest.instance, "restored": new_id()}
    if manifest.engine == "sqlite":
        load_sqlite(making / DATABASE, manifest)
        write_settings(making, settings)
        configure(making)
        return
    configure(making)
    with reachable():
        database.make_schema(owner_of(settings))
        # From here on the folder says whose schema it is, and a kill leaves nothing that the next restore does not take away.
        write_settings(making, {**settings, "database": dsn_of(making)})
        load_postgresql(loading, manifest)


def record_restored(restored: Restored, digest: str) -> None:
    """The act `instance.restored`, in the restored instance, opened. Only for one that is current."""
    detail = {"sha256": digest, "head": restored.manifest.head}
    with writing():
        append([NewAct(kind="instance.restored", subject=restored.manifest.instance, detail=detail)], OWNER)
