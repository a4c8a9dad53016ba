"""Reads a form written as one CSV: a line with a sheet's name, then its header and rows with the first cell blank, as pyxform does."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from toguna.collect.core.forms.book import SHEETS, Book, Row, Sheet

_DELIMITERS = ",;\t"
_Lines = list[tuple[int, list[str]]]


def read_csv_form(text: str, file: str) -> Book:
    """Never refuses: a text without sheets is a book without sheets."""
    sheets: dict[str, Sheet] = {}
    others: list[str] = []
    for title, lines in _sheets(text):
        name = title.lower()
        if name not in SHEETS:
            others.append(title)
        elif name not in sheets and lines:
            sheets[name] = _sheet(name, lines)
    return Book(file=file, sheets=sheets, others=tuple(others) if sheets else ())


def _sheets(text: str) -> Iterator[tuple[str, _Lines]]:
    title, lines = "", list[tuple[int, list[str]]]()
    for number, row in _rows(text):
        first, *cells = row
        if first:
            if title:
                yield title, lines
            title, lines = first, []
        if title and any(cells):
            lines.append((number, cells))
    if title:
        yield title, lines


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, stripped, with the line on which it begins."""
    sample = text[:4000]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=sample.count))
    line = 1
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = rows.line_num + 1
    except csv.Error:
        return


def _sheet(name: str, lines: _Lines) -> Sheet:
    header_line, headers = lines[0]
    rows = tuple(
        Row(
            number=number,
            line=line,
            cells={header: cell for header, cell in zip(headers, cells, strict=False) if header and cell},
        )
        for number, (line, cells) in enumerate(lines[1:], start=2)
    )
    return Sheet(name=name, headers=tuple(filter(None, headers)), header_line=header_line, rows=rows)
