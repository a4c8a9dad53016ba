"""Numbers written in words, English and French: a run of words in, its value out. Nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_UNITS_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_FR = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}

_SMALL: dict[str, int] = {word: value for value, word in enumerate(_UNITS_EN.split())}
_SMALL |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_SMALL |= {word: value for value, word in enumerate(_UNITS_FR.split())}
_SMALL |= {"une": 1, "septante": 70, "huitante": 80, "nonante": 90}
_TENS: dict[str, int] = {word: 20 + 10 * index for index, word in enumerate(_TENS_EN.split())} | _TENS_FR
_HUNDREDS = {"hundred", "cent", "cents"}
_POWERS = {"thousand": 1000, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_POWERS |= {"billion": 10**9, "billions": 10**9}
_JOINS = {"and", "et"}

#: Words that are numbers only among other numbers or before a noun: an article, an adjective.
WEAK = frozenset({"one", "un", "une"})


@lru_cache(maxsize=20_000)
def is_number_word(word: str) -> bool:
    """Whether a run of number words may begin with this word (`twenty-five` and `vingt-deux` are one word)."""
    pieces = word.lower().split("-")
    known = all(piece in _SMALL or piece in _TENS or piece in _HUNDREDS or piece in _JOINS for piece in pieces)
    return pieces == ["mille"] or (known and pieces[0] not in _JOINS)


def is_power_word(word: str) -> bool:
    return word.lower() in _POWERS


def power_of(word: str) -> int:
    """Thousand, million, milliard ... as a factor. Refuses (`KeyError`) other words."""
    return _POWERS[word.lower()]


def run_length(words: Sequence[str]) -> int:
    """How many words from the first on belong to one number; a final `and`, `et` does not."""
    count = 0
    for index, word in enumerate(words):
        lower = word.lower()
        if is_number_word(word) or (index and lower in _POWERS):
            count = index + 1
        elif not (index and lower in _JOINS and words[index - 1].lower() in _HUNDREDS | _POWERS.keys() | _TENS.keys()):
            break
    return count


def parse_words(words: Sequence[str]) -> int | None:
    """`["Two", "hundred", "and", "six"]` -> 206; `["quatre-vingt-dix-sept"]` -> 97. None when the words make no number."""
    total = group = 0
    last = 1000
    for piece in re.split(r"[\s-]+", " ".join(words).lower()):
        if piece in _JOINS:
            continue
        if piece in _POWERS:
            total += max(group, 1) * _POWERS[piece]
            group, last = 0, 1000
        elif piece in _HUNDREDS:
            if group >= 10:
                return None
            group, last = max(group, 1) * 100, 100
        elif piece in _TENS and not (group % 100 == 4 and piece.startswith("vingt")):
            if last <= 60:
                return None
            group, last = group + _TENS[piece], 60 if _TENS[piece] == 60 else 20
        elif piece in _TENS:
            group, last = group + 76, 60
        elif piece in _SMALL:
            value = _SMALL[piece]
            if last == 1 or (last == 20 and value >= 10):
                return None
            group, last = group + value, 10 if value == 10 else 1
        else:
            return None
    return total + group
