"""Words with positions, in points, y downwards: what a page of a PDF, or a text laid out by blanks, is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from toguna.check.core.readers.marks import MARK


class Word(NamedTuple):
    """A run of characters without a blank. `size` is the height of its type, `base` its baseline."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        return self.base - self.size * 0.8

    @property
    def bottom(self) -> float:
        return self.base + self.size * 0.2


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the middle of the word lies in the box."""
        x, y = (word.x0 + word.x1) / 2, word.base - word.size * 0.3
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom


class Segment(NamedTuple):
    """Words of one line that no gutter parts, and what is asked of them often."""

    words: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    base: float
    size: float
    top: float
    bottom: float

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


def segment_of(words: Sequence[Word]) -> Segment:
    """Words of one line, from left to right, as a segment."""
    return Segment(
        words=tuple(words),
        text=" ".join(word.text for word in words),
        x0=words[0].x0,
        x1=max(word.x1 for word in words),
        base=words[0].base,
        size=max(word.size for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
    )


def around(segments: Iterable[Segment]) -> Box:
    """The smallest box that holds all."""
    boxes = [segment.box for segment in segments]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a baseline, from left to right; rows from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        if rows and word.base - rows[-1][0].base <= 0.3 * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.x0)
    return rows


#: A gap this wide, in heights of the type, parts (in a row of such gaps, one twice as wide); one half as wide parts where
#: the rows beside it have it too.
WIDE, NARROW = 1.9, 0.75
#: A row with more words is no row of a table.
MOST_IN_ROW = 300


def segments_of(words: Sequence[Word]) -> list[Segment]:
    """Rows cut at their gutters."""
    rows = rows_of(words)
    found = []
    for at, row in enumerate(rows):
        usual = _usual_gap(row)
        far = 1 if usual else 3
        nearby = range(max(0, at - far), min(len(rows), at + far + 1))
        beside = [rows[near] for near in nearby if near != at and len(rows[near]) <= MOST_IN_ROW]
        start = 0
        for end in range(1, len(row) + 1):
            if end < len(row) and end - 1 == start and _is_mark(row[start], row[end]):
                continue
            if end == len(row) or _parts(row[end - 1], row[end], usual, beside):
                found.append(segment_of(row[start:end]))
                start = end
    return found


def _usual_gap(row: Sequence[Word]) -> float:
    """The gap between the words of a row whose gaps are all alike, as in a justified one; else 0."""
    gaps = sorted(right.x0 - left.x1 for left, right in pairwise(row))
    return gaps[-1] if len(gaps) >= 4 and gaps[-1] < 1.5 * gaps[0] else 0.0


def _is_mark(word: Word, following: Word) -> bool:
    """Whether a word is the mark of a list item: what follows belongs to it, however far."""
    return following.x0 - word.x1 < 6 * word.size and MARK.fullmatch(f"{word.text} ") is not None


def _parts(left: Word, right: Word, usual: float, beside: Sequence[Sequence[Word]]) -> bool:
    """Whether a gutter parts two words; `usual` is the gap of a row whose gaps are all alike."""
    size = min(left.size, right.size)
    gap = right.x0 - left.x1
    if gap <= NARROW * size:
        return False
    is_usual = gap <= usual
    if gap > (2 * WIDE if is_usual else WIDE) * size:
        return True
    rows = [row for row in beside if abs(row[0].base - left.base) < (2.4 if usual else 4) * size]
    return any(_has_gap(row, left, right, size, aligned=is_usual) for row in rows)


def _has_gap(row: Sequence[Word], left: Word, right: Word, size: float, *, aligned: bool) -> bool:
    """Whether the row has words on both sides of a gap, half a height wide at least, where `left` and `right` have theirs.

    `aligned` asks that the words beside the gap begin or end in one line: gaps of justified rows meet by chance.
    """
    near = 0.12 * size
    for before, after in pairwise(row):
        if after.x0 <= left.x1 or before.x1 >= right.x0 or after.x0 - before.x1 <= NARROW * size:
            continue
        if min(right.x0, after.x0) - max(left.x1, before.x1) < 0.5 * size:
            continue
        middles = abs(after.x0 + after.x1 - right.x0 - right.x1) / 2
        if not aligned or min(abs(after.x0 - right.x0), abs(after.x1 - right.x1), middles) < near:
            return True
    return False
