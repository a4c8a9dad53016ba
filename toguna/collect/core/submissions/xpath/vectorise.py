"""The tree as one polars expression. Means what `evaluate` means; a number that is not one is null here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from toguna.collect.core.submissions.xpath.evaluate import DAY, NUMBER, comparison, date_format
from toguna.collect.core.submissions.xpath.tree import Call, Field, Literal, Moment, Node

_MICROSECONDS_A_DAY = 86_400_000_000


class NotVectorisable(ValueError):
    """The row evaluator must do it: polars has no such expression."""


def vectorise(node: Node, moment: Moment) -> pl.Expr:
    """The node as an expression over a table whose columns are the fields' keys."""
    if isinstance(node, Literal):
        return pl.lit(node.value)
    if isinstance(node, Field):
        return _field(node)
    if node.name == "if":
        condition, then, otherwise = node.arguments
        return (
            pl.when(truth(condition, moment))
            .then(_as(node.kind, then, moment))
            .otherwise(_as(node.kind, otherwise, moment))
        )
    if node.name == "coalesce":
        first, second = node.arguments
        return (
            pl.when(text(first, moment) != "")
            .then(_as(node.kind, first, moment))
            .otherwise(_as(node.kind, second, moment))
        )
    if node.name in _COMPARED:
        return _compare(node, moment)
    if node.name in _ARITHMETIC:
        result = _ARITHMETIC[node.name](*(number(argument, moment) for argument in node.arguments))
        return pl.when(result.is_finite()).then(result)
    return _FUNCTIONS[node.name](node, moment)


def number(node: Node, moment: Moment) -> pl.Expr:
    expression = vectorise(node, moment)
    if node.kind in ("text", "list"):
        written = pl.when(expression.str.contains(NUMBER)).then(expression.str.strip_chars())
        return written.cast(pl.Float64, strict=False)
    return expression.cast(pl.Float64)


def text(node: Node, moment: Moment) -> pl.Expr:
    expression = vectorise(node, moment)
    match node.kind:
        case "boolean":
            return pl.when(expression).then(pl.lit("true")).otherwise(pl.lit("false"))
        case "date":
            return _date(expression).dt.strftime("%Y-%m-%d").fill_null("")
        case "datetime":
            moments = (expression * _MICROSECONDS_A_DAY).round().cast(pl.Int64).cast(pl.Datetime("us"))
            return moments.dt.strftime("%Y-%m-%dT%H:%M:%S").fill_null("")
        case "number":
            whole = (expression == expression.floor()) & (expression.abs() < 2**53)
            written = pl.when(whole).then(expression.cast(pl.Int64, strict=False).cast(pl.String))
            return written.otherwise(expression.cast(pl.String)).fill_null("")
    return expression


def truth(node: Node, moment: Moment) -> pl.Expr:
    expression = vectorise(node, moment)
    if node.kind in ("text", "list"):
        return expression != ""
    return expression if node.kind == "boolean" else (expression != 0).fill_null(False)


def _as(kind: str, node: Node, moment: Moment) -> pl.Expr:
    if kind == "text":
        return text(node, moment)
    return truth(node, moment) if kind == "boolean" else number(node, moment)


def _field(node: Field) -> pl.Expr:
    column = pl.col(node.key)
    match node.kind:
        case "list":
            return column.list.join(" ").fill_null("")
        case "date":
            return column.cast(pl.Int32).cast(pl.Float64)
        case "datetime":
            return column.dt.epoch("us").cast(pl.Float64) / _MICROSECONDS_A_DAY
        case "number":
            return column.cast(pl.Float64)
        case "boolean":
            return column.fill_null(False)
    return column.fill_null("")


def _date(days: pl.Expr) -> pl.Expr:
    return days.floor().cast(pl.Int32, strict=False).cast(pl.Date)


def _days(node: Node, moment: Moment) -> pl.Expr:
    if node.kind not in ("text", "list"):
        return number(node, moment)
    written = text(node, moment)
    day = pl.when(written.str.contains(DAY)).then(written.str.slice(0, 10))
    return day.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32).cast(pl.Float64)


def _compare(node: Call, moment: Moment) -> pl.Expr:
    read = {"boolean": truth, "days": _days, "number": number, "text": text}[comparison(node)]
    left, right = (read(argument, moment) for argument in node.arguments)
    return _COMPARED[node.name](left, right).fill_null(node.name == "!=")


