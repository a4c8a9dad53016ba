"""Changes: `an increase of 12% from 100 to 112`, `26.6% (147,069 and 116,148 respectively)`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from toguna.check.core import lexicon
from toguna.check.core.arithmetic import agrees, mistyped, percent, percent_agrees, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Bracket, Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import CHANGE_DIRECTION, PARTS_AND_TOTAL, PERCENT_CHANGE
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems

_PERIODS = stems(
    "week month year quarter previous last semaine mois année trimestre précédente dernier respectively respectivement"
)
_PERIODS |= set(vocabulary.MONTHS)
_SET_AGAINST = stems("against contre versus vs compared comparé comparativement")
_RESPECTIVE = stems("respectively respectivement")
_CHANGES = (
    lexicon.INCREASE
    | lexicon.DECREASE
    | stems("growth change variation évolution increment experienced passé passée passés passées went")
)


def change_drafts(passage: Passage) -> Iterator[Draft]:
    """Changes in per cent that the two figures beside them do not bear out."""
    changing = any(stem in _CHANGES for stem in passage.stems)
    if not changing:
        return
    for sentence in passage.sentences:
        for bracket in sentence.brackets:
            draft = _bracketed(passage, sentence, bracket)
            if draft is not None:
                yield draft
        yield from _from_to(passage, sentence)
        draft = _against(passage, sentence)
        if draft is not None:
            yield draft
        for new, told, old in zip(sentence.quantities, sentence.quantities[1:], sentence.quantities[2:], strict=False):
            if _is_gap_told_first(passage, new, told, old):
                draft = _gap(passage, told, old, new)
                if draft is not None:
                    yield draft


def _agrees(shown: Quantity, new: Decimal, old: Decimal) -> bool:
    """The change on either base, or the share of one in the other or in both."""
    values = [
        percent(abs(new - old), old),
        percent(abs(new - old), new),
        percent(new, old),
        percent(old, new),
    ]
    return any(percent_agrees(shown, value) for value in values)


def _bracketed(passage: Passage, sentence: Sentence, bracket: Bracket) -> Draft | None:
    """`8.9% (35 721 and 32 794 respectively)`; the sign of per cent may be missing."""
    inner = [quantity for quantity in sentence.quantities if bracket.first < quantity.first < bracket.last]
    before = [quantity for quantity in sentence.quantities if quantity.last <= bracket.first]
    if len(inner) != 2 or not before or any(quantity.kind != "count" for quantity in inner):
        return None
    shown = before[-1]
    if not (shown.kind == "percent" or (shown.kind == "count" and shown.step < 1)) or bracket.first - shown.last > 8:
        return None
    words = set(passage.stems[bracket.first : bracket.last])
    if not words & _PERIODS:
        return None
    new, old = inner[0], inner[1]
    tied = words & _RESPECTIVE or len(before) == 1 or bracket.first - shown.last < 2
    if _agrees(shown, new.value, old.value) or not tied:
        return None
    mean = (new.value + old.value) / 2
    if not words & _RESPECTIVE and any(
        _agrees(shown, quantity.value, value) for quantity in before[:-1] for value in (mean, new.value, old.value)
    ):
        return None
    return _draft(passage, shown, old, new)


def _from_to(passage: Passage, sentence: Sentence) -> Iterator[Draft]:
    """`from 1,200 to 1,344 (12%)`, `de 120 à 130`: the percentage, and the direction that the words give."""
    quantities = sentence.quantities
    for old, new in pairwise(quantities):
        if old.kind != new.kind or old.kind == "measure" or not _is_from_to(passage, old, new):
            continue
        words = passage.stems[max(sentence.first, old.first - 12) : old.first]
        up, down = (any(word in known for word in words) for known in (lexicon.INCREASE, lexicon.DECREASE))
        if up != down and new.value != old.value and old.unit == new.unit and (new.value > old.value) != up:
            yield Draft(
                kind="percentage",
                confidence="medium",
                fault=CHANGE_DIRECTION,
                spans=(Span(text=passage.index, start=old.start, end=new.end),),
                expected=written(new.value),
                found="increase" if up else "decrease",
                details={"base": written(old.value), "part": written(new.value)},
            )
        apart = _difference(passage, sentence, old, new)
        if apart is not None:
            yield apart
        shown = _told_of(passage, sentence, old, new, turned=up or down) if old.kind == "count" else None
        if shown is not None and not _agrees(shown, new.value, old.value):
            yield _draft(passage, shown, old, new)


def _told_of(passage: Passage, sentence: Sentence, old: Quantity, new: Quantity, *, turned: bool) -> Quantity | None:
    """The percentage that the pair is told with: the next behind it, else the one before it that belongs to no earlier pair."""
    pairs = [pair for pair in pairwise(sentence.quantities) if _is_from_to(passage, *pair)]
    later = min((other.first for other, _ in pairs if other.first > new.first), default=sentence.last)
    for shown in sentence.quantities:
        tied = turned or set(passage.stems[new.last : shown.first]) & ({"("} | _CHANGES)
        if shown.kind == "percent" and 0 <= shown.first - new.last <= 9 and shown.first < later and tied:
            return shown
    earlier = max((other.last for _, other in pairs if other.last <= old.first), default=sentence.first)
    for shown in reversed(sentence.quantities):
        taken = earlier > sentence.first and shown.first - earlier <= 9
        if shown.kind == "percent" and 0 <= old.first - shown.last <= 6 and turned and not taken:
            return shown
    return None


def _against(passage: Passage, sentence: Sentence) -> Draft | None:
    """`146 cases, against 118 in the week before, an increase of 24%`: where no two figures of the sentence bear it out."""
    counts = [quantity for quantity in sentence.quantities if quantity.kind == "count"]
    for place, old in enumerate(counts):
        words = passage.stems[max(old.first - 3, counts[place - 1].last if place else 0) : old.first]
        shown = next((own for own in sentence.quantities if own.first >= old.last), None)
        if not place or not set(words) & _SET_AGAINST or shown is None or shown.kind != "percent":
            continue
        if not set(passage.stems[old.last : shown.first]) & _CHANGES or shown.first - old.last > 12:
            continue
        earlier = counts[:place]
        if any(_agrees(shown, one.value, other.value) for one in counts for other in counts if one is not other):
            continue
        named = [own for own in earlier if not old.noun or not set(own.noun[:3]).isdisjoint(old.noun[:3])]
        if named and old.value and not shown.hedge:
            return _draft(passage, shown, old, named[-1])
    return None


def _difference(passage: Passage, sentence: Sentence, old: Quantity, new: Quantity) -> Draft | None:
    """`from CHF 250,000 to CHF 410,000, an increase of CHF 160,000`: where one wrong digit explains the difference."""
    told = next((own for own in sentence.quantities if own.first >= new.last), None)
    if told is None or (told.kind, told.unit) != (new.kind, new.unit) or told.first - new.last > 8:
        return None
    words = passage.stems[new.last : told.first]
    if not set(words) & _CHANGES or not set(words[-2:]) & {"of", "de", "d"}:
        return None
    return _gap(passage, told, old, new)


def _is_gap_told_first(passage: Passage, new: Quantity, told: Quantity, old: Quantity) -> bool:
    """`2,318 cases, an increase of 412 compared to last week (1,906)`."""
    if new.kind != "count" or {(own.kind, own.unit) for own in (told, old)} != {(new.kind, new.unit)}:
        return False
    before, after = passage.stems[new.last : told.first], passage.stems[told.last : old.first]
    if len(before) > 10 or len(after) > 9 or not set(before[-2:]) & {"of", "de", "d"}:
        return False
    return bool(set(before) & (lexicon.INCREASE | lexicon.DECREASE)) and bool(set(after) & _SET_AGAINST)


def _gap(passage: Passage, told: Quantity, old: Quantity, new: Quantity) -> Draft | None:
    gap = abs(new.value - old.value)
    if agrees(told, gap, (old, new)):
        return None
    sign = 1 if new.value > old.value else -1
    slips = (
        mistyped(told.value, gap),
        mistyped(old.value, new.value - sign * told.value),
        mistyped(new.value, old.value + sign * told.value),
    )
    if not any(slips):
        return None
    return Draft(
        kind="sum",
        confidence="medium",
        fault=PARTS_AND_TOTAL,
        spans=(Span(text=passage.index, start=min(old.start, new.start), end=max(old.end, told.end)),),
        expected=written(old.value + sign * told.value),
        found=written(new.value),
        details={"parts": f"{written(old.value)} {'+' if sign > 0 else '−'} {written(told.value)}"},
    )


def _is_from_to(passage: Passage, old: Quantity, new: Quantity) -> bool:
    before = passage.stems[max(old.first - 3, 0) : old.first]
    between = passage.stems[old.last : new.first]
    if not between or len(between) > 9 or not before:
        return False
    english = "from" in before and "to" in between[-3:]
    french = before[-1] == "de" and between[-1] == "a"
    return english or french


def _draft(passage: Passage, shown: Quantity, old: Quantity, new: Quantity) -> Draft:
    value = percent(abs(new.value - old.value), old.value) or Decimal(0)
    first, last = passage.around(min(shown.first, old.first, new.first), max(shown.last, old.last, new.last), 4, 4)
    return Draft(
        kind="percentage",
        confidence="medium",
        fault=PERCENT_CHANGE,
        spans=(Span(text=passage.index, start=first, end=last),),
        expected=written(rounded(value, min(shown.step, Decimal("0.1")))),
        found=written(shown.value),
        details={"base": written(old.value), "part": written(new.value)},
    )
