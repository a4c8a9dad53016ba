"""Workbooks for tests, each as two writers write it: xlsxwriter (shared strings, as Excel) and openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter

Sheets = Mapping[str, Sequence[Sequence[Any]]]
Merged = Mapping[str, Sequence[str]]
Writer = Callable[..., bytes]


def by_xlsxwriter(sheets: Sheets, merged: Merged | None = None) -> bytes:
    """A text that begins with ``=`` is a formula; a pair is a formula with its result."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for ref in (merged or {}).get(name, ()):
                sheet.merge_range(ref, "")
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, tuple):
                        sheet.write_formula(at, column, value[0], None, value[1])
                    elif value is not None:
                        sheet.write(at, column, value)
    return content.getvalue()


def by_openpyxl(sheets: Sheets, merged: Merged | None = None) -> bytes:
    """The same. openpyxl writes no result of a formula; an error result is written as an error cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(at, column, value[1] if isinstance(value, tuple) else value)
        for ref in (merged or {}).get(name, ()):
            sheet.merge_cells(ref)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


WRITERS: tuple[Writer, ...] = (by_xlsxwriter, by_openpyxl)


def changed(content: bytes, part: str, pattern: str, written: str) -> bytes:
    """The workbook with one part's text changed, which must be there."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == part:
                replaced = re.sub(pattern, written, text.decode(), flags=re.S)
                assert replaced != text.decode(), pattern
                text = replaced.encode()
            new.writestr(entry.filename, text)
    return made.getvalue()
