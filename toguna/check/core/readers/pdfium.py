"""The rim of the PDF reader: pdfium's text layer and ruled lines as plain words and boxes."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from toguna.check.core.readers.geometry import Box, Word

#: What is looked at on one page; a map may hold a million strokes.
MOST_CHARACTERS = 60_000
MOST_OBJECTS = 6_000
#: Pdfium writes this for a hyphen at a line's end that it took out.
TAKEN_HYPHEN = "\ufffe"
SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\s\x00\ufffe]+\ufffe?")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Turn = Callable[[float, float], tuple[float, float]]


class Sheet(NamedTuple):
    """One page in the direction that most of its words run in: those words, the page's strokes, its size; then the words that run otherwise."""

    words: list[Word]
    strokes: list[Box]
    width: float
    height: float
    turned: list[list[Word]]


def read_sheet(page: pypdfium2.PdfPage) -> Sheet:
    """The words and strokes of a page, turned so that its words are upright; the page's own rotation does not matter then."""
    left, bottom, right, top = page.get_cropbox()
    frames: tuple[Turn, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (top - y, right - x),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (y - bottom, x - left),
    )
    by_direction: dict[int, list[Word]] = {}
    textpage = page.get_textpage()
    try:
        for direction, word in _words(textpage, frames):
            by_direction.setdefault(direction, []).append(word)
    finally:
        textpage.close()
    most = max(by_direction, key=lambda direction: len(by_direction[direction]), default=0)
    width, height = (right - left, top - bottom) if most % 2 == 0 else (top - bottom, right - left)
    words = [word for word in by_direction.pop(most, []) if word.x1 >= -1 and word.x0 <= width + 1]
    turned = [_once(others) for others in by_direction.values()]
    return Sheet(_once(words), list(_strokes(page, frames[most])), width, height, turned)


def characters(textpage: pypdfium2.PdfTextPage) -> str:
    """One character an index, as pdfium counts them."""
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    text = textpage.get_text_range(0, count) if count else ""
    if len(text) == count:
        return text
    return "".join(map(_character, (pdfium.FPDFText_GetUnicode(textpage.raw, at) for at in range(count))))


def _character(code: int) -> str:
    if code == 2:
        return TAKEN_HYPHEN
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "


class Style(NamedTuple):
    """The font's size, the direction of writing in quarters of a turn to the right, the weight."""

    size: float
    quarter: int
    bold: bool


class _Pen:
    """Where one character stands, in the page's own coordinates; holds the buffers that pdfium writes into."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self._page = textpage.raw
        self._box = pdfium.FS_RECTF()
        self._into_box = ctypes.byref(self._box)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._into_point = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._thing: int | None = None
        self._style = Style(0, 0, False)
        self._edges = tuple(ctypes.c_double() for _ in range(4))

    def box(self, at: int) -> Box:
        """Of the character with its font's full height; `top` is the higher y."""
        pdfium.FPDFText_GetLooseCharBox(self._page, at, self._into_box)
        box = self._box
        return Box(box.left, box.top, box.right, box.bottom)

    def origin(self, at: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._page, at, *self._into_point)
        return self._x.value, self._y.value

    def foot(self, at: int) -> float:
        """The lowest ink of the character."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        return bottom.value

    def style(self, at: int) -> Style:
        """How the character is written; asked once for each text object of the page, which has one style."""
        pointer = pdfium.FPDFText_GetTextObject(self._page, at)
        thing = ctypes.addressof(pointer.contents) if pointer else None
        if thing is None or thing != self._thing:
            self._thing, self._style = thing, Style(self._size(at), self._quarter(at), self._bold(at))
        return self._style

    def _size(self, at: int) -> float:
        """The font's size as the page scales it."""
        pdfium.FPDFText_GetMatrix(self._page, at, self._matrix)
        return float(pdfium.FPDFText_GetFontSize(self._page, at)) * math.hypot(self._matrix.b, self._matrix.d)

    def _quarter(self, at: int) -> int:
        angle = float(pdfium.FPDFText_GetCharAngle(self._page, at))
        return round(angle / 1.5708) % 4 if angle >= 0 else 0

    def _bold(self, at: int) -> bool:
        """By the font's weight, or by its name where it tells no weight."""
        if int(pdfium.FPDFText_GetFontWeight(self._page, at)) >= 600:
            return True
        length = pdfium.FPDFText_GetFontInfo(self._page, at, self._name, len(self._name), None)
        name = self._name.raw[: max(0, min(length, len(self._name)) - 1)].lower()
        return b"bold" in name or b"black" in name or b"heavy" in name


