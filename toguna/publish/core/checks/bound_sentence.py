"""A bound figure as a checked sentence: the words around it against its declaration. Pure; silence of the sentence is fine.

Compared are places, the unit that the next noun says, categories, the subject of sessions, words that say when, and the day of a quoted stock. A
sentence that says the right thing of a figure, beside other things, is right: only what it says instead is a contradiction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from toguna.kernel.api import Language, Period
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks.figure_words import FigureWords
from toguna.publish.core.checks.given_goods import goods_given
from toguna.publish.core.checks.period_phrases import Phrase, period_phrases
from toguna.publish.core.checks.subjects import FORMS, SESSION, subject_words
from toguna.publish.core.numerals import HOLE

About = Literal["place", "unit", "category", "subject", "period", "as_of", "direction"]


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What a figure is, as its reference and its indicator say."""

    label: Mapping[Language, str]
    unit: str
    basis: str
    kind: str
    #: Codes of its places, those that lie around them, and the text's own place.
    places: tuple[str, ...]
    within: tuple[str, ...] = ()
    period: Period
    categories: Mapping[str, str] = field(default_factory=dict)
    #: Categories that its indicator knows, asked or not.
    known: frozenset[str] = frozenset()
    #: Of a quoted figure: the days of its sources.
    as_of: tuple[date, ...] = ()
    #: Of a change: its value and how it prints.
    value: Decimal | None = None
    shown: str = ""


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """What the sentence says, and what the figure is."""

    about: About
    said: str
    declared: str


#: A place as where something is: in Gao, à Gao, the region of Gao, Gao ( or Gao:.
_WHERE: Mapping[Language, str] = ByLanguage(
    {
        "en": r"\b(?:in|at|within|around|across)\s+(?:the\s+)?(?:[a-z]+\s+(?:and\s+[a-z]+\s+)?of\s+)?(?:the\s+)?",
        "fr": r"(?:\b(?:à|au|dans|en|près\s+de)\s+(?:l[ae]s?\s+|l['’])?(?:[a-zé]+\s+(?:de\s+|d['’]))?)",
    }
)
#: What says that a number rose, and that it fell.
_MOVES: Mapping[Language, tuple[re.Pattern[str], re.Pattern[str]]] = ByLanguage(
    {
        "en": (
            re.compile(r"\b(?:rose|risen|rises?|increas\w+|grew|grown|growth|gain\w*|up\s+by|higher|more)\b", re.I),
            re.compile(r"\b(?:fell|fall\w*|decreas\w+|drop\w*|declin\w+|down\s+by|lower|fewer|less|reduc\w+)\b", re.I),
        ),
        "fr": (
            re.compile(r"\b(?:augment\w+|hausse|accru\w*|de\s+plus|supérieur\w*|progress\w+)\b", re.I),
            re.compile(r"\b(?:baiss\w+|diminu\w+|recul\w*|chut\w*|de\s+moins|inférieur\w*|rédui\w+)\b", re.I),
        ),
    }
)
_BETWEEN = re.compile(r"[;]|\.\s")
_OWN = frozenset({"counted", "reported"})


def contradictions(
    sentence: str,
    offset: int,
    language: Language,
    figure: Declaration,
    words: FigureWords,
    covers: Period,
    subjects: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Contradiction, ...]:
    """What the sentence, with holes for its bound numbers, says of the number at an offset that its declaration denies.

    `covers` is the text's own period; `subjects` are the subjects of the operation's sessions (`subject_stems`).
    """
    around = _Around(sentence, offset, language)
    found = [
        *_place(around, figure, words),
        *_unit(around, figure, words),
        *_categories(around, figure, words),
        *_subject(around, figure, subjects or {}),
        *_goods(around, figure, words),
        *_direction(around, figure),
        *_when(around, figure, covers),
    ]
    return tuple(found)


class _Around:
    """The words around one number of a sentence."""

    def __init__(self, sentence: str, offset: int, language: Language) -> None:
        self.language = language
        starts = [match.end() for match in _BETWEEN.finditer(sentence[:offset])]
        ends = [match.start() for match in _BETWEEN.finditer(sentence[offset:])]
        start = starts[-1] if starts else 0
        self.clause = sentence[start : offset + ends[0] if ends else len(sentence)]
        self.at = offset - start
        self.before = self.clause[: self.at]
        self.after = self.clause[self.at + 1 :]

    @property
    def phrase(self) -> str:
        """The words directly after the number, to the next number or mark."""
        return re.split(rf"[{HOLE},;:()]", self.after)[0]

    def owns(self, start: int) -> bool:
        """Whether words at an offset of the clause are said of this number: before all numbers, or between it and the next."""
        first = self.clause.index(HOLE)
        return start < first or self.at < start <= self.at + 1 + len(self.following)

    @property
    def own(self) -> str:
        """The words from the number before it, or the clause's beginning, to the next number."""
        return f"{self.before.split(HOLE)[-1]}{HOLE}{self.following}"

    @property
    def following(self) -> str:
        """The words after the number, to the next number."""
        return self.after.split(HOLE)[0]


