"""The flat table on which expressions are evaluated: a table's own columns, what they read of the tables above, and sums below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.rules import POSITION
from toguna.collect.core.submissions.xpath import Node, fields

_AGGREGATES = {"sum": pl.Expr.sum, "min": pl.Expr.min, "max": pl.Expr.max, "count": pl.Expr.count}


def flatten(schema: Schema, tables: Mapping[str, pl.DataFrame], table: Table, nodes: Iterable[Node]) -> pl.DataFrame:
    """The table with every column that the expressions read, in the table's own order."""
    frame = tables[table.name]
    keys = sorted({field.key for node in nodes for field in fields(node)} - set(frame.columns))
    if not keys:
        return frame
    for key in keys:
        if key == POSITION:
            frame = frame.with_columns((pl.col("_row").str.extract(r"(\d+)$").cast(pl.Int64) + 1).alias(POSITION))
        elif ":" in key:
            frame = _with_aggregate(frame, tables, key)
    above = [key for key in keys if ":" not in key]
    return _with_above(schema, tables, table, frame, above) if above else frame


def _with_aggregate(frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame], key: str) -> pl.DataFrame:
    """`sum:visits/amount`: worked out over the rows of the repeat that belong to each row."""
    function, _, path = key.partition(":")
    repeat, _, column = path.partition("/")
    what = pl.len() if not column else _AGGREGATES[function](pl.col(column))
    worked = tables[repeat].group_by("_key", pl.col("_parent_row").alias("_row")).agg(what.cast(pl.Float64).alias(key))
    joined = frame.join(worked, on=["_key", "_row"], how="left", maintain_order="left")
    return joined.with_columns(pl.col(key).fill_null(0)) if function in ("sum", "count") else joined


def _with_above(
    schema: Schema, tables: Mapping[str, pl.DataFrame], table: Table, frame: pl.DataFrame, keys: list[str]
) -> pl.DataFrame:
    """Columns `table/column` of the tables above, joined from the nearest upwards."""
    at, parent = frame.with_columns(pl.col("_parent_row").alias("_at")), table.parent
    while parent is not None:
        names = {key.partition("/")[2]: key for key in keys if key.partition("/")[0] == parent}
        columns = [pl.col(name).alias(key) for name, key in names.items()]
        upper = tables[parent].select("_key", pl.col("_row").alias("_at"), pl.col("_parent_row").alias("_up"), *columns)
        at = at.join(upper, on=["_key", "_at"], how="left", maintain_order="left")
        at = at.drop("_at").rename({"_up": "_at"})
        parent = schema.table(parent).parent
    return at
