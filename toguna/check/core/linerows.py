"""Rows of figures whose table was lost in the extraction: what stands on one line of the page, put together again.

The order of the columns is not known; a row is only asked whether its largest figure is the sum of the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toguna.check.core.document import Block, Document, Text
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import plain
from toguna.check.core.sentences import ROW_TOTAL
from toguna.kernel.core.numbers import parse_number, read_numbers

#: Rows of one table stand so many lines apart at most.
_APART = 4
#: A row of a table has fewer letters than this to each figure.
_LETTERS = 25
_FIGURE = re.compile(r"\d+")
#: A piece that is one count and nothing else, as most cells are. Four digits may be a year.
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})*|\d{5,9}")
#: A breakdown in brackets is a sentence's, and is judged there, also where the line cuts it: `(3,686 women`, `78 children)`.
_BREAKDOWN = re.compile(r"\(\d[\d., \u00a0\u202f]*[^\W\d]{3}|\d[ \u00a0\u202f][^\W\d]{3,}\)")


class Count(NamedTuple):
    """A count in the text of a block or a cell, and where it ends there."""

    text: int
    value: Decimal
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    page: int
    line: int
    counts: tuple[Count, ...]
    words: str
    scattered: bool

    @property
    def values(self) -> list[Decimal]:
        return [count.value for count in self.counts]


def line_drafts(document: Document) -> Iterator[Draft]:
    """Rows, scattered over several blocks, in which the largest figure is not the sum that it is in the rows beside."""
    rows = list(_rows(document))
    block: list[LineRow] = []
    for row in rows:
        if block and not _continues(block[-1], row):
            yield from _block(block)
            block = []
        block.append(row)
    yield from _block(block)


def _continues(last: LineRow, row: LineRow) -> bool:
    same = last.page == row.page and row.line - last.line <= _APART
    return same and len(row.counts) == len(last.counts)


def _rows(document: Document) -> Iterator[LineRow]:
    pieces: dict[tuple[int, int], list[tuple[int, str, int]]] = defaultdict(list)
    for index, text in enumerate(document.texts()):
        if isinstance(text, Block) and text.kind in {"bullet", "note"}:
            continue
        for page, line, start, end in _lines(text):
            pieces[page, line].append((index, text.text[start:end], start))
    for (page, line), own in sorted(pieces.items()):
        line_words = plain(" ".join(words for _, words, _ in own))
        figures, letters = len(_FIGURE.findall(line_words)), sum(map(str.isalpha, line_words))
        if not 3 <= figures <= 40 or letters > _LETTERS * figures or _BREAKDOWN.search(line_words):
            continue
        counts = tuple(count for index, words, _ in own for count in _counts(index, words))
        if len(counts) > 2:
            yield LineRow(page=page, line=line, counts=counts, words=line_words, scattered=len(own) > 1)


def _counts(index: int, words: str) -> list[Count]:
    """The counts in digits of a piece; most pieces are one count, or none."""
    if not _FIGURE.search(words):
        return []
    alone = words.strip()
    if _COUNT.fullmatch(alone):
        return [Count(index, parse_number(alone)[0], len(words.rstrip()))]
    found = (number for number in read_numbers(words).numbers if not number.in_words)
    return [Count(index, number.value, number.end) for number in found if number.kind == "count"]


def _lines(text: Text) -> Iterator[tuple[int, int, int, int]]:
    for place, spot in enumerate(text.spots):
        end = text.spots[place + 1].start if place + 1 < len(text.spots) else len(text.text)
        if spot.line is not None:
            yield spot.page or 0, spot.line, spot.start, end


def _block(rows: Sequence[LineRow]) -> Iterator[Draft]:
    if len(rows) < 3 or not any(row.scattered for row in rows):
        return
    fails = [row for row in rows if not _adds_up(row.values)]
    telling = [row for row in rows if _adds_up(row.values) and sum(value > 0 for value in row.values) > 2]
    if not fails or len(telling) < 2 or len(rows) - len(fails) < 2 * len(fails):
        return
    for row in fails:
        total = max(row.values)
        largest = next(count for count in row.counts if count.value == total)
        others = sum(row.values, Decimal(0)) - total
        yield Draft(
            kind="sum",
            confidence="medium",
            fault=ROW_TOTAL,
            spans=(Span(text=largest.text, start=0, end=largest.end),),
            words=row.words,
            expected=written(others),
            found=written(total),
            details={"row": row.words},
        )


def _adds_up(values: Sequence[Decimal]) -> bool:
    return 2 * max(values) == sum(values, Decimal(0))
