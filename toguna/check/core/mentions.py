"""Every figure of a document with the words that say what it is, in running text, in key figures and in tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from toguna.check.core.claims import unit_of
from toguna.check.core.finding import Span
from toguna.check.core.grids import TOTALS, Grid, is_total
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity, read
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems
from toguna.kernel.core.tokens import Token

#: So many words before and after a figure say what it is.
_BEFORE, _AFTER = 12, 22
#: The summary of a long report ends here, in blocks.
_OPENING = 40
_HEADLINE = re.compile(
    r"highlight|key (?:figure|fact|message|number)|faits? saillants?|chiffres? cl[ée]s?|points? saillants?|at a glance|summary",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HOLLOW = vocabulary.BREAKS | stems(
    "the this that these those its their his her there which all also other others more than over about some total number "
    "including include through between under while well such new been being were they them it as by per cent percent le "
    "la les des du un une ce cette ces leur leurs son sa ses il elle ils elles tous toutes autre autres ainsi entre nombre "
    "plus environ dont afin"
)
_PLACING = stems("in at à au aux dans en")
_PERIOD = set(vocabulary.MONTHS) | stems("week month quarter semaine mois trimestre today yesterday daily")
_CUMULATIVE = stems("cumulative cumulatively cumul cumulé since depuis overall beginning début onset")
_AIMS = stems(
    "target targeted targets planned plan plans aims require required requirement cible ciblé prévu objectif appeal need needs besoin besoins"
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One figure at one place."""

    quantity: Quantity
    passage: Passage
    #: Stems that say what it is.
    words: frozenset[str]
    #: Those of the sentence before besides.
    wide: frozenset[str]
    #: Names of places and bodies near it, as printed.
    names: frozenset[str]
    #: Months, years and other words of time near it.
    times: frozenset[str]
    groups: frozenset[str]
    headline: bool
    sentence: int
    span: Span
    flags: frozenset[str] = field(default_factory=frozenset)
    #: The place that opens its sentence: `In Gao, ...`.
    lead: frozenset[str] = field(default_factory=frozenset)
    #: What stands for it in a quote, where its own characters say too little.
    quote: str = ""

    @cached_property
    def unit(self) -> str:
        return unit_of(self.quantity)


def root_counts(found: Sequence[Passage]) -> Counter[str]:
    """In how many passages each root stands."""
    return Counter(root for passage in found for root in _roots(passage.tokens))


def cell_mentions(grid: Grid, caption: str = "") -> Iterator[Mention]:
    """The totals of a table, with the words of their row and column."""
    for row in grid.rows:
        for place, slot in enumerate(row.slots):
            header = grid.headers[place]
            if slot is None or slot.percent or slot.value < 10 or not (is_total(row.label) or is_total(header)):
                continue
            label = read(f"{slot.shown} {header} {row.label} {caption}")
            if not label.quantities or label.quantities[0].kind != "count":
                continue
            words = _roots(token for token in label.tokens if token.stem not in TOTALS)
            span = Span(text=slot.text, start=0, end=len(slot.shown))
            yield Mention(
                quantity=label.quantities[0],
                passage=Passage(index=slot.text, kind="paragraph", aside=True, section=-1, reading=label),
                words=words,
                wide=words,
                names=frozenset(),
                times=frozenset(token.stem for token in label.tokens if token.stem in _PERIOD),
                groups=frozenset(
                    vocabulary.SEX_AGE[token.stem] for token in label.tokens if token.stem in vocabulary.SEX_AGE
                ),
                headline=False,
                sentence=-1,
                span=span,
                quote=f"{row.label} {slot.shown} {header}",
            )


def mentions(found: Sequence[Passage]) -> tuple[Mention, ...]:
    """Every count and sum of money from ten upwards, in reading order."""
    result: list[Mention] = []
    for place, passage in enumerate(found):
        alone = _lone_figure(passage)
        if alone is not None:
            label = _label_of(found, place)
            if label is not None:
                result.append(_labelled(alone, passage, label, place, len(found)))
            continue
        headline = _is_headline(passage, place, len(found))
        for at, sentence in enumerate(passage.sentences):
            counted = [own for own in sentence.quantities if own.kind in ("count", "money") and own.value >= 10]
            if not counted:
                continue
            times = _times(passage.tokens[sentence.first : sentence.last])
            told = _Told(headline=headline, times=times, lead=_lead(passage, sentence), before=_before(passage, at))
            result.extend(_mention(own, passage, sentence, at, told) for own in counted)
    return tuple(result)


