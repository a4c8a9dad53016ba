"""Small rules of setting: anchors, French spaces, hedges before digits, which columns hold numbers, what stands in a number's place."""

from __future__ import annotations

import re

from toguna.kernel.api import Language
from toguna.publish.core.tree import Emphasis, Heading, Inline, Link, Strong, Table, Text, plain

_HEDGE = re.compile(r"(\D+?)\s(\d.*)")
_BEFORE_YEAR = re.compile(r"(?<=[^\W\d]|\.) (?=(?:19|20)\d\d\b)")
_AFTER_DAY = re.compile(r"(?:(?<=\d)|(?<=\der)) (?=[^\W\d]+\.?\u00a0(?:19|20)\d\d\b)")
_AFTER_PAGE = re.compile(r"(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)")
_BETWEEN = re.compile(r"(?<=[^\W\d]|\.)–(?=[^\W\d]+\.?\u00a0(?:19|20)\d\d)")
#: Words that end no phrase.
_SMALL = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "and",
        "or",
        "the",
        "a",
        "de",
        "du",
        "des",
        "d’un",
        "d’une",
        "dans",
        "à",
        "au",
        "aux",
        "et",
        "la",
        "le",
        "les",
        "en",
    ]
)
_PHRASE_END = re.compile(r"[,;:.()]")
_OWNER = re.compile(r"\s*\(([^()]*)\)\s*$")


def hedge_and_digits(text: str) -> tuple[str, str]:
    """``about 300`` is ``about`` and ``300``: what stands before the digits is printed smaller."""
    match = _HEDGE.fullmatch(text)
    return (match[1], match[2]) if match else ("", text)


def label_and_owner(label: str) -> tuple[str, str]:
    """``IDP returnees (Government)`` is a group and whose count it is."""
    match = _OWNER.search(label)
    return (label[: match.start()], match[1]) if match else (label, "")


def place_and_period(subtitle: str, title: str) -> tuple[str, str]:
    """``Mali, December 2016`` is a place and a period; without a comma all of it is the place."""
    place, _, period = (subtitle or title).partition(", ")
    return place, period


def numeric_columns(table: Table) -> list[bool]:
    """Which columns hold numbers: they are set to the right."""
    return [
        all(_is_number(row[at]) for row in table.rows if at < len(row) and plain(row[at]).strip()) and bool(table.rows)
        for at in range(len(table.header))
    ]


def _is_number(cell: tuple[Inline, ...]) -> bool:
    return bool(re.fullmatch(r"[\d\s.,%+–-]+", plain(cell)))


def anchor(heading: Heading) -> str:
    """An id for a heading: its words in small letters, with its line so that it is alone."""
    words = "".join(letter if letter.isalnum() else "-" for letter in plain(heading.inlines).lower())
    return f"s{heading.line}-{'-'.join(filter(None, words.split('-')))}"


def typographic(text: str, language: Language) -> str:
    """French puts an unbreakable blank before high punctuation and inside guillemets; an apostrophe is a curved one."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    if language != "fr":
        return text
    for mark in ":;!?»%":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")


def unbroken(text: str) -> str:
    """The text with dates, pages and spans of months that no line breaks: ``31 Oct 2016``, ``p. 1``, ``Sep–Dec 2016``."""
    text = _BEFORE_YEAR.sub("\u00a0", text)
    text = _AFTER_DAY.sub("\u00a0", text)
    text = _AFTER_PAGE.sub("\u00a0", text)
    return _BETWEEN.sub("\u2060–\u2060", text)


def without_first(inlines: tuple[Inline, ...]) -> list[Inline]:
    """The inlines without their first leaf (a bound number), and without the blank after it."""
    head, *rest = inlines
    if isinstance(head, Strong | Emphasis | Link):
        rest = [*without_first(head.inlines), *rest]
    if rest and isinstance(rest[0], Text):
        rest[0] = Text(text=rest[0].text.lstrip())
    return rest


def words_after(inline: Inline | None, most: int = 2) -> str:
    """What a number counts in the text's own words: the first words after it, as far as the phrase goes."""
    if not isinstance(inline, Text) or not inline.text.startswith(" "):
        return ""
    phrase = _PHRASE_END.split(inline.text.strip(), maxsplit=1)[0]
    words = phrase.split()[:most]
    while words and words[-1].lower() in _SMALL:
        words.pop()
    return " ".join(words)
