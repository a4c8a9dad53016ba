"""Lake tables as a query sees them: the rows that counted at one act, of the months that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from toguna.figures.core.expressions.sql import quoted
from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.snapshot import Snapshot

_SQL_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.decimal128(28, 6): "DECIMAL(28,6)",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
    pa.list_(pa.string()): "VARCHAR[]",
}


@dataclass(frozen=True, kw_only=True)
class View:
    """A table of which a query reads the rows known at an act; `newest`: of each entity its last version alone."""

    table: str
    newest: bool = False

    @property
    def name(self) -> str:
        return f"{self.table}__newest" if self.newest else self.table


def view_sql(view: View, shape: LakeTable, snapshot: Snapshot | None, at: int, months: Sequence[str] | None) -> str:
    """The SELECT behind a view. Every row that a query can meet has been known at act `at`."""
    paths = snapshot.paths(months) if snapshot else []
    if not paths:
        return f"SELECT {', '.join(map(_nothing, shape.arrow))} WHERE FALSE"
    assert snapshot is not None
    by_name = ", union_by_name = true" if snapshot.evolved else ""
    blank = "".join(f", {_nothing(field)}" for field in shape.arrow if field.name not in snapshot.columns)
    files = f"read_parquet({files_sql(paths)}, hive_partitioning = false{by_name})"
    rows = f"SELECT *{blank} FROM {files} WHERE {known(snapshot, at)}"
    if not view.newest:
        return rows
    return f"{rows} QUALIFY row_number() OVER (PARTITION BY _entity ORDER BY _version DESC) = 1"


def _nothing(field: pa.Field) -> str:
    """A column that no file has: of a table without files, or of a form's version published since."""
    return f"CAST(NULL AS {_SQL_TYPES[field.type]}) AS {quoted(field.name)}"


def known(snapshot: Snapshot, at: int) -> str:
    """The condition under which a row counted at this act. Where no file tells of a later act, an end is an end."""
    if at >= snapshot.last:
        return "_seq_to IS NULL"
    return f"_seq_from <= {at} AND (_seq_to IS NULL OR _seq_to > {at})"


def files_sql(paths: Sequence[str]) -> str:
    """A list of files as DuckDB reads it."""
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"
