"""Apache Spark itself says what DuckDB says: in one process, and as a master with two workers. Minutes: `make prove` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.figures.dialects import apache
from tests.figures.dialects.test_contract import CONSTRUCTS, PLACES, answer, statement, write_rows
from tests.figures.dialects.test_lakes import ASKED, asked_of, lake_of_awkward_values, shown
from toguna.figures.lake import Cell
from toguna.figures.lake.lockdown import LocalEngine
from toguna.figures.lake.spark import SparkEngine, SparkSettings


@pytest.fixture(scope="module", params=["local", "cluster"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("pyspark", reason="pyspark-client is not installed: run `make spark`")
    if apache.home() is None:
        pytest.skip("Apache Spark or Java is not installed: run `make apache-spark`")
    start: Callable[[Path], object] = {"local": apache.local, "cluster": apache.cluster}[request.param]
    with start(tmp_path_factory.mktemp("spark")) as found:  # type: ignore[attr-defined]
        yield found


@pytest.mark.proof
def test_every_construct_is_answered_as_by_duckdb(address: str, tmp_path: Path) -> None:
    write_rows(tmp_path)
    duckdb = LocalEngine(Cell(tmp_path, memory="1GB", threads=1))
    spark = SparkEngine(SparkSettings(address=address, here=tmp_path, there=str(tmp_path)))
    try:
        for engine in (duckdb, spark):
            engine.register("places", PLACES)
        assert spark.name.startswith("spark-connect 4.")
        different = [
            name
            for name, select in CONSTRUCTS.items()
            if answer(spark, statement(tmp_path, select)) != answer(duckdb, statement(tmp_path, select))
        ]
        assert different == []
    finally:
        spark.close()
        duckdb.close()


@pytest.mark.proof
def test_figures_of_a_lake_are_the_same(address: str, tmp_path: Path) -> None:
    world = lake_of_awkward_values(tmp_path)
    here = [shown(found) for found in asked_of(world, None, ASKED)]
    spark = SparkEngine(SparkSettings(address=address, here=world.lake.folder, there=str(world.lake.folder.resolve())))
    try:
        assert [shown(found) for found in asked_of(world, spark, ASKED)] == here
    finally:
        spark.close()
