"""XPath text to typed tree: elementpath reads the syntax (XPath 1.0), the table of functions says what each call takes and gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeGuard

from toguna.collect.core.submissions.xpath.dates import check_format
from toguna.collect.core.submissions.xpath.functions import FUNCTIONS, Function
from toguna.collect.core.submissions.xpath.patterns import compiled
from toguna.collect.core.submissions.xpath.tree import (
    ALL_ROWS,
    CHOICES,
    NUMBERS,
    POSITION,
    ROWS,
    TEXTS,
    Call,
    Field,
    Kind,
    Literal,
    Node,
    NotEvaluable,
    Scope,
    is_blank,
)

#: An expression nested deeper than this is no rule that a person wrote.
_DEEPEST = 60
#: Terms that stand in a row: `a + b + c`.
_LONGEST = 400

_NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""
      (?P<text>"[^"]*"|'[^']*')
    | \$\{{\s*(?P<question>[^}}]*?)\s*\}}
    | (?P<current>current\s*\(\s*\)\s*(?=/))
    | (?P<call>(?:{_NAME}:)?{_NAME})\s*(?=\()
    | (?P<name>(?:{_NAME}:)?{_NAME})
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![\w.])
    | (?P<blank>\s+)
    | (?P<sign>!=|<=|>=|::|\.\.|//|[-+*=<>(),\[\]|/.@])
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(rf"\$\{{\s*({_NAME})\s*\}}")
_OPERATORS = frozenset(("and", "or", "div", "mod"))
#: What functions are called for elementpath, so that they meet none of its own.
_PREFIX = "f-"
_NAMESPACES = {name: name for name in ("jr", "orx", "odk", "entities", "ev", "h", "xsd")}

#: What a path is made of.
_PATHS = frozenset(("$", ".", "..", "/", "(name)", ":"))
_COMPARED = frozenset(("=", "!=", "<", "<=", ">", ">="))
#: Functions over rows whose values must be numbers.
_ADDING = frozenset(("sum", "min", "max"))
#: What stands before a single number, and the function that it is.
_SIGNS = {"-": "negate", "+": "number"}
_ARITHMETIC = frozenset(("+", "-", "*", "div", "mod"))


def parse(text: str, scope: Scope) -> Node:
    """The expression's typed tree, its paths resolved by `scope`. Refuses (`NotEvaluable`) what Toguna does not evaluate."""
    return _Builder(scope).node(_syntax(text))


def question_of(text: str) -> tuple[str, ...] | None:
    """The path that a text such as `${x}` or `/data/x` names; None of other text."""
    match = _REFERENCE.fullmatch(text.strip())
    if match:
        return "${}", match[1]
    steps = text.strip().split("/")
    return ("/", *steps[1:]) if len(steps) > 2 and not steps[0] and all(steps[1:]) else None


def patterns_in(text: str) -> list[str]:
    """The regular expressions that are written out in an expression; none of what does not parse, or is left to the phone."""
    if "regex" not in text:
        return []
    try:
        return [
            str(token[1].value)
            for token in _syntax(text).iter(f"{_PREFIX}regex")
            if len(token) == 2 and token[1].symbol == "(string)"
        ]
    except NotEvaluable:
        return []


@lru_cache(maxsize=1)
def _parser() -> Any:
    """elementpath's parser of XPath 1.0, which knows every function of the table; made when first needed, for it takes 0.1 s to load."""
    base = import_module("elementpath.xpath1").XPath1Parser
    parser: Any = type("FormsParser", (base,), {"__module__": __name__})
    for name in FUNCTIONS:
        parser.function(_PREFIX + name.replace(":", "."), nargs=(0, None), label="function")
    for symbol, binding in _BINDING.items():
        token = parser.symbol_table[symbol]
        own = {"lbp": binding, "rbp": binding, "led": _compare_left_to_right}
        parser.symbol_table[symbol] = type(f"_{token.__name__}", (token,), own)
    parser.build()
    return parser(namespaces=_NAMESPACES, strict=False)


#: XPath 1.0, 3.5: equality binds less closely than order, both from left to right. elementpath keeps XPath 2.0's rule: no chain.
_BINDING = {"=": 30, "!=": 30, "<": 35, "<=": 35, ">": 35, ">=": 35}


def _compare_left_to_right(token: Any, left: Any) -> Any:
    token[:] = left, token.parser.expression(rbp=token.rbp)
    return token


