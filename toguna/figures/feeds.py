"""The lake's feeds of an opened instance: its forms, entity lists and reference tables. The rooms below hand out intervals of knowledge;
here their rows get the lake's column names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from toguna.collect.api import ReferenceRow, counted
from toguna.collect.core.schema import ColumnType, Schema
from toguna.figures.core.catalogue import Offered, offered_form
from toguna.figures.lake import Interval, LakeTable, form_tables, list_table, reference_table
from toguna.registry.api import Known, known


@dataclass(frozen=True, kw_only=True)
class FormFeed:
    """A form in all its versions, oldest first. `changed`: whether acts in a range touched it."""

    schemas: tuple[Schema, ...]
    changed: Callable[[int, int], bool]

    @property
    def name(self) -> str:
        return self.schemas[0].slug

    def tables(self) -> Sequence[LakeTable]:
        return self._tables

    def offered(self) -> list[Offered]:
        return offered_form(self.schemas, self._tables)

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        if not self.changed(after, until):
            return
        twins = self._twins
        for lineage, versions in counted(self.schemas[0].form_id, after, until):
            yield (
                lineage,
                [
                    Interval(
                        seq_from=one.seq_from,
                        seq_to=one.seq_to,
                        happened=one.happened,
                        rows=_renamed(one.rows, twins.get(one.form_version, {})),
                        system={
                            "_instance_id": one.instance_id,
                            "_version": one.version,
                            "_form_version": one.form_version,
                            "_received_at": one.received_at,
                            "_state": one.state,
                        },
                    )
                    for one in versions
                ],
            )

    @cached_property
    def _tables(self) -> tuple[LakeTable, ...]:
        return form_tables(self.schemas)

    @cached_property
    def _twins(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """By form version and part: a question's name and the lake's, where they differ."""
        found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        physical = {
            (table.part, column.column, column.type): column.name for table in self._tables for column in table.columns
        }
        for schema in self.schemas:
            for table, column in schema.columns():
                name = physical.get((table.name, column.name, column.type), column.name)
                if name != column.name:
                    found[schema.version][table.name][column.name] = name
        return found


@dataclass(frozen=True, kw_only=True)
class ReferenceFeed:
    """A reference table. Types are those that all its values have; a column of p-codes refers to places, and so on."""

    table: str
    rows: tuple[ReferenceRow, ...]
    #: By name of a register, its codes.
    registers: Mapping[str, frozenset[str]]

    @property
    def name(self) -> str:
        return f"ref_{self.table}"

    def tables(self) -> Sequence[LakeTable]:
        return (self._table,)

    def offered(self) -> list[Offered]:
        return [Offered(name=self.table, kind="reference", table=self._table, key=next(iter(self._types), None))]

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        by_key: dict[str, list[ReferenceRow]] = defaultdict(list)
        for row in self.rows:
            by_key[row.key].append(row)
        for key, rows in by_key.items():
            ends = {row.seq_to for row in rows if row.seq_to is not None}
            if any(after < sequence <= until for sequence in {row.seq_from for row in rows} | ends):
                yield key, [self._interval(row) for row in rows]

    def _interval(self, row: ReferenceRow) -> Interval:
        values = {name: read_as(row.values.get(name, ""), kind) for name, kind in self._types.items()}
        return Interval(
            seq_from=row.seq_from,
            seq_to=row.seq_to,
            happened=None,
            rows={"": [{"_row": "", **values}]},
            system={},
        )

    @cached_property
    def _types(self) -> Mapping[str, ColumnType]:
        names = dict.fromkeys(name for row in self.rows for name in row.values)
        return {name: type_of(row.values.get(name, "") for row in self.rows) for name in names}

    @cached_property
    def _table(self) -> LakeTable:
        refers = {}
        for name in self._types:
            values = {value for row in self.rows if (value := row.values.get(name, ""))}
            refers[name] = next((register for register, codes in self.registers.items() if values <= codes), None)
            if not values:
                refers[name] = None
        return reference_table(self.table, self._types, refers)


def type_of(values: Iterable[str]) -> ColumnType:
    """The narrowest type of which every value that is not blank is a writing: date, decimal, or text."""
    filled = [value for value in values if value]
    if filled and all(read_as(value, "date") is not None for value in filled):
        return "date"
    if filled and all(_is_number(value) for value in filled):
        return "decimal"
    return "text"


def read_as(value: str, kind: ColumnType) -> Any:
    """A reference table's text as a value of the type; None where it is blank or no such writing."""
    if not value:
        return None
    if kind == "date":
        try:
            return date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            return None
    if kind == "decimal":
        try:
            return Decimal(value).quantize(Decimal("0.000001"))
        except InvalidOperation:
            return None
    return value


def _is_number(value: str) -> bool:
    """A plain writing of a number; ``007`` is a code."""
    bare = value.removeprefix("-")
    whole = bare.partition(".")[0]
    return bare.replace(".", "", 1).isdecimal() and bare.isascii() and (whole == "0" or not whole.startswith("0"))


def _renamed(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], twins: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    if not twins:
        return rows
    return {
        part: [{twins.get(part, {}).get(name, name): value for name, value in row.items()} for row in own]
        for part, own in rows.items()
    }


@dataclass(frozen=True, kw_only=True)
class ListFeed:
    """An entity list: every version of every entity, while it was known so."""

    list_name: str
    schemas: tuple[Schema, ...]
    properties: Mapping[str, ColumnType]

    @property
    def name(self) -> str:
        return f"list_{self.list_name}"

    def tables(self) -> Sequence[LakeTable]:
        return (self._table,)

    def offered(self) -> list[Offered]:
        choices = {
            name: frozenset(item.name for item in items)
            for schema in self.schemas
            for name, items in schema.choices.items()
        }
        return [Offered(name=self.list_name, kind="entities", table=self._table, choices=choices)]

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        for entity_id, versions in known(self.list_name, after, until):
            yield entity_id, [self._interval(one) for one in versions]

    def _interval(self, one: Known) -> Interval:
        values = {
            name: property_as(text, self.properties[name])
            for name, text in one.properties.items()
            if name in self.properties
        }
        return Interval(
            seq_from=one.seq_from,
            seq_to=one.seq_to,
            happened=one.happened,
            rows={"": [{"_row": "", **values}]},
            system={
                "_entity": one.entity_id,
                "_version": one.version,
                "_label": one.label if self._table.sensitivity in ("public", "internal") else None,
                "_instance_id": one.instance_id,
            },
        )

    @cached_property
    def _table(self) -> LakeTable:
        return list_table(self.list_name, self.schemas, self.properties)


def property_as(text: str, kind: ColumnType) -> Any:
    """A property's text as a value of its type; None where it is blank or no such writing."""
    if not text:
        return None
    try:
        match kind:
            case "integer":
                return int(text)
            case "boolean":
                return {"true": True, "false": False}.get(text.lower())
            case "datetime":
                return datetime.fromisoformat(text)
            case "select_multiple":
                return text.split()
            case "date" | "decimal":
                return read_as(text, kind)
    except ValueError:
        return None
    return text
