"""The flat table on which expressions are evaluated: a table's own columns, what they read of the tables above, and values over repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.xpath.tree import POSITION, ROWS, Node, fields


def flatten(schema: Schema, tables: Mapping[str, pl.DataFrame], table: Table, nodes: Iterable[Node]) -> pl.DataFrame:
    """The table with every column that the expressions read, in the table's own order."""
    frame = tables[table.name]
    keys = sorted({field.key for node in nodes for field in fields(node)} - set(frame.columns))
    if not keys:
        return frame
    for key in keys:
        if key.startswith(POSITION):
            frame = frame.with_columns(_position(int(key.removeprefix(POSITION))).alias(key))
        elif key.startswith(ROWS):
            frame = _with_rows(schema, tables, table, frame, key)
    above = [key for key in keys if not key.startswith((POSITION, ROWS))]
    return _with_above(schema, tables, table, frame, above) if above else frame


def _position(depth: int) -> pl.Expr:
    """The place, from 1, of the row that stands so deep: `_row` is `0.2` for the third row in the first."""
    return pl.col("_row").str.split(".").list.get(depth - 1, null_on_oob=True).cast(pl.Int64) + 1


def _ancestor(depth: int) -> pl.Expr:
    """The `_row` of the row above that stands so deep; "" of the form itself."""
    if depth == 0:
        return pl.lit("").alias("_at")
    return pl.col("_row").str.split(".").list.head(depth).list.join(".").alias("_at")


def lineage(schema: Schema, table: Table) -> list[str]:
    """The names of the table and of those in which it stands, the form itself first."""
    names = [table.name]
    while table.parent is not None:
        table = schema.table(table.parent)
        names.insert(0, table.name)
    return names


def _with_rows(
    schema: Schema, tables: Mapping[str, pl.DataFrame], table: Table, frame: pl.DataFrame, key: str
) -> pl.DataFrame:
    """`rows:visits/amount`: a list of the values, blank ones too, over the rows that stand in the same row as this one."""
    repeat, _, column = key.removeprefix(ROWS).rpartition("/")
    above = lineage(schema, schema.table(repeat))[:-1]
    common = [name for name, own in zip(above, lineage(schema, table), strict=False) if name == own]
    depth = len(common) - 1
    value = pl.col(column) if column else pl.lit("row")
    worked = (
        tables[repeat]
        .select("_key", _ancestor(depth), value.alias(key))
        .group_by("_key", "_at", maintain_order=True)
        .agg(pl.col(key))
    )
    joined = frame.with_columns(_ancestor(depth)).join(worked, on=["_key", "_at"], how="left", maintain_order="left")
    return joined.drop("_at").with_columns(pl.col(key).fill_null([]))


def _with_above(
    schema: Schema, tables: Mapping[str, pl.DataFrame], table: Table, frame: pl.DataFrame, keys: list[str]
) -> pl.DataFrame:
    """Columns `table/column` of the tables above, joined from the nearest upwards."""
    at, parent = frame.with_columns(pl.col("_parent_row").alias("_at")), table.parent
    while parent is not None:
        names = {key.rpartition("/")[2]: key for key in keys if key.rpartition("/")[0] == parent}
        columns = [pl.col(name).alias(key) for name, key in names.items()]
        upper = tables[parent].select("_key", pl.col("_row").alias("_at"), pl.col("_parent_row").alias("_up"), *columns)
        at = at.join(upper, on=["_key", "_at"], how="left", maintain_order="left")
        at = at.drop("_at").rename({"_up": "_at"})
        parent = schema.table(parent).parent
    return at
