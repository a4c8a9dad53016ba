"""What an operation is, as its `operation.toml` says: names, languages, time zone, counting states, thresholds, brackets, rates.

Pure values; `reading.py` makes them. An operation is never code: whatever differs between two operations stands here or in a
table of the pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

#: Language code to text.
Texts = Mapping[str, str]

#: The review states that count unless the operation says otherwise (grammar 1).
COUNTING_STATES = ("received", "edited", "approved")
#: Every review state there is (ODK Central's).
REVIEW_STATES = ("received", "has_issues", "edited", "approved", "rejected")
#: The smallest count that may be printed, by sensitivity (design, Sensitivity). An operation may only raise them.
THRESHOLDS: Mapping[str, int] = {"public": 1, "internal": 1, "confidential": 5, "strictly_confidential": 10}
#: Why somebody changed a review state (grammar 1); an operation may add to them.
REASONS = ("wrong_value", "duplicate", "out_of_scope", "late", "test", "other")
#: What somebody does for one text that another duty may have to be kept apart from.
DUTIES = ("clear_protection", "clear_security", "clear_section", "clear_whole", "waive", "issue")
#: Duties that may not meet in one person for one text unless the operation says otherwise.
APART = (("clear_protection", "issue"),)
#: How 6954 may be written.
NUMBER_STYLES = ("6,954", "6 954", "6.954", "6954")

CountedIn = Literal["next_edition", "its_period"]
Restates = Literal["year_to_date", "nothing"]


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """An age range in completed years, both ends included; an open end has no `max_age`."""

    min_age: int
    max_age: int | None = None

    @property
    def code(self) -> str:
        return f"{self.min_age}+" if self.max_age is None else f"{self.min_age}-{self.max_age}"

    def __contains__(self, age: object) -> bool:
        return isinstance(age, int) and self.min_age <= age and (self.max_age is None or age <= self.max_age)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One unit of `source` is `rate` units of `target`, from that day until the next rate of the pair."""

    source: str
    target: str
    rate: Decimal
    on: date


@dataclass(frozen=True, kw_only=True)
class Late:
    """What becomes of a record that comes after the cut-off of the period it speaks of (design, Cut-off)."""

    counted_in: CountedIn = "next_edition"
    restates: Restates = "year_to_date"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation. Built by `parse_operation`, which refuses what does not hold together."""

    id: str
    name: Texts
    languages: tuple[str, ...]
    time_zone: ZoneInfo
    #: P-code of the place that the operation covers; the root of its tree.
    place: str
    currency: str
    #: Every record is invented: confidential forms are taken on a disk that nobody attests.
    demonstration: bool = False
    #: The operator attests that the disk is encrypted.
    encrypted_disk: bool = False
    counting_states: tuple[str, ...] = COUNTING_STATES
    thresholds: Mapping[str, int] = field(default_factory=lambda: dict(THRESHOLDS))
    #: Day of the month after the period, and time of that day, at which the period closes for drafting.
    cut_off_day: int = 8
    cut_off_time: time = time(18, 0)
    late: Late = Late()
    brackets: Mapping[str, tuple[Bracket, ...]] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()
    reasons: tuple[str, ...] = REASONS
    #: Pairs of duties that may not meet in one person for one text.
    apart: tuple[tuple[str, str], ...] = APART
    #: Language to one of `NUMBER_STYLES`; a language without one follows CLDR.
    number_style: Mapping[str, str] = field(default_factory=dict)
    #: The text it was read from, kept with the instance.
    source: str = field(default="", repr=False, compare=False)

    def end_of(self, day: date) -> datetime:
        """The last instant of the day, in the operation's time zone."""
        return datetime.combine(day, time.max, self.time_zone)
