"""The sheets of an .xlsx, .xls or .ods as text. fastexcel reads the values; what it leaves blank without a word is put back here.

Those are errors, formulas without a result, and (told apart from blanks) the cells that a merge covers. Dates are read by the workbook's own date
system: a second `workbookPr`, which Excel 2013 and later write into an extension, must not hide the first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from lxml import etree

from toguna.collect import problems
from toguna.collect.core.forms.workbooks import is_under_password, open_xls
from toguna.collect.core.forms.worksheets import NOT_CALCULATED as NO_RESULT
from toguna.collect.core.forms.worksheets import CellError, MergedRange, XlsxFile
from toguna.collect.core.submissions.cells import NOT_CALCULATED
from toguna.collect.core.submissions.workbook import MOST_PARTS, MOST_UNPACKED, ZIP_MAGIC, require_columns
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.library import library
from toguna.kernel.core.ooxml import BrokenPackage, Limits, Package, local_name, replaced

if TYPE_CHECKING:
    import fastexcel
    import polars as pl
    import xlrd
else:
    fastexcel = library("fastexcel")
    pl = library("polars")
    xlrd = library("xlrd")

_LIMITS = Limits(parts=MOST_PARTS, unpacked=MOST_UNPACKED)
#: What makes a sheet be parsed again, and the rare bytes without which it does not stand there.
_ERROR = re.compile(rb"""\st=["']e["']""")
_ERROR_BYTES = (b'="e', b"='e")
_NO_RESULT = re.compile(rb"""(</(\w+:)?f>|<(\w+:)?f\b[^>]*/>)\s*(</(\w+:)?c>|<(\w+:)?v\s*/>|<(\w+:)?v>\s*</)""")
_ZERO = re.compile(rb"(</(\w+:)?f>|<(\w+:)?f\b[^>]*/>)\s*<(\w+:)?v>0</")
_FORMULA_BYTES = (b"/f", b"<f", b":f")
_MERGED = b"mergeCell"
_CHUNK, _SEAM = 2**20, 512


class ExcelSheets:
    """An opened workbook. Refuses what is damaged, under a password, or has too many columns."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        self._read: dict[str, pl.DataFrame] = {}
        if is_under_password(content):
            raise Refused(problems.FILE_PASSWORD.at(Place(file=file or None)))
        with self._mending():
            self._facts = _facts(content)
            self._book = fastexcel.read_excel(self._facts.content)
        self.names: Sequence[str] = self._book.sheet_names

    def cells(self, name: str) -> pl.DataFrame:
        """The sheet's cells as text: row 1 of the sheet is row 0. An error stands as its text, a formula without a result as `NOT_CALCULATED`."""
        if name not in self._read:
            with self._mending():
                batch = self._book.load_sheet_eager(name, header_row=None, skip_rows=0, dtypes="string")
                require_columns(batch.num_columns, Place(file=self._file or None, sheet=name))
                self._read[name] = self._facts.put_back(name, pl.DataFrame(batch))
        return self._read[name]

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]:
        """The sheet's merged ranges, and the column (from 1) that is column 0 of `cells`."""
        with self._mending():
            return self._facts.merged(name)

    @contextmanager
    def _mending(self) -> Iterator[None]:
        try:
            yield
        except Refused:
            raise
        except Exception as error:  # fastexcel and xlrd raise whatever a damaged file makes them stumble over
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            raise Refused(problems.FILE_UNREADABLE.at(Place(file=self._file or None), reason=reason)) from error


