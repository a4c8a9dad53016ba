"""The records behind sensitive figures, as the disclosure audit asks for them: sums over rows by any columns, from the lake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from toguna.figures.core.definition import UNKNOWN, Category, Count, Indicator, Long, Total, Wide
from toguna.figures.core.disclosure.conditions import ROWS, PlaceRules, Scope
from toguna.figures.core.disclosure.space import Amount, RowKey
from toguna.figures.core.expressions import Expression, Read
from toguna.figures.core.expressions.tree import Arithmetic
from toguna.figures.core.plan.ask import Ask, Split
from toguna.figures.core.plan.joins import own
from toguna.figures.core.tables import SourceTable
from toguna.figures.engine import Engine
from toguna.kernel.api import Period
from toguna.places.api import Tree

_DAY = "day of the row"
_TERM = "column summed"
#: Answers of the lake that are kept for the next audit.
_MOST_KEPT = 48
_EVERYWHERE = Scope(period=Period(start=date.min, end=date.max), filters={})


@dataclass(frozen=True, kw_only=True)
class LakeRecords:
    """The records of the opened instance."""

    engine: Engine
    tree: Callable[[date], Tree]
    #: Asked once a day of the tree, not once a row.
    _trees: dict[date, Tree] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def places(self) -> PlaceRules:
        return PlaceRules(lies_in=self._lies_in, ancestor=self._ancestor)

    def table(self, name: str) -> SourceTable:
        found = self.engine.catalogue.sources.table(name)
        if found is None:
            raise KeyError(f"there is no table {name!r}")
        return found

    def row_amounts(
        self, indicator: Indicator, terms: Sequence[Expression], columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[Expression, Mapping[RowKey, Amount]]:
        """What every row of the indicator's table adds of each term, by these columns and its day, as known at an act.

        Kept with the engine: what was known at an act stays so, and one draft is audited several times.
        """
        table = self.table(indicator.table or "")
        named = tuple((name, one.age if isinstance(one, Category) else one) for name, one in columns.items())
        key = (indicator.table, indicator.date, indicator.valid, tuple(terms), named, at)
        kept = self.engine.audited
        if key not in kept:
            kept[key] = self._row_amounts(indicator, table, terms, columns, at)
            while len(kept) > _MOST_KEPT:
                kept.pop(next(iter(kept)))
        return kept[key]

    def _row_amounts(
        self,
        indicator: Indicator,
        table: SourceTable,
        terms: Sequence[Expression],
        columns: Mapping[str, Read | Category],
        at: int,
    ) -> Mapping[Expression, Mapping[RowKey, Amount]]:
        day = indicator.date
        if day is None:
            happened = table.column("_happened")
            assert happened is not None
            day = own(happened, table)
        counting = replace(
            indicator,
            kind="flow",
            where=None,
            provisional=None,
            money=None,
            since=None,
            categories={**_categories(columns), _DAY: Category(name=_DAY, long=Long(read=day))},
        )
        own_columns = [term for term in terms if isinstance(term, Read) and term.is_own]
        found: dict[Expression, Mapping[RowKey, Amount]] = {}
        if own_columns:
            found.update(self._summed(counting, own_columns, (*columns, _DAY), at))
        for term in terms:
            if term not in found:
                measure = Count() if term == ROWS else Total(expression=term)
                found[term] = _dated(self._asked(replace(counting, measure=measure), _EVERYWHERE, (*columns, _DAY), at))
        return found

    def _summed(
        self, counting: Indicator, terms: Sequence[Read], names: Sequence[str], at: int
    ) -> dict[Expression, Mapping[RowKey, Amount]]:
        """Columns of the row itself, all by one query: each is a cell of a wide category."""
        wide = Wide(cells={term.column.name: term.column.name for term in terms})
        every: Expression = terms[0]
        for term in terms[1:]:
            every = Arithmetic(op="+", left=every, right=term, type="integer")
        asked = replace(
            counting,
            measure=Total(expression=every),
            categories={**counting.categories, _TERM: Category(name=_TERM, wide=wide)},
        )
        cells = self._asked(asked, _EVERYWHERE, (_TERM, *names), at)
        return {
            term: _dated({key[1:]: amount for key, amount in cells.items() if key[0] == term.column.name})
            for term in terms
        }

    def own_amounts(
        self, indicator: Indicator, scope: Scope, columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[RowKey, Amount]:
        """The values of an indicator that is no sum over rows, by these columns, in one scope; the day is the period's last."""
        splitting = replace(
            indicator, provisional=None, money=None, categories={**indicator.categories, **_categories(columns)}
        )
        return {(key, scope.period.end): one for key, one in self._asked(splitting, scope, tuple(columns), at).items()}

    def last_change(self, table: str, at: int) -> int:
        """The last act up to this one at which a row of the table, or of the form above it, changed."""
        return self.engine.last_change(self.table(table).lake, at)

    def regions(self, day: date) -> Sequence[str]:
        return [code for code, place in self._tree(day).places.items() if place.level == 1]

    def _asked(
        self, indicator: Indicator, scope: Scope, names: Sequence[str], at: int
    ) -> dict[tuple[str, ...], Amount]:
        by = tuple(Split(category=name) for name in names)
        ask = Ask(indicator=indicator, period=scope.period, places=scope.places, filters=scope.filters, by=by, at=at)
        return {
            key: Amount(value=float(cell.value or 0), rows=cell.rows) for key, cell in self.engine.by_years(ask).items()
        }

    def _tree(self, day: date) -> Tree:
        if day not in self._trees:
            self._trees[day] = self.tree(day)
        return self._trees[day]

    def _lies_in(self, code: str, places: Sequence[str], day: date) -> bool:
        tree = self._tree(day)
        return code in tree.places and any(tree.lies_in(code, place) for place in places)

    def _ancestor(self, code: str, level: int, day: date) -> str | None:
        tree = self._tree(day)
        return tree.at_level(code, level) if code in tree.places else None


def _dated(cells: Mapping[tuple[str, ...], Amount]) -> dict[RowKey, Amount]:
    """By the other columns and the day, which is the last; rows without a day fall into no period."""
    return {(key[:-1], date.fromisoformat(key[-1][:10])): amount for key, amount in cells.items() if key[-1] != UNKNOWN}


def _categories(columns: Mapping[str, Read | Category]) -> dict[str, Category]:
    return {
        name: replace(column, wide=None)
        if isinstance(column, Category)
        else Category(name=name, long=Long(read=column))
        for name, column in columns.items()
    }
