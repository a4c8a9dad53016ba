"""What an indicator may be taken from: tables with typed columns, as the lake holds them.

A table is a form, a repeat of a form (``form/repeat``), an entity list or a reference table. The machinery that knows the
published forms gives them through `Sources`; definitions and expressions are checked against nothing else, so that checking is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from toguna.collect.core.schema import ColumnType, Sensitivity
from toguna.kernel.core.periods import Grain

#: What an expression may hold. A moment is read as its day in the operation's time zone, a time of day as text.
ValueType = Literal["integer", "decimal", "text", "date", "boolean", "codes", "null"]
TableKind = Literal["form", "repeat", "entities", "reference"]

VALUE_TYPES: Mapping[ColumnType, ValueType] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "text",
    "datetime": "date",
    "select_one": "text",
    "select_multiple": "codes",
    "boolean": "boolean",
}
#: The name of the place register, to which a place column refers.
PLACES = "places"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """One physical column of the lake."""

    name: str
    type: ColumnType


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """A column as its form names it, over all versions of the form."""

    name: str
    #: One for each type that it had; read as the first that holds a value.
    stored: tuple[Stored, ...]
    sensitivity: Sensitivity = "internal"
    #: The table that its values are keys of: ``places``, an entity list, a reference table.
    reference: str | None = None
    #: What it may hold, where the form says; empty where it does not.
    choices: frozenset[str] = frozenset()
    #: A date of birth, kept as the first day of its month.
    birth: bool = False
    #: For how long its day stands: a question that takes nothing but the first of a month asks for a month.
    grain: Grain = "day"

    @cached_property
    def type(self) -> ValueType | None:
        """The type that serves all versions; none when they cannot be read as one."""
        types = {VALUE_TYPES.get(stored.type) for stored in self.stored}
        if types == {"integer", "decimal"}:
            return "decimal"
        return types.pop() if len(types) == 1 else None

    @property
    def is_place(self) -> bool:
        return self.reference == PLACES


def column(name: str, type: ColumnType, *, sensitivity: Sensitivity = "internal", **further: object) -> SourceColumn:
    """A column that had one type only."""
    stored = (Stored(name=name, type=type),)
    return SourceColumn(name=name, stored=stored, sensitivity=sensitivity, **further)  # type: ignore[arg-type]


_SYSTEM: Mapping[str, ColumnType] = {"_happened": "date"}
_SUBMISSION: Mapping[str, ColumnType] = {
    "_instance_id": "text",
    "_form_version": "text",
    "_received_at": "datetime",
    "_state": "text",
}
_ENTITY: Mapping[str, ColumnType] = {"_entity": "text", "_version": "integer", "_label": "text"}


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    """One table. `name` is the definition's (``monthly_return/result``), `lake` the lake's (``monthly_return__result``)."""

    name: str
    kind: TableKind
    lake: str
    columns: Mapping[str, SourceColumn]
    #: Of a repeat: the table in which it stands.
    parent: str | None = None
    #: Of a reference table: the column that other tables refer to; of an entity list it is `_entity`.
    key: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    #: For how long the day stands on which its rows happened.
    happened: Grain = "day"

    @cached_property
    def system(self) -> Mapping[str, SourceColumn]:
        """What every row of it carries beside its own columns, and an expression may read."""
        further = {"form": _SUBMISSION, "repeat": _SUBMISSION, "entities": _ENTITY, "reference": {}}[self.kind]
        found = {name: column(name, type) for name, type in {**_SYSTEM, **further}.items()}
        return found | {"_happened": column("_happened", "date", grain=self.happened)}

    def column(self, name: str) -> SourceColumn | None:
        """Its own column of this name, else what every row carries."""
        return self.columns.get(name) or self.system.get(name)


class Sources(Protocol):
    """All tables of an instance."""

    def table(self, name: str) -> SourceTable | None:
        """The table that a definition names so, if there is one."""
        ...

    def names(self) -> Iterable[str]:
        """Of every table, in a stable order."""
        ...


@dataclass(frozen=True, kw_only=True)
class GivenSources:
    """Sources held in memory."""

    tables: Mapping[str, SourceTable]

    def table(self, name: str) -> SourceTable | None:
        return self.tables.get(name)

    def names(self) -> Iterable[str]:
        return sorted(self.tables)


def root_of(table: SourceTable, sources: Sources) -> SourceTable:
    """The form that a repeat belongs to; the table itself if it is none."""
    while table.parent is not None:
        above = sources.table(table.parent)
        if above is None:
            return table
        table = above
    return table
