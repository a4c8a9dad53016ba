"""An expression over a whole table: vectorised where polars can, row by row where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from toguna.collect.core.submissions.xpath import evaluate, vectorise
from toguna.collect.core.submissions.xpath.tree import Moment, Node, fields

_Row = Callable[[Node, Mapping[str, Any], Moment], Any]
_Column = Callable[[Node, Moment], pl.Expr]


def truths(node: Node, frame: pl.DataFrame, moment: Moment) -> pl.Series:
    """Whether the expression holds, for each row."""
    return _apply(node, frame, moment, vectorise.truth, evaluate.truth, pl.Boolean)


def texts(node: Node, frame: pl.DataFrame, moment: Moment) -> pl.Series:
    """The expression's text for each row; "" where it has none."""
    return _apply(node, frame, moment, vectorise.text, evaluate.text, pl.String)


def _apply(
    node: Node, frame: pl.DataFrame, moment: Moment, column: _Column, row: _Row, kind: type[pl.DataType]
) -> pl.Series:
    try:
        expression = column(node, moment)
    except vectorise.NotVectorisable:
        names = list(dict.fromkeys(field.key for field in fields(node)))
        if not names:
            return pl.Series([row(node, {}, moment)] * frame.height, dtype=kind)
        rows = frame.select(names).iter_rows(named=True)
        return pl.Series([row(node, values, moment) for values in rows], dtype=kind)
    found = frame.select(expression.alias("")).to_series()
    return found.new_from_index(0, frame.height) if len(found) != frame.height else found
