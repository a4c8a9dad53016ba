"""From the parts of pages to the blocks of a document: headings, paragraphs, list items, captions, notes, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from toguna.check.core.document import Block, BlockKind, Cell, Spot, Table, Text
from toguna.check.core.readers.marks import MARK, WEAK_MARK, is_caption, is_figure
from toguna.check.core.readers.pages import Line, Page, Rows, Stack, without_running_heads

SOFT_HYPHEN = "\u00ad"


def blocks_of(pages: Sequence[Page]) -> tuple[Block | Table, ...]:
    """The document's parts: running heads told once, paragraphs cut by a column or page put together again."""
    pages = without_running_heads(pages)
    sizes = _Sizes(pages)
    parts: list[Block | Table] = []
    for page in pages:
        indents = _indents(page)
        for at, part in enumerate(page.parts):
            if isinstance(part, Rows):
                _add_table(parts, part, may_continue=at == 0 and page.height > 0)
                continue
            may_carry = at == 0 or page.height > 0
            for found in _blocks(part, sizes, indents):
                _add(parts, found, may_carry)
                may_carry = False
    return tuple(_ended(part) for part in parts)


def _ended(part: Block | Table) -> Block | Table:
    """Without the hyphen of a word whose end was not found."""
    if isinstance(part, Block) and part.text.endswith(SOFT_HYPHEN):
        return replace(part, text=part.text.rstrip(SOFT_HYPHEN))
    return part


# Blocks of one column.


class _Sizes:
    """How large the type of the body is, and which sizes above it are headings."""

    def __init__(self, pages: Sequence[Page]) -> None:
        weights: Counter[float] = Counter()
        for page in pages:
            for part in page.parts:
                lines = part.lines if isinstance(part, Stack) else ()
                for line in lines:
                    weights[round(line.size, 1)] += len(line.text)
        self.body = weights.most_common(1)[0][0] if weights else 0.0
        #: A text without types of its own.
        self.are_one = len(weights) <= 1
        self._larger = sorted((size for size in weights if size > 1.12 * self.body), reverse=True)

    def level(self, line: Line) -> int:
        """Of a heading: 1 for the largest type."""
        size = round(line.size, 1)
        return 1 + sum(larger > size * 1.05 for larger in self._larger[:8]) if size in self._larger else 9

    def is_larger(self, line: Line) -> bool:
        return round(line.size, 1) in self._larger


class _Shape(NamedTuple):
    """How wide a column's lines run and how far apart; `typed` when lines are as somebody broke them, not as a page set them."""

    left: float
    right: float
    leading: float
    typed: bool

    def room(self, last: Line, line: Line) -> float:
        """What share of the width would have been left after the last line, had the first word of this one been put there."""
        first = (line.x1 - line.x0) * len(line.text.split(" ", 1)[0]) / max(1, len(line.text))
        return (self.right - last.x1 - first - 0.25 * line.size) / max(1.0, self.right - self.left)


def _indents(page: Page) -> list[float]:
    """Where on the page the marks of list items stand, from the left."""
    stacks = [part for part in page.parts if isinstance(part, Stack)]
    found: list[float] = []
    for x in sorted({line.x0 for stack in stacks for line in stack.lines if MARK.match(line.text)}):
        if not found or x - found[-1] > 4:
            found.append(x)
    return found


def _blocks(stack: Stack, sizes: _Sizes, indents: Sequence[float]) -> Iterator[Block]:
    shape = _Shape(
        left=min(line.x0 for line in stack.lines),
        right=max(line.x1 for line in stack.lines),
        leading=_leading(stack.lines),
        typed=stack.typed,
    )
    group: list[Line] = []
    for line in stack.lines:
        if group and _breaks(group, line, shape):
            yield _block(group, stack, sizes, indents)
            group = []
        group.append(line)
    yield _block(group, stack, sizes, indents)


def _leading(lines: Sequence[Line]) -> float:
    steps = [later.base - line.base for line, later in pairwise(lines) if 0.9 < line.size / max(later.size, 0.1) < 1.1]
    size = median(line.size for line in lines)
    tight = [step for step in steps if step < 1.7 * size]
    return median(tight) if tight else 1.25 * size


