"""The database: what makes it safe, one writer at a time, and faults of the engine told once.

Two tables hold what differs between SQLite and PostgreSQL; nothing else in Toguna asks which engine it is on, but the SQL files of
triggers. Source of the settings: trials of power loss, in which SQLite with `synchronous=NORMAL` lost acknowledged rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from toguna.instance import problems
from toguna.instance.settings import BUSY_SECONDS, SCHEMA
from toguna.kernel.api import Problem, Refused

#: The advisory lock that one writer holds to its commit (PostgreSQL); any fixed number does.
_WRITER = 7_064_117
#: Damages of the file told one by one.
_MOST_DAMAGE = 5


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting that must have one of these values, the question that tells it, and what to do otherwise."""

    name: str
    asks: str
    wanted: tuple[str, ...]
    cure: str
    cure_fr: str


_FILE_SYSTEM = (
    "Keep the instance on a local disk, not a network share.",
    "Gardez l'instance sur un disque local, pas un partage réseau.",
)
_TOGUNA_SETS = ("Report it: Toguna sets this itself.", "Signalez-le : Toguna règle cela lui-même.")
_CONFIGURE = (
    "Set it in postgresql.conf and restart the server.",
    "Réglez-le dans postgresql.conf et redémarrez le serveur.",
)
_CHECKSUMS = ("Stop the server and run: pg_checksums --enable", "Arrêtez le serveur et lancez : pg_checksums --enable")


def _setting(name: str, asks: str, wanted: tuple[str, ...], cure: tuple[str, str]) -> Setting:
    return Setting(name=name, asks=asks, wanted=wanted, cure=cure[0], cure_fr=cure[1])


#: Engine to the settings without which an instance is not opened.
SAFE: Mapping[str, tuple[Setting, ...]] = {
    "sqlite": (
        _setting("journal_mode", "PRAGMA journal_mode", ("wal",), _FILE_SYSTEM),
        _setting("synchronous", "PRAGMA synchronous", ("2", "3"), _TOGUNA_SETS),
        _setting("foreign_keys", "PRAGMA foreign_keys", ("1",), _TOGUNA_SETS),
        _setting("secure_delete", "PRAGMA secure_delete", ("1",), _TOGUNA_SETS),
    ),
    "postgresql": (
        _setting("fsync", "SHOW fsync", ("on",), _CONFIGURE),
        _setting("full_page_writes", "SHOW full_page_writes", ("on",), _CONFIGURE),
        _setting("synchronous_commit", "SHOW synchronous_commit", ("on", "remote_apply"), _TOGUNA_SETS),
        _setting("data_checksums", "SHOW data_checksums", ("on",), _CHECKSUMS),
        _setting(
            "server_encoding",
            "SHOW server_encoding",
            ("UTF8",),
            ("Create the database with ENCODING 'UTF8'.", "Créez la base avec ENCODING 'UTF8'."),
        ),
    ),
}

#: What the engine's own words mean, by a piece of them.
_BUSY_WORDS = ("database is locked", "lock timeout")
_NOT_WRITTEN_WORDS = (
    "disk is full",
    "disk i/o error",
    "readonly database",
    "no space left",
    "malformed",
    "not a database",
)


def unsafe() -> tuple[Problem, ...]:
    """The settings of the open database that would lose or leak records; none when it is safe."""
    found = []
    with connection.cursor() as cursor:
        for setting in SAFE[connection.vendor]:
            cursor.execute(setting.asks)
            value = str(cursor.fetchone()[0]).lower()
            if value not in (wanted.lower() for wanted in setting.wanted):
                found.append(
                    problems.SETTING_UNSAFE.at(
                        setting=setting.name,
                        found=value,
                        wanted=" / ".join(setting.wanted),
                        cure=setting.cure,
                        cure_fr=setting.cure_fr,
                    )
                )
    if connection.vendor == "sqlite" and connection.transaction_mode != "IMMEDIATE":
        cure, cure_fr = _TOGUNA_SETS
        found.append(
            problems.SETTING_UNSAFE.at(
                setting="transaction_mode",
                found=connection.transaction_mode,
                wanted="IMMEDIATE",
                cure=cure,
                cure_fr=cure_fr,
            )
        )
    return tuple(found)


