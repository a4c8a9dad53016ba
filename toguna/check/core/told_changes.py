"""Changes told beside or behind their two figures: `559 a day in April. ... an increase of 34% compared to March, when it was 390`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from toguna.check.core.arithmetic import percent, percent_agrees, rounded
from toguna.check.core.claims import Figure, unit_of
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.lexicon import DECREASE, INCREASE
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PERCENT_CHANGE
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems

_CHANGE = (INCREASE | DECREASE | stems("change variation évolution increment surge bond recul chute upsurge")) - {"les"}
_COMPARED = stems(
    "compared comparison against versus vs from on than over contre rapport comparé comparativement du des que previous précédent"
)
_TIMES = stems(
    "month week year mois semaine année an previous last précédent précédente dernier dernière quarter trimestre"
)
_MOVES = INCREASE | DECREASE | stems("passé passée passés atteint climbed jumped went reached monté tombé")
_UP_FROM = {("up", "from"), ("down", "from"), ("rise", "from"), ("drop", "from")}
_AGAINST = stems("compared comparé comparée comparés contre rapport versus")
_TAKING_UP = stems("figure number total it they this these chiffre nombre il elle ils elles ce ceci celui-ci")
#: A word of change stands so many words before or behind its percentage, the earlier figure so many words behind it.
_BEFORE, _BEHIND, _FAR = 7, 4, 26
_OTHERWISE = stems("target plan planned cible prévu respectively respectivement average moyenne since depuis") - {
    "moyenne",
    "average",
}


def told_change_drafts(passage: Passage, at: int, previous: Sequence[Passage]) -> Iterator[Draft]:
    """The changes of sentence `at` that its figures, with the one of the sentence before, do not bear out."""
    sentence = passage.sentences[at]
    shown = [own for own in sentence.quantities if own.kind == "percent"]
    if len(shown) != 1 or not _is_change(passage, sentence, shown[0]):
        return
    here = [Figure(quantity=own, passage=passage) for own in sentence.quantities if own.kind in ("count", "money")]
    before = _before(passage, at, previous)
    pair = _pair(passage, sentence, shown[0], here, before)
    if pair is None:
        return
    new, old = pair
    everything = [*here, *before]
    if any(
        _agrees(shown[0], one, other) for one in everything for other in everything if one is not other and other.value
    ):
        return
    confidence: Confidence = "high" if len(here) + len(before) == 2 else "medium"
    yield _draft(passage, shown[0], new, old, confidence)


def _is_change(passage: Passage, sentence: Sentence, shown: Quantity) -> bool:
    """`an increase of 12%`, `up 12 per cent`, `12% more`, `12 % de plus que`."""
    before = passage.stems[max(sentence.first, shown.first - _BEFORE) : shown.first]
    after = passage.stems[shown.last : min(sentence.last, shown.last + _BEHIND)]
    told = not _CHANGE.isdisjoint((*before[-_BEFORE:], *after)) or after[:2] == ("de", "plu")
    return told and _OTHERWISE.isdisjoint((*before, *after)) and "to" not in before[-1:]


def _before(passage: Passage, at: int, previous: Sequence[Passage]) -> list[Figure]:
    if at:
        home, sentence = passage, passage.sentences[at - 1]
    elif previous and previous[-1].sentences and previous[-1].kind != "heading":
        home, sentence = previous[-1], previous[-1].sentences[-1]
    else:
        return []
    return [Figure(quantity=own, passage=home) for own in sentence.quantities if own.kind in ("count", "money")]


def _pair(
    passage: Passage, sentence: Sentence, shown: Quantity, here: Sequence[Figure], before: Sequence[Figure]
) -> tuple[Figure, Figure] | None:
    """The later and the earlier figure that the change is told of."""
    old = next((own for own in here if _is_earlier(passage, shown, own.quantity)), None)
    if old is None and len(here) == len(before) == 1 and here[0].quantity.first < shown.first:
        moved = _has_moved_to(passage, sentence, here[0].quantity)
        named = bool(here[0].quantity.noun) and _is_another_month(passage, sentence, shown, before[0])
        return (here[0], before[0]) if (moved or named) and _alike(here[0], before[0]) else None
    if old is None and len(here) == 2 and (_are_in_brackets(passage, shown, here) or _is_up_from(passage, shown, here)):
        return (here[0], here[1]) if _alike(here[0], here[1]) else None
    if old is None:
        both = _set_against(before) if not here else None
        return both if both and _alike(*both) else None
    others = [own for own in here if own is not old and _alike(own, old)]
    if len(others) == 1:
        return others[0], old
    if others:
        return None
    told = [own for own in before if _alike(own, old)]
    return (told[0], old) if len(told) == 1 and len(here) == 1 else None


def _has_moved_to(passage: Passage, sentence: Sentence, own: Quantity) -> bool:
    """`The figure rose to 3,120`, `Ce chiffre est passé à 3 120`: of what the sentence before has counted."""
    lead = passage.stems[sentence.first : own.first]
    verb = not _MOVES.isdisjoint(lead[-5:]) and not {"to", "a"}.isdisjoint(lead[-3:])
    return verb and len(lead) <= 10 and not _TAKING_UP.isdisjoint(lead[:4]) and "from" not in lead


def _are_in_brackets(passage: Passage, shown: Quantity, here: Sequence[Figure]) -> bool:
    """`fell by 25% in July (1,530 children) compared to June (2,040 children)`: each figure alone in its bracket."""
    new, old = (own.quantity for own in here)
    words, between = passage.stems[shown.last : new.first], passage.stems[new.last : old.first]
    if not 0 < len(words) <= 8 or words[-1] != "(" or between[-1:] != ("(",) or ")" not in between:
        return False
    return between.count("(") == 1 and not _COMPARED.isdisjoint(between) and len(between) <= 14


def _is_up_from(passage: Passage, shown: Quantity, here: Sequence[Figure]) -> bool:
    """`780 incidents in June, up from 600 in May (30% increase)`: both figures, set against each other, then the change."""
    new, old = (own.quantity for own in here)
    words = passage.stems[new.last : old.first]
    against = any(pair in _UP_FROM for pair in pairwise(words[-4:])) or not _AGAINST.isdisjoint(words[-5:])
    return against and 0 < shown.first - old.last <= 8 and len(words) <= 16 and not {"(", ";"} & set(words)


def _is_another_month(passage: Passage, sentence: Sentence, shown: Quantity, before: Figure) -> bool:
    """`In April 1,200 came. In May there were 1,500, an increase of 25%`: each sentence has its own month."""
    home = before.passage.sentences[before.passage.sentence_of(before.quantity.first)]
    mine = vocabulary.MONTHS.keys() & set(passage.stems[sentence.first : shown.first])
    theirs = vocabulary.MONTHS.keys() & set(before.passage.stems[home.first : home.last])
    return len(mine) == len(theirs) == 1 and mine != theirs


def _is_earlier(passage: Passage, shown: Quantity, own: Quantity) -> bool:
    """Whether the words between the percentage and a figure behind it set the figure against another."""
    if not 0 <= own.first - shown.last <= _FAR:
        return False
    words = passage.stems[shown.last : own.first]
    return not _COMPARED.isdisjoint(words) and not {";", "(", ")"} & set(words)


def _set_against(before: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """`412 in May, against 380 in April`: the two figures of the sentence before."""
    if len(before) != 2:
        return None
    new, old = before
    words = new.passage.stems[new.quantity.last : old.quantity.first]
    return (new, old) if not _COMPARED.isdisjoint(words) else None


def _alike(one: Figure, other: Figure) -> bool:
    """Whether the two may count the same thing."""
    first, second = one.quantity, other.quantity
    if first.kind != second.kind or (first.unit and second.unit and first.unit != second.unit):
        return False
    if not second.value or not first.value or max(first.value, second.value) > 12 * min(first.value, second.value):
        return False
    if unit_of(first) and unit_of(second):
        return unit_of(first) == unit_of(second)
    nouns = [set(own.noun[:3]) - _TIMES for own in (first, second)]
    return not all(nouns) or not nouns[0].isdisjoint(nouns[1])


def _agrees(shown: Quantity, one: Figure, other: Figure) -> bool:
    gap = abs(one.value - other.value)
    return percent_agrees(shown, percent(gap, other.value)) or percent_agrees(shown, percent(one.value, other.value))


def _draft(passage: Passage, shown: Quantity, new: Figure, old: Figure, confidence: Confidence) -> Draft:
    value = percent(abs(new.value - old.value), old.value)
    start, end = passage.around(min(shown.first, old.quantity.first), max(shown.last, old.quantity.last), 4, 3)
    spans = [Span(text=passage.index, start=start, end=end)]
    if not (new.passage is passage and start <= new.quantity.start < end):
        low, high = new.passage.around(new.quantity.first, new.quantity.last, 3, 4)
        spans.append(Span(text=new.passage.index, start=low, end=high))
    return Draft(
        kind="percentage",
        confidence=confidence,
        fault=PERCENT_CHANGE,
        spans=tuple(spans),
        expected=written(rounded(value or shown.value, shown.step)),
        found=written(shown.value),
        details={"base": written(old.value), "part": written(new.value)},
    )