def _breaks(group: Sequence[Line], line: Line, shape: _Shape) -> bool:
    """Whether a new block begins with the line."""
    last = group[-1]
    step = line.base - last.base
    if MARK.match(line.text) and (not WEAK_MARK.match(line.text) or _opens_item(group, line, shape)):
        return True
    if is_figure(line.text) or is_figure(last.text):
        alone = _parts_figure(group, line, shape)
        if alone is not None:
            return alone
    ratio = line.size / max(last.size, 0.1)
    if not 0.88 < ratio < 1.14 or step > 1.35 * shape.leading * max(1.0, ratio):
        return True
    room = shape.room(last, line)
    if last.bold != line.bold and (all(one.bold for one in group) or line.bold):
        return room > 0.12 or _is_heading_text(last.text)
    return _is_left_short(last, line, room, shape)


def _opens_item(group: Sequence[Line], line: Line, shape: _Shape) -> bool:
    """Whether a dash or the like opens a list item, rather than going on with a sentence."""
    first, last = group[0], group[-1]
    near = 0.4 * line.size
    if MARK.match(first.text) and abs(line.x0 - first.x0) < near and (last is first or last.x0 > first.x0 + near):
        return True
    ended = last.text.rstrip().endswith((".", "!", "?", ":", ";", "»", "”"))
    indented = line.x0 > last.x0 + near and MARK.match(last.text) is None
    return ended or indented or shape.room(last, line) > 0.3


def _parts_figure(group: Sequence[Line], line: Line, shape: _Shape) -> bool | None:
    """A figure and its label are one block, whichever is first; None when the figure is a word of a running text."""
    last = group[-1]
    tight = line.base - last.base <= 1.35 * max(shape.leading, last.size)
    if is_figure(last.text) and len(group) == 1:
        return not tight or is_figure(line.text)
    if is_figure(last.text) and len(group) == 2 and not is_figure(group[0].text) and len(group[0].text.split()) <= 8:
        return True
    if is_figure(line.text) and (shape.room(last, line) > 0.3 or not 0.88 < line.size / max(last.size, 0.1) < 1.14):
        is_label = len(group) == 1 and len(last.text.split()) <= 8 and 0.88 < line.size / max(last.size, 0.1) < 1.14
        is_label = is_label and not last.text.isupper()
        return not (is_label and tight)
    return None


def _is_left_short(last: Line, line: Line, room: float, shape: _Shape) -> bool:
    """Whether the last line was ended before its time: the next word would have found room."""
    if line.text[:1] == "(":
        return False
    if last.text.rstrip().endswith((".", "!", "?", ":", ";", "»", "”")):
        return room > (0.25 if shape.typed else 0.06)
    if line.text[:1].islower() or last.text.rstrip().endswith((",", "-", "–")):
        return False
    return room > (0.5 if shape.typed else 0.3) and (not shape.typed or shape.right > 18)


def _is_heading_text(text: str) -> bool:
    return len(text.split()) <= 12 and not text.rstrip().endswith((".", ",", ";", "-"))


def _block(group: Sequence[Line], stack: Stack, sizes: _Sizes, indents: Sequence[float]) -> Block:
    first = group[0]
    mark = MARK.match(first.text)
    text = _text(group, mark.end() if mark else 0)
    kind: BlockKind
    if mark:
        kind, level = "bullet", 1 + sum(first.x0 - 90 < x < first.x0 - 4 for x in indents)
    elif stack.typed:
        kind, level = _kind_typed(group)
    else:
        kind, level = _kind(group, sizes)
    return Block(text=text.text, spots=text.spots, kind=kind, level=level, aside=stack.aside)


def _kind(group: Sequence[Line], sizes: _Sizes) -> tuple[BlockKind, int]:
    text = " ".join(line.text for line in group)
    first = group[0]
    if is_caption(text):
        return "caption", 1
    if first.size < 0.9 * sizes.body and re.match(r"[*¹²³⁴⁵⁶⁷⁸⁹]|\d{1,2}\s*[A-ZÀ-Ý]", text):
        return "note", 1
    titled = _is_heading_text(text) and len(group) <= 3 and not is_figure(first.text)
    if titled and all(map(sizes.is_larger, group)):
        return "heading", min(6, sizes.level(first))
    if titled and all(line.bold for line in group) and not text[:1].islower():
        return "heading", 6
    return _kind_typed(group) if sizes.are_one else ("paragraph", 1)


#: A typed heading: numbered, or all in capitals.
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.|[A-Z]\.)\s+[A-ZÀ-Ý]")


