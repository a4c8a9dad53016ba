"""Percentages and the figures they are taken from: `382 of 464 (82%)`, `1,250 (86.9%)`, `CFR of 1.8%`, shares that make 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toguna.check.core.arithmetic import mistyped, percent, percent_agrees, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.lexicon import DECREASE, INCREASE
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.rates import rates
from toguna.check.core.sentences import PARTS_ABOVE_WHOLE
from toguna.check.core.share_sums import share_sum_drafts
from toguna.check.core.sharedraft import share_draft
from toguna.check.core.sharegroups import LINKS, group_drafts
from toguna.check.core.told_shares import told_shares
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems

_ARTICLES = vocabulary.CURRENCY | stems(
    "the a an total of les le la du des un sur almost about some more than over environ plus de overall targeted planned "
    "expected targets cible prévus"
)
#: `4,300 households against a target of 8,600`, `sur une cible de 8 600`.
_AIMS = stems("target targets cible objectif")
_TOWARDS = stems("against of sur pour contre from")
_SAID_AGAIN = stems("or ou soit representing représentant equivalent")
_OF = stems("of de des du d")
_MARKS = {",", ";", "(", ")", ":"}
#: `two out of five children (43%)` is a manner of speaking.
_HANDFUL = 10
_CHANGES = INCREASE | DECREASE
_FUNDED = stems("funded financé couvert covered")


def share_drafts(passage: Passage, previous: Sequence[Passage], known: frozenset[Decimal]) -> Iterator[Draft]:
    """Percentages of a passage that do not fit. `known` are the larger counts of the whole document."""
    used: set[int] = set()
    for at, sentence in enumerate(passage.sentences):
        if not any(quantity.kind == "percent" for quantity in sentence.quantities):
            yield from _above_whole(passage, sentence)
            continue
        for draft, shown in _of_fractions(passage, sentence):
            used.add(shown.start)
            if draft is not None:
                yield draft
        yield from share_sum_drafts(passage, sentence)
        for draft, shown in _of_a_later_base(passage, sentence):
            used.add(shown.start)
            if draft is not None:
                yield draft
        for draft, shown in (*told_shares(passage, at, previous), *rates(passage, sentence, previous)):
            if shown.start not in used:
                used.add(shown.start)
                if draft is not None:
                    yield draft
    yield from group_drafts(passage, previous, known, used)


def is_fraction(passage: Passage, part: Quantity, base: Quantity) -> str:
    """How the text says that `part` is taken from `base`: `/`, `of`; empty when it does not."""
    words = passage.stems[part.last : base.first]
    if not words or part.kind != base.kind or part.unit != base.unit:
        return ""
    aimed = [at for at, word in enumerate(words) if word in _AIMS and len(words) - at <= 3]
    if aimed and set(words[max(aimed[0] - 3, 0) : aimed[0]]) & _TOWARDS and len(words) <= 16:
        return "of" if not set(words) & {";", "("} else ""
    if len(words) > 10:
        return ""
    if words == ("/",):
        return "/"
    if words in (("des",), ("de", "les")) or (words[-1] in {"against", "contre", "pour"} and len(words) < 4):
        return "of"
    step = len(words) - 1
    while step >= 0 and words[step] in _ARTICLES and words[step] not in {"of", "sur"}:
        step -= 1
    if (
        step < 0
        or words[step] not in {"of", "sur", "against", "contre", "pour"}
        or any(word in {",", ";", "(", ")"} for word in words)
    ):
        return ""
    if words[step] in {"against", "contre", "pour"}:
        return "of" if len(words) < 6 else ""
    if words[step] == "of" and step and words[step - 1] not in {"out", "received"} and len(words) > 3:
        return ""
    return "of"


def _pairs(passage: Passage, sentence: Sentence) -> Iterator[tuple[Quantity, Quantity]]:
    counts = [quantity for quantity in sentence.quantities if quantity.kind in ("count", "money")]
    for part, base in pairwise(counts):
        if is_fraction(passage, part, base):
            yield part, base


def _of_fractions(passage: Passage, sentence: Sentence) -> Iterator[tuple[Draft | None, Quantity]]:
    percents = [quantity for quantity in sentence.quantities if quantity.kind == "percent"]
    for part, base in _pairs(passage, sentence):
        shown = _beside(passage, sentence, part, base, percents)
        if shown is None or not base.value:
            continue
        if part.in_words and base.in_words and base.value <= _HANDFUL:
            continue
        if not _CHANGES.isdisjoint(passage.stems[base.last : shown.first]):
            continue
        value = percent(part.value, base.value)
        if percent_agrees(shown, value) or (
            value is not None
            and (
                percent_agrees(shown, 100 - value)
                or (_is_signed(passage, shown) and percent_agrees(shown, abs(value - 100)))
            )
        ):
            yield None, shown
        else:
            yield share_draft(passage, part, base, shown, "high"), shown


def _is_signed(passage: Passage, shown: Quantity) -> bool:
    """`(+20 %)` is a change, not a share."""
    return passage.tokens[max(shown.first - 1, 0)].text in {"+", "-", "−", "–"}


def _beside(
    passage: Passage, sentence: Sentence, part: Quantity, base: Quantity, percents: Sequence[Quantity]
) -> Quantity | None:
    """The percentage that a fraction explains: in the bracket behind it, or with the fraction in a bracket behind it."""
    for shown in percents:
        gap = passage.stems[base.last : shown.first]
        counts = any(base.last <= other.first < shown.first for other in sentence.quantities)
        if (
            shown.first >= base.last
            and len(gap) <= 9
            and not counts
            and (not gap or "(" in gap[:6] or set(gap) & LINKS or len(gap) < 3)
        ):
            return shown
    for shown in reversed(percents):
        gap = passage.stems[shown.last : part.first]
        counts = any(shown.last <= other.first < part.first for other in sentence.quantities)
        told = "(" in gap or set(gap) & _FUNDED
        if shown.last <= part.first and told and len(gap) <= 14 and not counts:
            return shown
    return None


def _above_whole(passage: Passage, sentence: Sentence) -> Iterator[Draft]:
    for part, base in _pairs(passage, sentence):
        words = passage.stems[part.last : base.first]
        if part.value > base.value and "out" in words and part.hedge == base.hedge:
            yield Draft(
                kind="cumulative",
                confidence="medium",
                fault=PARTS_ABOVE_WHOLE,
                spans=(Span(text=passage.index, start=part.start, end=base.end),),
                expected=written(part.value),
                found=written(base.value),
                details={"parts": written(part.value)},
            )


def _of_a_later_base(passage: Passage, sentence: Sentence) -> Iterator[tuple[Draft | None, Quantity]]:
    """`9,418 people, or 47% of the yearly aim of 20,000`."""
    counts = [quantity for quantity in sentence.quantities if quantity.kind in ("count", "money")]
    for shown in sentence.quantities:
        before = [own for own in counts if own.last <= shown.first and shown.first - own.last <= 9]
        base = next((own for own in counts if 2 <= own.first - shown.last <= 7), None)
        if shown.kind != "percent" or not before or base is None:
            continue
        part, words = before[-1], passage.stems[shown.last : base.first]
        aimed = passage.stems[shown.first - 1] == "," and not _AIMS.isdisjoint(words)
        again = aimed or passage.stems[shown.first - 1] in _SAID_AGAIN
        told = again and words[0] in _OF and words[-1] in _OF
        if not told or set(words) & _MARKS or (part.kind, part.unit) != (base.kind, base.unit):
            continue
        values = [percent(own.value, other.value) for own in counts for other in counts if own is not other]
        if any(percent_agrees(shown, value) for value in values):
            yield None, shown
        elif base.value > part.value and mistyped(rounded(100 * part.value / base.value, shown.step), shown.value):
            yield share_draft(passage, part, base, shown, "medium"), shown
