"""Small aggregates of a table, by month: counts and sums of figures without reading a row again.

A cube has one cell for each month, region, value of the categories asked for, and *set of conditions met*: every indicator's `where` is a
bit. So a figure is a sum over cells, whatever its condition, and costs the same at any size. A month's cells are named by the
files they were made from; a new submission makes one month of one table anew, and the others are taken as they are.

What has no cube is asked by a query: distinct and latest values, stocks by interval, money of several currencies, ages, paths
over references, parts of months, places below the regions. `cells_of` then answers None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toguna.figures.core.definition import UNKNOWN, Category, Count, Indicator, Total
from toguna.figures.core.expressions import Expression, Read, reads, write_sql
from toguna.figures.core.plan.ask import Ask, Catalogue, Setting, Split
from toguna.figures.core.plan.fold import Cell, fold
from toguna.figures.core.plan.joins import OWN, Joins
from toguna.figures.core.plan.select import Query
from toguna.figures.core.plan.statement import QueryEngine, QueryError
from toguna.figures.core.plan.terms import is_dated_by_month, terms_of
from toguna.figures.core.snapshot import Snapshot
from toguna.figures.core.tables import SourceTable
from toguna.figures.cube_store import MonthCells, Store, month_names
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
else:
    np = library("numpy")
    pa = library("pyarrow")

#: Places are kept at this level and above.
LEVEL = 1
#: Conditions of one cube: the bits of a word.
MOST_CONDITIONS = 62
#: Sums are kept in millionths, as whole numbers.
_DIGITS = 6
#: Names of months kept: a table at an act is one.
MOST_NAMED = 2_000
#: Indicators of one cube.
MOST_TOGETHER = 40
_SCALE = 10**_DIGITS
#: What is added up in words stays below this, so that nothing wraps.
_MOST = 2**62
#: Gives the snapshot of a lake table.
Snapshots = Callable[[str], Snapshot | None]
#: Runs a SELECT over the views named, of these months and act, and gives its columns.
Run = Callable[[str, Sequence[str], Sequence[str], int], pa.Table]


@dataclass(kw_only=True)
class Shape:
    """What one cube is made of: every countable indicator of a table with the same date, place and categories."""

    table: SourceTable
    joins: Joins
    day: str
    place: str | None
    categories: Mapping[str, str]
    conditions: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    on: date

    def sql(self) -> str:
        """One row a cell: month, place, conditions met, categories, rows, then a sum and a count for each term."""
        bits = [f"CASE WHEN {condition} THEN {1 << n} ELSE 0 END" for n, condition in enumerate(self.conditions)]
        heads = [f"date_trunc('month', {OWN}._happened) AS month", f"{self.place or 'NULL'} AS place"]
        heads.append(f"CAST({' + '.join(bits) or '0'} AS BIGINT) AS met")
        heads += [f"{sql} AS g{n}" for n, sql in enumerate(self.categories.values())]
        inner = [*heads, *(f"{term} AS t{n}" for n, term in enumerate(self.terms))]
        names = ["month", "place", "met", *(f"g{n}" for n in range(len(self.categories)))]
        sums = ["count(*) AS n"]
        for n in range(len(self.terms)):
            sums += [f"CAST(sum(t{n}) * {_SCALE} AS HUGEINT)::BIGINT AS s{n}", f"count(t{n}) AS c{n}"]
        return (
            f"SELECT {', '.join([*names, *sums])}\nFROM (\nSELECT {', '.join(inner)}\n{self.joins.sql()}\n"
            f"WHERE {self.day} IS NOT NULL\n)\nGROUP BY {', '.join(names)}"
        )


class Cubes:
    """The cubes of one catalogue and one set of definitions."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        setting: Setting,
        indicators: Iterable[Indicator],
        tree: PlaceLines,
        snapshots: Snapshots,
        run: Run,
        folder: Path | None,
        answering: Callable[[Sequence[Snapshot]], QueryEngine | None] = lambda tables: None,
    ) -> None:
        self._catalogue, self._setting, self._tree = catalogue, setting, tree
        self._snapshots, self._run, self._answering = snapshots, run, answering
        self._store = Store(folder)
        self._groups: dict[tuple[object, ...], list[list[Indicator]]] = {}
        self._narrowing: dict[str, list[Expression]] = {}
        self._names: dict[tuple[object, ...], dict[str, str]] = {}
        self._shapes: dict[tuple[object, ...], tuple[Shape, str] | None] = {}
        listed = list(indicators)
        for indicator in listed:
            if indicator.kind == "ratio" and indicator.numerator_where is not None:
                self._narrowing.setdefault(indicator.of[0], []).append(indicator.numerator_where)
            if _is_countable(indicator, catalogue):
                parts = self._groups.setdefault(_group(indicator), [[]])
                if len(parts[-1]) == MOST_TOGETHER:
                    parts.append([])
                parts[-1].append(indicator)

    def cells_of(self, ask: Ask) -> dict[tuple[str, ...], Cell] | None:
        """The answer, as the query gives it; None where no cube can give it."""
        if not _is_askable(ask, self._tree):
            return None
        parts = self._groups.get(_group(ask.indicator), ())
        own = next((part for part in parts if any(one is ask.indicator for one in part)), None)
        if own is None:
            return None
        found = self._shape(ask, own)
        if found is None:
            return None
        shape, sql = found
        snapshot = self._snapshots(shape.table.lake)
        if snapshot is None or not snapshot.files:
            return {}
        tables = [read for view in shape.joins.views if (read := self._snapshots(view.table)) is not None]
        engine = self._answering(tables)
        names = self._months(tables, snapshot, ask.at, engine.identity if engine is not None else "")
        try:
            cells = self._store.cells(sql, names, lambda months: self._made(shape, sql, months, ask.at))
            summed = self._summed(ask, shape, cells)
        except (QueryError, OverflowError):
            # A sum in millionths does not fit: the query answers, or says which expression is too large.
            return None
        for cell in summed.values():
            cell.engines = frozenset({engine.name} if engine is not None else ())
        return summed

    def save(self) -> None:
        """Write what was made anew to the cache."""
        self._store.save()

    def _shape(self, ask: Ask, own: Sequence[Indicator]) -> tuple[Shape, str] | None:
        names = tuple(sorted(_long_names(ask)))
        on = self._tree.stretch(ask.period.end)
        key = (own[0].id, names, on)
        if key not in self._shapes:
            shape = self._compiled(own, names, on)
            self._shapes[key] = (shape, shape.sql()) if len(shape.conditions) <= MOST_CONDITIONS else None
        return self._shapes[key]

    def _compiled(self, own: Sequence[Indicator], names: Sequence[str], on: date) -> Shape:
        first = own[0]
        table = self._catalogue.sources.table(first.table or "")
        assert table is not None
        joins = Joins(table=table, sources=self._catalogue.sources, zone=self._setting.zone)
        place = None
        if first.place is not None:
            code = joins.column(first.place)
            place = f"coalesce({joins.rolled(first.place, LEVEL, on)}, {code})"
        shape = Shape(
            table=table,
            joins=joins,
            day=joins.column(first.date) if first.date is not None else f"{OWN}._happened",
            place=place,
            categories={},
            on=on,
        )
        shape.categories = {
            name: self._category(shape, category)
            for name in names
            if (category := next((one.categories[name] for one in own if name in one.categories), None)) is not None
        }
        for indicator in own:
            for condition in (indicator.where, *self._narrowing.get(indicator.id, ())):
                if condition is not None and (sql := self._sql(shape, condition)) not in shape.conditions:
                    shape.conditions.append(sql)
            for term in _every_term(indicator, table):
                if (sql := self._sql(shape, term)) not in shape.terms:
                    shape.terms.append(sql)
        return shape

    def _category(self, shape: Shape, category: Category) -> str:
        assert category.long is not None
        value = shape.joins.column(category.long.read)
        if category.long.level is not None:
            value = shape.joins.rolled(category.long.read, category.long.level, shape.on)
        elif category.long.read.type != "text":
            value = f"CAST({value} AS VARCHAR)"
        return f"coalesce({value}, '{UNKNOWN}')"

    def _sql(self, shape: Shape, expression: Expression) -> str:
        return write_sql(expression, shape.joins.alias, self._setting.zone)

    def _months(self, tables: Sequence[Snapshot], snapshot: Snapshot, at: int, engine: str) -> dict[str, str]:
        """By month, the name of its content: the files of every table that is read, the condition on their rows, the engine."""
        last = max(table.last for table in tables)
        key = (engine, *((str(table.folder), table.version) for table in tables), min(at, last))
        if key not in self._names:
            if len(self._names) > MOST_NAMED:
                self._names.clear()
            self._names[key] = month_names(tables, at, snapshot, engine)
        return self._names[key]

    def _made(self, shape: Shape, sql: str, months: Sequence[str], at: int) -> pa.Table:
        names = [view.table for view in shape.joins.views]
        return self._run(sql, names, months, at)

    def _summed(self, ask: Ask, shape: Shape, cells: MonthCells) -> dict[tuple[str, ...], Cell]:
        keys = tuple(split for split in ask.by if not ask.indicator.is_wide(split.category))
        terms = terms_of(ask, shape.table)
        chosen = self._chosen(ask, shape, cells)
        codes, labels = self._coded(ask, shape, cells, keys, chosen)
        columns = [cells.numbers["n"]]
        for term in terms:
            n = shape.terms.index(self._sql(shape, term))
            columns += [cells.numbers[f"s{n}"], cells.numbers[f"c{n}"]]
        sums = [_totals(column[chosen], codes, len(labels)) for column in columns]
        measure_is_sum = isinstance(ask.indicator.measure, Total)
        rows = []
        for index, label in enumerate(labels):
            values = [int(column[index]) for column in sums]
            own = [_unscaled(value) if n % 2 == 0 else value for n, value in enumerate(values[1:])]
            rows.append((*label, values[0], 0, *(own if measure_is_sum else (values[0],))))
        query = Query(sql="", views=(), keys=keys, money=False, values=len(columns) - 1, terms=terms, months=None)
        return fold(ask, query, rows)

    def _chosen(self, ask: Ask, shape: Shape, cells: MonthCells) -> np.ndarray[Any, Any]:
        """The cells that count: of the period's months, where the conditions are met, in the places and categories asked for."""
        start, end = cells.between(_first_month(ask), f"{ask.period.end:%Y-%m}")
        within = np.arange(start, end)
        narrowing = ask.narrowed_by.numerator_where if ask.narrowed_by else None
        need = 0
        for condition in (ask.indicator.where, narrowing):
            if condition is not None:
                need |= 1 << shape.conditions.index(self._sql(shape, condition))
        keep = (cells.numbers["met"][within] & need) == need
        if ask.places:
            held = np.array([self._tree.lies_in(code, ask.places, shape.on) for code in cells.labels["place"]], bool)
            keep &= held[cells.codes["place"][within]]
        for name, values in ask.filters.items():
            category = ask.indicator.categories[name]
            if category.wide is None:
                column = f"g{list(shape.categories).index(name)}"
                held = np.array([label in values for label in cells.labels[column]], bool)
                keep &= held[cells.codes[column][within]]
        return within[keep]

    def _coded(
        self, ask: Ask, shape: Shape, cells: MonthCells, keys: Sequence[Split], chosen: np.ndarray[Any, Any]
    ) -> tuple[np.ndarray[Any, Any], list[tuple[str, ...]]]:
        """For each chosen cell, the number of its group, and the groups' values."""
        code = np.zeros(len(chosen), np.int64)
        axes: list[list[str]] = []
        for split in keys:
            labels, own = self._axis(ask, shape, cells, split)
            code = code * len(labels) + own[chosen]
            axes.append(labels)
        present, numbers = np.unique(code, return_inverse=True)
        groups = []
        for value in present.tolist():
            label = []
            for labels in reversed(axes):
                value, index = divmod(value, len(labels))
                label.append(labels[index])
            groups.append(tuple(reversed(label)))
        return numbers, groups

    def _axis(self, ask: Ask, shape: Shape, cells: MonthCells, split: Split) -> tuple[list[str], np.ndarray[Any, Any]]:
        if split.month:
            return cells.labels["month"], cells.codes["month"]
        if split.level is None:
            column = f"g{list(shape.categories).index(split.category or '')}"
            return cells.labels[column], cells.codes[column]
        rolled = [self._tree.at_level(code, split.level, shape.on) or UNKNOWN for code in cells.labels["place"]]
        labels = sorted(set(rolled))
        return labels, np.array([labels.index(label) for label in rolled], np.int64)[cells.codes["place"]]


