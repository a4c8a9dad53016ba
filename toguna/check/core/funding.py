"""Funded and gap: two percentages that make 100, wherever the two boxes stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import SHARES
from toguna.kernel.core.stems import stems

_FUNDED = stems("funded financé financés")
_GAP = stems("gap unfunded unmet déficit écart")
_BEFORE = stems("last previous previously dernier dernière précédent précédente")
#: The two stand so many blocks apart at most.
_APART = 4


def funding_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """`Funded 5%` and `Gap 59%`."""
    funded = list(_labelled(found, _FUNDED, _GAP))
    gaps = list(_labelled(found, _GAP, _FUNDED))
    for place, home, share in funded:
        if not _BEFORE.isdisjoint(_sentence_words(home, share)):
            continue
        near_by = [(other_home, other) for at, other_home, other in gaps if abs(at - place) <= _APART]
        if len(near_by) != 1:
            continue
        other_home, gap = near_by[0]
        total = share.value + gap.value
        if abs(total - 100) > (share.step + gap.step) / 2 and Decimal(50) < total < Decimal(150):
            yield Draft(
                kind="percentage",
                confidence="medium",
                fault=SHARES,
                spans=(_span(home, share), _span(other_home, gap)),
                expected=written(total),
                found="100",
                details={"parts": f"{written(share.value)} + {written(gap.value)}"},
            )


def _sentence_words(home: Passage, share: Quantity) -> tuple[str, ...]:
    sentence = home.sentences[home.sentence_of(share.first)]
    return home.stems[sentence.first : sentence.last]


def _span(home: Passage, share: Quantity) -> Span:
    start, end = home.around(share.first, share.last, 3, 3)
    return Span(text=home.index, start=start, end=end)


def _labelled(
    found: Sequence[Passage], names: frozenset[str], others: frozenset[str]
) -> Iterator[tuple[int, Passage, Quantity]]:
    """Percentages with one of the names right before or after them; a box's name may be the last word of the block before."""
    for place, passage in enumerate(found):
        for quantity in passage.reading.quantities:
            if quantity.kind != "percent":
                continue
            before = passage.stems[max(quantity.first - 3, 0) : quantity.first]
            if not before and place:
                before = found[place - 1].stems[-1:]
            after = passage.stems[quantity.last : quantity.last + 2]
            words = before if set(before) & (names | others) else after
            if set(words) & names and not set(words) & others:
                yield place, passage, quantity
