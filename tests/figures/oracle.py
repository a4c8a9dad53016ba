"""What a figure means, in plain Python over rows in memory: slow, obvious, without SQL. The planner must say the same.

One function a rule. A `World` holds every row that was ever known, with the acts between which it counted; `answer` gives the value
and state of one indicator for one question; `split` the same for each cell of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from toguna.figures.core.definition import (
    UNKNOWN,
    Category,
    Count,
    Distinct,
    DistinctPlace,
    Expected,
    Indicator,
    Latest,
    Total,
)
from toguna.figures.core.expressions import Expression, Read, evaluate
from toguna.figures.core.figure import Status
from toguna.figures.core.reference import age_range
from toguna.figures.core.tables import Sources, SourceTable, root_of
from toguna.kernel.api import Period

SIX = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it stood while one version of its lineage counted: from act `seq_from` until before act `seq_to`."""

    values: Mapping[str, Any]
    lineage: str
    row: str
    parent_row: str | None = None
    instance_id: str = ""
    version: int = 1
    happened: date | None = None
    received_at: datetime = datetime(2016, 1, 1, tzinfo=UTC)
    state: str = "received"
    seq_from: int = 1
    seq_to: int | None = None

    def known(self, at: int) -> bool:
        return self.seq_from <= at and (self.seq_to is None or at < self.seq_to)


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A place and where it lies, from day to day, ends included."""

    code: str
    level: int
    parent: str | None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class OracleRate:
    source: str
    target: str
    rate: Decimal
    on: date


@dataclass(frozen=True, kw_only=True)
class World:
    sources: Sources
    rows: Mapping[str, Sequence[Row]]
    places: Sequence[PlaceRow] = ()
    #: By scheme, labels in order.
    brackets: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"unhcr": ("0-4", "5-11", "12-17", "18-59", "60+")}
    )
    rates: Sequence[OracleRate] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """No place: wherever. A filter is a set of values of a category."""

    period: Period
    at: int
    places: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: Status
    value: Decimal | None
    provisional: bool = False
    records: int = 0
    missing: tuple[str, ...] = ()
    #: Not applicable because what was reported is coarser than what is asked.
    coarser: bool = False


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What one row, or one column of it, contributes."""

    row: Row
    #: The term of a sum; none of other measures.
    term: Expression | None = None


class NoRate(Exception):
    """An amount in a currency that cannot be stated in the indicator's."""


def answer(world: World, indicators: Mapping[str, Indicator], name: str, question: Question) -> Answer:
    """The figure's value and state. Raises `NoRate` where money cannot be stated in the unit."""
    indicator = indicators[name]
    if indicator.is_derived:
        return _derived(world, indicators, indicator, question)
    return _of_rows(world, indicator, question, None)


def split(
    world: World, indicators: Mapping[str, Indicator], name: str, question: Question, by: Sequence[str]
) -> dict[tuple[str, ...], Answer]:
    """The answer for each combination of values that some row has. `by`: categories, ``month`` or ``place@LEVEL``."""
    indicator = indicators[name]
    if not can_answer(indicator, question.period):
        return {}
    asker = _Asker(world, indicator, question, None, by=tuple(by))
    keys: dict[tuple[str, ...], list[Piece]] = {}
    for piece in asker.pieces():
        keys.setdefault(tuple(asker.value_on(axis, piece) for axis in by), []).append(piece)
    return {key: asker.measured(pieces) for key, pieces in keys.items()}


def _of_rows(world: World, indicator: Indicator, question: Question, narrowed: Expression | None) -> Answer:
    asker = _Asker(world, indicator, question, narrowed)
    if not can_answer(indicator, question.period) and not (question.places and indicator.place is None):
        return Answer(status="not_applicable", value=None, coarser=True)
    pieces = list(asker.pieces())
    measured = asker.measured(pieces) if pieces else None
    is_silent = measured is None or measured.status == "unknown"
    if is_silent and (asker.is_reported_above() or any(asker.is_unasked(name) for name in question.filters)):
        return Answer(status="not_applicable", value=None, coarser=True)
    return measured or asker.nothing()


