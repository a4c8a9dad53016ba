"""Kept figures computed again on Sail: the outcome stands in the journal, and a difference is a fault."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.collect.storage.conftest import OWNER, xml
from tests.figures import test_opened
from tests.figures.test_opened import DECEMBER, take, value
from toguna.figures import opened as figures_opened
from toguna.figures.comparing import KeptFigure, compare_engines
from toguna.figures.core.plan import spark_sql
from toguna.figures.lake.spark import SparkEngine
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused

opened = test_opened.opened


@pytest.fixture
def kept(opened: Instance) -> list[KeptFigure]:
    """What an edition would keep: one as it is, one under a definition that has changed since, one that is not reported."""
    take(xml("uuid:a", women=5), xml("uuid:b", women=7))
    right = value("attended")
    at = journal.head().sequence
    values = {"attended": right, "attended?sex=f": Decimal(1), "attended?place=ML05": None}
    return [
        KeptFigure(reference=name, edition="update-ML-2016-12-en-1", period=DECEMBER, place="ML", at=at, value=one)
        for name, one in values.items()
    ]


def told() -> list[dict[str, object]]:
    return [dict(act.detail) for act in journal.acts(kinds=("engine.compared",))]


@pytest.mark.slow
def test_the_same_figures_are_written_to_the_journal(kept: list[KeptFigure], sail: str) -> None:
    found = compare_engines(kept, sail, 200, OWNER)
    assert (found.engine, found.compared, found.changed, found.problems) == ("spark-connect 0.7.2", 3, 1, ())
    (detail,) = told()
    assert (detail["engine"], detail["compared"], detail["different"]) == ("spark-connect/0.7.2", 3, 0)
    assert detail["changed"] == 1 and str(detail["own"]).startswith("duckdb/")
    assert compare_engines(kept, sail, 1, OWNER).compared == 1


@pytest.mark.slow
def test_a_kept_figure_that_no_engine_computes_is_a_fault_unless_its_definition_changed(
    kept: list[KeptFigure], sail: str
) -> None:
    right = kept[0]
    assert right.value is not None
    with figures_opened.using() as around:
        definition = around.indicators["attended"].digest
    false = replace(right, value=right.value + 1000, definition=definition)
    other = replace(right, reference="attended?sex=m", value=Decimal(9000), definition="another")
    unknown = replace(right, reference="nothing_of_the_name")
    found = compare_engines([false, other, unknown], sail, 200, OWNER)
    assert (found.compared, found.changed, found.failed) == (2, 1, 1)
    (problem,) = found.problems
    assert problem.id == "figures.engine_kept_differs" and "9000" not in problem.written("en")
    assert "1000" not in problem.written("fr")
    detail = told()[-1]
    assert (detail["compared"], detail["different"], detail["changed"], detail["failed"]) == (2, 1, 1, 1)


@pytest.mark.slow
def test_a_lake_that_is_not_there_is_told_and_nothing_is_written(
    kept: list[KeptFigure], sail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGUNA_ENGINE_LAKE", "/nowhere/lake")
    with pytest.raises(Refused, match=r"/nowhere/lake"):
        compare_engines(kept, sail, 200, OWNER)
    assert told() == []


@pytest.mark.slow
def test_a_figure_that_differs_is_a_fault(kept: list[KeptFigure], sail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that passed every known answer and then adds one to each sum."""
    rows = SparkEngine.rows
    monkeypatch.setattr(
        SparkEngine,
        "rows",
        lambda self, asked: [
            tuple(v + 1 if isinstance(v, Decimal) and asked.views else v for v in row) for row in rows(self, asked)
        ],
    )
    found = compare_engines(kept, sail, 200, OWNER)
    assert {problem.id for problem in found.problems} == {"figures.engine_figure_differs"}
    assert told()[0]["different"] == len(found.problems) > 0


@pytest.mark.slow
def test_an_engine_that_does_not_know_is_asked_nothing_and_nothing_is_written(
    kept: list[KeptFigure], sail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(spark_sql.FIX_UPS, "month_difference", lambda tree, whole: None)
    with pytest.raises(Refused):
        compare_engines(kept, sail, 200, OWNER)
    assert told() == []
