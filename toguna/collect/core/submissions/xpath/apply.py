"""An expression over a whole table: vectorised where polars can, row by row where it cannot.

A row on which the expression cannot be evaluated has no result (null), and stops no other row.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import polars as pl

from toguna.collect.core.submissions.xpath import evaluate, vectorise
from toguna.collect.core.submissions.xpath.conversions import to_text
from toguna.collect.core.submissions.xpath.tree import Moment, Node, fields

_Column = Callable[[Node, Moment], pl.Expr]
_Row = Callable[[Node, evaluate.Answers, Moment], Any]


def truths(node: Node, frame: pl.DataFrame, moment: Moment) -> pl.Series:
    """Whether the expression holds, for each row; null where it cannot be evaluated."""
    return _apply(node, frame, moment, vectorise.truth, evaluate.truth, pl.Boolean)


def texts(node: Node, frame: pl.DataFrame, moment: Moment) -> pl.Series:
    """The expression's text for each row; null where it cannot be evaluated."""
    return _apply(node, frame, moment, vectorise.text, evaluate.text, pl.String)


def answers(node: Node, frame: pl.DataFrame, moment: Moment) -> pl.Series:
    """The text that a calculation stores: of no number it is blank (JavaRosa); null where it cannot be evaluated."""
    return _apply(node, frame, moment, _answer_column, _answer, pl.String)


def _answer(node: Node, row: evaluate.Answers, moment: Moment) -> str:
    value = evaluate.evaluate(node, row, moment)
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value, moment)


def _answer_column(node: Node, moment: Moment) -> pl.Expr:
    found = vectorise.text(node, moment)
    return pl.when(found != "NaN").then(found).otherwise(pl.lit("")) if node.kind == "number" else found


def _apply(node: Node, frame: pl.DataFrame, moment: Moment, column: _Column, row: _Row, kind: Any) -> pl.Series:
    try:
        found = frame.select(column(node, moment).alias("")).to_series()
        return found.new_from_index(0, frame.height) if len(found) != frame.height else found
    except Exception:
        return _by_row(node, frame, moment, row, kind)


def _by_row(node: Node, frame: pl.DataFrame, moment: Moment, row: _Row, kind: Any) -> pl.Series:
    def one(values: evaluate.Answers) -> Any:
        try:
            return row(node, values, moment)
        except Exception:
            return None

    names = list(dict.fromkeys(field.key for field in fields(node)))
    if not names:
        return pl.Series([one({})] * frame.height, dtype=kind)
    return pl.Series([one(values) for values in frame.select(names).iter_rows(named=True)], dtype=kind)
