"""What indicators may be taken from, made of what the lake holds: `Sources` over lake tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toguna.collect.core.schema import Schema, highest
from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.tables import GivenSources, SourceColumn, SourceTable, Stored, TableKind


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One lake table and how definitions name it."""

    name: str
    kind: TableKind
    table: LakeTable
    parent: str | None = None
    key: str | None = None
    labels: Mapping[str, str] | None = None
    #: Choice lists by name, over all versions of the form.
    choices: Mapping[str, frozenset[str]] | None = None


def offered_form(schemas: Sequence[Schema], tables: Sequence[LakeTable]) -> list[Offered]:
    """A form's tables, given all its versions, oldest first."""
    newest = schemas[-1]
    choices: dict[str, frozenset[str]] = {}
    for schema in schemas:
        for name, items in schema.choices.items():
            choices[name] = choices.get(name, frozenset()) | {item.name for item in items}
    labels = {table.name: table.label for schema in schemas for table in schema.tables}
    parents = {table.name: table.parent for schema in schemas for table in schema.tables}
    form = newest.slug

    def named(part: str) -> str:
        return f"{form}/{part}" if part else form

    return [
        Offered(
            name=named(table.part),
            kind="repeat" if table.part else "form",
            table=table,
            parent=named(parents[table.part] or "") if table.part else None,
            labels=labels[table.part] if table.part else newest.title,
            choices=choices,
        )
        for table in tables
    ]


def sources_of(offered: Iterable[Offered]) -> GivenSources:
    """The first of a name stands: forms before entity lists before reference tables."""
    tables: dict[str, SourceTable] = {}
    for one in offered:
        tables.setdefault(one.name, _source(one))
    return GivenSources(tables=tables)


def _source(one: Offered) -> SourceTable:
    columns = {}
    for name, stored in one.table.logical.items():
        newest = stored[-1]
        columns[name] = SourceColumn(
            name=name,
            stored=tuple(Stored(name=column.name, type="date" if column.birth else column.type) for column in stored),
            sensitivity=highest(*(column.sensitivity for column in stored)),
            reference=newest.reference,
            choices=(one.choices or {}).get(newest.choice_list or "", frozenset()),
            birth=any(column.birth for column in stored),
        )
    return SourceTable(
        name=one.name,
        kind=one.kind,
        lake=one.table.name,
        columns=columns,
        parent=one.parent,
        key=one.key,
        labels=one.labels or {},
    )
