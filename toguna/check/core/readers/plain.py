"""Plain text: as somebody typed it, as a PDF was extracted to it line by line, or laid out in columns by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toguna.check.core.document import Document
from toguna.check.core.readers.encoding import decode
from toguna.check.core.readers.flow import blocks_of
from toguna.check.core.readers.geometry import Word
from toguna.check.core.readers.layout import lay_out
from toguna.check.core.readers.marks import is_figure
from toguna.check.core.readers.pages import Line, Page, Rows, Stack, page_of

#: How wide a character and how high a line is, in heights of the type: three blanks part where the lines beside agree, five always.
PITCH, LEADING = 0.45, 1.2
_GAP = re.compile(r"\S {3,}\S")
_JUSTIFIED = re.compile(r"(?<=\S)  (?=\S)")
_WORD = re.compile(r"\S+")
_PAIR_OF_TABS = re.compile(r"\t +\t")
#: Where pairs of tabs part the cells, a blank and a tab between two figures part them too.
_TAB_BETWEEN = re.compile(r"(?<=\d) \t(?=\d)")


def read_plain(content: bytes, name: str) -> Document:
    """A text file. A form feed begins a page. Refuses what is no text."""
    sheets = decode(content, name).split("\f")
    number = 1
    pages: list[Page] = []
    for at, sheet in enumerate(sheets):
        lines = [line.replace("\v", " ").rstrip() for line in sheet.split("\n")]
        page = at + 1 if len(sheets) > 1 else None
        pages.extend(_pages(lines, number, page))
        number += len(lines) - 1
    parts = blocks_of(pages)
    return Document(name=name, parts=parts, form="text", pages=len(sheets) if len(sheets) > 1 else None)


def _pages(lines: Sequence[str], number: int, page: int | None) -> Iterator[Page]:
    """The lines as one page, or, where tables of tabs stand between them, as several."""
    spread = _is_spread(lines)
    start = 0
    for first, end in _tabbed(lines):
        yield _page(lines[start:first], number + start, page, spread)
        rows = tuple(_row(lines[at], number + at, page) for at in range(first, end))
        yield Page((Rows(rows),), 0)
        start = end
    yield _page(lines[start:], number + start, page, spread)


def _is_spread(lines: Sequence[str]) -> bool:
    """Whether blanks lay the text out: in more than a few lines three or more stand between words."""
    gaps = sum(1 for line in lines if _GAP.search(line[:500]))
    return gaps >= 3 and gaps >= 0.04 * sum(1 for line in lines if line.strip())


def _page(lines: Sequence[str], number: int, page: int | None, spread: bool) -> Page:
    if spread:
        found: list[Stack | Rows] = []
        for start, end in _sheets(lines):
            words = [word for at in range(start, end) for word in _words(lines[at], (number + at) * LEADING)]
            found.extend(_renumbered(part) for part in page_of(lay_out(words), page, 0).parts)
        return Page(tuple(found), 0)
    return Page(tuple(_stacks(lines, number, page)), 0)


def _stacks(lines: Sequence[str], number: int, page: int | None) -> Iterator[Stack]:
    """The lines between two blank ones."""
    stack: list[Line] = []
    for at, line in enumerate([*lines, ""]):
        text = line.strip()
        if text:
            indent = (len(line) - len(line.lstrip())) * PITCH
            end = indent + len(text) * PITCH
            stack.append(Line(text, indent, end, (number + at) * LEADING, 1, False, page, number + at))
        elif stack:
            yield Stack(tuple(stack), typed=True)
            stack = []


def _sheets(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pieces of some two hundred lines, cut at a blank one where there is one: no page is longer."""
    start = 0
    while start < len(lines):
        end = min(len(lines), start + 200)
        end = next((at for at in range(end, min(len(lines), end + 100)) if not lines[at].strip()), end)
        yield start, end
        start = end


def _words(line: str, base: float) -> Iterator[Word]:
    if len(_JUSTIFIED.findall(line)) > 0.5 * line.count(" "):
        line = _JUSTIFIED.sub(" ", line)
    for match in _WORD.finditer(line.expandtabs(8)):
        yield Word(match[0], match.start() * PITCH, match.end() * PITCH, base, 1)


def _renumbered(part: Stack | Rows) -> Stack | Rows:
    """The lines with their numbers in the file."""

    def line(one: Line) -> Line:
        return one._replace(number=round(one.base / LEADING))

    if isinstance(part, Stack):
        return part._replace(lines=tuple(map(line, part.lines)))
    return part._replace(cells=tuple(tuple(tuple(map(line, cell)) for cell in row) for row in part.cells))


def _tabbed(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of at least two lines whose tabs or bars part figures, with the line above that names their columns."""
    start = None
    for at in range(len(lines) + 1):
        if at < len(lines) and _is_row(lines[at]):
            start = at if start is None else start
        elif start is not None:
            if at - start >= 2:
                names = start and len(_cells(lines[start - 1])) in {
                    len(_cells(lines[start])),
                    len(_cells(lines[start])) - 1,
                }
                yield start - bool(names), at
            start = None


def _cells(line: str) -> list[str]:
    """The cells of a line; where a blank stands between two tabs, such pairs part and single tabs do not."""
    text = line.strip().strip("|").strip()
    if _PAIR_OF_TABS.search(text):
        text = _TAB_BETWEEN.sub("\t \t", text)
    splitter = r"\s*\|\s*" if text.count("|") > 1 else r"\s*\t +\t\s*" if _PAIR_OF_TABS.search(text) else r" *\t *"
    return re.split(splitter, text)


def _is_row(line: str) -> bool:
    if len(line) > 1_000 or ("\t" not in line and line.count("|") < 2):
        return False
    cells = [cell for cell in _cells(line) if cell]
    return len(cells) >= 2 and all(map(is_figure, cells[1:])) and (len(cells) > 2 or not is_figure(cells[0]))


def _row(line: str, number: int, page: int | None) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        (Line(cell.replace("\t", ""), 0, 0, number, 1, False, page, number),) if cell else () for cell in _cells(line)
    )
