"""The planner's SQL, kept in snapshots/ and read in review like prose. ``TOGUNA_WRITE=1 pytest tests/figures/test_sql.py`` renews it."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.figures.strategies import INDICATORS
from tests.figures.test_planner import CATALOGUE, SETTING, SPANS, split
from toguna.figures.core.plan.ask import Ask
from toguna.figures.core.plan.select import compile_query, compile_trace
from toguna.figures.core.plan.views import known
from toguna.figures.core.snapshot import LakeFile, Snapshot
from toguna.figures.cubes import Cubes, PlaceLines
from toguna.kernel.api import parse_period

FOLDER = Path(__file__).parent / "snapshots"

#: By snapshot: the indicator, what is asked of it, and by what it is split.
ASKED = {
    "sum_of_a_repeat": ("sessions", {}, ()),
    "sum_in_places_by_region": ("sessions", {"places": ("ML07", "ML08")}, ("place@1",)),
    "sum_by_month_of_one_partner": ("sessions", {"filters": {"partner": ("AMSS",)}}, ("month",)),
    "wide_columns_by_sex": ("attendance", {}, ("sex",)),
    "wide_columns_of_another_split": ("attendance", {"filters": {"group": ("REF",)}}, ()),
    "count_with_provisional_rows": ("results", {}, ("in_region",)),
    "distinct_over_the_parent": ("partners", {}, ()),
    "distinct_by_category": ("persons", {}, ("sex",)),
    "distinct_places_of_a_level": ("regions", {}, ()),
    "money_at_the_rate_of_its_day": ("money", {}, ()),
    "ages_from_month_of_birth": ("seats", {"filters": {"age": ("0-17", "unknown")}}, ("age",)),
    "stock_until_the_next_version": ("delayed", {"places": ("ML07",)}, ("cause",)),
    "stock_until_a_day": ("open_points", {}, ()),
    "stock_over_a_reference": ("working", {"places": ("ML07",)}, ("type",)),
    "latest_of_each_key": ("litres", {}, ("type",)),
    "counter_since_a_day": ("litres_ever", {}, ()),
    "quoted_latest": ("quoted", {"filters": {"source": ("cmp-2016-10",)}}, ()),
}


def ask(name: str) -> Ask:
    indicator, asked, by = ASKED[name]
    return Ask(
        indicator=INDICATORS[indicator],
        period=parse_period("2016-Q4"),
        at=8,
        by=tuple(map(split, by)),
        **asked,  # type: ignore[arg-type]
    )


def held_to(name: str, written: str) -> None:
    path = FOLDER / f"{name}.sql"
    if os.environ.get("TOGUNA_WRITE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written)
    assert path.exists(), f"no snapshot {path.name}: read the SQL, then run with TOGUNA_WRITE=1"
    assert path.read_text() == written, f"the SQL of {name} changed: read it, then run with TOGUNA_WRITE=1"


@pytest.mark.parametrize("name", ASKED)
def test_a_query_is_written_as_its_snapshot(name: str) -> None:
    query = compile_query(ask(name), CATALOGUE, SETTING)
    views = ", ".join(view.name for view in query.views)
    months = "all months" if query.months is None else ", ".join(query.months)
    held_to(name, f"-- over {views}; {months}\n{query.sql};\n")


def test_a_trace_is_written_as_its_snapshot() -> None:
    query = compile_trace(ask("wide_columns_by_sex"), CATALOGUE, SETTING)
    held_to("trace", f"{query.sql};\n")


def test_a_cube_is_written_as_its_snapshot() -> None:
    cubes = Cubes(
        catalogue=CATALOGUE,
        setting=SETTING,
        indicators=INDICATORS.values(),
        tree=PlaceLines(SPANS),  # type: ignore[arg-type]
        snapshots=lambda name: None,
        run=lambda *given: pytest.fail("no query is run"),
        folder=None,
    )
    shape = cubes._compiled([INDICATORS["sessions"], INDICATORS["attendance"]], ("partner",), date(2016, 11, 15))
    held_to("cube", f"{shape.sql()};\n")


def test_every_snapshot_is_of_a_query() -> None:
    assert {path.stem for path in FOLDER.glob("*.sql")} == {*ASKED, "trace", "cube"}


def test_rows_known_at_an_act_are_asked_for_by_the_shortest_condition() -> None:
    file = LakeFile(path="a", month="2016-12", rows=1, size=1, seq_from=5, seq_to=7)
    snapshot = Snapshot(folder=Path(), version=1, reached=9, files=(file,), columns=(), evolved=False)
    assert known(snapshot, 7) == "_seq_to IS NULL"
    assert known(snapshot, 6) == "_seq_from <= 6 AND (_seq_to IS NULL OR _seq_to > 6)"
