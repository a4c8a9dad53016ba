"""A CSV as a table of texts: its encoding, its delimiter, and lines that are longer than the first."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from toguna.collect import problems
from toguna.collect.core.submissions.workbook import require_columns
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.encodings import marked_encoding, utf16_without_mark
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

_ENCODINGS = ("utf-8", "cp1252", "latin-1")
_DELIMITERS = ",;\t|"
#: How much of a ragged text, and how many of its lines, are looked at for its delimiter.
_HEAD, _LOOKED_AT = 65_536, 40
#: The first line with which Excel is told the delimiter.
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


def read_csv(content: bytes, name: str, *, ragged: bool = False) -> pl.DataFrame:
    """The cells; line 1 is row 0. Refuses what is no text or no table.

    Blank cells beyond the first line's are dropped, and filled ones refused; a `ragged` table is as wide as its widest line.
    """
    text = _decoded(content, name)
    told = _SEPARATOR.match(text)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = told[1] if told else _delimiter(text) if ragged else max(_DELIMITERS, key=first.count)
    if told:
        text = "\n" + text[told.end() :]
        first = text[1:].partition("\n")[0]
    require_columns(first.count(delimiter) + 1, Place(file=name or None))
    if ragged:
        first = max(text[:_HEAD].splitlines(), key=lambda line: line.count(delimiter), default="")
        require_columns(first.count(delimiter) + 1, Place(file=name or None))
    try:
        if told or (ragged and not text.startswith(first)):
            return _line_by_line(text, delimiter, name, ragged)
        return pl.read_csv(io.BytesIO(text.encode()), separator=delimiter, has_header=False, infer_schema=False)
    except pl.exceptions.PolarsError:
        return _line_by_line(text, delimiter, name, ragged)


def _delimiter(text: str) -> str:
    """The delimiter that most of the first lines have, and have most of: a title above the header has none."""
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_LOOKED_AT]
    return max(
        _DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )


def _line_by_line(text: str, delimiter: str, name: str, ragged: bool = False) -> pl.DataFrame:
    """The cells of a text whose lines differ in length: the first that holds any gives the width, or the widest of a ragged one."""
    place = Place(file=name or None)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str | None]] = []
    width = 0
    try:
        for row in lines:
            width = max(width, len(row)) if ragged else width or len(row)
            require_columns(width, place)
            if any(cell.strip() for cell in row[width:]):
                reason = f"line {lines.line_num} has {len(row)} columns, the first has {width}"
                raise Refused(problems.FILE_UNREADABLE.at(place, reason=reason))
            rows.append([cell or None for cell in row[:width]] + [None] * (width - len(row)))
    except csv.Error as error:
        raise Refused(problems.FILE_UNREADABLE.at(place, reason=f"line {lines.line_num}: {error}")) from error
    if not width:
        raise Refused(problems.FILE_UNREADABLE.at(place, reason="it is no table"))
    rows = [row + [None] * (width - len(row)) for row in rows]
    return pl.DataFrame(rows, schema={f"column_{at + 1}": pl.String for at in range(width)}, orient="row")


def _decoded(content: bytes, name: str) -> str:
    """The text: by its mark, as UTF-16 (Excel's "Unicode text"), as UTF-8, or in a Western code page."""
    marked = marked_encoding(content)
    utf16 = marked[0] if marked else utf16_without_mark(content)
    encodings = (utf16,) if utf16 else _ENCODINGS
    if utf16 is None and b"\x00" in content[:4096]:
        raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=name or None)))
    for encoding in encodings:
        try:
            return content[marked[1] if marked else 0 :].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=name or None)))
