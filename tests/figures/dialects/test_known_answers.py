"""An engine that answers a known question wrongly is asked nothing else; without our fix-ups Sail is such an engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toguna.figures.core.plan import spark_sql
from toguna.figures.core.plan.known_answers import KNOWN_ANSWERS, wrong_answers
from toguna.figures.core.plan.statement import SqlStatement
from toguna.figures.engine_settings import engine_at, remote_engine
from toguna.figures.lake import Cell
from toguna.figures.lake.lockdown import LocalEngine
from toguna.figures.lake.spark import SparkEngine
from toguna.kernel.api import Refused


@pytest.fixture
def duckdb(tmp_path: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(Cell(tmp_path, memory="1GB", threads=1))
    yield engine
    engine.close()


def test_duckdb_gives_every_known_answer(duckdb: LocalEngine) -> None:
    assert wrong_answers(duckdb) == []
    assert duckdb.name.startswith("duckdb ")


def test_sail_gives_every_known_answer_and_says_its_version(
    on_sail: Callable[[Path], SparkEngine], tmp_path: Path
) -> None:
    assert on_sail(tmp_path).name == "spark-connect 0.7.2"


@pytest.mark.parametrize(
    ("fix_up", "asked"),
    [("month_difference", "months between two dates"), ("checked_arithmetic", "a sum past 2^63")],
)
def test_without_a_fix_up_the_engine_is_refused(
    fix_up: str, asked: str, on_sail: Callable[[Path], SparkEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(spark_sql.FIX_UPS, fix_up, lambda tree, whole: None)
    engine = on_sail(tmp_path)
    for _ in range(2):
        with pytest.raises(Refused, match=r"Nothing is asked of it") as refusal:
            engine.rows(SqlStatement(select="SELECT 1 AS one"))
        assert asked in str(refusal.value)
    assert {problem.id for problem in refusal.value.problems} == {"figures.engine_differs"}


@pytest.mark.parametrize("asked", KNOWN_ANSWERS)
def test_another_answer_is_told(asked: str, duckdb: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question is asked: an engine that is wrong in this one alone is found."""

    class Wrong(LocalEngine):
        def rows(self, statement: SqlStatement) -> list[tuple[object, ...]]:
            return [(-1,)] if statement.select == KNOWN_ANSWERS[asked].select else super().rows(statement)

    assert [one.asked for one in wrong_answers(Wrong(duckdb._cell))] == [asked]


def test_an_engine_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark-client is not installed")
    engine = engine_at("sc://127.0.0.1:1/;token=hush", tmp_path)
    with pytest.raises(Refused) as refusal:
        engine.rows(SqlStatement(select="SELECT 1 AS one"))
    assert "figures.engine_unreachable" in str(refusal.value) and "hush" not in str(refusal.value)


def test_settings_come_from_the_environment_before_the_instance(tmp_path: Path) -> None:
    written = {"engine": "sc://here:1", "engine_above": 5, "engine_lake": "s3a://lake", "engine_tables": "delta"}
    found = remote_engine(tmp_path, written, {})
    assert found is not None and found.above == 5
    assert (found.engine.settings.there, found.engine.settings.tables) == ("s3a://lake", "delta")
    found = remote_engine(tmp_path, written, {"TOGUNA_ENGINE": "sc://there:2", "TOGUNA_ENGINE_ABOVE": "7"})
    assert found is not None and (found.engine.settings.address, found.above) == ("sc://there:2", 7)
    assert remote_engine(tmp_path, written, {"TOGUNA_ENGINE": "duckdb"}) is None
    assert remote_engine(tmp_path, {}, {}) is None


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("TOGUNA_ENGINE", "postgresql://x", "engine_setting"),
        ("TOGUNA_ENGINE", "sc://", "engine_setting"),
        ("TOGUNA_ENGINE", "sc://here:many", "engine_setting"),
        ("TOGUNA_ENGINE", "sc://here:99999", "engine_setting"),
        ("TOGUNA_ENGINE", "sc://[here", "engine_setting"),
        ("TOGUNA_ENGINE_ABOVE", "many", "engine_above"),
        ("TOGUNA_ENGINE_ABOVE", "-1", "engine_above"),
        ("TOGUNA_ENGINE_ABOVE", "٣", "engine_above"),
        ("TOGUNA_ENGINE_TABLES", "csv", "engine_tables"),
    ],
)
def test_a_setting_that_says_nothing_of_use_is_refused(setting: str, value: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        remote_engine(tmp_path, {"engine": "sc://here:1"}, {setting: value})
    (problem,) = refusal.value.problems
    assert problem.id == f"figures.{fault}" and setting in problem.written("en") and setting in problem.written("fr")
