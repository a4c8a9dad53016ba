"""Values that are not known: texts that could not be read, and calculations that are not worked out. No rule is held against them."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from toguna.collect.core.schema import Column, Schema, Table
from toguna.collect.core.submissions.flat import flatten
from toguna.collect.core.submissions.scope import read_of
from toguna.collect.core.submissions.xpath.tree import ROWS, Node, fields


@dataclass
class Unknown:
    """Which rows of which columns; and the rules that failed on some row, by column and name."""

    schema: Schema
    #: The checked tables, which grow under its hands.
    tables: dict[str, pl.DataFrame]
    failed: list[tuple[Column, str]] = field(default_factory=list)
    _rows: dict[tuple[str, str], pl.Series] = field(default_factory=dict)

    def add(self, table: Table, column: str, rows: pl.Series) -> None:
        if rows.any():
            before = self._rows.get((table.name, column))
            self._rows[table.name, column] = rows if before is None else rows | before

    def of(self, table: Table, column: str) -> pl.Series:
        """Of each row of the table whether this column's value is not known."""
        found = self._rows.get((table.name, column))
        return _nowhere(self.tables[table.name].height) if found is None else found

    def read_by(self, table: Table, node: Node) -> pl.Series:
        """Of each row of the table whether the expression reads a value that is not known."""
        keys = {one.key for one in fields(node) if read_of(one.key, table.name) in self._rows}
        if not keys:
            return _nowhere(self.tables[table.name].height)
        flat = flatten(self.schema, {name: self._marks(name) for name in self.tables}, table, [node])
        marks = [pl.col(key).list.any() if key.startswith(ROWS) else pl.col(key) for key in keys]
        return flat.select(pl.any_horizontal(marks).fill_null(False).alias("")).to_series()

    def _marks(self, table: str) -> pl.DataFrame:
        """The table with, in place of each value, whether it is not known."""
        frame = self.tables[table]
        system = [
            name for name in frame.columns if name.startswith("_") and name not in self.schema.table(table).by_name
        ]
        nowhere = _nowhere(frame.height)
        marks = [self._rows.get((table, name), nowhere).alias(name) for name in self.schema.table(table).by_name]
        return frame.select(system).with_columns(marks)


def _nowhere(height: int) -> pl.Series:
    return pl.Series([False]).new_from_index(0, height)
