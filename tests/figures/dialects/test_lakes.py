"""Figures over a lake as Toguna writes it: values near 2^62, moments near midnight, columns that came later, tables without a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.figures.world import World, below, column, form, row
from toguna.figures.core.figure import Figure
from toguna.figures.core.plan.ask import Setting
from toguna.figures.core.plan.statement import QueryEngine
from toguna.figures.lake.spark import SparkEngine, SparkSettings

_VISITS = "from: visit\n  basis: counted\n  kind: flow\n  date: at\n  place: site\n  unit: visits"
INDICATORS = f"""
visits:
  label: {{en: Visits, fr: Visites}}
  {_VISITS}
  measure: count
  disaggregate: {{kind: kind}}
litres:
  label: {{en: Litres, fr: Litres}}
  {_VISITS}
  measure: sum litres
  disaggregate: {{kind: kind}}
both:
  label: {{en: Both, fr: Les deux}}
  {_VISITS}
  measure: sum litres + spilt
paid:
  label: {{en: Paid, fr: Payé}}
  {_VISITS}
  measure: sum price
users:
  label: {{en: Users, fr: Usagers}}
  from: visit/user
  basis: counted
  kind: flow
  date: ^at
  place: ^site
  unit: persons
  persons: distinct
  measure: distinct name
teams:
  label: {{en: Teams, fr: Équipes}}
  from: team
  basis: counted
  kind: flow
  date: met_on
  unit: teams
  measure: count
points:
  label: {{en: Points, fr: Points}}
  from: points
  basis: counted
  kind: stock
  unit: points
  measure: count
  valid: {{since: since, until: next}}
  disaggregate: {{state: state}}
"""
#: A reference, and by what it is split.
ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("visits", ("kind",)),
    ("visits?place=ML06", ()),
    ("visits", ("place@1", "month")),
    ("litres", ("kind",)),
    ("litres", ("month",)),
    ("litres?kind=tap", ()),
    ("both", ()),
    ("paid", ()),
    ("users", ("place@1",)),
    ("teams", ()),
    ("points", ("state",)),
)
PERIODS = ("2016-11", "2016-12", "2016-12-31")


def lake_of_awkward_values(folder: Path) -> World:
    """Two versions of a form, of which the second has further columns; a form without a submission; a list with a past."""
    world = World(folder, Setting(zone="Asia/Kathmandu"))
    first = [column("at", "datetime"), column("site", "select_one", reference="places"), column("litres", "integer")]
    later = [*first, column("kind", "select_one"), column("spilt", "integer"), column("price", "decimal")]
    users = {"user": [column("name", "text", lake=True)]}
    team = world.form(form("team", [column("met_on", "date")]))
    assert not team.lineages
    visits = world.form(form("visit", first, users))
    for number in range(12):
        # Midnight in Kathmandu is 18:15 in UTC.
        at = datetime(2016, 11, 30, 18, 15, tzinfo=UTC) + timedelta(
            seconds=(-1, 0, 1)[number % 3], days=number % 2 * 30
        )
        visits.say(f"v{number}", at.date(), _visit(number, at, {}))
    world.lake.sync(list(world.feeds.values()), world.journal.last)
    again = world.form(form("visit", first, users, version="1"), form("visit", later, users, version="2"))
    again.lineages.update(visits.lineages)
    for number in range(12, 30):
        at = datetime(2016, 12, 31, 18, 14, 59, tzinfo=UTC) - timedelta(days=number - 12, seconds=number % 2)
        more = {"kind": ("tap", "well", None)[number % 3], "spilt": number, "price": Decimal(number) / 8}
        again.say(f"v{number}", at.date(), _visit(number, at, more))
    again.say("v13", date(2016, 12, 2), _visit(13, datetime(2016, 12, 2, tzinfo=UTC), {"kind": "tap"}))
    points = world.entities("points", [column("state", "select_one"), column("since", "date")])
    for number in range(5):
        points.also(f"p{number}", date(2016, 11, 1), {"": [row(state="open", since=date(2016, 11, 1 + number))]})
        points.also(f"p{number}", date(2016, 12, 1), {"": [row(state="shut", since=date(2016, 12, 30 + number % 2))]})
    return world


def _visit(number: int, at: datetime, more: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    site = ("ML0701", "ML0601", "ML0901", None)[number % 4]
    users = [below(n, name=f"u{(number * n) % 7}") for n in range(1, 4)]
    return {"": [row(at=at, site=site, litres=2**62 - number, **more)], "user": users}


def asked_of(
    world: World, engine: QueryEngine | None, asked: Sequence[tuple[str, tuple[str, ...]]], *, cubes: bool = False
) -> list[Figure]:
    """Every figure and every cell, from DuckDB or from another engine."""
    found: list[Figure] = []
    for period in PERIODS:
        calculator = world.calculator(INDICATORS, period)
        if engine is not None:
            calculator.around.engine.use_remote(engine, above=0)
        if cubes:
            calculator.around.engine.use_cubes(calculator.around.indicators.values(), None)
        for reference, by in asked:
            if period == "2016-12-31" and "month" in by:
                continue
            table = calculator.table(reference, by)
            assert table.total is not None, [problem.written() for problem in table.problems]
            found += [table.total, *(figure for _, figure in table.rows)]
    return found


def shown(figure: Figure) -> tuple[Any, ...]:
    return figure.reference.written(), figure.period.written(), figure.status, figure.value, figure.records


@pytest.mark.slow
@pytest.mark.parametrize("cubes", [False, True], ids=["queries", "cubes"])
@pytest.mark.parametrize("tables", ["files", "delta"])
def test_awkward_lakes_give_the_same_figures(tables: Any, cubes: bool, sail: str, tmp_path: Path) -> None:
    world = lake_of_awkward_values(tmp_path)
    here = asked_of(world, None, ASKED, cubes=cubes)
    where = world.lake.folder
    spark = SparkEngine(SparkSettings(address=sail, here=where, there=str(where.resolve()), tables=tables))
    try:
        there = asked_of(world, spark, ASKED, cubes=cubes)
    finally:
        spark.close()
    assert [shown(figure) for figure in there] == [shown(figure) for figure in here]
    assert any(figure.value and figure.value > 2**63 for figure in here)
    engines = [frozenset().union(*(figure.engines for figure in found)) for found in (here, there)]
    assert [{name.split()[0] for name in found} for found in engines] == [{"duckdb"}, {"spark-connect"}]


@pytest.mark.slow
def test_small_questions_stay_here(on_sail: Callable[[Path], SparkEngine], tmp_path: Path) -> None:
    """By the number of rows read: December's files are read elsewhere, a form with none is not."""
    world = lake_of_awkward_values(tmp_path)
    calculator = world.calculator(INDICATORS, "2016-12")
    calculator.around.engine.use_remote(on_sail(world.lake.folder), above=15)
    assert {name.split()[0] for name in calculator.table("visits", ()).total.engines} == {"spark-connect"}  # type: ignore[union-attr]
    assert {name.split()[0] for name in calculator.table("points", ()).total.engines} == {"duckdb"}  # type: ignore[union-attr]