@lru_cache(maxsize=4096)
def _syntax(text: str) -> Any:
    """elementpath's tokens. Refuses (`NotEvaluable`) what is no XPath, and unknown functions."""
    prepared = "".join(_prepared(text))
    parser = _parser()
    parse_only = import_module("elementpath.tdop").Parser.parse
    try:
        return parse_only(parser, prepared)
    except (import_module("elementpath.exceptions").ElementPathError, RecursionError, ValueError, TypeError) as error:
        found = re.sub(r"^.*?(\[err:\w+\] |: )", "", str(error)) or type(error).__name__
        raise NotEvaluable(f"an expression that does not parse ({found})", "une expression illisible") from error


def _prepared(text: str) -> Iterator[str]:
    """The text as elementpath reads it: `${x}` as the variable `$x`, functions under their names for it."""
    at, depth, after_operand = 0, 0, False
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotEvaluable(f"what begins at {text[at : at + 20]!r}", f"ce qui commence à {text[at : at + 20]!r}")
        at, kind, word = match.end(), match.lastgroup, match[0]
        if kind == "blank":
            yield " "
            continue
        depth += (word == "(") - (word == ")")
        if depth > _DEEPEST:
            raise NotEvaluable(f"an expression nested deeper than {_DEEPEST}", f"plus de {_DEEPEST} niveaux")
        is_operator = after_operand and (match["call"] or match["name"]) in _OPERATORS
        yield f" {word} " if is_operator else _token(kind, match)
        after_operand = not is_operator and (kind != "sign" or word in (")", "]", ".", "..")) and kind != "call"


def _token(kind: str | None, match: re.Match[str]) -> str:
    word = match[0]
    if kind == "question":
        name = match["question"]
        if name.startswith("last-saved#"):
            raise NotEvaluable(f"{word}, which only the phone remembers", f"{word}, que seul le téléphone retient")
        if not re.fullmatch(_NAME, name):
            raise NotEvaluable(word)
        return f" ${name} "
    if kind == "current":
        return " . "
    if kind == "call":
        name = match["call"]
        function = FUNCTIONS.get(name)
        if function is None:
            raise NotEvaluable(f"{name}()")
        if function.state == "phone":
            raise NotEvaluable(f"{name}(), which is left to the phone", f"{name}(), laissé au téléphone")
        return _PREFIX + name.replace(":", ".")
    return word


