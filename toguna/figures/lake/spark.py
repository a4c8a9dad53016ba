"""Spark SQL over Spark Connect: an engine elsewhere that reads the lake and writes nothing. The only module that loads pyspark.

The cluster reads the lake's files itself: as lists of Parquet files, which every Spark can, or as Delta tables at the version that
a snapshot has. Before the first statement it is asked what we know the answers of; one that answers otherwise is refused.
"""

from __future__ import annotations

import socket
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from toguna.figures.core.plan.known_answers import wrong_answers
from toguna.figures.core.plan.spark_sql import Relation, relations, spark_text
from toguna.figures.core.plan.statement import QueryError, SqlStatement
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import grpc
    import pyarrow as pa
    from pyspark import errors as pyspark_errors
    from pyspark import sql as pyspark_sql
else:
    grpc = library("grpc")
    pa = library("pyarrow")
    pyspark_errors = library("pyspark.errors")
    pyspark_sql = library("pyspark.sql")

#: How the cluster reads a table: lists of Parquet files, or Delta tables at a version.
TableFormat = Literal["files", "delta"]
#: Relations kept in a session: a table at a commit, in some months, is one.
MOST_RELATIONS = 500
#: The port of Spark Connect where an address names none, and how long its server has to answer.
_PORT = 15002
_SECONDS_TO_ANSWER = 20

#: The types of the lake's columns in Spark's words.
_TYPES = {
    "string": "STRING",
    "int64": "BIGINT",
    "int32": "INT",
    "date32[day]": "DATE",
    "bool": "BOOLEAN",
    "decimal128(28, 6)": "DECIMAL(28,6)",
    "timestamp[us, tz=UTC]": "TIMESTAMP",
    "list<item: string>": "ARRAY<STRING>",
    "list<element: string>": "ARRAY<STRING>",
}
#: What a session must be set to; our SQL relies on each.
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
}


@dataclass(frozen=True, kw_only=True)
class SparkSettings:
    """Where the engine is and how it sees the lake."""

    #: ``sc://host:port``, perhaps with ``/;token=...``.
    address: str
    #: The lake's folder here, and the same as the cluster names it: a mounted folder or an address of a store.
    here: Path
    there: str
    tables: TableFormat = "files"

    @property
    def shown(self) -> str:
        """The address without what opens it."""
        return self.address.partition("/;")[0]


class SparkEngine:
    """The port of figures over one Spark Connect session, which is opened when something is first asked. Not for two threads at once.

    Refuses (`Refused`), when it is first asked anything, an engine that is not there or that answers a known question wrongly.
    """

    def __init__(self, settings: SparkSettings) -> None:
        self.settings = settings
        self._given: dict[str, pa.Table] = {}
        #: Names of the relations that the session has, the least used first.
        self._relations: OrderedDict[str, None] = OrderedDict()
        self._session: pyspark_sql.SparkSession | None = None
        self._is_proved = False

    @property
    def name(self) -> str:
        self._proved()
        return self._version

    def rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        found = self.table(statement)
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def table(self, statement: SqlStatement) -> pa.Table:
        session, whole_tables = self._proved(), self.settings.tables == "delta"
        text = spark_text(statement, self._given, whole_tables=whole_tables)
        with _as_query_error():
            for relation in relations(statement, whole_tables=whole_tables):
                self._relate(session, relation)
            return session.sql(text).toArrow()

    def register(self, name: str, rows: pa.Table) -> None:
        self._given[name] = rows
        if self._session is not None:
            _give(self._session, name, rows)

    def close(self) -> None:
        session, self._session, self._is_proved = self._session, None, False
        self._relations.clear()
        if session is not None:
            session.stop()

    def _proved(self) -> pyspark_sql.SparkSession:
        """The session, of which the known answers have been asked."""
        if self._session is None:
            self._session = self._opened()
        if not self._is_proved:
            self._is_proved = True
            try:
                self._prove()
            except BaseException:
                self.close()
                raise
        return self._session

    def _prove(self) -> None:
        assert self._session is not None
        with _as_query_error():
            version = self._session.sql("SELECT version() AS v").toArrow()["v"][0].as_py()
        self._version = f"spark-connect {version.split()[0]}"
        wrong = wrong_answers(self)
        if wrong:
            address = self.settings.shown
            raise Refused(
                *(
                    FAULTS["engine_differs"].at(
                        engine=self._version, address=address, asked=one.asked, found=one.found, expected=one.expected
                    )
                    for one in wrong
                )
            )

    def _opened(self) -> pyspark_sql.SparkSession:
        if find_spec("pyspark") is None or find_spec("grpc") is None:
            raise Refused(FAULTS["engine_missing"].at())
        # The client ends the whole process where the main module has no file (`python -c`): it takes that for its doctests.
        vars(sys.modules["__main__"]).setdefault("__file__", "")
        where = urlsplit(self.settings.address)
        try:
            # The client itself tries again for minutes where nobody listens.
            socket.create_connection((where.hostname or "", where.port or _PORT), timeout=_SECONDS_TO_ANSWER).close()
            session = pyspark_sql.SparkSession.builder.remote(self.settings.address).create()
            for name, value in _SETTINGS.items():
                session.conf.set(name, value)
            for name, rows in self._given.items():
                _give(session, name, rows)
        except (OSError, pyspark_errors.PySparkException, grpc.RpcError) as error:
            fault = FAULTS["engine_unreachable"].at(address=self.settings.shown, reason=_first_line(error))
            raise Refused(fault) from error
        return session

    def _relate(self, session: pyspark_sql.SparkSession, relation: Relation) -> None:
        """Have the session know the relation; the least used are dropped."""
        if relation.name in self._relations:
            self._relations.move_to_end(relation.name)
            return
        snapshot = relation.view.snapshot
        assert snapshot is not None
        if relation.whole_table:
            reader = session.read.format("delta").option("versionAsOf", str(snapshot.version))
            frame = reader.load(self._there(str(snapshot.folder)))
        else:
            types = {field.name: field.type for field in relation.view.shape.arrow}
            columns = ", ".join(f"{_quoted(name)} {_TYPES[str(types[name])]}" for name in snapshot.columns)
            frame = session.read.schema(columns).parquet(*map(self._there, relation.view.paths))
        frame.createOrReplaceTempView(relation.name)
        self._relations[relation.name] = None
        if len(self._relations) > MOST_RELATIONS:
            session.catalog.dropTempView(self._relations.popitem(last=False)[0])

    def _there(self, path: str) -> str:
        """A path of ours as the cluster names it."""
        below = Path(path).relative_to(self.settings.here)
        return f"{self.settings.there.rstrip('/')}/{below.as_posix()}"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _give(session: pyspark_sql.SparkSession, name: str, rows: pa.Table) -> None:
    session.createDataFrame(rows).createOrReplaceTempView(name)


@contextmanager
def _as_query_error() -> Iterator[None]:
    """The engine's error as `QueryError`."""
    try:
        yield
    except (pyspark_errors.PySparkException, grpc.RpcError) as error:
        raise QueryError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    found = error.details() if isinstance(error, grpc.RpcError) and hasattr(error, "details") else str(error)
    return next((line.strip() for line in str(found).splitlines() if line.strip()), type(error).__name__)[:300]
