"""A form's rules, compiled once: required, relevant, constraint, calculate, and what makes an entity.

An expression is evaluated on a flat table: the columns of its own table by name, those of a table above it as `table/column`, and
the values over the rows of another repeat as `rows:table/column`. `Rules` says which rules cannot be evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from toguna.collect import problems
from toguna.collect.core.schema import Column, EntityDeclaration, Schema, Table
from toguna.collect.core.submissions.scope import RuleScope, read_of
from toguna.collect.core.submissions.xpath.parse import parse
from toguna.collect.core.submissions.xpath.tree import Node, NotEvaluable, fields
from toguna.kernel.api import Place, Problem

#: A new id is drawn from the row, so that the same row always gets the same one.
_NEW_ID = re.compile(r"\buuid\(\s*\)")

_RULES = ("relevant", "required", "constraint", "calculate")

#: A column, by its table's name and its own.
Name = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ColumnRules:
    """What is asked of one column's values; a rule that is absent asks nothing."""

    column: Column
    relevant: Node | None
    required: Node | None
    constraint: Node | None
    calculate: Node | None
    #: The rules that the form has and that cannot be evaluated here: `relevant`, `required`, `constraint`, `calculate`.
    unchecked: frozenset[str] = frozenset()

    def nodes(self) -> Iterable[Node]:
        return (node for node in (self.relevant, self.required, self.constraint, self.calculate) if node is not None)


