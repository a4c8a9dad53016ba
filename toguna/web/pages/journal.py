"""The journal for who checks: every act, the newest first, narrowed to a kind, a person or a subject; its head to print and keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from toguna.access.api import rights
from toguna.instance.api import current
from toguna.journal.api import Act, head
from toguna.journal.listing import acts_before
from toguna.kernel.api import Language
from toguna.publish.pages.dates import known_words
from toguna.web.guard import language_of
from toguna.web.parts.table import PAGE, Cell, Column, Listing, key_of, later_address
from toguna.web.words import said

_NARROWED = ("kind", "actor", "subject")
#: Characters of a subject or a detail that a line shows.
_LONGEST = 60


def journal(request: HttpRequest) -> HttpResponse:
    """A page of acts."""
    language = language_of(request)
    narrowed = {name: request.GET.get(name, "")[:255] for name in _NARROWED}
    found = acts_before(key_of(request), **narrowed, count=PAGE)
    columns = [
        said(name, language) for name in ("act_number", "act_at", "act_kind", "act_actor", "act_subject", "act_detail")
    ]
    table = Listing(
        columns=[Column(label=columns[0], kind="number"), *(Column(label=label) for label in columns[1:])],
        rows=[_cells(act, language) for act in found],
        label=said("nav_journal", language),
        later=later_address(request, found[-1].sequence) if len(found) == PAGE else "",
    )
    shown = {
        "table": table,
        "head": head().written(),
        "kinds": sorted(rights().by_act),
        **narrowed,
        "actor_asked": narrowed["actor"],
    }
    return render(request, "pages/journal.html", shown)


def _cells(act: Act, language: Language) -> list[Cell]:
    at = known_words(act.at.astimezone(current().operation.time_zone), language)
    here = reverse("journal")
    detail = ", ".join(f"{name} {value}" for name, value in act.detail.items() if isinstance(value, str | int))
    return [
        Cell(text=str(act.sequence)),
        Cell(text=at),
        Cell(text=act.kind, address=f"{here}?kind={act.kind}"),
        Cell(text=act.actor, address=f"{here}?actor={act.actor}"),
        Cell(text=_short(act.subject)),
        Cell(text=_short(detail)),
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
