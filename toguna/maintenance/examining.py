"""What the doctor looks at. Works on an instance that does not open: each look stands alone, and one that fails says so by its class.

Nothing of a person, a record or this machine's names enters: see `core.report`.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from toguna import __version__
from toguna.instance.opening import FORMAT, check_folder, open_instance, read_settings
from toguna.instance.settings import configure, dsn_of
from toguna.instance.store import database
from toguna.kernel.api import Refused, clock
from toguna.maintenance import problems
from toguna.maintenance.core.report import Examined, Report

#: Below this many megabytes a load or a build may fail.
LEAST_MEGABYTES = 1024
#: A backup older than this is too old.
MOST_DAYS = 7
_LAST_ACT = "SELECT at FROM journal_act ORDER BY sequence DESC LIMIT 1"
#: A migration writes a verified backup first, and what was restored came from one.
_LAST_BACKUP = "SELECT at FROM journal_act WHERE kind IN ('instance.backed_up', 'instance.migrated', 'instance.restored') ORDER BY sequence DESC LIMIT 1"
#: What says what to do, by the id of why the instance does not open.
_TO_DO = {
    "instance.none_here": problems.NO_INSTANCE_HERE,
    "instance.format_old": problems.TOO_OLD_TO_OPEN,
    "instance.schema_old": problems.TOO_OLD_TO_OPEN,
    "instance.format_unknown": problems.TOO_NEW_TO_OPEN,
    "instance.schema_new": problems.TOO_NEW_TO_OPEN,
}
_MEGABYTE = 1024 * 1024


def examine(home: Path) -> Report:
    """Everything, in order. Changes nothing and refuses nothing."""
    looks: tuple[Callable[[Path], Examined], ...] = (
        _version, _disk, _folder, _modes, _opens, _engine, _integrity, _migrations, _clock, _last_backup,
    )  # fmt: skip
    return Report(examined=tuple(_looked(look, home) for look in looks))


def _looked(look: Callable[[Path], Examined], home: Path) -> Examined:
    """The look, or that it could not be taken."""
    name = look.__name__.removeprefix("_")
    try:
        return look(home)
    except Refused as refused:
        return Examined(check=name, state="unknown", problem=problems.NOT_EXAMINED.at(reason=refused.problems[0].id))
    except Exception as error:
        reason = type(error).__name__
        return Examined(check=name, state="unknown", problem=problems.NOT_EXAMINED.at(reason=reason))


def _version(home: Path) -> Examined:
    measured = {
        "toguna": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
    }
    return Examined(check="version", state="good", measured=measured)


def _disk(home: Path) -> Examined:
    usage = shutil.disk_usage(home if home.exists() else home.absolute().parent)
    free = usage.free // _MEGABYTE
    low = free < LEAST_MEGABYTES
    measured = {"free_megabytes": free, "used_percent": round(100 * usage.used / usage.total)}
    problem = problems.DISK_LOW.at(megabytes=free) if low else None
    return Examined(check="disk", state="warning" if low else "good", measured=measured, problem=problem)


def _folder(home: Path) -> Examined:
    found = read_settings(home)["format"]
    measured = {
        "format": found if isinstance(found, int) else "none",
        "known": FORMAT,
        "writable": os.access(home, os.W_OK),
    }
    return Examined(check="folder", state="good", measured=measured)


def _modes(home: Path) -> Examined:
    open_ones = sum(
        bool(stat.S_IMODE(path.lstat().st_mode) & 0o077) for path in (home, *home.rglob("*")) if not path.is_symlink()
    )
    problem = problems.MODES_OPEN.at(count=open_ones) if open_ones else None
    return Examined(
        check="modes", state="fault" if open_ones else "good", measured={"open": open_ones}, problem=problem
    )


def _opens(home: Path) -> Examined:
    try:
        open_instance(home)
    except Refused as refused:
        reason = refused.problems[0].id
        problem = _TO_DO.get(reason, problems.DOES_NOT_OPEN).at(reason=reason)
        return Examined(check="opens", state="fault", problem=problem)
    return Examined(check="opens", state="good")


def _engine(home: Path) -> Examined:
    measured: dict[str, Any] = {"engine": "postgresql" if dsn_of(home) else "sqlite"}
    if measured["engine"] == "sqlite":
        return Examined(check="engine", state="good", measured={**measured, "version": sqlite3.sqlite_version})
    configure(home)
    [(version,)] = _asked("SHOW server_version_num")
    return Examined(check="engine", state="good", measured={**measured, "version": str(version)})


def _integrity(home: Path) -> Examined:
    """SQLite reads its whole file; PostgreSQL looks after its own with checksums."""
    _connect(home)
    if connection.vendor != "sqlite":
        unsafe = len(database.unsafe())
        return Examined(check="integrity", state="fault" if unsafe else "good", measured={"unsafe_settings": unsafe})
    found = [row[0] for row in _asked("PRAGMA integrity_check")]
    count = 0 if found == ["ok"] else len(found)
    problem = problems.INTEGRITY_LOST.at(count=count) if count else None
    return Examined(
        check="integrity", state="fault" if count else "good", measured={"findings": count}, problem=problem
    )


def _migrations(home: Path) -> Examined:
    _connect(home)
    pending, unknown, found = database.missing(), database.unknown(), read_settings(home)["format"]
    measured = {"pending": len(pending), "unknown": len(unknown)}
    problem = problems.MIGRATION_PENDING.at(count=len(pending)) if pending or found < FORMAT else None
    state = "fault" if unknown else "warning" if problem else "good"
    return Examined(check="migrations", state=state, measured=measured, problem=problem)  # type: ignore[arg-type]


def _clock(home: Path) -> Examined:
    """The clock may not be behind what the journal says already."""
    _connect(home)
    measured: dict[str, Any] = {"now": f"{clock.now():%Y-%m-%dT%H:%MZ}"}
    behind = -_hours_since(_asked(_LAST_ACT))
    problem = problems.CLOCK_BACK.at(hours=round(behind)) if behind >= 1 else None
    return Examined(check="clock", state="fault" if problem else "good", measured=measured, problem=problem)


def _last_backup(home: Path) -> Examined:
    _connect(home)
    rows = _asked(_LAST_BACKUP)
    if not rows:
        return Examined(check="last_backup", state="warning", problem=problems.NO_BACKUP.at())
    days = max(0, int(_hours_since(rows) // 24))
    problem = problems.BACKUP_OLD.at(days=days) if days > MOST_DAYS else None
    return Examined(
        check="last_backup", state="warning" if problem else "good", measured={"days": days}, problem=problem
    )


def _connect(home: Path) -> None:
    """Point the connection at the folder's database. Refuses none, instead of making an empty one."""
    check = read_settings(home)
    if not dsn_of(home) and not (home / "toguna.sqlite3").is_file():
        check_folder(home)
        raise FileNotFoundError(check["id"])
    configure(home)


def _hours_since(rows: list[Any]) -> float:
    if not rows:
        return 0.0
    at = datetime.fromisoformat(rows[0][0]) if isinstance(rows[0][0], str) else rows[0][0]
    return float((clock.now() - (at if at.tzinfo else at.replace(tzinfo=UTC))).total_seconds() / 3600)


def _asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
