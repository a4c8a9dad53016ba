"""The digests of tables, and the attestation made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from toguna.instance.api import current
from toguna.journal.api import acts
from toguna.kernel.api import Problem
from toguna.maintenance import problems
from toguna.maintenance.core.attestation import GROWING, Attested, parse_attestation, rows_digest

_CHUNK = 2000


def measure_tables() -> dict[str, Attested]:
    """Every table of the connected database but Django's own, measured now."""
    return {
        name: _measured(name)
        for name in sorted(connection.introspection.table_names())
        if "_" in name and not name.startswith("django_")
    }


def verify() -> tuple[Problem, ...]:
    """Rows of the opened instance that were attested at the last migration and are no longer there as they were."""
    files = current().files
    migrated = list(acts(kinds=("instance.migrated",)))
    if not migrated:
        return ()
    sha256 = str(migrated[-1].detail["attested"])
    if not files.has(sha256):
        return (problems.ATTESTED_MISSING.at(sha256=sha256),)
    there = set(connection.introspection.table_names())
    attested = parse_attestation(files.get(sha256))
    return tuple(_differences({name: table for name, table in attested.items() if name in there}))


def _differences(attested: Mapping[str, Attested]) -> Iterator[Problem]:
    for name, table in attested.items():
        if table.last is None or not set(table.columns) <= set(_columns(name)):
            continue
        rows, digest = rows_digest(_rows(name, table.columns, table.last))
        if (rows, digest) != (table.rows, table.digest):
            yield problems.ATTESTED_DIFFERS.at(table=name, rows=table.rows)


def _measured(name: str) -> Attested:
    """Of a table that only grows: without the columns that change later, and up to its highest key."""
    columns = [column for column in _columns(name) if column not in GROWING.get(name, ())]
    last = None
    if name in GROWING:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(MAX({_key(name)}), 0) FROM {_quoted(name)}")
            last = int(cursor.fetchone()[0])
    rows, digest = rows_digest(_rows(name, columns, last))
    return Attested(columns=tuple(columns), last=last, rows=rows, digest=digest)


def _rows(name: str, columns: Sequence[str], last: int | None) -> Iterator[Sequence[Any]]:
    listed = ", ".join(map(_quoted, columns))
    limit = "" if last is None else f" WHERE {_key(name)} <= {int(last)}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {listed} FROM {_quoted(name)}{limit}")
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _columns(name: str) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(column.name for column in connection.introspection.get_table_description(cursor, name))


def _key(name: str) -> str:
    with connection.cursor() as cursor:
        return _quoted(str(connection.introspection.get_primary_key_column(cursor, name)))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
