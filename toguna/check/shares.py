"""Percentages and the figures they are taken from: `382 of 464 (82%)`, `1,250 (86.9%)`, `CFR of 1.8%`, shares that make 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toguna.check import lexicon
from toguna.check.arithmetic import mistyped, near, percent, percent_agrees, rounded
from toguna.check.claims import Figure, group_of
from toguna.check.finding import Confidence, Draft, Span, written
from toguna.check.lexicon import stems
from toguna.check.passages import Passage, Sentence
from toguna.check.quantities import Quantity
from toguna.check.sentences import NO_SHARE, PARTS_ABOVE_WHOLE, PERCENT_OF, SHARES

_ARTICLES = lexicon.CURRENCY | stems(
    "the a an total of les le la du des un sur almost about some more than over environ plus de overall"
)
_LINKS = stems("with of dont including which whom these among parmi soit representing represents i.e représentant")
_OPENINGS = stems("of out among parmi sur")
_FUNDED = stems("funded financé couvert covered")
_TOTAL = stems("total overall totality ensemble")
_DEATHS = stems("death deaths décès died dead morts mort décédés fatalities")
_CASES = stems("case cases cas")
_FATALITY = stems("cfr létalité lethality fatality")
_POSITIVITY = stems("positivity positivité tpr")
_POSITIVES = stems("positive positives positifs positif positives n")
_SAMPLES = stems("sample samples échantillon échantillons test tests tested prélèvements")


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A count and the percentage that stands beside it: `1,250 (86.9%)`, `17% or 82,668 individuals`."""

    part: Quantity
    share: Quantity


def share_drafts(passage: Passage, previous: Sequence[Passage], known: frozenset[Decimal]) -> Iterator[Draft]:
    """Percentages of a passage that do not fit. `known` are the larger counts of the whole document."""
    used: set[int] = set()
    for sentence in passage.sentences:
        if not any(quantity.kind == "percent" for quantity in sentence.quantities):
            yield from _above_whole(passage, sentence)
            continue
        for draft, shown in _of_fractions(passage, sentence):
            used.add(shown.start)
            if draft is not None:
                yield draft
        yield from _hundreds(passage, sentence)
        for draft, shown in _rates(passage, sentence):
            if shown.start not in used:
                used.add(shown.start)
                if draft is not None:
                    yield draft
    yield from _of_groups(passage, previous, known, used)


def is_fraction(passage: Passage, part: Quantity, base: Quantity) -> str:
    """How the text says that `part` is taken from `base`: `/`, `of`; empty when it does not."""
    words = passage.stems[part.last : base.first]
    if not words or len(words) > 10 or part.kind != base.kind or part.unit != base.unit:
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
        value = percent(part.value, base.value)
        if percent_agrees(shown, value) or (value is not None and percent_agrees(shown, 100 - value)):
            yield None, shown
        else:
            yield _draft(passage, part, base, shown, "high"), shown


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
            and (not gap or "(" in gap[:6] or set(gap) & _LINKS or len(gap) < 3)
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


