"""Arrivals: the files that partners send, and the way of one of them from dropped file to records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from toguna.access.api import Actor, permits
from toguna.instance.api import current
from toguna.intake.api import (
    Arrival,
    ArrivalPreview,
    Understood,
    arrival,
    arrivals,
    arrive,
    content_of,
    discard,
    keep_layout,
    keep_word,
    preview_arrival,
    send_back,
    take_arrival,
    understand,
)
from toguna.intake.core.editing import with_columns
from toguna.intake.core.mapping import Layout
from toguna.intake.mappings import all_questions
from toguna.intake.sending_back import SentBack, language_of_file, last_sent_back, marks_of
from toguna.kernel.api import LANGUAGES, Language, Problem, Refused
from toguna.kernel.core import clock
from toguna.kernel.core.languages import ByLanguage
from toguna.organisations.api import all_organisations
from toguna.publish.pages.dates import known_words
from toguna.web import problems
from toguna.web.guard import language_of
from toguna.web.parts.period import Choice
from toguna.web.parts.table import Cell, Column, Listing
from toguna.web.words import said

#: Files of one request, rows of the file's head that are shown, and faults of a preview.
_MOST_FILES, _HEAD_ROWS, _MOST_ROWS = 20, 8, 100
_FORM_NEEDED = frozenset({"intake.form_needed"})
#: Why a column is taken for a question, by the code of whoever proposed it.
_WHY = {
    "kept": "why_kept",
    "kept as note": "why_kept",
    "tag": "why_tag",
    "name": "why_name",
    "label": "why_label",
    "alias": "why_alias",
    "export": "why_export",
}
#: What stands in an address and says how a file is meant.
_MEANT = ("form_id", "sheet", "period")


@dataclass(frozen=True, kw_only=True)
class MappedColumn:
    """One column of the file: its heading, some values, the question it answers and why it is thought so."""

    field: str
    header: str
    samples: str
    target: str
    why: str
    group: str


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """One row of the file that needs a look: its number, its class, what is wrong with it."""

    line: int
    kind: str
    words: str
    faults: tuple[str, ...]


def arrivals_page(request: HttpRequest) -> HttpResponse:
    """GET lists what came, POST keeps files that are dropped. Refuses an empty drop, too many files, and what `arrive` refuses."""
    actor, language = request.actor, language_of(request)
    if request.method == "POST":
        return _dropped(request)
    found = arrivals(actor)[:200]
    columns = [said(name, language) for name in ("file", "own_organisation", "arrival_came", "arrival_state")]
    rows = [
        [
            Cell(text=one.name, address=reverse("arrival", args=[one.id])),
            Cell(text=one.organisation),
            Cell(text=_when(one, language)),
            Cell(text=said(f"arrival_{one.state}", language)),
        ]
        for one in found
    ]
    table = Listing(columns=[Column(label=label) for label in columns], rows=rows, label=said("nav_arrivals", language))
    return render(request, "pages/arrivals.html", {"table": table, "organisations": _organisations(actor, language)})


def _dropped(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    if not 0 < len(files) <= _MOST_FILES:
        raise Refused(problems.FILES_NEEDED.at(most=_MOST_FILES))
    kept = [
        arrive(
            file.read(),
            file.name,
            request.actor,
            organisation=request.POST.get("organisation", ""),
            period=request.POST.get("period", ""),
        )
        for file in files
    ]
    return HttpResponseRedirect(reverse("arrival", args=[kept[0].id]) if len(kept) == 1 else reverse("arrivals"))


def _organisations(actor: Actor, language: Language) -> list[Choice]:
    """For whom the reader may send: their own organisation, or any."""
    today = clock.now().astimezone(current().operation.time_zone).date()
    found = [one for one in all_organisations() if one.holds(today) and actor.organisation in (None, one.code)]
    chosen = actor.organisation or ""
    return sorted(
        (Choice(value=one.code, label=ByLanguage(one.name)[language], is_chosen=one.code == chosen) for one in found),
        key=lambda choice: choice.label.casefold(),
    )


def arrival_page(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """GET shows what would become of the file; POST maps its columns, answers what a word means, takes it in or sets it aside."""
    one = _own(request, arrival_id)
    if request.method == "POST":
        _ACTIONS.get(request.POST.get("action", ""), _no_action)(request, one)
        return HttpResponseRedirect(_address(request, one))
    language = language_of(request)
    shown = {
        "arrival": one,
        "came": _when(one, language),
        "state": said(f"arrival_{one.state}", language),
        "back": _back(request, one),
    }
    if one.kind == "narrative":
        return render(request, "pages/arrival.html", {**shown, "is_narrative": True})
    try:
        seen = _previewed(request, one)
    except Refused as refused:
        return render(request, "pages/arrival.html", {**shown, **_unread(refused, language)})
    return render(request, "pages/arrival.html", {**shown, **_read(request, one, seen)})


def arrival_file(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """The file as it came, to be saved and never opened in place."""
    one = _own(request, arrival_id)
    response = HttpResponse(content_of(one), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, one.name)
    return response


def arrival_back(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """The workbook with its faults marked that was last made to go back, to be saved. Refuses an arrival that was never sent back."""
    back = _back(request, _own(request, arrival_id))
    if back is None:
        raise Refused(problems.NOT_FOUND.at())
    response = HttpResponse(back.workbook, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, back.name)
    return response


def _back(request: HttpRequest, one: Arrival) -> SentBack | None:
    return last_sent_back(one.id, request.actor)


def _own(request: HttpRequest, arrival_id: str) -> Arrival:
    """The arrival, where it is the reader's to see; of another's it is not even said that it is there."""
    try:
        return arrival(arrival_id, request.actor)
    except Refused as refused:
        raise Refused(problems.NOT_FOUND.at()) from refused


def _meant(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:100] for name in _MEANT}


def _previewed(request: HttpRequest, one: Arrival) -> ArrivalPreview:
    meant = _meant(request)
    return preview_arrival(
        one.id, request.actor, form_id=meant["form_id"], sheet=meant["sheet"], period=meant["period"]
    )


def _understood(request: HttpRequest, one: Arrival) -> Understood:
    return understand(one.id, request.actor, **_meant(request))


def _address(request: HttpRequest, one: Arrival) -> str:
    query = request.GET.urlencode()
    return f"{reverse('arrival', args=[one.id])}{'?' if query else ''}{query}"


def _unread(refused: Refused, language: Language) -> dict[str, object]:
    """The page of a file that no form was found for, or that cannot be read."""
    asks_form = any(problem.id in _FORM_NEEDED for problem in refused.problems)
    return {"told": _told(refused.problems, language), "forms": _forms(language) if asks_form else []}


def _forms(language: Language) -> list[Choice]:
    titled = {name: ByLanguage(one.schema.title)[language] for name, one in all_questions().items() if one.schema.title}
    return [Choice(value=name, label=title, is_chosen=False) for name, title in sorted(titled.items())]


def _read(request: HttpRequest, one: Arrival, seen: ArrivalPreview) -> dict[str, object]:
    language, actor, found = language_of(request), request.actor, seen.understood
    may = {name: permits(actor, f"arrival.{name}") for name in ("taken", "discarded", "sent_back")}
    is_open = one.taken is None and one.state != "discarded"
    counts = [(said(f"row_{name}", language), count) for name, count in seen.counts.items() if count]
    faulty = [problem for problem in seen.problems if problem.is_error]
    return {
        "form_title": ByLanguage(found.questions.schema.title)[language],
        "sheet": found.recognised.sheet.name,
        "period": f"{found.period:%Y-%m}" if found.period else "",
        "columns": _columns(found, language),
        "targets": _targets(found, language),
        "missing": [_label(found, target, language) for target in found.proposal.missing] if not found.is_kept else [],
        "is_kept": found.is_kept,
        "may_map": is_open and permits(actor, "mapping.kept"),
        "may_take": is_open and may["taken"] and found.is_kept,
        "may_discard": is_open and may["discarded"],
        **(_to_send_back(seen) if may["sent_back"] and found.is_kept and one.state != "discarded" else {}),
        "asked": [one for one in seen.asked if one.kind == "word" and one.options],
        "counts": counts,
        "good": sum(seen.counts[name] for name in ("new", "changed", "nil")),
        "rows": _rows(seen, language),
        "told": _told(
            [problem for problem in seen.problems if not problem.place.row and problem not in faulty], language
        ),
    }


def _to_send_back(seen: ArrivalPreview) -> dict[str, object]:
    """How many rows would go back, and the languages that the marks and the letter can be in: the file's own is chosen."""
    own = language_of_file(seen)
    return {
        "wrong": len({mark.row for mark in marks_of(seen, own)}),
        "letter_languages": [
            Choice(value=code, label=name, is_chosen=code == own) for code, name in settings.LANGUAGES
        ],
    }


