"""Whose a submission is and where it lies, by what its answers name. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.values import Row

Rows = Mapping[str, Sequence[Row]]


def organisation_of(schema: Schema, rows: Rows) -> str:
    """The organisation that the form itself names first; empty where it names none."""
    for column in schema.table().columns:
        if column.reference == "organisations":
            for row in rows.get("", ()):
                if row.get(column.name) is not None:
                    return str(row[column.name])
    return ""


def places_of(schema: Schema, rows: Rows) -> tuple[str, ...]:
    """Every place that the form or its repeats name, in order of the code."""
    found: set[str] = set()
    for table_name, name in schema.place_columns:
        for row in rows.get(table_name, ()):
            value = row.get(name)
            if value is not None:
                found.update(value if isinstance(value, list) else (value,))
    return tuple(sorted(found))
