"""The typed document that readers make and the engine reads: blocks in reading order, every character with its place.

A reader cleans nothing but white space: numbers, dashes and apostrophes stay as printed, so that a quote can be found again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from toguna.kernel.api import Language, Place

BlockKind = Literal["heading", "paragraph", "bullet", "caption", "note"]

#: Words that only one of the two languages has, enough to tell them apart in a page of figures.
_ENGLISH = "the of and to in for with were was have has been from by at are this that their which on people"
_FRENCH = "le la les des du et dans pour avec ont été sont une un au aux par sur dont cette ces qui que personnes"
_WORDS: dict[Language, frozenset[str]] = {"en": frozenset(_ENGLISH.split()), "fr": frozenset(_FRENCH.split())}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """From `start` in a text to the next spot, the text stands on this page and line (both from 1; None = unknown). Of a workbook,
    `sheet` names the sheet, and `line` is the row."""

    start: int
    page: int | None = None
    line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Text:
    """Words as printed. `\\n` is a line end of the source that may mean something (plain text, PDF), never a wrapped HTML line."""

    text: str
    #: Ascending by `start`, the first at 0; empty when no place is known.
    spots: tuple[Spot, ...] = ()

    def __post_init__(self) -> None:
        starts = [spot.start for spot in self.spots]
        if starts and (starts[0] != 0 or starts != sorted(starts)):
            raise ValueError("spots must ascend from 0")

    def place(self, offset: int, file: str | None = None) -> Place:
        """Where the character at `offset` stands."""
        index = bisect_right(self.spots, offset, key=lambda spot: spot.start) - 1
        if index < 0:
            return Place(file=file)
        spot = self.spots[index]
        if spot.sheet is not None:
            return Place(file=file, sheet=spot.sheet, row=spot.line)
        return Place(file=file, page=spot.page, line=spot.line)


@dataclass(frozen=True, kw_only=True)
class Block(Text):
    """A heading, paragraph, list item, caption of a picture or note at the foot of a page."""

    kind: BlockKind = "paragraph"
    #: Of a heading (1 is the highest) or a list item (1 is the outermost).
    level: int = 1
    #: It stands beside the flow of the text: a side column, a text box, a box of key figures.
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell(Text):
    """One cell of a table. A cell that spans several columns stands once, at the first, and says how many."""

    header: bool = False
    span: int = 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose cells are known. Rows may be of unequal length; a cell's column is the sum of the spans before it."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Text | None = None
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file's text. `language` is what the file declares; without it `spoken()` guesses."""

    name: str
    parts: tuple[Block | Table, ...]
    language: Language | None = None
    #: How the text was made: `text`, `markdown`, `html`, `pdf`, `docx`, `xlsx`, `pptx`, `odt`.
    form: str = "text"
    title: str | None = None
    pages: int | None = field(default=None)

    def texts(self) -> Iterator[Text]:
        """Every text in reading order, cells and table captions among them."""
        for part in self.parts:
            if isinstance(part, Block):
                yield part
                continue
            if part.caption:
                yield part.caption
            for row in part.rows:
                yield from row

    def spoken(self) -> Language:
        """The declared language, else the guess; English when nothing tells."""
        return self.language or guess_language("\n".join(text.text for text in self.texts()))


def guess_language(text: str) -> Language:
    """`fr` when more of the words are French than English, else `en`."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    score = {language: sum(words[word] for word in known) for language, known in _WORDS.items()}
    return "fr" if score["fr"] > score["en"] else "en"
