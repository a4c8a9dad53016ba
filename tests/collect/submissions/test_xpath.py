"""Expressions of forms: what each means, and that the two evaluators mean the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.collect.core.submissions.xpath import Field, Kind, Moment, Node, NotEvaluable, parse, texts, truths
from toguna.collect.core.submissions.xpath import evaluate as by_row

MOMENT = Moment(now=datetime(2016, 12, 21, 12, 30, tzinfo=UTC), today=date(2016, 12, 21))

KINDS: dict[str, Kind] = {"n": "number", "m": "number", "t": "text", "d": "date", "c": "list", "b": "boolean"}
FRAME_TYPES = {
    "n": pl.Int64,
    "m": pl.Float64,
    "t": pl.String,
    "d": pl.Date,
    "c": pl.List(pl.String),
    "b": pl.Boolean,
}


def scope(path: tuple[str, ...]) -> Node:
    name = "t" if path == (".",) else path[-1]
    if name not in KINDS:
        raise NotEvaluable(name)
    return Field(key=name, kind=KINDS[name])


def both(expression: str, **row: object) -> str:
    """The expression's text on one row, by both evaluators, which must agree."""
    node = parse(expression, scope)
    frame = pl.DataFrame({name: [row.get(name)] for name in KINDS}, schema=FRAME_TYPES)
    found = texts(node, frame, MOMENT)[0]
    assert found == by_row.text(node, {name: row.get(name) for name in KINDS}, MOMENT)
    return str(found)


@pytest.mark.parametrize(
    ("expression", "row", "expected"),
    [
        # XPath 1.0, 3.5: operators bind or < and < equality < comparison < sum < product < minus
        ("1 + 2 * 3", {}, "7"),
        ("-2 + 3", {}, "1"),
        ("(1 + 2) * 3", {}, "9"),
        ("7 div 2", {}, "3.5"),
        ("-7 mod 3", {}, "-1"),
        ("7 div 0", {}, ""),
        ("1 < 2 and 2 < 1 or true()", {}, "true"),
        # A blank answer is no number, and a comparison with no number is false
        ("${n} > 5", {"n": 6}, "true"),
        ("${n} > 5", {}, "false"),
        ("${n} <= 5", {}, "false"),
        ("${n} != 5", {}, "true"),
        ("${t} = ''", {}, "true"),
        # XPath 1.0, 3.4: a question beside a text is compared as text, so that '' means unanswered, of numbers too
        ("${n} = ''", {}, "true"),
        ("${n} != ''", {}, "false"),
        ("${n} != ''", {"n": 5}, "true"),
        ("${d} = ''", {}, "true"),
        ("${d} != ''", {"d": date(2016, 12, 21)}, "true"),
        ("${t} = 'yes'", {"t": "yes"}, "true"),
        ("${t} = 5", {"t": "5.0"}, "true"),
        ("not(${t})", {}, "true"),
        # ODK XForms, functions
        ("selected(${c}, 'water')", {"c": ["food", "water"]}, "true"),
        ("selected(${c}, 'wat')", {"c": ["food", "water"]}, "false"),
        ("selected(${t}, 'water')", {"t": "water"}, "true"),
        ("count-selected(${c})", {"c": ["food", "water"]}, "2"),
        ("count-selected(${c}) > 0", {}, "false"),
        ("regex(${t}, '^[A-Z]{2}[0-9]{2}$')", {"t": "ML07"}, "true"),
        ("regex(${t}, '^(?=.*7)ML')", {"t": "ML07"}, "true"),
        ("string-length(.) < 5", {"t": "Gao"}, "true"),
        ("if(${n} > 1, 'many', 'one')", {"n": 2}, "many"),
        ("coalesce(${t}, 'none')", {}, "none"),
        ("coalesce(${n}, 0) + 1", {}, "1"),
        ("concat(${t}, '-', ${n})", {"t": "ML", "n": 7}, "ML-7"),
        ("int(2.9) + int(-2.9)", {}, "0"),
        ("round(2.345, 2)", {}, "2.35"),
        ("number(' 12 ')", {}, "12"),
        ("number('twelve')", {}, ""),
        ("string(${n} = 1)", {"n": 1}, "true"),
        ("substr(${t}, 0, 2)", {"t": "ML07"}, "ML"),
        # Dates count days; a date beside a text reads the text as a date
        ("${d} <= today()", {"d": date(2016, 12, 21)}, "true"),
        ("${d} <= today()", {"d": date(2016, 12, 22)}, "false"),
        ("${d} > '2016-12-01'", {"d": date(2016, 12, 2)}, "true"),
        ("${d} - 1 = date('2016-12-01')", {"d": date(2016, 12, 2)}, "true"),
        ("format-date(${d}, '%Y-%m')", {"d": date(2016, 12, 2)}, "2016-12"),
        ("today()", {}, "2016-12-21"),
    ],
)
def test_an_expression_means(expression: str, row: dict[str, object], expected: str) -> None:
    assert both(expression, **row) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "",
        ". >= 0 and . <=",
        "pulldata('a', 'b')",
        "instance('x')/root/item[name = 1]/label",
        "(" * 200,
        "1 2",
        "${nobody}",
    ],
)
def test_what_is_not_evaluated_is_said(expression: str) -> None:
    with pytest.raises(NotEvaluable):
        parse(expression, scope)


