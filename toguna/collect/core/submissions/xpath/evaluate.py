"""The tree over one row: the slow evaluator, and the meaning that `vectorise` must keep."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from toguna.collect.core.submissions.xpath.tree import Call, Field, Literal, Moment, Node, NotEvaluable

#: A number (None: not a number), a text, or a truth.
Value = float | str | bool | None

NUMBER = r"^\s*-?(\d+(\.\d*)?|\.\d+)\s*$"
DAY = r"^\d{4}-\d{2}-\d{2}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: What a blank answer is; no number where no other is named.
_BLANK: Mapping[str, Value] = {"text": "", "list": "", "boolean": False}


def evaluate(node: Node, row: Mapping[str, Any], moment: Moment) -> Value:
    """The node's value on a row whose keys are the fields'. A text for `text` and `list`, a truth for `boolean`, else a number."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Field):
        return _field(node, row.get(node.key))
    if node.name == "if":
        chosen = node.arguments[1 if truth(node.arguments[0], row, moment) else 2]
        return _as(node.kind, chosen, row, moment)
    if node.name == "coalesce":
        first, second = node.arguments
        return _as(node.kind, first if text(first, row, moment) != "" else second, row, moment)
    if node.name in _COMPARED:
        return _compare(node, row, moment)
    if node.name in _CONNECTIVES:
        return _CONNECTIVES[node.name](node, row, moment)
    if node.name in _ARITHMETIC:
        numbers = [number(argument, row, moment) for argument in node.arguments]
        return None if None in numbers else _finite(_ARITHMETIC[node.name](*numbers))
    return _FUNCTIONS[node.name](node, row, moment)


def number(node: Node, row: Mapping[str, Any], moment: Moment) -> float | None:
    """The node's value as a number; None when it is not one."""
    value = evaluate(node, row, moment)
    if node.kind in ("text", "list"):
        return float(str(value)) if re.match(NUMBER, str(value)) else None
    return None if value is None else float(value)


def text(node: Node, row: Mapping[str, Any], moment: Moment) -> str:
    value = evaluate(node, row, moment)
    if value is None:
        return ""
    match node.kind:
        case "boolean":
            return "true" if value else "false"
        case "date":
            return (_EPOCH + timedelta(days=math.floor(float(value)))).strftime("%Y-%m-%d")
        case "datetime":
            return (_EPOCH + timedelta(days=float(value))).strftime("%Y-%m-%dT%H:%M:%S")
        case "number":
            return _written(float(value))
    return str(value)


def truth(node: Node, row: Mapping[str, Any], moment: Moment) -> bool:
    value = evaluate(node, row, moment)
    if node.kind in ("text", "list"):
        return value != ""
    return bool(value)


def _as(kind: str, node: Node, row: Mapping[str, Any], moment: Moment) -> Value:
    if kind == "text":
        return text(node, row, moment)
    return truth(node, row, moment) if kind == "boolean" else number(node, row, moment)


def _field(node: Field, value: Any) -> Value:
    if value is None:
        return _BLANK.get(node.kind)
    match node.kind:
        case "list":
            return " ".join(value)
        case "date":
            return float(value.toordinal() - _EPOCH.toordinal())
        case "datetime":
            return (value - _EPOCH) / timedelta(days=1)
        case "number":
            return float(value)
    return value


def _written(value: float) -> str:
    return str(int(value)) if value == math.floor(value) and abs(value) < 2**53 else repr(value)


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


def _compare(node: Call, row: Mapping[str, Any], moment: Moment) -> bool:
    """XPath 1.0, 3.4; a date beside a text reads the text as a date, as ODK's clients do."""
    left, right = node.arguments
    how = comparison(node)
    if how == "boolean":
        a: Value = truth(left, row, moment)
        b: Value = truth(right, row, moment)
    elif how == "text":
        a, b = text(left, row, moment), text(right, row, moment)
    else:
        read = _days if how == "days" else number
        a, b = read(left, row, moment), read(right, row, moment)
        if a is None or b is None:
            return node.name == "!="
    return bool(_COMPARED[node.name](a, b))


def comparison(node: Call) -> str:
    """How the two sides are compared: as `boolean`, `days`, `number` or `text`.

    With `''` as text, whatever the question's type: so a form asks whether something was answered (XPath 1.0, 3.4: a node-set and a string).
    """
    kinds = {argument.kind for argument in node.arguments}
    equality = node.name in ("=", "!=")
    if equality and any(isinstance(argument, Literal) and argument.value == "" for argument in node.arguments):
        return "text"
    if equality and "boolean" in kinds:
        return "boolean"
    if kinds & {"date", "datetime"} and kinds & {"text", "list"}:
        return "days"
    if kinds & {"number", "date", "datetime"} or not equality:
        return "number"
    return "text"