@dataclass(frozen=True, kw_only=True)
class EntityRules:
    declaration: EntityDeclaration
    create_if: Node | None
    update_if: Node | None
    entity_id: Node | None
    label: Node | None
    #: Whether, and to which entity, cannot be evaluated here: then nothing is done to entities.
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a form version, by table; and, as warnings, those that cannot be checked here."""

    columns: Mapping[str, tuple[ColumnRules, ...]]
    entities: tuple[EntityRules, ...]
    problems: tuple[Problem, ...]
    #: The calculations, each after those that it reads.
    calculations: tuple[tuple[str, ColumnRules], ...] = ()
    #: By repeat, when it may have rows at all; absent where it always may.
    repeats: Mapping[str, Node] = field(default_factory=dict)


def compile_rules(schema: Schema, file: str = "") -> Rules:
    """Compile every expression of the form. What Toguna does not evaluate is a warning with its place, and is not checked."""
    compiler = _Compiler(schema, file)
    columns = {table.name: tuple(compiler.column(table, column) for column in table.columns) for table in schema.tables}
    entities = tuple(compiler.entity(declaration) for declaration in schema.entities)
    calculations = compiler.in_order(columns)
    compiler.tell_of_readers(columns, calculations)
    return Rules(
        columns=columns,
        entities=entities,
        repeats={table.name: node for table in schema.tables[1:] if (node := compiler.repeat(table)) is not None},
        problems=tuple(compiler.problems),
        calculations=calculations,
    )


def expression_of(schema: Schema, table: Table, expression: str) -> Node:
    """One expression, seen from the rows of a table. Raises `NotEvaluable` where Toguna cannot evaluate it."""
    return parse(expression, RuleScope(schema, table, None))


@dataclass(kw_only=False)
class _Compiler:
    schema: Schema
    file: str
    problems: list[Problem] = field(default_factory=list)

    def column(self, table: Table, column: Column) -> ColumnRules:
        written = {name: getattr(column, name) for name in _RULES}
        nodes = {name: self._rule(table, column, expression) for name, expression in written.items()}
        lost = {name for name, expression in written.items() if (expression or "").strip() and nodes[name] is None}
        return ColumnRules(column=column, unchecked=frozenset(lost), **nodes)

    def repeat(self, table: Table) -> Node | None:
        return self._rule(table, None, table.relevant, "survey")

    def entity(self, declaration: EntityDeclaration) -> EntityRules:
        table = self.schema.table(declaration.table)
        entity_id = _NEW_ID.sub("''", declaration.entity_id or "")
        written = {"create_if": declaration.create_if, "update_if": declaration.update_if, "entity_id": entity_id}
        nodes = {name: self._rule(table, None, expression) for name, expression in written.items()}
        return EntityRules(
            declaration=declaration,
            label=self._rule(table, None, declaration.label),
            is_unknown=any((written[name] or "").strip() and node is None for name, node in nodes.items()),
            **nodes,
        )

    def in_order(self, columns: Mapping[str, tuple[ColumnRules, ...]]) -> tuple[tuple[str, ColumnRules], ...]:
        """The calculations by what they read, but for themselves (`once`). Of those that read one another none is worked out, and each is told."""
        all_ = {(table, rules.column.name): rules for table, own in columns.items() for rules in own}
        calculated = {name: rules for name, rules in all_.items() if rules.calculate is not None}
        reads = {name: _read_by(rules, name[0]) & calculated.keys() - {name} for name, rules in calculated.items()}
        while True:
            try:
                order = list(TopologicalSorter(reads).static_order())
                return tuple((name[0], calculated[name]) for name in order)
            except CycleError as error:
                for name in set(error.args[1]):
                    self._tell_of_cycle(calculated.pop(name))
                    del reads[name]
                reads = {name: found & calculated.keys() for name, found in reads.items()}

    def tell_of_readers(
        self, columns: Mapping[str, tuple[ColumnRules, ...]], calculations: Iterable[tuple[str, ColumnRules]]
    ) -> None:
        """Tell of each rule that reads a calculation which is not worked out here: it does not hold where that is blank."""
        all_ = [(table, rules) for table, own in columns.items() for rules in own]
        worked = {(table, rules.column.name) for table, rules in calculations}
        lost = {(table, one.column.name) for table, one in all_ if one.column.calculate} - worked
        for table, rules in calculations:
            # In order: each after those that it reads.
            if _read_by(rules, table) & lost:
                lost.add((table, rules.column.name))
        for table, rules in all_ if lost else []:
            for what in _RULES:
                node = getattr(rules, what)
                found = {read_of(one.key, table) for one in fields(node)} & lost if node is not None else set()
                if found - {(table, rules.column.name)}:
                    self._tell_of_reader(rules.column, what, min(found)[1])

    def _tell_of_reader(self, column: Column, what: str, read: str) -> None:
        rule = getattr(column, what) or ""
        self._tell(
            column,
            rule,
            NotEvaluable(
                f"{read}, a calculation that is not worked out here", f"{read}, un calcul qui n'est pas fait ici"
            ),
        )

    def _tell_of_cycle(self, rules: ColumnRules) -> None:
        name = rules.column.name
        reason = NotEvaluable(f"{name}, which reads its own result", f"{name}, qui lit son propre résultat")
        self._tell(rules.column, rules.column.calculate or "", reason)

    def _rule(
        self, table: Table, column: Column | None, expression: str | None, sheet: str = "entities"
    ) -> Node | None:
        if not expression or not expression.strip():
            return None
        try:
            return parse(expression, RuleScope(self.schema, table, column))
        except NotEvaluable as reason:
            self._tell(column, expression, reason, sheet)
            return None

    def _tell(self, column: Column | None, rule: str, reason: NotEvaluable, sheet: str = "entities") -> None:
        place = Place(
            file=self.file or None,
            sheet="survey" if column else sheet,
            row=(column.row or None) if column else None,
        )
        problem = not_checked(place, rule, reason)
        if problem not in self.problems:
            self.problems.append(problem)


def not_checked(place: Place, rule: str, reason: NotEvaluable) -> Problem:
    """The warning that a rule is not checked here, and why."""
    shown = " ".join(rule.split())
    shown = shown if len(shown) <= 160 else f"{shown[:157]}..."
    return problems.RULE_NOT_CHECKED.at(place, rule=shown, reason=str(reason), reason_fr=reason.french)


def _read_by(rules: ColumnRules, table: str) -> set[Name]:
    """The columns that the calculation reads, and that its relevance reads."""
    nodes = [node for node in (rules.calculate, rules.relevant) if node is not None]
    return {read_of(one.key, table) for node in nodes for one in fields(node)}
