"""Counts with their share beside them, `1,250 (86.9%)`, and the base that the shares around them are of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from toguna.check.core.arithmetic import mistyped, near, percent, percent_agrees, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import NO_SHARE, PERCENT_OF
from toguna.check.core.share_peers import peer_drafts
from toguna.check.core.sharedraft import share_draft
from toguna.kernel.core.stems import stems

#: A percentage that leaves more whole numbers open than this says too little of a slip.
_NARROW = 4
#: A passage with more shares than this is a table that was lost.
_MOST_SHARES = 80
#: Words that tie a part to the figure before it.
LINKS = stems("with of dont including which whom these among parmi soit representing represents i.e représentant")
_OPENINGS = stems("of out among parmi sur")
_TOTAL = stems("total overall totality ensemble")


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A count and the percentage that stands beside it: `1,250 (86.9%)`, `17% or 82,668 individuals`."""

    part: Quantity
    share: Quantity


def _shares(passage: Passage) -> Iterator[tuple[Sentence, Share]]:
    for sentence in passage.sentences:
        quantities = sentence.quantities
        for index, (one, other) in enumerate(pairwise(quantities)):
            shown, part = (one, other) if one.kind == "percent" else (other, one)
            if shown.kind != "percent" or part.kind not in ("count", "money"):
                continue
            if one.kind == "percent" and index and _is_pair(passage, quantities[index - 1], one):
                continue
            if _is_pair(passage, one, other):
                yield sentence, Share(part=part, share=shown)


def shares_of(passage: Passage) -> Iterator[tuple[Quantity, Quantity]]:
    """Each count of a passage with the percentage beside it; none of a table that was lost."""
    found = [(share.part, share.share) for _, share in _shares(passage)]
    return iter(found if len(found) <= _MOST_SHARES else ())


def _bracketed_base(passage: Passage, sentence: Sentence, share: Share) -> Quantity | None:
    """The count before a bracket that holds a group of it and its share: `191 teachers (26 women, 14%)`."""
    for bracket in sentence.brackets:
        if not bracket.first < share.part.first < share.share.first < bracket.last:
            continue
        inner = [own for own in sentence.quantities if bracket.first < own.first < bracket.last]
        before = [own for own in sentence.quantities if own.last <= bracket.first and bracket.first - own.last <= 4]
        if len(inner) == 2 and before and before[-1].kind == share.part.kind and before[-1].value >= share.part.value:
            return before[-1]
    return None


