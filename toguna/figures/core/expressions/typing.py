"""Which values go together. Each rule gives the typed node, or raises `WrongType` naming the catalogue's fault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal as Word

from toguna.collect.core.forms.nearest import did_you_mean
from toguna.figures.core.expressions.functions import FUNCTIONS, Wanted
from toguna.figures.core.expressions.tree import (
    SCALE,
    Arithmetic,
    ArithmeticOp,
    Call,
    Compare,
    CompareOp,
    Expression,
    Literal,
    Negative,
    Read,
)
from toguna.figures.core.tables import ValueType

__all__ = ["SCALE", "ArithmeticOp", "CompareOp", "Wants", "WrongType"]

Wants = Word["condition", "number", "any"]
_NUMBERS: tuple[ValueType, ...] = ("integer", "decimal")


class WrongType(ValueError):
    """Values that do not go together."""

    def __init__(self, fault: str, **details: object) -> None:
        super().__init__(fault)
        self.fault, self.details = fault, details


def is_wanted(node: Expression, wants: Wants) -> bool:
    if wants == "condition":
        return node.type == "boolean"
    return wants == "any" or node.type in _NUMBERS


def as_condition(node: Expression) -> Expression:
    if node.type != "boolean":
        raise WrongType("expression_wants", found=node.type, wanted="condition")
    return node


def single(node: Expression) -> Expression:
    """The node, unless it holds several codes at once or nothing at all."""
    if node.type == "codes":
        raise WrongType("codes_compared", column=written(node))
    if node.type == "null":
        raise WrongType("null_compared")
    return node


def compare(op: CompareOp, left: Expression, right: Expression) -> Compare:
    """Numbers with numbers, text with text (equal or not, it has no order), dates with dates, yes/no with yes/no."""
    left, right = as_like(single(left), single(right)), as_like(single(right), single(left))
    group = _same_group(left, right)
    if op not in ("=", "<>") and group in ("text", "boolean"):
        raise WrongType("no_order", column=written(left), type=group)
    _known_choice(left, right)
    _known_choice(right, left)
    return Compare(op=op, left=left, right=right)


def items(value: Expression, listed: Sequence[Expression]) -> tuple[Literal, ...]:
    """What stands in a list: literals of the value's own type."""
    found = []
    for item in listed:
        like = as_like(single(item), value)
        if not isinstance(like, Literal):
            raise WrongType("list_of_literals", near=written(item))
        _same_group(value, like)
        _known_choice(value, like)
        found.append(like)
    return tuple(found)


def arithmetic(op: ArithmeticOp, left: Expression, right: Expression) -> Arithmetic:
    for side in (left, right):
        if side.type not in _NUMBERS:
            raise WrongType("not_a_number", near=written(side), type=side.type)
    decimal = op == "/" or "decimal" in (left.type, right.type)
    return Arithmetic(op=op, left=left, right=right, type="decimal" if decimal else "integer")


def negative(value: Expression) -> Expression:
    if value.type not in _NUMBERS:
        raise WrongType("not_a_number", near=written(value), type=value.type)
    if isinstance(value, Literal) and isinstance(value.value, int | Decimal):
        return Literal(value=-value.value, type=value.type)
    return Negative(value=value, type=value.type)


def call(name: str, arguments: Sequence[Expression]) -> Call:
    """A function of the table with arguments that it takes."""
    function = FUNCTIONS[name]
    least = len(function.takes)
    if len(arguments) < least or (len(arguments) > least and not function.repeats):
        raise WrongType("function_arguments", near=name, wanted=least, found=len(arguments))
    wanted = [*function.takes, *(function.takes[-1],) * (len(arguments) - least)]
    same = [argument for argument, want in zip(arguments, wanted, strict=True) if want == "same"]
    first = next((argument for argument in same if argument.type != "null"), None)
    given = []
    for argument, want in zip(arguments, wanted, strict=True):
        if want == "same" and first is not None:
            argument = as_like(argument, first)
        elif want == "date":
            argument = as_like(argument, Literal(value=None, type="date"))
        _takes(name, want, argument)
        if want == "same" and first is not None and argument.type != "null":
            _same_group(first, argument)
        given.append(argument)
    types = [argument.type for argument, want in zip(given, wanted, strict=True) if want in ("same", "number")]
    returns = _common(types) if function.returns == "same" else function.returns
    return Call(name=name, arguments=tuple(given), type=returns)


def as_like(node: Expression, other: Expression) -> Expression:
    """A text that stands beside a date is that date."""
    if other.type == "date" and isinstance(node, Literal) and isinstance(node.value, str):
        try:
            return Literal(value=date.fromisoformat(node.value), type="date")
        except ValueError:
            raise WrongType("date_wrong", near=node.value) from None
    return node


def written(node: Expression) -> str:
    """How a fault names it."""
    if isinstance(node, Read):
        return node.written
    if isinstance(node, Literal):
        return repr(node.value) if isinstance(node.value, str) else str(node.value)
    return node.name if isinstance(node, Call) else "..."


def _takes(name: str, want: Wanted, argument: Expression) -> None:
    kinds: dict[Wanted, tuple[ValueType, ...]] = {
        "number": _NUMBERS,
        "text": ("text",),
        "date": ("date",),
        "boolean": ("boolean",),
        "codes": ("codes",),
        "same": ("integer", "decimal", "text", "date", "boolean", "null"),
        "whole literal": ("integer",),
        "text literal": ("text",),
    }
    wrong = argument.type not in kinds[want]
    if want.endswith("literal") and not isinstance(argument, Literal):
        wrong = True
    if want == "whole literal" and isinstance(argument, Literal):
        wrong = wrong or not isinstance(argument.value, int) or not 0 <= argument.value <= SCALE
    if wrong:
        raise WrongType("function_takes", near=name, wanted=want, found=written(argument), type=argument.type)


def _same_group(left: Expression, right: Expression) -> ValueType:
    groups = ["integer" if side.type in _NUMBERS else side.type for side in (left, right)]
    if groups[0] != groups[1]:
        raise WrongType(
            "types_differ", left=written(left), left_type=left.type, right=written(right), right_type=right.type
        )
    return groups[0]


def _common(types: Sequence[ValueType]) -> ValueType:
    known = [type for type in types if type != "null"]
    return "decimal" if "decimal" in known else (known[0] if known else "null")


def _known_choice(node: Expression, other: Expression) -> None:
    """A choice that the form does not offer is a slip of the pen: the condition would never be true."""
    if not (isinstance(node, Read) and isinstance(other, Literal) and node.column.choices):
        return
    if other.value not in node.column.choices:
        known = sorted(node.column.choices)
        listed = ", ".join(known[:12])
        near = did_you_mean(str(other.value), known, (f"It offers {listed}.", f"Il offre {listed}."))
        raise WrongType("choice_not_offered", column=node.written, value=other.value, **near)
