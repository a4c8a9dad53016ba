"""The typed tree of an expression."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

#: What a node gives. `list` is a select_multiple: text of names with blanks between them. `rows` are the values of a question over
#: the rows of a repeat. `any` is known only row by row: `if(${x} = 1, 5, 'none')`. `choices` are names and labels of a list.
Kind = typing.Literal["number", "text", "boolean", "date", "datetime", "time", "list", "rows", "any", "choices"]

#: Kinds whose value is a text.
TEXTS: frozenset[Kind] = frozenset(("text", "list", "time"))


class NotEvaluable(ValueError):
    """The expression uses what Toguna does not evaluate, or is no expression. Says which, in English and French."""

    def __init__(self, english: str, french: str | None = None) -> None:
        super().__init__(english)
        self.french = english if french is None else french


@dataclass(frozen=True, kw_only=True)
class Literal:
    value: float | str | bool | tuple[tuple[str, str], ...]
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of the flat table on which the expression is evaluated."""

    key: str
    kind: Kind
    #: Of `rows`: the kind of each value.
    of: Kind = "text"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function or an operator, by its XPath name."""

    name: str
    arguments: tuple[Node, ...]
    kind: Kind


Node = Literal | Field | Call

#: Gives the field that a path means: `${x}` as ("${}", "x"), `.` as (".",), others as their steps. Before the steps may stand `ROWS`
#: (the values over a repeat are wanted), `NUMBERS` (to add up or compare), `ALL_ROWS` (of its own repeat too), `POSITION` (the row's
#: place in its repeat) or `CHOICES` (names and labels of its list). Raises `NotEvaluable`.
Scope = Callable[[tuple[str, ...]], Node]
ROWS, NUMBERS, ALL_ROWS, POSITION, CHOICES = "rows:", "numbers:", "all:", "position:", "choices:"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and where an expression is evaluated: what `now()` and `today()` give, and in which time zone days begin."""

    now: datetime
    today: date
    zone: tzinfo = UTC


def fields(node: Node) -> Iterator[Field]:
    """Every field that the expression reads."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from fields(argument)


def is_constant(node: Node) -> bool:
    """Whether it reads no answer."""
    return next(fields(node), None) is None


def is_blank(node: Node) -> bool:
    """Whether it is `''`, which is the blank answer of every kind."""
    return isinstance(node, Literal) and node.value == ""
