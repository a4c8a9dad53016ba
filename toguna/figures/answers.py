"""The value of an indicator under given circumstances, with its state: what rows say, or why they are silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from toguna.figures.core.definition import UNKNOWN, Category, Count, Expected, Indicator, Latest, Long
from toguna.figures.core.expressions import Expression, Literal, Read
from toguna.figures.core.expressions.tree import And, Compare, In, IsNull, Not, Or
from toguna.figures.core.plan.ask import Ask, Split
from toguna.figures.core.tables import root_of
from toguna.figures.core.values import TooFine, Value, added, change, difference, ratio, value_of
from toguna.figures.engine import Engine
from toguna.figures.reported_grain import coarser_than
from toguna.kernel.api import Period
from toguna.places.api import Tree

_REPORTER = "reporter"
_ZERO = Decimal(0)
_NOT_REPORTED = Value(value=None, status="not_reported")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Of what a figure speaks. Places none: the whole operation, rows without a place included."""

    period: Period
    places: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    at: int


def _always(at: int) -> Period | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Asks the engine, and knows what silence means."""

    engine: Engine
    indicators: Mapping[str, Indicator]
    tree: Callable[[date], Tree]
    #: From the first to the last day of which anything was recorded as known at a sequence: outside it silence is no zero.
    recorded: Callable[[int], Period | None] = _always
    #: Of which indicators small numbers are withheld; None: it is not asked whether reports are coarser in place or category.
    is_guarded: Callable[[Indicator], bool] | None = None

    def values(
        self, indicator: Indicator, scope: Scope, by: tuple[Split, ...] = (), narrowed_by: Indicator | None = None
    ) -> dict[tuple[str, ...], Value]:
        """By the values of `by`, what is known. Without a split there is always one value."""
        if indicator.is_derived:
            return self._derived(indicator, scope, by)
        if scope.places and indicator.place is None:
            return {(): Value(value=None, status="not_applicable")} if not by else {}
        if not indicator.can_answer(scope.period):
            by_grain = TooFine(by="period", what=indicator.grain)
            return {(): Value(value=None, status="not_applicable", too_fine=by_grain)} if not by else {}
        found = self.cells(indicator, scope, by, narrowed_by)
        if by:
            return found
        whole = found.get(())
        if (whole is None or whole.status == "unknown") and (scope.places or scope.filters):
            too_fine = self._coarser(indicator, scope, narrowed_by)
            if too_fine is not None:
                return {(): Value(value=None, status="not_applicable", too_fine=too_fine)}
        return {(): self._silent(indicator, scope) if whole is None else self._with_missing(indicator, scope, whole)}

    def cells(
        self, indicator: Indicator, scope: Scope, by: tuple[Split, ...] = (), narrowed_by: Indicator | None = None
    ) -> dict[tuple[str, ...], Value]:
        """What rows say, by cell; a cell of which none speaks is not there."""
        cells = self.engine.cells(self.ask(indicator, scope, by, narrowed_by))
        setting, end = self.engine.setting, scope.period.end
        found = {key: value_of(indicator, cell, setting, end) for key, cell in cells.items()}
        return self._with_nil(indicator, scope, by, narrowed_by, found)

    def _coarser(self, indicator: Indicator, scope: Scope, narrowed_by: Indicator | None) -> TooFine | None:
        if self.is_guarded is None:
            return None
        return coarser_than(self, indicator, scope, narrowed_by, is_guarded=self.is_guarded(indicator))

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

    def parts(self, indicator: Indicator, scope: Scope) -> list[tuple[Indicator, Indicator | None, Scope]]:
        """The indicators with a table of their own that it is made of, what narrows each, and of what each speaks."""
        if not indicator.is_derived:
            return [(indicator, None, scope)]
        found = []
        for n, name in enumerate(indicator.of):
            narrowing = indicator if n == 0 and indicator.numerator_where is not None else None
            own = self.parts(self.indicators[name], scope)
            found += [(part, narrowed or narrowing, where) for part, narrowed, where in own]
        if indicator.kind == "change" and (earlier := scope_before(scope)) is not None:
            found += self.parts(self.indicators[indicator.of[0]], earlier)
        return found

    def part_values(
        self, indicator: Indicator, scope: Scope, by: tuple[Split, ...] = ()
    ) -> list[dict[tuple[str, ...], Value]]:
        """By cell, the values that a derived indicator is made of; of a change, now and before."""
        if indicator.kind == "change":
            earlier = scope_before(scope)
            of = self.indicators[indicator.of[0]]
            return [self.values(of, scope, by), self.values(of, earlier, by)] if earlier is not None else []
        narrowing = indicator if indicator.numerator_where is not None else None
        return [
            self.values(self.indicators[name], scope, by, narrowing if n == 0 else None)
            for n, name in enumerate(indicator.of)
        ]

    def _derived(self, indicator: Indicator, scope: Scope, by: tuple[Split, ...]) -> dict[tuple[str, ...], Value]:
        if (indicator.kind == "change" or indicator.is_daily) and scope.period.start == date.min:
            return {(): Value(value=None, status="not_applicable")} if not by else {}
        parts = self.part_values(indicator, scope, by)
        keys = dict.fromkeys(key for part in parts for key in part)
        if indicator.kind == "change":
            told = not self._is_same_quotation(self.indicators[indicator.of[0]], scope)
            absent = self._absent_then(indicator)
            return {
                key: change(
                    *(
                        found if told else replace(found, value=None, status="not_reported")
                        for found in (part.get(key, absent) for part in parts)
                    ),
                    is_relative=indicator.is_relative_change,
                )
                for key in keys
            }
        return {
            key: self._combined(indicator, [part.get(key, _absent()) for part in parts], scope.period) for key in keys
        }

    @staticmethod
    def _combined(indicator: Indicator, parts: Sequence[Value], period: Period) -> Value:
        if indicator.kind == "ratio":
            return ratio(parts[0], parts[1], indicator.quotient_times(period))
        return added(parts) if indicator.kind == "sum" else difference(parts[0], parts[1:])

    def _absent_then(self, indicator: Indicator) -> Value:
        """What a cell has in a period of which no row speaks of it: none of what is counted; silence of everything else."""
        of = self.indicators[indicator.of[0]]
        counted = of.basis == "counted" and not isinstance(of.measure, Latest) and of.kind != "ratio"
        return _absent() if counted else _NOT_REPORTED

    def _is_same_quotation(self, of: Indicator, scope: Scope) -> bool:
        """Whether a quoted stock stands on the same rows in both periods: its source has said nothing since."""
        if of.is_derived or of.basis not in ("quoted", "estimated") or of.kind != "stock":
            return False
        earlier = scope_before(scope)
        if earlier is None or (scope.places and of.place is None):
            return False
        rows = [self.engine.traced(self.ask(of, one), {})[1] for one in (scope, earlier)]
        now, before = ({(row.get("_lineage"), row.get("_row"), row.get("_day")) for row in found} for found in rows)
        return bool(now) and now == before

    # Silence

    def _with_nil(
        self,
        indicator: Indicator,
        scope: Scope,
        by: tuple[Split, ...],
        narrowed_by: Indicator | None,
        found: dict[tuple[str, ...], Value],
    ) -> dict[tuple[str, ...], Value]:
        """Rows without a value of which one says "none" are nil; a return's 0 is."""
        mute = [key for key, value in found.items() if value.status == "unknown"]
        if mute and indicator.nil is not None:
            both = (indicator.nil,) if indicator.where is None else (indicator.where, indicator.nil)
            asked = replace(indicator, measure=Count(), where=And(parts=both), money=None)
            long = tuple(split for split in by if not indicator.is_wide(split.category))
            nil = self.engine.cells(self.ask(asked, scope, long, narrowed_by))
            for key in mute:
                own = tuple(value for split, value in zip(by, key, strict=True) if split in long)
                if own in nil:
                    found[key] = replace(found[key], value=_ZERO, status="nil")
        if indicator.basis == "reported":
            for key, value in found.items():
                if value.status == "value" and not value.value:
                    found[key] = replace(value, status="nil")
        return found

    def _silent(self, indicator: Indicator, scope: Scope) -> Value:
        """No row speaks of it: of counted records that means none; of a return, that it must be looked for."""
        if indicator.basis == "counted":
            latest = isinstance(indicator.measure, Latest)
            if latest:
                return Value(value=None, status="unknown")
            told = self.recorded(scope.at)
            if told is None or (told.overlaps(scope.period) or not indicator.has_period_start):
                return Value(value=_ZERO, status="value")
            return Value(value=None, status="not_reported")
        if indicator.basis == "planned":
            return Value(value=None, status="not_applicable")
        if indicator.basis != "reported":
            return Value(value=None, status="not_reported")
        owed, sent = self._returns(indicator, indicator.expected, scope) if indicator.expected else (set(), set())
        if not owed - sent and self._all_say_nil(indicator, scope, owed):
            return Value(value=_ZERO, status="nil")
        if indicator.expected is not None and not owed:
            return Value(value=None, status="not_expected")
        return Value(value=None, status="not_reported", missing=tuple(sorted(owed - sent)))

    def _with_missing(self, indicator: Indicator, scope: Scope, value: Value) -> Value:
        if indicator.expected is None:
            return value
        owed, sent = self._returns(indicator, indicator.expected, scope)
        return replace(value, missing=tuple(sorted(owed - sent)))

    def _all_say_nil(self, indicator: Indicator, scope: Scope, owed: set[str]) -> bool:
        """Whether the returns of the period say that there is nothing to tell: those of everybody who owes one, or, where nobody is
        known to owe one, all that came. A return that is no nil return and has no row for it says nothing."""
        asked = self.nil_returns(indicator, scope)
        if asked is None:
            return False
        if indicator.expected is not None:
            saying = self._returned(indicator, indicator.nil_form, indicator.expected.reporter)
            return bool(owed) and owed <= self._reporters(saying, scope)
        every = self.ask(self._returned(indicator, None), replace(scope, places=(), filters={}))
        nil, came = (sum(cell.rows for cell in self.engine.cells(one).values()) for one in (asked, every))
        return nil == came > 0

    def nil_returns(self, indicator: Indicator, scope: Scope) -> Ask | None:
        """The question for the returns of the period that say that there is nothing to tell; none where the form cannot say so."""
        if indicator.nil_form is None or indicator.table is None:
            return None
        return self.ask(self._returned(indicator, indicator.nil_form), replace(scope, places=(), filters={}))

    def _reporters(self, asked: Indicator, scope: Scope) -> set[str]:
        """Who stands behind these rows."""
        everywhere = replace(scope, places=(), filters={})
        return {key[0] for key in self.engine.cells(self.ask(asked, everywhere, (Split(category=_REPORTER),)))} - {
            UNKNOWN
        }

    def _returns(self, indicator: Indicator, expected: Expected, scope: Scope) -> tuple[set[str], set[str]]:
        """Who owed a return on this period and place, and who sent one."""
        owed = self._reporters(self._owing(indicator, expected, scope), scope)
        sent = self._reporters(self._returned(indicator, None, expected.reporter), scope)
        return owed, sent

    def _returned(self, indicator: Indicator, where: Expression | None, reporter: Read | None = None) -> Indicator:
        """The returns themselves, as an indicator over the form in which the table stands, by the day of each."""
        sources = self.engine.catalogue.sources
        table = sources.table(indicator.table or "")
        assert table is not None
        root = root_of(table, sources)
        return replace(
            indicator,
            kind="flow",
            table=root.name,
            measure=Count(),
            where=where,
            date=None,
            valid=None,
            place=None,
            categories=_by_reporter(reporter) if reporter else {},
            money=None,
            provisional=None,
        )

    def _owing(self, indicator: Indicator, expected: Expected, scope: Scope) -> Indicator:
        """Rows of the agreements that hold on a day of the period and speak of its places."""
        conditions: list[Expression] = [Not(part=IsNull(value=expected.organisation))]
        if expected.where is not None:
            conditions.append(expected.where)
        if expected.start is not None:
            conditions.append(_open_or(expected.start, "<=", scope.period.end))
        if expected.end is not None and scope.period.start > date.min:
            conditions.append(_open_or(expected.end, ">=", scope.period.start))
        if expected.place is not None and scope.places:
            tree = self.tree(scope.period.end)
            asked = [place for place in scope.places if place in tree.places]
            about = [
                Literal(value=code, type="text")
                for code in tree.places
                if any(tree.lies_in(code, place) or tree.lies_in(place, code) for place in asked)
            ]
            conditions.append(Or(parts=(IsNull(value=expected.place), In(value=expected.place, items=tuple(about)))))
        return replace(
            indicator,
            kind="target",
            table=expected.table,
            measure=Count(),
            where=And(parts=tuple(conditions)),
            date=None,
            valid=None,
            place=None,
            categories=_by_reporter(expected.organisation),
            money=None,
            provisional=None,
        )


def scope_before(scope: Scope) -> Scope | None:
    """The same places and categories in the period before; None where the period has no start."""
    return None if scope.period.start == date.min else replace(scope, period=scope.period.before())


def _by_reporter(read: Read) -> dict[str, Category]:
    return {_REPORTER: Category(name=_REPORTER, long=Long(read=read))}


def _open_or(read: Read, op: str, day: date) -> Expression:
    """Blank, or so compared with the day."""
    literal = Literal(value=day, type="date")
    return Or(parts=(IsNull(value=read), Compare(op=op, left=read, right=literal)))  # type: ignore[arg-type]


def _absent() -> Value:
    """What a part has in a cell that none of its rows speaks of."""
    return Value(value=_ZERO, status="value")