def can_answer(indicator: Indicator, period: Period) -> bool:
    """A record of a month answers for whole months; what holds at a period's end, where that is a month's."""
    if indicator.kind == "flow":
        return period.is_whole(indicator.grain)
    start = indicator.since if indicator.since is not None and indicator.since <= period.end else date.min
    return Period(start=start, end=period.end).is_whole(indicator.grain)


def _derived(world: World, indicators: Mapping[str, Indicator], indicator: Indicator, question: Question) -> Answer:
    parts = []
    if indicator.kind == "change":
        return _changed(world, indicators, indicator, question)
    for index, name in enumerate(indicator.of):
        part = indicators[name]
        narrowed = indicator.numerator_where if indicator.kind == "ratio" and index == 0 else None
        parts.append(
            _derived(world, indicators, part, question)
            if part.is_derived
            else _of_rows(world, part, question, narrowed)
        )
    if indicator.kind == "sum":
        parts = [
            part for part in parts if part.status not in ("not_expected", "not_applicable") or part.coarser
        ] or parts
    for status in ("withheld", "unknown", "not_reported", "not_expected", "not_applicable"):
        if any(part.status == status for part in parts):
            return _joined(parts, status, None)  # type: ignore[arg-type]
    values = [part.value or Decimal(0) for part in parts]
    if indicator.kind == "ratio":
        if not values[1]:
            return _joined(parts, "not_applicable", None)
        times = 100 if indicator.unit == "percent" else indicator.per or 1
        days = (question.period.end - question.period.start).days + 1 if indicator.is_daily else 1
        return _joined(parts, "value", (values[0] * times / (values[1] * days)).quantize(SIX, ROUND_HALF_UP))
    total = sum(values) if indicator.kind == "sum" else values[0] - sum(values[1:])
    return _joined(parts, "value", Decimal(total))


def _changed(world: World, indicators: Mapping[str, Indicator], indicator: Indicator, question: Question) -> Answer:
    """Of a change: the answer now and the answer of the period before, one less the other or in percent of it."""
    of = indicators[indicator.of[0]]
    before = replace(question, period=question.period.before())
    parts = [answer(world, indicators, of.id, one) for one in (question, before)]
    if of.kind == "stock" and of.basis in ("quoted", "estimated"):
        held = [
            [(piece.row.lineage, piece.row.row) for piece in _Asker(world, of, one, None).pieces()]
            for one in (question, before)
        ]
        if held[0] and held[0] == held[1]:
            return _joined(parts, "not_reported", None)
    for status in ("withheld", "unknown", "not_reported", "not_expected", "not_applicable"):
        if any(part.status == status for part in parts):
            return _joined(parts, status, None)  # type: ignore[arg-type]
    now, then = (part.value or Decimal(0) for part in parts)
    if indicator.unit != "percent":
        return _joined(parts, "value", now - then)
    if then <= 0:
        return _joined(parts, "not_applicable", None)
    return _joined(parts, "value", ((now - then) * 100 / then).quantize(SIX, ROUND_HALF_UP))


def _joined(parts: Sequence[Answer], status: Status, value: Decimal | None) -> Answer:
    return Answer(
        status=status,
        value=value,
        provisional=any(part.provisional for part in parts),
        records=sum(part.records for part in parts),
        missing=tuple(dict.fromkeys(name for part in parts for name in part.missing)),
        coarser=status == "not_applicable" and any(part.coarser for part in parts),
    )


