"""The tree as one polars expression. Means what `evaluate` means.

A blank is null in a number, a truth, a date and an instant, and "" in a text; what is no number is NaN. Days and instants are polars'
own dates and datetimes. A function that has no column function is applied value by value, so that both evaluators share it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any

import numpy as np
import polars as pl

from toguna.collect.core.submissions.xpath.conversions import NEAR, NUMBER, ORDER, number_text, to_text
from toguna.collect.core.submissions.xpath.dates import day_of, read_moment
from toguna.collect.core.submissions.xpath.evaluate import apply_function, evaluate
from toguna.collect.core.submissions.xpath.functions import FUNCTIONS, Argument, Function
from toguna.collect.core.submissions.xpath.implementations import remainder
from toguna.collect.core.submissions.xpath.tree import (
    TEXTS,
    Call,
    Field,
    Kind,
    Literal,
    Moment,
    Node,
    is_blank,
    is_constant,
)

_MICROSECONDS_A_DAY = 86_400_000_000.0
_INSTANT = pl.Datetime("us", "UTC")
_TYPES: Mapping[Kind, Any] = {"number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date, "datetime": _INSTANT}


class NotVectorisable(ValueError):
    """The row evaluator must do it."""


def vectorise(node: Node, moment: Moment) -> pl.Expr:
    """The node over a table whose columns are the fields' keys. Refuses (`NotVectorisable`) what has a kind only row by row."""
    if node.kind in ("any", "choices"):
        raise NotVectorisable(node.kind)
    if isinstance(node, Field):
        return _field(node)
    if isinstance(node, Literal) or is_constant(node):
        return _constant(node, moment)
    if node.name in _SPECIAL:
        return _SPECIAL[node.name](node, moment)
    return _function(FUNCTIONS[node.name], node, moment)


def number(node: Node, moment: Moment) -> pl.Expr:
    """As a number; NaN of a blank."""
    if is_blank(node):
        return pl.lit(math.nan)
    expression = vectorise(node, moment)
    match node.kind:
        case "text" | "list" | "time":
            plain = expression.str.strip_chars(" \t\r\n").str.replace(",", ".", literal=True)
            read = pl.when(expression.str.contains(NUMBER)).then(plain).cast(pl.Float64, strict=False)
        case "date":
            read = expression.cast(pl.Int32).cast(pl.Float64)
        case "datetime":
            microseconds = _local(expression, moment).dt.epoch("us").cast(pl.Float64)
            read = pl.map_batches([microseconds, pl.lit(_MICROSECONDS_A_DAY)], _divided, return_dtype=pl.Float64)
        case "rows":
            raise NotVectorisable("rows as one number")
        case _:
            read = expression.cast(pl.Float64)
    return read.fill_null(math.nan)


def text(node: Node, moment: Moment) -> pl.Expr:
    expression = vectorise(node, moment)
    match node.kind:
        case "text" | "list" | "time":
            return expression
        case "boolean":
            return expression.replace_strict([True, False], ["true", "false"], return_dtype=pl.String).fill_null("")
        case "date":
            return expression.dt.strftime("%Y-%m-%d").fill_null("")
        case "number":
            return expression.map_batches(_number_texts, return_dtype=pl.String)
        case "datetime":
            return mapped([expression], lambda value: to_text(value, moment), pl.String)
    raise NotVectorisable(node.kind)


def truth(node: Node, moment: Moment) -> pl.Expr:
    expression = vectorise(node, moment)
    match node.kind:
        case "text" | "list" | "time":
            return expression != ""
        case "number":
            return ((expression.abs() > NEAR) & expression.is_not_nan()).fill_null(False)
        case "date" | "datetime":
            return expression.is_not_null()
        case "boolean":
            return expression.fill_null(False)
    raise NotVectorisable(node.kind)


def mapped(columns: Sequence[pl.Expr], function: Callable[..., Any], kind: Any) -> pl.Expr:
    """The function on each row's values; nulls come as "" and go as "". A single column's equal values are worked out once."""

    def work(series: Sequence[pl.Series]) -> pl.Series:
        texts = kind == pl.String
        if len(series) == 1 and not series[0].dtype.is_nested():
            known: dict[Any, Any] = {}
            values = ["" if value is None else value for value in series[0].to_list()]
            for value in set(values):
                known[value] = function(value)
            found: list[Any] = [known[value] for value in values]
        else:
            longest = max(map(len, series))
            lists = [one.to_list() * (longest if len(one) == 1 else 1) for one in series]
            found = [function(*("" if value is None else value for value in row)) for row in zip(*lists, strict=True)]
        if not texts:
            found = [None if isinstance(value, str) else value for value in found]
        return pl.Series(found, dtype=kind, strict=True)

    return pl.map_batches(list(columns), work, return_dtype=kind)


