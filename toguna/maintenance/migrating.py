"""`toguna migrate`: an older instance brought forward, after a backup, so that a kill at any moment loses nothing.

Order: a verified backup; then one transaction with the measuring of all tables, every pending migration and the act
`instance.migrated`; then the format's steps beside the database, each idempotent; last the format number. Run again after a kill, it
goes on where it stood, and keeps the first backup, which is the one of the older instance.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from toguna.access.api import OWNER
from toguna.instance.api import FileStore, close_modes, configure
from toguna.instance.opening import FORMAT, check_folder, owner_of, reachable, read_settings, write_settings
from toguna.instance.settings import SIGNING_KEY
from toguna.instance.store import database
from toguna.instance.store.files import file_digest, flush_folder, replace_durably, write_durably
from toguna.journal import api as journal
from toguna.kernel.api import Refused, clock
from toguna.maintenance import problems
from toguna.maintenance.archive import make_folders
from toguna.maintenance.backing_up import write_backup
from toguna.maintenance.core.attestation import written
from toguna.maintenance.core.steps import MigrationPlan, plan_migration
from toguna.maintenance.pack_files import edited_files, import_pack, remove_pack
from toguna.maintenance.store.digests import measure_tables

#: Says, while a migration is under way, from which format it began and where the backup lies.
UNDER_WAY = "migrating.json"
_ACT = "instance.migrated"
#: The first format that keeps the pack as revisions.
_REVISIONS = 3
_log = logging.getLogger("toguna.maintenance")


@dataclass(frozen=True, kw_only=True)
class Migrated:
    """What was done. No backup where nothing was to do."""

    found: int
    format: int
    migrations: tuple[str, ...]
    backup: Path | None


def migrate(home: Path, *, backup: Path | None = None, accept_pack: bool = False) -> Migrated:
    """Bring the instance forward. Refuses a newer one, one whose journal does not verify, one that may not be written, and files of the pack
    that were edited since they were recorded, unless `accept_pack` says that they are meant; then nothing is changed.

    The backup goes to `backup`, else to `backups/` in the folder.
    """
    configure(home)
    with reachable():
        plan = _plan(home)
        if not plan.is_needed and not (home / UNDER_WAY).exists():
            return Migrated(found=plan.found, format=plan.known, migrations=(), backup=None)
        broken = journal.verify(None)
        if broken:
            raise Refused(problems.JOURNAL_BROKEN.at(count=len(broken)))
        edited = edited_files(home) if _has_plain_pack(plan.found) and not accept_pack else ()
        if edited:
            raise Refused(*edited)
        begun = _begun(home) or _begin(home, plan, backup)
        _bring_database(home, plan, begun)
    for step in plan.steps:
        _log.info("migration.step", extra={"fields": {"step": step.name, "format": step.format}})
        _STEPS[step.name](home)
    write_settings(home, {**read_settings(home), "format": plan.known})
    (home / UNDER_WAY).unlink()
    flush_folder(home)
    return Migrated(found=int(begun["found"]), format=plan.known, migrations=plan.pending, backup=Path(begun["backup"]))


def _plan(home: Path) -> MigrationPlan:
    settings = check_folder(home)
    database.check_owner(owner_of(settings))
    return plan_migration(int(settings["format"]), FORMAT, database.missing(), database.unknown())


def _begun(home: Path) -> Mapping[str, Any] | None:
    """What an earlier, killed migration had begun; none where its backup is no longer the file that it wrote."""
    path = home / UNDER_WAY
    if not path.is_file():
        return None
    begun = json.loads(path.read_text(encoding="utf-8"))
    kept = Path(begun["backup"])
    return begun if kept.is_file() and file_digest(kept) == begun["sha256"] else None


def _begin(home: Path, plan: MigrationPlan, target: Path | None) -> Mapping[str, Any]:
    """The backup, then the note that it is there."""
    if target is None:
        make_folders(home / "backups")
        for left in (home / "backups").glob(".format-*"):
            shutil.rmtree(left)
        target = home / "backups" / f"format-{plan.found}-{clock.now():%Y%m%dT%H%M%SZ}.zip"
    made = write_backup(home, target)
    begun = {
        "found": plan.found,
        "backup": str(made.path.absolute()),
        "sha256": made.sha256,
        "head": made.manifest.head,
    }
    replace_durably(home / UNDER_WAY, json.dumps(begun).encode())
    return begun


def _bring_database(home: Path, plan: MigrationPlan, begun: Mapping[str, Any]) -> None:
    """One transaction: measure, migrate, append the act. Done already where the act of this backup stands in the journal."""
    done = any(act.detail.get("backup") == begun["sha256"] for act in journal.acts(kinds=(_ACT,)))
    if done and not plan.pending:
        return
    # SQLite rebuilds tables with foreign keys off, and turns them off outside a transaction alone.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            database.lock()
            attested = FileStore(folder=home / "files").put(written(measure_tables()))
            executor = MigrationExecutor(connection, progress_callback=_settle)
            executor.migrate(executor.loader.graph.leaf_nodes())
            connection.check_constraints()
            brought = FileStore(folder=home / "files").put(written(measure_tables()))
            detail = {
                "from": begun["found"],
                "to": plan.known,
                "backup": begun["sha256"],
                "attested": attested,
                "brought": brought,
                "migrations": len(plan.pending),
            }
            if _has_plain_pack(plan.found):
                detail |= import_pack(home)
            journal.append([journal.NewAct(kind=_ACT, subject=read_settings(home)["id"], detail=detail)], OWNER)
    finally:
        connection.enable_constraint_checking()


def _has_plain_pack(found: int) -> bool:
    """Whether instances of that format keep the pack as plain files."""
    return found < _REVISIONS


def _settle(action: str, *_: object) -> None:
    """PostgreSQL alters no table for which a check still waits: run them after each migration."""
    if action == "apply_success" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def make_signing_key(home: Path) -> None:
    """The key with which sessions and tokens are signed, where there is none."""
    path = home / "secrets" / SIGNING_KEY
    if not path.exists():
        write_durably(path, token_bytes(32))
        flush_folder(path.parent)


#: By the names in `core.steps`.
_STEPS: Mapping[str, Callable[[Path], None]] = {
    "close_modes": close_modes,
    "make_signing_key": make_signing_key,
    "remove_pack": remove_pack,
}
