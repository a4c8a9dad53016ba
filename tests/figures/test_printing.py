"""What may be printed: small figures, shares, money of few and lone gaps in tables are withheld from the public, not from the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.figures.world import OWNER, World, below, column, form, row, told
from toguna.figures.calculate import Calculator
from toguna.figures.context import Context
from toguna.figures.core.figure import figure_as_json
from toguna.figures.core.show import number_style, show_figure
from toguna.kernel.api import parse_period

INCIDENTS = form(
    "incident_table",
    [column("month", "date")],
    {
        "incident": [
            column("kind", "select_one", choice_list="kind", sensitivity="confidential"),
            column("region", "select_one", reference="places", sensitivity="confidential"),
            column("incidents", "integer", sensitivity="confidential"),
            column("paid", "integer", sensitivity="confidential"),
        ]
    },
    day="month",
    kind=("theft", "extortion", "injury"),
)
YAML = """
incidents:
  label: {en: incidents, fr: incidents}
  unit: incidents
  basis: reported
  kind: flow
  from: incident_table/incident
  measure: sum incidents
  date: ^month
  place: region
  disaggregate: {kind: kind}
  release: {by: protection_officer, reason: small_but_harmless}
thefts:
  label: {en: thefts, fr: vols}
  unit: incidents
  basis: reported
  kind: flow
  from: incident_table/incident
  measure: sum incidents
  where: kind = 'theft'
  date: ^month
  place: region
theft_share:
  label: {en: thefts among incidents, fr: vols parmi les incidents}
  kind: ratio
  of: [incidents, incidents]
  where: kind = 'theft'
  unit: percent
others:
  label: {en: other incidents, fr: autres incidents}
  kind: difference
  of: [incidents, thefts]
  unit: incidents
incidents_change:
  label: {en: change of the incidents, fr: évolution des incidents}
  kind: change
  of: [incidents]
  unit: incidents
incidents_growth:
  label: {en: growth of the incidents, fr: hausse des incidents}
  kind: change
  of: [incidents]
  unit: percent
compensation:
  label: {en: compensation, fr: dédommagement}
  unit: XOF
  basis: counted
  kind: flow
  from: incident_table/incident
  measure: sum paid
  date: ^month
  disaggregate: {kind: kind}
regions:
  label: {en: regions with incidents, fr: régions avec incidents}
  unit: places
  basis: reported
  kind: flow
  from: incident_table/incident
  measure: distinct place@1
  date: ^month
  place: region
  suppress_below: 5
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    found = World(tmp_path)
    feed = found.form(INCIDENTS)
    rows = [
        below(0, kind="theft", region="ML07", incidents=3, paid=9000),
        below(1, kind="theft", region="ML06", incidents=20, paid=100),
        below(2, kind="extortion", region="ML07", incidents=30, paid=100),
        below(3, kind="extortion", region="ML06", incidents=40, paid=100),
        below(4, kind="extortion", region="ML09", incidents=9, paid=100),
        below(5, kind="injury", region="ML09", incidents=2, paid=100),
        below(6, kind="extortion", region="ML09", incidents=5, paid=100),
        below(7, kind="extortion", region="ML09", incidents=5, paid=100),
    ]
    feed.say("i1", date(2016, 12, 1), {"": [row(month=date(2016, 12, 1))], "incident": rows})
    return found


def asked(world: World, *, public: bool, released: frozenset[str] = frozenset()) -> Calculator:
    around = replace(world.around(YAML), released=released)
    return Calculator(around, Context(period=parse_period("2016-12"), actor=OWNER, public=public))


def seen(calculator: Calculator, reference: str) -> Any:
    figure, problems = calculator.figure(reference)
    assert figure is not None, problems
    return told(figure)


def cells(calculator: Calculator, reference: str, *by: str) -> dict[Any, Any]:
    table = calculator.table(reference, by)
    assert not table.problems and table.total is not None
    found = {tuple(cell.values()): told(figure) for cell, figure in table.rows}
    return {**found, "total": told(table.total)}


def test_the_office_sees_what_the_public_does_not(world: World) -> None:
    inside, outside = asked(world, public=False), asked(world, public=True)
    assert seen(inside, "incidents?kind=injury") == 2
    assert seen(outside, "incidents?kind=injury") == "withheld"
    assert seen(outside, "incidents?kind=theft") == 23
    assert seen(outside, "incidents?kind=theft&place=ML07") == "withheld"
    assert seen(outside, "incidents?place=ML09&kind=theft") in ("not_reported", "withheld")


def test_a_withheld_figure_tells_nothing_of_itself(world: World) -> None:
    figure, _ = asked(world, public=True).figure("incidents?kind=injury")
    assert figure is not None and figure.value is None and figure.records is None and not figure.names
    assert show_figure(figure, "en", number_style("en")) == ""
    written = figure_as_json(figure, "")
    assert written["value"] is None and written["records"] is None and written["status"] == "withheld"
    printed, _ = asked(world, public=True).figure("incidents")
    assert printed is not None and printed.value == 114 and printed.records is None


def test_a_lone_gap_in_a_table_takes_another_with_it(world: World) -> None:
    inside, outside = asked(world, public=False), asked(world, public=True)
    assert cells(inside, "incidents", "kind") == {("theft",): 23, ("extortion",): 89, ("injury",): 2, "total": 114}
    printed = cells(outside, "incidents", "kind")
    assert printed["injury",] == "withheld" and printed["total"] == 114
    assert sorted(value == "withheld" for key, value in printed.items() if key != "total") == [False, True, True]


