"""Reads .xlsx and .xls in bounded memory; what claims to unpack to more than a form can hold is refused before it is unpacked.

A zip's own list of sizes is what is summed: `zipfile` never unpacks a part beyond the size that it declares.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

import xlrd

from toguna.collect.core.forms.book import SHEETS, Book, Row, Sheet
from toguna.collect.core.forms.problems import (
    CELL_ERROR,
    CELLS_MERGED,
    FORMULA_WITHOUT_VALUE,
    NOT_A_WORKBOOK,
    PASSWORD,
    TOO_LARGE,
    TOO_MANY_CELLS,
    UNREADABLE,
)
from toguna.collect.core.forms.worksheets import NOT_CALCULATED, CellError, MergedRange, XlsxFile, cell_name
from toguna.kernel.api import Place, Problem, Refused
from toguna.kernel.core.ooxml import ZIP_MAGIC, Limits, Package, PackageTooLarge

MOST_BYTES = 16 * 2**20
#: What all parts of an .xlsx may unpack to, pictures included, and one part that holds cells.
MOST_UNPACKED = 128 * 2**20
MOST_PART = 64 * 2**20
MOST_PARTS = 2_000
#: A list of all villages of a country is a form's largest sheet.
MOST_ROWS = 250_000
MOST_COLUMNS = 512
#: So many empty rows in succession end a sheet, as in pyxform.
EMPTY_ROWS_END = 60

XLS_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The stream in which Office keeps a workbook under a password, as an OLE file names it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LIMITS = Limits(parts=MOST_PARTS, unpacked=MOST_UNPACKED, part=MOST_PART)
_SPACES = re.compile(r"\s+")

#: A row's number and its values, both from 1; a cell that cannot be read as text is a `CellError` or `NOT_CALCULATED`.
Rows = Iterable[tuple[int, dict[int, Any]]]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A sheet as its file has it."""

    title: str
    rows: Rows
    merged: Sequence[MergedRange] = ()


def read_workbook(content: bytes, file: str) -> Book:
    """The book. Refuses what is no workbook, is damaged, under a password, or unpacks to more than a form can hold."""
    place = Place(file=file)
    if content.startswith(ZIP_MAGIC):
        found = _xlsx
    elif is_under_password(content):
        raise Refused(PASSWORD.at(place))
    elif content.startswith(XLS_MAGIC):
        found = _xls
    else:
        raise Refused(NOT_A_WORKBOOK.at(place))
    try:
        return _book(list(found(content)), file)
    except Refused:
        raise
    except PackageTooLarge as large:
        size = large.found / 2**20 if large.what != "parts" else len(content) / 2**20
        raise Refused(TOO_LARGE.at(place, size=f"{size:.0f}", most=MOST_PART // 2**20)) from large
    except _NotAWorkbook as error:
        raise Refused(NOT_A_WORKBOOK.at(place)) from error
    except Exception as error:  # xlrd raises whatever a damaged file makes it stumble over
        raise Refused(UNREADABLE.at(place, reason=str(error)[:200] or type(error).__name__)) from error


def is_under_password(content: bytes) -> bool:
    """Whether it is a workbook that Office encrypted."""
    return content.startswith(XLS_MAGIC) and _ENCRYPTED in content


class _NotAWorkbook(Exception):
    """A zip of another kind."""


def _book(found: Sequence[_Found], file: str) -> Book:
    sheets: dict[str, Sheet] = {}
    others: list[str] = []
    problems: list[Problem] = []
    for one in found:
        name = one.title.strip().lower()
        if name not in SHEETS and len(found) == 1:
            name = "survey"
        if name not in SHEETS:
            others.append(one.title)
        elif name not in sheets:
            reading = _SheetReading(name=name, place=Place(file=file, sheet=name))
            sheets[name] = reading.sheet(one)
            problems += reading.problems
    return Book(file=file, sheets=sheets, others=tuple(others), problems=tuple(problems))


def _xlsx(content: bytes) -> Iterator[_Found]:
    package = Package(content, _LIMITS)
    if not any(name.endswith("workbook.xml") for name in package.sizes):
        raise _NotAWorkbook
    book = XlsxFile(package)
    for title in book.sheet_parts:
        is_read = title.strip().lower() in SHEETS or len(book.sheet_parts) == 1
        rows = book.rows(title, MOST_COLUMNS + 1) if is_read else ()
        yield _Found(title=title, rows=rows, merged=book.merged(title) if is_read else ())


def _xls(content: bytes) -> Iterator[_Found]:
    with open(os.devnull, "w") as silence:  # noqa: PTH123  (xlrd writes its remarks to a stream)
        book = open_xls(content, silence)
    for sheet in book.sheets():
        merged = [
            MergedRange(first_row=top + 1, last_row=bottom, first_column=left + 1, last_column=right)
            for top, bottom, left, right in sheet.merged_cells
        ]
        yield _Found(title=sheet.name, rows=_xls_rows(sheet, book.datemode), merged=merged)


def open_xls(content: bytes, remarks: Any) -> Any:
    """The workbook as xlrd reads it, with its merged cells unless its formats are damaged."""
    try:
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=remarks, formatting_info=True)
    except Exception:  # any damage in fonts or colours, which nobody needs here
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=remarks)


