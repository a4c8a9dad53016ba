"""Bytes of a form in, its schema, XForm and every fault out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toguna.collect.core.forms.book import Book
from toguna.collect.core.forms.build import build_schema
from toguna.collect.core.forms.checks import check_form, form_id_of
from toguna.collect.core.forms.compiled import compile_book, entity_paths
from toguna.collect.core.forms.markdown import read_markdown
from toguna.collect.core.forms.problems import NO_SURVEY, NOT_A_WORKBOOK, NOT_TEXT, TOO_LARGE
from toguna.collect.core.forms.survey import understand
from toguna.collect.core.forms.workbooks import MOST_BYTES, XLS_MAGIC, ZIP_MAGIC, read_workbook
from toguna.collect.core.schema import Schema
from toguna.kernel.api import Place, Problem, Refused, errors


@dataclass(frozen=True, kw_only=True)
class ReadForm:
    """A form as read: schema and XForm when it has no errors, and what was found."""

    schema: Schema | None
    xform: str | None
    problems: tuple[Problem, ...]
    #: SHA-256 of the file's bytes.
    sha256: str

    @property
    def is_good(self) -> bool:
        return self.schema is not None


def read_form(source: Path | bytes, name: str | None = None) -> ReadForm:
    """The form in a .md, .xlsx or .xls file, every fault found in one run. `name` is the file's, for places and the form's id.

    A content that was read before by this process is not read again. Raises `OSError` when the path cannot be opened.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        return _read(content, name or source.name)
    return _read(source, name or "form")


def read_book(content: bytes, file: str) -> Book:
    """The sheets. Refuses what is too large, damaged, or no form at all."""
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 2**20:.0f}"
        raise Refused(TOO_LARGE.at(Place(file=file), size=size, most=MOST_BYTES // 2**20))
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        book = read_workbook(content, file)
    else:
        book = read_markdown(_text(content, file), file)
        if not book.sheets and not book.others:
            raise Refused(NOT_A_WORKBOOK.at(Place(file=file)))
    if "survey" not in book.sheets or not any(True for _ in book.rows("survey")):
        found = ", ".join((*book.sheets, *book.others)) or "-"
        raise Refused(NO_SURVEY.at(Place(file=file), found=found[:200]))
    return book


@lru_cache(maxsize=128)
def _read(content: bytes, file: str) -> ReadForm:
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        book = read_book(content, file)
    except Refused as refused:
        return ReadForm(schema=None, xform=None, problems=refused.problems, sha256=sha256)
    form = understand(book)
    problems = check_form(form)
    form_id = form_id_of(form)
    compiled = compile_book(book, form_id)
    ours = {(problem.place.sheet, problem.place.row) for problem in errors(problems)}
    known = bool(ours)
    problems += [
        problem
        for problem in compiled.problems
        if not known
        or not problem.is_error
        or ((problem.place.row or 1) > 1 and (problem.place.sheet, problem.place.row) not in ours)
    ]
    if errors(problems) or compiled.xform is None:
        return ReadForm(schema=None, xform=None, problems=_in_order(problems), sha256=sha256)
    schema = build_schema(form, form_id, entity_paths(compiled.xform) if form.entities else {})
    return ReadForm(schema=schema, xform=compiled.xform, problems=_in_order(problems), sha256=sha256)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    sheets = ("survey", "choices", "entities", "settings")
    return tuple(
        sorted(
            problems,
            key=lambda found: (
                sheets.index(found.place.sheet) if found.place.sheet in sheets else 9,
                found.place.row or 0,
            ),
        )
    )


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = NOT_TEXT.at(Place(file=file), byte=error.start)
        raise Refused(fault if b"\0" not in content[:1000] else NOT_A_WORKBOOK.at(Place(file=file))) from error
