"""Every check of a form, in one run; pyxform's own come after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from toguna.collect.core.forms.book import SHEETS
from toguna.collect.core.forms.check_choices import check_choices
from toguna.collect.core.forms.check_entities import check_entities
from toguna.collect.core.forms.check_expressions import check_expressions
from toguna.collect.core.forms.check_parameters import check_parameters
from toguna.collect.core.forms.check_survey import check_survey
from toguna.collect.core.forms.check_tg import check_tg
from toguna.collect.core.forms.columns import KNOWN, TG, language_code
from toguna.collect.core.forms.nearest import as_name, did_you_mean, nearest
from toguna.collect.core.forms.problems import (
    DATE_UNKNOWN,
    FORM_ID_INVALID,
    FORM_ID_MISSING,
    HEADER_MISSING,
    HEADER_MISSPELT,
    HEADER_TWICE,
    LANGUAGE_MISSING,
    LANGUAGE_UNKNOWN,
    SHEET_MISSPELT,
    TG_UNKNOWN,
    VERSION_MISSING,
)
from toguna.collect.core.forms.survey import Form
from toguna.kernel.api import Place, Problem

#: What ODK allows as a form's id, but for what no file, URL or column of ours could hold.
FORM_ID = re.compile(r"[^\x00-\x1f\x7f/\\\u2028\u2029]{1,100}")
_NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name"), "entities": ("list_name",)}


def check_form(form: Form) -> list[Problem]:
    """Every fault of ours."""
    checks = (
        _sheets, _headers, check_survey, check_parameters, check_expressions, check_choices, check_tg, check_entities,
        _settings,
    )  # fmt: skip
    return list(chain.from_iterable(check(form) for check in checks))


def form_id_of(form: Form) -> str:
    """The form_id of its settings, else one made of the file's name."""
    given = form.settings.get("form_id") if form.settings else None
    return given or as_name(PurePath(form.book.file).stem)


def _sheets(form: Form) -> Iterator[Problem]:
    for title in form.book.others:
        found = nearest(title, set(SHEETS) - set(form.book.sheets), cutoff=0.75)
        if found and not title.startswith("_"):
            yield SHEET_MISSPELT.at(Place(file=form.book.file, sheet=title), sheet=title, nearest=found)


def _headers(form: Form) -> Iterator[Problem]:
    for sheet, found in form.headings.items():
        seen: dict[tuple[str, str | None], str] = {}
        for heading in found:
            meaning = heading.column, heading.language_name
            if meaning in seen:
                place = form.book.at(sheet, column=heading.header)
                yield HEADER_TWICE.at(place, first=seen[meaning], second=heading.header)
            seen.setdefault(meaning, heading.header)
            yield from _header_used(form, sheet, heading.column, heading.header)
        columns = {heading.column for heading in found}
        if any(True for _ in form.book.rows(sheet)):
            for column in _NEEDED.get(sheet, ()):
                if column not in columns:
                    yield HEADER_MISSING.at(form.book.at(sheet), column=column)


def _header_used(form: Form, sheet: str, column: str, header: str) -> Iterator[Problem]:
    place = form.book.at(sheet, column=header)
    if sheet == "survey" and "tg:" in column:
        if column.removeprefix("bind::") not in TG or not column.startswith("bind::"):
            right = nearest(column.removeprefix("bind::"), TG) or TG[0]
            yield TG_UNKNOWN.at(place, column=header, nearest=f"bind::{right}")
    elif sheet in KNOWN and column not in KNOWN[sheet] and "::" not in column:
        # A column of one's own is allowed; of the choices sheet it serves choice_filter.
        found = nearest(column, KNOWN[sheet], cutoff=0.8)
        if found and sheet != "choices":
            yield HEADER_MISSPELT.at(place, column=header, nearest=found)


def _settings(form: Form) -> Iterator[Problem]:
    entry = form.settings
    at = form.book.at("settings", entry.row if entry else None)
    place = at if at.row else Place(file=form.book.file, sheet="settings")
    form_id = form_id_of(form)
    if not (entry and entry.get("form_id")):
        yield FORM_ID_MISSING.at(place, form_id=form_id)
    elif not FORM_ID.fullmatch(form_id):
        yield FORM_ID_INVALID.at(form.at(entry, "form_id"), form_id=form_id, nearest=as_name(form_id))
    if not (entry and entry.get("version")):
        yield VERSION_MISSING.at(place)
    names = list(dict.fromkeys(h.language_name for found in form.headings.values() for h in found if h.language_name))
    given = entry.get("default_language") if entry else None
    if entry and given and names and language_code(given) not in map(language_code, names):
        yield LANGUAGE_UNKNOWN.at(form.at(entry, "default_language"), language=given, nearest=" / ".join(names))
    elif not given and len(names) > 1:
        yield LANGUAGE_MISSING.at(place, nearest=names[0])
    dated = entry.get("tg:date") if entry else None
    if entry and dated:
        dates = [
            node.name for node in form.nodes if node.type.column in ("date", "datetime") and not node.container().parent
        ]
        if dated not in dates:
            otherwise = ("Name a date or dateTime question.", "Nommez une question date ou dateTime.")
            yield DATE_UNKNOWN.at(form.at(entry, "tg:date"), name=dated, **did_you_mean(dated, dates, otherwise))
