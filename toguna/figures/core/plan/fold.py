"""The rows of an answer folded into its cells: wide columns become categories, amounts keep their currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.core.expressions import Expression
from toguna.figures.core.plan.ask import Ask, Split
from toguna.figures.core.plan.select import Query
from toguna.figures.core.plan.terms import cell_of
from toguna.figures.core.reference import age_range

#: A currency and the day of the rate by which an amount is converted; both none where nothing is converted.
Money = tuple[str | None, date | None]


@dataclass(kw_only=True)
class Cell:
    """What one cell of an answer adds up to."""

    rows: int = 0
    provisional: bool = False
    #: What answered, each with its version.
    engines: frozenset[str] = frozenset()
    #: What is known of the value; empty when no row had one.
    amounts: dict[Money, Decimal] = field(default_factory=dict)

    def add(self, money: Money, amount: Any) -> None:
        self.amounts[money] = self.amounts.get(money, Decimal(0)) + amount

    @property
    def value(self) -> Decimal | None:
        """The value, where there is one currency at most."""
        return sum(self.amounts.values(), Decimal(0)) if self.amounts else None


Cells = Mapping[tuple[str, ...], Cell]


def fold(ask: Ask, query: Query, rows: Iterable[Sequence[Any]]) -> dict[tuple[str, ...], Cell]:
    """Each cell by its values of `ask.by`, in that order. A cell that no row speaks of is not there."""
    heads = len(query.keys)
    cells: dict[tuple[str, ...], Cell] = {}
    for row in rows:
        own = dict(zip(query.keys, row, strict=False))
        money: Money = (row[heads], row[heads + 1]) if query.money else (None, None)
        at = heads + 2 * query.money
        counted, provisional, values = row[at], row[at + 1], row[at + 2 :]
        if not counted:
            continue
        touched = set()
        for key, amount in _amounts(ask, own, query.terms, values):
            cell = cells.setdefault(key, Cell())
            if key not in touched:
                touched.add(key)
                cell.rows += counted
                cell.provisional |= bool(provisional)
            if amount is not None:
                cell.add(money, amount)
    return cells


def _amounts(
    ask: Ask, own: Mapping[Split, Any], terms: Sequence[Expression], values: Sequence[Any]
) -> Iterable[tuple[tuple[str, ...], Any]]:
    """Which cell each value of a row belongs to; None is a value that nothing is known of."""
    if not terms:
        known = values[0] if len(values) == 1 or values[1] else None
        yield tuple(own[split] for split in ask.by), known
        return
    for n, term in enumerate(terms):
        if is_asked(ask.indicator, term, ask.filters):
            key = tuple(_value(ask, split, own, term) for split in ask.by)
            yield key, values[2 * n] if values[2 * n + 1] else None


def _value(ask: Ask, split: Split, own: Mapping[Split, Any], term: Expression) -> str:
    category = ask.indicator.categories.get(split.category or "")
    cell = cell_of(category, term) if category else None
    return cell if cell is not None else own.get(split, UNKNOWN)


def is_asked(indicator: Indicator, term: Expression, filters: Mapping[str, Sequence[str]]) -> bool:
    """Whether a term's wide categories are among those asked for; its long ones are the query's."""
    for name, values in filters.items():
        category = indicator.categories.get(name)
        if category is None or category.wide is None:
            continue
        cell = cell_of(category, term)
        if cell is None:
            if not (category.long or category.age) and UNKNOWN not in values:
                return False
        elif not is_within(category, cell, values):
            return False
    return True


def is_within(category: Category, cell: str, values: Sequence[str]) -> bool:
    """Whether a wide cell lies wholly in what is asked: an age range in a wider one."""
    if cell in values:
        return True
    inner = age_range(cell) if category.age is not None else None
    if inner is None:
        return False
    outers = [bounds for value in values if (bounds := age_range(value)) is not None]
    return any(_contains(outer, inner) for outer in outers)


def _contains(outer: tuple[int, int | None], inner: tuple[int, int | None]) -> bool:
    if inner[0] < outer[0]:
        return False
    return outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
