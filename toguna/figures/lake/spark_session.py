"""One session of a Spark Connect server: opened, set and marked as ours, with a limit of time on everything that is asked of it.

The client itself tries again for ten minutes where a server has died, waits without end for one that does not answer, and goes on
with another server at the same port as if nothing had happened. So each call has a limit here, and a mark in the session, asked for
after every answer, tells whether the answer came from the session that was opened.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import warnings
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from toguna.figures.lake.spark_address import EngineAddress
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import grpc
    import pyarrow as pa
    from pyspark import errors as pyspark_errors
    from pyspark import sql as pyspark_sql
    from pyspark.sql.connect.client import retries as pyspark_retries
else:
    grpc = library("grpc")
    pa = library("pyarrow")
    pyspark_errors = library("pyspark.errors")
    pyspark_sql = library("pyspark.sql")
    pyspark_retries = library("pyspark.sql.connect.client.retries")

#: What a session must be set to; our SQL relies on each, and no file may be passed over in silence.
SETTINGS: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.variable.substitute": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
}
#: How often the client itself asks again, and how long it waits between at most.
_RETRIES, _WAIT = 3, 1_000
#: Seconds given to a session to end.
_SECONDS_TO_END = 3
_DETAILS = re.compile(r'details = "(.*)"')
_Found = TypeVar("_Found")


class NoAnswerError(Exception):
    """The engine did not answer within its time, or its server ended."""


class EngineError(Exception):
    """The engine answered with an error."""


class ConnectSession:
    """A session. Every method raises `EngineError` for what the engine says, `NoAnswerError` where it says nothing in time."""

    def __init__(self, address: EngineAddress, seconds: int) -> None:
        """Opens the session. Refuses (`Refused`) where the client is not installed, nobody listens, or a setting is not taken."""
        if find_spec("pyspark") is None or find_spec("grpc") is None:
            raise Refused(FAULTS["engine_missing"].at())
        self._address = address
        self._session: pyspark_sql.SparkSession | None = None
        #: A view that this session alone has.
        self.mark = f"toguna_session_{uuid4().hex}"
        _prepare()
        try:
            # The client itself tries again for minutes where nobody listens.
            socket.create_connection((address.host.strip("[]"), address.port), timeout=seconds).close()
            self.ask(self._open, seconds)
        except (OSError, EngineError, NoAnswerError) as error:
            self.end()
            reason = address.without_secrets(str(error))
            raise Refused(FAULTS["engine_unreachable"].at(address=address.shown, reason=reason)) from error

    def _open(self, _: Any) -> None:
        self._session = session = pyspark_sql.SparkSession.builder.remote(self._address.url).create()
        policy = pyspark_retries.DefaultPolicy(max_retries=_RETRIES, max_backoff=_WAIT, max_server_retry_delay=_WAIT)
        session.client.set_retry_policies([policy])  # type: ignore[attr-defined]
        for name, value in SETTINGS.items():
            session.conf.set(name, value)
        session.sql("SELECT 1 AS one").createOrReplaceTempView(self.mark)

    def ask(self, work: Callable[[Any], _Found], seconds: int) -> _Found:
        """What the work makes of the session of pyspark, if that takes no longer."""
        found: list[_Found] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                found.append(work(self._session))
            except BaseException as error:
                failed.append(error)

        thread = Thread(target=run, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            self._cut()
            raise NoAnswerError(f"no answer within {seconds} s")
        if failed:
            if isinstance(failed[0], pyspark_errors.PySparkException | grpc.RpcError | pa.ArrowException | ValueError):
                raise EngineError(self._reason(failed[0])) from None
            raise failed[0]
        return found[0]

    def counted(self, names: list[str], seconds: int) -> list[int]:
        """How many rows each of these views has."""
        parts = [f"SELECT {n} AS view, count(*) AS found FROM {name}" for n, name in enumerate(names)]
        rows = self.ask(lambda session: session.sql(" UNION ALL ".join(parts)).toArrow().to_pylist(), seconds)
        found = {row["view"]: int(row["found"]) for row in rows}
        return [found.get(n, 0) for n in range(len(names))]

    def is_there(self, seconds: int) -> bool:
        """Whether the engine still has the session that was opened."""
        try:
            return self.counted([self.mark], seconds) == [1]
        except (EngineError, NoAnswerError):
            return False

    def end(self) -> None:
        """End the session; one that does not answer is left."""
        session, self._session = self._session, None
        if session is not None:
            ending = Thread(target=session.stop, daemon=True)
            ending.start()
            ending.join(_SECONDS_TO_END)
            if ending.is_alive():
                self._session = session
                self._cut()

    def _cut(self) -> None:
        """Close the connection, which ends every call that still waits."""
        session, self._session = self._session, None
        if session is not None:
            Thread(target=session.client.close, daemon=True).start()  # type: ignore[attr-defined]

    def _reason(self, error: BaseException) -> str:
        said = error.details() if isinstance(error, grpc.RpcError) and hasattr(error, "details") else str(error)
        details = _DETAILS.search(str(said))
        lines = (line.strip() for line in str(details[1] if details else said).splitlines())
        return self._address.without_secrets(next((line for line in lines if line), type(error).__name__)[:300])


def _prepare() -> None:
    """Keep the client from speaking to the terminal itself, and from ending the process."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    warnings.filterwarnings("ignore", message=r"\[RETRIES_EXCEEDED\]")
    # The client ends the whole process where the main module has no file (`python -c`): it takes that for its doctests.
    vars(sys.modules["__main__"]).setdefault("__file__", "")
