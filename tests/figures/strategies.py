"""Random worlds and questions (Hypothesis): forms with corrections, entities with versions, a place tree that changes, as-ofs.

Small domains, so that things meet: five places, three partners, eight acts. A `Case` is drawn whole; `case.lineages` is what a lake
is fed with, `case.world` the same rows for the oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.figures.examples import SOURCES
from tests.figures.oracle import OracleRate, PlaceRow, Question, Row, World
from toguna.figures.core.adding import may_cover
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reading import read_indicators
from toguna.kernel.api import Period, errors, parse_period

LAST_ACT = 8
RECEIVED = datetime(2017, 1, 1, tzinfo=UTC)
ORGANISATIONS = ("ACTED", "AMSS", "STOP")
SITES = ("ML0701", "ML0702", "ML0901", "ML08")
PLACES = (
    PlaceRow(code="ML", level=0, parent=None),
    PlaceRow(code="ML07", level=1, parent="ML"),
    PlaceRow(code="ML08", level=1, parent="ML"),
    PlaceRow(code="ML09", level=1, parent="ML", valid_from=date(2016, 11, 15)),
    PlaceRow(code="ML0701", level=2, parent="ML07"),
    PlaceRow(code="ML0702", level=2, parent="ML07", valid_to=date(2016, 11, 14)),
    PlaceRow(code="ML0702", level=2, parent="ML09", valid_from=date(2016, 11, 15)),
    PlaceRow(code="ML0901", level=2, parent="ML07", valid_to=date(2016, 11, 14)),
    PlaceRow(code="ML0901", level=2, parent="ML09", valid_from=date(2016, 11, 15)),
)
RATES = (
    OracleRate(source="USD", target="XOF", rate=Decimal("600"), on=date(2016, 10, 1)),
    OracleRate(source="USD", target="XOF", rate=Decimal("613.5"), on=date(2016, 12, 1)),
)


@dataclass(frozen=True, kw_only=True)
class Interval:
    """While one version of a lineage counted. `rows`: by table, each its values, its id and its parent's."""

    instance_id: str
    version: int
    seq_from: int
    seq_to: int | None
    happened: date | None
    received_at: datetime
    rows: Mapping[str, Sequence[tuple[str, str | None, Mapping[str, Any]]]]


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """A submission with its corrections, an entity with its versions, a line of a reference table. `table`: the form, list or table."""

    table: str
    id: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    lineages: tuple[Lineage, ...]
    indicators: Mapping[str, Indicator]
    name: str
    question: Question
    by: tuple[str, ...]

    @cached_property
    def world(self) -> World:
        rows: dict[str, list[Row]] = {}
        for lineage in self.lineages:
            for interval in lineage.intervals:
                for table, listed in interval.rows.items():
                    for row, parent_row, values in listed:
                        rows.setdefault(table, []).append(
                            Row(
                                values=values,
                                lineage=lineage.id,
                                row=row,
                                parent_row=parent_row,
                                instance_id=interval.instance_id,
                                version=interval.version,
                                happened=interval.happened,
                                received_at=interval.received_at,
                                seq_from=interval.seq_from,
                                seq_to=interval.seq_to,
                            )
                        )
        return World(sources=SOURCES, rows=rows, places=PLACES, rates=RATES)

    def __repr__(self) -> str:
        rows = "\n  ".join(f"{table}: {row}" for table, rows in self.world.rows.items() for row in rows)
        return f"Case({self.name}, {self.question}, by={self.by},\n  {rows})"


