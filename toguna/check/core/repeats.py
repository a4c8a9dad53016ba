"""One fact in two places: two values, a hedge that is dropped, a list of regions that differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log

from toguna.check.core.arithmetic import agrees, mistyped, near, significant
from toguna.check.core.finding import Confidence, Draft, Kind, written
from toguna.check.core.grids import Grid
from toguna.check.core.mentions import Mention, cell_mentions, mentions, root_counts
from toguna.check.core.near_matches import close_pairs, long_slip
from toguna.check.core.passages import Passage
from toguna.check.core.sentences import HEDGE_DROPPED, PERIOD_ABOVE_CUMULATIVE, TWO_LISTS, TWO_VALUES
from toguna.kernel.core.stems import stems
from toguna.kernel.core.vocabulary import PERSONS

_BEGINNINGS = frozenset({"beginning", "start", "onset", "debut"})

#: Words for anybody: they tell no group from another.
_ANYBODY = stems(
    "people person persons individual individuals personne personnes individu individus beneficiary beneficiaries"
)
_ANYBODY |= stems("bénéficiaire bénéficiaires member members membre membres resident residents habitant habitants")
_SOMEBODY = (PERSONS | stems("displaced déplacé déplacée déplacés déplacées idp idps pdi")) - _ANYBODY
#: Texts (blocks and cells) so far apart belong to different chapters of a long report.
_FAR = 80


def repeat_drafts(found: Sequence[Passage], tables: Sequence[Grid]) -> Iterator[Draft]:
    """Figures that seem to state one fact and do not agree."""
    everything = (*mentions(found), *(mention for grid in tables for mention in cell_mentions(grid)))
    weights = _weights(found)
    yield from _two_values(everything, weights)
    yield from _equal_values(everything, weights)
    yield from _above_cumulative(everything, weights)


def _above_cumulative(everything: Sequence[Mention], weights: Mapping[str, int]) -> Iterator[Draft]:
    """`74 incidents in December`, and `62 since June` in the same paragraph."""
    for one, other in pairwise(everything):
        if (
            one.passage is not other.passage
            or one.quantity.unit != other.quantity.unit
            or one.sentence == other.sentence
        ):
            continue
        period, since = (one, other) if "cumulative" in other.flags else (other, one)
        if (
            "cumulative" in period.flags
            or "cumulative" not in since.flags
            or period.quantity.kind != since.quantity.kind
        ):
            continue
        if (
            not _reaches_back(since)
            or {"aim"} & (period.flags | since.flags)
            or period.groups != since.groups
            or not period.times
        ):
            continue
        same = set(period.quantity.noun[:3]) & set(since.quantity.noun[:3])
        if same and period.quantity.value > since.quantity.value and _likeness(period, since, weights) > 0.5:
            yield Draft(
                kind="cumulative",
                confidence="medium",
                fault=PERIOD_ABOVE_CUMULATIVE,
                spans=(period.span, since.span),
                expected=written(since.quantity.value),
                found=written(period.quantity.value),
            )


def _reaches_back(mention: Mention) -> bool:
    """Whether `since` means a year or a beginning, not the last report."""
    return any(time.isdecimal() for time in mention.times) or bool(mention.words & _BEGINNINGS)


def _weights(found: Sequence[Passage]) -> Mapping[str, int]:
    """By root, how much it tells, in millionths: rare words of the document tell more. Whole, so that no order of adding counts."""
    counts = root_counts(found)
    total = len(found) + 1
    rare = round(log(total) * 1_000_000)
    return defaultdict(
        lambda: rare, {root: round(log(1 + total / count) * 1_000_000) for root, count in counts.items()}
    )


def _two_values(everything: Sequence[Mention], weights: Mapping[str, int]) -> Iterator[Draft]:
    best: dict[int, tuple[float, Mention, Mention, Confidence]] = {}
    for one, other, crowded in close_pairs(everything):
        sure = _same_fact(one, other, weights, crowded=crowded)
        if sure is None:
            continue
        confidence, score = sure
        for mine in (one, other):
            if id(mine) not in best or score > best[id(mine)][0]:
                best[id(mine)] = (score, one, other, confidence)
    told: set[tuple[int, int]] = set()
    for _, one, other, confidence in best.values():
        key = (min(id(one), id(other)), max(id(one), id(other)))
        if key in told or best[id(one)][1:3] != best[id(other)][1:3]:
            continue
        told.add(key)
        yield _draft_values(one, other, confidence)


def _shared(one: Mention, other: Mention) -> frozenset[str]:
    return (one.words & other.wide) | (other.words & one.wide)


def _likeness(one: Mention, other: Mention, weights: Mapping[str, int]) -> float:
    """Share of the telling words of the shorter context that the other has too, 0 to 1."""
    shared = sum(weights[root] for root in _shared(one, other))
    least = min(sum(weights[stem] for stem in own.words) for own in (one, other))
    return shared / least if least else 0.0


def _conflict(one: Mention, other: Mention) -> bool:
    """Whether the words tell the two apart: another time, place, unit, an aim and a result."""
    if one.quote and other.quote:
        return True
    quoted = bool(one.quote or other.quote)
    if one.flags != other.flags and not quoted:
        return True
    if one.unit and other.unit and one.unit != other.unit and not quoted:
        return True
    if one.times and other.times and one.times != other.times:
        return True
    if one.lead and other.lead and one.lead.isdisjoint(other.lead):
        return True
    if _told_of_others(one, other) or (_far_apart(one, other) and _told_elsewhere(one, other)):
        return True
    apart = bool(one.names and other.names) and one.names.isdisjoint(other.names)
    return apart and not long_slip(one.quantity.value, other.quantity.value)


def _told_of_others(one: Mention, other: Mention) -> bool:
    """`816 refugees`, `845 students`: each names its people, and they are others."""
    mine, theirs = (_SOMEBODY.intersection(own.quantity.noun[:3]) for own in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _far_apart(one: Mention, other: Mention) -> bool:
    """Chapters of a long report; a key figure and the body are near, however many pages lie between."""
    return one.headline == other.headline and abs(one.passage.index - other.passage.index) > _FAR


def _told_elsewhere(one: Mention, other: Mention) -> bool:
    """Whether one names a place or a time that the other does not share: what far pages say of one fact, they say whole."""
    if long_slip(one.quantity.value, other.quantity.value):
        return False
    if one.times != other.times:
        return True
    return bool(one.names or other.names) and one.names.isdisjoint(other.names)


def _same_fact(
    one: Mention, other: Mention, weights: Mapping[str, int], *, crowded: bool
) -> tuple[Confidence, float] | None:
    """How sure it is that two different values are meant to be one, and how alike their words are; None when they are not."""
    if _conflict(one, other):
        return None
    first, second = one.quantity, other.quantity
    heads = (
        bool(one.unit and one.unit == other.unit)
        or not set(first.noun[:4]).isdisjoint(second.noun[:4])
        or not (first.noun and second.noun)
    )
    shared = len(_shared(one, other))
    slipped = long_slip(first.value, second.value)
    if shared < (1 if slipped else 2) or not (heads or slipped):
        return None
    if agrees(first, second.value) or agrees(second, first.value):
        return None
    likeness = _likeness(one, other, weights)
    if crowded and likeness < 0.6:
        return None
    if slipped and (heads or likeness > 0.3):
        return "high" if heads and likeness > 0.3 else "medium", likeness
    confidence = _how_sure(one, other, likeness, shared) if heads and shared > 1 else None
    return (confidence, likeness) if confidence is not None else None


def _how_sure(one: Mention, other: Mention, likeness: float, shared: int) -> Confidence | None:
    first, second = one.quantity.value, other.quantity.value
    exact = min(significant(first), significant(second))
    typed = mistyped(first, second)
    slip = typed or near(first, second, "0.01")
    if (
        exact >= 4
        and slip
        and (likeness >= 0.6 or (likeness >= (0.35 if typed else 0.5) and shared >= (2 if typed else 4)))
    ):
        return "high" if likeness > 0.6 and shared > 3 else "medium"
    if (slip or near(first, second, "0.05")) and exact >= 2:
        least = 4 if typed and exact >= 3 else (5 if exact >= 3 or one.headline != other.headline else 7)
        return (
            "medium" if shared >= least and likeness >= 0.55 else ("low" if shared >= 3 and likeness >= 0.5 else None)
        )
    return "low" if shared >= 5 and likeness >= 0.7 else None


def _kind(one: Mention, other: Mention) -> Kind:
    return "headline_vs_body" if one.headline != other.headline else "repeat"


def _draft_values(one: Mention, other: Mention, confidence: Confidence) -> Draft:
    return Draft(
        kind=_kind(one, other),
        confidence=confidence,
        fault=TWO_VALUES,
        spans=(one.span, other.span),
        quotes=(one.quote, other.quote),
        expected=written(other.quantity.value),
        found=written(one.quantity.value),
    )


def _equal_values(everything: Sequence[Mention], weights: Mapping[str, int]) -> Iterator[Draft]:
    by_value: dict[Decimal, list[Mention]] = defaultdict(list)
    for mention in everything:
        by_value[mention.quantity.value].append(mention)
    for group in by_value.values():
        for one, other in pairwise(group):
            if one.passage is other.passage or one.groups != other.groups:
                continue
            shared, likeness = len(_shared(one, other)), _likeness(one, other, weights)
            if shared < 3 or likeness < 0.4:
                continue
            yield from _hedges(one, other)
            yield from _lists(one, other)


def _hedges(one: Mention, other: Mention) -> Iterator[Draft]:
    """`300` in the key figures, `approximately 300` in the text."""
    first, second = one.quantity, other.quantity
    if bool(first.hedge) == bool(second.hedge) or not first.is_round or one.headline == other.headline:
        return
    head, body = (one, other) if one.headline else (other, one)
    if body.quantity.hedge:
        yield Draft(
            kind="headline_vs_body",
            confidence="medium",
            fault=HEDGE_DROPPED,
            spans=(head.span, body.span),
            expected=body.passage.reading.text[body.span.start : body.quantity.end].split("\n")[-1][-40:].strip(),
            found=written(head.quantity.value),
        )


def _lists(one: Mention, other: Mention) -> Iterator[Draft]:
    """The same figure with two lists of places, one of them short of a name."""
    for mine in _name_lists(one):
        for theirs in _name_lists(other):
            shared = mine & theirs
            if len(shared) >= 3 and mine != theirs and (mine < theirs or theirs < mine):
                yield Draft(
                    kind=_kind(one, other),
                    confidence="high",
                    fault=TWO_LISTS,
                    spans=(one.span, other.span),
                    expected=", ".join(sorted(theirs)),
                    found=", ".join(sorted(mine)),
                    details={"value": written(one.quantity.value)},
                )


def _name_lists(mention: Mention) -> list[frozenset[str]]:
    """Runs of three or more capitalised names with commas and `and` between them, in the sentence of the figure."""
    if mention.sentence < 0:
        return []
    sentence = mention.passage.sentences[mention.sentence]
    runs: list[list[str]] = [[]]
    joined = True
    for token in mention.passage.tokens[sentence.first : sentence.last]:
        if token.kind == "word" and token.text[0].isupper():
            if not joined and runs[-1]:
                runs[-1][-1] += f" {token.text}"
            else:
                runs[-1].append(token.text)
            joined = False
        elif token.text in {",", "and", "et", "&"}:
            joined = True
        else:
            runs.append([])
            joined = True
    return [frozenset(run) for run in runs if len(run) >= 3]
