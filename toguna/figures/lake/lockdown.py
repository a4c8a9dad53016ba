"""DuckDB in a cell: it reads the lake's files and nothing else, and answers one query at a time.

The order of the settings matters: once external access is off, directories cannot be added; once the configuration is locked,
nothing can. Indicator conditions are rebuilt from a closed list before they come here; this is the wall behind that wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toguna.figures.core.plan.statement import QueryError, SqlStatement
from toguna.figures.lake.problems import FAULTS
from toguna.kernel.api import Refused
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
else:
    duckdb = library("duckdb")
    pa = library("pyarrow")


class Cell:
    """One locked connection. Not for two threads at once: give each its own `cursor`."""

    def __init__(self, lake: Path, *, memory: str = "4GB", threads: int | None = None) -> None:
        self._connection = duckdb.connect(":memory:")
        for setting in _settings(lake, memory, threads):
            self._connection.execute(setting)

    def query(self, sql: str) -> pa.Table:
        """The answer to one SELECT. Refuses (`Refused`) more than one statement, and any other kind."""
        self._check(sql)
        with _told():
            return self._connection.sql(sql).to_arrow_table()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """As `query`, as tuples."""
        statement = self._check(sql)
        with _told():
            return self._connection.execute(statement).fetchall()

    def register(self, name: str, rows: pa.Table) -> None:
        """A small table in memory, under a name that queries may use; it replaces the one of that name."""
        self._connection.register("given", rows)
        self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM given')
        self._connection.unregister("given")

    def cursor(self) -> Cell:
        """The same cell for another thread."""
        twin = object.__new__(Cell)
        twin._connection = self._connection.cursor()
        return twin

    def close(self) -> None:
        self._connection.close()

    def _check(self, sql: str) -> Any:
        statements = self._connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise Refused(FAULTS["statement_refused"].at())
        return statements[0]


class LocalEngine:
    """DuckDB in this process, as the port of figures has it (`core.plan.statement.QueryEngine`). The default, and at the edge the only one."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self.name = f"duckdb {duckdb.__version__}"
        self.identity = self.name

    def rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        return self._cell.rows(statement.text)

    def table(self, statement: SqlStatement) -> pa.Table:
        return self._cell.query(statement.text)

    def register(self, name: str, rows: pa.Table) -> None:
        self._cell.register(name, rows)

    def close(self) -> None:
        self._cell.close()


@contextmanager
def _told() -> Iterator[None]:
    """DuckDB's error as `QueryError`."""
    try:
        yield
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _settings(lake: Path, memory: str, threads: int | None) -> list[str]:
    folder = str(lake.resolve()).replace("'", "''")
    return [
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        "SET python_enable_replacements = false",
        "SET preserve_insertion_order = false",
        "SET enable_object_cache = true",
        "SET temp_directory = ''",
        f"SET memory_limit = '{memory}'",
        *([f"SET threads = {threads}"] if threads else []),
        f"SET allowed_directories = ['{folder}/']",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ]
