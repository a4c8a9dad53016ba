"""What an expression means of one row, in plain Python. Slow; what `write_sql` writes must say the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from toguna.figures.core.expressions.functions import FUNCTIONS
from toguna.figures.core.expressions.tree import (
    SCALE,
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    CompareOp,
    Condition,
    Expression,
    In,
    IsNull,
    Literal,
    Negative,
    Not,
    Or,
    Read,
    Scalar,
)

#: Gives a read's value of the row at hand: None where it is unknown.
ValueOf = Callable[[Read], Scalar]


def evaluate(node: Expression, value_of: ValueOf) -> Any:
    """The value; None where it is unknown."""

    def of(part: Expression) -> Any:
        return evaluate(part, value_of)

    match node:
        case Read():
            return value_of(node)
        case Literal():
            return node.value
        case Arithmetic():
            return _arithmetic(node, of(node.left), of(node.right))
        case Negative():
            value = of(node.value)
            return None if value is None else -value
        case Call():
            return _call(node, [of(argument) for argument in node.arguments])
    return _condition(node, of)


def _condition(node: Condition, of: Callable[[Expression], Any]) -> bool | None:
    match node:
        case Compare():
            return _compare(node.op, of(node.left), of(node.right))
        case And():
            return _all(of(part) for part in node.parts)
        case Or():
            return _not(_all(_not(of(part)) for part in node.parts))
        case Not():
            return _not(of(node.part))
        case In():
            value = of(node.value)
            return _not(_all(_not(_compare("=", value, item.value)) for item in node.items))
        case Between():
            value = of(node.value)
            return _all([_compare(">=", value, of(node.low)), _compare("<=", value, of(node.high))])
        case IsNull():
            return of(node.value) is None


def rounded(value: Decimal, digits: int = SCALE) -> Decimal:
    """Half away from zero, as DuckDB casts."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Any) -> bool | None:
    found = list(values)
    if any(value is False for value in found):
        return False
    return None if any(value is None for value in found) else True


def _compare(op: CompareOp, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    match op:
        case "=":
            return bool(left == right)
        case "<>":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)


def _arithmetic(node: Arithmetic, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    match node.op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return rounded(Decimal(left) * Decimal(right)) if node.type == "decimal" else left * right
        case "/":
            return rounded(Decimal(left) / Decimal(right)) if right else None


def _call(node: Call, arguments: list[Any]) -> Any:
    function = FUNCTIONS[node.name]
    if not function.takes_null and None in arguments:
        return None
    return function.python(*arguments)