class Drawn:
    """Values drawn from a seed: Hypothesis left to itself draws empty worlds, of which every figure is 0."""

    def __init__(self, seed: int, size: int, *, large: bool = False) -> None:
        self.random, self.size, self.large = Random(seed), size, large
        #: Of a few worlds, what no return asks; and whether places above the sites are named.
        self.unasked = frozenset(self.random.choice([(), (), ("women", "men"), ("refugees", "hosts"), ("population",)]))
        self.by_region = self.random.random() < 0.5

    def day(self) -> date:
        return date(2016, 9, 25) + timedelta(days=self.random.randint(0, 102))

    def maybe(self, value: Any) -> Any:
        return None if self.random.random() < 0.12 else value

    def some(self, *values: Any) -> Any:
        return self.maybe(self.random.choice(values))

    def count(self) -> int | None:
        if self.large and self.chance(0.3):
            return 2**62 - self.random.randint(0, 3)
        return self.maybe(self.random.randint(0, 4))

    def amount(self) -> Decimal | None:
        return self.maybe(Decimal(self.random.randint(0, 5000)) / 100)

    def site(self) -> str | None:
        return self.some(*(("ML07", "ML07", "ML09", "ML") if self.by_region else (*SITES, *SITES)), *SITES[:1], "ML99")

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def number(self) -> int:
        return self.random.randint(1, self.size)


Rows = dict[str, list[tuple[str, str | None, dict[str, Any]]]]


def result(drawn: Drawn) -> dict[str, Any]:
    """A row of a monthly return."""
    columns = ("sessions", "women", "men", "children", "refugees", "hosts")
    empty = drawn.chance(0.1)
    row = {
        "activity": drawn.some("hygiene_session", "birth_certificate", "school_kit"),
        "place": drawn.site(),
        "population": drawn.some("REF", "IDP", "HST"),
        **{name: None if empty else drawn.count() for name in columns},
        "amount": drawn.amount(),
        "currency": drawn.random.choice(["XOF", "USD"]),
        "none": drawn.some("yes", "no", "no"),
        "themes": drawn.some(frozenset({"health"}), frozenset({"health", "water"})),
    }
    return row | dict.fromkeys(drawn.unasked)


def monthly_return(drawn: Drawn) -> tuple[date, Rows]:
    month = drawn.day().replace(day=1)
    nil = drawn.chance(0.25)
    header = {
        "organisation": drawn.some(*ORGANISATIONS),
        "month": drawn.maybe(month),
        "nil": drawn.maybe("yes" if nil else "no"),
    }
    rows = [] if nil else [result(drawn) for _ in range(drawn.number())]
    return month, {
        "monthly_return": [("0", None, header)],
        "monthly_return/result": [(f"r{index}", "0", row) for index, row in enumerate(rows)],
    }


def manifest(drawn: Drawn) -> tuple[date, Rows]:
    departed = drawn.day()
    header = {
        "movement": drawn.some("civ-2016-12", "tgo-2016-11"),
        "departed_on": drawn.maybe(departed),
        "origin": drawn.site(),
        "country": drawn.some("CIV", "TGO"),
    }
    return departed, {
        "repatriation": [("0", None, header)],
        "repatriation/person": [(f"p{index}", "0", passenger(drawn)) for index in range(drawn.number())],
    }


def passenger(drawn: Drawn) -> dict[str, Any]:
    """A line of a manifest. A person has one sex, in however many lines."""
    person = drawn.some("p1", "p2", "p3", "p4", "p5")
    return {
        "person": person,
        "sex": drawn.some("f", "m") if person is None else ("f" if person in ("p1", "p2", "p3") else "m"),
        "birth_month": drawn.maybe(date(drawn.random.randint(1946, 2017), drawn.random.randint(1, 12), 1)),
        "boarded": drawn.some("yes", "yes", "no"),
    }


def visit(drawn: Drawn) -> tuple[date, Rows]:
    visited = drawn.day()
    values = {
        "point": drawn.some("w1", "w2", "w3"),
        "visited_on": drawn.maybe(visited),
        "functional": drawn.some("yes", "no"),
        "litres": drawn.count(),
        "urgent": drawn.some(True, False),
    }
    return visited, {"visit": [("0", None, values)]}


