"""docs/indicators.md says what is so: its examples are read, its figures computed from its records, its lists complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.figures.examples import SOURCES
from tests.figures.oracle import Question, Row, World, answer
from tests.figures.strategies import PLACES, RATES
from toguna.figures.core.adding import may_cover
from toguna.figures.core.definition import Indicator
from toguna.figures.core.expressions import FUNCTIONS
from toguna.figures.core.reading import read_indicators
from toguna.figures.core.reading.indicators import KEYS
from toguna.figures.core.reference import check_reference, parse_reference
from toguna.kernel.api import parse_period

PAGE = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text()
FIGURES = [
    line for block in re.findall(r"```figures\n(.*?)```", PAGE, re.S) for line in block.splitlines() if line.strip()
]


@cache
def indicators() -> Mapping[str, Indicator]:
    text = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.S))
    found, problems = read_indicators({"indicators.md": text}, SOURCES)
    assert not problems, [problem.written() for problem in problems]
    return found


@cache
def world() -> World:
    rows: dict[str, list[Row]] = {}
    for name, head, body in re.findall(r"^`([a-z_/]+)`\n\| (.+) \|\n\|[ \-|]+\|\n((?:\|.*\n?)+)", PAGE, re.M):
        table = SOURCES.table(name)
        assert table is not None, name
        for line in body.splitlines():
            cells = dict(zip(head.split(" | "), [cell.strip() for cell in line.strip("|").split("|")], strict=True))
            rows.setdefault(name, []).append(row_of(name, cells))
    return World(sources=SOURCES, rows=rows, places=PLACES, rates=RATES)


def row_of(name: str, cells: dict[str, str]) -> Row:
    table = SOURCES.tables[name]
    values = {key: typed(table.columns[key].type, cell) for key, cell in cells.items() if key in table.columns}
    if table.key:
        values[table.key] = cells["id"]
    dates = [value for value in values.values() if isinstance(value, date)]
    above = cells.get("above")
    return Row(
        values=values,
        lineage=above or cells["id"],
        row=cells["id"],
        parent_row=above,
        instance_id=above or cells["id"],
        version=int(cells.get("version", 1)),
        happened=dates[0] if dates else None,
    )


def typed(type: str | None, cell: str) -> Any:
    if not cell:
        return None
    readers = {
        "integer": int,
        "decimal": Decimal,
        "date": date.fromisoformat,
        "codes": lambda text: frozenset(text.split()),
    }
    return readers.get(type or "", str)(cell)


@pytest.mark.parametrize("line", FIGURES)
def test_figures_are_as_the_page_says(line: str) -> None:
    written, _, expected = line.partition(" = ")
    reference, problems = parse_reference(written)
    assert reference is not None and not problems
    assert reference.written() == written, "the page writes references as we do"
    assert not check_reference(reference, indicators())
    period = reference.resolved_period(parse_period("2016-12"))
    assert may_cover(indicators()[reference.indicator], period) is None
    found = answer(
        world(),
        indicators(),
        reference.indicator,
        Question(period=period, at=1, places=reference.place, filters=reference.categories),
    )
    assert (found.status if found.status != "value" else f"{found.value.normalize():f}") == expected  # type: ignore[union-attr]


def test_every_indicator_of_the_page_has_a_figure() -> None:
    assert {line.split(" = ")[0].split("?")[0] for line in FIGURES} == set(indicators())
    assert len(FIGURES) > 50


def test_every_key_and_function_has_an_example() -> None:
    used = set(re.findall(r"^  (\w+):", "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.S)), re.M))
    known = {key for keys in KEYS.values() for key in keys}
    assert used == known, f"without an example: {known - used}; unknown: {used - known}"
    listed = PAGE.split("and the functions ")[1].split(".")[0]
    assert re.findall(r"`(\w+)`", listed) == sorted(FUNCTIONS)


def test_every_kind_basis_and_measure_has_an_example() -> None:
    found = indicators().values()
    assert {one.kind for one in found} == {"flow", "stock", "counter", "ratio", "sum", "difference", "change", "target"}
    assert {one.basis for one in found} == {"counted", "reported", "quoted", "estimated", "planned"}
    assert len({type(one.measure) for one in found}) == 6
