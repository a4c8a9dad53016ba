"""The rows behind a figure, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toguna.collect.api import forms
from toguna.figures.api import Trace, indicators, trace
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reference import FigureReference
from toguna.figures.trace import TracedRow
from toguna.kernel.api import Language, Refused
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.notes import date_words
from toguna.publish.figure_names import Names
from toguna.web import problems
from toguna.web.pages.figure import names_of, reference_of
from toguna.web.parts.memo import once
from toguna.web.parts.period import Asked, asked, period_name
from toguna.web.words import said

_PAGE, _FIRST, _MOST_COLUMNS = 50, 10, 6


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row: what it adds, when, and what of it may be seen."""

    adds: str
    day: str
    cells: tuple[str, ...]
    instance_id: str


def figure_rows(request: HttpRequest, indicator: str) -> HttpResponse:
    """A page of rows. Refuses an indicator that the operation does not have, and a page that is no number."""
    of, own = asked(request), indicators().get(indicator)
    if own is None:
        raise Refused(problems.NOT_FOUND.at())
    reference = reference_of(request, indicator)
    found = _traced(reference, of)
    page = _page_of(request)
    names = names_of(own, of)
    columns = _columns(found.rows)
    size = _FIRST if request.headers.get("HX-Request") else _PAGE
    rows = found.rows[page * _PAGE : page * _PAGE + size]
    shown = {
        "of": of,
        "period_name": period_name(of.period, of.language),
        "label": ByLanguage(own.label)[of.language],
        "columns": [_label(own, name, of.language) for name in columns],
        "rows": [_shown(row, columns, names, of.language) for row in rows],
        "has_adds": any(row.contribution is not None for row in rows),
        "count": len(found.rows),
        "first": page * _PAGE + 1,
        "last": page * _PAGE + len(rows),
        "hidden": _hidden(found, of.language),
        "later": _address(request, page + 1) if size == _PAGE and len(found.rows) > (page + 1) * _PAGE else "",
        "all": request.get_full_path() if size == _FIRST and len(found.rows) > _FIRST else "",
        "earlier": _address(request, page - 1) if page else "",
    }
    return render(request, "parts/rows.html" if size == _FIRST else "pages/rows.html", shown)


def _traced(reference: FigureReference, of: Asked) -> Trace:
    written = replace(reference, categories=dict(reference.categories)).written()
    found, faults = once("trace", of.actor, (written, of.period, of.place), lambda: trace(written, of.context()))
    if found is None:
        raise Refused(*faults)
    return found


def _page_of(request: HttpRequest) -> int:
    written = request.GET.get("page", "0")
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise Refused(problems.NOT_FOUND.at())
    return int(written)


def _columns(rows: Sequence[TracedRow]) -> list[str]:
    """The columns that most rows have, at most so many as a page is wide."""
    counts: dict[str, int] = {}
    for row in rows[:200]:
        for name in row.seen:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])[:_MOST_COLUMNS]


def _label(own: Indicator, name: str, language: Language) -> str:
    form, _, table = (own.table or "").partition("/")
    for one in forms():
        if one.form_id == form:
            for each in one.schema.tables:
                for column in each.columns:
                    if column.name == name and each.name == table and column.label:
                        return ByLanguage(column.label)[language]
    return name.replace("__", " · ").replace("_", " ")


def _shown(row: TracedRow, columns: Sequence[str], names: Names, language: Language) -> ShownRow:
    return ShownRow(
        adds="" if row.contribution is None else f"{row.contribution.normalize():f}",
        day=date_words(row.happened, language, short=True) if row.happened else "",
        cells=tuple(cell_words(row.seen.get(name), names, language) for name in columns),
        instance_id=row.instance_id,
    )


def cell_words(value: Any, names: Names, language: Language) -> str:
    """One answer in words; nothing where none was given."""
    match value:
        case None:
            return ""
        case bool():
            return said("yes" if value else "no", language)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return date_words(value, language, short=True)
        case Decimal():
            return f"{value.normalize():f}"
        case list() | tuple():
            return ", ".join(cell_words(one, names, language) for one in value)
        case Mapping():
            return ", ".join(f"{one}" for one in value.values())
    return names.of(str(value))


def _hidden(found: Trace, language: Language) -> str:
    if found.figure.status == "withheld" or found.withheld_rows is None:
        return said("rows_uncounted", language)
    return said("rows_hidden", language, count=found.withheld_rows) if found.withheld_rows else ""


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"
