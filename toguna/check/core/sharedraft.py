"""A percentage beside its figures: the finding that says it does not fit, and the words it quotes."""

from __future__ import annotations

from decimal import Decimal

from toguna.check.core.arithmetic import percent, rounded
from toguna.check.core.claims import Figure
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PERCENT_OF


def share_draft(passage: Passage, part: Quantity, base: Quantity, shown: Quantity, confidence: Confidence) -> Draft:
    """The finding that `shown` is not the percentage of `part` in `base`, all three of one passage."""
    return _draft(part, base, shown, confidence, _spans(passage, part, base, shown))


def share_draft_across(
    passage: Passage, part: Quantity, base: Figure, shown: Quantity, confidence: Confidence
) -> Draft:
    """The same where the base stands in another passage."""
    start, end = passage.around(min(part.first, shown.first), max(part.last, shown.last), 3, 5)
    low, high = base.passage.around(base.quantity.first, base.quantity.last, 3, 3)
    spans = (
        Span(text=passage.index, start=start, end=end),
        Span(text=base.passage.index, start=low, end=high),
    )
    return _draft(part, base.quantity, shown, confidence, spans)


def _draft(part: Quantity, base: Quantity, shown: Quantity, confidence: Confidence, spans: tuple[Span, ...]) -> Draft:
    value = percent(part.value, base.value) or Decimal(0)
    return Draft(
        kind="percentage",
        confidence=confidence,
        fault=PERCENT_OF,
        spans=spans,
        expected=written(rounded(value, min(shown.step, Decimal("0.1")))),
        found=written(shown.value),
        details={"part": written(part.value), "base": written(base.value)},
    )


def _spans(passage: Passage, part: Quantity, base: Quantity, shown: Quantity) -> tuple[Span, ...]:
    """The three figures and a few words after them; the base apart where it stands in another sentence."""
    own = passage.around(min(part.first, shown.first), max(part.last, shown.last), 3, 5)
    if own[0] <= base.start <= own[1]:
        return (Span(text=passage.index, start=own[0], end=own[1]),)
    apart = passage.around(base.first, base.last, 3, 3)
    if passage.sentence_of(base.first) == passage.sentence_of(shown.first):
        return (Span(text=passage.index, start=min(own[0], apart[0]), end=max(own[1], apart[1])),)
    return Span(text=passage.index, start=own[0], end=own[1]), Span(text=passage.index, start=apart[0], end=apart[1])
