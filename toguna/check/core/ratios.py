"""So many people a household: a ratio that a document keeps to, and where it does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toguna.check.core.arithmetic import agrees
from toguna.check.core.claims import unit_of
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import RATIO

_HUNDREDTH = Decimal("0.01")


def ratio_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """Households and people side by side whose ratio is not the whole number that the others have."""
    pairs: dict[str, list[tuple[Passage, Quantity, Quantity]]] = defaultdict(list)
    for passage in found:
        for sentence in passage.sentences:
            for one, other in pairwise(sentence.quantities):
                units = (unit_of(one), unit_of(other))
                if units == ("household", "person") and other.first - one.last < 7 and one.value >= 10:
                    pairs["household"].append((passage, one, other))
    for own in pairs.values():
        yield from _odd_ones(own)


def _odd_ones(pairs: Sequence[tuple[Passage, Quantity, Quantity]]) -> Iterator[Draft]:
    ratios = Counter(
        people.value / homes.value
        for _, homes, people in pairs
        if people.value == people.value // homes.value * homes.value
    )
    if not ratios:
        return
    ratio, times = ratios.most_common(1)[0]
    if times < 2 or ratio < 2 or times * 2 <= len(pairs) - times:
        return
    for passage, homes, people in pairs:
        allowed = _HUNDREDTH * people.value if people.is_round or homes.is_round else Decimal(1)
        if abs(people.value - ratio * homes.value) <= allowed or agrees(people, ratio * homes.value):
            continue
        yield Draft(
            kind="ratio",
            confidence="high" if times > 2 else "medium",
            fault=RATIO,
            spans=(Span(text=passage.index, start=homes.start, end=people.end),),
            expected=written(ratio * homes.value),
            found=written(people.value),
            details={"rule": written(ratio), "base": written(homes.value)},
        )
