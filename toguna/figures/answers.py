"""The value of an indicator under given circumstances, with its state: what rows say, or why they are silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from toguna.figures.definition import Category, Count, Expected, Indicator, Long
from toguna.figures.engine import Engine
from toguna.figures.expressions import Expression, Literal, Read
from toguna.figures.expressions.tree import And, Compare, In, IsNull, Or
from toguna.figures.plan.ask import Ask, Split
from toguna.figures.tables import root_of
from toguna.figures.values import Value, added, difference, ratio, value_of
from toguna.kernel import Period
from toguna.places import Tree

_REPORTER = "reporter"
_ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Of what a figure speaks. Places none: the whole operation, rows without a place included."""

    period: Period
    places: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    at: int


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Asks the engine, and knows what silence means."""

    engine: Engine
    indicators: Mapping[str, Indicator]
    tree: Callable[[date], Tree]

    def values(
        self, indicator: Indicator, scope: Scope, by: tuple[Split, ...] = (), narrowed_by: Indicator | None = None
    ) -> dict[tuple[str, ...], Value]:
        """By the values of `by`, what is known. Without a split there is always one value."""
        if indicator.is_derived:
            return self._derived(indicator, scope, by)
        if scope.places and indicator.place is None:
            return {(): Value(value=None, status="not_applicable")} if not by else {}
        ask = self.ask(indicator, scope, by, narrowed_by)
        found = {
            key: value_of(indicator, cell, self.engine.setting, scope.period.end)
            for key, cell in self.engine.cells(ask).items()
        }
        if by:
            return found
        silent = () not in found
        value = self._silent(indicator, scope) if silent else self._nil(indicator, scope, found[()])
        return {(): self._with_missing(indicator, scope, value)}

    def ask(
        self, indicator: Indicator, scope: Scope, by: tuple[Split, ...] = (), narrowed_by: Indicator | None = None
    ) -> Ask:
        return Ask(
            indicator=indicator,
            period=scope.period,
            places=scope.places,
            filters=scope.filters,
            by=by,
            at=scope.at,
            narrowed_by=narrowed_by,
        )

    def parts(self, indicator: Indicator) -> list[tuple[Indicator, Indicator | None]]:
        """The indicators with a table of their own that it is made of, and what narrows each."""
        if not indicator.is_derived:
            return [(indicator, None)]
        found = []
        for n, name in enumerate(indicator.of):
            narrowing = indicator if n == 0 and indicator.numerator_where is not None else None
            found += [(part, narrowed or narrowing) for part, narrowed in self.parts(self.indicators[name])]
        return found

    def _derived(self, indicator: Indicator, scope: Scope, by: tuple[Split, ...]) -> dict[tuple[str, ...], Value]:
        narrowing = indicator if indicator.numerator_where is not None else None
        parts = [
            self.values(self.indicators[name], scope, by, narrowing if n == 0 else None)
            for n, name in enumerate(indicator.of)
        ]
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: self._combined(indicator, [part.get(key, _absent()) for part in parts]) for key in keys}

    @staticmethod
    def _combined(indicator: Indicator, parts: Sequence[Value]) -> Value:
        if indicator.kind == "ratio":
            return ratio(parts[0], parts[1], percent=indicator.is_share)
        return added(parts) if indicator.kind == "sum" else difference(parts[0], parts[1:])

    # Silence

    def _nil(self, indicator: Indicator, scope: Scope, value: Value) -> Value:
        """Rows that say "none" make nil of what would be 0 or unknown."""
        if indicator.nil is None or value.value:
            return value
        return replace(value, value=_ZERO, status="nil") if self._count_nil(indicator, scope) else value

    def _silent(self, indicator: Indicator, scope: Scope) -> Value:
        """No row speaks of it: of counted records that means none; of a return, that it must be looked for."""
        if indicator.basis == "counted":
            return Value(value=_ZERO, status="value")
        if indicator.basis != "reported":
            return Value(value=None, status="unknown")
        if indicator.expected is not None:
            owed, sent = self._returns(indicator, indicator.expected, scope)
            if owed - sent:
                return Value(value=None, status="not_reported", missing=tuple(sorted(owed - sent)))
            if not owed and not self._says_nil(indicator, scope):
                return Value(value=None, status="not_expected")
        if self._says_nil(indicator, scope):
            return Value(value=_ZERO, status="nil")
        return Value(value=None, status="not_reported")

    def _with_missing(self, indicator: Indicator, scope: Scope, value: Value) -> Value:
        if indicator.expected is None or value.missing or value.status not in ("value", "nil"):
            return value
        owed, sent = self._returns(indicator, indicator.expected, scope)
        return replace(value, missing=tuple(sorted(owed - sent)))

    def _says_nil(self, indicator: Indicator, scope: Scope) -> bool:
        if indicator.nil is not None and self._count_nil(indicator, scope):
            return True
        if indicator.nil_form is None:
            return False
        asked = self._returned(indicator, indicator.nil_form)
        return bool(self.engine.cells(self.ask(asked, replace(scope, places=(), filters={}))))

    def _count_nil(self, indicator: Indicator, scope: Scope) -> bool:
        assert indicator.nil is not None
        both = (indicator.nil,) if indicator.where is None else (indicator.where, indicator.nil)
        asked = replace(indicator, measure=Count(), where=And(parts=both), money=None)
        return bool(self.engine.cells(self.ask(asked, replace(scope, filters={}))))

    def _returns(self, indicator: Indicator, expected: Expected, scope: Scope) -> tuple[set[str], set[str]]:
        """Who owed a return on this period and place, and who sent one."""
        split = (Split(category=_REPORTER),)
        owing = self._owing(indicator, expected, scope)
        everywhere = replace(scope, places=(), filters={})
        sending = self._returned(indicator, None, expected.reporter)
        owed = {key[0] for key in self.engine.cells(self.ask(owing, everywhere, split))}
        sent = {key[0] for key in self.engine.cells(self.ask(sending, everywhere, split))}
        return owed, sent

    def _returned(self, indicator: Indicator, where: Expression | None, reporter: Read | None = None) -> Indicator:
        """The returns themselves, as an indicator over the form in which the table stands, dated as the rows are."""
        sources = self.engine.catalogue.sources
        table = sources.table(indicator.table or "")
        assert table is not None
        root = root_of(table, sources)
        depth, above = 0, table
        while above.name != root.name:
            depth, above = depth + 1, sources.table(above.parent or "") or root
        date_read = indicator.date
        dated = replace(date_read, up=0) if date_read is not None and date_read.up == depth else None
        return replace(
            indicator,
            table=root.name,
            measure=Count(),
            where=where,
            date=dated,
            valid=None,
            place=None,
            categories=_by_reporter(reporter) if reporter else {},
            money=None,
            provisional=None,
        )

    def _owing(self, indicator: Indicator, expected: Expected, scope: Scope) -> Indicator:
        """Rows of the agreements that hold on a day of the period and speak of its places."""
        conditions: list[Expression] = [expected.where] if expected.where is not None else []
        if expected.start is not None:
            conditions.append(_open_or(expected.start, "<=", scope.period.end))
        if expected.end is not None and scope.period.start > date.min:
            conditions.append(_open_or(expected.end, ">=", scope.period.start))
        if expected.place is not None and scope.places:
            tree = self.tree(scope.period.end)
            about = [
                Literal(value=code, type="text")
                for code in tree.places
                if any(tree.lies_in(code, place) or tree.lies_in(place, code) for place in scope.places)
            ]
            conditions.append(Or(parts=(IsNull(value=expected.place), In(value=expected.place, items=tuple(about)))))
        return replace(
            indicator,
            kind="target",
            table=expected.table,
            measure=Count(),
            where=And(parts=tuple(conditions)) if conditions else None,
            date=None,
            valid=None,
            place=None,
            categories=_by_reporter(expected.organisation),
            money=None,
            provisional=None,
        )


def _by_reporter(read: Read) -> dict[str, Category]:
    return {_REPORTER: Category(name=_REPORTER, long=Long(read=read))}


def _open_or(read: Read, op: str, day: date) -> Expression:
    """Blank, or so compared with the day."""
    literal = Literal(value=day, type="date")
    return Or(parts=(IsNull(value=read), Compare(op=op, left=read, right=literal)))  # type: ignore[arg-type]


def _absent() -> Value:
    """What a part has in a cell that none of its rows speaks of."""
    return Value(value=_ZERO, status="value")