class _Builder:
    """Tokens of elementpath to nodes."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._depth = 0

    def node(self, token: Any) -> Node:
        self._depth += 1
        if self._depth > _LONGEST:
            raise NotEvaluable(f"more than {_LONGEST} terms", f"plus de {_LONGEST} termes")
        try:
            return self._node(token)
        finally:
            self._depth -= 1

    def _node(self, token: Any) -> Node:
        symbol: str = token.symbol
        if symbol in ("(integer)", "(decimal)"):
            return Literal(value=float(token.value), kind="number")
        if symbol == "(string)":
            return Literal(value=str(token.value), kind="text")
        if symbol in ("and", "or"):
            return Call(name=symbol, arguments=tuple(self._chain(symbol, token)), kind="boolean")
        if symbol in _PATHS:
            return self._scope(_path(token))
        if symbol in _COMPARED and len(token) == 2:
            return Call(name=symbol, arguments=tuple(map(self.node, token)), kind="boolean")
        if symbol in _ARITHMETIC:
            arguments = tuple(map(self.node, token))
            name = symbol if len(arguments) == 2 else _SIGNS.get(symbol)
            if name is None:
                raise NotEvaluable(f"{symbol!r} without a number before it", f"{symbol!r} sans nombre devant")
            return Call(name=name, arguments=arguments, kind="number")
        if symbol == "(":
            return self.node(token[0])
        if symbol.startswith(_PREFIX):
            return self._call(FUNCTIONS[symbol.removeprefix(_PREFIX).replace(".", ":")], list(token._items))
        what = {"[": "a predicate in brackets", "|": "a union of paths"}.get(symbol, f"{symbol!r} in a path")
        french = {"[": "un prédicat entre crochets", "|": "une union de chemins"}.get(
            symbol, f"{symbol!r} dans un chemin"
        )
        raise NotEvaluable(what, french)

    def _chain(self, symbol: str, token: Any) -> Iterator[Node]:
        """The parts of `a or b or c`, in order."""
        parts = [token[1]]
        while token[0].symbol == symbol:
            token = token[0]
            parts.append(token[1])
        parts.append(token[0])
        return (self.node(part) for part in reversed(parts))

    def _call(self, function: Function, tokens: list[Any]) -> Node:
        name, count = function.name, len(tokens)
        if not function.takes(count):
            raise NotEvaluable(f"{name}() with {count} arguments", f"{name}() avec {count} arguments")
        if name == "position":
            return self._scope((POSITION, *(_path(tokens[0]) if tokens else (".",))))
        if name == "indexed-repeat":
            return self._indexed(tokens)
        if not tokens and function.argument(0) in ("text", "number"):
            # XPath 1.0, 4.2: of the context, which is the question itself.
            return Call(name=name, arguments=(self._scope((".",)),), kind=function.gives)
        arguments = tuple(self._argument(function, index, token) for index, token in enumerate(tokens))
        match name:
            case "if":
                return Call(name=name, arguments=arguments, kind=common_kind(*arguments[1:]))
            case "coalesce":
                return Call(name=name, arguments=arguments, kind=common_kind(*arguments))
            case "depend":
                return arguments[0]
            case "once":
                return self._once(arguments[0])
        return Call(name=name, arguments=arguments, kind=function.gives)

    def _argument(self, function: Function, index: int, token: Any) -> Node:
        how = function.argument(index)
        if how in ("rows", "values") and token.symbol in _PATHS | {"["}:
            wanted = NUMBERS if function.gives == "number" and function.name in _ADDING else ROWS
            return self._scope((wanted, *_path(token)))
        if how == "rows":
            raise NotEvaluable(
                f"{function.name}() of anything but a question", f"{function.name}() d'autre chose qu'une question"
            )
        node = self.node(token)
        if how == "choices":
            path = question_of(str(node.value)) if isinstance(node, Literal) else None
            if path is None:
                raise NotEvaluable("jr:choice-name() without '${question}'", "jr:choice-name() sans '${question}'")
            return self._scope((CHOICES, *path))
        if isinstance(node, Literal) and how == "pattern":
            compiled(str(node.value))
        if isinstance(node, Literal) and how == "format":
            check_format(str(node.value))
        return node

    def _once(self, value: Node) -> Node:
        here = self._scope((".",))
        blank = Call(name="=", arguments=(here, Literal(value="", kind="text")), kind="boolean")
        return Call(name="if", arguments=(blank, value, here), kind=common_kind(value, here))

    def _indexed(self, tokens: list[Any]) -> Node:
        """`indexed-repeat(${x}, ${repeat}, i)`: the value of one row; deeper ones are not evaluated."""
        if len(tokens) == 3:
            values, group = (self._scope((ALL_ROWS, *_path(token))) for token in tokens[:2])
        if len(tokens) != 3 or not _is_of(values, group):
            raise NotEvaluable("indexed-repeat() over several repeats", "indexed-repeat() sur plusieurs répétitions")
        kind: Kind = "text" if values.of in TEXTS else values.of
        return Call(name="indexed-repeat", arguments=(values, self.node(tokens[2])), kind=kind)


def _is_of(values: Node, group: Node) -> TypeGuard[Field]:
    """Whether these are the values of a question that stands in that repeat itself."""
    if not isinstance(values, Field) or not isinstance(group, Field) or values.kind != "rows":
        return False
    return group.key.endswith("/") and values.key.rpartition("/")[0] == group.key.rpartition("/")[0]


def _path(token: Any) -> tuple[str, ...]:
    """The steps of a path. Refuses (`NotEvaluable`) all but names, `.` and `..`."""
    match token.symbol:
        case "$":
            return "${}", str(token[0].value)
        case "." | "..":
            return (token.symbol,)
        case "(name)":
            return (str(token.value),)
        case ":":
            return (str(token.value).rpartition(":")[2],)
        case "/" if len(token) == 1:
            return ("/", *_path(token[0]))
        case "/":
            return (*_path(token[0]), *_path(token[1]))
        case "[":
            raise NotEvaluable("a predicate in brackets", "un prédicat entre crochets")
    raise NotEvaluable(f"{token.symbol!r} in a path", f"{token.symbol!r} dans un chemin")


def common_kind(*nodes: Node) -> Kind:
    """The kind of a value that is one of these: theirs where they agree, a blank agreeing with all; else `any`."""
    kinds: set[Kind] = {"text" if node.kind in TEXTS else node.kind for node in nodes if not is_blank(node)}
    if not kinds:
        return "text"
    kind = kinds.pop()
    return "any" if kinds or kind in ("rows", "choices") else kind
