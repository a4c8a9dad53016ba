"""Pages as lines with their numbers, in stacks and in cells; running heads and page numbers taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toguna.check.core.readers import layout
from toguna.check.core.readers.columns import Column
from toguna.check.core.readers.geometry import Segment


class Line(NamedTuple):
    """One line of a column or a cell, as its page shows it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int | None
    number: int


class Stack(NamedTuple):
    """Lines that stand under one another. `aside`: beside the flow of the text. `typed`: broken by a person, not by a page."""

    lines: tuple[Line, ...]
    aside: bool = False
    typed: bool = False


class Rows(NamedTuple):
    """A table's cells, each with its lines."""

    cells: tuple[tuple[tuple[Line, ...], ...], ...]
    aside: bool = False


class Page(NamedTuple):
    """What stands on one page, in reading order; `height` 0 where the page has no margins to speak of."""

    parts: tuple[Stack | Rows, ...]
    height: float


def page_of(parts: Sequence[layout.Part], page: int | None, height: float, *, turned: bool = False) -> Page:
    """The parts with their lines numbered from the top of the page."""
    bases = sorted(line.base for part in parts for line in _segments(part))
    numbers: dict[float, int] = {}
    last, number = float("-inf"), 0
    for base in bases:
        if base - last > 2 or (height == 0 and base > last):
            number, last = number + 1, base
        numbers[base] = number

    def line(segment: Segment) -> Line:
        return Line(
            segment.text, segment.x0, segment.x1, segment.base, segment.size, segment.bold, page, numbers[segment.base]
        )

    beside = layout.beside(parts)
    found: list[Stack | Rows] = []
    for at, part in enumerate(parts):
        aside = turned or beside[at]
        if isinstance(part, Column):
            found.append(Stack(tuple(map(line, part.lines)), aside))
        else:
            found.append(Rows(tuple(tuple(tuple(map(line, cell)) for cell in row) for row in part.rows), aside))
    return Page(tuple(found), height)


def _segments(part: layout.Part) -> Iterator[Segment]:
    if isinstance(part, Column):
        yield from part.lines
    else:
        for row in part.rows:
            for cell in row:
                yield from cell


_NUMBER = re.compile(r"[0-9]{1,6}")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.)\s*)?[-–|]?\s*(\d{1,4})\s*(?:(?:/|of|sur|de)\s*\d{1,4}\s*)?[-–|]?", re.IGNORECASE
)


_PAGE_OF = re.compile(r"(?:page\s*)?(\d{1,4})\s*(?:/|of|sur|de)\s*(\d{1,4})", re.IGNORECASE)


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Lines that most pages repeat in their margins stand on the first page alone; page numbers nowhere."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _margins(page)})
    repeated = {key for key, count in counts.items() if count >= max(2, 0.4 * len(pages))}
    shifts = Counter(shift for page in pages for shift in {_shift(line) for line in _margins(page)})
    numbered = {shift for shift, count in shifts.items() if shift is not None and count >= max(2, 0.3 * len(pages))}
    seen: set[tuple[str, int]] = set()
    kept = []
    for page in pages:
        dropped = set()
        for line in _margins(page):
            if _shift(line) in numbered or _key(line) in seen or _is_numbered(line):
                dropped.add(line)
            elif _key(line) in repeated:
                seen.add(_key(line))
        kept.append(_dropped(page, dropped) if dropped else page)
    return kept


def _is_numbered(line: Line) -> bool:
    """Whether the line says which page of how many it is."""
    match = _PAGE_OF.fullmatch(line.text)
    return match is not None and int(match[1]) == line.page and int(match[1]) <= int(match[2])


def _shift(line: Line) -> int | None:
    """How far a line that may be a page's number is from the count of pages."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) - (line.page or 0) if match else None


def _margins(page: Page) -> Iterator[Line]:
    """The lines in the upper and lower tenth of the page."""
    if page.height:
        for part in page.parts:
            if isinstance(part, Stack):
                yield from (line for line in part.lines if not 0.1 < line.base / page.height < 0.9)


def _key(line: Line) -> tuple[str, int]:
    """The line's words and height; a number that may be the page's is told by how far it is from the count of pages."""
    page = line.page or 0

    def told(match: re.Match[str]) -> str:
        shift = int(match[0]) - page
        return f"#{shift}" if abs(shift) <= 5 else match[0]

    return _NUMBER.sub(told, line.text), round(line.base / 20)


def _dropped(page: Page, lines: set[Line]) -> Page:
    parts: list[Stack | Rows] = []
    for part in page.parts:
        if isinstance(part, Stack):
            part = part._replace(lines=tuple(line for line in part.lines if line not in lines))
        if not isinstance(part, Stack) or part.lines:
            parts.append(part)
    return page._replace(parts=tuple(parts))
