"""The functions an expression may call: nothing else is ever written into SQL.

Each has its arguments' types, its result, its SQL with ``{0}``, ``{1}`` for the arguments, and the same in Python.
Unless it says otherwise, a function of what is unknown is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Literal

from toguna.figures.core.tables import ValueType

#: What an argument must be. `same`: the type of the first `same`; `literal` ones must be written out.
Wanted = Literal["number", "text", "date", "boolean", "codes", "same", "whole literal", "text literal"]


@dataclass(frozen=True, kw_only=True)
class Function:
    """`returns`: a type, or `same` for that of the `same` arguments (decimal if any of them is)."""

    name: str
    takes: tuple[Wanted, ...]
    returns: ValueType | Literal["same"]
    sql: str
    python: Callable[..., Any]
    #: The last argument may be repeated; SQL then joins all by commas at ``{all}``.
    repeats: bool = False
    #: Python is called even when an argument is None.
    takes_null: bool = False
    help: str = ""


def _round(value: int | Decimal, digits: int = 0) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _whole(rounding: str) -> Callable[[int | Decimal], int]:
    return lambda value: int(Decimal(value).to_integral_value(rounding))


def _among(pick: Callable[..., Any]) -> Callable[..., Any]:
    def picked(*values: Any) -> Any:
        known = [value for value in values if value is not None]
        return pick(known) if known else None

    return picked


def _days(first: date, last: date) -> int:
    return (last - first).days


_TABLE = (
    Function(
        name="coalesce",
        takes=("same", "same"),
        returns="same",
        sql="COALESCE({all})",
        python=_among(lambda known: known[0]),
        repeats=True,
        takes_null=True,
        help="the first that is known",
    ),
    Function(
        name="nullif",
        takes=("same", "same"),
        returns="same",
        sql="NULLIF({all})",
        python=lambda value, other: None if value is not None and value == other else value,
        takes_null=True,
        help="unknown where both are equal",
    ),
    Function(
        name="if",
        takes=("boolean", "same", "same"),
        returns="same",
        sql="CASE WHEN {0} THEN {1} ELSE {2} END",
        python=lambda condition, yes, no: yes if condition is True else no,
        takes_null=True,
        help="one value where a condition is true, else another",
    ),
    Function(
        name="least",
        takes=("same", "same"),
        returns="same",
        sql="LEAST({all})",
        python=_among(min),
        repeats=True,
        takes_null=True,
        help="the smallest of those known",
    ),
    Function(
        name="greatest",
        takes=("same", "same"),
        returns="same",
        sql="GREATEST({all})",
        python=_among(max),
        repeats=True,
        takes_null=True,
        help="the largest of those known",
    ),
    Function(name="abs", takes=("number",), returns="same", sql="ABS({0})", python=abs, help="without its sign"),
    Function(
        name="round",
        takes=("number", "whole literal"),
        returns="decimal",
        sql="CAST(ROUND(CAST({0} AS DECIMAL(28,6)), {1}) AS DECIMAL(28,6))",
        python=_round,
        help="half away from zero, to so many digits (0 to 6)",
    ),
    Function(
        name="floor",
        takes=("number",),
        returns="integer",
        sql="CAST(FLOOR(CAST({0} AS DECIMAL(28,6))) AS BIGINT)",
        python=_whole(ROUND_FLOOR),
        help="the whole number below",
    ),
    Function(
        name="ceil",
        takes=("number",),
        returns="integer",
        sql="CAST(CEIL(CAST({0} AS DECIMAL(28,6))) AS BIGINT)",
        python=_whole(ROUND_CEILING),
        help="the whole number above",
    ),
    Function(
        name="starts_with",
        takes=("text", "text literal"),
        returns="boolean",
        sql="STARTS_WITH({0}, {1})",
        python=lambda text, start: text.startswith(start),
        help="whether a text begins so",
    ),
    Function(
        name="selected",
        takes=("codes", "text literal"),
        returns="boolean",
        sql="LIST_CONTAINS({0}, {1})",
        python=lambda codes, code: code in codes,
        help="whether a choice is among those of a select_multiple",
    ),
    Function(
        name="year",
        takes=("date",),
        returns="integer",
        sql="CAST(DATE_PART('year', {0}) AS BIGINT)",
        python=lambda day: day.year,
        help="of a date",
    ),
    Function(
        name="month",
        takes=("date",),
        returns="integer",
        sql="CAST(DATE_PART('month', {0}) AS BIGINT)",
        python=lambda day: day.month,
        help="of a date, 1 to 12",
    ),
    Function(
        name="days_between",
        takes=("date", "date"),
        returns="integer",
        sql="DATE_DIFF('day', {0}, {1})",
        python=_days,
        help="from the first date to the second",
    ),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _TABLE}