_COMPARED: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _round(value: pl.Expr, places: pl.Expr | None = None) -> pl.Expr:
    scale = pl.lit(10.0) ** (pl.lit(0.0) if places is None else _truncated(places))
    return (value * scale + 0.5).floor() / scale


def _truncated(value: pl.Expr) -> pl.Expr:
    return pl.when(value < 0).then(value.ceil()).otherwise(value.floor())


_ARITHMETIC: Mapping[str, Callable[..., pl.Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "mod": lambda a, b: a - b * _truncated(a / b),
    "negate": lambda a: -a,
    "number": lambda a: a,
    "int": _truncated,
    "abs": lambda a: a.abs(),
    "round": _round,
    "decimal-date-time": lambda a: a,
}


def _text_literal(node: Node, what: str) -> str:
    if not isinstance(node, Literal):
        raise NotVectorisable(f"{what} that is not written out")
    return str(node.value)


def _matches(node: Call, moment: Moment) -> pl.Expr:
    """Rust's regular expressions know no look-around and no back-reference: those go to the row evaluator."""
    pattern = _text_literal(node.arguments[1], "a pattern")
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.PolarsError as error:
        raise NotVectorisable(str(error)) from error
    return text(node.arguments[0], moment).str.contains(pattern)


def _chosen(node: Call, moment: Moment) -> pl.Expr:
    whole, name = node.arguments
    if isinstance(name, Literal) and isinstance(whole, Field) and whole.kind == "list":
        return pl.col(whole.key).list.contains(str(name.value).strip()).fill_null(False)
    wanted = text(name, moment).str.strip_chars()
    return text(whole, moment).str.extract_all(r"\S+").list.contains(wanted)


def _count_chosen(node: Call, moment: Moment) -> pl.Expr:
    return text(node.arguments[0], moment).str.extract_all(r"\S+").list.len().cast(pl.Float64)


def _substring(node: Call, moment: Moment) -> pl.Expr:
    bounds = [max(int(float(_text_literal(argument, "a position"))), 0) for argument in node.arguments[1:]]
    length = max(bounds[1] - bounds[0], 0) if len(bounds) == 2 else None
    return text(node.arguments[0], moment).str.slice(bounds[0], length)


def _ends(node: Call, moment: Moment) -> pl.Expr:
    return text(node.arguments[0], moment).str.ends_with(text(node.arguments[1], moment))


_FUNCTIONS: Mapping[str, Callable[[Call, Moment], pl.Expr]] = {
    "or": lambda node, moment: truth(node.arguments[0], moment) | truth(node.arguments[1], moment),
    "and": lambda node, moment: truth(node.arguments[0], moment) & truth(node.arguments[1], moment),
    "not": lambda node, moment: ~truth(node.arguments[0], moment),
    "boolean": lambda node, moment: truth(node.arguments[0], moment),
    "true": lambda node, moment: pl.lit(True),
    "false": lambda node, moment: pl.lit(False),
    "string": lambda node, moment: text(node.arguments[0], moment),
    "string-length": lambda node, moment: text(node.arguments[0], moment).str.len_chars().cast(pl.Float64),
    "concat": lambda node, moment: pl.concat_str([text(argument, moment) for argument in node.arguments]),
    "substr": _substring,
    "contains": lambda node, moment: text(node.arguments[0], moment).str.contains(
        text(node.arguments[1], moment), literal=True
    ),
    "starts-with": lambda node, moment: text(node.arguments[0], moment).str.starts_with(
        text(node.arguments[1], moment)
    ),
    "ends-with": _ends,
    "normalize-space": lambda node, moment: (
        text(node.arguments[0], moment).str.replace_all(r"\s+", " ").str.strip_chars()
    ),
    "regex": _matches,
    "selected": _chosen,
    "count-selected": _count_chosen,
    "today": lambda node, moment: pl.lit(moment.today_days),
    "now": lambda node, moment: pl.lit(moment.now_days),
    "date": lambda node, moment: _days(node.arguments[0], moment).floor(),
    "format-date": lambda node, moment: (
        _date(_days(node.arguments[0], moment)).dt.strftime(date_format(node)).fill_null("")
    ),
}
