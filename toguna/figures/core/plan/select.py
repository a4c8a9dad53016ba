"""An ask as one SELECT over views of the lake.

Inside, one row for each record that may count, with everything the answer needs computed; outside, groups and sums. Each term of a
sum is a column of its own: wide categories are told apart afterwards, in `fold`, so that one query serves every split.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from toguna.figures.core.definition import (
    UNKNOWN,
    Category,
    Count,
    Distinct,
    DistinctPlace,
    Indicator,
    Latest,
    Long,
    Total,
)
from toguna.figures.core.expressions import Expression, Read
from toguna.figures.core.expressions.sql import literal_sql, quoted, write_sql
from toguna.figures.core.plan.ask import Ask, Catalogue, Setting, Split, rate_days
from toguna.figures.core.plan.joins import OWN, Joins, holding, own
from toguna.figures.core.plan.terms import cell_of, terms_of
from toguna.figures.core.plan.views import View
from toguna.figures.core.reference import age_range
from toguna.figures.core.tables import SourceTable


@dataclass(frozen=True, kw_only=True)
class Query:
    """The SELECT and what its columns are, in this order: keys, currency and rate day, rows, provisional rows, values."""

    sql: str
    #: The same with one row more, of blank keys: the whole. Empty where the whole is not made of the same rows.
    with_total: str = ""
    views: tuple[View, ...]
    #: The splits that are long: the first columns.
    keys: tuple[Split, ...]
    #: Whether currency and rate day follow the keys.
    money: bool
    #: How many values follow; two columns a value (sum and count) for sums.
    values: int
    #: What is summed, a pair of values each; empty for other measures.
    terms: tuple[Expression, ...] = ()
    #: Months that can hold a row, when they can be told.
    months: tuple[str, ...] | None


def compile_query(ask: Ask, catalogue: Catalogue, setting: Setting) -> Query:
    """The query that answers the ask. Refuses nothing: definitions and references have been checked."""
    return Select(ask=ask, catalogue=catalogue, setting=setting).query()


def compile_trace(ask: Ask, catalogue: Catalogue, setting: Setting, further: Mapping[str, Read] | None = None) -> Query:
    """The query for the rows that the answer is made of, with what each contributes, and further columns by name."""
    return Select(ask=ask, catalogue=catalogue, setting=setting).trace(further or {})


@dataclass(kw_only=True)
class Select:
    """One query being written."""

    ask: Ask
    catalogue: Catalogue
    setting: Setting
    joins: Joins = field(init=False)
    #: Conditions that choose records before a version is chosen among them, and after.
    _before: list[str] = field(default_factory=list)
    _after: list[str] = field(default_factory=list)
    _columns: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = self.catalogue.sources.table(self.indicator.table or "")
        if found is None:
            raise KeyError(f"{self.indicator.id} is taken from {self.indicator.table!r}, which is no table")
        self.table: SourceTable = found
        self.terms = terms_of(self.ask, found)
        self.joins = Joins(table=found, sources=self.catalogue.sources, zone=self.setting.zone)

    @property
    def indicator(self) -> Indicator:
        return self.ask.indicator

    def query(self) -> Query:
        keys = self._keys()
        values = self._values()
        self._conditions()
        inner = self._inner(keys)
        heads = [f"k{n}" for n in range(len(keys))] + (["currency", "rate_day"] if self._money else [])
        sums = ", ".join([*heads, "count(*) AS n", "count(*) FILTER (WHERE provisional) AS provisional", *values])
        grouped = f"\nGROUP BY {', '.join(heads)}\nORDER BY {', '.join(heads)}" if heads else ""
        sql = f"SELECT {sums}\nFROM (\n{inner}\n){self._outer()}"
        whole = f"\nGROUP BY GROUPING SETS (({', '.join(heads)}), ())\nORDER BY {', '.join(heads)}"
        is_distinct = isinstance(self.indicator.measure, Distinct | DistinctPlace)
        return Query(
            sql=sql + grouped,
            with_total=sql + whole if heads and is_distinct else "",
            views=tuple(self.joins.views),
            keys=keys,
            money=self._money,
            values=len(values),
            terms=self.terms,
            months=self._months(),
        )

    def trace(self, further: Mapping[str, Read]) -> Query:
        keys = self._keys()
        self._values()
        self._columns += [(quoted(name), self.joins.column(read)) for name, read in further.items()]
        self._columns.append(("_day", self._date()))
        self._conditions()
        system = self.table.system
        for name in ("_lineage", "_row"):
            self._columns.append((name, f"{OWN}.{name}"))
        for name in ("_instance_id", "_version", "_entity", "_happened", "_received_at", "_state"):
            if name in system or (name == "_version" and self.table.kind != "reference"):
                self._columns.append((name, f"{OWN}.{name}"))
        return Query(
            sql=f"SELECT *\nFROM (\n{self._inner(keys)}\n){self._outer()}\nORDER BY _lineage, _row",
            views=tuple(self.joins.views),
            keys=keys,
            money=self._money,
            values=0,
            terms=self.terms,
            months=self._months(),
        )

    # What a row carries

    def _keys(self) -> tuple[Split, ...]:
        keys = tuple(split for split in self.ask.by if not self._is_wide_only(split))
        for n, split in enumerate(keys):
            self._columns.append((f"k{n}", self._key(split)))
        if self._money:
            money = self.indicator.money
            assert money is not None and money.column is not None
            self._columns.append(("currency", self.joins.column(money.column)))
            self._columns.append(("rate_day", self._rate_day()))
        provisional = self.indicator.provisional
        self._columns.append(("provisional", self._sql(provisional) if provisional else "FALSE"))
        return keys

    def _key(self, split: Split) -> str:
        if split.month:
            return f"strftime({self._date()}, '%Y-%m')"
        if split.level is not None:
            assert self.indicator.place is not None
            return f"coalesce({self._rolled(self.indicator.place, split.level)}, '{UNKNOWN}')"
        category = self.indicator.categories[split.category or ""]
        return self._category(category)

    def _category(self, category: Category) -> str:
        """Its value in a row, as text; never null."""
        if category.age is not None:
            age = self._age(category)
            brackets = self.setting.brackets.get(category.age.brackets, ())
            cases = [
                f"WHEN {_within(age, bracket.min_age, bracket.max_age)} THEN {literal_sql(bracket.code)}"
                for bracket in brackets
            ]
            return f"CASE {' '.join(cases)} ELSE '{UNKNOWN}' END" if cases else f"'{UNKNOWN}'"
        assert category.long is not None
        return f"coalesce({self._long(category.long)}, '{UNKNOWN}')"

    def _long(self, long: Long) -> str:
        if long.level is not None:
            return self._rolled(long.read, long.level)
        value = self.joins.column(long.read)
        return value if long.read.type == "text" else f"CAST({value} AS VARCHAR)"

    def _age(self, category: Category) -> str:
        """Completed years on the reference date, or null."""
        age = category.age
        assert age is not None
        if age.birth is None:
            return self.joins.column(age.years) if age.years else "NULL"
        at = self._date() if self.indicator.kind == "flow" else literal_sql(self.ask.period.end)
        months = f"date_diff('month', {self.joins.column(age.birth)}, {at})"
        return f"(CASE WHEN {months} >= 0 THEN {months} // 12 END)"

    def _values(self) -> list[str]:
        """The outer columns of the measure; the inner ones are added."""
        measure = self.indicator.measure
        match measure:
            case Count():
                return ["count(*) AS v0"]
            case Distinct():
                self._columns.append(("t0", self.joins.column(measure.read)))
                return ["count(DISTINCT t0) AS v0"]
            case DistinctPlace():
                self._columns.append(("t0", self._rolled(measure.read, measure.level)))
                return ["count(DISTINCT t0) AS v0"]
            case Total():
                values = []
                for n, term in enumerate(self.terms):
                    self._columns.append((f"t{n}", self._term(term)))
                    values += [f"sum(t{n}) AS s{n}", f"count(t{n}) AS c{n}"]
                return values
            case Latest():
                self._columns.append(("t0", self.joins.column(measure.read)))
                self._before.append(f"{self.joins.column(measure.read)} IS NOT NULL")
                return ["sum(t0) AS s0", "count(t0) AS c0"]
        raise TypeError(f"{self.indicator.id} has no measure")

    # Which rows count

    def _conditions(self) -> None:
        """A version that holds is chosen before it is asked anything."""
        if self.indicator.where is not None:
            self._after.append(self._sql(self.indicator.where))
        narrowing = self.ask.narrowed_by.numerator_where if self.ask.narrowed_by else None
        if narrowing is not None:
            self._after.append(self._sql(narrowing))
        if self.ask.places and self.indicator.place is not None:
            self._after.append(self._lies_in(self.indicator.place))
        self._filters()
        if self.indicator.valid is not None:
            self._valid()
        else:
            self._in_period()

    def _in_period(self) -> None:
        if self.table.kind == "reference" and self.indicator.date is None:
            return
        period, start = self.ask.period, self.ask.period.start
        day = self._date()
        if self.indicator.has_period_start and start > date.min:
            self._before.append(f"{day} BETWEEN {literal_sql(start)} AND {literal_sql(period.end)}")
        else:
            self._before.append(f"{day} <= {literal_sql(period.end)}")
            if self.indicator.since is not None:
                self._before.append(f"{day} >= {literal_sql(self.indicator.since)}")

    def _valid(self) -> None:
        valid = self.indicator.valid
        assert valid is not None
        end = literal_sql(self.ask.period.end)
        self._before.append(f"{self.joins.column(valid.since)} <= {end}")
        if valid.key is not None:
            self._before.append(f"{self.joins.column(valid.key)} IS NOT NULL")
        if valid.until is not None:
            until = self.joins.column(valid.until)
            self._before.append(f"({until} IS NULL OR {until} >= {end})")

    def _filter(self, category: Category, values: tuple[str, ...]) -> str:
        """Whether a row's own value of the category is among these."""
        if category.age is None:
            return f"{self._category(category)} IN ({', '.join(map(literal_sql, values))})"
        age = self._age(category)
        ranges = [age_range(value) for value in values]
        parts = [f"{age} IS NULL" if bounds is None else _within(age, *bounds) for bounds in ranges]
        return f"({' OR '.join(parts)})"

    def _filters(self) -> None:
        """Of a category that is wide in some columns, the filter asks the other columns alone."""
        for name, values in self.ask.filters.items():
            category = self.indicator.categories.get(name)
            if category is not None and category.wide is None:
                self._after.append(self._filter(category, values))

    def _term(self, term: Expression) -> str:
        """A term of a sum; null in a row whose own categories are not those asked for."""
        conditions = []
        for name, values in self.ask.filters.items():
            category = self.indicator.categories.get(name)
            if category and category.wide and (category.long or category.age) and cell_of(category, term) is None:
                conditions.append(self._filter(category, values))
        written = self._sql(term)
        return f"CASE WHEN {' AND '.join(conditions)} THEN {written} END" if conditions else written

    def _lies_in(self, read: Read) -> str:
        listed = ", ".join(map(literal_sql, self.ask.places))
        return (
            f"{self.joins.column(read)} IN (SELECT t.code FROM places AS t "
            f"WHERE t.ancestor IN ({listed}) AND {holding(self.ask.period.end, 't')})"
        )

    def _rolled(self, read: Read, level: int) -> str:
        return self.joins.rolled(read, level, self.ask.period.end)

    # The text

    def _inner(self, keys: tuple[Split, ...]) -> str:
        chosen = self._chosen(keys)
        own_columns = [f"{sql} AS {name}" for name, sql in self._columns]
        if self._picks_versions:
            own_columns.append(f"{self._all(self._after)} AS holds")
            conditions = self._before
        else:
            conditions = [*self._before, *self._after]
        where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {', '.join(own_columns)}\n{self.joins.sql()}{where}{chosen}"

    def _outer(self) -> str:
        return "\nWHERE holds" if self._picks_versions else ""

    @property
    def _picks_versions(self) -> bool:
        return self.indicator.valid is not None and self.indicator.valid.until is None

    def _chosen(self, keys: tuple[Split, ...]) -> str:
        """Which of several rows speaks: the version that holds, or the latest of its keys' group in its cell."""
        valid, measure = self.indicator.valid, self.indicator.measure
        if self._picks_versions:
            assert valid is not None
            by = self.joins.column(valid.key) if valid.key else f"{OWN}._lineage"
            order = [f"{self.joins.column(valid.since)} DESC", *self._newest()]
            return f"\nQUALIFY row_number() OVER (PARTITION BY {by} ORDER BY {', '.join(order)}) = 1"
        if isinstance(measure, Latest):
            groups = [*(self.joins.column(read) for read in measure.keys), *(f"k{n}" for n in range(len(keys)))]
            by = f"PARTITION BY {', '.join(groups)} " if groups else ""
            return (
                f"\nQUALIFY row_number() OVER ({by}ORDER BY {', '.join([f'{self._date()} DESC', *self._newest()])}) = 1"
            )
        return ""

    def _newest(self) -> list[str]:
        if self.table.kind == "entities":
            return [f"{OWN}._version DESC", f"{OWN}._lineage DESC"]
        if self.table.kind == "reference":
            return [f"{OWN}._lineage DESC"]
        return [f"{OWN}._received_at DESC", f"{OWN}._instance_id DESC", f"{OWN}._row DESC"]

    @staticmethod
    def _all(conditions: list[str]) -> str:
        return f"({' AND '.join(conditions)})" if conditions else "TRUE"

    # Small things

    def _sql(self, expression: Expression) -> str:
        return write_sql(expression, self.joins.alias, self.setting.zone)

    def _date(self) -> str:
        if self.indicator.date is not None:
            return self.joins.column(self.indicator.date)
        if self.indicator.valid is not None:
            return self.joins.column(self.indicator.valid.since)
        column = self.table.column("_happened")
        assert column is not None
        return self.joins.column(own(column, self.table))

    def _rate_day(self) -> str:
        """The newest day of change of some rate that is not after the record, when records are converted by their own date."""
        assert self.indicator.money is not None
        if self.indicator.money.convert != "record_date":
            return "CAST(NULL AS DATE)"
        days = rate_days(self.setting.rates)
        cases = " ".join(f"WHEN {self._date()} >= {literal_sql(day)} THEN {literal_sql(day)}" for day in reversed(days))
        return f"CASE {cases} END" if cases else "CAST(NULL AS DATE)"

    @property
    def _money(self) -> bool:
        return self.indicator.money is not None and self.indicator.money.column is not None

    def _is_wide_only(self, split: Split) -> bool:
        category = self.indicator.categories.get(split.category or "")
        return category is not None and category.long is None and category.age is None

    def _months(self) -> tuple[str, ...] | None:
        """Months outside which no row can count; None when that cannot be told."""
        start = self.ask.period.start
        if not self.indicator.has_period_start or self.indicator.valid is not None or start == date.min:
            return None
        read = self.indicator.date
        if read is not None and (
            read.hops or read.column.name not in ("_happened", self.catalogue.date_of(read.table))
        ):
            return None
        return tuple(self.ask.period.months())


def _within(age: str, low: int, high: int | None) -> str:
    return f"{age} >= {low}" if high is None else f"{age} BETWEEN {low} AND {high}"
