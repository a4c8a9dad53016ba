"""Which columns of a form or an entity list enter the lake, and how each is taken there.

What stays out: text that is not declared for the lake, positions, attachments, what is strictly confidential. A confidential text
that is declared enters as a keyed hash, a date of birth as the first day of its month (design section 4).
A column is (name, type): where two versions of a form give one name two types, the first keeps the name, the other is ``name__type``.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa

from toguna.collect.core.schema import SENSITIVITIES, Column, ColumnType, Schema, Sensitivity, highest
from toguna.kernel.api import digest

Take = Literal["plain", "hashed", "month"]

_ARROW: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(28, 6),
    "date": pa.date32(),
    "time": pa.string(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "select_one": pa.string(),
    "select_multiple": pa.list_(pa.string()),
    "boolean": pa.bool_(),
}

#: What every table carries beside its own columns; `_month` is the partition and stands in the path.
SYSTEM: Mapping[str, pa.DataType] = {
    "_lineage": pa.string(),
    "_row": pa.string(),
    "_parent_row": pa.string(),
    "_happened": pa.date32(),
    "_seq_from": pa.int64(),
    "_seq_to": pa.int64(),
}
SUBMISSION: Mapping[str, pa.DataType] = {
    "_instance_id": pa.string(),
    "_version": pa.int32(),
    "_form_version": pa.string(),
    "_received_at": pa.timestamp("us", tz="UTC"),
    "_state": pa.string(),
}
ENTITY: Mapping[str, pa.DataType] = {
    "_entity": pa.string(),
    "_version": pa.int32(),
    "_label": pa.string(),
    "_instance_id": pa.string(),
}


@dataclass(frozen=True, kw_only=True)
class LakeColumn:
    """One column of a lake table. `name` is physical; `column` is the form's."""

    name: str
    column: str
    type: ColumnType
    take: Take = "plain"
    sensitivity: Sensitivity = "internal"
    #: The reference table or entity list its values are keys of.
    reference: str | None = None
    #: The choice list its values come from.
    choice_list: str | None = None
    birth: bool = False

    @property
    def arrow(self) -> pa.DataType:
        return pa.date32() if self.take == "month" else _ARROW[self.type]


@dataclass(frozen=True, kw_only=True)
class LakeTable:
    """One Delta table: a form, one of its repeats, an entity list or a reference table."""

    name: str
    #: The form's table: ``""`` or the repeat's name.
    part: str = ""
    #: The lake table in which this repeat stands.
    parent: str | None = None
    columns: tuple[LakeColumn, ...]
    system: Mapping[str, pa.DataType]
    #: The highest of its columns'.
    sensitivity: Sensitivity = "public"

    @cached_property
    def arrow(self) -> pa.Schema:
        """The files' schema."""
        own = [pa.field(column.name, column.arrow) for column in self.columns]
        return pa.schema([*(pa.field(name, kind) for name, kind in {**SYSTEM, **self.system}.items()), *own])

    @cached_property
    def delta(self) -> pa.Schema:
        """The table's schema: the files' and the partition."""
        return self.arrow.append(pa.field("_month", pa.string()))

    @cached_property
    def logical(self) -> Mapping[str, tuple[LakeColumn, ...]]:
        """A form's column and the physical columns that hold it."""
        found: dict[str, tuple[LakeColumn, ...]] = {}
        for column in self.columns:
            found[column.column] = (*found.get(column.column, ()), column)
        return found

    @cached_property
    def sorting(self) -> tuple[str, ...]:
        """Date, then place: what figures most often ask for stands together."""
        places = [column.name for column in self.columns if column.reference == "places"]
        return ("_happened", *places[:1], "_lineage")

    @cached_property
    def identity(self) -> str:
        """Changes when rows already written would be written otherwise; a new column does not change it."""
        return digest([self.name, self.parent, sorted(self.system)])


def form_tables(schemas: Sequence[Schema]) -> tuple[LakeTable, ...]:
    """The lake tables of a form, over all its versions, oldest first. Refuses (`ValueError`) none at all."""
    if not schemas:
        raise ValueError("a form without a version has no shape")
    form = schemas[0].slug
    parts: dict[str, str | None] = {}
    for schema in schemas:
        parts |= {table.name: table.parent for table in schema.tables}
    return tuple(
        _table(
            name=f"{form}__{part}" if part else form,
            part=part,
            parent=None if parent is None else (f"{form}__{parent}" if parent else form),
            columns=[column for schema in schemas for table, column in schema.columns() if table.name == part],
            system=SUBMISSION,
        )
        for part, parent in parts.items()
    )