def quote(drawn: Drawn) -> tuple[date, Rows]:
    as_of = drawn.day()
    values = {
        "source": drawn.some("cmp-2016-10", "cmp-2016-11"),
        "owner": "CMP",
        "item": drawn.some("idp_returnees", "idp_returnees", "refugees"),
        "as_of": drawn.maybe(as_of),
        "place": drawn.site(),
        "value": drawn.amount(),
        "method": drawn.some("register", "estimate"),
    }
    return as_of, {"source_register": [("0", None, values)]}


FORMS: Mapping[str, Callable[[Drawn], tuple[date, Rows]]] = {
    "monthly_return": monthly_return,
    "repatriation": manifest,
    "visit": visit,
    "source_register": quote,
}


def submission(drawn: Drawn, form: str, number: int) -> Lineage:
    """A submission and its corrections: each version counts from its act until the next one's, or until it is rejected."""
    lineage = f"{form}-{number}"
    begins = sorted(
        {
            min(drawn.random.randint(1, LAST_ACT), drawn.random.randint(1, LAST_ACT))
            for _ in range(1 + drawn.chance(0.4))
        }
    )
    intervals = []
    for index, begin in enumerate(begins):
        happened, rows = FORMS[form](drawn)
        following = begins[index + 1] if index + 1 < len(begins) else None
        stop = drawn.random.randint(begin + 1, LAST_ACT + 1) if drawn.chance(0.15) else None
        ends = [end for end in (following, stop) if end is not None]
        intervals.append(
            Interval(
                instance_id=f"{lineage}-v{index}",
                version=index + 1,
                seq_from=begin,
                seq_to=min(ends) if ends else None,
                happened=happened,
                received_at=RECEIVED + timedelta(minutes=begin * 60 + drawn.random.randint(0, 2)),
                rows=rows,
            )
        )
    return Lineage(table=form, id=lineage, intervals=tuple(intervals))


def entity(drawn: Drawn, number: int) -> Lineage:
    """A water point and its versions, each known from its act on, some until an act that took it back."""
    intervals: list[Interval] = []
    begins = sorted({drawn.random.randint(1, LAST_ACT) for _ in range(1 + drawn.random.randint(0, 2))})
    for index, begin in enumerate(begins):
        values = {
            "type": drawn.some("borehole", "borehole", "handwashing"),
            "status": drawn.some("planned", "delayed", "delayed", "installed"),
            "cause": drawn.some("equipment", "access"),
            "status_on": drawn.maybe(drawn.day()),
            "installed_on": drawn.day() if drawn.chance(0.4) else None,
            "site": drawn.site(),
            "users": drawn.count(),
        }
        intervals.append(
            Interval(
                instance_id=f"w{number}-{index}",
                version=index + 1,
                seq_from=begin,
                seq_to=drawn.random.randint(begin + 1, LAST_ACT + 1) if drawn.chance(0.15) else None,
                happened=drawn.day(),
                received_at=RECEIVED + timedelta(hours=begin),
                rows={"water_points": [("0", None, values)]},
            )
        )
    return Lineage(table="water_points", id=f"w{number}", intervals=tuple(intervals))


def line(table: str, key: str, values: Mapping[str, Any], begin: int = 1, stop: int | None = None) -> Lineage:
    """A row of a reference table."""
    interval = Interval(
        instance_id="",
        version=1,
        seq_from=begin,
        seq_to=stop,
        happened=None,
        received_at=RECEIVED,
        rows={table: [("0", None, values)]},
    )
    return Lineage(table=table, id=key, intervals=(interval,))


def agreement(drawn: Drawn, number: int) -> Lineage:
    values = {
        "agreement": f"a{number}",
        "organisation": drawn.some(*ORGANISATIONS),
        "sector": drawn.some("WSH", "WSH", "PRO"),
        "starts": drawn.day() if drawn.chance(0.5) else None,
        "ends": drawn.day() if drawn.chance(0.3) else None,
        "place": drawn.some("ML07", "ML08", "ML0701"),
    }
    begin = drawn.random.randint(1, 3)
    return line(
        "agreements", f"a{number}", values, begin, drawn.random.randint(5, LAST_ACT) if drawn.chance(0.2) else None
    )