def _divided(pair: Sequence[pl.Series]) -> pl.Series:
    """By numpy: polars multiplies by the inverse of a constant, which is not always the same last digit."""
    a, b = (one.to_numpy() for one in pair)
    with np.errstate(all="ignore"):
        return pl.Series(np.divide(a, b), dtype=pl.Float64)


def _number_texts(values: pl.Series) -> pl.Series:
    whole = values.round(0)
    if ((values - whole).abs().fill_null(0.0) == 0.0).all() and (whole.abs().max() or 0.0) < 2**53:
        return values.cast(pl.Int64).cast(pl.String).fill_null("")
    return pl.Series(["" if value is None else number_text(value) for value in values], dtype=pl.String)


def _constant(node: Node, moment: Moment) -> pl.Expr:
    value = evaluate(node, {}, moment)
    if node.kind in TEXTS:
        return pl.lit(value, dtype=pl.String)
    if node.kind not in _TYPES:
        raise NotVectorisable(node.kind)
    return pl.lit(None if isinstance(value, str) else value, dtype=_TYPES[node.kind])


def _field(node: Field) -> pl.Expr:
    column = pl.col(node.key)
    match node.kind:
        case "list":
            return column.list.join(" ").fill_null("")
        case "number":
            return column.cast(pl.Float64)
        case "text" | "time":
            return column.fill_null("")
    return column


def _local(instants: pl.Expr, moment: Moment) -> pl.Expr:
    """On the clock of the moment's zone."""
    if moment.zone is UTC:
        return instants.dt.replace_time_zone(None)
    name = getattr(moment.zone, "key", None)
    if name is None:
        raise NotVectorisable("a time zone without a name")
    return instants.dt.convert_time_zone(name).dt.replace_time_zone(None)


def _as(kind: Kind, node: Node, moment: Moment) -> pl.Expr:
    """A branch's value, of the common kind; a blank has every kind."""
    if kind in TEXTS:
        return text(node, moment)
    return pl.lit(None, dtype=_TYPES[kind]) if is_blank(node) else vectorise(node, moment)


def _if(node: Call, moment: Moment) -> pl.Expr:
    condition, then, otherwise = node.arguments
    chosen = pl.when(truth(condition, moment)).then(_as(node.kind, then, moment))
    return chosen.otherwise(_as(node.kind, otherwise, moment))


def _coalesce(node: Call, moment: Moment) -> pl.Expr:
    first, second = (_as(node.kind, argument, moment) for argument in node.arguments)
    if node.kind in TEXTS:
        return pl.when(first != "").then(first).otherwise(second)
    has = first.is_not_null()
    if node.kind == "number":
        has &= first.is_not_nan().fill_null(False)
    return pl.when(has).then(first).otherwise(second)


def _connected(node: Call, moment: Moment) -> pl.Expr:
    parts = [truth(argument, moment) for argument in node.arguments]
    return pl.any_horizontal(parts) if node.name == "or" else pl.all_horizontal(parts)


def _arithmetic(node: Call, moment: Moment) -> pl.Expr:
    return _ARITHMETIC[node.name](*(number(argument, moment) for argument in node.arguments))