def _columns(found: Understood, language: Language) -> list[MappedColumn]:
    """The file's columns beside what they are taken for."""
    layout = found.layout
    in_blocks = {name: block for block in layout.blocks for name in block.columns}
    guesses = {guess.header: guess for guess in found.proposal.guesses}
    columns = []
    for number, column in enumerate(found.header.columns):
        guess, block = guesses.get(column.header), in_blocks.get(column.header)
        near = guess.target if guess is not None and guess.is_near and not found.is_kept else ""
        columns.append(
            MappedColumn(
                field=f"column-{number}",
                header=column.header,
                samples=", ".join(guess.samples) if guess is not None else "",
                target=layout.columns.get(column.header) or near,
                why=_why(guess.why if guess is not None else "", language, is_near=bool(near)),
                group=", ".join(block.set.values()) if block is not None else "",
            )
        )
    return columns


def _why(code: str, language: Language, *, is_near: bool) -> str:
    if is_near:
        return said("why_near", language)
    return said(_WHY[code], language) if code in _WHY else ""


def _targets(found: Understood, language: Language) -> list[Choice]:
    return [
        Choice(value=target, label=_label(found, target, language), is_chosen=False) for target in found.questions.all
    ]


def _label(found: Understood, target: str, language: Language) -> str:
    question = found.questions.all.get(target)
    label = ByLanguage(question.column.label)[language] if question is not None and question.column.label else target
    return label if "." not in target else f"{label} ({target.partition('.')[0]})"


