"""A partner's own workbook with its faults marked: a column, a comment on each cell, a first sheet that sums up. Styles stay as they were.

Formulas become the values that they showed, links to other files go, macros are not kept: the file that goes back runs nothing. What openpyxl
cannot open (a CSV, an .xls, a damaged style) is written anew from its cells.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toguna.collect.core.submissions.workbook import ZIP_MAGIC
from toguna.intake.core.cells import FileSheets
from toguna.intake.core.header import TO_CORRECT
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = library("openpyxl")

_comments = library("openpyxl.comments")
_cells = library("openpyxl.cell.cell")
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL, _LONGEST_COMMENT = 32_000, 1_000
_AUTHOR = "Toguna"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One fault: the row of the sheet, the column from 1 (0 where none is known), the column's name, the value, what is wrong and what to do."""

    row: int
    column: int
    header: str
    value: str
    text: str


def marked_workbook(
    content: bytes,
    sheets: FileSheets,
    sheet: str,
    header_row: int,
    marks: Sequence[Mark],
    summary: Sequence[Sequence[str]],
    title: str,
) -> bytes:
    """The .xlsx to send back. `header_row`: from 1; `summary`: the rows of the first sheet, named `title`."""
    book = _opened(content) or _written_anew(sheets)
    own = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
    column = max(own.max_column, max((mark.column for mark in marks), default=0)) + 1
    _put(own, header_row, column, TO_CORRECT)
    by_row: dict[int, list[str]] = {}
    for mark in marks:
        by_row.setdefault(mark.row, []).append(f"{mark.header}: {mark.text}" if mark.header else mark.text)
        if mark.column:
            _comment(own, mark.row, mark.column, mark.text)
    for row, texts in by_row.items():
        _put(own, row, column, "\n".join(texts))
    own.column_dimensions[_cells.get_column_letter(column)].width = 60
    first = book.create_sheet(title, 0)
    first.column_dimensions["A"].width = 12
    first.column_dimensions["B"].width = 30
    first.column_dimensions["D"].width = 90
    for number, line in enumerate(summary, start=1):
        for at, text in enumerate(line, start=1):
            _put(first, number, at, text)
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _opened(content: bytes) -> Any:
    """The workbook with values in place of formulas; none where openpyxl cannot open it."""
    if not content.startswith(ZIP_MAGIC):
        return None
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, keep_vba=False)
        shown = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, data_only=True)
    except Exception:  # a file that a program wrote carelessly makes openpyxl raise whatever it stumbles over
        return None
    for sheet in book.worksheets:
        _without_formulas(sheet, shown[sheet.title])
    book.defined_names.clear()
    return book


def _without_formulas(sheet: Any, shown: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                value = shown.cell(cell.row, cell.column).value
                cell.value = None
                if value is not None:
                    _put(sheet, cell.row, cell.column, value)
            elif isinstance(cell.value, str) and cell.value.startswith(_STARTS):
                _put(sheet, cell.row, cell.column, cell.value)
            if getattr(cell, "hyperlink", None) is not None:
                cell.hyperlink = None


def _written_anew(sheets: FileSheets) -> Any:
    """A workbook of the cells alone."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, name in enumerate(sheets.names, start=1):
        own = sheets.sheet(name)
        sheet = book.create_sheet(name or str(number))
        for row, cells in enumerate(own.cells.iter_rows(), start=1):
            for at, text in enumerate(cells):
                if text:
                    _put(sheet, row, own.left + at, text)
    return book


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """Write a value that nothing runs: a text stays a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, _cells.MergedCell):
        return
    if not isinstance(value, str):
        cell.value = value
        return
    plain = "".join(letter for letter in value if letter.isprintable() or letter == "\n")[:_LONGEST_CELL]
    cell.value = plain
    if plain.lstrip(" ").startswith(_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True


def _comment(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    for merged in sheet.merged_cells.ranges if isinstance(cell, _cells.MergedCell) else ():
        if cell.coordinate in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    if isinstance(cell, _cells.MergedCell):
        return
    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = _comments.Comment((before + text)[:_LONGEST_COMMENT], _AUTHOR, height=120, width=320)