_ARITHMETIC: Mapping[str, Callable[..., pl.Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": lambda a, b: pl.map_batches([a, b], _divided, return_dtype=pl.Float64),
    "mod": lambda a, b: mapped([a, b], remainder, pl.Float64),
    "negate": lambda a: -a,
}


def _compare(node: Call, moment: Moment) -> pl.Expr:
    if node.name in ORDER:
        return _ordered(node, moment)
    left, right = node.arguments
    same = _equal(left, right, moment)
    return same if node.name == "=" else ~same


_ORDER: Mapping[str, Callable[[Any, Any], Any]] = ORDER


def _ordered(node: Call, moment: Moment) -> pl.Expr:
    """By date where both sides are dates, else by number; polars holds NaN above every number, and equal to itself."""
    left, right = node.arguments
    compare = _ORDER[node.name]
    pair = _dates(left, right, moment)
    if pair is not None and not {left.kind, right.kind} & TEXTS:
        dated: pl.Expr = compare(*pair)
        return dated.fill_null(False)
    numbers = number(left, moment), number(right, moment)
    ordered: pl.Expr = compare(*numbers) & numbers[0].is_not_nan() & numbers[1].is_not_nan()
    if pair is None:
        return ordered
    return pl.when(pair[0].is_not_null() & pair[1].is_not_null()).then(compare(*pair)).otherwise(ordered)


def _equal(left: Node, right: Node, moment: Moment) -> pl.Expr:
    kinds = {left.kind, right.kind}
    if not kinds <= {*TEXTS, *_TYPES}:
        raise NotVectorisable("a value whose kind is known only row by row")
    if kinds <= TEXTS:
        return text(left, moment) == text(right, moment)
    blanks = [_is_blank(one, moment) for one in (left, right)]
    if "boolean" in kinds:
        same = truth(left, moment) == truth(right, moment)
        if "number" in kinds:
            # A blank truth is "", which beside a number is no number.
            truth_blank, number_blank = blanks if left.kind == "boolean" else blanks[::-1]
            same &= ~truth_blank | number_blank
        return same
    if "number" in kinds:
        a, b = number(left, moment), number(right, moment)
        same = (((a - b).abs() < NEAR) & (a - b).is_not_nan()) | ((a == b) & a.is_not_nan())
    else:
        pair = _dates(left, right, moment)
        assert pair is not None
        same = (pair[0] == pair[1]).fill_null(False)
    return (same & ~blanks[0] & ~blanks[1]) | (blanks[0] & blanks[1])


def _is_blank(node: Node, moment: Moment) -> pl.Expr:
    if is_blank(node):
        return pl.lit(True)
    expression = vectorise(node, moment)
    return expression == "" if node.kind in TEXTS else expression.is_null()


def _dates(left: Node, right: Node, moment: Moment) -> tuple[pl.Expr, pl.Expr] | None:
    """Both sides as dates: by day where one is a day, else by instant; None where neither is a date or one is a number."""
    kinds = {left.kind, right.kind}
    if not kinds & {"date", "datetime"} or not kinds <= {"date", "datetime", *TEXTS}:
        return None
    if kinds == {"datetime"}:
        return vectorise(left, moment), vectorise(right, moment)
    if "date" in kinds:
        return _day(left, moment), _day(right, moment)
    texts = next(node for node in (left, right) if node.kind in TEXTS)
    if not isinstance(texts, Literal):
        raise NotVectorisable("a text beside an instant")
    read = read_moment(str(texts.value), moment)
    if read is None or type(read) is type(day_of(read, moment)):
        return _day(left, moment), _day(right, moment)
    sides = [pl.lit(read, dtype=_INSTANT) if node is texts else vectorise(node, moment) for node in (left, right)]
    return sides[0], sides[1]


def _day(node: Node, moment: Moment) -> pl.Expr:
    if is_blank(node):
        return pl.lit(None, dtype=pl.Date)
    expression = vectorise(node, moment)
    if node.kind == "datetime":
        return _local(expression, moment).dt.date()
    if node.kind == "date":
        return expression

    def read(value: str) -> Any:
        found = read_moment(value, moment)
        return "" if found is None else day_of(found, moment)

    if isinstance(node, Literal):
        return pl.lit(read(str(node.value)) or None, dtype=pl.Date)
    return mapped([expression], read, pl.Date)


def _function(function: Function, node: Call, moment: Moment) -> pl.Expr:
    if function.column is not None:
        converted = (_converted(function.argument(at), one, moment) for at, one in enumerate(node.arguments))
        result: pl.Expr = function.column(*converted)
        return result
    varying: list[pl.Expr] = []
    #: For each argument: its value, or that it is the next of the varying ones.
    values: list[Any] = []
    for at, argument in enumerate(node.arguments):
        if isinstance(argument, Literal) or is_constant(argument):
            values.append(evaluate(argument, {}, moment))
        else:
            values.append(_NEXT)
            varying.append(_raw(function.argument(at), argument, moment))

    def work(*found: Any) -> Any:
        rest = iter(found)
        return apply_function(function, [next(rest) if value is _NEXT else value for value in values], moment)

    return mapped(varying, work, _TYPES.get(function.gives, pl.String))


_NEXT = object()


def _converted(how: Argument, node: Node, moment: Moment) -> pl.Expr:
    match how:
        case "number":
            return number(node, moment)
        case "truth":
            return truth(node, moment)
        case "text":
            return text(node, moment)
    raise NotVectorisable(how)


def _raw(how: Argument, node: Node, moment: Moment) -> pl.Expr:
    """The value as the row function's conversion takes it."""
    if node.kind == "rows":
        raise NotVectorisable("rows")
    if how in ("number", "truth", "text"):
        return _converted(how, node, moment)
    return vectorise(node, moment)


_SPECIAL: Mapping[str, Callable[[Call, Moment], pl.Expr]] = {
    "or": _connected,
    "and": _connected,
    "if": _if,
    "coalesce": _coalesce,
    **dict.fromkeys(("=", "!=", *ORDER), _compare),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
}
