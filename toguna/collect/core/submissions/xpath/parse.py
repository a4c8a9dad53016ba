"""XPath text to tree: the subset that XLSForm rules are written in (ODK XForms specification, "XPath functions")."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toguna.collect.core.submissions.xpath.tree import Literal, Node, NotEvaluable, Scope, call

_NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | \$\{{\s*(?:last-saved\#)?(?P<question>{_NAME})\s*\}}
    | (?P<path>(?:current\(\)/)?(?:(?:/{_NAME})+|\.\.(?:/\.\.)*(?:/{_NAME})*|\.(?:/\.\.)+(?:/{_NAME})*|\.(?![\d.])))
    | (?P<function>(?:[\w-]+:)?{_NAME})\s*(?=\()
    | (?P<word>{_NAME})
    | (?P<sign><=|>=|!=|[=<>+*(),\[\]|-])
    )""",
    re.VERBOSE,
)

#: Binary operators by how closely they bind.
_BINDING: Mapping[str, int] = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
_UNARY = 7

#: An expression nested deeper than this is no rule that a person wrote.
_DEEPEST = 60

Token = tuple[str, str]


def parse(text: str, scope: Scope) -> Node:
    """The expression's tree, its paths resolved by `scope`. Refuses (`NotEvaluable`) what the subset does not hold."""
    parser = _Parser(_tokens(text), scope)
    node = parser.expression(0)
    parser.expect("end", "")
    return node


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise NotEvaluable(f"unreadable from {text[position : position + 20]!r}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return [*tokens, ("end", "")]


class _Parser:
    """Precedence climbing over the tokens."""

    def __init__(self, tokens: list[Token], scope: Scope) -> None:
        self._tokens = tokens
        self._scope = scope
        self._at = 0
        self._depth = 0

    def expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotEvaluable(f"nested deeper than {_DEEPEST}")
        left = self._operand()
        while (binding := _BINDING.get(self._tokens[self._at][1], 0)) > least and self._is_operator():
            operator = self._next()[1]
            left = call(operator, (left, self.expression(binding)))
        self._depth -= 1
        return left

    def expect(self, kind: str, word: str) -> None:
        found = self._next()
        if found != (kind, word):
            raise NotEvaluable(f"{word or 'the end'!r} expected, {found[1] or 'the end'!r} found")

    def _is_operator(self) -> bool:
        return self._tokens[self._at][0] in ("sign", "word", "function")

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _operand(self) -> Node:
        kind, word = self._next()
        match kind:
            case "number":
                return Literal(value=float(word), kind="number")
            case "text":
                return Literal(value=word[1:-1], kind="text")
            case "question":
                return self._scope(("${}", word))
            case "path":
                return self._scope(_steps(word))
            case "function":
                return self._call(word)
            case "sign" if word == "-":
                return call("negate", (self.expression(_UNARY - 1),))
            case "sign" if word == "(":
                inside = self.expression(0)
                self.expect("sign", ")")
                return inside
        raise NotEvaluable(f"an operand expected, {word or 'the end'!r} found")

    def _call(self, name: str) -> Node:
        self.expect("sign", "(")
        if name in AGGREGATES:
            _, path = self._tokens[self._at]
            kind = self._next()[0]
            if kind not in ("question", "path"):
                raise NotEvaluable(f"{name}() of anything but a question")
            self.expect("sign", ")")
            return self._scope((name, *(("${}", path) if kind == "question" else _steps(path))))
        arguments: list[Node] = []
        while self._tokens[self._at] != ("sign", ")"):
            if arguments:
                self.expect("sign", ",")
            arguments.append(self.expression(0))
        self.expect("sign", ")")
        return call({"decimal-time": "decimal-date-time", "date-time": "date"}.get(name, name), tuple(arguments))


#: Functions over all rows of a repeat; `scope` resolves them, as (function, path...).
AGGREGATES = ("sum", "count", "min", "max", "position")


def _steps(path: str) -> tuple[str, ...]:
    path = path.removeprefix("current()/")
    if path.startswith("/"):
        return ("/", *path[1:].split("/"))
    return tuple(path.split("/"))
