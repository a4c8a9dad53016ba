"""The ledger's lines: read with every fault, judged beside what was computed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.pack.mali import table
from toguna.instance.core.tables import TableRow
from toguna.kernel.api import Place
from toguna.pack.core.lines import COLUMNS, judge, read_lines


def row(**cells: str) -> TableRow:
    given = {"id": "x", "basis": "counted", "printed": "94", "value": "94", "reference": "people", **cells}
    return TableRow(cells={column: given.get(column, "") for column in COLUMNS}, where=Place(file="ledger.csv", line=2))


def figure(value: str | None, status: str = "value") -> Any:
    return SimpleNamespace(value=None if value is None else Decimal(value), status=status)


def judged(computed: str | None, state: str = "value", /, **cells: str) -> str:
    [line], problems = read_lines([row(**cells)], {"note"})
    assert not problems
    return judge(line, figure(computed, state), "").status


@pytest.mark.parametrize(
    ("value", "cells", "status"),
    [
        ("94", {}, "equal"),
        ("95", {}, "differs"),
        ("4.889", {"printed": "5%", "value": "5"}, "equal"),
        ("5.5", {"printed": "5%", "value": "5"}, "differs"),
        ("1200000", {"printed": "USD 1.2 million", "value": "1200000"}, "equal"),
        ("54.84", {"printed": "more than 50%", "value": "50", "hedge": "over"}, "equal"),
        ("55.1", {"printed": "more than 50%", "value": "50", "hedge": "over"}, "equal"),
        ("56", {"printed": "more than 50%", "value": "50", "hedge": "over"}, "differs"),
        ("49", {"printed": "more than 50%", "value": "50", "hedge": "over"}, "differs"),
        ("31", {"printed": "Approximately 30", "value": "30", "hedge": "about"}, "equal"),
        ("12", {"printed": "ten", "value": "10", "hedge": "at-least"}, "equal"),
        ("9", {"printed": "ten", "value": "10", "hedge": "at-least"}, "differs"),
    ],
)
def test_a_line_is_equal_as_it_was_printed(value: str, cells: dict[str, str], status: str) -> None:
    assert judged(value, **cells) == status


@pytest.mark.parametrize("state", ["not_reported", "not_expected", "unknown", "not_applicable"])
def test_a_silence_is_no_number(state: str) -> None:
    assert judged(None, state) == "differs"


def test_what_is_withheld_is_neither_equal_nor_different() -> None:
    assert judged(None, "withheld", value="4") == "withheld"


def test_nil_is_nought() -> None:
    assert judged("0", "nil", value="0") == "equal"


def test_stated_lines_and_those_that_are_no_figure_are_not_computed() -> None:
    assert judged(None, basis="stated", reference="stated:ab?source=note") == "stated"
    assert judged(None, basis="not_a_figure", reference="", reason="a name") == "not_a_figure"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"basis": "guessed"}, "ledger_basis"),
        ({"hedge": "roundly"}, "ledger_hedge"),
        ({"value": "many"}, "ledger_value"),
        ({"value": "NaN"}, "ledger_value"),
        ({"basis": "stated", "reference": "stated:ab?source=nott"}, "ledger_source"),
        ({"basis": "stated", "reference": "people"}, "ledger_reference"),
        ({"basis": "not_a_figure"}, "ledger_reference"),
    ],
)
def test_a_line_says_what_is_wrong(cells: dict[str, str], fault: str) -> None:
    lines, problems = read_lines([row(**cells)], {"note"})
    assert not lines
    assert [problem.id for problem in problems] == [f"pack.{fault}"]
    assert all(problem.written(language) for problem in problems for language in ("en", "fr"))


def test_the_ledger_has_every_printed_number_of_the_reference() -> None:
    bases = Counter(row["basis"] for row in table("ledger.csv"))
    assert sum(bases.values()) == 152
    assert bases["stated"] <= 43
    assert bases["not_a_figure"] <= 4


def test_nothing_above_twenty_is_stated() -> None:
    assert all(int(row["value"]) <= 20 for row in table("ledger.csv") if row["basis"] == "stated")
