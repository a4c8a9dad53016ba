"""What is asked of one indicator: values in, nothing looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from toguna.figures.core.definition import Indicator
from toguna.figures.core.tables import Sources
from toguna.instance.core.operation import Bracket, Rate
from toguna.kernel.api import Period


@dataclass(frozen=True, kw_only=True)
class Split:
    """One way in which an answer is split: by a category, by places of a level, or by month."""

    category: str | None = None
    level: int | None = None
    month: bool = False

    @property
    def name(self) -> str:
        """The key of its values in a figure's categories."""
        return "month" if self.month else "place" if self.level is not None else self.category or ""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. Places are codes; none: wherever. `at`: the act as of which; every filter is a set of values of a category."""

    indicator: Indicator
    period: Period
    places: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: tuple[Split, ...] = ()
    at: int
    #: The numerator of a ratio is narrowed by the ratio's own condition.
    narrowed_by: Indicator | None = None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What an operation decides of the meaning of its figures."""

    zone: str = "UTC"
    brackets: Mapping[str, tuple[Bracket, ...]] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()


class Catalogue(Protocol):
    """The tables that definitions name, and which column of each is its date, so that months can be left out."""

    @property
    def sources(self) -> Sources: ...

    def date_of(self, table: str) -> str | None:
        """The column whose month is the partition of this table, or of the form above it."""
        ...


def rate_days(rates: tuple[Rate, ...]) -> tuple[date, ...]:
    """The days on which some rate changes, in order."""
    return tuple(sorted({rate.on for rate in rates}))


def rate_on(rates: tuple[Rate, ...], source: str, target: str, day: date) -> Rate | None:
    """The rate of the pair that holds on the day: the newest not after it."""
    held = [rate for rate in rates if (rate.source, rate.target) == (source, target) and rate.on <= day]
    return max(held, key=lambda rate: rate.on, default=None)
