"""The planner says what the oracle says on another engine too: the same random worlds, questions, splits, as-ofs and cubes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.figures.strategies import LAST_ACT, Case, cases
from tests.figures.test_planner import CATALOGUE, SETTING, SPANS, FilesAlone, check
from toguna.figures.engine import Engine
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


@pytest.mark.slow
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_the_planner_on_sail_says_what_the_oracle_says(
    folder: Path, cell: Cell, spark: SparkEngine, case: Case
) -> None:
    own = folder / "case"
    own.mkdir(exist_ok=True)
    for path in own.iterdir():
        path.unlink()
    engine = Engine(FilesAlone(own, case.lineages), cell, CATALOGUE, SETTING, SPANS)  # type: ignore[arg-type]
    engine.use_remote(spark, above=0)
    check(case, engine)
    engine.use_cubes(case.indicators.values(), None)
    check(case, engine)
    check(replace(case, question=replace(case.question, at=LAST_ACT)), engine)


@pytest.fixture(scope="module")
def spark(folder: Path, on_sail: Callable[[Path], SparkEngine]) -> SparkEngine:
    return on_sail(folder)
