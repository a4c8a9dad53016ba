"""Figures on gender-based violence: by agreement, by region, never by who served."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.figures.world import World, below, column, form, row, value
from toguna.figures.core.disclosure.violence import is_barred
from toguna.figures.core.reading import read_indicators

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
