"""The cells of an .xlsx as the file has them (ECMA-376 part 1, 18.3): what the libraries leave out is here.

A cell that holds an error (`#DIV/0!`) is a `CellError`; a formula whose result the file does not hold is `NOT_CALCULATED`; merged cells are told by
their ranges. Dates are read by the workbook's own date system (1900 or 1904). Colours and fonts are not read, so a file whose styles a strict reader
refuses is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import cached_property, lru_cache
from typing import Any, Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.utils.escape import unescape

from toguna.collect.core.forms.plain_cells import LARGE, LARGEST, Rows, plain_rows, plain_strings
from toguna.kernel.core.ooxml import BrokenPackage, Package, local_name

_LETTERS = re.compile(r"[A-Z]{1,3}")
#: Excel's built-in formats that are dates in East Asian settings and have no text of their own.
_MORE_DATES = frozenset((*range(27, 37), *range(50, 59)))


@dataclass(frozen=True)
class CellError:
    """What a spreadsheet shows in a cell whose formula failed."""

    text: str


class NotCalculated:
    """The value of a formula that no spreadsheet has calculated."""

    def __repr__(self) -> str:
        return "NOT_CALCULATED"


NOT_CALCULATED: Final = NotCalculated()


@dataclass(frozen=True, kw_only=True)
class MergedRange:
    """Cells shown as one: 1-based rows and columns, both ends inside. Only the first holds a value."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def __str__(self) -> str:
        return f"{cell_name(self.first_row, self.first_column)}:{cell_name(self.last_row, self.last_column)}"


def cell_name(row: int, column: int) -> str:
    """``B7`` of row 7, column 2."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class XlsxFile:
    """An opened workbook. Raises `BrokenPackage` of what cannot be read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), "")
        self._main = main if package.has(main) else "xl/workbook.xml"
        if not package.has(self._main):
            raise BrokenPackage("it has no workbook")
        root = package.root(self._main)
        related = package.related(self._main)
        properties = [child for child in root if local_name(child) == "workbookPr"]
        #: The workbook counts days from 1904-01-01. Excel says so in the workbook's own properties, never in an extension.
        self.is_1904 = any(_is_true(found.get("date1904")) for found in properties)
        calculation = [child for child in root if local_name(child) == "calcPr"]
        #: A program wrote the file and left the calculating to whoever opens it: a formula's 0 is no result.
        self.is_uncalculated = any(_is_true(found.get("fullCalcOnLoad")) for found in calculation)
        sheets = [sheet for child in root if local_name(child) == "sheets" for sheet in child]
        self._sheets: dict[str, str] = {}
        for sheet in sheets:
            ids = [value for name, value in sheet.attrib.items() if name.endswith("}id")]
            kind, part = related.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet" and package.has(part):
                self._sheets[sheet.get("name", "")] = part
        self._strings_part = next((part for kind, part in related.values() if kind == "sharedStrings"), "")
        self._styles_part = next((part for kind, part in related.values() if kind == "styles"), "")

    @property
    def workbook_part(self) -> str:
        return self._main

    @property
    def sheet_parts(self) -> dict[str, str]:
        """By a sheet's name, the part that holds its cells."""
        return dict(self._sheets)

    def rows(self, sheet: str, most_columns: int = 16_384) -> Iterator[tuple[int, dict[int, Any]]]:
        """Each row that the file writes: its number, and its values by column (both from 1). A blank cell is absent."""
        quick = self._plain(sheet, most_columns)
        if quick is not None:
            yield from quick
            return
        parser = _Rows(self._value, most_columns)
        for _ in self._package.pushed(self._sheets[sheet], parser):
            yield from parser.done
            parser.done.clear()

    def _plain(self, sheet: str, most_columns: int) -> Rows | None:
        """The rows of a large sheet that is plainly written."""
        part = self._sheets[sheet]
        if not LARGE <= self._package.sizes[part] <= LARGEST:
            return None
        return plain_rows(self._package.read(part), lambda: self._strings, self._number, _column, most_columns)

    def merged(self, sheet: str) -> list[MergedRange]:
        """The merged ranges of a sheet, in the order of the file."""
        found: list[MergedRange] = []
        if not self._package.holds(self._sheets[sheet], b"mergeCell"):
            return found
        for element in self._package.elements(self._sheets[sheet], ("mergeCell",)):
            try:
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
            except (ValueError, TypeError):
                continue
            found.append(MergedRange(first_row=top, last_row=bottom, first_column=left, last_column=right))
        return found

    def _value(self, kind: str, style: str | None, written: str | None, has_formula: bool) -> Any:
        """A cell's value. `written` is what stands in `v` or, of an inline string, in `is`; none where neither does."""
        if has_formula and kind != "str" and (not written or (written == "0" and self.is_uncalculated)):
            return NOT_CALCULATED
        return None if written is None else self._typed(kind, written, style)

    def _typed(self, kind: str, written: str, style: str | None) -> Any:
        match kind:
            case "s":
                at = _number(written, -1)
                return self._strings[at] if 0 <= at < len(self._strings) else None
            case "str" | "inlineStr":
                return unescape(written) if "_x" in written else written
            case "b":
                return written.strip() in ("1", "true")
            case "e":
                return CellError(written.strip() or "#N/A")
            case "d":
                return _or_error(from_ISO8601, written)
        return self._number(written, style)

    def _number(self, written: str, style: str | None) -> Any:
        try:
            value = float(written) if any(mark in written for mark in ".eE") else int(written)
        except ValueError:
            return written
        is_date, is_period = self._dates.get(style or "0", (False, False))
        if not is_date:
            return value
        epoch = MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH
        return _or_error(from_excel, value, epoch, is_period)

    @cached_property
    def _strings(self) -> list[str]:
        part = self._strings_part
        if not self._package.has(part):
            return []
        if LARGE <= self._package.sizes[part] <= LARGEST:
            plain = plain_strings(self._package.read(part))
            if plain is not None:
                return plain
        parser = _Strings()
        for _ in self._package.pushed(part, parser):
            pass
        return parser.done

    @cached_property
    def _dates(self) -> dict[str, tuple[bool, bool]]:
        """By a cell's style, whether its number is a date and whether it is a period of time."""
        if not self._package.has(self._styles_part):
            return {}
        root = self._package.root(self._styles_part)
        written = {_number(found.get("numFmtId"), 0): found.get("formatCode", "") for found in root.iter("{*}numFmt")}
        formats = {}
        styles = [style for child in root if local_name(child) == "cellXfs" for style in child]
        for at, style in enumerate(styles):
            number = _number(style.get("numFmtId"), 0)
            code = written.get(number) or BUILTIN_FORMATS.get(number, "")
            formats[str(at)] = number in _MORE_DATES or is_date_format(code), is_timedelta_format(code)
        return formats


