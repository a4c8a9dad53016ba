"""The closed list of what an expression may be. Frozen, typed, compared by value; built by `parse_expression` alone.

Three-valued as SQL is: a comparison with what is unknown is unknown, and a row is counted only where its condition is true.
Decimals have six digits after the point; products and quotients are rounded to them, half away from zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal as Word

from toguna.figures.core.tables import SourceColumn, ValueType

CompareOp = Word["=", "<>", "<", "<=", ">", ">="]
ArithmeticOp = Word["+", "-", "*", "/"]
Scalar = int | Decimal | str | bool | date | frozenset[str] | None
#: Digits after the point of every decimal.
SCALE = 6


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One reference followed: the column that holds the key, and the table whose row it names."""

    column: SourceColumn
    to: str


@dataclass(frozen=True, kw_only=True)
class Read:
    """A column's value, seen from a row: `up` tables above it, then over `hops`, then `column` of `table`.

    A reference is followed to the referred row as known at the figure's as-of: of an entity its newest version.
    """

    up: int = 0
    hops: tuple[Hop, ...] = ()
    column: SourceColumn
    #: The table, as definitions name it, in which `column` stands.
    table: str

    @property
    def type(self) -> ValueType:
        return self.column.type or "null"

    @property
    def written(self) -> str:
        return "^" * self.up + ".".join([*(hop.column.name for hop in self.hops), self.column.name])

    @property
    def is_own(self) -> bool:
        """It stands in the row itself."""
        return not self.up and not self.hops


@dataclass(frozen=True, kw_only=True)
class Literal:
    value: Scalar
    type: ValueType


@dataclass(frozen=True, kw_only=True)
class Compare:
    op: CompareOp
    left: Expression
    right: Expression
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class And:
    parts: tuple[Expression, ...]
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class Or:
    parts: tuple[Expression, ...]
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class Not:
    part: Expression
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class In:
    value: Expression
    items: tuple[Literal, ...]
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class Between:
    """Both ends included."""

    value: Expression
    low: Expression
    high: Expression
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class IsNull:
    value: Expression
    type: ValueType = "boolean"


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """`type` is decimal if either side is, and always of a quotient; a quotient by zero is unknown."""

    op: ArithmeticOp
    left: Expression
    right: Expression
    type: ValueType


@dataclass(frozen=True, kw_only=True)
class Negative:
    value: Expression
    type: ValueType


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function of the table `FUNCTIONS`."""

    name: str
    arguments: tuple[Expression, ...]
    type: ValueType


#: What is true, false or unknown.
Condition = Compare | And | Or | Not | In | Between | IsNull
Expression = Read | Literal | Arithmetic | Negative | Call | Condition


def children(node: Expression) -> tuple[Expression, ...]:
    """What stands directly under it, in reading order."""
    match node:
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case In(value=value, items=items):
            return (value, *items)
        case Between(value=value, low=low, high=high):
            return (value, low, high)
        case IsNull(value=value) | Negative(value=value):
            return (value,)
        case Call(arguments=arguments):
            return arguments
    return ()


def reads(node: Expression | None) -> Iterator[Read]:
    """Every column it reads, in reading order, each as often as it stands there."""
    if isinstance(node, Read):
        yield node
    elif node is not None:
        for child in children(node):
            yield from reads(child)


def terms(node: Expression) -> tuple[Expression, ...]:
    """What a sum adds: ``women + men`` gives two. Each is summed by itself, so that an empty one hides no other."""
    if isinstance(node, Arithmetic) and node.op == "+":
        return (*terms(node.left), *terms(node.right))
    return (node,)