class _Facts:
    """What fastexcel does not say of a workbook. This one knows nothing: an .ods."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def put_back(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with a text in each cell that is not blank and that fastexcel left blank."""
        left = self.first_column(name)
        texts = self.texts(name)
        deepest = max((row for row, _ in texts), default=0)
        if deepest > frame.height:
            more = pl.DataFrame(
                {column: [None] * (deepest - frame.height) for column in frame.columns}, schema=frame.schema
            )
            frame = frame.vstack(more)
        by_column: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in texts.items():
            by_column.setdefault(column - left, []).append((row - 1, text))
        for at, put in by_column.items():
            if 0 <= at < frame.width:
                column = frame.to_series(at).scatter([row for row, _ in put], [text for _, text in put])
                frame = frame.with_columns(column)
        return frame

    def texts(self, name: str) -> Mapping[tuple[int, int], str]:
        """By row and column (from 1)."""
        return {}

    def first_column(self, name: str) -> int:
        return 1

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]:
        return 1, ()


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Whether a sheet may have cells that fastexcel leaves blank, and merged ranges."""

    leaves_out: bool
    merges: bool


class _XlsxFacts(_Facts):
    def __init__(self, content: bytes, package: Package) -> None:
        self._package = package
        self._file = XlsxFile(package)
        self._seen: dict[str, tuple[dict[tuple[int, int], str], int]] = {}
        self._marked: dict[str, _Found] = {}
        super().__init__(self._with_one_date_system(content))

    def _with_one_date_system(self, content: bytes) -> bytes:
        root = self._package.root(self._file.workbook_part)
        extensions = [child for child in root if local_name(child) == "extLst"]
        if not self._file.is_1904 or not extensions:
            return content
        for extension in extensions:
            root.remove(extension)
        written = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return replaced(content, {self._file.workbook_part: written})

    def texts(self, name: str) -> Mapping[tuple[int, int], str]:
        return self._parsed(name)[0] if self._found(name).leaves_out else {}

    def first_column(self, name: str) -> int:
        return self._parsed(name)[1] if name in self._seen or self.texts(name) else 1

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]:
        if not self._found(name).merges:
            return 1, ()
        return self._parsed(name)[1], self._file.merged(name)

    def _parsed(self, name: str) -> tuple[dict[tuple[int, int], str], int]:
        """The texts that fastexcel leaves out, and the first column that it reads."""
        if name not in self._seen:
            texts: dict[tuple[int, int], str] = {}
            left = 0
            for row, values in self._file.rows(name):
                for column, value in values.items():
                    if value is NO_RESULT:
                        texts[row, column] = NOT_CALCULATED
                        continue
                    if isinstance(value, CellError):
                        texts[row, column] = value.text
                    left = min(left or column, column)
            self._seen[name] = texts, left or 1
        return self._seen[name]

    def _found(self, name: str) -> _Found:
        """What stands in the sheet's part, which is gone through once."""
        if name not in self._marked:
            part = self._file.sheet_parts.get(name)
            leaves_out = merges = False
            if part is not None:
                with self._package.open(part) as stream:
                    for text in _overlapping(stream):
                        merges = merges or _MERGED in text
                        leaves_out = leaves_out or self._leaves_out(text)
            self._marked[name] = _Found(leaves_out=leaves_out, merges=merges)
        return self._marked[name]

    def _leaves_out(self, text: bytes) -> bool:
        if any(word in text for word in _ERROR_BYTES) and _ERROR.search(text):
            return True
        if not any(word in text for word in _FORMULA_BYTES):
            return False
        return bool(_NO_RESULT.search(text) or (self._file.is_uncalculated and _ZERO.search(text)))


class _XlsFacts(_Facts):
    def __init__(self, content: bytes) -> None:
        super().__init__(content)

    @cached_property
    def _book(self) -> Any:
        with open(os.devnull, "w") as silence:  # noqa: PTH123  (xlrd writes its remarks to a stream)
            return open_xls(self.content, silence)

    def texts(self, name: str) -> Mapping[tuple[int, int], str]:
        sheet = self._book.sheet_by_name(name)
        return {
            (row + 1, column + 1): xlrd.error_text_from_code.get(cell.value, "#N/A")
            for row in range(sheet.nrows)
            for column, cell in enumerate(sheet.row(row))
            if cell.ctype == xlrd.XL_CELL_ERROR
        }

    def first_column(self, name: str) -> int:
        sheet = self._book.sheet_by_name(name)
        blank = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        firsts = (
            next((column for column, kind in enumerate(sheet.row_types(row), start=1) if kind not in blank), 0)
            for row in range(sheet.nrows)
        )
        return min(filter(None, firsts), default=1)

    def merged(self, name: str) -> tuple[int, Sequence[MergedRange]]:
        ranges = [
            MergedRange(first_row=top + 1, last_row=bottom, first_column=left + 1, last_column=right)
            for top, bottom, left, right in self._book.sheet_by_name(name).merged_cells
        ]
        return self.first_column(name), ranges


def _facts(content: bytes) -> _Facts:
    if not content.startswith(ZIP_MAGIC):
        return _XlsFacts(content)
    package = Package(content, _LIMITS)
    try:
        return _XlsxFacts(content, package)
    except BrokenPackage:
        if any(part.startswith("xl/") for part in package.sizes):
            raise
        return _Facts(content)


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in portions, and each seam between two of them: what is looked for may stand across."""
    before = b""
    while chunk := stream.read(_CHUNK):
        yield chunk
        if before:
            yield before + chunk[:_SEAM]
        before = (before + chunk)[-_SEAM:] if len(chunk) < _SEAM else chunk[-_SEAM:]
