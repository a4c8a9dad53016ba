"""Numbers stated by hand against what their source speaks of, and against the figures of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.publish.core.bindings import stated_source
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.pack_words import RegisteredSource
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.figure_source import Fact
from toguna.publish.core.notes import date_words
from toguna.publish.core.numerals import HOLE, value_of
from toguna.publish.core.tree import Bound

#: Letters by which two forms of a word are the same word: robbed, robbery.
_STEM = 4
_COMMON = frozenset(
    [
        "with",
        "from",
        "that",
        "this",
        "have",
        "been",
        "were",
        "their",
        "they",
        "than",
        "more",
        "into",
        "over",
        "under",
        "after",
        "before",
        "when",
        "where",
        "which",
        "same",
        "note",
        "month",
        "year",
        "december",
        "january",
        "unhcr",
        "hcr",
        "dans",
        "pour",
        "avec",
        "leur",
        "leurs",
        "plus",
        "sous",
        "apres",
        "avant",
        "quand",
        "cette",
        "mois",
        "annee",
    ]
)
#: Words of labels that say who is counted and not what: they are no sign that two numbers are of one thing.
_GENERIC = frozenset(["pers", "part", "sess", "seanc", "hous", "mena"])


def stated_numbers(draft: Draft) -> Iterator[Finding]:
    """Stated numbers whose source does not exist or speaks of something else, or that a source or a figure of the text contradicts."""
    for passage in draft.passages:
        for offset, number in passage.holes():
            if number.binding != "stated" or not stated_source(number):
                continue
            yield from _against_register(draft, passage, offset, number)
            yield from _against_figures(draft, passage, offset, number)


def word_stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that mean something, without accents."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )
    return frozenset(word[:_STEM] for word in re.findall(r"[a-z]{4,}", plain) if word not in _COMMON)


def _against_register(draft: Draft, passage: Passage, offset: int, number: Bound) -> Iterator[Finding]:
    if draft.pack.sources is None:
        return
    source = stated_source(number)
    rows = draft.pack.sources.get(source, ())
    place, quote = draft.at(number.line), f"{number.reference} {number.shown}"
    if not rows:
        yield Finding(problem=fault.STATED_SOURCE.at(place, source=source), quote=quote)
        return
    sentence = f"{passage.title} {passage.sentence(offset)}"
    words = " ".join(sentence.replace(HOLE, number.shown, 1).split())
    if not _speaks_of(draft, rows, sentence):
        problem = fault.STATED_OFF_TOPIC.at(place, source=source, title=rows[0].title, quote=words[:80])
        yield Finding(problem=problem, quote=quote)
    values = {row.value for row in rows if row.value is not None}
    if values and value_of(number.shown, draft.language) not in values:
        told = ", ".join(_plain(value) for value in sorted(values))
        problem = fault.STATED_VALUE.at(place, quote=number.shown, label=rows[0].title, value=told)
        yield Finding(problem=problem, quote=quote)


def _speaks_of(draft: Draft, rows: Sequence[RegisteredSource], sentence: str) -> bool:
    """The sentence says the source's day, or words of its title, scope or item, and does not say another place than the source's."""
    # The operation's own country stands in every title.
    said = word_stems(sentence) - word_stems(" ".join(draft.pack.places.get(draft.resolution.front.place, ())))
    for row in rows:
        day = date_words(row.as_of, draft.language).rpartition(" ")[0] if row.as_of else ""
        about = word_stems(" ".join((row.title, row.scope, row.item.replace("_", " "), row.owner)))
        if (day and day in sentence) or said & about:
            return not _elsewhere(draft, row, sentence)
    return False


def _elsewhere(draft: Draft, row: RegisteredSource, sentence: str) -> bool:
    """The sentence names places of the operation, and the source's is none of them."""
    own = draft.pack.places.get(row.place, ())
    if len(row.place) <= 2 or not own:
        return False
    named = draft.pack.sensitive.places.findall(sentence)
    inside = [name for code, names in draft.pack.places.items() if code.startswith(row.place) for name in names]
    return bool(named) and not any(name in inside for name in named)


def _against_figures(draft: Draft, passage: Passage, offset: int, number: Bound) -> Iterator[Finding]:
    value = value_of(number.shown, draft.language)
    sentence = passage.sentence(offset)
    following = word_stems(passage.text[offset + 1 :][:60])
    for fact in draft.resolution.facts.values():
        if value is None or fact.value is None or fact.value == value or fact.categories:
            continue
        label = word_stems(fact.label[draft.language]) - _GENERIC
        if label and label & following and label <= word_stems(sentence) and _same_place(draft, fact, sentence):
            problem = fault.STATED_VALUE.at(
                draft.at(number.line), quote=number.shown, label=draft.label(fact), value=_plain(fact.value)
            )
            yield Finding(problem=problem, quote=f"{number.reference} {number.shown} {fact.reference}")
            return


def _same_place(draft: Draft, fact: Fact, sentence: str) -> bool:
    name = fact.place_name.get(draft.language, "")
    return fact.place == draft.resolution.front.place or bool(name and name in sentence)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
