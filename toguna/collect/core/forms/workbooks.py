"""Reads .xlsx and .xls in bounded memory; what claims to unpack to more than a form can hold is refused before it is unpacked.

A zip's own list of sizes is what is summed: `zipfile` never unpacks a part beyond the size that it declares.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import Any

import openpyxl
import xlrd

from toguna.collect.core.forms.book import SHEETS, Book, Row, Sheet
from toguna.collect.core.forms.problems import NOT_A_WORKBOOK, TOO_LARGE, TOO_MANY_CELLS, UNREADABLE
from toguna.kernel.api import Place, Refused

MOST_BYTES = 16 * 2**20
#: What all parts of an .xlsx may unpack to, pictures included, and one part that holds cells.
MOST_UNPACKED = 96 * 2**20
MOST_PART = 24 * 2**20
MOST_PARTS = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 512
#: So many empty rows in succession end a sheet, as in pyxform.
EMPTY_ROWS_END = 60

XLS_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"


def read_workbook(content: bytes, file: str) -> Book:
    """The book. Refuses what is no workbook, is damaged, or unpacks to more than a form can hold."""
    if content.startswith(ZIP_MAGIC):
        _refuse_bombs(content, file)
        titles = _xlsx
    elif content.startswith(XLS_MAGIC):
        titles = _xls
    else:
        raise Refused(NOT_A_WORKBOOK.at(Place(file=file)))
    sheets: dict[str, Sheet] = {}
    others: list[str] = []
    try:
        found = list(titles(content))
        for title, values in found:
            name = title.strip().lower()
            if name not in SHEETS and len(found) == 1:
                name = "survey"
            if name not in SHEETS:
                others.append(title)
            elif name not in sheets:
                sheets[name] = _sheet(name, values, file)
    except Refused:
        raise
    except Exception as error:  # both libraries raise whatever a damaged file makes them stumble over
        raise Refused(UNREADABLE.at(Place(file=file), reason=str(error)[:200] or type(error).__name__)) from error
    return Book(file=file, sheets=sheets, others=tuple(others))


def _refuse_bombs(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused(UNREADABLE.at(Place(file=file), reason=str(error)[:200])) from error
    cells = [part.file_size for part in parts if not part.filename.startswith("xl/media/")]
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or max(cells, default=0) > MOST_PART:
        raise Refused(TOO_LARGE.at(Place(file=file), size=f"{unpacked / 2**20:.0f}", most=MOST_PART // 2**20))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Refused(NOT_A_WORKBOOK.at(Place(file=file)))


def _xlsx(content: bytes) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        # The extent that a sheet declares may be wrong or hostile: rows are read as they come.
        sheet.reset_dimensions()
        yield sheet.title, sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)


def _xls(content: bytes) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
    with open(os.devnull, "w") as silence:  # noqa: PTH123  (xlrd writes its remarks to a stream)
        book = xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=silence)
    for sheet in book.sheets():
        yield sheet.name, _xls_rows(sheet, book.datemode)


def _xls_rows(sheet: Any, datemode: int) -> Iterator[list[Any]]:
    return ([_xls_value(cell, datemode) for cell in sheet.row(number)] for number in range(sheet.nrows))


def _xls_value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        year, month, day, *clock = xlrd.xldate_as_tuple(cell.value, datemode)
        return datetime(year, month, day, *clock) if year else time(*clock)
    return None if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _sheet(name: str, values: Iterable[Sequence[Any]], file: str) -> Sheet:
    rows = iter(values)
    headers = [" ".join(_text(value).split()) for value in next(rows, ())]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise Refused(TOO_MANY_CELLS.at(Place(file=file, sheet=name), rows=MOST_ROWS, columns=MOST_COLUMNS))
    read: list[Row] = []
    empty = 0
    for number, row in enumerate(rows, start=2):
        cells = {
            header: text
            for header, value in zip(headers, row, strict=False)
            if header and value is not None and (text := _text(value))
        }
        empty = 0 if cells else empty + 1
        if empty > EMPTY_ROWS_END:
            break
        if number > MOST_ROWS:
            raise Refused(TOO_MANY_CELLS.at(Place(file=file, sheet=name), rows=MOST_ROWS, columns=MOST_COLUMNS))
        read.append(Row(number=number, cells=cells))
    while read and not read[-1].cells:
        read.pop()
    return Sheet(name=name, headers=tuple(filter(None, headers)), rows=tuple(read))


def _text(value: Any) -> str:
    """A cell as text, in the writing that pyxform gives it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
    return str(value).replace("\u00a0", " ").strip()
