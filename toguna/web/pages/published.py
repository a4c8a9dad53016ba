"""What was issued, for everybody: the list of editions, a page for each, and their files as they were issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from toguna.instance.api import current
from toguna.kernel.api import Language, Refused
from toguna.publish.issued import PublishedEdition, published_edition, published_editions, published_file
from toguna.publish.pages.dates import covers_words, known_words
from toguna.publish.problems import EDITION_UNKNOWN
from toguna.web import problems
from toguna.web.core.files import type_of
from toguna.web.guard import language_of
from toguna.web.pages.built import POLICY
from toguna.web.parts.table import Cell, Column, Listing
from toguna.web.words import said

#: The files that an edition's page offers, in this order; the pages of single figures are reached from the update itself.
_OFFERED = ("update.html", "update.pdf", "update.docx", "figures.csv")
#: What a browser shows in place; anything else is saved.
_SHOWN_IN_PLACE = ("html", "pdf", "png", "jpg", "jpeg", "svg")


@dataclass(frozen=True, kw_only=True)
class OfferedFile:
    """One file of an edition: what it is, its name, where it is."""

    words: str
    name: str
    address: str


def published(request: HttpRequest) -> HttpResponse:
    """The list of editions, the newest period first."""
    language = language_of(request)
    columns = [
        Column(label=said("edition", language)),
        Column(label=said("period", language), kind="short"),
        Column(label=said("edition_language", language)),
        Column(label=said("issued_on", language), kind="short"),
        Column(label=said("edition_state", language)),
    ]
    rows = [
        [
            Cell(text=_name(one, language), address=reverse("edition", args=[one.id])),
            Cell(text=covers_words(one.period, language)),
            Cell(text=said(f"in_{one.language}", language)),
            Cell(text=_day(one.issued_at, language)),
            Cell(text=said(f"edition_{one.state}", language)),
        ]
        for one in published_editions()
    ]
    table = Listing(columns=columns, rows=rows, label=said("nav_published", language))
    return render(request, "pages/published.html", {"table": table})


def edition(request: HttpRequest, edition_id: str) -> HttpResponse:
    """One edition: its files, or when it was withdrawn. Refuses an id that none has."""
    language, one = language_of(request), _known(edition_id)
    shown = {
        "edition": one,
        "name": _name(one, language),
        "covers": covers_words(one.period, language),
        "issued": _day(one.issued_at, language),
        "withdrawn": _day(one.withdrawn_at, language),
        "files": _files(one, language),
    }
    return render(request, "pages/edition.html", shown)


def edition_file(request: HttpRequest, edition_id: str, name: str) -> HttpResponse:
    """A file as it was issued. Refuses a name that the edition does not have, and every file of a withdrawn one."""
    _known(edition_id)
    kind = type_of(name)
    response = HttpResponse(published_file(edition_id, name), content_type=kind)
    if name.rpartition(".")[2] not in _SHOWN_IN_PLACE:
        saved = f"{edition_id}-{name.rpartition('/')[2]}"
        response.headers["Content-Disposition"] = content_disposition_header(True, saved)
    response["Content-Security-Policy"] = POLICY
    return response


def _known(edition_id: str) -> PublishedEdition:
    try:
        return published_edition(edition_id)
    except Refused as refused:
        if all(one.id == EDITION_UNKNOWN.id for one in refused.problems):
            raise Refused(problems.NOT_FOUND.at()) from refused
        raise


def _files(one: PublishedEdition, language: Language) -> list[OfferedFile]:
    return [
        OfferedFile(
            words=said(f"file_{name.rpartition('.')[2]}", language),
            name=name,
            address=reverse("edition_file", args=[one.id, name]),
        )
        for name in _OFFERED
        if name in one.files
    ]


def _name(one: PublishedEdition, language: Language) -> str:
    """The title of its first page; of a withdrawn one only that it is withdrawn, and its number."""
    if one.state == "withdrawn":
        return said("edition_number", language, number=one.number).capitalize()
    return ", ".join(filter(None, (one.title, one.subtitle)))


def _day(instant: datetime | None, language: Language) -> str:
    return known_words(instant.astimezone(current().operation.time_zone) if instant else None, language)
