"""A figure: one value of one indicator, with its basis, its state and what it was made from (grammar 4 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, get_args

from toguna.collect.core.schema import Sensitivity, Texts
from toguna.figures.core.definition import Basis, Indicator
from toguna.figures.core.reference import FigureReference
from toguna.kernel.api import Period
from toguna.kernel.core.hedges import Hedge

#: Grammar 4. Nil prints as 0 or "none", the last five never.
Status = Literal["value", "nil", "not_reported", "not_expected", "not_applicable", "unknown", "withheld"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """As known when act `sequence` was the last: the head of the journal then, and its time."""

    sequence: int
    head: str
    time: datetime | None


@dataclass(frozen=True, kw_only=True)
class FigureSource:
    """One thing that a figure was made from: a form, or the row of the source register that is quoted."""

    #: A form, an entity list, a reference table, or the id of a source.
    id: str
    owner: str = ""
    title: str = ""
    page: str = ""
    scope: str = ""
    as_of: date | None = None
    stale_after: date | None = None
    method: str = ""
    #: The owner's own hedge, as the row writes it.
    hedge: str = ""
    #: What does not fit in the document, as published.
    misfit: str = ""
    #: The same in French, where the register has it.
    owner_fr: str = ""
    title_fr: str = ""
    misfit_fr: str = ""
    #: The day of the first of the rows before this one that say the same, where this row is older than what the figure is of.
    unchanged_since: date | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One value. `value` is None unless `status` is value or nil (then 0); money is in the unit's currency, percent 0 to 100.

    A withheld figure carries no value here: whoever must know it asks for the records, with a right to see them.
    """

    reference: FigureReference
    indicator: str
    label: Texts
    period: Period
    place: str | None
    categories: Mapping[str, str]
    value: Decimal | None
    status: Status
    provisional: bool = False
    unit: str
    basis: Basis
    sources: tuple[FigureSource, ...] = ()
    #: Rows counted; None where even that may not be told.
    records: int | None = None
    as_of: AsOf
    #: The definition's digest.
    definition: str
    sensitivity: Sensitivity = "internal"
    #: Below which its value is withheld; 1 for no threshold.
    threshold: int = 1
    #: What `show=list` prints: names of the categories or places counted, in order; per language.
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Partners that owed figures and did not send their return.
    missing: tuple[str, ...] = ()
    stale: bool = False
    #: The engines that answered, each with its version; empty where no row speaks.
    engines: frozenset[str] = frozenset()
    #: How exact the owners of a quoted value say that it is; of several who differ, and of what is worked out of them, about.
    owner_hedge: Hedge | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.status in ("value", "nil")):
            raise ValueError(f"{self.reference}: a figure that is {self.status} cannot have the value {self.value}")
        if self.status == "nil" and self.value != 0:
            raise ValueError(f"{self.reference}: nil is 0, not {self.value}")


def quoted_source(part: Indicator, row: Mapping[str, object]) -> FigureSource:
    """Where a quoted or estimated row comes from: the columns that its indicator names."""
    day = row.get("_day")
    as_of = day if isinstance(day, date) else None
    stale = row.get("stale_after")
    stale_after = stale if isinstance(stale, date) else None
    if isinstance(part.stale_after, int) and as_of is not None:
        stale_after = as_of + timedelta(days=part.stale_after)
    low, high = row.get("low"), row.get("high")
    return FigureSource(
        id=str(row.get("source") or part.table or ""),
        owner=str(row.get("owner") or ""),
        title=str(row.get("title") or ""),
        page=str(row.get("page") or ""),
        scope=str(row.get("scope") or ""),
        as_of=as_of,
        stale_after=stale_after,
        method=str(row.get("method") or ""),
        hedge=str(row.get("hedge") or ""),
        misfit=str(row.get("misfit") or ""),
        owner_fr=str(row.get("owner_fr") or ""),
        title_fr=str(row.get("title_fr") or ""),
        misfit_fr=str(row.get("misfit_fr") or ""),
        low=low if isinstance(low, Decimal) else None if low is None else Decimal(str(low)),
        high=high if isinstance(high, Decimal) else None if high is None else Decimal(str(high)),
    )


def figure_as_json(figure: Figure, shown: str) -> dict[str, Any]:
    """Grammar 7, `figures`. `shown`: what it prints, from `toguna.figures.core.show`. Money is a decimal string."""
    value: Any = figure.value
    if figure.value is not None and is_currency(figure.unit):
        value = format(figure.value, "f")
    elif figure.value is not None:
        value = int(figure.value) if figure.value == figure.value.to_integral_value() else float(figure.value)
    return {
        "reference": figure.reference.written(),
        "indicator": figure.indicator,
        "label": dict(figure.label),
        "period": figure.period.written(),
        "place": figure.place,
        "categories": dict(figure.categories),
        "value": value,
        "status": figure.status,
        "provisional": figure.provisional,
        "shown": shown,
        "unit": figure.unit,
        "basis": figure.basis,
        "sources": [source.id for source in figure.sources],
        "records": figure.records,
        "as_of": {
            "sequence": figure.as_of.sequence,
            "head": figure.as_of.head,
            "time": figure.as_of.time.isoformat() if figure.as_of.time else None,
        },
        "definition": figure.definition,
    }


#: The unit of the change of a share: from 10 to 13 per cent are 3 points, and 30 per cent more.
POINTS = "percentage_points"


def is_currency(unit: str) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()