@dataclass
class _Asker:
    world: World
    indicator: Indicator
    question: Question
    narrowed: Expression | None
    by: tuple[str, ...] = ()

    @property
    def table(self) -> SourceTable:
        return self.named(self.indicator.table or "")

    def named(self, name: str) -> SourceTable:
        table = self.world.sources.table(name)
        assert table is not None, name
        return table

    # Reading a row

    def known_rows(self, table: str) -> list[Row]:
        return [row for row in self.world.rows.get(table, ()) if row.known(self.question.at)]

    def read(self, row: Row, read: Read, table: SourceTable | None = None) -> Any:
        """A path's value: up to the parents, over references to the rows known, then the column."""
        standing: Row | None = row
        table = table or self.table
        for _ in range(read.up):
            above = self.named(table.parent or "")
            standing = self.parent(standing, above) if standing else None
            table = above
        for hop in read.hops:
            key = column_value(standing, hop.column.name) if standing else None
            table = self.named(hop.to)
            standing = self.referred(table, key)
        return column_value(standing, read.column.name) if standing else None

    def parent(self, row: Row, above: SourceTable) -> Row | None:
        for other in self.known_rows(above.name):
            if (other.lineage, other.instance_id, other.row) == (row.lineage, row.instance_id, row.parent_row):
                return other
        return None

    def referred(self, table: SourceTable, key: Any) -> Row | None:
        """Of an entity list the newest version known, of a reference table the row of that key."""
        if key is None:
            return None
        rows = self.known_rows(table.name)
        if table.kind == "entities":
            return max((row for row in rows if row.lineage == key), key=lambda row: row.version, default=None)
        return next((row for row in rows if row.values.get(table.key or "") == key), None)

    def holds(self, row: Row, condition: Expression | None, table: SourceTable | None = None) -> bool:
        return condition is None or evaluate(condition, lambda read: self.read(row, read, table)) is True

    def day(self, row: Row) -> date | None:
        """By which a row falls into a period."""
        if self.indicator.date is not None:
            return self.read(row, self.indicator.date)
        if self.indicator.valid is not None:
            return self.read(row, self.indicator.valid.since)
        return row.happened

    def order(self, row: Row, day: date) -> tuple[Any, ...]:
        """Of two rows the later one: by date, then as received."""
        if self.table.kind == "entities":
            return (day, row.version, row.lineage)
        if self.table.kind == "reference":
            return (day, row.lineage)
        return (day, row.received_at, row.instance_id, row.row)

    # Which rows count

    def pieces(self) -> Iterator[Piece]:
        rows = self.chosen([row for row in self.held() if self.asked_for(row)])
        for row in rows:
            for term in self.terms() or (None,):
                piece = Piece(row=row, term=term)
                if all(self.in_filter(name, values, piece) for name, values in self.question.filters.items()):
                    yield piece

    def held(self) -> Iterable[Row]:
        """Known, and in time: within the period, up to its end, or held at its end."""
        end = self.question.period.end
        rows = self.known_rows(self.table.name)
        valid = self.indicator.valid
        if valid is None:
            return [row for row in rows if self.in_time(row)]
        since = {id(row): self.read(row, valid.since) for row in rows}
        rows = [row for row in rows if since[id(row)] is not None and since[id(row)] <= end]
        if valid.until is not None:
            untils = [(row, self.read(row, valid.until)) for row in rows]
            return [row for row, until in untils if until is None or until >= end]
        newest: dict[Any, Row] = {}
        for row in rows:
            key = self.key(row)
            if key is not None and (
                key not in newest or self.order(row, since[id(row)]) > self.order(newest[key], since[id(newest[key])])
            ):
                newest[key] = row
        return newest.values()

    def key(self, row: Row) -> Any:
        valid = self.indicator.valid
        assert valid is not None
        return self.read(row, valid.key) if valid.key is not None else row.lineage

    def in_time(self, row: Row) -> bool:
        if self.table.kind == "reference" and self.indicator.date is None:
            return True
        day = self.day(row)
        if day is None or day > self.question.period.end:
            return False
        if self.indicator.kind == "flow":
            return day >= self.question.period.start
        return self.indicator.since is None or day >= self.indicator.since

    def asked_for(self, row: Row) -> bool:
        if not self.holds(row, self.indicator.where) or not self.holds(row, self.narrowed):
            return False
        place = self.indicator.place
        if not self.question.places or place is None:
            return True
        return self.lies_in(self.read(row, place), self.question.places)

    def chosen(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Of a latest value: in each group the latest row that has one, in the cell that is asked for."""
        measure = self.indicator.measure
        if not isinstance(measure, Latest):
            return rows
        latest: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            piece = Piece(row=row)
            if self.read(row, measure.read) is None:
                continue
            if not all(self.in_filter(name, values, piece) for name, values in self.question.filters.items()):
                continue
            group = tuple(self.read(row, key) for key in measure.keys)
            group += tuple(self.value_on(axis, piece) for axis in self.by)
            if group not in latest or self.rank(row) > self.rank(latest[group]):
                latest[group] = row
        return latest.values()

    def rank(self, row: Row) -> tuple[Any, ...]:
        return self.order(row, self.day(row) or date.min)

    # Categories

    def terms(self) -> tuple[Expression, ...]:
        """Of a sum: its terms, or the columns of a category asked for that splits the total another way."""
        measure = self.indicator.measure
        if not isinstance(measure, Total):
            return ()
        own = {term.column.name for term in measure.terms if isinstance(term, Read)}
        for name in (*self.question.filters, *self.by):
            category = self.indicator.categories.get(name)
            if category is not None and category.wide is not None and not own & set(category.wide.cells):
                return tuple(
                    Read(column=self.table.columns[cell], table=self.table.name) for cell in category.wide.cells
                )
        return measure.terms

    def value_on(self, axis: str, piece: Piece) -> str:
        """The piece's value of a category, its month, or its place of a level."""
        if axis == "month":
            day = self.day(piece.row)
            return f"{day:%Y-%m}" if day else UNKNOWN
        if axis.startswith("place@"):
            assert self.indicator.place is not None
            return self.rolled(self.read(piece.row, self.indicator.place), int(axis[6:])) or UNKNOWN
        category = self.indicator.categories[axis]
        cell = wide_cell(category, piece.term)
        if cell is not None:
            return cell
        if category.age is not None:
            age = self.age(category, piece.row)
            labels = self.world.brackets.get(category.age.brackets, ())
            return next((label for label in labels if age is not None and in_range(age, label)), UNKNOWN)
        return self.long(category, piece.row) or UNKNOWN

    def long(self, category: Category, row: Row) -> str | None:
        if category.long is None:
            return None
        value = self.read(row, category.long.read)
        if category.long.level is not None:
            return self.rolled(value, category.long.level)
        return None if value is None else as_text(value)

    def in_filter(self, name: str, values: Sequence[str], piece: Piece) -> bool:
        category = self.indicator.categories[name]
        cell = wide_cell(category, piece.term)
        if cell is not None:
            return any(cell == value or contains(value, cell) for value in values)
        if category.age is not None:
            age = self.age(category, piece.row)
            return any(
                age is None if value == UNKNOWN else age is not None and in_range(age, value) for value in values
            )
        return (self.long(category, piece.row) or UNKNOWN) in values

    def age(self, category: Category, row: Row) -> int | None:
        """Completed years, from year and month, on the record's date of a flow, else at the period's end."""
        age = category.age
        assert age is not None
        if age.birth is None:
            return self.read(row, age.years) if age.years is not None else None
        born = self.read(row, age.birth)
        at = self.day(row) if self.indicator.kind == "flow" else self.question.period.end
        if born is None or at is None:
            return None
        months = (at.year - born.year) * 12 + at.month - born.month
        return months // 12 if months >= 0 else None

    # Places

    def line(self, code: Any) -> PlaceRow | None:
        end = self.question.period.end
        return next((place for place in self.world.places if place.code == code and place.holds(end)), None)

    def lies_in(self, code: Any, asked: Sequence[str]) -> bool:
        place = self.line(code)
        while place is not None:
            if place.code in asked:
                return True
            place = self.line(place.parent) if place.parent else None
        return False

    def rolled(self, code: Any, level: int) -> str | None:
        place = self.line(code)
        while place is not None and place.level > level:
            place = self.line(place.parent) if place.parent else None
        return place.code if place is not None and place.level == level else None

    # Values

    def measured(self, pieces: Sequence[Piece]) -> Answer:
        rows = list({id(piece.row): piece.row for piece in pieces}.values())
        value = self.amount(pieces)
        provisional = self.indicator.provisional
        marked = provisional is not None and any(self.holds(row, provisional) for row in rows)
        status: Status = "value"
        if value is None:
            nil = self.indicator.nil is not None and any(self.holds(row, self.indicator.nil) for row in rows)
            status, value = ("nil", Decimal(0)) if nil else ("unknown", None)
        elif value == 0 and self.indicator.basis == "reported":
            status = "nil"
        return Answer(status=status, value=value, provisional=marked, records=len(rows), missing=self.missing())

    def amount(self, pieces: Sequence[Piece]) -> Decimal | None:
        measure = self.indicator.measure
        rows = list({id(piece.row): piece.row for piece in pieces}.values())
        match measure:
            case Count():
                return Decimal(len(rows))
            case Distinct():
                return Decimal(len({value for row in rows if (value := self.read(row, measure.read)) is not None}))
            case DistinctPlace():
                rolled = {self.rolled(self.read(row, measure.read), measure.level) for row in rows}
                return Decimal(len(rolled - {None}))
            case Latest():
                return self.total([(row, self.read(row, measure.read)) for row in rows])
        values = []
        for piece in pieces:
            assert piece.term is not None
            values.append((piece.row, evaluate(piece.term, lambda read, row=piece.row: self.read(row, read))))
        return self.total(values)

    def total(self, values: Sequence[tuple[Row, Any]]) -> Decimal | None:
        """The sum of what is known, in the unit; None when nothing is."""
        known = [(row, Decimal(value)) for row, value in values if value is not None]
        if not known:
            return None
        money = self.indicator.money
        if money is None or money.column is None:
            return sum((value for _, value in known), Decimal(0))
        groups: dict[tuple[str | None, Decimal], Decimal] = {}
        for row, value in known:
            currency = self.read(row, money.column)
            rate = self.rate(currency, row)
            groups[currency, rate] = groups.get((currency, rate), Decimal(0)) + value
        return sum(
            (
                value if currency == self.indicator.unit else (value * rate).quantize(SIX, ROUND_HALF_UP)
                for (currency, rate), value in groups.items()
            ),
            Decimal(0),
        )

    def rate(self, currency: str | None, row: Row) -> Decimal:
        """The newest rate not after the record's date or the period's end."""
        money = self.indicator.money
        assert money is not None
        if currency == self.indicator.unit:
            return Decimal(1)
        day = {"record_date": self.day(row), "period_end": self.question.period.end}.get(money.convert or "")
        held = [
            rate
            for rate in self.world.rates
            if (rate.source, rate.target) == (currency, self.indicator.unit) and day is not None and rate.on <= day
        ]
        if not held:
            raise NoRate(currency)
        return max(held, key=lambda rate: rate.on).rate

    # What is reported coarser than asked

    def is_reported_above(self) -> bool:
        """Whether a row of the same period and categories names a place in which one that is asked for lies."""
        read = self.indicator.place
        if read is None:
            return False
        wide = {name for name in self.question.filters if self.indicator.categories[name].wide}
        filters = {name: values for name, values in self.question.filters.items() if name not in wide}
        named = {self.read(piece.row, read) for piece in self.asking(filters, (), counts=True).pieces()}
        return any(
            code in named and code != asked and self.lies_in(asked, (code,))
            for asked in self.question.places
            for code in {place.code for place in self.world.places}
        )

    def is_unasked(self, name: str) -> bool:
        """Whether rows are there, and none of them says this category."""
        if UNKNOWN in self.question.filters[name]:
            return False
        others = {key: values for key, values in self.question.filters.items() if key != name}
        return self.says_nothing(others, name) or (bool(others) and self.says_nothing({}, name))

    def says_nothing(self, filters: Mapping[str, tuple[str, ...]], name: str) -> bool:
        if not self.indicator.categories[name].wide:
            filters = {key: values for key, values in filters.items() if not self.indicator.categories[key].wide}
            pieces = list(self.asking(filters, self.question.places, counts=True).pieces())
            return bool(pieces) and all(self.value_on(name, piece) == UNKNOWN for piece in pieces)
        whole = list(self.asking(filters, self.question.places).pieces())
        if not whole or not self.measured(whole).value:
            return False
        split = self.asking(filters, self.question.places, by=(name,))
        cells: dict[str, list[Piece]] = {}
        for piece in split.pieces():
            cells.setdefault(split.value_on(name, piece), []).append(piece)
        return not any(split.measured(own).value is not None for key, own in cells.items() if key != UNKNOWN)

    def asking(
        self,
        filters: Mapping[str, tuple[str, ...]],
        places: tuple[str, ...],
        by: tuple[str, ...] = (),
        *,
        counts: bool = False,
    ) -> _Asker:
        """The same of other categories and places. `counts`: of rows, whatever is measured of them."""
        indicator = replace(self.indicator, measure=Count()) if counts else self.indicator
        return _Asker(
            self.world, indicator, replace(self.question, filters=filters, places=places), self.narrowed, by=by
        )

    # States

    def nothing(self) -> Answer:
        """No row counts: which silence is it (grammar 4)."""
        basis, missing = self.indicator.basis, self.missing()
        if basis == "counted":
            silent = isinstance(self.indicator.measure, Latest)
            return Answer(status="unknown", value=None) if silent else Answer(status="value", value=Decimal(0))
        if basis == "planned":
            return Answer(status="not_applicable", value=None)
        if basis != "reported":
            return Answer(status="not_reported", value=None)
        if self.said_none() and not missing:
            return Answer(status="nil", value=Decimal(0))
        if self.indicator.expected is not None and not self.owing(self.indicator.expected):
            return Answer(status="not_expected", value=None)
        return Answer(status="not_reported", value=None, missing=missing)

    def said_none(self) -> bool:
        """Whether everybody who owes a return of the period sent one that says "none at all"; where nobody is known to owe one, whether
        all that came say so."""
        root = root_of(self.table, self.world.sources)
        condition, expected = self.indicator.nil_form, self.indicator.expected
        if condition is None:
            return False
        nil = [row for row in self.returns(root) if self.holds(row, condition, root)]
        if expected is None:
            return bool(nil) and len(nil) == len(self.returns(root))
        owing = self.owing(expected)
        return bool(owing) and owing <= {self.read(row, expected.reporter, root) for row in nil}

    def missing(self) -> tuple[str, ...]:
        """Partners that owe figures of the period and sent no return at all."""
        expected = self.indicator.expected
        if expected is None:
            return ()
        root = root_of(self.table, self.world.sources)
        heard = {self.read(row, expected.reporter, root) for row in self.returns(root)}
        return tuple(sorted(self.owing(expected) - heard))

    def returns(self, root: SourceTable) -> list[Row]:
        return [
            row
            for row in self.known_rows(root.name)
            if row.happened is not None and row.happened in self.question.period
        ]

    def owing(self, expected: Expected) -> set[str]:
        table = self.named(expected.table)
        found = set()
        for row in self.known_rows(table.name):
            start = self.read(row, expected.start, table) if expected.start else None
            end = self.read(row, expected.end, table) if expected.end else None
            if (start or date.min) > self.question.period.end or (end or date.max) < self.question.period.start:
                continue
            organisation = self.read(row, expected.organisation, table)
            if organisation is None or not self.holds(row, expected.where, table):
                continue
            place = self.read(row, expected.place, table) if expected.place else None
            if place is None or not self.question.places or self.near(place):
                found.add(organisation)
        return found

    def near(self, place: str) -> bool:
        """Whether an agreement's place lies in what is asked, or what is asked in it."""
        asked = self.question.places
        return self.lies_in(place, asked) or any(self.lies_in(one, (place,)) for one in asked)


def column_value(row: Row, name: str) -> Any:
    system = {
        "_happened": row.happened,
        "_instance_id": row.instance_id,
        "_state": row.state,
        "_received_at": row.received_at.date(),
        "_version": row.version,
        "_entity": row.lineage,
    }
    return system[name] if name in system else row.values.get(name)


def wide_cell(category: Category, term: Expression | None) -> str | None:
    """The cell that a column is, `unknown` for null; None when the column is no cell of the category."""
    if category.wide is None or not isinstance(term, Read) or not term.is_own:
        return None
    if term.column.name not in category.wide.cells:
        return None
    return category.wide.cells[term.column.name] or UNKNOWN


def in_range(age: int, label: str) -> bool:
    bounds = age_range(label)
    return bounds is not None and bounds[0] <= age and (bounds[1] is None or age <= bounds[1])


def contains(outer: str, inner: str) -> bool:
    """Whether one age range lies in another."""
    wide, narrow = age_range(outer), age_range(inner)
    if wide is None or narrow is None or narrow[0] < wide[0]:
        return False
    return wide[1] is None or (narrow[1] is not None and narrow[1] <= wide[1])


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def as_known_at(world: World, at: int) -> World:
    """The world as it stood: what began to count later is gone, what ended later has not ended."""
    rows = {name: [replace(row, seq_to=None) for row in rows if row.known(at)] for name, rows in world.rows.items()}
    return replace(world, rows=rows)
