"""Indicators as typed, frozen values (grammar 3): what is counted, never how. Built by `read_indicators` alone, already checked.

An `Indicator` taken from a table carries the typed expressions and columns that a planner compiles and the oracle evaluates;
one of kind ratio, sum, difference or change carries the names of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as day
from fractions import Fraction
from functools import cached_property
from typing import Literal, get_args

from toguna.collect.core.schema import Sensitivity, Texts
from toguna.figures.core.expressions import Expression, Read, reads, terms
from toguna.kernel.api import Place
from toguna.kernel.core.periods import Grain, Period

Basis = Literal["counted", "reported", "quoted", "estimated", "planned"]
Kind = Literal["flow", "stock", "counter", "ratio", "sum", "difference", "change", "target"]
Persons = Literal["attendances", "served", "newly_served", "distinct"]
Convert = Literal["record_date", "period_end"]
BASES: tuple[Basis, ...] = get_args(Basis)
KINDS: tuple[Kind, ...] = get_args(Kind)
PERSONS: tuple[Persons, ...] = get_args(Persons)
#: Kinds made of other indicators, which have no table of their own.
DERIVED: tuple[Kind, ...] = ("ratio", "sum", "difference", "change")
#: Below which a value is withheld unless the operation says more (design section 4).
THRESHOLDS: Mapping[Sensitivity, int] = {"public": 1, "internal": 1, "confidential": 5, "strictly_confidential": 10}
#: How a category that was not asked, or not answered, is named.
UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Count:
    """Rows."""


@dataclass(frozen=True, kw_only=True)
class Distinct:
    """Different values of a column; rows without one are not counted."""

    read: Read


@dataclass(frozen=True, kw_only=True)
class DistinctPlace:
    """Different places of one level, each row's place rolled up the tree valid at the period's end."""

    read: Read
    level: int


@dataclass(frozen=True, kw_only=True)
class Total:
    """A sum. Its terms are summed each by itself: an empty one hides no other. No term anywhere has a value: unknown."""

    expression: Expression

    @cached_property
    def terms(self) -> tuple[Expression, ...]:
        return terms(self.expression)


@dataclass(frozen=True, kw_only=True)
class Latest:
    """The sum over the keys' groups of the column in each group's latest row up to the period's end.

    Latest: by the indicator's date, then by `_received_at`, `_instance_id`, `_row`. Conditions, places and categories choose among the rows first.
    """

    read: Read
    keys: tuple[Read, ...] = ()


Measure = Count | Distinct | DistinctPlace | Total | Latest


@dataclass(frozen=True, kw_only=True)
class Validity:
    """When a row holds: from the day `since`, until the day `until` (included, open when empty) or, where `until` is None, until
    the day before the next version's `since`. Of two versions of one day the later one holds. `key` says what has versions:
    `_entity` of an entity list, else a column. The condition is asked of the version that holds, never before it is chosen.
    """

    since: Read
    until: Read | None = None
    key: Read | None = None


@dataclass(frozen=True, kw_only=True)
class Long:
    """One category a row: the value of a column; of a place column, rolled up to `level`."""

    read: Read
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wide:
    """Columns that are cells of the category: ``{women: f, men: m, children: null}``; None is the cell `unknown`."""

    cells: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Age:
    """Completed years at the reference date, from a column of years or from year and month of birth.

    The reference date is the record's date for a flow, the period's end for a stock. A row whose age is not known is `unknown`.
    """

    birth: Read | None = None
    years: Read | None = None
    #: The operation's scheme of brackets by which ages are split when nobody names others.
    brackets: str = "unhcr"


@dataclass(frozen=True, kw_only=True)
class Category:
    """One way to split: by a column, by wide columns, by age; ages may be wide in some columns and long in others."""

    name: str
    long: Long | None = None
    wide: Wide | None = None
    age: Age | None = None


@dataclass(frozen=True, kw_only=True)
class Release:
    """Who may lift the threshold of a confidential figure, and why; journalled when it is used."""

    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OwnerAgreement:
    """Whose figures on gender-based violence these are, and the written agreement by which they may be printed; none without a reference."""

    owner: str
    reference: str = ""
    date: day | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.reference) and self.date is not None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Who owes figures: rows of `table` that satisfy `where`, hold in the period and speak of its place.

    `reporter` is the column of the indicator's form that names who sent it.
    """

    table: str
    where: Expression | None = None
    organisation: Read
    reporter: Read
    start: Read | None = None
    end: Read | None = None
    place: Read | None = None


