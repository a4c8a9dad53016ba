"""A table as a grid of values: labels of rows and columns, and in each cell the number that it shows, if it shows one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toguna.check.core.document import Cell, Document, Table
from toguna.check.core.passages import plain, tables
from toguna.kernel.core.numbers import parse_number
from toguna.kernel.core.stems import stem, stems

_NUMBER = re.compile(
    r"(?P<sign>[-–−+]?)\s?(?:US\$|USD|EUR|\$|€|£)?\s?(?P<number>\d[\d.,'’ \u00a0\u2009\u202f]*\d|\d)\s?(?P<unit>%|\$|€|USD|MT|mt)?"
)
_FOOTNOTE = re.compile(r"[*†‡¹²³⁴⁵]+|\s?\[\d\]$")
_NIL = {"-", "–", "—", "−", "nil", "néant"}
_YEAR = re.compile(r"(?:FY ?)?(?:19|20)\d\d\*?")
_SLOTS = re.compile(r"(?:[-–—]|\d[\d.,]*%?)(?:\s+(?:[-–—]|\d[\d.,]*%?))+")
_FRACTION = re.compile(r"\(?(\d[\d .,\u00a0]*?)\s?/\s?(\d[\d .,\u00a0]*?)\)?")
_WITH_SHARE = re.compile(r"(?P<number>\d[\d.,'’ \u00a0\u202f]*)\s?\(\s?(?P<share>\d[\d.,]*)\s?%\s?\)")
TOTALS = stems("total totaux ensemble overall sum somme subtotal sous-total grand tous all cumul")


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """The value of a cell. `texts` is its place among `Document.texts()`."""

    value: Decimal
    step: Decimal
    percent: bool
    text: int
    shown: str
    #: The percentage in brackets behind the number, and its step.
    share: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    label: str
    slots: tuple[Slot | None, ...]
    #: Places of its cells among `Document.texts()`.
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Grid:
    rows: tuple[Row, ...]
    #: By column of values, the words above it.
    headers: tuple[str, ...]
    #: By row and column of values, a fraction that the cell shows: `(239/307)`.
    fractions: Mapping[tuple[int, int], tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.headers)


def is_total(label: str) -> bool:
    """Whether a row or column names itself a total."""
    return any(stem(word) in TOTALS for word in label.replace("-", " ").split()[:4])


def grids(document: Document) -> Iterator[Grid]:
    """Each table that has values in at least one row and column, tables that continue one another joined."""
    for first, table in _joined(document):
        grid = _grid(first, table)
        if grid is not None:
            yield grid


def _joined(document: Document) -> Iterator[tuple[Sequence[int], Table]]:
    """Tables, with the place of each row's first cell."""
    for first, table in tables(document):
        starts, index = [], first
        for row in table.rows:
            starts.append(index)
            index += len(row)
        yield starts, table


def _grid(starts: Sequence[int], table: Table) -> Grid | None:
    parsed = _parsed(starts, table)
    years = _year_rows(parsed)
    parsed = [(label, () if at in years else slots, lead) for at, (label, slots, lead) in enumerate(parsed)]
    widths = Counter(len(slots) for _, slots, _ in parsed if any(slots))
    if not widths:
        return None
    width = max(widths, key=lambda size: (widths[size], size))
    first = next(index for index, (_, slots, _) in enumerate(parsed) if any(slots))
    rows: list[Row] = []
    fractions: dict[tuple[int, int], tuple[Decimal, Decimal]] = {}
    for (label, slots, _), start, cells in zip(parsed[first:], starts[first:], table.rows[first:], strict=True):
        if any(slots) and len(slots) != width:
            continue
        for column, cell in enumerate(cells[-width:]):
            fraction = _FRACTION.fullmatch(cell.text.strip())
            if fraction:
                fractions[len(rows), column] = (parse_number(fraction[1])[0], parse_number(fraction[2])[0])
        rows.append(Row(label=label, slots=slots or (None,) * width, first=start, last=start + len(cells)))
    return Grid(rows=tuple(rows), fractions=fractions, headers=_headers(table.rows[:first], width, parsed[first][2]))


