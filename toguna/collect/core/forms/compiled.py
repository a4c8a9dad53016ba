"""pyxform's part: the XForm, and what pyxform says against a form, put in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from toguna.collect.core.forms.book import SHEETS, Book, Row
from toguna.collect.core.forms.columns import headings
from toguna.collect.core.forms.problems import PYXFORM_FAILED, PYXFORM_REFUSES, PYXFORM_WARNS
from toguna.kernel.api import Problem

#: The namespace of ``bind::tg:*``; the loader declares it, so that a form need not.
TG_NAMESPACE = "https://toguna.org/xforms"
_ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
_XFORMS = "{http://www.w3.org/2002/xforms}"
#: More choices than this are not all given to pyxform for a check, but so many of each list.
MANY_CHOICES, OF_EACH_LIST = 10_000, 100
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)' sheet|sheet '(\w+)'")
_COLUMN = re.compile(r"the '([^']+)' value")
#: What our own checks say better, in both languages.
_SAID = re.compile(
    r"has no label|should have a label|missing translation|case-insensitive match|following sheets with", re.I
)


@dataclass(frozen=True, kw_only=True)
class Compiled:
    xform: str | None
    problems: tuple[Problem, ...]


def compile_book(book: Book, stem: str) -> Compiled:
    """The XForm, or none and why. `stem` is the form's id where its settings give none, as pyxform has it."""
    warnings: list[str] = []
    try:
        xform = convert(_workbook(book, stem), warnings=warnings).xform
        _root(xform)
    except PyXFormError as error:
        return Compiled(xform=None, problems=(_placed(book, PYXFORM_REFUSES, str(error)),))
    except Exception as error:  # pyxform stumbles over some sheets, or writes what is no XML, instead of refusing them
        return Compiled(xform=None, problems=(PYXFORM_FAILED.at(book.at("survey"), reason=repr(error)[:200]),))
    kept = (text for text in warnings if not _SAID.search(text))
    return Compiled(xform=xform, problems=tuple(_placed(book, PYXFORM_WARNS, text) for text in kept))


def sampled(book: Book) -> Book:
    """The book with only the first choices of each list, where there are very many; the book itself otherwise.

    pyxform needs four times as long for a choice as all our own checks, which look at every one; it is left those that name a question.
    """
    sheet = book.sheets.get("choices")
    if sheet is None or len(sheet.rows) <= MANY_CHOICES:
        return book
    header = next((one.header for one in headings("choices", sheet.headers) if one.column == "list_name"), "")
    seen: Counter[str] = Counter()
    kept: list[Row] = []
    for row in sheet.rows:
        name = row.cells.get(header, "")
        seen[name] += 1
        if seen[name] <= OF_EACH_LIST or any("${" in cell for cell in row.cells.values()):
            kept.append(row)
    return replace(book, sheets={**book.sheets, "choices": replace(sheet, rows=tuple(kept))})


def entity_paths(xform: str) -> dict[str, tuple[str, ...]]:
    """For each entity list that the XForm declares, the steps from the instance's root to where its ``meta`` stands."""
    root = _root(xform)
    instance = next(root.iter(f"{_XFORMS}instance"), None)
    found: dict[str, tuple[str, ...]] = {}
    for entity in () if instance is None else instance.iter():
        if isinstance(entity.tag, str) and etree.QName(entity).localname == "entity" and entity.get("dataset"):
            steps = [etree.QName(node).localname for node in entity.iterancestors()]
            inside = steps[: steps.index("instance") - 1]
            found.setdefault(entity.get("dataset"), tuple(reversed(inside[1:])))
    return found


def _root(xform: str) -> Any:
    return etree.fromstring(xform.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _workbook(book: Book, stem: str) -> dict[str, Any]:
    """The book as pyxform takes it: rows by header, and row n of a sheet at place n - 2."""
    workbook: dict[str, Any] = {"sheet_names": [*book.sheets, *book.others], "fallback_form_name": stem}
    for name in SHEETS:
        if name in book.sheets:
            sheet = book.sheets[name]
            numbered = {row.number: dict(row.cells) for row in sheet.rows}
            workbook[name] = [numbered.get(number, {}) for number in range(2, max(numbered, default=1) + 1)]
            workbook[f"{name}_header"] = [dict.fromkeys(sheet.headers)] if sheet.headers else []
    if any("tg:" in header for header in (book.sheets["survey"].headers if "survey" in book.sheets else ())):
        _declare_namespace(workbook)
    return workbook


def _declare_namespace(workbook: dict[str, Any]) -> None:
    rows: list[dict[str, str]] = workbook.setdefault("settings", [])
    if not rows:
        rows.append({})
    first = rows[0]
    for column in [column for column in first if column.startswith("tg:")]:
        del first[column]
    first["namespaces"] = f'{first.get("namespaces", "")} tg="{TG_NAMESPACE}"'.strip()
    headers: Mapping[str, None] = (workbook.get("settings_header") or [{}])[0]
    workbook["settings_header"] = [
        {**{header: None for header in headers if not header.startswith("tg:")}, "namespaces": None}
    ]


def _placed(book: Book, fault: Any, text: str) -> Problem:
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    name = (sheet[1] or sheet[2]) if sheet else "survey"
    number = int(row[1]) if row else None
    found = (
        next((known for known in book.sheets[name].rows if known.number == number), None)
        if name in book.sheets
        else None
    )
    message = " ".join(_ROW.sub("", text).split())
    return fault.at(book.at(name, found, column and column[1]), message=message[:400])