class PlaceLines:
    """In which places each place lies, from day to day: what cubes ask of the place tree."""

    def __init__(self, spans: Iterable[tuple[str, int, str, int, date | None, date | None]]) -> None:
        self._lines: dict[str, list[tuple[str, int, date, date]]] = {}
        cuts = {date.min}
        for code, _, ancestor, ancestor_level, start, end in spans:
            self._lines.setdefault(code, []).append((ancestor, ancestor_level, start or date.min, end or date.max))
            cuts.add(start or date.min)
            if end is not None and end < date.max:
                cuts.add(end + timedelta(days=1))
        self._cuts = sorted(cuts)

    def stretch(self, on: date) -> date:
        """The first day since which the tree is as on this one."""
        return max(cut for cut in self._cuts if cut <= on)

    def level(self, code: str, on: date) -> int:
        """The place's level on that day; of no place, below all."""
        lines = self._lines.get(code, ())
        return next((own for name, own, start, end in lines if name == code and start <= on <= end), 99)

    def lies_in(self, code: str | None, places: Sequence[str], on: date) -> bool:
        return any(
            ancestor in places for ancestor, _, start, end in self._lines.get(code or "", ()) if start <= on <= end
        )

    def at_level(self, code: str | None, level: int, on: date) -> str | None:
        lines = self._lines.get(code or "", ())
        return next((name for name, own, start, end in lines if own == level and start <= on <= end), None)


