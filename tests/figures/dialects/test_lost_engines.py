"""An engine that does not see the whole lake, dies, hangs or is replaced gives a sentence, and never a figure."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from tests.figures.dialects.test_contract import PLACES, ROWS, statement, write_rows
from tests.figures.dialects.test_lakes import INDICATORS, lake_of_awkward_values
from toguna.figures.core.plan.known_answers import WrongAnswer
from toguna.figures.core.plan.statement import QueryEngine, SqlStatement
from toguna.figures.lake import spark as spark_module
from toguna.figures.lake.spark import SparkEngine, SparkSettings
from toguna.figures.lake.spark_session import SETTINGS, ConnectSession
from toguna.kernel.api import Refused

pytestmark = pytest.mark.slow
COUNT = "SELECT count(*) AS n FROM t"
SERVER = "import sys; from pysail.spark import SparkConnectServer as S; S('127.0.0.1', int(sys.argv[1])).start(background=False)"


def faults(asked: Callable[[], object]) -> tuple[set[str], str]:
    with pytest.raises(Refused) as refusal:
        asked()
    problems = refusal.value.problems
    return {problem.id.partition(".")[2] for problem in problems}, " ".join(one.written("en") for one in problems)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def own_sail(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Sail server in a process of its own, once it listens; killed at the end."""
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < until:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def engine(address: str, here: Path, there: Path | None = None, **more: object) -> SparkEngine:
    found = SparkEngine(SparkSettings(address=address, here=here, there=str(there or here), **more))  # type: ignore[arg-type]
    found.register("places", PLACES)
    return found


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    folder = tmp_path / "lake"
    folder.mkdir()
    write_rows(folder)
    return folder


def test_a_lake_that_the_engine_does_not_have_is_refused_with_its_folder(lake: Path, sail: str) -> None:
    lost = engine(sail, lake, Path("/nowhere/lake"))
    ids, told = faults(lambda: lost.rows(statement(lake, COUNT, None)))
    assert ids == {"engine_lake_incomplete"} and "/nowhere/lake" in told and f"{ROWS}" in told
    lost.close()


def test_a_part_of_the_lake_is_refused_and_the_whole_answers_in_the_same_session(
    lake: Path, sail: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(lake, copy)
    (copy / "2016-12.parquet").unlink()
    replica = engine(sail, lake, copy)
    asked = statement(lake, COUNT, None)
    assert faults(lambda: replica.rows(asked))[0] == {"engine_lake_incomplete"}
    shutil.copy(lake / "2016-12.parquet", copy)
    assert replica.rows(asked) == [(ROWS,)]
    (copy / "2016-11.parquet").unlink()
    assert faults(lambda: replica.rows(asked))[0] <= {"engine_lake_incomplete", "engine_lake_unread"}
    replica.close()


@pytest.mark.parametrize("tables", ["files", "delta"])
def test_a_part_of_the_lake_is_no_figure_and_no_cube(tables: str, sail: str, tmp_path: Path) -> None:
    world = lake_of_awkward_values(tmp_path)
    folder, copy, cubes = world.lake.folder, tmp_path / "copy", tmp_path / "cubes"
    shutil.copytree(folder, copy)
    calculator = world.calculator(INDICATORS, "2016-12")
    right = calculator.table("visits", ()).total
    for path in copy.rglob("*.parquet"):
        path.unlink()
    replica = engine(sail, folder, copy, tables=tables)
    asked = calculator.around.engine
    asked.use_remote(replica, above=0)
    asked.use_cubes(calculator.around.indicators.values(), cubes)
    assert faults(lambda: calculator.table("visits", ()))[0] <= {"engine_lake_incomplete", "engine_lake_unread"}
    asked.save()
    assert not list(cubes.rglob("*.parquet"))
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    assert calculator.table("visits", ()).total.value == right.value  # type: ignore[union-attr]
    replica.close()


def test_what_is_kept_of_one_engine_and_lake_is_not_taken_for_another(lake: Path, sail: str) -> None:
    first, second = engine(sail, lake), engine(sail, lake, Path("/nowhere"))
    other = engine(sail.replace("127.0.0.1", "localhost"), lake)
    assert first.name == second.name == other.name
    assert len({one.identity for one in (first, second, other)}) == 3
    for one in (first, second, other):
        one.close()


def test_a_restarted_engine_is_opened_set_and_proved_again(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pysail", reason="pysail is not installed")
    pytest.importorskip("pyspark", reason="pyspark-client is not installed")
    port = free_port()
    proved: list[int] = []
    probe = spark_module.wrong_answers

    def counting(asked: QueryEngine) -> list[WrongAnswer]:
        proved.append(1)
        return probe(asked)

    monkeypatch.setattr(spark_module, "wrong_answers", counting)
    asked = statement(lake, COUNT, None)
    with own_sail(port):
        spark = engine(f"sc://127.0.0.1:{port}", lake)
        assert spark.rows(asked) == [(ROWS,)] and len(proved) == 1
    with own_sail(port):
        assert spark.rows(SqlStatement(select="SELECT count(*) AS n FROM places")) == [(PLACES.num_rows,)]
        assert len(proved) == 2
        assert spark.rows(asked) == [(ROWS,)]
        set_now = {name: spark._proved().ask(lambda own, name=name: own.conf.get(name), 60) for name in SETTINGS}  # type: ignore[misc]
        assert set_now == dict(SETTINGS)
        spark._version = "0.0.1 of another engine"
        spark._drop()
        spark._former = spark._version
        assert faults(lambda: spark.rows(asked))[0] == {"engine_replaced"}
        assert spark.rows(asked) == [(ROWS,)]
    assert faults(lambda: spark.rows(asked))[0] == {"engine_unreachable"}
    spark.close()


def test_an_engine_that_never_answers_is_refused(lake: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark-client is not installed")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        address = f"sc://127.0.0.1:{silent.getsockname()[1]}/;use_ssl=false;x-key=hush"
        ids, told = faults(lambda: engine(address, lake, connect_seconds=1).rows(SqlStatement(select="SELECT 1 AS a")))
    assert ids == {"engine_unreachable"} and "within 1 s" in told and "hush" not in told


def test_a_statement_that_takes_too_long_is_refused(lake: Path) -> None:
    pytest.importorskip("pysail", reason="pysail is not installed")
    pytest.importorskip("pyspark", reason="pyspark-client is not installed")
    port = free_port()
    with own_sail(port):
        spark = engine(f"sc://127.0.0.1:{port}", lake, seconds=2)
        spark.register("many", pa.table({"n": list(range(3_000))}))
        select = "SELECT count(*) AS v FROM many AS a JOIN many AS b ON a.n <> b.n JOIN many AS c ON c.n < b.n + a.n"
        ids, told = faults(lambda: spark.rows(SqlStatement(select=select)))
        assert ids == {"engine_unreachable"} and "within 2 s" in told
        assert spark.rows(SqlStatement(select="SELECT count(*) AS n FROM places")) == [(PLACES.num_rows,)]
        spark.close()


def test_a_session_that_lost_its_mark_is_another_session(
    lake: Path, sail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark alone tells: without it every answer would be believed."""
    spark = engine(sail, lake)
    opened: list[ConnectSession] = [spark._proved()]
    opened[0].ask(lambda own: own.catalog.dropTempView(opened[0].mark), 60)
    assert spark.rows(SqlStatement(select="SELECT 1 AS a")) == [(1,)]
    assert spark._proved() is not opened[0]
    spark.close()
