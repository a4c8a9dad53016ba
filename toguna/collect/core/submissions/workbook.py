"""The guard of every spreadsheet of filled forms: what would unpack to more than one holds is refused before it is read.

Two traps. A part may unpack to a thousand times its size: the archive's own list of sizes is summed, and `zipfile` never unpacks beyond
it. And a reader makes room for every cell between the first and the last: two cells in far corners are a small file and a
huge table, so the sheets' cell names are looked through as they unpack.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from toguna.collect import problems
from toguna.kernel.api import Place, Problem, Refused

ZIP_MAGIC = b"PK\x03\x04"
XLS_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: What the parts of a workbook may unpack to together, and how far they may have been packed; small ones as far as they like.
MOST_UNPACKED = 512 * 2**20
MOST_RATIO = 60
FREE = 16 * 2**20
MOST_PARTS = 2_000
MOST_COLUMNS = 1_000
#: Cells between the first and the last of a sheet.
MOST_CELLS = 40_000_000

#: A cell in a column past Z; the letters are what is asked for.
_WIDE = re.compile(rb"""r=["']([A-Z]{2,})\d""")
_ROW = re.compile(rb"""<row[^>]*?\sr=["'](\d+)""")
_CHUNK = 2**20
#: What of two portions is looked through together: a row or cell name may stand across.
_SEAM = 256


def refuse_bombs(content: bytes, name: str) -> None:
    """Refuse an .xlsx that is no archive, unpacks to too much, or spans too many columns or cells."""
    place = Place(file=name or None)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS:
                raise Refused(_too_large(place, "parts", len(parts), MOST_PARTS))
            most = min(MOST_UNPACKED, max(FREE, MOST_RATIO * len(content)))
            if unpacked > most:
                megabytes = 2**20
                raise Refused(
                    _too_large(place, "unpacked", unpacked // megabytes, most // megabytes),
                )
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _look_through(archive, part, place)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(problems.FILE_UNREADABLE.at(place, reason=str(error)[:200] or type(error).__name__)) from error


def require_columns(found: int, place: Place) -> None:
    if found > MOST_COLUMNS:
        raise Refused(_too_large(place, "columns", found, MOST_COLUMNS))


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Place) -> None:
    width, last, before = 26, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            for text in (before + chunk[:_SEAM], chunk):
                if _WIDE.search(text) is not None:
                    width = max(width, *(_column(letters) for letters in set(_WIDE.findall(text))))
                at = text.rfind(b"<row")
                if at >= 0 and (match := _ROW.match(text, at)) is not None:
                    last = max(last, int(match[1]))
            before = chunk[-_SEAM:]
    require_columns(width, place)
    if width * last > MOST_CELLS:
        raise Refused(_too_large(place, "cells", width * last, MOST_CELLS))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number


#: What a workbook may have too many of, in English and French.
_COUNTED = {
    "parts": ("the number of parts", "le nombre de parties"),
    "unpacked": ("the unpacked size (MB)", "la taille décompressée (Mo)"),
    "columns": ("the number of columns", "le nombre de colonnes"),
    "cells": ("the number of cells", "le nombre de cellules"),
}


def _too_large(place: Place, what: str, found: int, most: int) -> Problem:
    return problems.SHEET_TOO_LARGE.at(place, what=_COUNTED[what][0], what_fr=_COUNTED[what][1], found=found, most=most)