def migrate() -> None:
    """Bring the open database to this Toguna's schema."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def check_schema() -> None:
    """Refuses a database whose schema is older or newer than this Toguna's."""
    if absent := missing():
        raise Refused(problems.SCHEMA_OLD.at(missing=", ".join(absent[:3])))
    if later := unknown():
        raise Refused(problems.SCHEMA_NEW.at(unknown=", ".join(later[:3])))


def missing() -> tuple[str, ...]:
    """Migrations of this Toguna, ``app.name``, that the open database has not had."""
    loader = MigrationExecutor(connection).loader
    return tuple(sorted(map(".".join, set(loader.graph.nodes) - set(loader.applied_migrations))))


def unknown() -> tuple[str, ...]:
    """Migrations that the open database has had, and this Toguna does not know."""
    loader = MigrationExecutor(connection).loader
    return tuple(sorted(map(".".join, set(loader.applied_migrations) - set(loader.graph.nodes))))


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, and the only one that writes until it ends, on either engine; within another it joins that one.

    SQLite takes its write lock at once (``BEGIN IMMEDIATE``), PostgreSQL an advisory lock held to the commit: whoever
    reads inside sees what the last writer committed. Refuses when another writer keeps the lock, or the disk does not take the write;
    then nothing of the block is kept.
    """
    try:
        with transaction.atomic():
            lock()
            yield
    except DatabaseError as error:
        problem = told(error)
        if problem is None:
            raise
        raise Refused(problem) from error


def lock() -> None:
    """Hold the writer's lock to the end of the transaction. SQLite's transaction holds it since it began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITER])


def told(error: Exception) -> Problem | None:
    """The engine's fault as one of ours, where the operator can mend it; `sqlite3`'s own errors too."""
    if not isinstance(error, DatabaseError | sqlite3.Error):
        return None
    words = str(error).lower()
    if any(word in words for word in _BUSY_WORDS):
        return problems.BUSY.at(seconds=BUSY_SECONDS)
    if isinstance(error, OperationalError | sqlite3.OperationalError) and any(
        word in words for word in _NOT_WRITTEN_WORDS
    ):
        return problems.NOT_WRITTEN.at(reason=str(error).strip())
    return None


def damaged() -> tuple[Problem, ...]:
    """What SQLite finds wrong with the pages and indexes of its file, and rows whose parent is gone. PostgreSQL has checksums for this."""
    if connection.vendor != "sqlite":
        return ()
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({_MOST_DAMAGE})")
            found = [" ".join(str(row[0]).split()) for row in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_key_check")
            orphans = cursor.fetchmany(_MOST_DAMAGE)
    except DatabaseError as error:
        return (problems.DATABASE_DAMAGED.at(reason=" ".join(str(error).split())),)
    orphaned = [f"{table}, row {row}: {parent} is missing" for table, row, parent, _ in orphans]
    return tuple(problems.DATABASE_DAMAGED.at(reason=reason) for reason in (*found, *orphaned) if reason != "ok")


def make_schema(owner: str) -> None:
    """PostgreSQL: the schema of a new instance, marked as its own. Refuses a database that has one. SQLite needs none."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA])
        if cursor.fetchone():
            raise Refused(problems.DATABASE_TAKEN.at(schema=SCHEMA))
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{_mark(owner)}'")


def drop_schema(owner: str) -> None:
    """PostgreSQL: take back what `make_schema` made for this instance, and nothing else."""
    if connection.vendor == "postgresql" and schema_owner() == _mark(owner):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def check_owner(owner: str) -> None:
    """PostgreSQL: refuses a database that is another instance's."""
    if connection.vendor == "postgresql" and (found := schema_owner()) != _mark(owner):
        raise Refused(problems.DATABASE_OF_OTHER.at(found=found or "-", wanted=_mark(owner)))


def schema_owner() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [SCHEMA])
        row = cursor.fetchone()
    return str(row[0] or "") if row else ""


def _mark(owner: str) -> str:
    return f"toguna instance {owner}"
