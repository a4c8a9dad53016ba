"""Expressions of forms: what each means, and that the two evaluators mean the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.collect.core.submissions.xpath import evaluate as by_row
from toguna.collect.core.submissions.xpath.apply import texts, truths
from toguna.collect.core.submissions.xpath.functions import FUNCTIONS, Function
from toguna.collect.core.submissions.xpath.parse import parse
from toguna.collect.core.submissions.xpath.tree import CHOICES, Field, Kind, Literal, Moment, Node, NotEvaluable

MOMENT = Moment(now=datetime(2016, 12, 21, 12, 30, tzinfo=UTC), today=date(2016, 12, 21))

EAST = Moment(now=datetime(2016, 12, 20, 22, tzinfo=UTC), today=date(2016, 12, 21), zone=ZoneInfo("Africa/Nairobi"))

KINDS: dict[str, Kind] = {
    "n": "number",
    "m": "number",
    "t": "text",
    "k": "time",
    "d": "date",
    "s": "datetime",
    "c": "list",
    "b": "boolean",
}
LABELS = (("a", "Apple"), ("b", "Bean"), ("12", "Dozen"))
FRAME_TYPES = {
    "n": pl.Int64,
    "m": pl.Float64,
    "t": pl.String,
    "k": pl.String,
    "d": pl.Date,
    "s": pl.Datetime("us", "UTC"),
    "c": pl.List(pl.String),
    "b": pl.Boolean,
}


def scope(path: tuple[str, ...]) -> Node:
    if path[0] == CHOICES:
        return Literal(value=LABELS, kind="choices")
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
        ("7 div 0", {}, "Infinity"),
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
        ("regex(${t}, '^(?=.*7)ML.*')", {"t": "ML07"}, "true"),
        ("string-length(.) < 5", {"t": "Gao"}, "true"),
        ("if(${n} > 1, 'many', 'one')", {"n": 2}, "many"),
        ("coalesce(${t}, 'none')", {}, "none"),
        ("coalesce(${n}, 0) + 1", {}, "1"),
        ("concat(${t}, '-', ${n})", {"t": "ML", "n": 7}, "ML-7"),
        ("int(2.9) + int(-2.9)", {}, "0"),
        ("round(2.345, 2)", {}, "2.35"),
        ("number(' 12 ')", {}, "12"),
        ("number('twelve')", {}, "NaN"),
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
        "true() = *",
        "* + 1",
        "${n} = (div)",
        "${nobody}",
    ],
)
def test_what_is_not_evaluated_is_said(expression: str) -> None:
    with pytest.raises(NotEvaluable):
        parse(expression, scope)


NUMBERS = st.sampled_from(
    ["0", "1", "2.5", "-3", "0.1", "10", "0.00001", "1000000", "(1 div 0)", "${n}", "${m}", "string(${m})"]
)
TEXTS = st.sampled_from(
    [
        "''",
        "'a'",
        "'a b'",
        "'12'",
        "'4,5'",
        "' 7 '",
        "'2016-12-02'",
        "'09:30'",
        "'true'",
        "${t}",
        "${c}",
        "${n}",
        "${k}",
    ]
)
DATES = st.sampled_from(
    ["${d}", "${s}", "today()", "now()", "date('2016-12-02')", "date(${t})", "date-time(${d})", "${t}"]
)
TRUTHS = st.sampled_from(["${b}", "true()", "${n} > 1", "${t} = 'a'", "${d} <= today()", "${s} = ${d}", "${n} = ${m}"])
ANY = st.one_of(NUMBERS, TEXTS, DATES, TRUTHS)
LITERALS = {
    "pattern": st.sampled_from(["'[a-z ]+'", "'\\\\d+'", "'(?!a).*'", "${t}"]),
    "format": st.sampled_from(["'%Y-%m-%d'", "'%e %b %y'", "'%H:%M:%S.%3'", "'%a, %n %%'"]),
    "choices": st.just("'${t}'"),
    "rows": st.sampled_from(["${n}", "${t}", "${d}"]),
}
EVALUATED = [
    function
    for function in FUNCTIONS.values()
    if function.state == "evaluated" and function.name not in ("indexed-repeat", "position")
]


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A call of any function of the table, with arguments of the kinds it takes or of any other."""

    def arguments(function: Function) -> st.SearchStrategy[str]:
        counts = st.integers(function.least, min(function.most if function.most is not None else 6, 6))
        return counts.flatmap(
            lambda count: st.tuples(*(LITERALS.get(function.argument(at), inner) for at in range(count)))
        ).map(lambda given: f"{function.name}({', '.join(given)})")

    return st.sampled_from(EVALUATED).flatmap(arguments)


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "=", "!=", "<", "<=", ">", ">=", "and", "or", "div", "mod"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        inner.map(lambda x: f"(- {x})"),
        calls(inner),
    )


ROWS = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(-20, 20),
        "m": st.none() | st.sampled_from([0.1, 0.2, 0.3, 1e-9, 2.5, 3.0000000000000004, -0.5, 1e17, 12345.675, -7.25]),
        "t": st.none()
        | st.sampled_from(["a", "a b", "12", "-3", " 7 ", "4,5", "2016-12-02", "2016-02-31", "é", "09:30"]),
        "k": st.none() | st.sampled_from(["09:30", "23:59:59.500+03:00", "00:00:00.000Z"]),
        "d": st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        "s": st.none() | st.datetimes(datetime(2016, 12, 19), datetime(2016, 12, 23), timezones=st.just(UTC)),
        "c": st.none() | st.lists(st.sampled_from(["a", "b", "12"]), min_size=1, max_size=3, unique=True),
        "b": st.none() | st.booleans(),
    }
)


@settings(max_examples=400, deadline=None)
@given(
    expression=st.one_of(calls(ANY), st.recursive(ANY, wider, max_leaves=6)),
    rows=st.lists(ROWS, min_size=1, max_size=6),
    moment=st.sampled_from([MOMENT, EAST]),
)
def test_both_evaluators_mean_the_same(expression: str, rows: list[dict[str, object]], moment: Moment) -> None:
    node = parse(expression, scope)
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in KINDS}, schema=FRAME_TYPES)
    assert truths(node, frame, moment).to_list() == [tried(by_row.truth, node, row, moment) for row in rows]
    assert texts(node, frame, moment).to_list() == [tried(by_row.text, node, row, moment) for row in rows]


def tried(
    how: Callable[[Node, dict[str, object], Moment], object], node: Node, row: dict[str, object], moment: Moment
) -> object:
    """The value by the row evaluator; none where it cannot be evaluated."""
    try:
        return how(node, row, moment)
    except NotEvaluable:
        return None
