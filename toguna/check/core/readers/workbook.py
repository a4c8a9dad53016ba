"""Excel workbooks (ECMA-376 part 1, SpreadsheetML): each visible sheet as a heading, its tables and the text around them.

Numbers stand as the sheet shows them: with the decimals and the percent sign of their format. Hidden rows and columns are read, since totals
count them; hidden sheets are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from toguna.check import problems as fault
from toguna.check.core.document import Block, Document, Spot, Table, Text
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.regions import CellText, regions
from toguna.check.core.readers.tables import MOST_COLUMNS, TableMaker
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.ooxml import Package, local_name
from toguna.kernel.core.wordprocessing import RELATION

MOST_CELLS = 400_000
WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
#: Formats without a code in the file (part 1, 18.8.30): decimals and whether a percentage; those of dates.
_BUILT_IN = {"1": (0, False), "2": (2, False), "3": (0, False), "4": (2, False), "9": (0, True), "10": (2, True)}
_DATES = frozenset(str(at) for at in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")


@dataclass(kw_only=True)
class _Sheet:
    """What one sheet holds: the words of its cells by row and column (from 1), and which are shown as one."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    #: By the first cell of a merged range, how many rows and columns it takes.
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def read_workbook(content: bytes, name: str) -> Document:
    """Refuses what is no workbook or broken, unpacks beyond reason, has too many cells, or formulas that nothing has calculated."""
    with refusals(name):
        package = open_package(content)
        reader = _Workbook(package, name)
        parts: list[Block | Table] = []
        for title, part in reader.sheets():
            sheet = reader.sheet(title, part)
            if sheet.cells:
                parts.append(Block(text=title, spots=(Spot(start=0, sheet=title),), kind="heading", level=1))
                parts.extend(_parts_of(sheet))
        return Document(name=name, parts=tuple(parts), form="xlsx")


class _Workbook:
    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._main = package.main(WORKBOOK)
        self._related = package.related(self._main)
        self._clock = Clock(name)
        self._left = MOST_CELLS
        self._strings = list(self._shared())
        self._formats = dict(enumerate(self._looks()))

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of each sheet that is not hidden, in their order."""
        for sheet in self._package.root(self._main).iter("{*}sheet"):
            kind, part = self._related.get(sheet.get(RELATION, ""), ("", ""))
            if kind == "worksheet" and self._package.has(part) and sheet.get("state", "visible") == "visible":
                yield sheet.get("name", ""), part

    def sheet(self, name: str, part: str) -> _Sheet:
        """The cells of a sheet, row by row."""
        made = _Sheet(name=name)
        row = column = 0
        for element in self._package.elements(part, ("row", "mergeCell")):
            if local_name(element) == "mergeCell":
                self._merge(made, element.get("ref", ""))
                continue
            self._clock.look()
            row, column = _whole(element.get("r"), row + 1), 0
            for cell in element.iter("{*}c"):
                found = _REFERENCE.fullmatch(cell.get("r", ""))
                column = _column(found[1]) if found else column + 1
                words = self._words(cell, f"{name}!{cell.get('r', '')}")
                if words and column <= MOST_COLUMNS:
                    made.cells.setdefault(row, {})[column] = words
                    self._count()
        return made

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            here = Place(file=self._name)
            raise Refused(
                fault.TOO_MANY.at(here, what="cells", what_fr="cellules", count=MOST_CELLS + 1, most=MOST_CELLS)
            )

    @staticmethod
    def _merge(sheet: _Sheet, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if top and bottom:
            rows, columns = int(bottom[2]) - int(top[2]) + 1, _column(bottom[1]) - _column(top[1]) + 1
            sheet.merged[int(top[2]), _column(top[1])] = rows, columns

    def _words(self, cell: Any, where: str) -> str:
        """What the cell shows."""
        kind = cell.get("t", "n")
        said = cell.findtext("{*}v")
        if kind == "inlineStr":
            return _plain(cell.find("{*}is"))
        if cell.find("{*}f") is not None and not said and kind != "str":
            raise Refused(fault.NOT_CALCULATED.at(Place(file=self._name), cell=where))
        if not said:
            return ""
        if kind == "s":
            at = _whole(said, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "n":
            return _shown(said, self._formats.get(_whole(cell.get("s"), 0)))
        return said.strip()

    def _shared(self) -> Iterator[str]:
        part = next((target for kind, target in self._related.values() if kind == "sharedStrings"), "")
        if self._package.has(part):
            for element in self._package.elements(part, ("si",)):
                yield _plain(element)

    def _looks(self) -> Iterator[tuple[int, bool] | str | None]:
        """By a cell's style: the decimals of its number and whether it is a percentage; `date`; none where the number stands as it is."""
        part = next((target for kind, target in self._related.values() if kind == "styles"), "")
        if not self._package.has(part):
            return
        root = self._package.root(part)
        codes = {found.get("numFmtId", ""): found.get("formatCode", "") for found in root.iter("{*}numFmt")}
        for style in root.findall("{*}cellXfs/{*}xf"):
            number = style.get("numFmtId", "0")
            if number in _DATES:
                yield "date"
            else:
                yield _look(codes[number]) if number in codes else _BUILT_IN.get(number)


def _look(code: str) -> tuple[int, bool] | str | None:
    """What a format's code does to a number above nothing."""
    bare = _QUOTED.sub("", code.partition(";")[0])
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and not re.search(r"[0#]", bare):
        return "date"
    if bare.strip().lower() in {"", "general", "@"} or "/" in bare or "E" in bare or bare.rstrip().endswith(","):
        return None
    return len(re.sub(r"[^0#?]", "", bare.partition(".")[2])), "%" in bare


def _shown(said: str, look: tuple[int, bool] | str | None) -> str:
    try:
        number = Decimal(said)
    except InvalidOperation:
        return said
    if look == "date" or not number.is_finite():
        return ""
    if isinstance(look, tuple):
        decimals, is_percent = look
        number = (number * 100 if is_percent else number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return f"{number:f}%" if is_percent else f"{number:f}"
    rounded = Decimal(f"{float(number):.12g}").normalize()
    return f"{rounded:f}" if abs(rounded.as_tuple().exponent) < 40 else said  # type: ignore[arg-type]


def _plain(element: Any) -> str:
    """The words of a string, without its reading aids (`rPh`)."""
    if element is None:
        return ""
    return "".join(text.text or "" for text in element.iter("{*}t") if local_name(text.getparent()) != "rPh").strip()


def _parts_of(sheet: _Sheet) -> Iterator[Block | Table]:
    """The tables of a sheet and the lines around them."""
    for region in regions(sheet.cells, sheet.merged):
        if isinstance(region, CellText):
            yield Block(text=region.words, spots=(Spot(start=0, line=region.row, sheet=sheet.name),))
            continue
        maker = TableMaker()
        for row, columns in region.rows:
            maker.begin_row()
            headed = row in region.heads
            column = region.first
            while column <= region.last:
                _, span = sheet.merged.get((row, column), (1, 1))
                span = min(span, region.last - column + 1)
                spots = (Spot(start=0, line=row, sheet=sheet.name),)
                maker.add(Text(text=columns.get(column, ""), spots=spots), header=headed, span=span)
                column += span
            maker.end_row()
        yield maker.made()


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
