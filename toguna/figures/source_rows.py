"""The records behind sensitive figures, as the disclosure audit asks for them: sums over rows by any columns, from the lake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toguna.figures.core.definition import UNKNOWN, Category, Count, Indicator, Long, Total
from toguna.figures.core.disclosure.conditions import ROWS, PlaceRules, Scope
from toguna.figures.core.disclosure.space import Amount, RowKey
from toguna.figures.core.expressions import Expression, Read
from toguna.figures.core.plan.ask import Ask, Split
from toguna.figures.core.plan.joins import own
from toguna.figures.core.tables import SourceTable
from toguna.figures.engine import Engine
from toguna.kernel.api import Period
from toguna.places.api import Tree

_DAY = "day of the row"
_ALWAYS = Period(start=date.min, end=date.max)


@dataclass(frozen=True, kw_only=True)
class LakeRecords:
    """The records of the opened instance."""

    engine: Engine
    tree: Callable[[date], Tree]

    @property
    def places(self) -> PlaceRules:
        return PlaceRules(lies_in=self._lies_in, ancestor=self._ancestor)

    def table(self, name: str) -> SourceTable:
        found = self.engine.catalogue.sources.table(name)
        if found is None:
            raise KeyError(f"there is no table {name!r}")
        return found

    def row_amounts(
        self, indicator: Indicator, term: Expression, columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[RowKey, Amount]:
        """What every row of the indicator's table adds of a term, by these columns and its day, as known at an act."""
        table = self.table(indicator.table or "")
        day = indicator.date
        if day is None:
            happened = table.column("_happened")
            assert happened is not None
            day = own(happened, table)
        counting = replace(
            indicator,
            kind="flow",
            measure=Count() if term == ROWS else Total(expression=term),
            where=None,
            provisional=None,
            money=None,
            since=None,
            categories={**_categories(columns), _DAY: Category(name=_DAY, long=Long(read=day))},
        )
        found: dict[RowKey, Amount] = {}
        for key, amount in self._asked(counting, Scope(period=_ALWAYS, filters={}), (*columns, _DAY), at).items():
            if key[-1] != UNKNOWN:
                found[key[:-1], date.fromisoformat(key[-1][:10])] = amount
        return found

    def own_amounts(
        self, indicator: Indicator, scope: Scope, columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[RowKey, Amount]:
        """The values of an indicator that is no sum over rows, by these columns, in one scope; the day is the period's last."""
        splitting = replace(
            indicator, provisional=None, money=None, categories={**indicator.categories, **_categories(columns)}
        )
        return {(key, scope.period.end): one for key, one in self._asked(splitting, scope, tuple(columns), at).items()}

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
        return self.tree(day)

    def _lies_in(self, code: str, places: Sequence[str], day: date) -> bool:
        tree = self._tree(day)
        return code in tree.places and any(tree.lies_in(code, place) for place in places)

    def _ancestor(self, code: str, level: int, day: date) -> str | None:
        tree = self._tree(day)
        return tree.at_level(code, level) if code in tree.places else None


def _categories(columns: Mapping[str, Read | Category]) -> dict[str, Category]:
    return {
        name: replace(column, wide=None)
        if isinstance(column, Category)
        else Category(name=name, long=Long(read=column))
        for name, column in columns.items()
    }
