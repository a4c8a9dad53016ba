"""A form as it was written: sheets of rows of cells, each with its place.

Rows count as a spreadsheet counts them: the header is row 1. A form written as Markdown has lines as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toguna.kernel.api import Place, Problem

#: The sheets that an XLSForm has; any other is the author's own.
SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row below the header; empty cells are absent."""

    number: int
    line: int | None = None
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    name: str
    #: As written, in order; a header that stands twice stands here twice.
    headers: tuple[str, ...] = ()
    header_line: int | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Book:
    """The sheets of one form, by lower-case name; `others` are sheets that no XLSForm has."""

    file: str
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    #: What was found while the cells were read: error values, formulas without a result, merged cells, rows that are not closed.
    problems: tuple[Problem, ...] = ()

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of the sheet that hold anything."""
        return (row for row in self.sheets[sheet].rows if row.cells) if sheet in self.sheets else iter(())

    def at(self, sheet: str, row: Row | None = None, column: str | None = None) -> Place:
        """The place of a cell, a row, or (no row given) of a header."""
        if row is not None:
            return Place(file=self.file, sheet=sheet, row=row.number, line=row.line, column=column)
        known = self.sheets.get(sheet)
        if known is None:
            return Place(file=self.file, sheet=sheet, column=column)
        return Place(file=self.file, sheet=sheet, row=1, line=known.header_line, column=column)