class _Strings:
    """The shared strings; their reading aids (`rPh`) are left out."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._parts: list[str] = []
        self._is_read = False
        self._in_aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "t":
                self._is_read = not self._in_aid
            case "si":
                self._parts = []
            case "rPh":
                self._in_aid = True

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "t":
                self._is_read = False
            case "si":
                text = "".join(self._parts)
                self.done.append(unescape(text) if "_x" in text else text)
            case "rPh":
                self._in_aid = False

    def text(self, text: str) -> None:
        if self._is_read:
            self._parts.append(text)


class _Rows:
    """The rows of a sheet: each with its number and its values by column."""

    def __init__(self, value: Callable[[str, str | None, str | None, bool], Any], most_columns: int) -> None:
        self.done: list[tuple[int, dict[int, Any]]] = []
        self._value, self._most = value, most_columns
        self._number = self._column = 0
        self._values: dict[int, Any] = {}
        self._kind = "n"
        self._style: str | None = None
        self._parts: list[str] | None = None
        self._has_formula = self._is_read = self._in_aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name if ":" not in name else name.rpartition(":")[2]:
            case "c":
                written = _LETTERS.match(attributes.get("r", ""))
                self._column = _column(written[0]) if written else self._column + 1
                self._kind, self._style = attributes.get("t", "n"), attributes.get("s")
                self._parts, self._has_formula = None, False
            case "v" | "t":
                self._is_read = not self._in_aid
                self._parts = [] if self._parts is None else self._parts
            case "f":
                self._has_formula = True
            case "row":
                self._number = _number(attributes.get("r"), self._number + 1)
                self._column, self._values = 0, {}
            case "rPh":
                self._in_aid = True

    def end(self, name: str) -> None:
        match name if ":" not in name else name.rpartition(":")[2]:
            case "c":
                written = None if self._parts is None else "".join(self._parts)
                value = self._value(self._kind, self._style, written, self._has_formula)
                if value is not None and self._column <= self._most:
                    self._values[self._column] = value
            case "v" | "t":
                self._is_read = False
            case "row":
                self.done.append((self._number, self._values))
            case "rPh":
                self._in_aid = False

    def text(self, text: str) -> None:
        if self._is_read and self._parts is not None:
            self._parts.append(text)


def _or_error(read: Any, *arguments: Any) -> Any:
    try:
        value = read(*arguments)
    except (OverflowError, ValueError, TypeError):
        return CellError("#VALUE!")
    return value if not isinstance(value, time) else value.replace(microsecond=0)


def _is_true(written: str | None) -> bool:
    return written in ("1", "true", "on")


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdigit() else otherwise


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
