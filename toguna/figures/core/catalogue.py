"""What indicators may be taken from, made of what the lake holds: `Sources` over lake tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toguna.collect.core.month_question import grain_of
from toguna.collect.core.schema import Schema, highest
from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.tables import GivenSources, SourceColumn, SourceTable, Stored, TableKind
from toguna.kernel.core.periods import Grain


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
    #: The columns of which a day stands for longer; and for how long the day stands on which a row happened.
    grains: Mapping[str, Grain] | None = None
    happened: Grain = "day"


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
    grains = _grains(schemas)
    dates = {schema.date_column for schema in schemas}
    happened: Grain = next((grain for name, grain in grains.get("", {}).items() if name in dates), "day")

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
            grains=grains.get(table.part),
            happened=happened,
        )
        for table in tables
    ]


def _grains(schemas: Sequence[Schema]) -> Mapping[str, Mapping[str, Grain]]:
    """By table and column, for how long a day stands; that a version asked for a month holds for the records of all."""
    found: dict[str, dict[str, Grain]] = {}
    for schema in schemas:
        for table in schema.tables:
            coarse = {column.name: grain for column in table.columns if (grain := grain_of(column)) != "day"}
            found.setdefault(table.name, {}).update(coarse)
    return found


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
            grain=(one.grains or {}).get(name, "day"),
        )
    return SourceTable(
        name=one.name,
        kind=one.kind,
        lake=one.table.name,
        columns=columns,
        parent=one.parent,
        key=one.key,
        labels=one.labels or {},
        happened=one.happened,
    )
