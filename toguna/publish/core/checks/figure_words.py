"""The words that say what a figure counts, by kind and code: units, sexes, ages, population groups, nationalities. The pack's glossary gives synonyms."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from toguna.kernel.api import LANGUAGES, Language
from toguna.publish.core.checks.sensitive_words import word_pattern

WordKind = Literal["unit", "sex", "age", "group", "nationality", "generic", "goods"]
_BUILT_IN = Path(__file__).parent / "figure_words.csv"
#: Columns of a glossary that hold words of a language.
_GLOSSARY: Mapping[Language, tuple[str, ...]] = {"en": ("en",), "fr": ("fr", "avoid_fr")}


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """Compiled words by kind, code and language, and names of places: code by name, parents by code."""

    patterns: Mapping[tuple[WordKind, Language], Mapping[str, re.Pattern[str]]] = field(repr=False)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Each place with those that lie around it, the nearest first.
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def codes(self, kind: WordKind, text: str, language: Language) -> frozenset[str]:
        """The codes that the words say."""
        found = self.patterns.get((kind, language), {})
        return frozenset(code for code, pattern in found.items() if pattern.search(text))

    def first(self, kind: WordKind, text: str, language: Language) -> tuple[str, re.Match[str]] | None:
        """The code said first, the longest words at one place."""
        hits = [
            (match.start(), -match.end(), code, match)
            for code, pattern in self.patterns.get((kind, language), {}).items()
            if (match := pattern.search(text))
        ]
        if not hits:
            return None
        _, _, code, match = min(hits, key=lambda hit: hit[:3])
        return code, match


def figure_words(
    glossary: Iterable[Mapping[str, str]] = (),
    places: Mapping[str, tuple[str, ...]] | None = None,
    parents: Mapping[str, str] | None = None,
) -> FigureWords:
    """The built-in words with the glossary's synonyms, and the operation's places with their parents."""
    words: dict[tuple[WordKind, Language, str], list[str]] = defaultdict(list)
    for kind, code, language, listed in _built_in():
        words[kind, language, code] += listed
    for row in glossary:
        _add_synonyms(words, row)
    patterns: dict[tuple[WordKind, Language], dict[str, re.Pattern[str]]] = defaultdict(dict)
    for (kind, language, code), listed in words.items():
        patterns[kind, language][code] = word_pattern(listed)
    names: dict[str, list[str]] = defaultdict(list)
    for code, each in (places or {}).items():
        for name in each:
            names[name].append(code)
    within = {code: _around(code, parents or {}) for code in places or {}}
    return FigureWords(patterns=patterns, places={name: tuple(codes) for name, codes in names.items()}, within=within)


def _add_synonyms(words: dict[tuple[WordKind, Language, str], list[str]], row: Mapping[str, str]) -> None:
    """Words of a row whose English or French is a unit's or a group's word become that one's."""
    told = {
        language: [each.strip() for column in columns for each in (row.get(column) or "").split(",") if each.strip()]
        for language, columns in _GLOSSARY.items()
    }
    for (kind, language, code), known in list(words.items()):
        if kind in {"unit", "group"} and any(each in known for each in told[language]):
            for other in LANGUAGES:
                plain = [each for each in told[other] if "(" not in each]
                words[kind, other, code] += [*plain, *(f"{each}s" for each in plain)]
            return


def _around(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    while (code := parents.get(code, "")) and code not in found:
        found.append(code)
    return tuple(found)


@cache
def _built_in() -> tuple[tuple[WordKind, str, Language, list[str]], ...]:
    with _BUILT_IN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds: dict[str, WordKind] = {"unit": "unit", "sex": "sex", "age": "age", "group": "group", "nationality": "nationality", "generic": "generic", "goods": "goods"}  # fmt: skip
    return tuple(
        (kinds[row["kind"]], row["code"], language, [word.strip() for word in row["words"].split(";")])
        for row in rows
        for language in LANGUAGES
        if row["language"] == language
    )
