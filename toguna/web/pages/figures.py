"""Every figure that the operation defines, by name: searched, and each leading to its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from toguna.access.api import sees
from toguna.figures.api import indicators
from toguna.figures.core.definition import Indicator
from toguna.kernel.core.languages import ByLanguage
from toguna.places.core.tree import folded
from toguna.web.parts.drawn import mark_of
from toguna.web.parts.period import Asked, asked, period_choices, period_name, place_choices
from toguna.web.words import said


@dataclass(frozen=True, kw_only=True)
class ListedFigure:
    """One line: what it counts, how it is known, its page."""

    label: str
    sign: SafeString
    address: str
    is_close: bool


def figures(request: HttpRequest) -> HttpResponse:
    """The list, narrowed to what is searched."""
    of = asked(request)
    search = request.GET.get("q", "")[:100]
    found = {name: one for name, one in indicators().items() if sees(of.actor, one.sensitivity) != "none"}
    shown = {
        "of": of,
        "period_name": period_name(of.period, of.language),
        "periods": period_choices(of),
        "places": place_choices(of),
        "kept": {"q": search},
        "search": search,
        "figures": _listed(found, search, of),
        "count": len(found),
    }
    return render(request, "pages/figures.html", shown)


def _listed(found: Mapping[str, Indicator], search: str, of: Asked) -> list[ListedFigure]:
    wanted = folded(search).split()
    listed = []
    for name, one in found.items():
        label = ByLanguage(one.label)[of.language]
        said_of_it = folded(f"{label} {name}")
        if all(word in said_of_it for word in wanted):
            words = said(f"basis_{one.basis}", of.language)
            address = f"{reverse('figure', args=[name])}?{of.query()}"
            close = one.sensitivity in ("confidential", "strictly_confidential")
            listed.append(ListedFigure(label=label, sign=mark_of(one.basis, words), address=address, is_close=close))
    return sorted(listed, key=lambda figure: figure.label.casefold())
