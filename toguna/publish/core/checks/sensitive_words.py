"""The words by which a sentence is recognised as one that may harm somebody: lists by kind and language, ours and the pack's.

A list is a CSV file with the columns kind, language and words; words are separated by semicolons, and a star stands for any ending. The pack's
file `sensitive_words.csv` adds to the built-in one and never takes away.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path

from toguna.kernel.api import Language

BUILT_IN = Path(__file__).parent / "sensitive_words.csv"
PACK_FILE = "sensitive_words.csv"
#: The highest threshold of the house: strictly confidential figures. A number below it is treated like any other below it.
FEW = 10
#: Matches nothing.
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, kw_only=True)
class SensitiveWords:
    """The compiled lists. `few`: people or cases below this number are few."""

    patterns: Mapping[tuple[str, Language], re.Pattern[str]] = field(repr=False)
    #: Names of places of the operation, each language's.
    places: re.Pattern[str] = field(default=_NEVER, repr=False)
    few: int = FEW

    def of(self, kind: str, language: Language) -> re.Pattern[str]:
        return self.patterns.get((kind, language), _NEVER)


def sensitive_words(
    listed: Iterable[tuple[str, str, str]] = (), places: Iterable[str] = (), few: int = FEW
) -> SensitiveWords:
    """The built-in words with more of them: rows of kind, language and words; names of places; the operation's highest threshold."""
    rows: dict[tuple[str, Language], list[str]] = defaultdict(list)
    for kind, language, words in (*_built_in(), *listed):
        rows[kind, language] += [word.strip() for word in words.split(";") if word.strip()]
    names = sorted({name for name in places if name}, key=len, reverse=True)
    return SensitiveWords(
        patterns={key: word_pattern(words) for key, words in rows.items()},
        places=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else _NEVER,
        few=max(FEW, few),
    )


def read_word_list(content: bytes) -> tuple[tuple[str, str, str], ...]:
    """The rows of a word list; none of an empty one."""
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    return tuple((row["kind"], row["language"], row["words"] or "") for row in rows)


@cache
def _built_in() -> tuple[tuple[str, str, str], ...]:
    return read_word_list(BUILT_IN.read_bytes())


def word_pattern(words: list[str]) -> re.Pattern[str]:
    """One pattern for a list, longer words first. Words in capitals are read as written: SEA is not the sea."""
    parts = [_pattern(word) for word in sorted(set(words), key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def _pattern(word: str) -> str:
    spaced = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
    letters = re.sub(r"\W", "", word)
    return f"(?-i:{spaced})" if letters.isupper() and len(letters) > 1 else spaced
