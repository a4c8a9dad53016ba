"""A quick reading of large sheets: those whose cells are written in the one plain way in which Excel, LibreOffice and most programs write them.

It reads nothing that it does not fully recognise: where one cell of a part is written in another way (a formula, an error, an inline string, a prefix), the
whole part is left to the parser of XML, which reads everything and is five times as slow. Both give the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from openpyxl.utils.escape import unescape as unescape_control

#: Parts below this size are parsed: nobody waits for them.
LARGE = 2**20
#: Parts above it are parsed as they unpack, so that memory stays small.
LARGEST = 64 * 2**20

_DATA = re.compile(rb"<sheetData>(.*)</sheetData>", re.S)
_ROW = re.compile(rb"<row((?: [\w:.]+=\"[^\"<]*\")*)\s*(?:/>|>(.*?)</row>)", re.S)
_NUMBER = re.compile(rb' r="(\d+)"')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="([sbn])")?\s*(?:/>|>(?:<v>([^<&]*)</v>|<v\s*/>)?</c>)'
)
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')
_UTF8 = re.compile(rb'(?:\xef\xbb\xbf)?<\?xml version="1.0" encoding="(?:UTF|utf)-8"')

#: A row's number and its values by column, both from 1.
Rows = list[tuple[int, dict[int, Any]]]


def _is_plain(part: bytes) -> bool:
    """Whether its bytes mean what they look like: UTF-8, no document type, comment, section, numbered character or carriage return."""
    return _UTF8.match(part) is not None and not any(mark in part[60:] for mark in (b"<!", b"<?", b"&#", b"\r"))


def plain_strings(part: bytes) -> list[str] | None:
    """The shared strings; none where one of them is not a single plain text."""
    found = _STRING.findall(part)
    if not _is_plain(part) or len(found) != part.count(b"<si"):
        return None
    try:
        text = b"\0".join(found).decode()
    except UnicodeDecodeError:
        return None
    strings = (unescape(text) if "&" in text else text).split("\0") if found else []
    return [unescape_control(one) if "_x" in one else one for one in strings] if "_x" in text else strings


def plain_rows(
    part: bytes,
    strings: Callable[[], list[str]],
    number: Callable[[str, str], Any],
    column: Callable[[str], int],
    most: int,
) -> Rows | None:
    """The rows; none where a cell or row is written otherwise. `number` gives the value of a number in a style, `most` the last column."""
    data = _DATA.search(part)
    if data is None or not _is_plain(part) or data[1].count(b"<row") != data[1].count(b"<row "):
        return None
    rows: Rows = []
    for attributes, inside in _ROW.findall(data[1]):
        cells = _CELL.findall(inside)
        written = _NUMBER.search(attributes)
        if written is None or len(cells) != inside.count(b"<c"):
            return None
        rows.append(
            (int(written[1]), {at: value for at, value in _values(cells, strings(), number, column) if at <= most})
        )
    return rows if len(rows) == data[1].count(b"<row ") else None


def _values(
    cells: list[tuple[bytes, bytes, bytes, bytes]],
    strings: list[str],
    number: Callable[[str, str], Any],
    column: Callable[[str], int],
) -> Iterator[tuple[int, Any]]:
    for letters, style, kind, written in cells:
        if written == b"":
            continue
        at = column(letters.decode())
        if kind == b"s":
            nth = int(written) if written.isdigit() else len(strings)
            if nth < len(strings):
                yield at, strings[nth]
        elif kind == b"b":
            yield at, written.strip() in (b"1", b"true")
        else:
            yield at, number(written.decode(), style.decode() or "0")
