"""The typed tree of an expression, and what each function takes and gives."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

#: `list` is a select_multiple: text of names with blanks between them. `date` and `datetime` count days since 1970-01-01 (UTC).
Kind = typing.Literal["number", "text", "boolean", "date", "datetime", "list"]


class NotEvaluable(ValueError):
    """The expression uses what Toguna does not evaluate, or is no expression; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Literal:
    value: float | str | bool
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of the flat table on which the expression is evaluated."""

    key: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function or an operator, by its XPath name."""

    name: str
    arguments: tuple[Node, ...]
    kind: Kind


Node = Literal | Field | Call

#: Gives the field that a path means: `${x}` as ("${}", "x"), `.` as (".",), others as their steps. Raises `NotEvaluable`.
Scope = Callable[[tuple[str, ...]], Node]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When an expression is evaluated: what `now()` and `today()` give."""

    now: datetime
    today: date

    @property
    def now_days(self) -> float:
        return self.now.astimezone(UTC).timestamp() / 86_400

    @property
    def today_days(self) -> float:
        return float(self.today.toordinal() - _EPOCH)


_EPOCH = date(1970, 1, 1).toordinal()

#: What a call gives, where that does not depend on its arguments; with the least and greatest number of arguments.
SIGNATURES: Mapping[str, tuple[Kind, int, int]] = {
    "or": ("boolean", 2, 2),
    "and": ("boolean", 2, 2),
    "=": ("boolean", 2, 2),
    "!=": ("boolean", 2, 2),
    "<": ("boolean", 2, 2),
    "<=": ("boolean", 2, 2),
    ">": ("boolean", 2, 2),
    ">=": ("boolean", 2, 2),
    "+": ("number", 2, 2),
    "-": ("number", 2, 2),
    "*": ("number", 2, 2),
    "div": ("number", 2, 2),
    "mod": ("number", 2, 2),
    "negate": ("number", 1, 1),
    "not": ("boolean", 1, 1),
    "true": ("boolean", 0, 0),
    "false": ("boolean", 0, 0),
    "boolean": ("boolean", 1, 1),
    "number": ("number", 1, 1),
    "int": ("number", 1, 1),
    "round": ("number", 1, 2),
    "abs": ("number", 1, 1),
    "string": ("text", 1, 1),
    "string-length": ("number", 1, 1),
    "concat": ("text", 1, 20),
    "substr": ("text", 2, 3),
    "contains": ("boolean", 2, 2),
    "starts-with": ("boolean", 2, 2),
    "ends-with": ("boolean", 2, 2),
    "normalize-space": ("text", 1, 1),
    "regex": ("boolean", 2, 2),
    "selected": ("boolean", 2, 2),
    "count-selected": ("number", 1, 1),
    "today": ("date", 0, 0),
    "now": ("datetime", 0, 0),
    "date": ("date", 1, 1),
    "decimal-date-time": ("number", 1, 1),
    "format-date": ("text", 2, 2),
}

#: Those whose kind is their branches' common one.
_BRANCHING: Mapping[str, tuple[int, int]] = {"if": (3, 3), "coalesce": (2, 2)}


def call(name: str, arguments: tuple[Node, ...]) -> Call:
    """A call, typed. Refuses (`NotEvaluable`) an unknown function and a wrong number of arguments."""
    if name in _BRANCHING:
        least, most = _BRANCHING[name]
        branches = arguments[1:] if name == "if" else arguments
        kinds = {branch.kind for branch in branches}
        kind: Kind = kinds.pop() if len(kinds) == 1 else "text"
        kind = "text" if kind == "list" else kind
    elif name in SIGNATURES:
        kind, least, most = SIGNATURES[name]
    else:
        raise NotEvaluable(f"{name}()")
    if not least <= len(arguments) <= most:
        raise NotEvaluable(f"{name}() with {len(arguments)} arguments")
    return Call(name=name, arguments=arguments, kind=kind)


def fields(node: Node) -> Iterator[Field]:
    """Every field that the expression reads."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from fields(argument)
