"""One fact told in two places in other words: `43 deaths` in a title or box, `34 people lost their lives` in the text.

A fact is what happened (a small list of synonyms), to what, among whom; places and times that differ make two facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.arithmetic import agrees, mistyped, near
from toguna.check.core.claims import unit_of
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import TWO_VALUES
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import phrases, stems

#: What happened, by the words that tell it; the first that fits nearest to the figure counts.
_EVENTS = {
    "dead": phrases(
        "death|dead|died|killed|fatality|fatalities|deceased|lost their lives|lost their life|mort|décès|décédé|décédée|tué|tuée|perdu la vie"
    ),
    "injured": phrases("injured|injury|injuries|wounded|hurt|blessé|blessée"),
    "missing": phrases("missing|disparu|disparue|portées disparues|unaccounted"),
    "displaced": phrases("displaced|idps|fled|uprooted|déplacé|déplacée|pdi|fui"),
    "evacuated": phrases("evacuated|évacué|évacuée|preventively sheltered"),
    "destroyed": phrases("destroyed|détruit|détruite"),
    "damaged": phrases("damaged|endommagé|endommagée"),
    "confirmed": phrases("confirmed|confirmé|confirmée"),
    "suspected": phrases("suspected|suspect|suspecté"),
    "recovered": phrases("recovered|recoveries|guéri|guérie|guérison|healed"),
    "returned": phrases("returned|returnee|retourné|retournée|rapatrié|repatriated"),
    "assisted": phrases("assisted|reached|received|supported|served|assisté|assistée|atteint|touché|reçu|bénéficié"),
    "distributed": phrases("distributed|delivered|transferred|transfers made|dispatched|distribué|livré|remis"),
    "vaccinated": phrases("vaccinated|immunized|immunised|vacciné|vaccinée"),
    "affected": phrases("affected|impacted|sinistré|sinistrée|affecté|affectée"),
}
_BY_FIRST_WORD: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
for _name, _phrases in _EVENTS.items():
    for _phrase in _phrases:
        _BY_FIRST_WORD[_phrase[0]].append((_name, _phrase))
#: Names of one thing.
_SAME = {
    stem: name
    for name, words in {
        "person": "people person persons individual individuals personne personnes individu individus",
        "home": "house houses home homes maison maisons dwelling dwellings habitation habitations",
        "case": "case cases cas",
        "food": "food vivres",
        "cash": "cash cash-based espèces",
    }.items()
    for stem in stems(words)
}
_HEAD = re.compile(
    r"highlight|key (?:figure|fact|message|number)|in (?:numbers|figures|brief)|faits? saillants?|chiffres?|points? saillants?|"
    r"en bref|at a glance|summary|résumé|snapshot",
    re.I,
)
_QUALIFIED = vocabulary.SEX_AGE.keys() | stems(
    "new nouveau nouveaux nouvelle nouvelles additional further more average health worker workers soignant agents daily probable "
    "another other autres including dont among parmi target targeted planned cible prévu estimated refugee refugees host suspected"
)
_WITHIN, _BEFORE = 9, 4
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A title, a box or a key figure has so many words at most.
_SHORT = 45
#: A line of so few words without a figure heads what follows.
_TITLE = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A figure with what it says happened, the words that narrow it, and the names and times near it."""

    key: tuple[str, ...]
    quantity: Quantity
    passage: Passage
    head: bool
    names: frozenset[str]
    times: frozenset[str]

    @property
    def value(self) -> Decimal:
        return self.quantity.value


def fact_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """Facts of a title, a box or the key figures that the text tells with another figure."""
    by_key: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    title = ""
    for place, passage in enumerate(found):
        if passage.kind == "heading" or _is_title(passage):
            title = passage.reading.text
        head = _is_head(passage, place, title)
        for sentence in passage.sentences:
            for fact in _facts(passage, sentence, head=head):
                by_key[fact.key].append(fact)
    agreeing = _agreeing(by_key)
    for facts in by_key.values():
        pair = _pair(facts)
        if pair is None:
            continue
        one, other = pair
        first, second = one.quantity, other.quantity
        typed = mistyped(first.value, second.value) or near(first.value, second.value)
        sisters = agreeing[one.passage.index, other.passage.index]
        if sisters or (typed and first.value >= 10):
            yield _draft(one, other, sure=sisters > 0 and typed)


def _is_title(passage: Passage) -> bool:
    """A line of few words without a figure heads what follows, whether the reader found it a heading or not."""
    return 0 < len(passage.tokens) <= _TITLE and not passage.reading.quantities and passage.kind == "paragraph"


def _is_head(passage: Passage, place: int, title: str) -> bool:
    short = len(passage.tokens) <= _SHORT
    return short and (passage.kind == "heading" or passage.aside or bool(_HEAD.search(title)) or place == 0)


def _facts(passage: Passage, sentence: Sentence, *, head: bool) -> Iterator[Fact]:
    quantities = [own for own in sentence.quantities if own.kind in ("count", "money")]
    starts = [own.first for own in quantities]
    pieces = passage.tokens
    times = frozenset(
        piece.stem
        for piece in pieces[sentence.first : sentence.last]
        if piece.stem in vocabulary.MONTHS or piece.kind == "date" or _YEAR.fullmatch(piece.text)
    )
    told = ""
    for place, own in enumerate(quantities):
        if own.value < 2 or own.depth:
            continue
        end = min(starts[place + 1] if place + 1 < len(starts) else sentence.last, own.last + _WITHIN)
        start = max(sentence.first, own.first - _BEFORE, quantities[place - 1].last if place else 0)
        end, start = _cut(passage, own, start, end)
        event = _event_of(passage, own, start, end)
        if not event and place and told and _is_joined(passage, quantities[place - 1], own):
            event = told
        told = event
        if not event:
            continue
        words = passage.stems[own.last : end]
        if not _QUALIFIED.isdisjoint((*words[:6], *passage.stems[start : own.first])):
            continue
        key = (event, own.kind, own.unit, _thing(own, event, words))
        yield Fact(key=key, quantity=own, passage=passage, head=head, names=_names(passage, sentence, own), times=times)