NUMBERS = st.sampled_from(["0", "1", "2.5", "10", "${n}", "${m}"])
TEXTS = st.sampled_from(["''", "'a'", "'a b'", "'12'", "'2016-12-02'", "${t}", "${c}", "${n}"])
DATES = st.sampled_from(["${d}", "today()", "date('2016-12-02')", "date(${t})"])


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    operators = st.sampled_from(["+", "-", "*", "=", "!=", "<", "<=", ">", ">=", "and", "or", "div", "mod"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        inner.map(lambda x: f"not({x})"),
        inner.map(lambda x: f"string({x})"),
        inner.map(lambda x: f"number({x})"),
        inner.map(lambda x: f"int({x})"),
        inner.map(lambda x: f"string-length({x})"),
        inner.map(lambda x: f"count-selected({x})"),
        inner.map(lambda x: f"regex({x}, '^[a-z ]*$')"),
        inner.map(lambda x: f"(- {x})"),
        two.map(lambda x: f"selected({x[0]}, {x[1]})"),
        two.map(lambda x: f"coalesce({x[0]}, {x[1]})"),
        two.map(lambda x: f"contains({x[0]}, {x[1]})"),
        st.tuples(inner, inner, inner).map(lambda x: f"if({x[0]}, {x[1]}, {x[2]})"),
    )


ROWS = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(-20, 20),
        "m": st.none() | st.integers(-80, 80).map(lambda x: x / 4),
        "t": st.none() | st.sampled_from(["a", "a b", "12", "-3", " 7 ", "2016-12-02", "2016-02-31", "é"]),
        "d": st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        "c": st.none() | st.lists(st.sampled_from(["a", "b", "12"]), min_size=1, max_size=3, unique=True),
        "b": st.none() | st.booleans(),
    }
)


@settings(max_examples=150, deadline=None)
@given(
    expression=st.recursive(st.one_of(NUMBERS, TEXTS, DATES, st.just("${b}")), wider, max_leaves=6),
    rows=st.lists(ROWS, min_size=1, max_size=6),
)
def test_both_evaluators_mean_the_same(expression: str, rows: list[dict[str, object]]) -> None:
    node = parse(expression, scope)
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in KINDS}, schema=FRAME_TYPES)
    assert truths(node, frame, MOMENT).to_list() == [by_row.truth(node, row, MOMENT) for row in rows]
    if node.kind != "number":
        assert texts(node, frame, MOMENT).to_list() == [by_row.text(node, row, MOMENT) for row in rows]
