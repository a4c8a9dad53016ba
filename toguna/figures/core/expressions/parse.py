"""Text to tree: cut into words, parsed by sqlglot, rebuilt from the closed list, typed against the columns (grammar 3).

Nothing of the parser's tree survives: what is not rebuilt here does not exist. All faults of one expression come in one run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import sqlglot
from sqlglot import exp

from toguna.collect.core.forms.nearest import did_you_mean
from toguna.figures.core.expressions import typing as rules
from toguna.figures.core.expressions.functions import FUNCTIONS
from toguna.figures.core.expressions.paths import parse_path
from toguna.figures.core.expressions.tree import And, Between, Expression, In, IsNull, Literal, Not, Or
from toguna.figures.core.expressions.words import MARK, NotWords, Piece, cut, guarded
from toguna.figures.core.tables import Sources, SourceTable
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Place, Problem

_COMPARISONS: dict[type[exp.Expression], rules.CompareOp] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expression], rules.ArithmeticOp] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
#: Longer whole numbers than any count or amount are refused, so that a product stays within the lake's numbers.
_MOST_DIGITS = 15


def parse_expression(
    text: str, table: SourceTable, sources: Sources, wants: rules.Wants = "condition", at: Place | None = None
) -> tuple[Expression | None, list[Problem]]:
    """The typed tree, or why there is none. `wants`: a condition (boolean), a number, or any value."""
    place = at or Place()
    try:
        pieces = cut(text)
        parsed = _parsed(guarded(pieces, frozenset(FUNCTIONS)), pieces)
    except NotWords as error:
        return None, [_not_words(error, place)]
    building = _Building(table=table, sources=sources, place=place)
    built = building.build(parsed)
    if built is not None and not rules.is_wanted(built, wants):
        building.say("expression_wants", found=built.type, wanted=wants)
        built = None
    if built is None and not building.problems:
        building.say("expression_not_read", near=text[:80])
    return (None if building.problems else built), building.problems


def _parsed(written: str, pieces: list[Piece]) -> exp.Expression:
    if not pieces:
        raise NotWords("expression_empty", "")
    near = " ".join(piece.text for piece in pieces)
    try:
        found = sqlglot.parse(written, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise NotWords("expression_not_read", near[:80]) from error
    if len(found) != 1 or found[0] is None:
        raise NotWords("expression_not_read", near[:80])
    return found[0]


def _not_words(error: NotWords, place: Place) -> Problem:
    details: dict[str, object] = {"near": error.near}
    if error.fault == "function_unknown":
        details |= did_you_mean(error.near, FUNCTIONS, _FUNCTION_LIST)
    return FAULTS[error.fault].at(place, **details)


_FUNCTION_LIST = (
    f"The functions are {', '.join(sorted(FUNCTIONS))}.",
    f"Les fonctions sont {', '.join(sorted(FUNCTIONS))}.",
)


@dataclass
class _Building:
    """One expression being rebuilt. Each method gives the rebuilt node, or None once it has said why not."""

    table: SourceTable
    sources: Sources
    place: Place
    problems: list[Problem] = field(default_factory=list)

    def say(self, fault: str, **details: object) -> None:
        self.problems.append(FAULTS[fault].at(self.place, **details))

    def build(self, node: exp.Expression) -> Expression | None:
        kind = type(node)
        if kind in _COMPARISONS:
            return self._two(node, lambda left, right: rules.compare(_COMPARISONS[kind], left, right))
        if kind in _ARITHMETIC:
            return self._two(node, lambda left, right: rules.arithmetic(_ARITHMETIC[kind], left, right), "typed safe")
        rebuild = _REBUILD.get(kind)
        if rebuild is None:
            self._refuse(node)
            return None
        return rebuild(self, node)

    def typed(self, make: Callable[[], Expression]) -> Expression | None:
        try:
            return make()
        except rules.WrongType as error:
            self.say(error.fault, **error.details)
            return None

    def _two(
        self, node: Any, make: Callable[[Expression, Expression], Expression], further: str = ""
    ) -> Expression | None:
        if not self._only(node, "this", "expression", *further.split()):
            return None
        left, right = self.build(node.this), self.build(node.expression)
        if left is None or right is None:
            return None
        return self.typed(lambda: make(left, right))

    def joined(self, node: Any) -> Expression | None:
        kind = And if isinstance(node, exp.And) else Or
        built = [self.condition(part) for part in node.flatten(unnest=False)]
        known = tuple(part for part in built if part is not None)
        return kind(parts=known) if len(known) == len(built) else None

    def condition(self, node: exp.Expression) -> Expression | None:
        built = self.build(node)
        return None if built is None else self.typed(lambda: rules.as_condition(built))

    def negated(self, node: Any) -> Expression | None:
        part = self.condition(node.this) if self._only(node, "this") else None
        return None if part is None else Not(part=part)

    def among(self, node: Any) -> Expression | None:
        if not self._only(node, "this", "expressions"):
            return None
        value, items = self.build(node.this), [self.build(item) for item in node.expressions]
        if value is None or None in items or not items:
            return None
        return self.typed(lambda: In(value=rules.single(value), items=rules.items(value, items)))  # type: ignore[arg-type]

    def within(self, node: Any) -> Expression | None:
        if not self._only(node, "this", "low", "high"):
            return None
        value, low, high = (self.build(part) for part in (node.this, node.args["low"], node.args["high"]))
        if value is None or low is None or high is None:
            return None

        def make() -> Expression:
            first, last = rules.compare(">=", value, low), rules.compare("<=", value, high)
            return Between(value=first.left, low=first.right, high=last.right)

        return self.typed(make)

    def missing(self, node: Any) -> Expression | None:
        if not self._only(node, "this", "expression") or type(node.expression) is not exp.Null:
            self._refuse(node)
            return None
        value = self.build(node.this)
        return None if value is None else IsNull(value=value)

    def column(self, node: Any) -> Expression | None:
        if not self._only(node, "this") or type(node.this) is not exp.Identifier:
            self._refuse(node)
            return None
        read, problems = parse_path(node.this.this, self.table, self.sources, self.place)
        self.problems += problems
        return read

    def literal(self, node: Any) -> Expression | None:
        written = str(node.this)
        if node.is_string:
            return Literal(value=written, type="text")
        whole, point, fraction = written.partition(".")
        if len(whole) > _MOST_DIGITS or len(fraction) > rules.SCALE:
            self.say("number_too_long", near=written)
            return None
        return Literal(value=Decimal(written), type="decimal") if point else Literal(value=int(written), type="integer")

    def dated(self, node: Any) -> Expression | None:
        """Only ``DATE '2016-12-31'``: any other cast was refused before."""
        if type(node.this) is not exp.Literal or not node.this.is_string:
            self._refuse(node)
            return None
        try:
            return Literal(value=date.fromisoformat(node.this.this), type="date")
        except ValueError:
            self.say("date_wrong", near=node.this.this)
            return None

    def call(self, node: Any) -> Expression | None:
        name = str(node.this).removeprefix(MARK)
        if not self._only(node, "this", "expressions") or name not in FUNCTIONS:
            self._refuse(node)
            return None
        built = [self.build(argument) for argument in node.expressions]
        known = [argument for argument in built if argument is not None]
        return self.typed(lambda: rules.call(name, known)) if len(known) == len(built) else None

    def negative(self, node: Any) -> Expression | None:
        value = self.build(node.this) if self._only(node, "this") else None
        return None if value is None else self.typed(lambda: rules.negative(value))

    def unwrapped(self, node: Any) -> Expression | None:
        return self.build(node.this) if self._only(node, "this") else None

    def _only(self, node: exp.Expression, *names: str) -> bool:
        """Whether the node says nothing beyond what is rebuilt; a word more is refused, never dropped."""
        if all(not value for name, value in node.args.items() if name not in names):
            return True
        self._refuse(node)
        return False

    def _refuse(self, node: exp.Expression) -> None:
        self.say("expression_not_allowed", near=node.key)


_REBUILD: dict[type[exp.Expression], Callable[[_Building, Any], Expression | None]] = {
    exp.And: _Building.joined,
    exp.Or: _Building.joined,
    exp.Not: _Building.negated,
    exp.In: _Building.among,
    exp.Between: _Building.within,
    exp.Is: _Building.missing,
    exp.Column: _Building.column,
    exp.Literal: _Building.literal,
    exp.Cast: _Building.dated,
    exp.Anonymous: _Building.call,
    exp.Neg: _Building.negative,
    exp.Paren: _Building.unwrapped,
    exp.Boolean: lambda _, node: Literal(value=bool(node.this), type="boolean"),
    exp.Null: lambda _, node: Literal(value=None, type="null"),
}
