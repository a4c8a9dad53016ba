"""Lake tables as a query sees them: the rows that counted at one act, of the months that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toguna.figures.core.expressions.sql import quoted
from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.snapshot import Snapshot
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = library("pyarrow")

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


@dataclass(frozen=True, kw_only=True)
class ReadView:
    """A view as one statement reads it: of its table at one commit, the rows of these months (none: all) known at an act."""

    view: View
    shape: LakeTable
    #: None where the table has no commit yet.
    snapshot: Snapshot | None
    at: int
    months: tuple[str, ...] | None

    @property
    def name(self) -> str:
        return self.view.name

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files that are read."""
        return tuple(self.snapshot.paths(self.months)) if self.snapshot else ()

    @property
    def rows(self) -> int:
        """How many rows these files hold."""
        return self.snapshot.rows_in(self.months) if self.snapshot else 0

    def sql(self, source: str) -> str:
        """The SELECT behind the view, in DuckDB's SQL. `source`: the expression that reads the files, for the engine that runs it.

        Every row that a query can meet has been known at the act.
        """
        if not self.paths:
            return f"SELECT {', '.join(map(_nothing, self.shape.arrow))} WHERE FALSE"
        assert self.snapshot is not None
        blank = "".join(f", {_nothing(field)}" for field in self.shape.arrow if field.name not in self.snapshot.columns)
        rows = f"SELECT *{blank} FROM {source} WHERE {known(self.snapshot, self.at)}"
        if not self.view.newest:
            return rows
        return f"{rows} QUALIFY row_number() OVER (PARTITION BY _entity ORDER BY _version DESC) = 1"


def duckdb_source(view: ReadView) -> str:
    """The view's files as DuckDB reads them."""
    by_name = ", union_by_name = true" if view.snapshot is not None and view.snapshot.evolved else ""
    return f"read_parquet({files_sql(view.paths)}, hive_partitioning = false{by_name})"


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