def _is_joined(passage: Passage, before: Quantity, own: Quantity) -> bool:
    """`distributed 1,120 MT of food and USD 3.8 million in cash`: the verb of the figure before is that of this one."""
    words = passage.stems[before.last : own.first]
    return len(words) <= 6 and not {"and", "et"}.isdisjoint(words[-3:]) and not {"(", ";", "."} & set(words)


def _names(passage: Passage, sentence: Sentence, own: Quantity) -> frozenset[str]:
    """Names of places and bodies in the sentence, in a box on the figure's own line."""
    text = passage.reading.text
    low, high = 0, len(text)
    if len(passage.tokens) <= _SHORT and "\n" in text:
        low, high = text.rfind("\n", 0, own.start) + 1, text.find("\n", own.end)
        high = high if high >= 0 else len(text)
    return frozenset(
        piece.text
        for index, piece in enumerate(passage.tokens[sentence.first : sentence.last])
        if index
        and low <= piece.start < high
        and piece.kind == "word"
        and piece.text[0].isupper()
        and not piece.text.isupper()
        and len(piece.text) > 3
        and piece.stem not in vocabulary.MONTHS
    )


def _cut(passage: Passage, own: Quantity, start: int, end: int) -> tuple[int, int]:
    """The words of the figure's own line: a line end in a box parts two figures."""
    text, pieces = passage.reading.text, passage.tokens
    lines = text.count("\n") and len(pieces) <= _SHORT
    for index in range(own.last, end):
        if pieces[index].text in {";", "."} or (lines and "\n" in text[pieces[index - 1].end : pieces[index].start]):
            end = index
            break
    for index in range(own.first - 1, start - 1, -1):
        if pieces[index].text in {";", ".", "("} or (
            lines and "\n" in text[pieces[index].end : pieces[index + 1].start]
        ):
            start = index + 1
            break
    return end, start


def _event_of(passage: Passage, own: Quantity, start: int, end: int) -> str:
    """In the figure's own clause behind it, else before it, else behind the next `and`."""
    clause = next((index for index in range(own.last, end) if passage.stems[index] in {"and", "et", ","}), end)
    found = _event(passage, own.last, clause) or _event(passage, start, own.first) or _event(passage, clause, end)
    return found or ("case" if own.noun[:1] in (("case",), ("cas",), ("ca",)) else "")


def _event(passage: Passage, first: int, last: int) -> str:
    """What the words between two tokens say happened, the nearest to the first."""
    for index in range(first, last):
        for name, phrase in _BY_FIRST_WORD.get(passage.stems[index], ()):
            if passage.stems[index : index + len(phrase)] == phrase:
                return name
    return ""


def _thing(own: Quantity, event: str, words: Sequence[str]) -> str:
    """What it happened to; people where the words name nothing else."""
    for stem in own.noun:
        if stem in _SAME:
            return "person" if _SAME[stem] == "case" and event == "dead" else _SAME[stem]
    unit = unit_of(own)
    if own.kind == "money":
        return next((_SAME.get(word, word) for word in words if word not in vocabulary.BREAKS and len(word) > 3), "")
    return unit or "person"


def _agreeing(by_key: Mapping[tuple[str, ...], Sequence[Fact]]) -> dict[tuple[int, int], int]:
    """For two passages, how many facts they tell with one figure."""
    result: dict[tuple[int, int], int] = defaultdict(int)
    for facts in by_key.values():
        heads = [fact for fact in facts if fact.head]
        bodies = [fact for fact in facts if not fact.head]
        if len(heads) == 1 and len(bodies) == 1 and heads[0].value == bodies[0].value:
            result[heads[0].passage.index, bodies[0].passage.index] += 1
    return result


def _pair(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """The one fact of the head and the one of the text, where they differ and nothing tells them apart."""
    heads = [fact for fact in facts if fact.head]
    bodies = [fact for fact in facts if not fact.head]
    if len(heads) != 1 or len(bodies) != 1:
        return None
    one, other = heads[0], bodies[0]
    if agrees(one.quantity, other.value) or agrees(other.quantity, one.value):
        return None
    if one.times and other.times and one.times != other.times:
        return None
    if one.names and other.names and one.names.isdisjoint(other.names):
        return None
    return None if one.quantity.hedge != other.quantity.hedge and not mistyped(one.value, other.value) else (one, other)


def _draft(one: Fact, other: Fact, *, sure: bool) -> Draft:
    return Draft(
        kind="headline_vs_body",
        confidence="high" if sure else "medium",
        fault=TWO_VALUES,
        spans=(_span(one), _span(other)),
        expected=written(other.value),
        found=written(one.value),
    )


def _span(fact: Fact) -> Span:
    start, end = fact.passage.around(fact.quantity.first, fact.quantity.last, 3, 6)
    return Span(text=fact.passage.index, start=start, end=end)