def test_a_table_of_two_axes(world: World) -> None:
    printed = cells(asked(world, public=True), "incidents", "kind", "region")
    assert printed["theft", "ML07"] == printed["injury", "ML09"] == "withheld"
    assert printed["extortion", "ML06"] == 40 and printed["total"] == 114
    assert printed["injury", "ML06"] == "withheld", "a row that is absent would tell that there was none"
    assert len(printed) == 3 * 3 + 1
    assert len(cells(asked(world, public=False), "incidents", "kind", "region")) == 6 + 1


def test_shares_and_differences_that_tell_of_small_numbers(world: World) -> None:
    inside, outside = asked(world, public=False), asked(world, public=True)
    assert seen(inside, "theft_share?place=ML07") == Decimal("9.090909")
    assert seen(outside, "theft_share?place=ML07") == "withheld"
    assert seen(outside, "theft_share") == Decimal("20.175439")
    assert seen(inside, "others?place=ML07") == 30
    assert seen(outside, "others?place=ML07") == "withheld", "33 less 30 tells the 3 thefts"
    assert seen(outside, "others") == 91
    shares = cells(outside, "theft_share", "region")
    assert shares["ML07",] == "withheld" and shares["ML06",] == Decimal("33.333333")


def test_money_of_few_is_withheld_whatever_it_is(world: World) -> None:
    inside, outside = asked(world, public=False), asked(world, public=True)
    assert seen(inside, "compensation?kind=injury") == 100
    assert seen(outside, "compensation?kind=injury") == "withheld"
    assert seen(outside, "compensation?kind=extortion") == 500
    assert seen(outside, "compensation") == 9700


def test_what_is_released_is_printed(world: World) -> None:
    outside = asked(world, public=True, released=frozenset({"incidents"}))
    assert seen(outside, "incidents?kind=injury") == 2
    assert seen(outside, "thefts?place=ML07") == "withheld", "another indicator, not released"


def test_a_list_of_names(world: World) -> None:
    figure, problems = asked(world, public=False).figure("regions?show=list")
    assert figure is not None, problems
    assert figure.names == {"en": ("ML06", "ML07", "ML09"), "fr": ("ML06", "ML07", "ML09")}
    assert show_figure(figure, "en", number_style("en")) == "ML06, ML07 and ML09"
    hidden, _ = asked(world, public=True).figure("regions?show=list")
    assert hidden is not None and hidden.status == "withheld" and not hidden.names


@pytest.fixture
def two_months(tmp_path: Path) -> World:
    """December beside November: one region fell below the threshold, one changed by less than it, two by more."""
    found = World(tmp_path)
    feed = found.form(INCIDENTS)
    for n, (month, counts) in enumerate(((11, (20, 30, 40)), (12, (4, 34, 55)))):
        rows = [
            below(place, kind="theft", region=region, incidents=count)
            for place, (region, count) in enumerate(zip(("ML06", "ML07", "ML09"), counts, strict=True))
        ]
        day = date(2016, month, 1)
        feed.say(f"i{n}", day, {"": [row(month=day)], "incident": rows})
    return found


def test_a_change_is_withheld_wherever_a_part_of_it_is(two_months: World) -> None:
    inside, outside = asked(two_months, public=False), asked(two_months, public=True)
    assert seen(inside, "incidents_change") == 3 and seen(inside, "incidents_change?place=ML06") == -16
    assert seen(outside, "incidents_change?place=ML06") == "withheld", "December has 4"
    assert seen(outside, "incidents_change?place=ML07") == "withheld", "it changed by 4"
    assert seen(outside, "incidents_growth?place=ML07") == "withheld", "13 percent of 30 are 4"
    assert seen(outside, "incidents_change?place=ML09") == 15
    assert seen(outside, "incidents_growth?place=ML09") == Decimal("37.5")
    assert seen(outside, "incidents_growth?period=2016-11") in ("not_reported", "withheld")


@pytest.mark.parametrize(("december", "is_printed"), [(34, False), (35, True), (25, True), (26, False)])
def test_a_change_by_the_threshold_is_printed_and_by_one_less_is_not(
    tmp_path: Path, december: int, is_printed: bool
) -> None:
    world = World(tmp_path)
    feed = world.form(INCIDENTS)
    for month, count in ((11, 30), (12, december)):
        day = date(2016, month, 1)
        rows = [below(0, kind="theft", region="ML06", incidents=count)]
        feed.say(f"i{month}", day, {"": [row(month=day)], "incident": rows})
    outside = asked(world, public=True)
    for name in ("incidents_change", "incidents_growth"):
        assert (seen(outside, name) != "withheld") is is_printed


def test_a_table_of_changes_hides_what_either_months_table_hides_and_its_total(two_months: World) -> None:
    hidden = {
        key
        for period in ("2016-11", "2016-12")
        for key, value in cells(asked(two_months, public=True), f"incidents?period={period}", "region").items()
        if value == "withheld"
    }
    assert len(hidden) == 2, "the small cell takes another with it"
    for name in ("incidents_change", "incidents_growth"):
        inside = cells(asked(two_months, public=False), name, "region")
        printed = cells(asked(two_months, public=True), name, "region")
        assert inside.keys() == printed.keys()
        assert all(printed[key] == "withheld" for key in {*hidden, "total"})
