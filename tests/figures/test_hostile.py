"""Conditions that mean harm or nonsense reach neither database nor file: they are no expressions."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.examples import RESULT, SOURCES
from toguna.figures.core.expressions import evaluate, parse_expression, write_sql
from toguna.kernel.api import LANGUAGES

LINES = (Path(__file__).parent / "hostile.txt").read_text().splitlines()
HOSTILE = [line for line in LINES if line and not line.startswith("# ")]


def unescaped(line: str) -> str:
    """``\\n``, ``\\t``, ``\\0``, ``\\uXXXX`` and ``\\\\`` as they are meant."""
    plain = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
    return re.sub(r"\\(u[0-9a-f]{4}|[nt0\\])", lambda match: plain.get(match[1]) or chr(int(match[1][1:], 16)), line)


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("line", HOSTILE)
def test_is_refused_with_what_is_wrong(line: str) -> None:
    tree, problems = parse_expression(unescaped(line), RESULT, SOURCES)
    assert tree is None and problems
    for problem in problems:
        for language in LANGUAGES:
            assert len(problem.written(language)) < 2000


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "women > 1" + ")" * 5000,
        "(" * 100 + "women > 1" + ")" * 100,
        "not " * 900 + "true",
        "- " * 100 + "1 > 0",
        " and ".join(["women > 1"] * 3000),
        " or ".join(["women > 1"] * 130),
        "women in (" + ",".join(["1"] * 3000) + ")",
        "activity = '" + "x" * 100_000 + "'",
        "coalesce(" * 60 + "women" + ", 1)" * 60 + " > 1",
        "women > " + "9" * 3000,
        "a." * 1000 + "b is null",
        "^" * 3000 + "month is null",
        "\x00" * 10,
        "women" + " " * 5000 + "> 1",
        "'" * 3999,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str) -> None:
    tree, problems = parse_expression(text, RESULT, SOURCES)
    assert tree is None and problems


def test_what_is_long_but_legal_is_read() -> None:
    text = " and ".join(["women > 1"] * 90)
    tree, problems = parse_expression(text, RESULT, SOURCES)
    assert tree is not None and not problems
    tree, problems = parse_expression("women + " * 150 + "1 > 0", RESULT, SOURCES)
    assert tree is not None, [problem.written() for problem in problems]
    assert evaluate(tree, lambda read: 1) is True and write_sql(tree, lambda read: "")


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    tree, problems = parse_expression(text, RESULT, SOURCES)
    assert (tree is None) == bool(problems)


PIECES = [
    "women",
    "men",
    "activity",
    "themes",
    "^month",
    "1",
    "2.5",
    "'x'",
    "null",
    "true",
    "and",
    "or",
    "not",
    "in",
    "is",
    "between",
]
PIECES += [
    "(",
    ")",
    ",",
    "=",
    "<",
    "-",
    "*",
    "/",
    "+",
    "coalesce",
    "if",
    "selected",
    "date",
    "select",
    ";",
    "--",
    "::",
    "[",
    '"',
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_words_in_any_order_are_read_or_refused(text: str) -> None:
    tree, problems = parse_expression(text, RESULT, SOURCES)
    assert (tree is None) == bool(problems)
    if tree is not None:
        assert not set(write_sql(tree, lambda read: "")) & set(";[]{}$?")


# The SQL means what Python means

ROWS = [
    (women, men, amount, activity)
    for women in (None, 0, 1, 3)
    for men, amount, activity in (
        (None, None, None),
        (0, Decimal("0.5"), "school_kit"),
        (2, Decimal("-1.25"), "hygiene_session"),
        (3, Decimal("2.345678"), "school_kit"),
    )
]

numbers = st.recursive(
    st.sampled_from(["women", "men", "amount", "0", "1", "2.5", "3"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda one: f"(- {one})"),
        inner.map(lambda one: f"abs({one})"),
        st.tuples(inner, st.integers(0, 6)).map(lambda parts: f"round({parts[0]}, {parts[1]})"),
        st.tuples(st.sampled_from(["coalesce", "least", "greatest", "nullif"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        inner.map(lambda one: f"floor({one})"),
        inner.map(lambda one: f"ceil({one})"),
    ),
    max_leaves=5,
)
conditions = st.recursive(
    st.one_of(
        st.tuples(numbers, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), numbers).map(" ".join),
        st.tuples(numbers, numbers, numbers).map(lambda parts: f"{parts[0]} between {parts[1]} and {parts[2]}"),
        numbers.map(lambda one: f"{one} is null"),
        numbers.map(lambda one: f"{one} not in (1, 2.5, 3)"),
        st.sampled_from(["activity = 'school_kit'", "activity is not null", "starts_with(activity, 'hyg')", "true"]),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map(lambda parts: f"({''.join(parts)})"),
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, numbers, numbers).map(lambda parts: f"if({parts[0]}, {parts[1]}, {parts[2]}) > 1"),
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def rows() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (women BIGINT, men BIGINT, amount DECIMAL(28,6), activity VARCHAR)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)
    return connection


@given(text=conditions)
@settings(max_examples=150, deadline=None)
def test_sql_and_python_agree(rows: duckdb.DuckDBPyConnection, text: str) -> None:
    tree, problems = parse_expression(text, RESULT, SOURCES)
    if tree is None:
        assert {problem.id for problem in problems} <= {"figures.expression_too_deep", "figures.expression_too_long"}
        return
    asked = rows.execute(f"SELECT {write_sql(tree, lambda read: 't')} FROM t").fetchall()
    meant = []
    for women, men, amount, activity in ROWS:
        row = {"women": women, "men": men, "amount": amount, "activity": activity}
        meant.append((evaluate(tree, lambda read, row=row: row[read.column.name]),))
    assert asked == meant, write_sql(tree, lambda read: "")
