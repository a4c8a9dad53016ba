"""The digests of tables, and the attestation made of them. Tables are read in the order of their keys, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from toguna.instance.api import current
from toguna.journal.api import acts
from toguna.kernel.api import Problem
from toguna.maintenance import problems
from toguna.maintenance.core.attestation import (
    FILLED_LATER,
    GROWING,
    LISTED,
    Attested,
    RowsDigest,
    parse_attestation,
    row_digest,
    unordered_digest,
)

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
    detail = migrated[-1].detail
    # What a migration filled in is attested as it left it; an older Toguna attested what it found alone.
    sha256 = str(detail.get("brought") or detail["attested"])
    if not files.has(sha256):
        return (problems.ATTESTED_MISSING.at(sha256=sha256),)
    there = set(connection.introspection.table_names())
    attested = parse_attestation(files.get(sha256))
    return tuple(_differences({name: table for name, table in attested.items() if name in there}))


def _differences(attested: Mapping[str, Attested]) -> Iterator[Problem]:
    for name, table in attested.items():
        if set(table.columns) <= set(_columns(name)) and not _is_there(name, table):
            yield problems.ATTESTED_DIFFERS.at(table=name, rows=table.rows)


def _is_there(name: str, table: Attested) -> bool:
    """Whether the rows that were measured are still there; always of a table whose rows are not only added."""
    if table.members:
        return set(table.members) <= {row_digest(row[1:]).hex() for row in _rows(name, table.columns, None)}
    if table.last is None:
        return True
    if not table.ordered:
        return unordered_digest(row[1:] for row in _rows(name, table.columns, table.last)) == (table.rows, table.digest)
    own = _digest(name, table.columns, table.last, table.blank)
    return (own.rows, own.written()) == (table.rows, table.digest)


def _measured(name: str) -> Attested:
    """Of a table that only grows: without the columns that change later, and up to its highest key."""
    later = {*GROWING.get(name, ()), *LISTED.get(name, ())}
    columns = [column for column in _columns(name) if column not in later]
    last = None
    if name in GROWING:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(MAX({_key(name)}), 0) FROM {_quoted(name)}")
            last = int(cursor.fetchone()[0])
    blank = tuple(_blank(name)) if name in FILLED_LATER else ()
    own = _digest(name, columns, last, blank)
    members = tuple(sorted(row_digest(row[1:]).hex() for row in _rows(name, columns, None))) if name in LISTED else ()
    return Attested(
        columns=tuple(columns),
        last=last,
        rows=own.rows,
        digest=own.written(),
        ordered=True,
        members=members,
        blank=blank,
    )


def _digest(name: str, columns: Sequence[str], last: int | None, blank: Sequence[int]) -> RowsDigest:
    """Of the rows in the order of their keys; the column that is filled later counts as blank where it was."""
    own, were_blank = RowsDigest(), set(blank)
    at = columns.index(FILLED_LATER[name]) if name in FILLED_LATER else 0
    for key, *row in _rows(name, columns, last):
        if key in were_blank:
            row[at] = ""
        own.add(row)
    return own


def _blank(name: str) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key(name)} FROM {_quoted(name)} WHERE {_quoted(FILLED_LATER[name])} = '' ORDER BY 1")
        yield from (int(row[0]) for row in cursor.fetchall())


def _rows(name: str, columns: Sequence[str], last: int | None) -> Iterator[Sequence[Any]]:
    """Each row's key and these columns, in the order of the keys. Neither engine holds more than a portion of them."""
    key, after = _key(name), None
    listed = ", ".join([key, *map(_quoted, columns)])
    while True:
        limits = ([f"{key} > %s"] if after is not None else []) + (
            [f"{key} <= {int(last)}"] if last is not None else []
        )
        where = f" WHERE {' AND '.join(limits)}" if limits else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {listed} FROM {_quoted(name)}{where} ORDER BY {key} LIMIT {_CHUNK}",
                None if after is None else [after],
            )
            found = cursor.fetchall()
        yield from found
        if len(found) < _CHUNK:
            return
        after = found[-1][0]


def _columns(name: str) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(column.name for column in connection.introspection.get_table_description(cursor, name))


def _key(name: str) -> str:
    with connection.cursor() as cursor:
        return _quoted(str(connection.introspection.get_primary_key_column(cursor, name)))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