def _rows(seen: ArrivalPreview, language: Language) -> list[LookedAt]:
    """The wrong rows first, then those that change something, then those set aside."""
    order = {"wrong": 0, "changed": 1, "gone": 2, "nil": 3, "ignored": 4}
    ranked = sorted(seen.rows, key=lambda row: (order.get(row.kind, 5), row.line))[:_MOST_ROWS]
    return [
        LookedAt(
            line=row.line,
            kind=row.kind,
            words=said(f"row_{row.kind}", language) + (f": {said(f'aside_{row.why}', language)}" if row.why else ""),
            faults=tuple(
                f"{one.place.column}: {one.what(language)} {one.cure(language)}"
                if one.place.column
                else f"{one.what(language)} {one.cure(language)}"
                for one in row.problems
            ),
        )
        for row in ranked
    ]


def _told(found: Sequence[Problem], language: Language) -> list[str]:
    return [f"{one.what(language)} {one.cure(language)}" for one in found]


def _when(one: Arrival, language: Language) -> str:
    return known_words(one.received_at.astimezone(current().operation.time_zone), language)


def _map(request: HttpRequest, one: Arrival) -> None:
    """Keep the mapping as the form of the page says it: every column a question, or a note."""
    found = _understood(request, one)
    keep_layout(one.organisation, found.questions.schema.form_id, _layout(request.POST, found), request.actor)


def _layout(posted: Mapping[str, str], found: Understood) -> Layout:
    in_blocks = {name for block in found.layout.blocks for name in block.columns}
    specs = [
        f"{column.header}={posted[f'column-{number}']}"
        for number, column in enumerate(found.header.columns)
        if f"column-{number}" in posted and column.header not in in_blocks
    ]
    return with_columns(found.layout, specs, found.questions, found.header.columns)


def _word(request: HttpRequest, one: Arrival) -> None:
    """Learn what a text means."""
    found = _understood(request, one)
    form_id = found.questions.schema.form_id
    posted = request.POST
    keep_word(one.organisation, form_id, posted["list"], posted["text"], posted.get("code", ""), request.actor)


def _take(request: HttpRequest, one: Arrival) -> None:
    """Take the good rows in; what is wrong goes to quarantine with its reasons."""
    take_arrival(_previewed(request, one), request.actor)


def _send_back(request: HttpRequest, one: Arrival) -> None:
    """Make the workbook and the letter that a person sends."""
    language = request.POST.get("language", "")
    if language and language not in LANGUAGES:
        raise Refused(problems.NOT_UNDERSTOOD.at())
    send_back(_previewed(request, one), request.actor, language, request.POST.get("note", "")[:500])


def _discard(request: HttpRequest, one: Arrival) -> None:
    discard(one.id, request.actor, request.POST.get("reason", "")[:500])


def _no_action(request: HttpRequest, one: Arrival) -> None:
    raise Refused(problems.NOT_UNDERSTOOD.at())


_ACTIONS = {"map": _map, "word": _word, "take": _take, "send_back": _send_back, "discard": _discard}
