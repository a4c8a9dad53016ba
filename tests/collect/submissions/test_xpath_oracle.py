"""Pure XPath 1.0 by elementpath's own evaluator: slow, of another hand, and of the same mind where forms add nothing to XPath."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from xml.etree import ElementTree

from elementpath import XPath1Parser, XPathContext
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.collect.core.submissions.xpath import evaluate as by_row
from toguna.collect.core.submissions.xpath.conversions import number_text
from toguna.collect.core.submissions.xpath.parse import parse
from toguna.collect.core.submissions.xpath.tree import Moment, Node, NotEvaluable

MOMENT = Moment(now=datetime(2024, 5, 2, tzinfo=UTC), today=date(2024, 5, 2))
ROOT = ElementTree.fromstring("<data/>")


def nothing(path: tuple[str, ...]) -> Node:
    raise NotEvaluable(str(path))


NUMBERS = st.sampled_from(["0", "1", "2", "7", "2.5", "10", "0.25"])
TEXTS = st.sampled_from(["''", "'a'", "'abc'", "'b c'", "'12'", "' a  b '", "'é'"])


def numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.sampled_from(["+", "-", "*"])
    return st.one_of(
        st.tuples(inner, binary, inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(inner, st.sampled_from(["div", "mod"]), st.sampled_from(["2", "5", "0.5"])).map(
            lambda x: f"({x[0]} {x[1]} {x[2]})"
        ),
        st.sampled_from(["floor", "ceiling", "number", "-"]).flatmap(lambda name: inner.map(lambda x: f"{name}({x})")),
        TEXTS.map(lambda text: f"string-length({text})"),
    )


NUMERIC = st.recursive(NUMBERS, numbers, max_leaves=6)
STRING = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda x: f"concat({x[0]}, {x[1]})"),
        st.tuples(inner, TEXTS).map(lambda x: f"substring-before({x[0]}, {x[1]})"),
        st.tuples(inner, TEXTS).map(lambda x: f"substring-after({x[0]}, {x[1]})"),
        st.tuples(inner, TEXTS, TEXTS).map(lambda x: f"translate({x[0]}, {x[1]}, {x[2]})"),
        # elementpath rounds halves to the even number here; XPath 1.0, 4.2 rounds them up.
        st.tuples(inner, st.sampled_from(["0", "1", "2"]), st.sampled_from(["1", "2", "7"])).map(
            lambda x: f"substring({x[0]}, {x[1]}, {x[2]})"
        ),
        inner.map(lambda x: f"normalize-space({x})"),
    ),
    max_leaves=5,
)
TRUTH = st.recursive(
    st.one_of(
        st.tuples(NUMERIC, st.sampled_from(["<", "<=", ">", ">="]), NUMERIC).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(STRING, st.sampled_from(["=", "!="]), STRING).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(STRING, STRING).map(lambda x: f"contains({x[0]}, {x[1]})"),
        st.tuples(STRING, STRING).map(lambda x: f"starts-with({x[0]}, {x[1]})"),
        STRING.map(lambda x: f"boolean({x})"),
        st.sampled_from(["true()", "false()"]),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        inner.map(lambda x: f"not({x})"),
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(expression=st.one_of(NUMERIC, STRING, TRUTH))
def test_the_row_evaluator_agrees_with_elementpath(expression: str) -> None:
    theirs = XPath1Parser().parse(expression).evaluate(XPathContext(root=ROOT))
    ours = by_row.evaluate(parse(expression, nothing), {}, MOMENT)
    if isinstance(ours, float):
        assert number_text(ours) == number_text(float(theirs)) or math.isclose(ours, float(theirs), abs_tol=1e-12)
    else:
        assert ours == theirs
