"""A form's rules, compiled once: required, relevant, constraint, calculate, and what makes an entity.

An expression is evaluated on a flat table: the columns of its own table by name, those of a table above it as `table/column`, and
functions over a repeat below as `sum:table/column`. `Rules` says which of those each table needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toguna.collect import problems
from toguna.collect.core.schema import Column, EntityDeclaration, Schema, Table
from toguna.collect.core.submissions.xpath import Field, Kind, Node, NotEvaluable, parse
from toguna.kernel.api import Place, Problem

_KINDS: Mapping[str, Kind] = {
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "datetime": "datetime",
    "select_multiple": "list",
    "boolean": "boolean",
}

#: A new id is drawn from the row, so that the same row always gets the same one.
_NEW_ID = re.compile(r"\buuid\(\s*\)")

#: The key of a row's place in its repeat, from 1.
POSITION = "position:"


@dataclass(frozen=True, kw_only=True)
class ColumnRules:
    """What is asked of one column's values; a rule that is absent asks nothing."""

    column: Column
    relevant: Node | None
    required: Node | None
    constraint: Node | None
    calculate: Node | None


@dataclass(frozen=True, kw_only=True)
class EntityRules:
    declaration: EntityDeclaration
    create_if: Node | None
    update_if: Node | None
    entity_id: Node | None
    label: Node | None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a form version, by table; and, as warnings, those that cannot be checked here."""

    columns: Mapping[str, tuple[ColumnRules, ...]]
    entities: tuple[EntityRules, ...]
    problems: tuple[Problem, ...]
    #: By repeat, when it may have rows at all; absent where it always may.
    repeats: Mapping[str, Node] = field(default_factory=dict)


def compile_rules(schema: Schema) -> Rules:
    """Compile every expression of the form. What Toguna does not evaluate is a warning, and is not checked."""
    compiler = _Compiler(schema)
    return Rules(
        columns={
            table.name: tuple(compiler.column(table, column) for column in table.columns) for table in schema.tables
        },
        entities=tuple(compiler.entity(declaration) for declaration in schema.entities),
        repeats={table.name: node for table in schema.tables[1:] if (node := compiler.repeat(table)) is not None},
        problems=tuple(compiler.problems),
    )


def expression_of(schema: Schema, table: Table, expression: str) -> Node:
    """One expression, seen from the rows of a table. Raises `NotEvaluable` where Toguna cannot evaluate it."""
    return parse(expression, _Scope(schema, table, None))


@dataclass(kw_only=False)
class _Compiler:
    schema: Schema
    problems: list[Problem] = field(default_factory=list)

    def column(self, table: Table, column: Column) -> ColumnRules:
        return ColumnRules(
            column=column,
            relevant=self._rule(table, column, column.relevant),
            required=self._rule(table, column, column.required),
            constraint=self._rule(table, column, column.constraint),
            calculate=self._rule(table, column, column.calculate),
        )

    def repeat(self, table: Table) -> Node | None:
        return self._rule(table, None, table.relevant)

    def entity(self, declaration: EntityDeclaration) -> EntityRules:
        table = self.schema.table(declaration.table)
        return EntityRules(
            declaration=declaration,
            create_if=self._rule(table, None, declaration.create_if),
            update_if=self._rule(table, None, declaration.update_if),
            entity_id=self._rule(table, None, _NEW_ID.sub("''", declaration.entity_id or "")),
            label=self._rule(table, None, declaration.label),
        )

    def _rule(self, table: Table, column: Column | None, expression: str | None) -> Node | None:
        if not expression or not expression.strip():
            return None
        try:
            return parse(expression, _Scope(self.schema, table, column))
        except NotEvaluable as reason:
            place = Place(sheet="survey" if column else "entities", row=(column.row or None) if column else None)
            self.problems.append(problems.RULE_NOT_CHECKED.at(place, rule=expression, reason=reason))
            return None


@dataclass(frozen=True)
class _Scope:
    """What a path means, seen from a question."""

    schema: Schema
    table: Table
    column: Column | None

    def __call__(self, path: tuple[str, ...]) -> Node:
        if path[0] in ("sum", "count", "min", "max"):
            return self._aggregate(path[0], path[1:])
        if path[0] == "position":
            return Field(key=POSITION, kind="number")
        table, column = self._find(path)
        if table is not self.table and table not in self._above():
            raise NotEvaluable(f"{_written(path)}, which stands in the repeat {table.name}")
        key = column.name if table is self.table else f"{table.name}/{column.name}"
        return Field(key=key, kind=_KINDS.get(column.type, "text"))

    def _above(self) -> list[Table]:
        found, parent = [], self.table.parent
        while parent is not None:
            found.append(self.schema.table(parent))
            parent = found[-1].parent
        return found

    def _find(self, path: tuple[str, ...]) -> tuple[Table, Column]:
        if path == (".",):
            if self.column is None:
                raise NotEvaluable(". outside a question")
            return self.table, self.column
        order = [self.table, *self._above(), *self.schema.tables]
        for table in order:
            for column in table.columns:
                if self._means(path, column):
                    return table, column
        raise NotEvaluable(f"{_written(path)}, which is no question of the form")

    def _means(self, path: tuple[str, ...], column: Column) -> bool:
        if path[0] == "${}":
            return column.path[-1] == path[1]
        if path[0] == "/":
            return column.path == path[2:]
        steps = [step for step in path if step not in (".", "..")]
        ups = sum(step == ".." for step in path)
        if self.column is None or ups > len(self.column.path):
            return False
        return column.path == (*self.column.path[: len(self.column.path) - ups], *steps)

    def _aggregate(self, function: str, path: tuple[str, ...]) -> Node:
        """A function over the rows of a repeat directly below, or, inside the repeat, over its rows of the same parent."""
        name = path[-1]
        repeat = next((table for table in self.schema.tables if table.path and table.path[-1] == name), None)
        column = None
        if repeat is None:
            repeat, column = self._find(path)
        if repeat.parent != self.table.name or (column is None and function != "count"):
            raise NotEvaluable(f"{function}({_written(path)})")
        return Field(key=f"{function}:{repeat.name}/{column.name if column else ''}", kind="number")


def _written(path: Iterable[str]) -> str:
    steps = tuple(path)
    return f"${{{steps[1]}}}" if steps[0] == "${}" else "/".join(steps).replace("//", "/")