def _place(around: _Around, figure: Declaration, words: FigureWords) -> Iterator[Contradiction]:
    names = "|".join(map(re.escape, sorted(words.places, key=len, reverse=True)))
    if not names or not figure.places:
        return
    located = rf"{_WHERE[around.language]}(?P<name>{names})(?!\w)"
    bracket = re.search(rf"(?P<name>{names})\s*\(\s*$", around.before)
    after = [match for match in re.finditer(located, around.phrase, re.IGNORECASE) if match["name"] in words.places]
    if (
        after
        and after[-1].end() == len(around.phrase.rstrip())
        and re.match(rf"\(\s*{HOLE}", around.after[len(around.phrase) :])
    ):
        return  # "were covered in Gao (705), ...": the place is the next number's
    head = re.match(rf"\W*(?P<name>{names})\s*:", around.before)
    before = [match for match in re.finditer(located, around.before, re.IGNORECASE) if match["name"] in words.places]
    if bracket:
        said = [bracket["name"]]
    elif after:
        said = [match["name"] for match in after]
    else:
        said = [match["name"] for match in before] + ([head["name"]] if head else [])
        said += re.findall(rf"(?:,|\band|\bet)\s+({names})(?!\w)", around.before) if said else []
    if said and not any(_compatible(name, figure, words, around.language) for name in said):
        yield Contradiction(about="place", said=said[-1], declared=_names(figure.places, words))


def _compatible(name: str, figure: Declaration, words: FigureWords, language: Language) -> bool:
    """The place named is the figure's, or lies around it, or stands in its label."""
    codes = words.places[name]
    own = {*figure.places, *figure.within, *(up for code in figure.places for up in words.within.get(code, ()))}
    return bool(own & set(codes)) or name.lower() in figure.label[language].lower()


def _names(codes: tuple[str, ...], words: FigureWords) -> str:
    named = {code: name for name, each in words.places.items() for code in each}
    return ", ".join(named.get(code, code) for code in codes)


def _unit(around: _Around, figure: Declaration, words: FigureWords) -> Iterator[Contradiction]:
    """The first unit noun after the number, when the figure's own unit is one that the words know."""
    phrase = " ".join(around.phrase.split()[:5])
    found = words.first("unit", phrase, around.language)
    known = words.patterns.get(("unit", around.language), {})
    if found is None or figure.unit not in known:
        return
    code, match = _last_of(found, phrase, words, around.language)
    label = figure.label[around.language]
    if code != figure.unit and not _of_each(phrase, match):
        yield Contradiction(about="unit", said=match[0], declared=label)


def _last_of(
    found: tuple[str, re.Match[str]], phrase: str, words: FigureWords, language: Language
) -> tuple[str, re.Match[str]]:
    """Of English nouns that stand together the last: refugee households are households."""
    code, match = found
    known = words.patterns[("unit", language)]
    while language == "en" and phrase[match.end() : match.end() + 1] == " ":
        following = [(each, hit) for each, pattern in known.items() if (hit := pattern.match(phrase, match.end() + 1))]
        if not following:
            break
        code, match = max(following, key=lambda each: each[1].end())
    return code, match


def _of_each(phrase: str, match: re.Match[str]) -> bool:
    """The noun stands after ``of``, ``for`` or ``per``: it is not what the number counts."""
    return bool(
        re.search(r"\b(?:on|sur|about|of|for|per|a|de|des|du|par|in|dans|à)\s+(?:\w+\s+)?$", phrase[: match.start()])
    )


def _categories(around: _Around, figure: Declaration, words: FigureWords) -> Iterator[Contradiction]:
    language, phrase = around.language, " ".join(around.phrase.split()[:4])
    found = words.first("unit", phrase, language)
    end = found[1].end() if found else len(phrase)
    noun = phrase[:end]
    if language == "fr" and (adjective := re.match(r"\s+[\w'’-]+", phrase[end:])):
        noun += adjective[0]
    if found and found[0] not in {"persons", "households"}:
        return
    label = figure.label[language]
    yield from _sex_and_age(noun, figure, words, language)
    for kind, key in (("group", "population"), ("nationality", "")):
        said = words.codes(kind, noun, language)  # type: ignore[arg-type]
        told = words.codes(kind, label, language)  # type: ignore[arg-type]
        asked = frozenset(figure.categories.get(key, "").split(",")) - {""}
        declared = (asked & set(words.patterns.get((kind, language), {}))) or told  # type: ignore[arg-type]
        if kind == "group" and "RET" in declared:
            declared |= {"REF", "IDP"}  # those who return were refugees or displaced
        if said and declared and not said & declared:
            yield Contradiction(about="category", said=noun.strip(), declared=_declared(figure, language))


