"""A form in any of its writings, as an .xlsx for people."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

import xlsxwriter

from toguna.collect.core.forms.book import SHEETS, Book, Sheet

_WIDEST = 60


def export_xlsx(book: Book) -> bytes:
    """The same sheets, columns and rows; it reads back as the same form."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        header = workbook.add_format({"bold": True, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"})
        body = workbook.add_format({"text_wrap": True, "valign": "top"})
        for name in SHEETS:
            if name in book.sheets:
                _write(workbook.add_worksheet(name), book.sheets[name], header, body)
    return content.getvalue()


def _write(worksheet: Any, sheet: Sheet, header: Any, body: Any) -> None:
    at = {name: number for number, name in enumerate(sheet.headers)}
    for name, column in at.items():
        widths = (len(line) for text in chain([name], _texts(sheet, name)) for line in text.splitlines() or [""])
        worksheet.set_column(column, column, min(max(widths, default=8) + 2, _WIDEST))
        worksheet.write_string(0, column, name, header)
    for row in sheet.rows:
        for name, text in row.cells.items():
            worksheet.write_string(row.number - 1, at[name], text, body)
    worksheet.freeze_panes(1, 0)


def _texts(sheet: Sheet, name: str) -> Iterator[str]:
    return (row.cells[name] for row in sheet.rows if name in row.cells)
