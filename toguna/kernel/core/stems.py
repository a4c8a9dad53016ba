"""A word's stem, near enough to tell two words of English or French apart or alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ELISION = re.compile(r"^(?:l|d|qu|n|s|j|c|m|t)['’]", re.I)


@lru_cache(maxsize=20000)
def stem(word: str) -> str:
    """Lower case, no accents, no elided article, no plural: `l'Adolescente` -> `adolescente`, `cities` -> `city`."""
    word = _ELISION.sub("", word)
    if not word.isascii():
        folded = unicodedata.normalize("NFD", word)
        word = "".join(letter for letter in folded if not unicodedata.combining(letter))
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of a line of words."""
    return frozenset(stem(word) for word in text.split())


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases parted by bars, each as its stems."""
    return tuple(tuple(stem(word) for word in phrase.split()) for phrase in text.split("|"))
