"""Checked values of many submissions as one block of bytes, quick to read in bulk.

A block holds one form version's tables, each an Arrow IPC stream (zstd), one after the other; the table's name stands in the stream's
schema metadata. Every table has `_instance` (the version's instanceID), `_row` and `_parent`, of merged versions also `_since` (the version
from which a row stands), then one column for each column of the form. Decimals keep six places, as in the lake; the raw bytes keep what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from toguna.collect.core.schema import Column, Schema, Table
from toguna.collect.core.submissions.values import SINCE, Checked, Row
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc
else:
    pa = library("pyarrow")
    pc = library("pyarrow.compute")

_TABLE = b"toguna.table"
_SIX = Decimal("0.000001")


@cache
def arrow_types() -> Mapping[str, pa.DataType]:
    """How each type of column stands in a block and in the lake."""
    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(28, 6),
        "date": pa.date32(),
        "time": pa.string(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "select_one": pa.string(),
        "select_multiple": pa.list_(pa.string()),
        "boolean": pa.bool_(),
        "geopoint": pa.string(),
        "geotrace": pa.string(),
        "geoshape": pa.string(),
        "attachment": pa.string(),
    }


def arrow_schema(table: Table, *, is_merged: bool = False) -> pa.Schema:
    """The Arrow schema of a table's rows in a block; with `_since` where rows of earlier versions are among them."""
    system = [pa.field(name, pa.string(), nullable=False) for name in ("_instance", "_row", "_parent")]
    if is_merged:
        system.append(pa.field(SINCE, pa.string()))
    own = [pa.field(column.name, arrow_types()[column.type]) for column in table.columns]
    return pa.schema([*system, *own], metadata={_TABLE: table.name.encode()})


def write_block(schema: Schema, batch: Sequence[Checked]) -> bytes:
    """The block of these submissions, all of this form version."""
    sink = pa.BufferOutputStream()
    for table in schema.tables:
        instances, rows = _rows_of(table, batch)
        is_merged = any(SINCE in row for row in rows)
        arrays = [
            pa.array(instances, pa.string()),
            pa.array([row["_row"] for row in rows], pa.string()),
            pa.array([row["_parent_row"] for row in rows], pa.string()),
            *([pa.array([row.get(SINCE) for row in rows], pa.string())] if is_merged else ()),
            *(_array(column, rows) for column in table.columns),
        ]
        kind = arrow_schema(table, is_merged=is_merged)
        with pa.ipc.new_stream(sink, kind, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_batch(pa.record_batch(arrays, schema=kind))
    return bytes(sink.getvalue())


def read_block(block: bytes) -> dict[str, pa.Table]:
    """The tables of a block by name; the form itself is ``""``."""
    source = pa.BufferReader(block)
    tables = {}
    while source.tell() < source.size():
        with pa.ipc.open_stream(source) as stream:
            table = stream.read_all()
        tables[table.schema.metadata[_TABLE].decode()] = table
    return tables


def rows_of_instance(tables: Mapping[str, pa.Table], instance_id: str) -> dict[str, list[dict[str, Any]]]:
    """One submission's rows as `Checked.rows` holds them."""
    found = {}
    for name, table in tables.items():
        own = table.filter(pc.equal(table["_instance"], instance_id))
        found[name] = [_row_back(row) for row in own.to_pylist()]
    return found


def instances_of(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, list[Row]]]:
    """By instance and table, the rows of every submission of a block; blank values left out."""
    found: dict[str, dict[str, list[Row]]] = {}
    for name, table in tables.items():
        columns = table.to_pydict()
        instances, rows, parents = columns.pop("_instance"), columns.pop("_row"), columns.pop("_parent")
        names = ("_row", "_parent_row", *columns)
        for instance, *values in zip(instances, rows, parents, *columns.values(), strict=True):
            row = {key: value for key, value in zip(names, values, strict=True) if value is not None}
            found.setdefault(instance, {}).setdefault(name, []).append(row)
    return found


def _rows_of(table: Table, batch: Iterable[Checked]) -> tuple[list[str], list[Row]]:
    instances: list[str] = []
    rows: list[Row] = []
    for checked in batch:
        own = checked.rows.get(table.name, ())
        instances.extend([checked.instance_id] * len(own))
        rows.extend(own)
    return instances, rows


def _array(column: Column, rows: Sequence[Row]) -> pa.Array:
    values = [row.get(column.name) for row in rows]
    if column.type == "decimal":
        values = [None if value is None else Decimal(value).quantize(_SIX) for value in values]
    return pa.array(values, arrow_types()[column.type])


def _row_back(row: dict[str, Any]) -> dict[str, Any]:
    system = {"_row": row.pop("_row"), "_parent_row": row.pop("_parent")}
    row.pop("_instance")
    return system | {name: value for name, value in row.items() if value is not None}
