"""A partner's file as sheets of text cells, whatever wrote it: Excel, LibreOffice, a CSV in any of the usual encodings.

In: bytes and the file's name. Out: the sheets, each read when it is asked for. Refused: what is no spreadsheet, is under a password, or
unpacks to more than one can hold (`collect.core.submissions.workbook`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from toguna.collect import problems
from toguna.collect.core.forms.worksheets import MergedRange
from toguna.collect.core.submissions.csv_table import read_csv
from toguna.collect.core.submissions.excel import ExcelSheets
from toguna.collect.core.submissions.workbook import XLS_MAGIC, ZIP_MAGIC, refuse_bombs
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.library import library
from toguna.kernel.core.sniff import is_spreadsheet_2003, is_web_page

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

#: Rows in which the header and the titles above it are looked for.
TOP = 40


@dataclass(frozen=True, kw_only=True)
class SheetCells:
    """One sheet: row 1 of the sheet is row 0 of `cells`; `left` is the sheet's column that is column 0."""

    name: str
    cells: pl.DataFrame
    left: int = 1
    merged: Sequence[MergedRange] = ()
    #: A CSV does not say whether `1.234` was a number.
    is_text: bool = False

    @cached_property
    def top(self) -> list[list[str]]:
        """The first rows, blank cells as empty texts."""
        return [[(cell or "").strip() for cell in row] for row in self.cells.head(TOP).iter_rows()]


@dataclass(frozen=True, kw_only=True)
class FileSheets:
    """An opened file."""

    file: str
    names: Sequence[str]
    _book: ExcelSheets | None = None
    _table: pl.DataFrame | None = None
    _read: dict[str, SheetCells] = field(default_factory=dict)

    def sheet(self, name: str) -> SheetCells:
        if name not in self._read:
            if self._book is None:
                assert self._table is not None
                self._read[name] = SheetCells(name=name, cells=self._table, is_text=True)
            else:
                cells = self._book.cells(name)
                left, merged = self._book.merged(name)
                self._read[name] = SheetCells(name=name, cells=cells, left=left, merged=merged)
        return self._read[name]


def open_sheets(content: bytes, file: str) -> FileSheets:
    """The file's sheets, hidden ones of a template left out."""
    if content.startswith(ZIP_MAGIC):
        refuse_bombs(content, file)
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        book = ExcelSheets(content, file)
        return FileSheets(file=file, names=[name for name in book.names if not name.startswith("_")], _book=book)
    if is_web_page(content) or is_spreadsheet_2003(content):
        raise Refused(problems.WEB_PAGE.at(Place(file=file or None)))
    return FileSheets(file=file, names=("",), _table=read_csv(content, file, ragged=True))
