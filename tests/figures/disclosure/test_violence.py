"""Figures on gender-based violence: by agreement, by region, never by who served."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.figures.world import World, below, column, form, row, value
from toguna.figures.core.disclosure.prints import planned_print, printed_figure
from toguna.figures.core.disclosure.publication import Candidate
from toguna.figures.core.disclosure.violence import is_barred
from toguna.figures.core.reading import read_indicators
from toguna.figures.core.reference import Show
from toguna.figures.publication import PlanChooser
from toguna.instance.api import Instance
from toguna.kernel.api import parse_period

SERVICES = form(
    "agreed_table",
    [column("month", "date")],
    {
        "service": [
            column("place", "select_one", reference="places", sensitivity="confidential"),
            column("provider", "select_one", reference="organisations", sensitivity="confidential"),
            column("survivors", "integer", sensitivity="confidential"),
        ]
    },
    day="month",
)
COMMON = "unit: persons, persons: served, basis: reported, kind: flow, from: agreed_table/service, date: ^month, place: place"
YAML = f"""
survivors: {{{{label: {{{{en: s, fr: s}}}}, {COMMON}, measure: sum survivors, disaggregate: {{{{provider: provider}}}}, on_violence: {{rule}}}}}}
others: {{{{label: {{{{en: o, fr: o}}}}, {COMMON}, measure: sum survivors, disaggregate: {{{{provider: provider}}}}}}}}
"""
AGREED = "{owner: sub-cluster, agreement: isp-2016, date: 2016-06-01}"


@pytest.fixture
def world(tmp_path: Path) -> World:
    found = World(tmp_path)
    rows = [
        below(0, place="ML0701", provider="A", survivors=40),
        below(1, place="ML0601", provider="B", survivors=60),
    ]
    found.form(SERVICES).say("t", date(2016, 12, 1), {"": [row(month=date(2016, 12, 1))], "service": rows})
    return found


def seen(world: World, rule: str, reference: str) -> Any:
    return value(world.calculator(YAML.format(rule=rule), public=True), reference)


@pytest.mark.parametrize("name", ["survivors", "others"])
def test_without_an_agreement_nothing_is_printed_whatever_it_is_called(world: World, name: str) -> None:
    assert seen(world, "{owner: sub-cluster}", name) == "withheld"
    assert seen(world, AGREED, name) == 100


@pytest.mark.parametrize("name", ["survivors", "others"])
def test_never_finer_than_a_region_and_never_by_who_served(world: World, name: str) -> None:
    assert seen(world, AGREED, f"{name}?place=ML07") == 40
    assert seen(world, AGREED, f"{name}?place=ML0701") == "withheld"
    assert seen(world, AGREED, f"{name}?place=ML06,ML0701") == "withheld"
    assert seen(world, AGREED, f"{name}?provider=A") == "withheld"


def test_a_table_of_them_follows(world: World) -> None:
    calculator = world.calculator(YAML.format(rule=AGREED), public=True)
    assert [one.status for _, one in calculator.table("survivors", ["region"]).rows] == ["value", "value"]
    assert {one.status for _, one in calculator.table("survivors", ["provider"]).rows} == {"withheld"}
    assert {one.status for _, one in calculator.table("survivors", ["place@4"]).rows} == {"withheld"}


def test_the_office_sees_them(world: World) -> None:
    calculator = world.calculator(YAML.format(rule="{owner: sub-cluster}"))
    assert value(calculator, "survivors?place=ML0701") == 40


@pytest.mark.parametrize(
    "rule",
    ["{agreement: isp, date: 2016-06-01}", "{owner: x, agreement: isp}", "{owner: x, agreement: isp, date: june}"],
)
def test_half_an_agreement_is_none(world: World, rule: str) -> None:
    sources = world.around(YAML.format(rule=AGREED)).engine.catalogue.sources
    found, problems = read_indicators({"x.yaml": YAML.format(rule=rule)}, sources, ("unhcr",))
    assert "survivors" not in found and any("on_violence" in problem.what() for problem in problems)


@pytest.mark.parametrize(
    ("level", "is_withheld"), [(0, False), (1, False), (2, True), (3, True), (4, True), (None, True)]
)
def test_a_region_is_the_finest_place(world: World, level: int | None, is_withheld: bool) -> None:
    """Each level of the tree, and a place that the tree does not know."""
    indicators = world.around(YAML.format(rule=AGREED)).indicators
    assert is_barred(indicators["survivors"], indicators, ["ML07"], (), lambda code: level) == is_withheld
    assert is_barred(indicators["others"], indicators, ["ML07"], (), lambda code: level) == is_withheld


MONTH = parse_period("2016-12")


def planned(world: World, rule: str, *wanted: str) -> set[str]:
    """What the plan of the month has, where texts want these figures as the office sees them."""
    office = world.calculator(YAML.format(rule=rule))
    figures = [office.figure(one)[0] for one in wanted]
    prints = [printed_figure(one, Show(), "ML") for one in figures if one is not None]
    first = [Candidate(figure=planned_print(one, MONTH), rank=0) for one in prints if one is not None]
    assert len(first) == len(wanted)
    chooser = PlanChooser(around=office.around, sequence=office.around.until, gone=())
    return {one.reference for one in chooser.choose([MONTH], first)}


def test_a_plan_has_them_by_agreement_alone(world: World, instance: Instance) -> None:
    assert planned(world, AGREED) == {f"{name}{of}" for name in ("survivors", "others") for of in ("", "?place=ML06", "?place=ML07")}  # fmt: skip
    assert planned(world, "{owner: sub-cluster}") == set()


def test_what_a_text_wants_is_no_exception(world: World, instance: Instance) -> None:
    """Without the agreement nothing; with it nothing finer than a region and nothing by who served."""
    assert planned(world, "{owner: sub-cluster}", "survivors", "others?place=ML07") == set()
    fine = {"survivors?place=ML0701", "others?place=ML06,ML0701", "survivors?provider=A"}
    found = planned(world, AGREED, "survivors?place=ML06,ML07", *fine)
    assert "survivors?place=ML06,ML07" in found and not found & fine
