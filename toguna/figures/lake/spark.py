"""Spark SQL over Spark Connect: an engine elsewhere that reads the lake and writes nothing.

The cluster reads the lake's files itself: as lists of Parquet files, which every Spark can, or as Delta tables at the version that
a snapshot has. Before the first statement it is asked what we know the answers of; one that answers otherwise is refused. After
every answer it is asked how many rows it found in what the statement read: an engine that does not see all files gives no figure.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from toguna.figures.core.plan.known_answers import wrong_answers
from toguna.figures.core.plan.spark_sql import Relation, relations, spark_text
from toguna.figures.core.plan.statement import QueryError, SqlStatement
from toguna.figures.lake.spark_address import EngineAddress, parse_address, shown_address
from toguna.figures.lake.spark_session import ConnectSession, EngineError, NoAnswerError
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused, digest
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = library("pyarrow")

#: How the cluster reads a table: lists of Parquet files, or Delta tables at a version.
TableFormat = Literal["files", "delta"]
#: Relations kept in a session: a table at a commit, in some months, is one.
MOST_RELATIONS = 500
#: How long a statement may take, and how long an engine has for its first answers.
SECONDS = 600
CONNECT_SECONDS = 60

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


@dataclass(frozen=True, kw_only=True)
class SparkSettings:
    """Where the engine is and how it sees the lake."""

    #: ``sc://host:port``, perhaps with ``/;token=...``.
    address: str
    #: The lake's folder here, and the same as the cluster names it: a mounted folder or an address of a store.
    here: Path
    there: str
    tables: TableFormat = "files"
    #: What opens the engine, where the address does not say it.
    token: str = ""
    seconds: int = SECONDS
    connect_seconds: int = CONNECT_SECONDS

    @property
    def parsed(self) -> EngineAddress:
        """The address. Refuses (`Refused`) what is no address of an engine."""
        found = parse_address(self.address, self.token)
        if found is None:
            raise Refused(FAULTS["engine_setting"].at(value=shown_address(self.address), where="engine"))
        return found

    @property
    def shown(self) -> str:
        """The address without what opens it."""
        return self.parsed.shown


class _LostError(Exception):
    """The session that was opened is not there any more."""


class SparkEngine:
    """The port of figures over one Spark Connect session, which is opened when something is first asked. Not for two threads at once.

    Refuses (`Refused`) an engine that is not there or does not answer in time, that answers a known question wrongly, or that does not
    see all rows of the lake. Where its server was restarted, the session is opened and proved again.
    """

    def __init__(self, settings: SparkSettings) -> None:
        self.settings = settings
        self._given: dict[str, pa.Table] = {}
        #: Names of given tables that the session has, and of its relations, the least used first.
        self._sent: set[str] = set()
        self._relations: OrderedDict[str, None] = OrderedDict()
        self._session: ConnectSession | None = None
        self._version = ""
        #: Whether the known answers are being asked just now.
        self._is_proving = False
        #: The engine that answered before, in a session since lost.
        self._former = ""

    @property
    def name(self) -> str:
        self._proved()
        return f"spark-connect {self._version.split()[0]}"

    @property
    def identity(self) -> str:
        name, settings = self.name, self.settings
        return f"{name} {digest([self._version, settings.shown, settings.there, settings.tables])[:24]}"

    def rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        found = self.table(statement)
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def table(self, statement: SqlStatement) -> pa.Table:
        text = spark_text(statement, self._given, whole_tables=self.settings.tables == "delta")
        if self._is_proving:
            assert self._session is not None
            return self._asked(self._session, statement, text)
        try:
            return self._answer(self._proved(), statement, text)
        except _LostError:
            self._drop()
        try:
            return self._answer(self._proved(), statement, text)
        except _LostError as lost:
            self._drop()
            raise Refused(FAULTS["engine_unreachable"].at(address=self.settings.shown, reason=str(lost))) from lost

    def register(self, name: str, rows: pa.Table) -> None:
        if self._given.get(name) is not rows:
            self._given[name] = rows
            self._sent.discard(name)

    def close(self) -> None:
        self._drop()
        self._former = ""

    def _drop(self) -> None:
        session, self._session = self._session, None
        self._sent.clear()
        self._relations.clear()
        if session is not None:
            session.end()

    def _proved(self) -> ConnectSession:
        """The session, of which the known answers have been asked. Refuses where another engine answers than before, once."""
        if self._session is None:
            self._session = ConnectSession(self.settings.parsed, self.settings.connect_seconds)
            try:
                self._prove(self._session)
            except BaseException:
                self._drop()
                raise
            former, self._former = self._former, self._version
            if former not in ("", self._version):
                raise Refused(
                    FAULTS["engine_replaced"].at(address=self.settings.shown, was=former, engine=self._version)
                )
        return self._session

    def _prove(self, session: ConnectSession) -> None:
        self._is_proving = True
        try:
            (row,) = session.ask(
                lambda spark: spark.sql("SELECT version() AS v").toArrow().to_pylist(), self.settings.connect_seconds
            )
            self._version = str(row["v"])
            wrong = wrong_answers(self)
        except (EngineError, NoAnswerError) as error:
            raise self._silent(error) from error
        finally:
            self._is_proving = False
        if wrong and not session.is_there(self.settings.connect_seconds):
            raise self._silent(NoAnswerError(wrong[-1].found))
        if wrong:
            name = f"spark-connect {self._version.split()[0]}"
            raise Refused(
                *(
                    FAULTS["engine_differs"].at(
                        engine=name,
                        address=self.settings.shown,
                        asked=one.asked,
                        found=one.found,
                        expected=one.expected,
                    )
                    for one in wrong
                )
            )

    def _asked(self, session: ConnectSession, statement: SqlStatement, text: str) -> pa.Table:
        """A known question's answer."""
        try:
            return session.ask(lambda spark: spark.sql(text).toArrow(), self.settings.connect_seconds)
        except EngineError as error:
            raise QueryError(str(error)) from error

    def _answer(self, session: ConnectSession, statement: SqlStatement, text: str) -> pa.Table:
        """The answer of an engine that has the session and sees every row that the statement reads."""
        seconds = self.settings.seconds
        read = relations(statement, whole_tables=self.settings.tables == "delta")
        try:
            for name in sorted(self._given.keys() - self._sent):
                self._give(session, name)
            for relation in read:
                self._relate(session, relation)
            found = session.ask(lambda spark: spark.sql(text).toArrow(), seconds)
        except NoAnswerError as error:
            self._drop()
            raise self._silent(error) from error
        except EngineError as error:
            self._count(session, read, str(error))
            raise QueryError(str(error)) from error
        self._count(session, read)
        return found

    def _count(self, session: ConnectSession, read: tuple[Relation, ...], reason: str = "") -> None:
        """Refuses an engine that reads another number of rows than the lake has. Raises `_LostError` where the session is not the one opened."""
        seconds = self.settings.seconds
        try:
            mark, *found = session.counted([session.mark, *(one.name for one in read)], seconds)
        except NoAnswerError as error:
            self._drop()
            raise self._silent(error) from error
        except EngineError as error:
            if not session.is_there(seconds):
                raise _LostError(reason or str(error)) from error
            names = ", ".join(sorted({one.view.shape.name for one in read}))
            self._relations.clear()
            fault = FAULTS["engine_lake_unread"]
            raise Refused(
                fault.at(
                    address=self.settings.shown, folder=self.settings.there, table=names, reason=reason or str(error)
                )
            ) from error
        if mark != 1:
            raise _LostError(reason)
        wrong = [(one, rows) for one, rows in zip(read, found, strict=True) if rows != one.rows]
        if wrong:
            # The engine may have listed the files once and for all: it lists them again when it is asked again.
            self._relations.clear()
            fault = FAULTS["engine_lake_incomplete"]
            raise Refused(
                *(
                    fault.at(
                        address=self.settings.shown,
                        folder=self.settings.there,
                        table=one.view.shape.name,
                        found=rows,
                        expected=one.rows,
                    )
                    for one, rows in wrong
                )
            )

    def _silent(self, error: Exception) -> Refused:
        address = self.settings.parsed
        return Refused(
            FAULTS["engine_unreachable"].at(address=address.shown, reason=address.without_secrets(str(error)))
        )

    def _give(self, session: ConnectSession, name: str) -> None:
        rows = self._given[name]
        session.ask(lambda spark: spark.createDataFrame(rows).createOrReplaceTempView(name), self.settings.seconds)
        self._sent.add(name)

    def _relate(self, session: ConnectSession, relation: Relation) -> None:
        """Have the session know the relation; the least used are dropped."""
        if relation.name in self._relations:
            self._relations.move_to_end(relation.name)
            return
        session.ask(
            lambda spark: self._frame(spark, relation).createOrReplaceTempView(relation.name), self.settings.seconds
        )
        self._relations[relation.name] = None
        if len(self._relations) > MOST_RELATIONS:
            least = self._relations.popitem(last=False)[0]
            session.ask(lambda spark: spark.catalog.dropTempView(least), self.settings.seconds)

    def _frame(self, spark: Any, relation: Relation) -> Any:
        snapshot = relation.view.snapshot
        assert snapshot is not None
        if relation.whole_table:
            reader = spark.read.format("delta").option("versionAsOf", str(snapshot.version))
            return reader.load(self._there(str(snapshot.folder)))
        types = {field.name: field.type for field in relation.view.shape.arrow}
        columns = ", ".join(f"{_quoted(name)} {_TYPES[str(types[name])]}" for name in snapshot.columns)
        return spark.read.schema(columns).parquet(*map(self._there, relation.view.paths))

    def _there(self, path: str) -> str:
        """A path of ours as the cluster names it."""
        below = Path(path).relative_to(self.settings.here)
        return f"{self.settings.there.rstrip('/')}/{below.as_posix()}"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
