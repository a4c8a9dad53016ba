"""One figure: its value, how it is known, what it counts, its course, its parts, the rows it was made from, where it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from toguna.collect.api import forms
from toguna.figures.api import Figure, FigureTable, indicators
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reference import FigureReference, categories_of
from toguna.kernel.api import Language, Period, Refused
from toguna.kernel.core.languages import ByLanguage
from toguna.places.api import tree
from toguna.publish.core.figure_source import Asked as AskedOfText
from toguna.publish.figure_names import Names
from toguna.publish.pages.dates import known_words
from toguna.publish.pages.drawings.columns import columns
from toguna.publish.pages.drawings.svg import PAGE, Pen
from toguna.web import problems
from toguna.web.parts.drawn import inline
from toguna.web.parts.memo import figures_kept, table_kept
from toguna.web.parts.period import Asked, asked, months_before, period_choices, period_name, place_choices
from toguna.web.parts.shown import shown_figure, shown_text, values_by_month
from toguna.web.parts.sources import SourceRow, source_rows
from toguna.web.words import WORDS, said

#: Parts of a figure that one page shows, and months that it draws.
_MOST_SPLITS, _MONTHS, _MOST_ROWS = 5, 12, 40
#: What stands in an address for the page, and not for the figure.
_OWN = frozenset({"period", "place", "page"})


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line of a split: its words, its figure, how long its bar is beside the largest."""

    label: str
    text: str
    is_number: bool
    share: float


@dataclass(frozen=True, kw_only=True)
class Split:
    """A figure by one of its categories, or by place."""

    title: str
    parts: Sequence[Part]


def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """The page of one figure. Refuses an indicator that the operation does not have, and categories that it does not have."""
    of = asked(request)
    known = indicators()
    own = known.get(indicator)
    if own is None:
        raise Refused(problems.NOT_FOUND.at())
    reference = reference_of(request, indicator)
    found = figures_kept([reference.written()], of.context())
    if found.figures[0] is None:
        raise Refused(*found.problems)
    before = figures_kept([reference.written()], of.context(of.period.before())).figures[0]
    page = {
        "of": of,
        "figure": shown_figure(found.figures[0], of, own, before),
        "period_name": period_name(of.period, of.language),
        "periods": period_choices(of),
        "places": place_choices(of),
        "kept": _kept_fields(reference),
        "narrowed": _narrowed(reference, own, of),
        "definition": ByLanguage(own.definition)[of.language] if own.definition else "",
        "basis_sentence": said(f"known_{own.basis}", of.language),
        "state_sentence": _state_sentence(found.figures[0], of.language),
        "remarks": [one.what(of.language) for one in found.problems],
        "known_at": known_words(found.figures[0].as_of.time, of.language),
        "written": replace(reference, period=of.period.written(), place=_place(of)).written(),
        "sources": _sources(found.figures[0], of),
        **_course(reference, own, of),
        "splits": _splits(reference, own, known, of),
        "rows_address": f"{reverse('figure_rows', args=[indicator])}?{request.GET.urlencode()}",
    }
    return render(request, "pages/figure.html", page)


def reference_of(request: HttpRequest, indicator: str) -> FigureReference:
    """The figure that the address names: the indicator, narrowed by the address's categories."""
    categories = {name: tuple(value.split(",")) for name, value in request.GET.items() if name not in _OWN and value}
    return FigureReference(indicator=indicator, categories=categories)


def _place(of: Asked) -> tuple[str, ...]:
    return (of.place,) if of.place else ()


def _kept_fields(reference: FigureReference) -> Mapping[str, str]:
    """The categories that a change of period or place keeps."""
    return {name: ",".join(values) for name, values in reference.categories.items()}


def _narrowed(reference: FigureReference, own: Indicator, of: Asked) -> str:
    names = names_of(own, of)
    return ", ".join(names.of(code) for values in reference.categories.values() for code in values)


def names_of(own: Indicator | None, of: Asked) -> Names:
    """The words for codes of places, organisations and choices."""
    return Names(AskedOfText(period=of.period, place=of.place or "", language=of.language, as_of=None), own, tree)


def _state_sentence(figure: Figure, language: Language) -> str:
    """Why there is no number, where there is none."""
    if figure.status == "value":
        return ""
    return said(f"state_{figure.status}", language)


def _sources(figure: Figure, of: Asked) -> list[SourceRow]:
    return source_rows(figure, of.language)


def _course(reference: FigureReference, own: Indicator, of: Asked) -> dict[str, object]:
    """The last twelve months, drawn and as a table."""
    months = months_before(of.period, _MONTHS)
    whole = Period(start=months[0].start, end=months[-1].end)
    found = table_kept(replace(reference, period=whole.written()).written(), ["month"], of.context(whole))
    values = values_by_month(found, months, of.language)
    if not any(value.amount is not None for value in values):
        return {"course": SafeString(""), "months": []}
    title = ByLanguage(own.label)[of.language]
    drawn = columns(values, Pen(palette=PAGE, size=10), of.language, width=560, height=120, title=title)
    rows = [(period_name(month, of.language), value) for month, value in zip(months, values, strict=True)]
    return {"course": inline(drawn), "months": [(name, value) for name, value in rows if value.known != "none"]}


def _splits(reference: FigureReference, own: Indicator, known: Mapping[str, Indicator], of: Asked) -> list[Split]:
    """By place first, then by each category that the address does not narrow."""
    free = [name for name in categories_of(own, known) if name not in reference.categories]
    found = []
    for by in ["region", *free][:_MOST_SPLITS]:
        table = table_kept(reference.written(), [by], of.context())
        if len(table.rows) > 1:
            found.append(_split(by, table, own, of))
    return found


def _split(by: str, table: FigureTable, own: Indicator, of: Asked) -> Split:
    names = names_of(own, of)
    rows = [(next(iter(cell.values())), figure) for cell, figure in table.rows][:_MOST_ROWS]
    most = max((float(one.value) for _, one in rows if one.value is not None), default=0.0) or 1.0
    parts = [
        Part(
            label=code_words(by, code, names, of.language),
            text=shown_text(one, of.language),
            is_number=one.value is not None,
            share=round(100 * max(float(one.value), 0) / most, 1) if one.value is not None else 0,
        )
        for code, one in rows
    ]
    ordered = sorted(parts, key=lambda part: -part.share) if by != "age" else parts
    return Split(title=_title(by, own, of.language), parts=ordered)


def _title(by: str, own: Indicator, language: Language) -> str:
    """By what a figure is split: a word of ours for what every operation has, else the question's own label."""
    name = "by_place" if by == "region" else f"by_{by}"
    if name in WORDS:
        return said(name, language)
    category = own.categories.get(by)
    column = category.long.read.column.name if category is not None and category.long is not None else by
    form = (own.table or "").partition("/")[0]
    labels = (
        ByLanguage(question.label)[language]
        for one in forms()
        if one.form_id == form
        for table in one.schema.tables
        for question in table.columns
        if question.name == column and question.label
    )
    return next(labels, by.replace("_", " ").capitalize())


def code_words(by: str, code: str, names: Names, language: Language) -> str:
    """A category's value in words."""
    if code == "unknown":
        return said("category_unknown", language)
    if by == "sex" and code in ("f", "m"):
        return said(f"sex_{code}", language)
    if by == "age":
        return said("aged", language, age=code)
    return names.of(code)