def _sex_and_age(noun: str, figure: Declaration, words: FigureWords, language: Language) -> Iterator[Contradiction]:
    sex, age = words.codes("sex", noun, language), words.codes("age", noun, language)
    asked, asked_age = figure.categories.get("sex", ""), figure.categories.get("age", "")
    told = words.codes("sex", figure.label[language], language)
    ages = words.codes("age", figure.label[language], language)
    wrong = bool(asked) and bool(sex) and asked not in sex
    wrong = wrong or (not asked and len(sex) == 1 and "sex" in figure.known and not told)
    wrong = wrong or (asked_age == "0-17" and age == {"adult"}) or (asked_age == "18+" and age == {"child"})
    wrong = wrong or (not asked_age and not ages and age == {"child"} and "sex" in figure.known)
    if wrong:
        yield Contradiction(about="category", said=noun.strip(), declared=_declared(figure, language))


def _declared(figure: Declaration, language: Language) -> str:
    keys = ", ".join(f"{key} {value}" for key, value in sorted(figure.categories.items()) if key != "source")
    return figure.label[language] + (f" ({keys})" if keys else "")


def _subject(around: _Around, figure: Declaration, subjects: Mapping[str, frozenset[str]]) -> Iterator[Contradiction]:
    """Sessions on something else than the figure's."""
    label = figure.label[around.language]
    if not SESSION.search(label):
        return
    said = subject_words(around.following) - FORMS
    own = (subject_words(label) | subject_words(next(iter(figure.label.values())))) - FORMS
    if said & own:
        return
    families = Counter(stem for stems in set(subjects.values()) for stem in stems)
    foreign = {stem for stem, count in families.items() if count == 1} - own  # "health" is of several subjects
    told = said & foreign
    if told and (SESSION.search(around.following) or figure.unit != "persons"):
        yield Contradiction(about="subject", said=" ".join(around.following.split())[:60], declared=label)


def _goods(around: _Around, figure: Declaration, words: FigureWords) -> Iterator[Contradiction]:
    """Things given to the people that the figure counts, of which the figure knows nothing."""
    if figure.unit in ("persons", "households"):
        said = goods_given(around.own, figure.label, words, around.language)
        if said is not None:
            yield Contradiction(about="subject", said=said, declared=figure.label[around.language])


def _direction(around: _Around, figure: Declaration) -> Iterator[Contradiction]:
    """Words that say that something rose beside a fall, or that it fell beside a rise, or beside a minus sign."""
    if figure.kind != "change" or not figure.value:
        return
    near = around.before.split(HOLE)[-1] + HOLE + around.phrase
    rises, falls = (pattern.search(near) for pattern in _MOVES[around.language])
    if bool(rises) == bool(falls):
        return
    is_fall = figure.value < 0
    said = rises or falls
    assert said is not None
    twice = falls is not None and is_fall and figure.shown[:1] in "-\u2212"
    if bool(falls) != is_fall or (twice and figure.shown):
        shown = figure.shown or f"{figure.value:f}"
        yield Contradiction(about="direction", said=f"{said[0]} {shown}", declared=f"{figure.value:f}")


def _when(around: _Around, figure: Declaration, covers: Period) -> Iterator[Contradiction]:
    phrases = [
        phrase
        for phrase in period_phrases(around.clause, around.language, covers)
        if phrase.period.start <= covers.end or phrase.when == "as_of"
    ]
    if figure.as_of:
        days = [phrase for phrase in phrases if phrase.when == "as_of" and around.owns(phrase.start)]
        if days and not any(_same_day(phrase, day) for phrase in days for day in figure.as_of):
            declared = ", ".join(day.isoformat() for day in figure.as_of)
            yield Contradiction(about="as_of", said=days[0].words, declared=declared)
        return
    if figure.basis not in _OWN or figure.kind in {"stock", "target", "change"} or not phrases:
        return
    own = [phrase for phrase in phrases if around.owns(phrase.start)]
    if own and not any(_fits(phrase, figure.period) for phrase in phrases):
        yield Contradiction(about="period", said=own[0].words, declared=figure.period.written())


def _same_day(phrase: Phrase, day: date) -> bool:
    """The day itself; at the end of a month, its last day or one shortly before."""
    said = phrase.period.end
    if re.search(r"\d{1,2}(?:st|nd|rd|th|er)?\s", phrase.words):
        return said == day
    return said - timedelta(days=6) <= day <= said


def _fits(phrase: Phrase, period: Period) -> bool:
    said = phrase.period
    match phrase.when:
        case "during":
            return period == said or (period.start >= said.start and period.end <= said.end)
        case "since":
            return period.start == said.start
        case "year":
            return period.start == said.start
        case "in_year":
            return said.start <= period.start and period.end <= said.end
        case "as_of":
            return period.end == said.end
        case "week":
            return period.days <= 7
    return period.days <= 16
