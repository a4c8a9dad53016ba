"""The tree over one row: the slow evaluator, and the meaning that `vectorise` keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toguna.collect.core.submissions.xpath.conversions import (
    ORDER,
    Value,
    answer,
    equal,
    ordered,
    to_number,
    to_text,
    to_truth,
)
from toguna.collect.core.submissions.xpath.functions import FUNCTIONS, Argument, Function
from toguna.collect.core.submissions.xpath.implementations import divided, remainder, whole
from toguna.collect.core.submissions.xpath.tree import Call, Field, Literal, Moment, Node

Answers = Mapping[str, Any]


def evaluate(node: Node, row: Answers, moment: Moment) -> Value:
    """The node's value on a row whose keys are the fields'. Refuses (`NotEvaluable`) what only this row's answers show to be wrong."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Field):
        return answer(node, row.get(node.key))
    special = _SPECIAL.get(node.name)
    if special is not None:
        return special(node, row, moment)
    if node.name in ARITHMETIC:
        return ARITHMETIC[node.name](*(number(argument, row, moment) for argument in node.arguments))
    return _function(FUNCTIONS[node.name], node, row, moment)


def number(node: Node, row: Answers, moment: Moment) -> float:
    return to_number(evaluate(node, row, moment), moment)


def text(node: Node, row: Answers, moment: Moment) -> str:
    return to_text(evaluate(node, row, moment), moment)


def truth(node: Node, row: Answers, moment: Moment) -> bool:
    return to_truth(evaluate(node, row, moment))


def _function(function: Function, node: Call, row: Answers, moment: Moment) -> Value:
    values = [evaluate(argument, row, moment) for argument in node.arguments]
    return apply_function(function, values, moment)


def apply_function(function: Function, values: list[Value], moment: Moment) -> Value:
    """The row function on raw values, each converted as the table says; those from the first `values` on are one tuple."""
    arguments: list[Any] = [moment] if function.timed else []
    for index, value in enumerate(values):
        how = function.argument(index)
        if how == "values":
            arguments.append(spread(values[index:]))
            break
        arguments.append(convert(how, value, moment))
    assert function.row is not None, function.name
    result: Value = function.row(*arguments)
    return result


def spread(values: list[Value]) -> tuple[Value, ...]:
    """Values over repeats, and single ones, in a row."""
    return tuple(one for value in values for one in (value if isinstance(value, tuple) else (value,)))


def convert(how: Argument, value: Value, moment: Moment) -> Any:
    match how:
        case "number":
            return to_number(value, moment)
        case "text" | "pattern" | "format":
            return to_text(value, moment)
        case "truth":
            return to_truth(value)
        case "rows":
            return value if isinstance(value, tuple) else (value,)
    return value


def _if(node: Call, row: Answers, moment: Moment) -> Value:
    return evaluate(node.arguments[1 if truth(node.arguments[0], row, moment) else 2], row, moment)


def _coalesce(node: Call, row: Answers, moment: Moment) -> Value:
    first = evaluate(node.arguments[0], row, moment)
    is_blank = first == "" or (isinstance(first, float) and first != first)
    return evaluate(node.arguments[1], row, moment) if is_blank else first


def _indexed(node: Call, row: Answers, moment: Moment) -> Value:
    values = evaluate(node.arguments[0], row, moment)
    at = max(whole(number(node.arguments[1], row, moment)), 1)
    one: Value = values[at - 1] if isinstance(values, tuple) and at <= len(values) else ""
    return one


def _compare(node: Call, row: Answers, moment: Moment) -> bool:
    left, right = (evaluate(argument, row, moment) for argument in node.arguments)
    if node.name in ORDER:
        return ordered(node.name, left, right, moment)
    return equal(left, right, moment) == (node.name == "=")


_SPECIAL: Mapping[str, Callable[[Call, Answers, Moment], Value]] = {
    "or": lambda node, row, moment: any(truth(argument, row, moment) for argument in node.arguments),
    "and": lambda node, row, moment: all(truth(argument, row, moment) for argument in node.arguments),
    "if": _if,
    "coalesce": _coalesce,
    "indexed-repeat": _indexed,
    **dict.fromkeys(("=", "!=", *ORDER), _compare),
}

ARITHMETIC: Mapping[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": divided,
    "mod": remainder,
    "negate": lambda a: -a,
}
