"""`plan.toml`, read: the margins of a demonstration, and when what was sent and by whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from toguna.kernel.api import NotAPeriod, Place, Problem, parse_period
from toguna.pack.core.generate.shape import Shaper
from toguna.pack.problems import PLAN_PERIOD, TOML_BROKEN

Range = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Cutoff:
    period: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What a version of a return says more (or less) than the margins: `by` in one column of the first such row."""

    row: Mapping[str, str]
    column: str
    by: int


@dataclass(frozen=True, kw_only=True)
class Version:
    """A month's return as it came at one moment. Several of a month: each corrects the one before."""

    month: str
    received: datetime
    add: Addition | None = None


@dataclass(frozen=True, kw_only=True)
class Freely:
    """Months without a margin: sessions, and persons a session or a month, drawn between two bounds."""

    in_: str
    sessions: Range = ()
    per_session: Range = ()
    per_month: Range = ()


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of a return: one for each combination of `each`, over which the margins of a period are spread.

    The margin `attendance` is spread over the rows, and in each row over the columns `over`. A margin of several months takes in those of
    single months in it.
    """

    each: Mapping[str, tuple[str, ...]]
    months: Mapping[str, Mapping[str, int]]
    set: Mapping[str, str] = field(default_factory=dict)
    over: tuple[str, ...] = ("women", "men", "girls", "boys")
    least: int = 1
    otherwise: Freely | None = None
    #: Months in which each row says that there was none.
    none: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A column that numbers the months, from the number that one of them has."""

    column: str
    from_: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture that comes with a month's return: a file of the pack's `photos/`."""

    month: str
    file: str
    caption: str
    credit: str
    consent: Literal["yes", "no"] = "yes"


@dataclass(frozen=True, kw_only=True)
class Returns:
    """A partner's monthly spreadsheet."""

    form: str
    organisation: str
    repeat: str = "result"
    language: Literal["en", "fr"] = "fr"
    from_: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    header_between: Mapping[str, Range] = field(default_factory=dict)
    numbered: Numbered | None = None
    narrative: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    photos: tuple[Photo, ...] = ()
    rows: tuple[Rows, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One spreadsheet written out; a list in a row stands for one row each. Without a repeat each row is a filled form of its own."""

    form: str
    received: datetime
    rows: tuple[Mapping[str, object], ...]
    repeat: str = ""
    header: Mapping[str, object] = field(default_factory=dict)
    language: Literal["en", "fr"] = "en"


@dataclass(frozen=True, kw_only=True)
class Lot:
    """Payments of some months: persons in all (with the regions' weights), or persons by region."""

    months: tuple[str, ...]
    persons: int | Mapping[str, int]
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LatePayments:
    month: str
    region: str
    persons: int
    received: datetime


@dataclass(frozen=True, kw_only=True)
class TwicePaid:
    """One payment that comes a second time under another number and is rejected."""

    month: str
    received: datetime
    rejected: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Payments:
    """Cash payments, one row a household: the last month by phone, the others as lists that the provider's statement corrects."""

    form: str
    organisation: str
    prefix: str
    currency: str
    amount_per_person: int
    household_size: Range
    #: By region, where it is paid.
    places: Mapping[str, tuple[str, ...]]
    lots: tuple[Lot, ...]
    #: Share of households that return to another region than the one where they are paid.
    elsewhere: float = 0.0
    unpaid: float = 0.0
    returned: float = 0.0
    late: tuple[LatePayments, ...] = ()
    twice: tuple[TwicePaid, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manifest:
    form: str
    repeat: str
    received: datetime
    header: Mapping[str, str]
    set: Mapping[str, str]
    ages: Range
    boarded: Mapping[str, int]
    absent: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Visit:
    on: tuple[str, ...]
    works: str
    cause: str = ""
    expected_on: str = ""
    functionality: str = ""


@dataclass(frozen=True, kw_only=True)
class Points:
    """Water points of one kind, each visited in turn."""

    form: str
    list: str
    type: str
    name: Mapping[str, str]
    count: int
    places: tuple[str, ...]
    visits: tuple[Visit, ...]
    rejected: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Numbering:
    column: str
    prefix: str


@dataclass(frozen=True, kw_only=True)
class Birth:
    column: str
    #: Youngest and oldest, in years.
    ages: Range


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lines of a list: margins are `rows`, and `persons`, spread over the rows and in each over the columns `over`."""

    months: Mapping[str, Mapping[str, int]]
    set: Mapping[str, object] = field(default_factory=dict)
    #: Columns that take one of several values, drawn.
    choose: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    over: tuple[str, ...] = ()
    #: The column that holds a row's persons.
    persons: str = ""
    birth: Birth | None = None
    #: Months without a margin: rows drawn between two bounds.
    rows_between: Range = ()
    persons_each: Range = ()


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list that the operation keeps, one line a document, household or person; each month's lines come as one spreadsheet."""

    form: str
    organisation: str
    number: Numbering
    #: Which column names the organisation; empty where the form does not ask.
    sender: str = "organisation"
    #: Columns that hold the line's day.
    days: tuple[str, ...]
    #: Columns that hold a day so many days before, or after, the line's.
    before: Mapping[str, Range] = field(default_factory=dict)
    after: Mapping[str, Range] = field(default_factory=dict)
    language: Literal["en", "fr"] = "fr"
    from_: str = ""
    rows: tuple[Lines, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    seed: int
    forms_published: datetime
    from_: str
    to: str
    cutoffs: tuple[Cutoff, ...] = ()
    returns: tuple[Returns, ...] = ()
    papers: tuple[Paper, ...] = ()
    payments: Payments | None = None
    manifests: tuple[Manifest, ...] = ()
    points: tuple[Points, ...] = ()
    lists: tuple[Listing, ...] = ()

    def months(self) -> list[str]:
        return parse_period(f"{self.from_}..{self.to}").months()


def parse_plan(text: str, file: str = "plan.toml") -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan, and every fault: not TOML, unknown or missing keys, values of another kind, periods that are none."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (TOML_BROKEN.at(Place(file=file), reason=str(error)),)
    shaper = Shaper(file)
    plan = shaper.read(Plan, written)
    if plan is None:
        return None, tuple(shaper.problems)
    faults = tuple(_periods(plan, file))
    return (None if faults else plan), faults


def _periods(plan: Plan, file: str) -> list[Problem]:
    named = {
        "from": plan.from_,
        "to": plan.to,
        **{f"cutoffs[{at}]": each.period for at, each in enumerate(plan.cutoffs, 1)},
    }
    for at, returns in enumerate(plan.returns, 1):
        named |= {f"returns[{at}].versions": version.month for version in returns.versions}
        named |= {f"returns[{at}].rows.{month}": month for rows in returns.rows for month in rows.months}
        named |= {f"returns[{at}].photos": photo.month for photo in returns.photos}
        named |= {f"returns[{at}].rows.none": month for rows in returns.rows for month in rows.none}
        named |= {f"returns[{at}].otherwise": rows.otherwise.in_ for rows in returns.rows if rows.otherwise}
    for at, listing in enumerate(plan.lists, 1):
        named |= {f"lists[{at}].rows.{month}": month for lines in listing.rows for month in lines.months}
    for lot in plan.payments.lots if plan.payments else ():
        named |= {f"payments.lots.{month}": month for month in lot.months}
    faults = []
    for where, text in named.items():
        try:
            parse_period(text)
        except NotAPeriod as error:
            faults.append(PLAN_PERIOD.at(Place(file=file), key=where, value=text, reason=str(error)))
    return faults