def _parsed(starts: Sequence[int], table: Table) -> list[tuple[str, tuple[Slot | None, ...], int]]:
    """Each row's label, values and lead; a blank under the labels of other rows is no value."""
    rows = list(zip(table.rows, starts, strict=True))
    first = [_row(row, start) for row, start in rows]
    named = {
        place
        for (cells, _), (_, slots, lead) in zip(rows, first, strict=True)
        if any(slots)
        for place in range(lead)
        if cells[place].text.strip()
    }
    blanks = [any(not cells[place].text.strip() for place in named if place < len(cells)) for cells, _ in rows]
    return [
        _row(cells, start, frozenset(named)) if blank else known
        for (cells, start), known, blank in zip(rows, first, blanks, strict=True)
    ]


def _year_rows(rows: Sequence[tuple[str, tuple[Slot | None, ...], int]]) -> set[int]:
    """Rows that head the columns with years: each value a year as years are written, and other rows hold the figures."""
    found = {
        index
        for index, (label, slots, _) in enumerate(rows)
        if any(slots) and not is_total(label) and all(slot is None or _YEAR.fullmatch(slot.shown) for slot in slots)
    }
    valued = [index for index, (_, slots, _) in enumerate(rows) if any(slots)]
    values = {index: [slot.value for slot in rows[index][1] if slot is not None] for index in found}
    heads = {
        index
        for index in found
        if index == valued[0] or (len(values[index]) > 1 and len(set(values[index])) == len(values[index]))
    }
    return heads if len(valued) > len(heads) else set()


def _headers(rows: Sequence[Sequence[Cell]], width: int, lead: int) -> tuple[str, ...]:
    """The words above each column of values; `lead` cells stand before the values."""
    words: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        column = 0
        for cell in row:
            for place in range(column, column + cell.span):
                if lead <= place < lead + width and cell.text.strip():
                    words[place - lead].append(plain(cell.text))
            column += cell.span
    return tuple(" ".join(own) for own in words)


def _row(
    cells: Sequence[Cell], start: int, named: frozenset[int] = frozenset()
) -> tuple[str, tuple[Slot | None, ...], int]:
    """Label, values, and how many cells stand before the first value."""
    label: list[str] = []
    slots: list[Slot | None] = []
    lead = 0
    for place, cell in enumerate(cells):
        text = _FOOTNOTE.sub("", plain(cell.text)).strip()
        found = _slots(text, start + place)
        blank = not text and place < len(cells) - 1 and (not label or place in named)
        if not slots and (found is None or blank):
            if text:
                label.append(text)
            lead = place + 1
            continue
        slots.extend(found if found is not None else [None])
    if not any(slots):
        return " ".join(label), (), lead
    return " ".join(label), tuple(slots), lead


def _slots(text: str, place: int) -> list[Slot | None] | None:
    """The values that a cell holds; None when it holds words."""
    if not text or text in {"...", "…", "nd", "ND", "n/a", "N/A", "NA", "s/o"}:
        return [None]
    if text in _NIL:
        return [Slot(value=Decimal(0), step=Decimal(1), percent=False, text=place, shown=text)]
    slot = _slot(text, place)
    if slot is not None:
        return [slot]
    if _SLOTS.fullmatch(text):
        return [made for piece in text.split() for made in _slots(piece, place) or [None]]
    return None if re.match(r"\W*[^\W\d_]", text) else [None]


def _slot(text: str, place: int) -> Slot | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        shared = _WITH_SHARE.fullmatch(text)
        if shared is None:
            return None
        made = _made(shared["number"].strip(), False, place, text)
        return None if made is None else replace(made, share=parse_number(shared["share"]))
    number = match["number"]
    groups = re.split("[ \u00a0\u2009\u202f]", number)
    if len(groups) > 1 and not (
        len(groups[0]) <= 3 and all(re.fullmatch(r"\d{3}(?:[.,]\d+)?", group) for group in groups[1:])
    ):
        return None
    return _made(("-" if match["sign"] in {"-", "–", "−"} else "") + number, match["unit"] == "%", place, text)


def _made(number: str, percent: bool, place: int, shown: str) -> Slot | None:
    sign = -1 if number.startswith("-") else 1
    try:
        value, step = parse_number(number.lstrip("-"))
    except ArithmeticError:
        return None
    return Slot(value=sign * value, step=step, percent=percent, text=place, shown=shown)
