"""The planner says what the oracle says on another engine too: the same random worlds, questions, splits, as-ofs and cubes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.figures.strategies import Case, cases
from tests.figures.test_planner import SUMS, check_thrice, engine_of
from toguna.figures.lake import Cell
from toguna.figures.lake.spark import SparkEngine

#: Some 40 seconds on one core; `make prove` draws more.
CASES = int(os.environ.get("TOGUNA_CASES", "60"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


@pytest.fixture(scope="module")
def cell(folder: Path) -> Iterator[Cell]:
    cell = Cell(folder, memory="1GB", threads=1)
    yield cell
    cell.close()


@pytest.fixture(scope="module")
def spark(folder: Path, on_sail: Callable[[Path], SparkEngine]) -> SparkEngine:
    return on_sail(folder)


@pytest.mark.slow
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_the_planner_on_sail_says_what_the_oracle_says(
    folder: Path, cell: Cell, spark: SparkEngine, case: Case
) -> None:
    engine = engine_of(case, folder, cell)
    engine.use_remote(spark, above=0)
    check_thrice(case, engine)


@pytest.mark.slow
@settings(max_examples=CASES // 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases(SUMS, large=True))
def test_sums_of_large_values_never_wrap_on_sail(folder: Path, cell: Cell, spark: SparkEngine, case: Case) -> None:
    engine = engine_of(case, folder, cell)
    engine.use_remote(spark, above=0)
    check_thrice(case, engine)
