"""Numbers that a draft prints in digits or words, as the kernel's lexer reads them: what could be a figure, and the value of what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toguna.kernel.api import Language
from toguna.kernel.core.lookalikes import NoNumber
from toguna.kernel.core.numbers import Lookalike, parse_number, read_numbers

#: What stands for a bound number in a text that is searched: no digit, no letter, no blank.
HOLE = "\ufffc"

#: Lookalikes that still print a figure, which has to be bound or waived.
_FIGURES: frozenset[NoNumber] = frozenset({"range", "age", "vague"})
_ALONE = {"one": 1, "un": 1, "une": 1, "none": 0, "no": 0, "aucun": 0, "aucune": 0}
_RANGE = r"\d{1,3}\s*(?:-|–|to|à|et|and)\s*\d{1,3}"
_PEOPLE = (
    r"children|infants?|girls?|boys?|women|men|people|persons|adolescents?|youth|students?|refugees|returnees|"
    r"enfants?|nourrissons?|filles?|garçons?|femmes?|hommes?|personnes|jeunes|élèves?|réfugiée?s|rapatriée?s"
)
#: A range of ages says who: people before it and a unit after it, or "aged" before it.
_AGES = re.compile(
    rf"\b(?:(?:{_PEOPLE})\b(?:\s+(?!(?:in|within|over|for|during|after|every|en|dans|pendant|après)\b)[^\W\d]+){{0,2}}?\s*[,(]?\s*(?:(?:de|d['’])\s*)?(?P<range>{_RANGE})\s*(?:months?|years?|mois|ans)\b"
    rf"(?:\s*(?:,|and|et|or|ou)\s*(?:de\s+)?{_RANGE}\s*(?:months?|years?|mois|ans)\b)*"
    rf"|(?:aged?|âgée?s?)\s+(?:(?:between|from|de|entre)\s+)?{_RANGE}(?:\s*(?:months?|years?|mois|ans))?)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,'’ \u00a0\u202f]*\d|\d")


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A number as written, where it stands, and its value when it can be read."""

    text: str
    start: int
    end: int
    value: Decimal | None


def numerals(text: str, language: Language) -> Iterator[Numeral]:
    """Every number of the text that could be a figure, in order: no date, year, time, ordinal, code or number of a name."""
    read = read_numbers(text, language)
    found = [
        Numeral(text=text[own.start : own.bare_end], start=own.start, end=own.bare_end, value=own.value)
        for own in read.numbers
    ]
    for other in read.lookalikes:
        if other.because in _FIGURES:
            found += _figures(text, other)
    ages = [(match.start(), match.end()) for match in _AGES.finditer(text)]
    kept = (each for each in found if not any(start <= each.start < end for start, end in ages))
    yield from sorted(kept, key=lambda numeral: numeral.start)


def _figures(text: str, other: Lookalike) -> Iterator[Numeral]:
    """The two ends of a range, an age, a vague word."""
    words = text[other.start : other.end]
    if other.because == "vague":
        yield Numeral(text=words, start=other.start, end=other.end, value=None)
    for match in _DIGITS.finditer(words):
        start, end = other.start + match.start(), other.start + match.end()
        yield Numeral(text=match[0], start=start, end=end, value=parse_number(match[0])[0])


def value_of(text: str, language: Language) -> Decimal | None:
    """The value of a number as shown: `6,954`, `6 954`, `5%`, `49.2 million`, `twenty-two`, `about 300`; None if it is none."""
    words = " ".join(text.split()).lower()
    if words in _ALONE:
        return Decimal(_ALONE[words])
    read = read_numbers(text, language)
    if read.numbers:
        return read.numbers[0].value
    digits = _DIGITS.search(words)
    return parse_number(digits[0])[0] if digits else None
