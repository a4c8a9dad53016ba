"""Entity lists: what published forms declare of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toguna.collect import api as collect
from toguna.collect.core.schema import Column, ColumnType, Schema, Sensitivity, declared_lists, highest
from toguna.kernel.api import Refused, nearest
from toguna.registry import problems


@dataclass(frozen=True, kw_only=True)
class Property:
    """A property of a list, over all forms and versions that save to it."""

    name: str
    #: That of the columns; ``decimal`` where some are whole and some are not, ``text`` where they differ otherwise.
    type: ColumnType
    #: The highest of the columns'.
    sensitivity: Sensitivity
    #: Whether every column lets its text enter the lake.
    lake: bool
    #: Whether any column is a date of birth.
    birth: bool
    #: The reference table or entity list that every column names, if they name the same.
    reference: str | None = None


def entity_lists() -> tuple[str, ...]:
    """The lists that published forms declare, in alphabetical order."""
    return tuple(sorted(declared_lists(_schemas())))


def list_properties(list_name: str) -> Mapping[str, ColumnType]:
    """Property to the type of the forms' columns that save to it. Refuses a list that no form declares."""
    return {name: one.type for name, one in list_schema(list_name).items()}


def list_schema(list_name: str) -> Mapping[str, Property]:
    """The properties of a list, in alphabetical order. Refuses a list that no form declares."""
    schemas = _schemas()
    known = declared_lists(schemas)
    if list_name not in known:
        near = nearest(list_name, known)
        raise Refused(problems.LIST_UNKNOWN.at(list=list_name, near=f" ({near}?)" if near else ""))
    found: dict[str, list[Column]] = {}
    for schema in schemas:
        for column in saving_to(schema, list_name):
            found.setdefault(column.saveto or "", []).append(column)
    return {name: _property(name, columns) for name, columns in sorted(found.items())}


def saving_to(schema: Schema, list_name: str) -> list[Column]:
    """The columns of a form that save to the list."""
    tables = {one.table for one in schema.entities if one.list_name == list_name}
    return [
        column
        for table, column in schema.columns()
        if table.name in tables and column.saveto and column.saveto_list in (None, list_name)
    ]


def _property(name: str, columns: list[Column]) -> Property:
    types = {column.type for column in columns}
    references = {column.reference for column in columns}
    kind: ColumnType = "text"
    if len(types) == 1:
        kind = columns[0].type
    elif types == {"integer", "decimal"}:
        kind = "decimal"
    return Property(
        name=name,
        type=kind,
        sensitivity=highest(*(column.sensitivity for column in columns)),
        lake=all(column.lake for column in columns),
        birth=any(column.birth for column in columns),
        reference=references.pop() if len(references) == 1 else None,
    )


def _schemas() -> list[Schema]:
    return [schema for versions in collect.schemas().values() for schema in versions]
