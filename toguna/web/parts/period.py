"""The period and place that stand in every address, and the context in which figures are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from babel.dates import format_date
from django.http import HttpRequest

from toguna.access.api import Actor
from toguna.figures import opened
from toguna.figures.api import Context
from toguna.figures.cutoff import newest_cutoff
from toguna.instance.api import current
from toguna.kernel.api import Language, NotAPeriod, Period, Refused, parse_period
from toguna.kernel.core import clock
from toguna.places.api import require_place, tree
from toguna.publish.core.notes import month_name
from toguna.web import problems
from toguna.web.guard import language_of


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks: a period, perhaps a place."""

    period: Period
    place: str | None
    language: Language
    actor: Actor

    def context(self, period: Period | None = None) -> Context:
        """For figures of this period, or of another one, as this reader may see them."""
        return Context(period=period or self.period, place=self.place, language=self.language, actor=self.actor)

    def query(self, **more: str) -> str:
        """The period and place as they stand in an address, with more."""
        own = {"period": self.period.written(), "place": self.place or "", **more}
        return urlencode({name: value for name, value in own.items() if value})

    @property
    def place_name(self) -> str:
        """Where: the place asked, else the whole operation."""
        return name_of_place(self.place or current().operation.place, self.period, self.language)


def asked(request: HttpRequest) -> Asked:
    """What the address says; without a period the last one that was closed, else the last of which records speak.

    Refuses a period that is none, and a place that is not there.
    """
    written = request.GET.get("period", "")
    try:
        period = parse_period(written) if written else default_period()
    except NotAPeriod as error:
        raise Refused(problems.PERIOD_BROKEN.at(period=written)) from error
    place = request.GET.get("place") or None
    if place is not None:
        place = require_place(place, period.end).code
    return Asked(period=period, place=place, language=language_of(request), actor=request.actor)


def default_period() -> Period:
    """The newest closed period; else the last month of which records speak; else the month before this one."""
    closed = newest_cutoff()
    if closed is not None:
        return closed.period
    spoken = spoken_of()
    return month_of(spoken.end if spoken else _today_month().before().end)


def spoken_of() -> Period | None:
    """The days of which records speak, the future aside."""
    with opened.using() as around:
        found = around.recorded(around.until)
    today = _today_month()
    return Period(start=found.start, end=min(found.end, today.end)) if found and found.start <= today.end else None


def period_choices(of: Asked) -> list[Choice]:
    """The months of which records speak, the newest first, and the one asked."""
    spoken = spoken_of()
    months = [parse_period(month) for month in spoken.months()] if spoken else []
    if of.period not in months:
        months.append(of.period)
    return [
        Choice(value=one.written(), label=period_name(one, of.language), is_chosen=one == of.period)
        for one in sorted(months, key=lambda month: month.start, reverse=True)
    ]


def place_choices(of: Asked) -> list[Choice]:
    """The operation and the places of its first level, by name; and the one asked."""
    places = tree(of.period.end)
    root = current().operation.place
    codes = [code for code, place in places.places.items() if place.level == 1 and root in places.ancestors(code)]
    if of.place and of.place not in (*codes, root):
        codes.append(of.place)
    named = sorted((places.name(code, of.language), code) for code in codes)
    return [
        Choice(value="", label=places.name(root, of.language), is_chosen=of.place in (None, root)),
        *(Choice(value=code, label=name, is_chosen=code == of.place) for name, code in named),
    ]


def period_name(period: Period, language: Language) -> str:
    """``December 2016``; a longer period as it is written."""
    if period == month_of(period.end):
        return str(format_date(period.start, "LLLL yyyy", locale=language))
    return period.written()


@lru_cache(maxsize=512)
def short_month(period: Period, language: Language) -> str:
    """``Dec``."""
    return str(month_name(f"{period.start:%Y-%m}", language))


def month_of(day: date) -> Period:
    """The month in which a day lies."""
    return parse_period(f"{day:%Y-%m}")


def months_before(period: Period, count: int) -> Sequence[Period]:
    """So many months, the last of which is the period's last."""
    found = [month_of(period.end)]
    while len(found) < count:
        found.append(found[-1].before())
    return found[::-1]


def name_of_place(code: str, period: Period, language: Language) -> str:
    """What a place is called in a language; its code where it is none then."""
    places = tree(period.end)
    return places.name(code, language) if places.place(code) is not None else code


def _today_month() -> Period:
    return month_of(clock.now().astimezone(current().operation.time_zone).date())
