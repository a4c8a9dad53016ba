"""Shares beside one another that are of one base which the text need not name: `62,000 people (50%), 41,000 (22%) and 17,360 (14%)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.arithmetic import percent, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import NO_SHARE

#: The base that the others imply is known this well at least, as a share of itself.
_NARROW = Decimal("0.06")
#: So far must the odd one lie from what the base allows, in units of its last place.
_CLEAR = Decimal("1.5")


@dataclass(frozen=True, kw_only=True, slots=True)
class Implied:
    """A count with its share, and the least and greatest base that the two allow."""

    part: Quantity
    shown: Quantity
    low: Decimal
    high: Decimal

    def allows(self, low: Decimal, high: Decimal) -> bool:
        return self.low <= high and low <= self.high


def implied(part: Quantity, shown: Quantity) -> Implied | None:
    """None where the share tells nothing of its base: nothing, all, or a hedge."""
    if not 0 < shown.value < 100 or not part.value or shown.hedge:
        return None
    half = min(shown.step, Decimal(1)) * Decimal("0.6")
    about = part.value / 50 if part.hedge else part.step / 2 if part.step > 1 else Decimal(0)
    low = 100 * (part.value - about) / (shown.value + half)
    high = 100 * (part.value + about) / max(shown.value - half, Decimal("0.01"))
    return Implied(part=part, shown=shown, low=low, high=high)


def peers(pairs: Sequence[tuple[Quantity, Quantity]]) -> tuple[list[Implied], Implied | None, Decimal]:
    """The shares that one base explains (two at least, else none), the one that it does not, if just one, and that base."""
    known = [own for part, shown in pairs if (own := implied(part, shown)) is not None]
    best: list[Implied] = []
    for candidate in known:
        fellows = [other for other in known if other.allows(candidate.low, candidate.low)]
        if len(fellows) > len(best):
            best = fellows
    if len(best) < 2:
        return [], None, Decimal(0)
    low, high = max(own.low for own in best), min(own.high for own in best)
    base = (low + high) / 2
    odd = [own for own in known if own not in best]
    if len(odd) != 1 or (high - low) > _NARROW * base:
        return best, None, base
    return best, odd[0], base


def peer_drafts(
    passage: Passage, pairs: Sequence[tuple[Quantity, Quantity]], bases: set[Decimal]
) -> Iterator[tuple[Draft | None, Quantity]]:
    """For each share that its neighbours bear out None, for the one that they do not its finding.

    `bases` are the counts of the text: an odd share that is of one of them is of that.
    """
    fitting, odd, base = peers(pairs)
    for own in fitting:
        yield None, own.shown
    if odd is None or any(odd.low <= value <= odd.high for value in bases):
        return
    value = percent(odd.part.value, base) or Decimal(0)
    if abs(value - odd.shown.value) < _CLEAR * max(odd.shown.step, Decimal("0.1")):
        return
    total = sum((own.shown.value for own in (*fitting, odd)), Decimal(0))
    start, end = passage.around(min(odd.part.first, odd.shown.first), max(odd.part.last, odd.shown.last), 3, 4)
    yield (
        Draft(
            kind="percentage",
            confidence="high" if len(fitting) > 2 or abs(total - odd.shown.value + value - 100) < 2 else "medium",
            fault=NO_SHARE,
            spans=(Span(text=passage.index, start=start, end=end),),
            expected=written(rounded(value, min(odd.shown.step, Decimal("0.1")))),
            found=written(odd.shown.value),
            details={"part": written(odd.part.value), "base": written(rounded(base, Decimal(1)))},
        ),
        odd.shown,
    )