def organisations() -> list[Lineage]:
    kinds = zip(ORGANISATIONS, ("ngo", "ngo", "un"), strict=True)
    return [line("organisations", code, {"code": code, "kind": kind}) for code, kind in kinds]


_RESULTS = "from: monthly_return/result\n  date: ^month\n  place: place\n  kind: flow\n  basis: reported"
_PERSONS = (
    "from: repatriation/person\n  date: ^departed_on\n  place: ^origin\n  kind: flow\n  basis: counted\n  unit: persons"
)
_POINTS = "from: water_points\n  place: site\n  basis: counted\n  kind: stock"
_BY_RESULT = "population: population, activity: activity, partner: ^organisation, partner_kind: ^organisation.kind"

#: Definitions and the categories and splits that may be asked of them.
DEFINITIONS: Mapping[str, str] = {
    "sessions": f"{_RESULTS}\n  unit: sessions\n  measure: sum sessions\n  disaggregate: {{{_BY_RESULT}}}\n"
    "  nil: none = 'yes'\n  nil_form: nil = 'yes'\n"
    "  expected: {from: agreements, where: sector = 'WSH', organisation: organisation, start: starts, end: ends, place: place}",
    "results": f"{_RESULTS}\n  unit: results\n  measure: count\n  disaggregate: {{{_BY_RESULT}, in_region: place@1}}\n"
    "  provisional: ^nil is null",
    "partners": f"{_RESULTS}\n  unit: partners\n  measure: distinct ^organisation\n  disaggregate: {{{_BY_RESULT}}}",
    "regions": f"{_RESULTS}\n  unit: places\n  measure: distinct place@1\n  disaggregate: {{{_BY_RESULT}}}",
    "attendance": f"{_RESULTS}\n  unit: persons\n  persons: attendances\n  measure: sum women + men + children\n"
    "  disaggregate: {sex: {women: f, men: m, children: null}, age: {women: 18+, men: 18+, children: 0-17},"
    f" group: {{refugees: REF, hosts: HST}}, {_BY_RESULT}}}",
    "money": f"{_RESULTS}\n  unit: XOF\n  measure: sum amount\n  currency: currency\n  convert: record_date\n"
    f"  disaggregate: {{{_BY_RESULT}}}",
    "money_at_end": f"{_RESULTS}\n  unit: XOF\n  measure: sum amount\n  currency: currency\n  convert: period_end\n"
    "  where: sessions > 0 or themes is not null",
    "persons": f"{_PERSONS}\n  persons: distinct\n  measure: distinct person\n"
    "  disaggregate: {sex: sex, age: {birth: birth_month}, movement: ^movement, country: ^country}\n"
    "  where: boarded = 'yes' or boarded is null",
    "seats": f"{_PERSONS}\n  persons: newly_served\n  measure: count\n"
    "  disaggregate: {sex: sex, age: {birth: birth_month}, country: ^country}",
    "delayed": f"{_POINTS}\n  unit: boreholes\n  measure: count\n  where: type = 'borehole' and status = 'delayed'\n"
    "  valid: {since: status_on, until: next}\n  disaggregate: {cause: cause, status: status}",
    "open_points": f"{_POINTS}\n  unit: points\n  measure: sum users\n  valid: {{since: status_on, until: installed_on}}\n"
    "  disaggregate: {type: type, in_region: site@1}",
    "working": "from: visit\n  unit: visits\n  basis: counted\n  kind: stock\n  measure: count\n  place: point.site\n"
    "  valid: {since: visited_on, until: next, by: point}\n  where: functional = 'yes' and point.status <> 'planned'\n"
    "  disaggregate: {type: point.type}",
    "litres": "from: visit\n  unit: litres\n  basis: counted\n  kind: stock\n  measure: latest litres by [point]\n"
    "  place: point.site\n  latest_by: visited_on\n  disaggregate: {type: point.type, point: point}",
    "litres_ever": "from: visit\n  unit: litres\n  basis: counted\n  kind: counter\n  measure: sum litres\n"
    "  date: visited_on\n  since: 2016-10-15\n  disaggregate: {functional: functional}",
    "sessions_then": "from: monthly_return/result\n  unit: sessions\n  basis: reported\n  kind: stock\n"
    "  measure: latest sessions by [place]\n  date: ^month\n  place: place\n  grain: month\n"
    f"  disaggregate: {{{_BY_RESULT}}}",
    "with_seats": "kind: sum\n  of: [sessions, seats_as_sessions]\n  unit: sessions",
    "seats_as_sessions": "from: repatriation/person\n  date: ^departed_on\n  place: ^origin\n  kind: flow\n  basis: counted\n"
    "  unit: sessions\n  measure: count",
    "quoted": "from: source_register\n  unit: households\n  basis: quoted\n  kind: stock\n  measure: latest value by [place]\n"
    "  where: item = 'idp_returnees'\n  latest_by: as_of\n  place: place\n  disaggregate: {source: source}",
    "share": "kind: ratio\n  of: [attendance, attendance]\n  unit: percent\n  where: population = 'REF'",
    "per_session": "kind: ratio\n  of: [attendance, sessions]\n  unit: persons a session",
    "rate": "kind: ratio\n  of: [attendance, sessions]\n  unit: per 1000\n  per: 1000\n  a_day: true",
    "sessions_change": "kind: change\n  of: [sessions]\n  unit: sessions",
    "gap_growth": "kind: change\n  of: [gap]\n  unit: percent",
    "litres_growth": "kind: change\n  of: [litres]\n  unit: percent",
    "quoted_change": "kind: change\n  of: [quoted]\n  unit: households",
    "both": "kind: sum\n  of: [sessions, sessions]\n  unit: sessions",
    "gap": "kind: difference\n  of: [sessions, results_as_sessions]\n  unit: sessions",
    "results_as_sessions": f"{_RESULTS}\n  unit: sessions\n  measure: count\n  disaggregate: {{{_BY_RESULT}}}",
}

