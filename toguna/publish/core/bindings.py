"""Numbers that are bound by hand, ``stated:`` and ``text:`` (grammar 2): their form, and what may not be bound so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from toguna.kernel.api import Language, Place, Problem
from toguna.kernel.core.languages import ByLanguage
from toguna.publish import problems as fault
from toguna.publish.core.numerals import HOLE, value_of
from toguna.publish.core.tree import Bound, Inline, Text, Update, flat, inlines_of, walk

#: Above this a count in prose is somebody's record, and needs it.
MOST_STATED = 20

_STATED = re.compile(r"(?P<initials>[a-z]{2,4})\?source=(?P<source>[A-Za-z0-9_.:+-]+)")
_PEOPLE: Mapping[Language, str] = ByLanguage(
    {
        "en": "refugees?|returnees?|IDPs?|persons?|people|individuals?|children|child|women|woman|men|man|girls?|boys?|survivors?|students?|households?|families|pupils?|youth",
        "fr": "réfugiée?s?|rapatriée?s?|retournée?s?|PDI|personnes?|individus?|enfants?|femmes?|hommes?|filles?|garçons?|survivante?s?|élèves?|ménages?|familles?|jeunes",
    }
)
_SERVED: Mapping[Language, str] = ByLanguage(
    {
        "en": "received?|receiving|benefitt?ed|assisted|assistance|reached|reaching|served|supported|provided|trained|enrolled|participated|repatriated|registered|referred",
        "fr": "reçu|reçoivent|bénéficié|assistée?s?|assistance|touchée?s?|atteint|soutenue?s?|fourni|formée?s?|inscrite?s?|participé|rapatriée?s?|enregistrée?s?|référée?s?",
    }
)


def stated_source(number: Bound) -> str:
    """The source that a stated number names; empty when it names none."""
    match = _STATED.fullmatch(unquote(number.reference))
    return match["source"] if match else ""


def check_bindings(update: Update, language: Language) -> Iterator[Problem]:
    """Faults of stated and text bindings, in reading order."""
    for block in walk(update.blocks):
        inlines = inlines_of(block)
        for leaf in flat(inlines):
            if not isinstance(leaf, Bound):
                continue
            place = Place(file=update.file, line=leaf.line)
            if leaf.binding == "text" and leaf.reference:
                yield fault.TEXT_HAS_KEYS.at(place, reference=leaf.reference)
            elif leaf.binding == "stated":
                yield from _stated(leaf, inlines, language, place)


def _stated(number: Bound, inlines: tuple[Inline, ...], language: Language, place: Place) -> Iterator[Problem]:
    if not stated_source(number):
        yield fault.STATED_FORM.at(place, shown=number.shown, reference=number.reference)
    value = value_of(number.shown, language)
    if value is None or value > MOST_STATED:
        yield fault.STATED_LARGE.at(place, shown=number.shown, most=MOST_STATED)
    sentence, words = _around(number, inlines)
    people = re.match(rf"(?:\s+[^\s\W]+){{0,2}}?\s+(?:{_PEOPLE[language]})\b", words)
    if people and re.search(rf"\b(?:{_SERVED[language]})\b", sentence):
        yield fault.STATED_SERVED.at(place, shown=number.shown, words=" ".join(people[0].split()))


def _around(number: Bound, inlines: tuple[Inline, ...]) -> tuple[str, str]:
    """The sentence in which the number stands, and the words of it that follow the number."""
    before = after = ""
    seen = False
    for leaf in flat(inlines):
        seen = seen or leaf is number
        words = leaf.text if isinstance(leaf, Text) else HOLE if isinstance(leaf, Bound) and leaf is not number else " "
        if seen:
            after += words if leaf is not number else ""
        else:
            before += words
    ends = re.split(r"(?<=[.;!?])\s", before)[-1], re.split(r"[.;!?](?:\s|$)", after)[0]
    return " ".join(ends), ends[1]