def _is_pair(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """`1,250 (86.9%`, `86.9% (1,250`, `17% or 82,668`, `82,668 people, 17% of`: one fact said twice."""
    if one.kind == other.kind or {one.kind, other.kind} & {"measure"}:
        return False
    words = passage.stems[one.last : other.first]
    if one.kind == "percent" and "(" in words and not _is_alone(passage, other):
        return False
    if one.kind == "percent":
        if len(words) <= 2 and set(words) <= {"(", "or", "ou", ",", "estimated", "an", "soit", "about"}:
            return True
        return len(words) <= 9 and "(" in words and ")" not in words and words.index("(") >= len(words) - 3
    if "(" in words:
        return len(words) <= 6 and words[-1] in {"(", "or", "about", "soit"} and ")" not in words
    if words[-1:] == ("/",) and len(words) <= 4:
        return True
    following = passage.stems[other.last : other.last + 1]
    if len(words) <= 4 and words[-1:] == (",",) and following[:1] == (")",):
        return True
    return (
        len(words) <= 4
        and words[-1:] in ((",",), ("or",), ("ou",), ("soit",))
        and following[:1] in (("of",), ("des",), ("du",), (")",))
    )


def _is_alone(passage: Passage, part: Quantity) -> bool:
    """Whether the bracket that it opens holds no second count; two are a comparison."""
    quantities = passage.reading.quantities
    for quantity in quantities[bisect_left(quantities, part.first, key=lambda own: own.first) :][:3]:
        if quantity.first >= part.last:
            closing = [index for index in range(part.last, quantity.first) if passage.tokens[index].text in ")]"]
            return bool(closing) or quantity.kind != "count"
    return True


def group_drafts(
    passage: Passage, previous: Sequence[Passage], known: frozenset[Decimal], used: set[int]
) -> Iterator[Draft]:
    """Counts with their shares, against the base that the shares beside them are of."""
    shares = [(sentence, share) for sentence, share in _shares(passage) if share.share.start not in used]
    if not shares or len(shares) > _MOST_SHARES:
        return
    for sentence, share in shares:
        base = _bracketed_base(passage, sentence, share)
        if base is not None and share.share.start not in used:
            used.add(share.share.start)
            if not percent_agrees(share.share, percent(share.part.value, base.value)):
                yield share_draft(passage, share.part, base, share.share, "medium")
    shares = [(sentence, share) for sentence, share in shares if share.share.start not in used]
    bases = _bases(passage, previous)
    for own in _lists(shares):
        for draft, shown in peer_drafts(passage, own, {quantity.value for quantity in bases}):
            used.add(shown.start)
            if draft is not None:
                yield draft
    shares = [(sentence, share) for sentence, share in shares if share.share.start not in used]
    local = {quantity.value for quantity in bases}
    for sentence, share in shares:
        later = {quantity.value for quantity in passage.reading.quantities if quantity.first >= sentence.last}
        before = {quantity.value for quantity in bases if quantity.value not in later or quantity.first < sentence.last}
        if any(_fits(share, value) for value in before):
            continue
        others = [other for _, other in shares if other is not share]
        draft = _by_neighbours(passage, share, others, local, bases, 3) or _by_sentence(
            passage, sentence, share, close=True
        )
        if draft is None and any(_fits(share, value) for value in known):
            continue
        draft = draft or _by_neighbours(passage, share, others, local | known, bases, 2)
        draft = draft or _by_sentence(passage, sentence, share, close=False)
        draft = draft or _by_a_like(passage, share, others, before, bases)
        draft = draft or _by_total(passage, sentence, share)
        if draft is not None:
            yield draft


def _lists(shares: Sequence[tuple[Sentence, Share]]) -> Iterator[list[tuple[Quantity, Quantity]]]:
    """The shares of each sentence that count the same kind of thing."""
    for _, group in groupby(shares, key=lambda pair: pair[0].first):
        own = [(share.part, share.share) for _, share in group]
        yield [pair for pair in own if (pair[0].kind, pair[0].unit) == (own[0][0].kind, own[0][0].unit)]


def _by_total(passage: Passage, sentence: Sentence, share: Share) -> Draft | None:
    """`14% (250 cases) of the total confirmed cases`, against the one total that stands before it in the passage."""
    after = max(share.share.last, share.part.last)
    words = passage.stems[after : after + 6]
    if "of" not in words[:3] or not set(words) & _TOTAL:
        return None
    totals = [
        quantity
        for quantity in passage.reading.quantities
        if quantity.last < sentence.first
        and quantity.kind == "count"
        and quantity.value > share.part.value
        and set(passage.stems[max(quantity.first - 18, 0) : quantity.first]) & _TOTAL
    ]
    return share_draft(passage, share.part, totals[0], share.share, "medium") if len(totals) == 1 else None


def _bases(passage: Passage, previous: Sequence[Passage]) -> list[Quantity]:
    return [
        quantity
        for place in (*previous[-2:], passage)
        for quantity in place.reading.quantities
        if quantity.kind in ("count", "money") and quantity.value > 0
    ]


def _fits(share: Share, base: Decimal) -> bool:
    return base >= share.part.value and percent_agrees(share.share, percent(share.part.value, base))


def _by_neighbours(
    passage: Passage,
    share: Share,
    others: Sequence[Share],
    everything: Iterable[Decimal],
    bases: Sequence[Quantity],
    least: int,
) -> Draft | None:
    """With two other shares of the same base in the passage, this one is of it too."""
    best, fits = Decimal(0), 0
    for base in everything:
        own = sum(1 for other in others if _fits(other, base) and 1 < other.share.value < 100)
        if base > share.part.value and own > fits:
            best, fits = base, own
    if fits < least:
        return None
    local = [base for base in bases if base.value == best]
    value = percent(share.part.value, best) or Decimal(0)
    start, end = passage.around(min(share.part.first, share.share.first), max(share.part.last, share.share.last), 3, 4)
    return Draft(
        kind="percentage",
        confidence="high" if fits > 2 or local else "medium",
        fault=PERCENT_OF if local else NO_SHARE,
        spans=(Span(text=passage.index, start=start, end=end),),
        expected=written(rounded(value, min(share.share.step, Decimal("0.1")))),
        found=written(share.share.value),
        details={"part": written(share.part.value), "base": written(best)},
    )


def _by_a_like(
    passage: Passage,
    share: Share,
    others: Sequence[Share],
    before: set[Decimal],
    bases: Sequence[Quantity],
) -> Draft | None:
    """With one share of the same things beside it that is of a figure told before, where one wrong digit explains this one."""
    likes = [other for other in others if _head(other.part) == _head(share.part) and 1 < other.share.value < 100]
    for base in reversed(bases):
        if (
            base.value not in before
            or base.value <= share.part.value
            or not any(_fits(own, base.value) for own in likes)
        ):
            continue
        value = percent(share.part.value, base.value) or Decimal(0)
        slip = mistyped(rounded(value, share.share.step), share.share.value) and share.share.value > 3
        if slip or _is_slip(share, base):
            return (
                share_draft(passage, share.part, base, share.share, "medium") if base.start < share.part.start else None
            )
    return None


def _head(part: Quantity) -> tuple[str, ...]:
    return part.noun[:1]


def _by_sentence(passage: Passage, sentence: Sentence, share: Share, *, close: bool) -> Draft | None:
    """Against the count before it in the sentence, where the words or the nearness of the value tie the two."""
    first = min(share.part.first, share.share.first)
    counts = [
        quantity for quantity in sentence.quantities if quantity.last <= first and quantity.kind == share.part.kind
    ]
    before = [quantity for quantity in counts if quantity.value > share.part.value]
    if not counts or share.share.value > 100:
        return None
    for base in reversed(counts[-4:]) if close else ():
        value = percent(share.part.value, base.value) or Decimal(0)
        slip = mistyped(rounded(value, share.share.step), share.share.value) and share.share.value > 3
        whole = base.value > share.part.value
        if (whole and (slip or near(value, share.share.value, "0.07"))) or _is_slip(share, base):
            return share_draft(passage, share.part, base, share.share, "medium")
    if close or not before:
        return None
    base = before[-1]
    words = set(passage.stems[base.last : first])
    opened = passage.stems[sentence.first] in _OPENINGS and len(before) == 1
    if not ((words & LINKS or opened) and first - base.last < 14):
        return None
    return share_draft(passage, share.part, base, share.share, "medium" if len(before) == 1 else "low")


def _is_slip(share: Share, base: Quantity) -> bool:
    """Whether one digit wrong in the count, or in its base, would explain the percentage."""
    shown, half = share.share.value, share.share.step / 2
    if shown - half <= 0 or min(share.part.value, base.value) < 100:
        return False
    parts = base.value * (shown - half) / 100, base.value * (shown + half) / 100
    bases = 100 * share.part.value / (shown + half), 100 * share.part.value / (shown - half)
    return any(
        high - low <= _NARROW and any(mistyped(own, Decimal(value)) for value in range(int(low), int(high) + 2))
        for own, (low, high) in ((share.part.value, parts), (base.value, bases))
    )
