"""Two versions of one form: what a new one may not do to the old, and what both ask, column by column.

A column is (name, type): a question whose type changes is two columns, and what was answered before is kept under the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from toguna.collect.core.forms.problems import (
    CHOICE_GONE,
    OTHER_FORM,
    QUESTION_GONE,
    QUESTION_MOVED,
    SENSITIVITY_LOWERED,
    TYPE_CHANGED,
    VERSION_TAKEN,
)
from toguna.collect.core.schema import SENSITIVITIES, Column, ColumnType, Schema, Table, highest
from toguna.kernel.api import Place, Problem


@dataclass(frozen=True, kw_only=True)
class UnionColumn:
    """A (name, type) of a table over all versions of the form."""

    name: str
    type: ColumnType
    #: Its name in the lake: the question's own; with its type after two underscores where an earlier version asked it otherwise.
    physical: str
    #: As its newest version asks it, under the highest sensitivity that it ever had.
    column: Column


@dataclass(frozen=True, kw_only=True)
class UnionTable:
    name: str
    #: As in the newest version that has the table.
    parent: str | None
    columns: tuple[UnionColumn, ...] = ()

    @cached_property
    def physical(self) -> dict[tuple[str, ColumnType], str]:
        """The lake's column of each (name, type)."""
        return {(column.name, column.type): column.physical for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class UnionSchema:
    """Every column that any version of a form asks."""

    form_id: str
    #: In the order in which they were published.
    versions: tuple[Schema, ...]
    tables: tuple[UnionTable, ...] = field(default=())

    def table(self, name: str = "") -> UnionTable:
        """Refuses (`KeyError`) a name that no version has."""
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, UnionTable]:
        return {table.name: table for table in self.tables}


def unite(versions: Sequence[Schema]) -> UnionSchema:
    """The union of a form's versions, given in the order of publication. Refuses (`ValueError`) none."""
    if not versions:
        raise ValueError("a union needs at least one version")
    found: dict[str, dict[tuple[str, ColumnType], Column]] = {}
    parents: dict[str, str | None] = {}
    for schema in versions:
        for table in schema.tables:
            parents[table.name] = table.parent
            _join(found.setdefault(table.name, {}), table)
    tables = tuple(
        UnionTable(name=name, parent=parents[name], columns=tuple(_columns(own))) for name, own in found.items()
    )
    return UnionSchema(form_id=versions[-1].form_id, versions=tuple(versions), tables=tables)


def _join(own: dict[tuple[str, ColumnType], Column], table: Table) -> None:
    for column in table.columns:
        key = (column.name, column.type)
        kept = highest(column.sensitivity, own[key].sensitivity) if key in own else column.sensitivity
        own[key] = replace(column, sensitivity=kept)


def _columns(own: dict[tuple[str, ColumnType], Column]) -> Iterator[UnionColumn]:
    seen: set[str] = set()
    for (name, kind), column in own.items():
        yield UnionColumn(name=name, type=kind, physical=f"{name}__{kind}" if name in seen else name, column=column)
        seen.add(name)


def compare_versions(old: Schema, new: Schema, file: str = "") -> list[Problem]:
    """What a new version would do to what was answered under the old one; an error is what it may not do.

    Lowering a sensitivity is an error here, which a named person's act may lift. The same version with the same content is no fault.
    """
    settings = Place(file=file or None, sheet="settings")
    if old.form_id != new.form_id:
        return [OTHER_FORM.at(settings, new=new.form_id, old=old.form_id)]
    if old.version == new.version and old.digest != new.digest:
        return [VERSION_TAKEN.at(settings, version=new.version)]
    return [*_questions(old, new, file), *_choices(old, new, file)]


def _questions(old: Schema, new: Schema, file: str) -> Iterator[Problem]:
    now = {(table.name, column.name): column for table, column in new.columns()}
    elsewhere = {column.name: table.name for table, column in new.columns()}
    for table, was in old.columns():
        column = now.get((table.name, was.name))
        if column is None:
            place = Place(file=file or None, sheet="survey")
            if was.name in elsewhere:
                yield QUESTION_MOVED.at(place, name=was.name, old=table.name or "-", new=elsewhere[was.name] or "-")
            else:
                yield QUESTION_GONE.at(place, name=was.name)
            continue
        place = Place(file=file or None, sheet="survey", row=column.row or None)
        if column.type != was.type:
            yield TYPE_CHANGED.at(place, name=was.name, old=was.type, new=column.type)
        if SENSITIVITIES.index(column.sensitivity) < SENSITIVITIES.index(was.sensitivity):
            yield SENSITIVITY_LOWERED.at(place, name=was.name, old=was.sensitivity, new=column.sensitivity)


def _choices(old: Schema, new: Schema, file: str) -> Iterator[Problem]:
    for name, choices in old.choices.items():
        kept = {choice.name for choice in new.choices.get(name, ())}
        gone = [choice.name for choice in choices if choice.name not in kept]
        if gone and name in new.choices:
            yield CHOICE_GONE.at(Place(file=file or None, sheet="choices"), names=", ".join(gone[:20]), list=name)
