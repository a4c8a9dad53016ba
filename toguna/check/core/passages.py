"""A document cut into passages and sentences, with the brackets matched: what the relations are looked for in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from toguna.check.core.document import Block, BlockKind, Document, Table, Text
from toguna.check.core.quantities import Quantity, Reading, read
from toguna.kernel.core.tokens import Token

_ENDS = {".", "!", "?", "…", "•", "●", "➢", "▪", "◦", "\uf0b7", "❖", "\uf0a7", "✓"}
_ABBREVIATIONS = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "no",
    "st",
    "vs",
    "approx",
    "etc",
    "e.g",
    "i.e",
    "prof",
    "fig",
    "art",
    "al",
    "cf",
    "ex",
    "env",
    "gen",
}
#: So many words without a stop are no sentence.
_LONGEST_SENTENCE = 400
#: A bracket open for longer than this was never closed.
_LONGEST_BRACKET = 700


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """A matched pair, by token; the words between are `first + 1` to `last` (exclusive)."""

    first: int
    last: int
    depth: int


Placed = TypeVar("Placed", Quantity, Bracket)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of a passage, with the quantities and brackets in them."""

    first: int
    last: int
    quantities: tuple[Quantity, ...]
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block of running text. `index` is its place among `Document.texts()`, `section` the number of headings before it."""

    index: int
    kind: BlockKind
    aside: bool
    section: int
    reading: Reading
    heading: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.reading.tokens

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return _sentences(self.reading)

    def sentence_of(self, token: int) -> int:
        """Which sentence a token stands in."""
        return bisect_right(self._firsts, token) - 1

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(sentence.first for sentence in self.sentences)

    def around(self, first: int, last: int, before: int, after: int) -> tuple[int, int]:
        """Characters from `before` tokens ahead of a run to `after` tokens behind it, within the sentences of its ends."""
        low = max(self.sentences[self.sentence_of(first)].first, first - before)
        high = min(self.sentences[self.sentence_of(last - 1)].last, last + after)
        return self.tokens[low].start, self.tokens[high - 1].end

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(token.stem for token in self.tokens)


def passages(document: Document) -> tuple[Passage, ...]:
    """The blocks of running text in reading order; tables are not among them."""
    result: list[Passage] = []
    index, section, heading = 0, 0, ""
    for part in document.parts:
        if isinstance(part, Table):
            index += sum(len(row) for row in part.rows) + (part.caption is not None)
            continue
        if part.kind == "heading":
            section, heading = section + 1, part.text
        result.append(_passage(part, index, section, heading))
        index += 1
    return tuple(result)


def _passage(block: Block, index: int, section: int, heading: str) -> Passage:
    return Passage(
        index=index, kind=block.kind, aside=block.aside, section=section, reading=read(block.text), heading=heading
    )


def cell_passages(document: Document) -> tuple[Passage, ...]:
    """The cells of tables that hold words or brackets with two figures: each is read like a sentence."""
    result: list[Passage] = []
    for first, table in tables(document):
        index = first
        for row in table.rows:
            for cell in row:
                if len(re.findall(r"\d+", cell.text)) > 1 and re.search(r"[(/%]|\bsur\b|\bof\b", cell.text):
                    result.append(
                        Passage(index=index, kind="paragraph", aside=True, section=-1, reading=read(cell.text))
                    )
                index += 1
    return tuple(result)


def tables(document: Document) -> tuple[tuple[int, Table], ...]:
    """Each table with the place of its first cell among `Document.texts()`."""
    result: list[tuple[int, Table]] = []
    index = 0
    for part in document.parts:
        if isinstance(part, Table):
            index += part.caption is not None
            result.append((index, part))
            index += sum(len(row) for row in part.rows)
        else:
            index += 1
    return tuple(result)


def _brackets(pieces: Sequence[Token]) -> tuple[Bracket, ...]:
    """Matched pairs, and those that nobody closed; a bracket that only opens others is left out."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, piece in enumerate(pieces):
        if piece.text in "([":
            stack.append(index)
        elif piece.text in ")]" and stack:
            first = stack.pop()
            if piece.start - pieces[first].start <= _LONGEST_BRACKET:
                pairs.append((first, index))
    pairs += ((first, last) for first in stack if (last := _ending(pieces, first)))
    found: list[Bracket] = []
    around: list[int] = []
    for first, last in _without_frames(pieces, sorted(pairs)):
        while around and around[-1] < first:
            around.pop()
        around.append(last)
        found.append(Bracket(first=first, last=last, depth=len(around)))
    return tuple(found)