def _words(textpage: pypdfium2.PdfTextPage, frames: Sequence[Turn]) -> Iterator[tuple[int, Word]]:
    """Each word with its direction. A note's mark is joined to its word as a raised figure."""
    pen = _Pen(textpage)
    waiting: tuple[int, Word] | None = None
    for match in _WORD.finditer(characters(textpage)):
        first = match.start()
        written = match[0].replace(TAKEN_HYPHEN, SOFT_HYPHEN)
        style = pen.style(first)
        place = _upright if style.quarter == 0 else _turned
        word = place(written, style, first, match.end() - 1, pen, frames[style.quarter])
        if waiting and style.quarter == waiting[0] == 0 and _is_mark(waiting[1], word, pen, first):
            waiting = 0, waiting[1]._replace(text=waiting[1].text + written.translate(_SUPERSCRIPT), x1=word.x1)
            continue
        if waiting:
            yield waiting
        waiting = style.quarter, word
    if waiting:
        yield waiting


def _upright(written: str, style: Style, first: int, last: int, pen: _Pen, turn: Turn) -> Word:
    """A word of the usual direction; apart from `_turned` because nearly all words are such ones."""
    left, top, right, bottom = pen.box(first)
    size = round(style.size if 2 <= style.size <= 300 else max(1.0, abs(top - bottom)), 1)
    if last > first:
        end = pen.box(last)
        left, right = min(left, right, end.x0, end.x1), max(left, right, end.x0, end.x1)
        if written[-1].isdigit() or written[-2].isdigit():
            written = _marked(written, first, pen, size)
    x, base = turn(left, pen.origin(first)[1])
    return Word(written, x, x + right - left, base, size, style.bold)


def _turned(written: str, style: Style, first: int, last: int, pen: _Pen, turn: Turn) -> Word:
    start, end = pen.box(first), pen.box(last)
    height = abs(start.top - start.bottom) if style.quarter == 2 else abs(start.x1 - start.x0)
    size = round(style.size if 2 <= style.size <= 300 else max(1.0, height), 1)
    corners = [(box.x0, box.bottom) for box in (start, end)] + [(box.x1, box.top) for box in (start, end)]
    sides = [turn(*corner)[0] for corner in corners]
    return Word(written, min(sides), max(sides), turn(*pen.origin(first))[1], size, style.bold)


def _marked(written: str, first: int, pen: _Pen, size: float) -> str:
    """A note's mark behind a number is written small and high: 474,231² must not be read as 4742312."""
    line = pen.origin(first)[1] + 0.2 * size
    end = len(written.rstrip(",.;:)"))
    tail = end
    while tail > 1 and written[tail - 1].isdigit() and pen.foot(first + tail - 1) > line:
        tail -= 1
    return written[:tail] + written[tail:end].translate(_SUPERSCRIPT) + written[end:]


def _is_mark(last: Word, word: Word, pen: _Pen, first: int) -> bool:
    """Whether the word is digits that stand high, close behind the word before."""
    return (
        len(word.text) <= 3
        and word.text.rstrip(",.;:)").isdigit()
        and -0.2 * last.size < word.x0 - last.x1 < 0.35 * last.size
        and abs(last.base - word.base) < 0.7 * last.size
        and last.base - word.base + pen.foot(first) - pen.origin(first)[1] > 0.2 * last.size
    )


def _once(words: list[Word]) -> list[Word]:
    """Without the second strokes by which some programs write bold or a shadow."""
    seen: dict[str, set[tuple[int, int]]] = {}
    kept = []
    for word in words:
        x, y = word.x0 / 2, word.base / 2
        known = seen.get(word.text)
        if known is None:
            known = seen[word.text] = set()
            kept.append(word)
        else:
            left, right, above, below = round(x - 0.5), round(x + 0.5), round(y - 0.5), round(y + 0.5)
            if known.isdisjoint(((left, above), (left, below), (right, above), (right, below))):
                kept.append(word)
        known.add((round(x), round(y)))
    return kept


def _strokes(page: pypdfium2.PdfPage, turn: Turn) -> Iterator[Box]:
    """The boxes of the page's paths: rules, frames and shades."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(min(pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(
            thing, left, bottom, right, top
        ):
            one, other = turn(left.value, bottom.value), turn(right.value, top.value)
            yield Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
