"""A text cut into words, numbers and marks, once; dates, times, codes, addresses and ranges are told from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from toguna.kernel.core.stems import stem
from toguna.kernel.core.vocabulary import HOUSEHOLDS, MONTHS, NAMING, PARTS_OF_TOWN, PERSONS, THINGS

TokenKind = Literal["word", "number", "mark", "code", "date", "time", "range", "ordinal"]

_GAP = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER = (
    rf"\d{{1,3}}(?:(?:,{_GAP}?\d{{3}})+|(?:{_GAP}\d{{3}})+|(?:\.\d{{3}})+|(?:['’]\d{{3}})+)(?![\d])(?:[.,]\d+(?!\d))?"
    r"|\d+(?:[.,]\d+)?"
)
_TOKEN = re.compile(
    "|".join(
        (
            # Most pieces of a text: a word with a blank, a comma or a bracket behind it, which is nothing else. First, for speed.
            r"(?P<plain>[^\W\d_]++(?=[ ,;()]))",
            r"(?P<address>(?:https?://|www\.)\S+|[\w.+-]++@[\w-]+\.[\w.]+)",
            r"(?P<phone>\+\d[\d\s().-]{6,}\d)",
            r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)"
            r"|(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d%]))",
            r"(?P<time>\d{1,2}:\d{2}(?!\d)|\d{1,2}\s?[hH]\s?\d{2}(?!\d))",
            r"(?P<ordinal>\d+\s?(?:st|nd|rd|th|er|ère|ème|eme|nde?|e|è)\b)",
            r"(?P<money>(?:US\$|\$US|USD|EUR|CHF|GBP|XOF|XAF|FCFA|CFA)(?=\s?\d))",
            r"(?P<code>[^\W\d_]+[-–°º_.#]?\d[\w/-]*|\d+[eE]\d+\b)",
            rf"(?P<range>(?:{_NUMBER})\s?[-–]\s?(?:{_NUMBER})(?!\s?[-–]?\d))",
            rf"(?P<number>{_NUMBER})",
            r"(?P<word>[^\W\d_]+(?:(?:[-‐‑]\n?|['’])[^\W\d_]+)*)",
            r"(?P<mark>[^\s\w]|_)",
        )
    )
)
#: No figure of an update has more digits; what has is a reference.
_LONGEST = 24
#: After one of these a comma and a blank part two numbers (`week 30, 106 reports`).
_NAMES = NAMING | MONTHS.keys()
#: A line end that does not part a word at its hyphen.
_WRAP = re.compile(r"(?<![-‐‑])\n")
#: Three digits and then one or two behind the same mark: nobody can say what it is worth.
_GARBLED = re.compile(r"\d{1,3}(?:(?:,\d{3})+,|(?:\.\d{3})+\.)\d{1,2}")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_COUNTED = PERSONS | HOUSEHOLDS | THINGS
_FIRST_OF_TWO = re.compile(r"\d{1,2}(?=,\s)")
_KINDS: dict[str, TokenKind] = {"address": "code", "phone": "code", "money": "word"}


class Token(NamedTuple):
    """A piece of a text, `start` to `end`; a named tuple because a long report has hundreds of thousands."""

    kind: TokenKind
    start: int
    end: int
    text: str
    stem: str


def tokens(text: str) -> Iterator[Token]:
    """Every piece but white space. A line end counts as a blank, so that a number broken over a line is one."""
    before = ""
    for match in _TOKEN.finditer(_WRAP.sub(" ", text)):
        name = match.lastgroup or "mark"
        start, end = match.span()
        piece = match.group()
        if name in ("plain", "mark"):
            before = stem(piece) if name == "plain" else piece
            yield Token("word" if name == "plain" else "mark", start, end, piece, before)
            continue
        kind = _KINDS.get(name, name)
        if kind == "number" and (len(piece) > _LONGEST or _GARBLED.fullmatch(piece)):
            kind = "code"
        whole = piece.replace("-\n", "")
        piece = piece.replace("\n", "")
        own = stem(whole) if kind == "word" else piece
        cut = _parted(piece) if kind == "number" and before in _NAMES else 0
        if kind == "time" and before in PARTS_OF_TOWN and _counts_after(text, match):
            yield from _named_first(start, piece)
        elif cut:
            yield Token("number", start, start + cut, piece[:cut], piece[:cut])
            yield Token("mark", start + cut, start + cut + 1, ",", ",")
            skip = len(piece) - len(piece[cut + 1 :].lstrip())
            yield Token("number", start + skip, end, piece[skip:], piece[skip:])
        else:
            yield Token(kind, start, end, piece, own)  # type: ignore[arg-type]
        before = own


def _counts_after(text: str, time: re.Match[str]) -> bool:
    """Whether what looks like a time of day stands before a thing that is counted."""
    following = _NEXT_WORD.match(text, time.end())
    return ":" in time.group() and following is not None and stem(following[1]) in _COUNTED


def _named_first(start: int, piece: str) -> Iterator[Token]:
    """`4:37` after a word that a number names: a name, and a number of its own (`In zone 4:37 households`)."""
    first, mark, second = piece.partition(":")
    yield Token("number", start, start + len(first), first, first)
    yield Token("mark", start + len(first), start + len(first) + 1, mark, mark)
    yield Token("number", start + len(first) + 1, start + len(piece), second, second)


def _parted(piece: str) -> int:
    """Where `30, 106` ends its first number; 0 when a comma and a blank do not part it."""
    match = _FIRST_OF_TWO.match(piece)
    return match.end() if match else 0
