"""``toguna verify --engine``: figures of issued editions again, elsewhere; the outcome stands in the journal."""

from __future__ import annotations

import pytest

from tests.cli.test_user_and_verify import run
from toguna.access.api import Actor
from toguna.figures import comparing
from toguna.figures.comparing import KeptFigure, compare_engines
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused, parse_period

AUDITOR = Actor(name="awa", roles=("auditor",))
KEPT = KeptFigure(
    reference="x?period=2016-12", edition="e-1", period=parse_period("2016-12"), place="ML", at=1, value=None
)


def compared() -> list[journal.Act]:
    return list(journal.acts(kinds=("engine.compared",)))


def test_a_sample_without_an_engine_is_refused(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(instance, "verify", "--sample", "5") != 0
    assert "--engine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "told"),
    [("duckdb", "engine_is_duckdb"), ("http://here", "engine_setting"), ("sc://", "engine_setting")],
)
def test_what_is_no_engine_is_refused(address: str, told: str, instance: Instance) -> None:
    with pytest.raises(Refused) as refusal:
        compare_engines([KEPT], address, 1, AUDITOR)
    assert [problem.id for problem in refusal.value.problems] == [f"figures.{told}"]
    assert compared() == []


def test_nothing_kept_and_a_sample_of_none_are_refused(instance: Instance) -> None:
    for kept, sample, told in (
        ([], 5, "engine_nothing_kept"),
        ([KEPT], 0, "sample_invalid"),
        ([KEPT], -1, "sample_invalid"),
    ):
        with pytest.raises(Refused) as refusal:
            compare_engines(kept, "sc://127.0.0.1:1", sample, AUDITOR)
        assert [problem.id for problem in refusal.value.problems] == [f"figures.{told}"]
    assert compared() == []


def test_who_may_not_verify_may_not_compare(instance: Instance) -> None:
    with pytest.raises(Refused):
        compare_engines([KEPT], "sc://127.0.0.1:1", 1, Actor(name="reader", roles=("reader",)))


def test_a_difference_is_told_without_its_values() -> None:
    here = [("value", 5, None), ("value", 7, None)]
    there = [("value", 5, None), ("value", 8, None)]
    second = KeptFigure(reference="y", edition="e-1", period=KEPT.period, place="ML", at=1, value=None)
    found = comparing._problems([KEPT, second], here, there, "duckdb 1", "spark-connect 4")  # type: ignore[arg-type]
    assert [problem.id for problem in found] == ["figures.engine_figure_differs"]
    for language in ("en", "fr"):
        written = found[0].written(language)
        assert "y of e-1" in written or "y de e-1" in written
        assert "8" not in written.replace("e-1", "")