def _without_frames(pieces: Sequence[Token], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the brackets around brackets that each hold a number, and that hold none themselves: `kits (Kolo (400), Tamba (350))`."""
    if len(pairs) < 2:
        return list(pairs)
    numbers = list(accumulate((piece.kind == "number" for piece in pieces), initial=0))
    held = {pair: [0, numbers[pair[1]] - numbers[pair[0]]] for pair in pairs}
    around: list[tuple[int, int]] = []
    for pair in pairs:
        while around and around[-1][1] < pair[0]:
            around.pop()
        if around:
            held[around[-1]][0] += 1
            held[around[-1]][1] -= numbers[pair[1]] - numbers[pair[0]]
        around.append(pair)
    return [pair for pair in pairs if not (held[pair][0] > 1 and held[pair][1] == 0)]


def _ending(pieces: Sequence[Token], first: int) -> int:
    """Where a bracket that nobody closed ends: at the stop, soon after; 0 when none comes or another opens before."""
    for index in range(first + 1, min(first + 40, len(pieces))):
        if pieces[index].text in "([":
            return 0
        if pieces[index].text in {".", ";", ")"} or index + 1 == len(pieces):
            return index
    return 0


def _sentences(reading: Reading) -> tuple[Sentence, ...]:
    pieces = reading.tokens
    brackets = _brackets(pieces)
    inside = bytearray(len(pieces))
    for bracket in brackets:
        if pieces[bracket.last].text in ")]":
            inside[bracket.first : bracket.last] = b"\1" * (bracket.last - bracket.first)
    result: list[Sentence] = []
    first = 0
    for index in range(len(pieces)):
        long = index + 1 - first >= _LONGEST_SENTENCE
        if index + 1 == len(pieces) or long or (not inside[index] and _ends(pieces, index, reading.text)):
            result.append(_sentence(reading, brackets, first, index + 1))
            first = index + 1
    return tuple(result)


def _sentence(reading: Reading, brackets: Sequence[Bracket], first: int, last: int) -> Sentence:
    return Sentence(
        first=first,
        last=last,
        quantities=_within(reading.quantities, first, last),
        brackets=_within(brackets, first, last),
    )


def _within(ordered: Sequence[Placed], first: int, last: int) -> tuple[Placed, ...]:
    """Those that begin at tokens `first` to `last` (exclusive)."""
    low = bisect_left(ordered, first, key=lambda one: one.first)
    high = bisect_left(ordered, last, key=lambda one: one.first)
    return tuple(ordered[low:high])


def _ends(pieces: Sequence[Token], index: int, text: str) -> bool:
    """Whether the sentence ends at this token: a stop before a capital, a list mark, or a list mark as next word."""
    piece, following = pieces[index], pieces[index + 1]
    if following.kind == "mark" and following.text in _ENDS and following.text not in ".!?…":
        return True
    if following.text == "o" and "\n" in text[piece.end : following.start]:
        return True
    if piece.text not in ".!?…" or piece.kind != "mark":
        return False
    before = pieces[index - 1] if index else None
    if (
        before is not None
        and piece.text == "."
        and (before.stem in _ABBREVIATIONS or re.fullmatch(r"[A-Z]", before.text))
    ):
        return False
    return following.text[0].isupper() or following.kind == "number" or following.kind == "mark"


def plain(text: Text | str) -> str:
    """One line of words, as a quote shows them."""
    return re.sub(r"\s+", " ", text if isinstance(text, str) else text.text).strip()
