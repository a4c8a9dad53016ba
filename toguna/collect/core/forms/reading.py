"""Bytes of a form in, its schema, XForm and every fault out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from toguna.collect.core.forms.book import Book
from toguna.collect.core.forms.build import build_schema
from toguna.collect.core.forms.checks import check_form, form_id_of
from toguna.collect.core.forms.columns import KNOWN
from toguna.collect.core.forms.compiled import compile_book, entity_paths, sampled
from toguna.collect.core.forms.csv_form import read_csv_form
from toguna.collect.core.forms.markdown import read_markdown
from toguna.collect.core.forms.problems import NO_SURVEY, NOT_A_WORKBOOK, NOT_TEXT, TOO_LARGE, WEB_PAGE
from toguna.collect.core.forms.survey import Form, understand
from toguna.collect.core.forms.workbooks import MOST_BYTES, XLS_MAGIC, read_workbook
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.rules import compile_rules
from toguna.kernel.api import Place, Problem, Refused, errors
from toguna.kernel.core.encodings import decode_utf
from toguna.kernel.core.ooxml import ZIP_MAGIC
from toguna.kernel.core.sniff import is_web_page


@dataclass(frozen=True, kw_only=True)
class ReadForm:
    """A form as read: schema and XForm when it has no errors, and what was found."""

    schema: Schema | None
    problems: tuple[Problem, ...]
    #: SHA-256 of the file's bytes.
    sha256: str
    #: What pyxform made of it; none of a form with errors, and of one whose lists are too long to be compiled for a check.
    compiled: str | None = None
    content: bytes = b""
    file: str = ""

    @property
    def is_good(self) -> bool:
        return self.schema is not None

    @cached_property
    def xform(self) -> str | None:
        """The XForm; none of a form with errors. Of a form with long lists it is made when it is asked for. Raises `Refused` as `read_form` would tell."""
        if self.schema is None or self.compiled is not None:
            return self.compiled
        compiled = compile_book(read_book(self.content, self.file), self.schema.form_id)
        if compiled.xform is None:
            raise Refused(*compiled.problems)
        return compiled.xform


def read_form(source: Path | bytes, name: str | None = None) -> ReadForm:
    """The form in a .md, .xlsx or .xls file, every fault found in one run. `name` is the file's, for places and the form's id.

    A content that was read before by this process is not read again. Raises `OSError` when the path cannot be opened.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        return _read(content, name or source.name)
    return _read(source, name or "form")


@contextmanager
def _without_collector() -> Iterator[None]:
    """The cyclic collector waits: it would walk again and again over the million objects of a long list of choices, and finds no garbage there."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_book(content: bytes, file: str) -> Book:
    """The sheets. Refuses what is too large, damaged, or no form at all."""
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 2**20:.0f}"
        raise Refused(TOO_LARGE.at(Place(file=file), size=size, most=MOST_BYTES // 2**20))
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        book = read_workbook(content, file)
    elif is_web_page(content):
        raise Refused(WEB_PAGE.at(Place(file=file)))
    else:
        book = _read_text(_text(content, file), file)
    if "survey" not in book.sheets or not any(True for _ in book.rows("survey")):
        found = ", ".join((*book.sheets, *book.others)) or "-"
        raise Refused(NO_SURVEY.at(Place(file=file), found=found[:200]))
    return book


@lru_cache(maxsize=128)
def _read(content: bytes, file: str) -> ReadForm:
    with _without_collector():
        return _read_and_checked(content, file)


def _read_and_checked(content: bytes, file: str) -> ReadForm:
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        book = read_book(content, file)
    except Refused as refused:
        return ReadForm(schema=None, problems=refused.problems, sha256=sha256)
    form = understand(book)
    problems = _with_unread(form, check_form(form))
    form_id = form_id_of(form)
    checked = sampled(book)
    compiled = compile_book(checked, form_id)
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
        return ReadForm(schema=None, problems=_in_order(problems), sha256=sha256)
    schema = build_schema(form, form_id, entity_paths(compiled.xform) if form.entities else {})
    problems += compile_rules(schema, file).problems
    told = _in_order(problems)
    if checked is not book:
        return ReadForm(schema=schema, problems=told, sha256=sha256, content=content, file=file)
    return ReadForm(schema=schema, problems=told, sha256=sha256, compiled=compiled.xform)


def _with_unread(form: Form, found: list[Problem]) -> list[Problem]:
    """What the checks found, and what reading found of cells that are used; a cell that could not be read has no other fault."""
    used = {
        (sheet, heading.header)
        for sheet, known in form.headings.items()
        for heading in known
        if sheet not in KNOWN or sheet == "choices" or heading.column in KNOWN[sheet] or "::" in heading.column
    }
    unread = [
        problem
        for problem in form.book.problems
        if problem.place.sheet is None or problem.place.row == 1 or (problem.place.sheet, problem.place.column) in used
    ]
    places = {problem.place for problem in unread if problem.is_error}
    return [*unread, *(problem for problem in found if problem.place not in places)]


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


def _read_text(text: str, file: str) -> Book:
    """A form written as Markdown tables or as one CSV."""
    readers = (read_csv_form, read_markdown) if file.lower().endswith(".csv") else (read_markdown, read_csv_form)
    books = [reader(text, file) for reader in readers]
    book = next((book for book in books if book.sheets), None) or next((book for book in books if book.others), None)
    if book is None:
        raise Refused(NOT_A_WORKBOOK.at(Place(file=file)))
    return book


def _text(content: bytes, file: str) -> str:
    try:
        return decode_utf(content)
    except UnicodeDecodeError as error:
        fault = NOT_TEXT.at(Place(file=file), byte=error.start)
        raise Refused(fault if b"\0" not in content[:1000] else NOT_A_WORKBOOK.at(Place(file=file))) from error
