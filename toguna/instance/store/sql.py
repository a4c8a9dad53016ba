"""Hand-written SQL in migrations: one file an engine, beside the room that needs it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations import RunPython

#: The triggers of a table that are not switched off, by engine.
_TRIGGERS_OF = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')",
}


def triggers_of(table: str) -> frozenset[str]:
    """The names of the triggers that guard a table now."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS_OF[connection.vendor], [table])
        return frozenset(row[0] for row in cursor.fetchall())


def run_sql(folder: Path, name: str) -> RunPython:
    """The migration that runs ``name.sqlite.sql`` or ``name.postgresql.sql`` of the folder."""

    def run(apps: Any, editor: Any) -> None:
        script = (folder / f"{name}.{editor.connection.vendor}.sql").read_text()
        for statement in _statements(script) if editor.connection.vendor == "sqlite" else (script,):
            editor.execute(statement, params=None)

    return RunPython(run, RunPython.noop)


def _statements(script: str) -> Iterator[str]:
    """SQLite takes one statement at a time, and a trigger's body holds semicolons of its own."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError(f"an SQL statement is not complete: {pending!r}")