def _xls_rows(sheet: Any, datemode: int) -> Rows:
    for number in range(sheet.nrows):
        row = sheet.row(number)
        yield (
            number + 1,
            {at: value for at, cell in enumerate(row, start=1) if (value := _xls_value(cell, datemode)) is not None},
        )


def _xls_value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        year, month, day, *clock = xlrd.xldate_as_tuple(cell.value, datemode)
        return datetime(year, month, day, *clock) if year else time(*clock)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


@dataclass(kw_only=True)
class _SheetReading:
    """One sheet while it is read."""

    name: str
    place: Place
    headers: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def sheet(self, found: _Found) -> Sheet:
        read: list[Row] = []
        last = 1
        for number, values in found.rows:
            if number == 1:
                self.headers = self._headers(values)
                continue
            cells = self._cells(number, values)
            if number - last > EMPTY_ROWS_END + 1:
                break
            if number > MOST_ROWS:
                raise Refused(TOO_MANY_CELLS.at(self.place, rows=MOST_ROWS, columns=MOST_COLUMNS))
            if cells:
                read += (Row(number=blank, cells={}) for blank in range(last + 1, number))
                read.append(Row(number=number, cells=cells))
                last = number
        self._merged(found.merged, read)
        return Sheet(name=self.name, headers=tuple(self.headers.values()), rows=tuple(read))

    def _headers(self, values: dict[int, Any]) -> dict[int, str]:
        headers = {at: text for at, value in sorted(values.items()) if (text := self._header(at, value))}
        if max(headers, default=0) > MOST_COLUMNS:
            raise Refused(TOO_MANY_CELLS.at(self.place, rows=MOST_ROWS, columns=MOST_COLUMNS))
        return headers

    def _header(self, column: int, value: Any) -> str:
        if isinstance(value, CellError) or value is NOT_CALCULATED:
            self._unread(1, cell_name(1, column), value)
            return ""
        return _SPACES.sub(" ", _text(value)).strip()

    def _cells(self, number: int, values: dict[int, Any]) -> dict[str, str]:
        cells: dict[str, str] = {}
        for at, value in values.items():
            header = self.headers.get(at)
            if header is None:
                continue
            if isinstance(value, CellError) or value is NOT_CALCULATED:
                self._unread(number, header, value)
                cells[header] = value.text if isinstance(value, CellError) else "#FORMULA!"
            elif text := _text(value):
                cells[header] = text
        return cells

    def _unread(self, number: int, column: str, value: Any) -> None:
        place = Place(file=self.place.file, sheet=self.name, row=number, column=column)
        if isinstance(value, CellError):
            self.problems.append(CELL_ERROR.at(place, error=value.text))
        else:
            self.problems.append(FORMULA_WITHOUT_VALUE.at(place))

    def _merged(self, merged: Sequence[MergedRange], read: Sequence[Row]) -> None:
        """Those that leave a cell below a header blank. A range that is empty, or beside the table, costs nothing."""
        rows = {row.number: row for row in read}
        for one in merged:
            columns = [at for at in range(one.first_column, one.last_column + 1) if at in self.headers]
            first = rows.get(one.first_row)
            header = self.headers.get(one.first_column, "")
            value = header if one.first_row == 1 else first.cells.get(header, "") if first else ""
            covers = len(columns) > 1 or (columns and one.last_row > max(one.first_row, 1))
            if value and covers:
                place = Place(file=self.place.file, sheet=self.name, row=one.first_row, column=header)
                self.problems.append(CELLS_MERGED.at(place, cells=str(one), value=value[:80]))


def _text(value: Any) -> str:
    """A cell as text, in the writing that pyxform gives it."""
    if type(value) is str:
        return value.replace("\u00a0", " ").strip()
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
    return str(value).replace("\u00a0", " ").strip()
