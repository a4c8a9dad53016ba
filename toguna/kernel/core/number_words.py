"""Numbers written in words, English and French: a run of words in, its value out. Nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from toguna.kernel.core.problems import Language

_UNITS_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_FR = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_TENS_FR |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}

_SMALL: dict[str, int] = {word: value for value, word in enumerate(_UNITS_EN.split())}
_SMALL |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_SMALL |= {word: value for value, word in enumerate(_UNITS_FR.split())}
_SMALL |= {"une": 1}
_TENS: dict[str, int] = {word: 20 + 10 * index for index, word in enumerate(_TENS_EN.split())} | _TENS_FR
_HUNDREDS = {"hundred", "cent", "cents"}
_POWERS = {"thousand": 1000, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_POWERS |= {"billion": 10**9, "billions": 10**9, "dozen": 12, "douzaine": 12, "douzaines": 12}
_JOINS = {"and", "et"}

#: Words that are numbers only among other numbers or before a noun: an article, an adjective.
WEAK = frozenset({"one", "un", "une"})

#: The words of one language that the other does not have; `six`, `million` and `zero` are left out.
_OWN: Mapping[Language, frozenset[str]] = {
    "en": frozenset(
        f"{_UNITS_EN} {_TENS_EN} seventeen eighteen nineteen hundred thousand billion billions dozen".split()
    )
    - {"six"},
    "fr": frozenset(
        f"{_UNITS_FR} {' '.join(_TENS_FR)} une cent cents mille milliard milliards douzaine douzaines".split()
    )
    - {"six"},
}


def _pieces(word: str) -> list[str]:
    return re.split(r"[-‐‑]\n?", word.lower())


@lru_cache(maxsize=20_000)
def is_number_word(word: str) -> bool:
    """Whether a run of number words may begin with this word (`twenty-five` and `vingt-deux` are one word)."""
    pieces = _pieces(word)
    if pieces[0] in _JOINS or (pieces[0] in _POWERS and pieces[0] not in {"mille", "dozen", "douzaine"}):
        return False
    return all(piece in _SMALL or piece in _TENS or piece in _HUNDREDS | _POWERS.keys() | _JOINS for piece in pieces)


def is_power_word(word: str) -> bool:
    """Whether the word multiplies the number before it: `thousand`, `millions`, `douzaine`."""
    return word.lower() in _POWERS


def is_of(word: str, language: Language) -> bool:
    """Whether the number word may be one of this language."""
    pieces = _pieces(word)
    return all(own.isdisjoint(pieces) for other, own in _OWN.items() if other != language)


def run_length(words: Sequence[str]) -> int:
    """How many words from the first on belong to one number; a final `and`, `et` does not.

    A comma goes with the number where it stands behind a power and hundreds follow: `two thousand, three hundred`.
    """
    count = 0
    for index, word in enumerate(words):
        lower = word.lower()
        if is_number_word(word) or (index and lower in _POWERS):
            count = index + 1
        elif not index or not (_joins(words, index) or _goes_on(words, index)):
            break
    return count


def _joins(words: Sequence[str], index: int) -> bool:
    before = _pieces(words[index - 1])[-1]
    return words[index].lower() in _JOINS and before in _HUNDREDS | _POWERS.keys() | _TENS.keys()


def _goes_on(words: Sequence[str], index: int) -> bool:
    """Whether the comma there stands within a number."""
    if words[index] != "," or words[index - 1].lower() not in _POWERS:
        return False
    following = [word.lower() for word in words[index + 1 : index + 4]]
    if not following or not (is_number_word(following[0]) or following[0] in _JOINS):
        return False
    smaller = {power for power, worth in _POWERS.items() if worth < _POWERS[words[index - 1].lower()]}
    return following[0] in _JOINS or not (_HUNDREDS | smaller).isdisjoint(following[1:])


def parse_words(words: Sequence[str]) -> int | None:
    """`["Two", "hundred", "and", "six"]` -> 206; `["quatre-vingt-dix-sept"]` -> 97. None when the words make no number."""
    total = group = 0
    last, most = 1000, 10**12
    for piece in re.split(r"[\s‐‑-]+", " ".join(words).lower()):
        if piece in _JOINS or piece == ",":
            continue
        if piece in _POWERS:
            if _POWERS[piece] >= most or (piece in {"dozen", "douzaine", "douzaines"} and total):
                return None
            total += max(group, 1) * _POWERS[piece]
            group, last, most = 0, 1000, _POWERS[piece]
            continue
        added = _added(piece, group, last)
        if added is None:
            return None
        group, last = added
    return total + group


def _added(piece: str, group: int, last: int) -> tuple[int, int] | None:
    """The group of hundreds with this word in it, and the worth below which the next word must be; None when it does not fit."""
    if piece in _HUNDREDS:
        return None if group >= 100 or (not group and last < 1000) else (max(group, 1) * 100, 100)
    if piece in _TENS and group % 100 == 4 and piece.startswith("vingt"):
        return group + 76, 60
    if piece in _TENS:
        return None if last <= 60 else (group + _TENS[piece], 60 if _TENS[piece] == 60 else 20)
    if piece in _SMALL:
        value = _SMALL[piece]
        if last == 1 or (last == 20 and value >= 10):
            return None
        return group + value, 10 if value == 10 else 1
    return None
