"""What is asked of an engine: one SELECT over views of the lake, and the port that every engine answers through.

The SELECT is written once, in DuckDB's SQL. DuckDB runs it as it stands; `spark_sql` writes Spark's from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from toguna.figures.core.expressions.sql import quoted
from toguna.figures.core.plan.views import ReadView, duckdb_source

if TYPE_CHECKING:
    import pyarrow as pa


class QueryError(Exception):
    """An engine did not answer: a file was vacuumed away under the reader, an expression overflowed, a cluster is not there."""


@dataclass(frozen=True, kw_only=True)
class SqlStatement:
    """One SELECT and the views that it reads. Small tables that an engine was given by name need no view."""

    select: str
    views: tuple[ReadView, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole in DuckDB's SQL. It names the files it reads and the condition under which rows count: the name of its content."""
        return self.over(duckdb_source)

    @cached_property
    def rows(self) -> int:
        """How many rows stand in the files that it reads."""
        return sum(view.rows for view in self.views)

    def over(self, source: Callable[[ReadView], str]) -> str:
        """The whole in DuckDB's SQL, with each view's files read as `source` writes it."""
        if not self.views:
            return self.select
        views = ", ".join(f"{quoted(view.name)} AS ({view.sql(source(view))})" for view in self.views)
        return f"WITH {views}\n{self.select}"


class QueryEngine(Protocol):
    """What answers statements. None of them writes to the lake."""

    @property
    def name(self) -> str:
        """The engine and its version, as a figure's proof names it."""
        ...

    @property
    def identity(self) -> str:
        """The engine, its version, and where it reads which lake: what is kept of one is not taken for the answer of another."""
        ...

    def rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        """The answer as tuples. Raises `QueryError`."""
        ...

    def table(self, statement: SqlStatement) -> pa.Table:
        """The answer as columns. Raises `QueryError`."""
        ...

    def register(self, name: str, rows: pa.Table) -> None:
        """A small table under a name that statements may use; it replaces the one of that name."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...
