"""The overview: for a period and a place, the figures of the last update's first page, what is missing, what came late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toguna.figures.api import cutoff_of, indicators
from toguna.figures.core.definition import Indicator
from toguna.figures.cutoff import default_cutoff, late_rows_seen
from toguna.instance.api import current
from toguna.kernel.core import clock
from toguna.kernel.core.languages import ByLanguage
from toguna.organisations.api import organisation
from toguna.publish.cover import cover_figures
from toguna.publish.pages.dates import known_words
from toguna.web.parts.memo import figures_kept, once
from toguna.web.parts.period import Asked, asked, period_choices, period_name, place_choices
from toguna.web.parts.shown import key_figures
from toguna.web.words import said

_MOST_KEY = 6


@dataclass(frozen=True, kw_only=True)
class MissingReturn:
    """A partner whose return has not come, and what it would have told of."""

    organisation: str
    labels: tuple[str, ...]


def overview(request: HttpRequest) -> HttpResponse:
    """What an office looks at first."""
    of = asked(request)
    known = indicators()
    cover = cover_figures(of.language)
    key = _distinct([*cover.get("key-figures", ()), *cover.get("highlights", ())])[:_MOST_KEY] or _counted(known)
    shown = {
        "of": of,
        "period_name": period_name(of.period, of.language),
        "periods": period_choices(of),
        "places": place_choices(of),
        "key": key_figures(key, of, known, with_trend=True),
        "population": key_figures(cover.get("population", ()), of, known, with_trend=False) if not of.place else [],
        "funding": key_figures(cover.get("funding", ()), of, known, with_trend=False) if not of.place else [],
        "missing": _missing(known, of),
        "cut_off": _cut_off_words(of),
        "late": _late_words(of),
    }
    return render(request, "pages/overview.html", shown)


def _distinct(references: Sequence[str]) -> list[str]:
    """One reference an indicator, the first."""
    found: dict[str, str] = {}
    for written in references:
        found.setdefault(written.partition("?")[0], written)
    return list(found.values())


def _counted(known: Mapping[str, Indicator]) -> list[str]:
    """For an operation that has no text yet: its first counted or reported figures."""
    return [name for name, one in known.items() if one.basis in ("counted", "reported") and one.kind == "flow"][
        :_MOST_KEY
    ]


def _missing(known: Mapping[str, Indicator], of: Asked) -> list[MissingReturn]:
    """Partners that owed a return of the period and sent none, by name, as far as the reader may know."""
    owed = [name for name, one in known.items() if one.expected is not None]
    found: dict[str, list[str]] = {}
    for figure in filter(None, figures_kept(owed, of.context()).figures):
        for code in figure.missing:
            found.setdefault(code, []).append(_short(known[figure.indicator], of))
    named = {_organisation(code, of): tuple(dict.fromkeys(labels)) for code, labels in found.items()}
    return [MissingReturn(organisation=name, labels=named[name]) for name in sorted(named)]


def _short(own: Indicator, of: Asked) -> str:
    return ByLanguage(own.short or own.label)[of.language]


def _organisation(code: str, of: Asked) -> str:
    found = organisation(code, of.period.end)
    return ByLanguage(found.name)[of.language] if found is not None else code


def _cut_off_words(of: Asked) -> str:
    """When the period was closed, or how long it is open."""
    closed = cutoff_of(of.period)
    zone = current().operation.time_zone
    if closed is not None:
        return said("closed_at", of.language, at=known_words(closed.at.astimezone(zone), of.language))
    left = default_cutoff(current().operation, of.period) - clock.now()
    if left.total_seconds() < 0:
        return said("open_past", of.language)
    return said("open_for", of.language, count=left.days)


def _late_words(of: Asked) -> str:
    """How many records came after the cut-off; of a scoped reader, the own ones alone."""
    seen, _ = once("late", of.actor, of.period, lambda: late_rows_seen(of.period, of.actor))
    return said("late_since", of.language, count=len(seen)) if seen else ""