@dataclass(frozen=True, kw_only=True)
class Money:
    """Amounts in the currency that a column names; those of another currency than the unit are converted only if asked.

    `convert`: with the rate of the record's date or of the period's end; None: another currency is a fault of the figure.
    """

    column: Read | None = None
    convert: Convert | None = None


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """Where a quoted or estimated row names its source; each part only where the table has such a column."""

    owner: Read | None = None
    title: Read | None = None
    page: Read | None = None
    scope: Read | None = None
    source: Read | None = None
    low: Read | None = None
    high: Read | None = None
    method: Read | None = None
    hedge: Read | None = None
    #: What does not fit in the document, as published.
    misfit: Read | None = None
    owner_fr: Read | None = None
    title_fr: Read | None = None
    misfit_fr: Read | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One declared quantity. Of a derived kind `table` and `measure` are None and `of` names others, in their order."""

    id: str
    label: Texts
    definition: Texts = field(default_factory=dict)
    #: A shorter label, for notes and small charts; and the name of an icon. Neither changes what is counted.
    short: Texts = field(default_factory=dict)
    icon: str = ""
    unit: str
    basis: Basis
    kind: Kind
    #: As definitions name it: ``monthly_return/result``.
    table: str | None = None
    measure: Measure | None = None
    where: Expression | None = None
    #: The day by which a row falls into a period; `_happened` where nothing else is said.
    date: Read | None = None
    valid: Validity | None = None
    place: Read | None = None
    categories: Mapping[str, Category] = field(default_factory=dict)
    of: tuple[str, ...] = ()
    #: Of a ratio: what narrows its numerator alone, over the numerator's table.
    numerator_where: Expression | None = None
    #: Of a rate: for how many of the denominator it stands (per 1,000), and whether it is of one day of the period.
    per: int | None = None
    is_daily: bool = False
    #: Of a counter: nothing before this day is counted.
    since: day | None = None
    suppress_below: int | None = None
    release: Release | None = None
    #: It speaks of gender-based violence: who owns the figures, and whether they agreed to print them.
    on_violence: OwnerAgreement | None = None
    persons: Persons | None = None
    money: Money | None = None
    provisional: Expression | None = None
    #: Rows that say "none", of the indicator's own table.
    nil: Expression | None = None
    #: Returns that say "none at all", of the form in which the table stands.
    nil_form: Expression | None = None
    expected: Expected | None = None
    #: For how long a record stands, when the definition says so; and what the question says by which it is dated.
    stands_for: Grain | None = None
    date_grain: Grain = "day"
    #: A quoted value is stale after the day in this column, or after so many days from its date.
    stale_after: Read | int | None = None
    quoted: Quoted = field(default_factory=Quoted)
    #: The highest of every column that it reads, and of what it is derived from.
    sensitivity: Sensitivity = "internal"
    #: SHA-256 of the definition as written; changes when a word of it that matters changes.
    digest: str
    at: Place = field(default_factory=Place)

    @property
    def is_derived(self) -> bool:
        return self.kind in DERIVED

    def is_wide(self, name: str | None) -> bool:
        """Whether this category stands in columns of each row alone: women, men; not in a column that says which, nor in an age."""
        category = self.categories.get(name or "")
        return category is not None and category.wide is not None and category.long is None and category.age is None

    @property
    def is_share(self) -> bool:
        """A ratio printed as a percentage."""
        return self.kind == "ratio" and self.unit == "percent"

    @property
    def is_relative_change(self) -> bool:
        """A change as a percentage of the value of the period before."""
        return self.kind == "change" and self.unit == "percent"

    def quotient_times(self, period: Period) -> Fraction:
        """What a quotient is multiplied by: 100 of a percentage, a rate's number, over the days of the period for a daily rate."""
        if self.unit == "percent":
            return Fraction(100)
        return Fraction(self.per or 1, period.days if self.is_daily else 1)

    @property
    def grain(self) -> Grain:
        """The shortest time that a record can answer for: what its definition says; else a month for a return and for what is dated by
        a question for a month."""
        by_return = self.basis == "reported" and self.kind == "flow" and self.date is not None
        return self.stands_for or ("month" if by_return else self.date_grain)

    def can_answer(self, period: Period) -> bool:
        """Whether the period is made of whole grains; of what holds at its end or up to it, whether it ends with one."""
        if self.kind == "flow":
            return period.is_whole(self.grain)
        first = self.since if self.since is not None and self.since <= period.end else day.min
        return Period(start=first, end=period.end).is_whole(self.grain)

    @property
    def has_period_start(self) -> bool:
        """Whether only what happened within the period counts; else all that was so up to its end."""
        return self.kind == "flow"

    @property
    def wide_columns(self) -> frozenset[str]:
        """Columns that are cells of some category."""
        return frozenset(name for category in self.categories.values() if category.wide for name in category.wide.cells)

    def read_columns(self) -> tuple[Read, ...]:
        """Every column it reads from the lake, without repeats, in the order of the definition's keys."""
        found: list[Read] = []
        if isinstance(self.measure, Distinct | DistinctPlace):
            found.append(self.measure.read)
        elif isinstance(self.measure, Latest):
            found += [self.measure.read, *self.measure.keys]
        elif isinstance(self.measure, Total):
            found += reads(self.measure.expression)
        for expression in (self.where, self.provisional, self.nil, self.nil_form):
            found += reads(expression)
        if self.valid:
            found += [read for read in (self.valid.since, self.valid.until, self.valid.key) if read]
        for category in self.categories.values():
            found += _category_reads(category)
        money = self.money.column if self.money else None
        found += [read for read in (self.date, self.place, money) if read]
        return tuple(dict.fromkeys(found))


def _category_reads(category: Category) -> list[Read]:
    age = category.age or Age()
    return [read for read in (category.long and category.long.read, age.birth, age.years) if read]
