"""The database as files, at one instant, while others write; and back from those files.

SQLite: its own backup API makes one file. PostgreSQL: each table by COPY, in one read-only transaction of isolation *repeatable
read*, so that all tables are of one instant; no program beside the server is needed. A backup of one engine is restored on that engine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from toguna.instance.settings import DATABASE, SCHEMA
from toguna.kernel.api import Refused
from toguna.maintenance import problems
from toguna.maintenance.core.manifest import Engine, Manifest, Table

_CHUNK = 1024 * 1024
_HEAD = "SELECT sequence, digest FROM journal_act ORDER BY sequence DESC LIMIT 1"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
_COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = %s AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position
"""
_SERIALS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = %s AND (is_identity = 'YES' OR column_default LIKE 'nextval(%%')
"""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The database at one instant, as files in a folder."""

    engine: Engine
    #: Name in the archive, and the file.
    files: tuple[tuple[str, Path], ...]
    head: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]


def take_snapshot(folder: Path) -> Snapshot:
    """The connected database as files in the folder. Refuses a SQLite file that is damaged."""
    return _of_sqlite(folder) if connection.vendor == "sqlite" else _of_postgresql(folder)


def _of_sqlite(folder: Path) -> Snapshot:
    copy = folder / DATABASE
    name = str(connection.settings_dict["NAME"])
    # Of a folder that cannot be written it is an address already, which opens the file for reading alone.
    source = name if name.startswith("file:") else f"file:{quote(str(Path(name).absolute()))}?mode=ro"
    with _sqlite(source) as there, _sqlite(f"file:{quote(str(copy))}") as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
        _check_sqlite(here)
        names = [name for (name,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        tables = {
            name: Table(
                columns=tuple(row[1] for row in here.execute(f'PRAGMA table_info("{name}")')),
                rows=here.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0],
            )
            for name in names
        }
        head = here.execute(_HEAD).fetchone()
        migrations = here.execute(_MIGRATIONS).fetchall()
    copy.chmod(0o600)
    return Snapshot(
        engine="sqlite",
        files=((f"database/{DATABASE}", copy),),
        head=_written(head),
        migrations=tuple(".".join(row) for row in migrations),
        tables=tables,
    )


def _of_postgresql(folder: Path) -> Snapshot:
    files, tables = [], {}
    with _postgresql() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(_COLUMNS, [SCHEMA])
        columns: dict[str, list[str]] = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, []).append(column)
        for table, names in columns.items():
            path = folder / f"{table}.copy"
            listed = ", ".join(map(_quoted, names))
            # Ordered by the first column, the key: the journal's trigger takes acts in their order alone.
            query = f"COPY (SELECT {listed} FROM {_quoted(SCHEMA)}.{_quoted(table)} ORDER BY 1) TO STDOUT"
            with cursor.copy(query) as copied, path.open("wb") as file:
                for block in copied:
                    file.write(block)
            cursor.execute(f"SELECT count(*) FROM {_quoted(SCHEMA)}.{_quoted(table)}")
            tables[table] = Table(columns=tuple(names), rows=cursor.fetchone()[0])
            files.append((f"database/{table}.copy", path))
        cursor.execute(_HEAD)
        head = cursor.fetchone()
        cursor.execute(_MIGRATIONS)
        migrations = cursor.fetchall()
    return Snapshot(
        engine="postgresql",
        files=tuple(files),
        head=_written(head),
        migrations=tuple(".".join(row) for row in migrations),
        tables=tables,
    )


def load_sqlite(path: Path, manifest: Manifest) -> None:
    """Check a restored database file. Refuses one that is damaged or has another head than its manifest says."""
    with _sqlite(f"file:{quote(str(path.absolute()))}") as database:
        try:
            _check_sqlite(database)
            head = _written(database.execute(_HEAD).fetchone())
        except sqlite3.DatabaseError as error:
            raise Refused(problems.BACKUP_DAMAGED.at(reason=DATABASE)) from error
    _require_head(head, manifest)


def load_postgresql(folder: Path, manifest: Manifest) -> None:
    """Fill the connected, empty schema: its migrations as they were, then every table. Refuses what is unknown here."""
    executor = MigrationExecutor(connection)
    known = {".".join(node): node for node in executor.loader.graph.nodes}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise Refused(problems.SCHEMA_NEWER.at(unknown=", ".join(unknown[:3])))
    applied = {known[name] for name in manifest.migrations}
    later = {parent.key for node in applied for parent in executor.loader.graph.node_map[node].parents}
    executor.migrate(sorted(applied - {key for key in later if key in applied and _in_app(key, applied, executor)}))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [SCHEMA])
        there: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            there.setdefault(table, set()).add(column)
        if {name: set(table.columns) for name, table in manifest.tables.items()} != there:
            raise Refused(problems.BACKUP_DAMAGED.at(reason="tables"))
        for table in there:
            cursor.execute(f"DELETE FROM {_quoted(table)}")
        for table, meant in manifest.tables.items():
            _fill(cursor, folder / f"{table}.copy", table, meant)
        cursor.execute(_SERIALS, [SCHEMA])
        for table, column in cursor.fetchall():
            own, field = _quoted(table), _quoted(column)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE(MAX({field}), 1), MAX({field}) IS NOT NULL) FROM {own}",
                [table, column],
            )
        cursor.execute(_HEAD)
        _require_head(_written(cursor.fetchone()), manifest)


def _in_app(key: tuple[str, str], applied: set[tuple[str, str]], executor: MigrationExecutor) -> bool:
    """Whether a migration of the same app that follows this one was applied too: then that one is the app's target."""
    children = executor.loader.graph.node_map[key].children
    return any(child.key[0] == key[0] and child.key in applied for child in children)


def _fill(cursor: Any, path: Path, table: str, meant: Table) -> None:
    listed = ", ".join(map(_quoted, meant.columns))
    with cursor.copy(f"COPY {_quoted(table)} ({listed}) FROM STDIN") as copied, path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            copied.write(chunk)
    cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")
    if cursor.fetchone()[0] != meant.rows:
        raise Refused(problems.BACKUP_DAMAGED.at(reason=f"{table}: rows"))


def _check_sqlite(database: sqlite3.Connection) -> None:
    found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    broken = database.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or broken:
        raise Refused(problems.INTEGRITY_LOST.at(count=len(broken) + (0 if found == ["ok"] else len(found))))


def _require_head(head: str, manifest: Manifest) -> None:
    if head != manifest.head:
        raise Refused(problems.BACKUP_DAMAGED.at(reason="head"))


@contextmanager
def _sqlite(address: str) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(address, uri=True, isolation_level=None, timeout=60)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _postgresql() -> Iterator[Any]:
    """A cursor on a connection of its own: a snapshot shares no transaction with anybody."""
    own = connection.get_new_connection(connection.get_connection_params())
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        with suppress(Exception):
            own.close()


def _written(row: Any) -> str:
    return f"{row[0]}:{row[1]}" if row else f"0:{'0' * 64}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