def _draft(passage: Passage, part: Quantity, base: Quantity, shown: Quantity, confidence: Confidence) -> Draft:
    value = percent(part.value, base.value) or Decimal(0)
    return Draft(
        kind="percentage",
        confidence=confidence,
        fault=PERCENT_OF,
        spans=_spans(passage, part, base, shown),
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


def _hundreds(passage: Passage, sentence: Sentence) -> Iterator[Draft]:
    """Shares of women and men, of refugees and hosts, that do not make 100."""
    percents = [quantity for quantity in sentence.quantities if quantity.kind == "percent"]
    for first in range(len(percents) - 1):
        run = [percents[first]]
        for quantity in percents[first + 1 : first + 4]:
            if quantity.first - run[-1].last > 8 or quantity.depth != run[0].depth:
                break
            run.append(quantity)
        names = [group_of(Figure(quantity=quantity, passage=passage)) for quantity in run]
        for size in range(len(run), 1, -1):
            chosen = frozenset(name for axis, name in names[:size] if axis == "people")
            if len(chosen) == size and chosen in lexicon.COMPLETE:
                total = sum((quantity.value for quantity in run[:size]), Decimal(0))
                slack = sum((quantity.step / 2 for quantity in run[:size]), Decimal(0))
                if abs(total - 100) > slack and not any(quantity.hedge for quantity in run[:size]) and total > 50:
                    yield Draft(
                        kind="percentage",
                        confidence="high",
                        fault=SHARES,
                        spans=(Span(text=passage.index, start=run[0].start, end=_after(passage, run[size - 1])),),
                        expected=written(total),
                        found="100",
                        details={"parts": " + ".join(written(quantity.value) for quantity in run[:size])},
                    )
                break


def _after(passage: Passage, quantity: Quantity) -> int:
    return passage.tokens[min(quantity.last + 1, len(passage.tokens)) - 1].end


def _rates(passage: Passage, sentence: Sentence) -> Iterator[tuple[Draft | None, Quantity]]:
    """Case fatality and positivity, with the deaths, cases and samples of the same sentence."""
    counts = [quantity for quantity in sentence.quantities if quantity.kind == "count"]
    for shown in sentence.quantities:
        if shown.kind != "percent":
            continue
        nearby = set(passage.stems[max(sentence.first, shown.first - 6) : shown.first])
        parts, bases = (_DEATHS, _CASES) if nearby & _FATALITY else (_POSITIVES, _SAMPLES)
        if not nearby & (_FATALITY | _POSITIVITY):
            continue
        if any(
            percent_agrees(shown, percent(one.value, other.value))
            for one in counts
            for other in counts
            if one is not other
        ):
            yield None, shown
            continue
        part = _named(counts, parts, shown, passage)
        base = _named(counts, bases, shown, passage)
        if part is None or base is None or _parted(sentence, shown, part) or _parted(sentence, shown, base):
            continue
        far = max(abs(one.first - shown.first) for one in (part, base))
        if part is not base and base.value and far <= 26:
            yield _draft(passage, part, base, shown, "medium"), shown


def _parted(sentence: Sentence, shown: Quantity, other: Quantity) -> bool:
    """Whether another percentage stands between the two."""
    low, high = sorted((shown.first, other.first))
    return any(quantity.kind == "percent" and low < quantity.first < high for quantity in sentence.quantities)


def _named(counts: Sequence[Quantity], names: frozenset[str], shown: Quantity, passage: Passage) -> Quantity | None:
    """The count with one of these nouns that stands nearest to the percentage."""
    fitting = [
        quantity
        for quantity in counts
        if set(quantity.noun[:4]) & names or (passage.stems[max(quantity.first - 2, 0)] in names and "n" in names)
    ]
    return min(fitting, key=lambda quantity: abs(quantity.first - shown.first), default=None)


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
    following = passage.stems[other.last : other.last + 1]
    if len(words) <= 4 and words[-1:] == (",",) and following[:1] == (")",):
        return True
    return (
        len(words) <= 4
        and words[-1:] in ((",",), ("or",), ("ou",), ("soit",))
        and following[:1] in (("of",), ("des",), ("du",))
    )


def _is_alone(passage: Passage, part: Quantity) -> bool:
    """Whether the bracket that it opens holds no second count; two are a comparison."""
    for quantity in passage.reading.quantities:
        if quantity.first >= part.last:
            closing = [index for index in range(part.last, quantity.first) if passage.tokens[index].text in ")]"]
            return bool(closing) or quantity.kind != "count"
    return True


def _of_groups(
    passage: Passage, previous: Sequence[Passage], known: frozenset[Decimal], used: set[int]
) -> Iterator[Draft]:
    """Counts with their shares, against the base that the shares beside them are of."""
    shares = [(sentence, share) for sentence, share in _shares(passage) if share.share.start not in used]
    if not shares:
        return
    for sentence, share in shares:
        base = _bracketed_base(passage, sentence, share)
        if base is not None and share.share.start not in used:
            used.add(share.share.start)
            if not percent_agrees(share.share, percent(share.part.value, base.value)):
                yield _draft(passage, share.part, base, share.share, "medium")
    shares = [(sentence, share) for sentence, share in shares if share.share.start not in used]
    bases = _bases(passage, previous)
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
        draft = draft or _by_total(passage, sentence, share)
        if draft is not None:
            yield draft


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
    return _draft(passage, share.part, totals[0], share.share, "medium") if len(totals) == 1 else None


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


def _by_sentence(passage: Passage, sentence: Sentence, share: Share, *, close: bool) -> Draft | None:
    """Against the count before it in the sentence, where the words or the nearness of the value tie the two."""
    first = min(share.part.first, share.share.first)
    before = [
        quantity
        for quantity in sentence.quantities
        if quantity.last <= first and quantity.kind == share.part.kind and quantity.value > share.part.value
    ]
    if not before or share.share.value > 100:
        return None
    for base in reversed(before[-4:]) if close else ():
        value = percent(share.part.value, base.value) or Decimal(0)
        slip = mistyped(rounded(value, share.share.step), share.share.value) and share.share.value > 3
        if slip or near(value, share.share.value, "0.07"):
            return _draft(passage, share.part, base, share.share, "medium")
    base = before[-1]
    words = set(passage.stems[base.last : first])
    opened = passage.stems[sentence.first] in _OPENINGS and len(before) == 1
    if close or not ((words & _LINKS or opened) and first - base.last < 14):
        return None
    return _draft(passage, share.part, base, share.share, "medium" if len(before) == 1 else "low")
