"""From one kind of value to another, as ODK Collect converts them (JavaRosa, `XPathFuncExpr`; XPath 1.0, section 4).

A blank answer is the text "". It is no number (NaN), no truth, and equal to another blank.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from toguna.collect.core.submissions.xpath.dates import day_number, day_of, instant_of, read_moment, written
from toguna.collect.core.submissions.xpath.tree import Field, Kind, Moment

#: A value of an expression on one row; a tuple holds the values over a repeat.
Value = float | str | bool | date | datetime | tuple[Any, ...]

#: A number in a text: no exponent, no plus. Collect takes a comma for the point.
NUMBER = r"^[ \t\r\n]*-?([0-9]+([.,][0-9]*)?|[.,][0-9]+)[ \t\r\n]*$"
_NUMBER = re.compile(NUMBER)
#: Numbers closer than this are equal, and closer to 0 are false (JavaRosa).
NEAR = 1e-12
_MOST_EXACT = 2.0**53


def to_number(value: Value, moment: Moment) -> float:
    """The value as a number; NaN of what is none."""
    match value:
        case bool():
            return 1.0 if value else 0.0
        case float():
            return value
        case str():
            return text_number(value)
        case date():
            return day_number(value, moment)
        case tuple():
            return to_number(first(value), moment)
    return math.nan


def text_number(text: str) -> float:
    return float(text.replace(",", ".")) if _NUMBER.match(text) else math.nan


def to_text(value: Value, moment: Moment) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case date():
            return written(value, moment)
        case tuple():
            return to_text(first(value), moment)
    return str(value)


def number_text(value: float) -> str:
    """XPath 1.0, 4.2: no exponent, no point of a whole number; what is nearer to a whole number than 1e-12 is it (JavaRosa)."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if abs(value) < _MOST_EXACT and abs(value - math.trunc(value)) < NEAR:
        return str(math.trunc(value))
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def to_truth(value: Value) -> bool:
    match value:
        case bool():
            return value
        case float():
            return abs(value) > NEAR
        case str():
            return value != ""
        case tuple():
            return to_truth(first(value))
    return True


def first(values: tuple[Any, ...]) -> Value:
    """XPath 1.0: several nodes as one value are the first of them."""
    return values[0] if values else ""


def answer(field: Field, value: Any) -> Value:
    """A typed answer as a value."""
    if field.kind == "rows":
        return tuple(_answer(field.of, one) for one in value or ())
    return _answer(field.kind, value)


def _answer(kind: Kind, value: Any) -> Value:
    if value is None:
        return ""
    match kind:
        case "list":
            return " ".join(value)
        case "number":
            return float(value)
        case "boolean":
            return bool(value)
        case "datetime":
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value
        case "date":
            return value
    return str(value)


def equal(a: Value, b: Value, moment: Moment) -> bool:
    """XPath 1.0, 3.4, as Collect does it: by truth beside a truth, by number beside a number, else by text; dates by `_dates`."""
    a, b = (first(one) if isinstance(one, tuple) else one for one in (a, b))
    if isinstance(a, bool) or isinstance(b, bool):
        return to_truth(a) == to_truth(b)
    if isinstance(a, float) or isinstance(b, float):
        left, right = to_number(a, moment), to_number(b, moment)
        return left == right or abs(left - right) < NEAR
    if isinstance(a, date) or isinstance(b, date):
        pair = _dates(a, b, moment)
        return pair is not None and pair[0] == pair[1]
    return a == b


def ordered(name: str, a: Value, b: Value, moment: Moment) -> bool:
    """`<`, `<=`, `>` or `>=`: of dates by day or instant, of all else by number; no number is neither more nor less."""
    a, b = (first(one) if isinstance(one, tuple) else one for one in (a, b))
    compare = ORDER[name]
    pair = _dates(a, b, moment) if isinstance(a, date) or isinstance(b, date) else None
    if pair is not None:
        return compare(*pair)
    return compare(to_number(a, moment), to_number(b, moment))


ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _dates(a: Value, b: Value, moment: Moment) -> tuple[Any, Any] | None:
    """Both as dates, ready to compare: by day where one of them is a day, else by instant. A text counts if it is a whole ISO date.

    None where one is no date.
    """
    read = [read_moment(one, moment) if isinstance(one, str) else one for one in (a, b)]
    left, right = read
    if not isinstance(left, date) or not isinstance(right, date):
        return None
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left, right
    return day_of(left, moment), day_of(right, moment)


def as_instant(value: Value, moment: Moment) -> datetime | None:
    """The instant that a date function reads; None of a blank and of what is no date."""
    read = read_moment(value, moment) if isinstance(value, str) else value
    return instant_of(read, moment) if isinstance(read, date) else None