def list_table(list_name: str, schemas: Iterable[Schema], properties: Mapping[str, ColumnType]) -> LakeTable:
    """The lake table of an entity list: its properties, each kept as closely as the form columns that save to it."""
    savers: dict[str, list[Column]] = {name: [] for name in properties}
    for schema in schemas:
        for table, column in schema.columns():
            lists = {entity.list_name for entity in schema.entities if entity.table == table.name}
            if column.saveto and list_name in ({column.saveto_list} if column.saveto_list else lists):
                savers.setdefault(column.saveto, []).append(column)
    columns = [_property(name, kind, savers[name]) for name, kind in properties.items()]
    return _table(name=f"list_{list_name}", columns=columns, system=ENTITY)


def reference_table(
    name: str, types: Mapping[str, ColumnType], refers: Mapping[str, str | None] | None = None
) -> LakeTable:
    """The lake table of a reference table: internal text, numbers and dates. `refers`: the register that a column names."""
    columns = [
        Column(
            name=column,
            type=kind,
            path=(column,),
            sensitivity="internal",
            lake=True,
            reference=(refers or {}).get(column),
        )
        for column, kind in types.items()
    ]
    return _table(name=f"ref_{name}", columns=columns, system={})


def _property(name: str, kind: ColumnType, savers: Sequence[Column]) -> Column:
    first = savers[0] if savers else None
    return Column(
        name=name,
        type=kind,
        path=(name,),
        sensitivity=highest(*(saver.sensitivity for saver in savers)) if savers else "confidential",
        lake=any(saver.lake for saver in savers),
        birth=any(saver.birth for saver in savers),
        reference=first.reference if first else None,
        choice_list=first.choice_list if first else None,
    )


def _table(
    *,
    name: str,
    columns: Iterable[Column],
    system: Mapping[str, pa.DataType],
    part: str = "",
    parent: str | None = None,
) -> LakeTable:
    """Columns merged by (name, type): the closest keeping of any version holds for all."""
    merged: dict[tuple[str, ColumnType], list[Column]] = {}
    for column in columns:
        merged.setdefault((column.name, column.type), []).append(column)
    first = dict(reversed(merged))
    found = []
    for (name_of, kind), versions in merged.items():
        sensitivity = highest(*(version.sensitivity for version in versions))
        take = _take(kind, sensitivity, versions)
        if take is not None:
            found.append(
                LakeColumn(
                    name=name_of if first[name_of] == kind else f"{name_of}__{kind}",
                    column=name_of,
                    type=kind,
                    take=take,
                    sensitivity=sensitivity,
                    reference=versions[-1].reference,
                    choice_list=versions[-1].choice_list,
                    birth=take == "month",
                )
            )
    level = highest(*(column.sensitivity for column in found))
    return LakeTable(name=name, part=part, parent=parent, columns=tuple(found), system=system, sensitivity=level)


def _take(kind: ColumnType, sensitivity: Sensitivity, versions: Sequence[Column]) -> Take | None:
    """How a column enters the lake; None: it stays out."""
    if kind not in _ARROW or sensitivity == "strictly_confidential":
        return None
    if kind in ("date", "datetime") and any(version.birth for version in versions):
        return "month"
    if kind == "text":
        if not all(version.lake for version in versions):
            return None
        return "hashed" if SENSITIVITIES.index(sensitivity) >= SENSITIVITIES.index("confidential") else "plain"
    return "plain"


def taking(table: LakeTable, column: LakeColumn, secret: bytes) -> Callable[[Any], Any] | None:
    """What turns a checked value into the lake's; None: it is taken as it is."""
    if column.take == "month":
        return lambda value: date(value.year, value.month, 1)
    if column.take == "hashed":
        scope = f"{table.name.partition('__')[0]}\x1f{column.column}\x1f"
        return lambda value: hmac.digest(secret, f"{scope}{value}".encode(), "sha256").hex()[:32]
    if column.type == "time":
        return str
    return None