def _is_headline(passage: Passage, place: int, of: int) -> bool:
    return passage.aside or bool(_HEADLINE.search(passage.heading)) or place < min(of // 4, _OPENING)


def _lone_figure(passage: Passage) -> Quantity | None:
    """The figure of a block that holds nothing else, as boxes of key figures have it."""
    quantities = passage.reading.quantities
    if len(quantities) != 1:
        return None
    rest = [*passage.tokens[: quantities[0].first], *passage.tokens[quantities[0].last :]]
    if len(rest) > 2 or any(token.kind == "word" and token.stem not in vocabulary.CURRENCY for token in rest):
        return None
    return quantities[0] if quantities[0].kind in ("count", "money") and quantities[0].value >= 10 else None


def _label_of(found: Sequence[Passage], place: int) -> Passage | None:
    """The words that a lone figure belongs to: the next block without a figure, at once or after a column of text."""
    for step, passage in enumerate(found[place + 1 : place + 6]):
        if not passage.tokens or passage.kind == "heading" or _lone_figure(passage) is not None:
            continue
        lower = passage.tokens[0].text[0].islower()
        if not passage.reading.quantities and (lower or step == 0) and len(passage.tokens) < 40:
            return passage
    return None


def _labelled(quantity: Quantity, passage: Passage, label: Passage, place: int, of: int) -> Mention:
    line = label.reading.text.split("\n")[0] if not label.tokens[0].text[0].islower() else label.reading.text
    pieces = [token for token in label.tokens if token.start < len(line)]
    noun = tuple(token.stem for token in pieces if token.kind == "word" and token.stem not in vocabulary.BREAKS)[:6]
    return Mention(
        quantity=quantity if quantity.noun else replace(quantity, noun=noun),
        passage=label,
        words=_roots(pieces),
        wide=_roots(pieces),
        names=frozenset(),
        times=frozenset(token.stem for token in pieces if token.stem in _PERIOD),
        groups=frozenset(vocabulary.SEX_AGE[token.stem] for token in pieces if token.stem in vocabulary.SEX_AGE),
        headline=True,
        sentence=-1 - place,
        span=Span(text=passage.index, start=quantity.start, end=quantity.end),
    )


@lru_cache(maxsize=20_000)
def _root(stem: str) -> str:
    """A verb's root, near enough: `participated`, `participate`, `participating` are one word. Empty of a word that tells nothing."""
    if len(stem) <= 2 or stem in _HOLLOW or stem[0].isdigit():
        return ""
    for ending in ("ations", "ation", "ance", "ments", "ment", "ing", "ed", "es", "er", "ee", "e"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4:
            return stem[: -len(ending)].removesuffix("e")
    return stem


def _roots(pieces: Iterable[Token]) -> frozenset[str]:
    return frozenset(root for token in pieces if token.kind == "word" and (root := _root(token.stem)))


def _times(pieces: Iterable[Token]) -> frozenset[str]:
    return frozenset(
        token.stem for token in pieces if token.stem in _PERIOD or token.kind == "date" or _YEAR.fullmatch(token.text)
    )


def _lead(passage: Passage, sentence: Sentence) -> frozenset[str]:
    """The names between the preposition that a sentence begins with and its first comma."""
    pieces = passage.tokens[sentence.first : min(sentence.last, sentence.first + 7)]
    if not pieces or pieces[0].stem not in _PLACING:
        return frozenset()
    end = next((at for at, piece in enumerate(pieces) if piece.text == ","), 3)
    return frozenset(
        piece.text
        for piece in pieces[1:end]
        if piece.kind == "word" and piece.text[0].isupper() and piece.stem not in vocabulary.MONTHS
    )


def _before(passage: Passage, at: int) -> frozenset[str]:
    """The roots of the last words of the sentence before."""
    earlier = passage.sentences[at - 1] if at else None
    return _roots(passage.tokens[earlier.first : earlier.last][-25:]) if earlier else frozenset()


class _Told(NamedTuple):
    """What a sentence tells of each figure in it."""

    headline: bool
    times: frozenset[str]
    lead: frozenset[str]
    before: frozenset[str]


def _mention(quantity: Quantity, passage: Passage, sentence: Sentence, at: int, told: _Told) -> Mention:
    window = list(_window(quantity, passage, sentence))
    pieces = [passage.tokens[index] for index in window]
    words = _roots(pieces)
    after = [token.stem for token in pieces if token.start >= quantity.end][:5]
    stems_around = [token.stem for token in pieces]
    return Mention(
        quantity=quantity,
        passage=passage,
        words=words,
        wide=words | told.before,
        names=frozenset(
            token.text
            for index, token in zip(window, pieces, strict=True)
            if token.kind == "word" and token.text[0].isupper() and index != sentence.first and len(token.text) > 3
        ),
        times=told.times,
        groups=frozenset(vocabulary.SEX_AGE[stem] for stem in after if stem in vocabulary.SEX_AGE),
        headline=told.headline,
        sentence=at,
        span=Span(
            text=passage.index,
            start=passage.tokens[max(sentence.first, quantity.first - 7)].start,
            end=passage.tokens[min(sentence.last, quantity.last + 10) - 1].end,
        ),
        flags=frozenset(
            name for name, known in (("cumulative", _CUMULATIVE), ("aim", _AIMS)) if not known.isdisjoint(stems_around)
        ),
        lead=told.lead,
    )


def _window(quantity: Quantity, passage: Passage, sentence: Sentence) -> Iterator[int]:
    """Tokens of the sentence around the figure; brackets that it does not stand in are left out."""
    first = max(sentence.first, quantity.first - _BEFORE)
    last = min(sentence.last, quantity.last + _AFTER + 20)
    shut = {
        index
        for bracket in sentence.brackets
        if bracket.first < last and bracket.last >= first and not bracket.first < quantity.first < bracket.last
        for index in range(bracket.first, bracket.last + 1)
    }
    taken = 0
    for index in range(first, last):
        if index in shut or quantity.first <= index < quantity.last:
            continue
        if index >= quantity.last:
            taken += 1
        if taken > _AFTER:
            return
        yield index