def _days(node: Node, row: Mapping[str, Any], moment: Moment) -> float | None:
    if node.kind not in ("text", "list"):
        return number(node, row, moment)
    written = text(node, row, moment)
    if not re.match(DAY, written):
        return None
    try:
        return float(date.fromisoformat(written[:10]).toordinal() - _EPOCH.toordinal())
    except ValueError:
        return None


_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}

_CONNECTIVES: Mapping[str, Callable[[Call, Mapping[str, Any], Moment], bool]] = {
    "or": lambda node, row, moment: truth(node.arguments[0], row, moment) or truth(node.arguments[1], row, moment),
    "and": lambda node, row, moment: truth(node.arguments[0], row, moment) and truth(node.arguments[1], row, moment),
    "not": lambda node, row, moment: not truth(node.arguments[0], row, moment),
    "boolean": lambda node, row, moment: truth(node.arguments[0], row, moment),
    "true": lambda node, row, moment: True,
    "false": lambda node, row, moment: False,
}


def _divide(a: float, b: float) -> float | None:
    return None if b == 0 else a / b


def _modulo(a: float, b: float) -> float | None:
    return None if b == 0 else math.fmod(a, b)


def _round(value: float, places: float = 0) -> float:
    scale = 10.0 ** int(places)
    return math.floor(value * scale + 0.5) / scale


_ARITHMETIC: Mapping[str, Callable[..., float | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _divide,
    "mod": _modulo,
    "negate": lambda a: -a,
    "number": lambda a: a,
    "int": lambda a: float(math.trunc(a)),
    "abs": abs,
    "round": _round,
    "decimal-date-time": lambda a: a,
}


def _substring(node: Call, row: Mapping[str, Any], moment: Moment) -> str:
    whole = text(node.arguments[0], row, moment)
    bounds = [int(number(argument, row, moment) or 0) for argument in node.arguments[1:]]
    return whole[slice(*[max(bound, 0) for bound in bounds])]


def _matches(node: Call, row: Mapping[str, Any], moment: Moment) -> bool:
    pattern = text(node.arguments[1], row, moment)
    return re.search(pattern, text(node.arguments[0], row, moment)) is not None


def _chosen(node: Call, row: Mapping[str, Any], moment: Moment) -> bool:
    return text(node.arguments[1], row, moment).strip() in text(node.arguments[0], row, moment).split()


def _both(test: Callable[[str, str], bool]) -> Callable[[Call, Mapping[str, Any], Moment], bool]:
    return lambda node, row, moment: test(text(node.arguments[0], row, moment), text(node.arguments[1], row, moment))


def date_format(node: Call) -> str:
    """The strftime format that `format-date` is given. Refuses (`NotEvaluable`) what Python and polars would not write alike."""
    pattern = node.arguments[1]
    if not isinstance(pattern, Literal) or not re.fullmatch(r"(%[Ymdy]|[^%])*", str(pattern.value)):
        raise NotEvaluable("format-date() with a pattern beyond %Y %y %m %d")
    return str(pattern.value)


def _formatted(node: Call, row: Mapping[str, Any], moment: Moment) -> str:
    days = _days(node.arguments[0], row, moment)
    return "" if days is None else (_EPOCH + timedelta(days=math.floor(days))).strftime(date_format(node))


_FUNCTIONS: Mapping[str, Callable[[Call, Mapping[str, Any], Moment], Value]] = {
    "string": lambda node, row, moment: text(node.arguments[0], row, moment),
    "string-length": lambda node, row, moment: float(len(text(node.arguments[0], row, moment))),
    "concat": lambda node, row, moment: "".join(text(argument, row, moment) for argument in node.arguments),
    "substr": _substring,
    "contains": _both(lambda whole, part: part in whole),
    "starts-with": _both(str.startswith),
    "ends-with": _both(str.endswith),
    "normalize-space": lambda node, row, moment: " ".join(text(node.arguments[0], row, moment).split()),
    "regex": _matches,
    "selected": _chosen,
    "count-selected": lambda node, row, moment: float(len(text(node.arguments[0], row, moment).split())),
    "today": lambda node, row, moment: moment.today_days,
    "now": lambda node, row, moment: moment.now_days,
    "date": lambda node, row, moment: (
        None if (days := _days(node.arguments[0], row, moment)) is None else float(math.floor(days))
    ),
    "format-date": _formatted,
}
