"""The journal for who checks: every act, the newest first, narrowed to a kind, a person or a subject; its head to print and keep."""

from __future__ import annotations

import re

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
#: Characters of a subject or a detail that a line shows, and of a digest in them.
_LONGEST, _SIGNS = 80, 8
_DIGEST = re.compile(r"[0-9a-f]{32,}")


def journal(request: HttpRequest) -> HttpResponse:
    """A page of acts."""
    language = language_of(request)
    narrowed = {name: request.GET.get(name, "")[:255] for name in _NARROWED}
    found = acts_before(key_of(request), **narrowed, count=PAGE)
    columns = [
        said(name, language) for name in ("act_number", "act_at", "act_kind", "act_actor", "act_subject", "act_detail")
    ]
    table = Listing(
        columns=[
            Column(label=columns[0], kind="number"),
            *(Column(label=label, kind="short") for label in columns[1:4]),
            *(Column(label=label) for label in columns[4:]),
        ],
        rows=[_cells(act, language) for act in found],
        label=said("nav_journal", language),
        later=later_address(request, found[-1].sequence) if len(found) == PAGE else "",
    )
    shown = {
        "table": table,
        "head": head().written(),
        "kinds": sorted(rights().by_act),
        # `actor` is who reads, in every template.
        **{f"{name}_asked": text for name, text in narrowed.items()},
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
        _shortened(act.subject),
        _shortened(detail),
    ]


def _shortened(text: str) -> Cell:
    """The text with each digest as its first signs, and no longer than a line; the whole of it behind."""
    short = _DIGEST.sub(lambda found: f"{found[0][:_SIGNS]}…", text)
    short = short if len(short) <= _LONGEST else f"{short[:_LONGEST]}…"
    return Cell(text=short, whole=text if short != text else "")
