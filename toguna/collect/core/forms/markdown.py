"""Reads a form written as Markdown tables, as pyxform does, and keeps the lines.

A row whose first cell is filled names the sheet; the next row (or the rest of that one) is its header; a rule of dashes, a line that
begins with ``#`` and any line that is no table row are passed over. ``\\|`` is a bar inside a cell. A row that lacks its first or
last bar is reported: pyxform loses the row or its last cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toguna.collect.core.forms.book import SHEETS, Book, Row, Sheet
from toguna.collect.core.forms.problems import ROW_NOT_CLOSED
from toguna.kernel.api import Place, Problem

_ROW = re.compile(r"\s*\|(.*)\|\s*(?:#[^|]*)?")
_RULE = re.compile(r"[\s|:-]*")
_BAR = re.compile(r"(?<!\\)\|")


def read_markdown(text: str, file: str) -> Book:
    """Never refuses: a text without tables is a book without sheets."""
    sheets: dict[str, Sheet] = {}
    others: list[str] = []
    for title, lines in _tables(text):
        name = title.lower()
        if name not in SHEETS:
            others.append(title)
        elif name not in sheets and lines:
            sheets[name] = _sheet(name, lines)
    open_rows = tuple(_open_rows(text, file)) if sheets else ()
    return Book(file=file, sheets=sheets, others=tuple(others), problems=open_rows)


def _open_rows(text: str, file: str) -> Iterator[Problem]:
    """Each line that is a row of a table but for its first or last bar."""
    in_table = False
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        is_row = _ROW.fullmatch(line) is not None
        if not is_row and not bare.startswith("#") and (bare.startswith("|") or (in_table and _BAR.search(bare))):
            yield ROW_NOT_CLOSED.at(Place(file=file, line=number), row=bare[:80])
        elif not bare.startswith("#"):
            in_table = is_row


def _tables(text: str) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Each sheet's title with its (line, cells)."""
    title: str | None = None
    lines: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = None if line.lstrip().startswith("#") else _ROW.fullmatch(line)
        if match is None or _RULE.fullmatch(match[1]):
            continue
        first, *cells = (cell.strip().replace(r"\|", "|") for cell in _BAR.split(match[1]))
        if first:
            if title is not None:
                yield title, lines
            title, lines = first, []
        if title is not None and any(cells):
            lines.append((number, cells))
    if title is not None:
        yield title, lines


def _sheet(name: str, lines: list[tuple[int, list[str]]]) -> Sheet:
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