VALUES: Mapping[str, tuple[str, ...]] = {
    "population": ("REF", "IDP", "unknown"),
    "activity": ("hygiene_session", "school_kit", "unknown"),
    "partner": ("ACTED", "unknown"),
    "partner_kind": ("ngo", "un", "unknown"),
    "in_region": ("ML07", "ML09", "unknown"),
    "sex": ("f", "m", "unknown"),
    "age": ("0-17", "18+", "5-11", "60+", "unknown"),
    "group": ("REF", "HST"),
    "movement": ("civ-2016-12", "unknown"),
    "country": ("CIV", "unknown"),
    "cause": ("equipment", "unknown"),
    "status": ("delayed", "unknown"),
    "type": ("borehole", "unknown"),
    "point": ("w1", "unknown"),
    "functional": ("yes", "unknown"),
    "source": ("cmp-2016-10", "unknown"),
}


def all_indicators() -> Mapping[str, Indicator]:
    text = "\n".join(f"{name}:\n  label: {{en: {name}, fr: {name}}}\n  {body}" for name, body in DEFINITIONS.items())
    found, problems = read_indicators({"strategies.yaml": text}, SOURCES)
    assert not errors(problems), [problem.written() for problem in errors(problems)]
    return found


INDICATORS = all_indicators()
PERIODS = tuple(map(parse_period, ("2016-Q4", "2016", "2016-11", "2016-12", "2016-11-10..2016-12-05", "2016-10-31")))