def _group(indicator: Indicator) -> tuple[object, ...]:
    date_of = indicator.date.written if indicator.date is not None else ""
    place = indicator.place.written if indicator.place is not None else ""
    return (indicator.table, date_of, place)


def _is_countable(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether its counts and sums are sums over cells."""
    if not isinstance(indicator.measure, Count | Total) or indicator.kind not in ("flow", "counter"):
        return False
    if indicator.provisional is not None or (indicator.money is not None and indicator.money.column is not None):
        return False
    if indicator.since is not None and indicator.since.day != 1:
        return False
    expressions = [indicator.where, indicator.measure.expression if isinstance(indicator.measure, Total) else None]
    own = [read for expression in expressions for read in reads(expression)]
    own += [read for read in (indicator.date, indicator.place) if read is not None]
    return not any(read.hops for read in own) and is_dated_by_month(indicator, catalogue)


def _is_askable(ask: Ask, tree: PlaceLines) -> bool:
    """Whole months, regions, and categories that are columns of the row."""
    period = ask.period
    if (period.end + timedelta(days=1)).day != 1 or (period.start.day != 1 and ask.indicator.kind == "flow"):
        return False
    if any(tree.level(code, period.end) > LEVEL for code in ask.places):
        return False
    if any(split.level is not None and split.level > LEVEL for split in ask.by):
        return False
    for name in _long_names(ask):
        category = ask.indicator.categories.get(name)
        if category is None or category.long is None or category.wide is not None or category.long.read.hops:
            return False
    return True


def _long_names(ask: Ask) -> set[str]:
    names = {*ask.filters, *(split.category for split in ask.by if split.category)}
    return {name for name in names if not ask.indicator.is_wide(name)}


def _every_term(indicator: Indicator, table: SourceTable) -> list[Expression]:
    """The terms of its sum, and the columns that split it another way."""
    if not isinstance(indicator.measure, Total):
        return []
    found: list[Expression] = list(indicator.measure.terms)
    for category in indicator.categories.values():
        for name in category.wide.cells if category.wide else ():
            found.append(Read(column=table.columns[name], table=table.name))
    return found


def _first_month(ask: Ask) -> str:
    """The first month that counts; all up to the end of what is no flow."""
    if ask.indicator.kind == "flow":
        return f"{ask.period.start.year:04}-{ask.period.start.month:02}"
    since = ask.indicator.since
    return f"{since:%Y-%m}" if since is not None else "0001-01"


def _totals(column: np.ndarray[Any, Any], codes: np.ndarray[Any, Any], groups: int) -> np.ndarray[Any, Any]:
    """Whole numbers added by group, exactly. Refuses (`OverflowError`) what a word could not hold if all fell into one group."""
    if len(column) and int(np.abs(column.astype(np.float64)).max()) * len(column) >= _MOST:
        raise OverflowError
    found = np.zeros(groups, np.int64)
    np.add.at(found, codes, column)
    return found


def _unscaled(value: int) -> Decimal:
    return Decimal(value).scaleb(-_DIGITS)