def _kind_typed(group: Sequence[Line]) -> tuple[BlockKind, int]:
    text = " ".join(line.text for line in group)
    if is_caption(text):
        return "caption", 1
    if len(group) == 1 and _is_heading_text(text) and not is_figure(text):
        if _NUMBERED.match(text):
            return "heading", min(6, 2 + text.split()[0].rstrip(".").count("."))
        if text.isupper() and len(text) > 3:
            return "heading", 2
    return "paragraph", 1


#: Words that a number in words joins to its next by a hyphen.
_NUMBERS = re.compile(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dix|vingt|trente|quarante|cinquante|soixante|quatre)$",
    re.IGNORECASE,
)


def _joint(before: str, after: str) -> str:
    """What stands before the words that follow: the line's end, or a hyphen's word without its hyphen."""
    if not before.endswith(SOFT_HYPHEN):
        return before and f"{before}\n"
    return before[:-1] + ("-" if _keeps_hyphen(before[:-1], after) else "")


def _keeps_hyphen(before: str, after: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word: Nord-Kivu, COVID-19, twenty-two."""
    return after[0].isupper() or after[0].isdigit() or _NUMBERS.search(before[-12:]) is not None


def _text(lines: Iterable[Line], skip: int = 0) -> Text:
    """Lines as one text, each with its place; a hyphen that only a line's end asked for is taken out."""
    text = ""
    spots: list[Spot] = []
    for line in lines:
        cut = line.text[skip:].strip()
        words = cut.replace(SOFT_HYPHEN, "").strip()
        skip = 0
        if not words:
            continue
        text = _joint(text, words)
        spots.append(Spot(start=len(text), page=line.page, line=line.number))
        text += words + SOFT_HYPHEN if cut.endswith(SOFT_HYPHEN) else words
    return Text(text=text, spots=tuple(spots))


# Putting together.


def _add_table(parts: list[Block | Table], rows: Rows, *, may_continue: bool) -> None:
    """Append the table, or carry on with the one that the page's end cut; the caption above it becomes its own."""
    cells = tuple(tuple(map(_cell, row)) for row in rows.cells)
    last = parts[-1] if parts else None
    if may_continue and isinstance(last, Table) and len(last.rows[0]) == len(cells[0]):
        titles = [[cell.text for cell in row] for row in (last.rows[0], cells[0])]
        rest = cells[1:] if titles[0] == titles[1] else cells
        parts[-1] = Table(rows=last.rows + rest, caption=last.caption, aside=last.aside)
    elif isinstance(last, Block) and last.kind == "caption" and last.aside == rows.aside:
        caption = Text(text=last.text, spots=last.spots)
        parts[-1] = Table(rows=cells, aside=rows.aside, caption=caption)
    else:
        parts.append(Table(rows=cells, aside=rows.aside))


def _cell(lines: Sequence[Line]) -> Cell:
    text = _text(lines)
    return Cell(
        text=text.text.rstrip(SOFT_HYPHEN), spots=text.spots, header=bool(lines) and all(line.bold for line in lines)
    )


def _add(parts: list[Block | Table], part: Block, may_carry: bool) -> None:
    """Append the block, or carry on with the paragraph that a column's or page's end cut."""
    if not part.text:
        return
    at = _carried(parts, part) if may_carry else None
    before = parts[at] if at is not None else None
    if at is None or not isinstance(before, Block):
        parts.append(part)
        return
    start = _joint(before.text, part.text)
    spots = tuple(Spot(start=len(start) + spot.start, page=spot.page, line=spot.line) for spot in part.spots)
    parts[at] = replace(before, text=start + part.text, spots=before.spots + spots)


def _carried(parts: Sequence[Block | Table], part: Block) -> int | None:
    """The paragraph that this one carries on: begun elsewhere, without an end, and this begins in small letters."""
    if part.kind != "paragraph" or not part.text[:1].islower():
        return None
    for at in range(len(parts) - 1, max(-1, len(parts) - 8), -1):
        before = parts[at]
        if isinstance(before, Table) or before.kind in {"caption", "note"} or before.aside != part.aside:
            continue
        if is_figure(before.text):
            continue
        return at if before.kind in {"paragraph", "bullet"} and re.search(r"[\w,’'\u00ad-]$", before.text) else None
    return None