def tables_of(name: str) -> frozenset[str]:
    """The forms, lists and tables whose rows the indicator can meet."""
    indicator = INDICATORS[name]
    if indicator.is_derived:
        return frozenset().union(*(tables_of(part) for part in indicator.of))
    found = {(indicator.table or "").partition("/")[0]}
    found |= {hop.to for read in indicator.read_columns() for hop in read.hops}
    return frozenset(found | ({"agreements"} if indicator.expected else set()))


@st.composite
def worlds(draw: st.DrawFn, tables: frozenset[str], *, large: bool = False) -> tuple[Lineage, ...]:
    drawn = Drawn(draw(st.integers(0, 2**32)), 9 - draw(st.integers(1, 6)), large=large)
    found: list[Lineage] = organisations()
    for form in sorted(tables & FORMS.keys()):
        found += [submission(drawn, form, number) for number in range(drawn.number() + 1)]
    if "water_points" in tables:
        found += [entity(drawn, number) for number in range(1, 4)]
    if "agreements" in tables:
        found += [agreement(drawn, number) for number in range(drawn.random.randint(0, 2))]
    return tuple(found)


def periods_for(name: str) -> tuple[Period, ...]:
    return tuple(period for period in PERIODS if may_cover(INDICATORS[name], period) is None)


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """A question that the indicator can be asked: categories that it has, wide ones of the same columns."""
    indicator = INDICATORS[name]
    own = sorted(_askable(name))
    names = draw(st.just([]) | st.lists(st.sampled_from(own), max_size=2, unique=True)) if own else []
    if "group" in names and {"sex", "age"} & set(names):
        names.remove("group")
    filters = {}
    for key in names:
        values = [
            value
            for value in VALUES[key]
            if not (indicator.id == "attendance" and value in ("5-11", "60+", "unknown") and key == "age")
        ]
        filters[key] = tuple(sorted(draw(st.sets(st.sampled_from(values), min_size=1, max_size=2))))
    return Question(
        period=draw(st.sampled_from(periods_for(name))),
        at=LAST_ACT - draw(st.integers(0, LAST_ACT - 1)),
        places=tuple(
            sorted(
                draw(
                    st.just(set())
                    | st.sets(st.sampled_from(["ML", "ML", "ML07", "ML07", "ML09", "ML0701"]), max_size=2)
                )
            )
        ),
        filters=filters,
    )


def _askable(name: str) -> set[str]:
    indicator = INDICATORS[name]
    if not indicator.is_derived:
        return set(indicator.categories)
    return set.intersection(*(_askable(part) for part in indicator.of)) - {"group", "sex", "age"}


@st.composite
def cases(draw: st.DrawFn, names: Sequence[str] = tuple(DEFINITIONS), *, large: bool = False) -> Case:
    """A world, an indicator, a question and, where it is no derived one, the axes of a table. `large`: counts near 2^62 among others."""
    name = draw(st.sampled_from(names))
    question = draw(questions(name))
    by: tuple[str, ...] = ()
    indicator = INDICATORS[name]
    if not indicator.is_derived:
        axes = [*sorted(indicator.categories), *(["place@1", "place@2"] if indicator.place else [])]
        axes += ["month"] if indicator.kind == "flow" else []
        by = tuple(draw(st.lists(st.sampled_from(axes), max_size=2, unique=True)))
        if {"group"} & {*by, *question.filters} and {"sex", "age"} & {*by, *question.filters}:
            by = tuple(axis for axis in by if axis not in ("group", "sex", "age"))
            if "group" in question.filters and {"sex", "age"} & question.filters.keys():
                question = Question(period=question.period, at=question.at, places=question.places)
        by = tuple(axis for axis in by if not (axis == "age" and indicator.id == "attendance" and "group" in by))
    return Case(
        lineages=draw(worlds(tables_of(name), large=large)), indicators=INDICATORS, name=name, question=question, by=by
    )
