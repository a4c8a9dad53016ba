"""Some seven hundred expressions and their values (`xpath_cases.txt`), by both evaluators."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from toguna.collect.core.submissions.xpath import evaluate as by_row
from toguna.collect.core.submissions.xpath.apply import texts
from toguna.collect.core.submissions.xpath.parse import parse
from toguna.collect.core.submissions.xpath.tree import CHOICES, Field, Kind, Literal, Moment, Node

CASES = Path(__file__).with_name("xpath_cases.txt")
MOMENT = Moment(now=datetime(2024, 5, 2, 6, 15, tzinfo=UTC), today=date(2024, 5, 2))
LABELS = (("apple", "Red apple"), ("baby", "Baby food"), ("crimson", "Crimson"))
_INSTANT = pl.Datetime("us", "UTC")
#: Name: kind, polars' type, answer.
ANSWERS: dict[str, tuple[Kind, object, object]] = {
    "n": ("number", pl.Int64, 7),
    "m": ("number", pl.Float64, 2.5),
    "neg": ("number", pl.Int64, -3),
    "zero": ("number", pl.Int64, 0),
    "big": ("number", pl.Int64, 12345678901),
    "nb": ("number", pl.Int64, None),
    "t": ("text", pl.String, "ML0712"),
    "u": ("text", pl.String, "  two  words "),
    "phone": ("text", pl.String, "70123456"),
    "num": ("text", pl.String, "4.50"),
    "no": ("text", pl.String, "no"),
    "tb": ("text", pl.String, None),
    "one": ("text", pl.String, "apple"),
    "c": ("list", pl.List(pl.String), ["apple", "baby", "crimson"]),
    "cb": ("list", pl.List(pl.String), None),
    "d": ("date", pl.Date, date(2024, 5, 2)),
    "e": ("date", pl.Date, date(2024, 2, 29)),
    "db": ("date", pl.Date, None),
    "s": ("datetime", _INSTANT, datetime(2024, 5, 2, 6, tzinfo=UTC)),
    "sb": ("datetime", _INSTANT, None),
    "k": ("time", pl.String, "09:30"),
    "b": ("boolean", pl.Boolean, True),
    "f": ("boolean", pl.Boolean, False),
    "bb": ("boolean", pl.Boolean, None),
    "r": ("rows", pl.List(pl.Int64), [5, 4, None]),
    "w": ("rows", pl.List(pl.String), ["a", None, "c"]),
    "x": ("rows", pl.List(pl.Int64), []),
}


def cases() -> list[tuple[int, str, str]]:
    """Line, expression and value of each."""
    found = []
    for number, line in enumerate(CASES.read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            expression, mark, value = line.partition("  =>  ")
            assert mark, f"line {number} has no =>"
            found.append((number, expression, value))
    return found


def scope(path: tuple[str, ...]) -> Node:
    if path[0] == CHOICES:
        return Literal(value=LABELS, kind="choices")
    name = "t" if path[-1] == "." else path[-1]
    return Field(key=name, kind=ANSWERS[name][0], of="number" if name in "rx" else "text")


@pytest.mark.parametrize(("line", "expression", "value"), cases())
def test_an_expression_has_its_value_by_both_evaluators(line: int, expression: str, value: str) -> None:
    node = parse(expression, scope)
    row = {name: answer for name, (_, _, answer) in ANSWERS.items()}
    frame = pl.DataFrame(
        {name: [answer] * 2 for name, answer in row.items()},
        schema={name: kind for name, (_, kind, _) in ANSWERS.items()},
    )
    assert by_row.text(node, row, MOMENT) == value, f"line {line}, by row"
    assert texts(node, frame, MOMENT).to_list() == [value] * 2, f"line {line}, by column"
