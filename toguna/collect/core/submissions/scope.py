"""What a path of an expression means, seen from the question that has the expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toguna.collect.core.schema import Column, Schema, Table, text_in
from toguna.collect.core.submissions.xpath.tree import (
    ALL_ROWS,
    CHOICES,
    NUMBERS,
    POSITION,
    ROWS,
    Field,
    Kind,
    Literal,
    Node,
    NotEvaluable,
)

_KINDS: Mapping[str, Kind] = {
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "select_multiple": "list",
    "boolean": "boolean",
}
#: Types whose values are never numbers, so that no function over rows can add them up or compare them.
_NO_NUMBERS = frozenset(("geopoint", "geotrace", "geoshape", "attachment", "time", "select_multiple"))


def read_of(key: str, table: str) -> tuple[str, str]:
    """The table and column that a field's key, read in this table, stands for; no column of a row's place or a count of rows."""
    if key.startswith(POSITION):
        return table, ""
    above, _, column = key.removeprefix(ROWS).rpartition("/")
    return (above, column) if "/" in key else (table, column)


def kind_of(column: Column) -> Kind:
    return _KINDS.get(column.type, "text")


@dataclass(frozen=True)
class RuleScope:
    """Resolves the paths of one question's expressions; of an entity's, where there is no question."""

    schema: Schema
    table: Table
    column: Column | None

    def __call__(self, path: tuple[str, ...]) -> Node:
        """The field, for each kind of path that `parse` asks for. Refuses (`NotEvaluable`) what is no question, or not one value."""
        if path[0] in (ROWS, NUMBERS, ALL_ROWS):
            return self._rows(path[0], path[1:])
        if path[0] == POSITION:
            return self._position(path[1:])
        if path[0] == CHOICES:
            return self._choices(path[1:])
        table, column = self._find(path)
        if table is self.table:
            return Field(key=column.name, kind=kind_of(column))
        if table not in self._above():
            raise NotEvaluable(
                f"{shown(path)}, which has a value for each row of the repeat {table.name}",
                f"{shown(path)}, qui a une valeur par ligne de la répétition {table.name}",
            )
        return Field(key=f"{table.name}/{column.name}", kind=kind_of(column))

    def _above(self) -> list[Table]:
        """The tables in which this one stands, the nearest first."""
        found, parent = [], self.table.parent
        while parent is not None:
            found.append(self.schema.table(parent))
            parent = found[-1].parent
        return found

    def _rows(self, wanted: str, path: tuple[str, ...]) -> Node:
        """The values over a repeat; a single value where the question stands here or above."""
        repeat = self._repeat(path)
        if repeat is not None:
            return Field(key=f"{ROWS}{repeat.name}/", kind="rows")
        table, column = self._find(path)
        if wanted == NUMBERS and column.type in _NO_NUMBERS:
            what = f"{shown(path)} ({column.type})"
            raise NotEvaluable(f"numbers of {what}", f"des nombres de {what}")
        if wanted != ALL_ROWS and (table is self.table or table in self._above()):
            return self(path)
        return Field(key=f"{ROWS}{table.name}/{column.name}", kind="rows", of=kind_of(column))

    def _repeat(self, path: tuple[str, ...]) -> Table | None:
        steps = self._absolute(path)
        if set(path) <= {".", ".."}:
            return None
        for table in self.schema.tables:
            if table.path and (table.path == steps if steps is not None else path == ("${}", table.path[-1])):
                return table
        return None

    def _position(self, path: tuple[str, ...]) -> Node:
        """`position(..)`: which row of its repeat this is, or the one in which it stands."""
        steps = self._absolute(path)
        for table in (self.table, *self._above()):
            if table.path and (table.path == steps if steps is not None else path == ("${}", table.path[-1])):
                return Field(key=f"{POSITION}{_depth(self.schema, table)}", kind="number")
        raise NotEvaluable(f"position({shown(path)})")

    def _choices(self, path: tuple[str, ...]) -> Node:
        _, column = self._find(path)
        choices = self.schema.choices.get(column.choice_list or "")
        if not choices:
            raise NotEvaluable(f"labels of {shown(path)}", f"les libellés de {shown(path)}")
        pairs = tuple((one.name, text_in(one.label, self.schema.default_language)) for one in choices)
        if any("${" in label for _, label in pairs):
            raise NotEvaluable("labels that show answers", "des libellés qui montrent des réponses")
        return Literal(value=pairs, kind="choices")

    def _find(self, path: tuple[str, ...]) -> tuple[Table, Column]:
        if path == (".",):
            if self.column is None:
                raise NotEvaluable(". outside a question", ". hors d'une question")
            return self.table, self.column
        steps = self._absolute(path)
        order = dict.fromkeys(table.name for table in (self.table, *self._above(), *self.schema.tables))
        for table in map(self.schema.table, order):
            for column in table.columns:
                if column.path == steps if steps is not None else path == ("${}", column.path[-1]):
                    return table, column
        raise NotEvaluable(
            f"{shown(path)}, which is no question of the form",
            f"{shown(path)}, qui n'est pas une question du formulaire",
        )

    def _absolute(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """The steps from the instance's root; None of `${x}`, which is a name."""
        if path[0] == "${}":
            return None if len(path) == 2 else ("", *path)
        if path[0] == "/":
            return path[2:]
        steps = list(self.column.path) if self.column is not None else [*self.table.path, ""]
        for step in path:
            if step == "..":
                if not steps:
                    return ("",)
                steps.pop()
            elif step != ".":
                steps.append(step)
        return tuple(steps)


def _depth(schema: Schema, table: Table) -> int:
    depth = 0
    while table.parent is not None:
        depth, table = depth + 1, schema.table(table.parent)
    return depth


def shown(path: Iterable[str]) -> str:
    """The path as a form writes it."""
    steps = list(path)
    if steps[0] == "${}":
        return "/".join((f"${{{steps[1]}}}", *steps[2:]))
    return "/".join(steps).replace("//", "/")
