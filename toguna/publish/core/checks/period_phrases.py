"""Words of a sentence that say when, as dates: in December, since January, from September to December, this year, by the end of, a week. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import get_month_names

from toguna.kernel.api import LANGUAGES, Language, Period
from toguna.kernel.core.languages import ByLanguage

#: ``during``: the figure's period is this one. ``since``: it begins on the first day. ``year``: it is the year to date. ``in_year``: it lies in the year.
#: ``as_of``: it speaks of this day, or of the month whose last day it is. ``week``: it is no longer than a week; ``half``: than half a month.
When = Literal["during", "since", "year", "in_year", "as_of", "week", "half"]


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One phrase, its words and place in the sentence, and the days that it means."""

    when: When
    words: str
    start: int
    period: Period


_NAMES: Mapping[Language, Mapping[str, int]] = {
    language: {str(name).lower(): number for number, name in get_month_names("wide", locale=language).items()}
    for language in LANGUAGES
}
_MONTH = {language: f"(?P<month>{'|'.join(names)})" for language, names in _NAMES.items()}
_OTHER = {language: f"(?P<other>{'|'.join(names)})" for language, names in _NAMES.items()}
_YEAR = r"(?:\s+(?P<year>(?:19|20)\d\d))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?\s+"
#: In order; what one takes, the next do not see.
_PATTERNS: Mapping[Language, tuple[tuple[When, str], ...]] = ByLanguage({
    "en": (
        ("week", r"\b(?:(?:first|second|third|fourth|last)\s+week\s+of\s+(?:the\s+month|\w+)|(?:this|last|each|per|in\s+the)\s+week\b|week\s+of\s+\d{1,2}\s+\w+|in\s+one\s+week)"),
        ("half", r"\b(?:first|second)\s+half\s+of\s+(?:the\s+month|(?:" + "|".join(_NAMES["en"]) + r"))\b|\bfortnight\b"),
        ("during", rf"\b(?:from|between)\s+{_MONTH['en']}{_YEAR}\s+(?:to|and|until)\s+{_OTHER['en']}(?:\s+(?P<year2>(?:19|20)\d\d))?"),
        ("as_of", rf"\b(?:by|at|as\s+of|until|to)?\s*(?:the\s+)?end\s+of\s+(?:the\s+month\s+of\s+)?{_MONTH['en']}{_YEAR}"),
        ("as_of", rf"\b(?:by|as\s+of|as\s+at|until|up\s+to)\s+(?:the\s+)?{_DAY}(?:of\s+)?{_MONTH['en']}{_YEAR}"),
        ("since", rf"\bsince\s+(?:the\s+(?:start|beginning)\s+of\s+)?{_MONTH['en']}{_YEAR}"),
        ("year", r"\b(?:this\s+year|in\s+the\s+year|over\s+the\s+year|during\s+the\s+year|so\s+far\s+this\s+year|since\s+the\s+(?:start|beginning)\s+of\s+the\s+year)\b(?!['’])"),
        ("during", rf"\b(?:in|during|throughout|over)\s+(?:the\s+month\s+of\s+)?{_MONTH['en']}{_YEAR}"),
        ("in_year", r"\b(?:in|during)\s+(?P<year>(?:19|20)\d\d)\b(?!\s*(?:and|or|-|–))"),
    ),
    "fr": (
        ("week", r"\b(?:(?:première|deuxième|seconde|troisième|quatrième|dernière)\s+semaine\s+(?:de|d['’]|du)\s*\w+|cette\s+semaine|(?:dans|pendant)\s+la\s+semaine|la\s+semaine\s+d[ue]\b|en\s+une\s+semaine)"),
        ("half", r"\b(?:première|seconde|deuxième)\s+(?:quinzaine|moitié)\s+(?:de|d['’]|du)\s*\w+"),
        ("during", rf"\b(?:de|d['’]|entre)\s*{_MONTH['fr']}{_YEAR}\s+(?:à|et|jusqu['’](?:en|à))\s*{_OTHER['fr']}(?:\s+(?P<year2>(?:19|20)\d\d))?"),
        ("as_of", rf"\b(?:à\s+la\s+)?fin\s+(?:de\s+|d['’]|du\s+mois\s+(?:de\s+|d['’]))?\s*{_MONTH['fr']}{_YEAR}"),
        ("as_of", rf"\b(?:au|jusqu['’]au|à\s+la\s+date\s+du)\s+{_DAY}{_MONTH['fr']}{_YEAR}"),
        ("since", rf"\bdepuis\s+(?:le\s+(?:début|mois)\s+(?:de\s+|d['’]))?{_MONTH['fr']}{_YEAR}"),
        ("year", r"\b(?:cette\s+année|(?:dans|pendant|durant|sur)\s+l['’]année|depuis\s+le\s+début\s+de\s+l['’]année|en\s+cours\s+d['’]année)\b"),
        ("during", rf"\b(?:en|pendant|durant|au\s+(?:mois|cours\s+du\s+mois)\s+(?:de\s+|d['’])|au\s+cours\s+(?:de\s+|d['’]))\s*{_MONTH['fr']}{_YEAR}"),
        ("in_year", r"\ben\s+(?P<year>(?:19|20)\d\d)\b(?!\s*(?:et|ou|-|–))"),
    ),
})  # fmt: skip
_COMPILED = {
    language: tuple((when, re.compile(pattern, re.IGNORECASE)) for when, pattern in patterns)
    for language, patterns in _PATTERNS.items()
}


def period_phrases(text: str, language: Language, covers: Period) -> Iterator[Phrase]:
    """The phrases of a text, read from the text's own period: a month without a year is the last one that does not
    lie after it. None of a language that has no patterns here.
    """
    left = text
    for when, pattern in _COMPILED.get(language, ()):
        for match in pattern.finditer(left):
            yield Phrase(
                when=when,
                words=" ".join(match[0].split()),
                start=match.start(),
                period=_days(when, match.groupdict(), language, covers),
            )
        left = pattern.sub(lambda match: " " * len(match[0]), left)


def _days(when: When, said: Mapping[str, str | None], language: Language, covers: Period) -> Period:
    year = int(said["year"] or 0) if "year" in said else 0
    if when == "year":
        return Period(start=date(covers.end.year, 1, 1), end=covers.end)
    if when == "in_year":
        return Period(start=date(year, 1, 1), end=date(year, 12, 31))
    if when in {"week", "half"}:
        return covers
    month = _NAMES[language][str(said["month"]).lower()]
    if said.get("other"):
        last = _NAMES[language][str(said["other"]).lower()]
        end = _month(last, int(said.get("year2") or 0), covers)
        first = year or (end.end.year if month <= last else end.end.year - 1)
        return Period(start=date(first, month, 1), end=end.end)
    found = _month(month, year, covers)
    if when == "since":
        return Period(start=found.start, end=max(found.end, covers.end))
    if when == "as_of":
        day = min(int(said.get("day") or 0) or found.end.day, found.end.day)
        return Period(start=found.end.replace(day=day), end=found.end.replace(day=day))
    return found


def _month(month: int, year: int, covers: Period) -> Period:
    year = year or covers.end.year - (month > covers.end.month)
    return Period(start=date(year, month, 1), end=date(year, month, monthrange(year, month)[1]))
