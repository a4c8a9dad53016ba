"""Shares whose base the words name: `Of these, 2,961 (97.4%)`, `22 (61 %) sur 36`, `140 out of 1,102 tested, a rate of 12.7%`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toguna.check.core.arithmetic import percent, percent_agrees, rounded
from toguna.check.core.claims import Figure, compatible
from toguna.check.core.finding import Confidence, Draft
from toguna.check.core.lexicon import DECREASE, INCREASE
from toguna.check.core.lists import phrase_at
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sharedraft import share_draft, share_draft_across
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import phrases, stems

#: Words that take up the figure told before.
BACK = phrases(
    "of these|of them|of those|of this ,|of the latter|among the latter|of this number|of that number|of this total|of whom|of which|among them|among these|among those|"
    "amongst them|out of these|out of them|out of which|from these|from them|parmi eux|parmi elles|parmi ceux-ci|parmi celles-ci|parmi lesquels|"
    "parmi lesquelles|parmi ces|de ce nombre|de ce total|de ceux-ci|sur ce nombre|sur ce total|sur ces|entre eux|entre elles|dont"
)
_LEADS = stems("of out sur des parmi from against contre among over")
_ARTICLES = vocabulary.CURRENCY | stems(
    "the a an total of de les le la un une ces ce these those planned targeted expected target targets cible about some over "
    "environ almost more than plus près overall"
)
#: Words that say the share of the figure before once more.
_SAYING = stems(
    "or ou soit representing represents represent represented représentant représente giving donnant equivalent i.e rate taux "
    "coverage couverture proportion percentage pourcentage accounting covering which equal equals namely participation"
)
_CHANGING = (
    INCREASE
    | DECREASE
    | stems(
        "compared change variation fluctuation evolution évolution contre versus than target targets plan growth inflation"
    )
)
_CHANGING -= {"more", "less", "plus"}
#: A part, its share and its base stand so many words apart at most.
_REACH, _FAR = 16, 26
#: A sentence with more counts than this is a table that was lost.
_MOST = 30
#: `160 were children (25%)` speaks of the figure before.
_COPULAS = {("were",), ("are",), ("etaient",), ("sont",)}
_MARKS = {";", "."}
_DASHES = {"–", "—", "-", ","}
_BESIDES = {"with", "avec", "average", "moyenne"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldShare:
    """A part, its base, and how sure the words make it that they belong together."""

    part: Quantity
    base: Figure
    sure: bool


def told_shares(passage: Passage, at: int, previous: Sequence[Passage]) -> Iterator[tuple[Draft | None, Quantity]]:
    """Each share of sentence `at` whose part and base the words name, with its finding, or None where a pair of figures bears it out."""
    sentence = passage.sentences[at]
    counts = [own for own in sentence.quantities if own.kind in ("count", "money")]
    if not counts or len(counts) > _MOST:
        return
    earlier = _earlier(passage, at, previous)
    further = _earlier(passage, at - 1, previous) if at else []
    for shown in sentence.quantities:
        if shown.kind != "percent" or shown.value > 100 or _is_other(passage, sentence, shown):
            continue
        told = _told(passage, sentence, counts, shown, earlier)
        if told is None:
            continue
        around = [*counts, *(figure.quantity for figure in (*earlier, *further))]
        if _is_borne_out(shown, told.part, around):
            yield None, shown
            continue
        yield _draft(passage, told, shown), shown


def _is_other(passage: Passage, sentence: Sentence, shown: Quantity) -> bool:
    """A change, or the share of a group that the bracket names: `140 people (43% women)`."""
    before = passage.stems[max(sentence.first, shown.first - 4) : shown.first]
    after = passage.stems[shown.last : shown.last + 3]
    after = after[: after.index(")")] if ")" in after else after
    if not _CHANGING.isdisjoint(before) or passage.tokens[shown.first - 1].text in {"+", "-", "−"}:
        return True
    named = [stem for stem in after if stem in vocabulary.SEX_AGE or stem in INCREASE | DECREASE]
    return bool(named) and before[-1:] == ("(",)


def _is_borne_out(shown: Quantity, part: Quantity, counts: Sequence[Quantity]) -> bool:
    """Whether it is the share of any count in another, or by how much the part is less or more than one."""
    values = {own.value for own in counts if own.value}
    shares = (100 * one / other for one in values for other in values if one < other)
    left = (100 * abs(part.value - other) / other for other in values if part.value != other)
    return any(percent_agrees(shown, share) for share in (*shares, *left))


def _told(
    passage: Passage, sentence: Sentence, counts: Sequence[Quantity], shown: Quantity, earlier: Sequence[Figure]
) -> ToldShare | None:
    behind = _base_then_part(passage, counts, shown)
    if behind is not None:
        return behind
    led = [own for own in counts if _lead(passage, sentence, own)]
    parts = _parts(passage, counts, shown)
    for part in parts:
        if part.in_words and part.value < 10:
            continue
        base = _base(passage, part, shown, counts, [own for own in led if own is not part])
        if base is not None:
            return ToldShare(part=part, base=Figure(quantity=base, passage=passage), sure=True)
        back = _taken_up(passage, sentence, part, shown, counts, earlier)
        if back is not None:
            return back
    return None


def _base_then_part(passage: Passage, counts: Sequence[Quantity], shown: Quantity) -> ToldShare | None:
    """`72% of the 5,150 shelters assessed (3,708)`: the base, then the part alone in a bracket."""
    after = [own for own in counts if own.first >= shown.last][:2]
    if len(after) < 2:
        return None
    base, part = after
    lead, gap = passage.stems[shown.last : base.first], passage.stems[base.last : part.first]
    led = (
        lead[:1] in (("of",), ("des",), ("de",), ("d",)) and len(lead) <= 4 and set(lead) <= _LEADS | _ARTICLES | {"d"}
    )
    alone = (
        gap[-1:] == ("(",) and len(gap) <= 8 and gap.count("(") == 1 and ")" in passage.stems[part.last : part.last + 4]
    )
    fits = part.kind == base.kind and part.value <= base.value and compatible(base, (part,))
    return (
        ToldShare(part=part, base=Figure(quantity=base, passage=passage), sure=True) if led and alone and fits else None
    )


def _parts(passage: Passage, counts: Sequence[Quantity], shown: Quantity) -> Iterator[Quantity]:
    """The counts that the percentage may be the share of, the likeliest first."""
    before = [own for own in counts if own.last <= shown.first]
    after = [own for own in counts if own.first >= shown.last]
    if before and _ties_before(passage, before[-1], shown):
        yield before[-1]
    elif len(before) > 1 and _lead(passage, None, before[-1]) and _ties_before(passage, before[-1], shown):
        yield before[-2]
    if len(before) > 1 and _ties_before(passage, before[-1], shown):
        yield before[-2]
    if after:
        words = passage.stems[shown.last : after[0].first]
        if len(words) <= 4 and set(words) & {"(", "or", "ou", "soit", "i.e", ":", "/"}:
            yield after[0]


def _ties_before(passage: Passage, part: Quantity, shown: Quantity) -> bool:
    """Whether the words between a count and a percentage make the second say the first again."""
    words = passage.stems[part.last : shown.first]
    if len(words) > _REACH or _MARKS & set(words) or not (_CHANGING | _BESIDES).isdisjoint(words):
        return False
    if words and words[-1] in _DASHES and passage.stems[shown.last : shown.last + 1] == words[-1:]:
        return len(words) <= 4
    if words and words[-1] in {"(", "/"}:
        return len(words) <= 12 and words.count("(") == 1
    return bool(_SAYING.intersection(words)) and "(" not in words


def _lead(passage: Passage, sentence: Sentence | None, own: Quantity) -> str:
    """The preposition that makes a count the base: `out of`, `sur les`, `of the`; empty where none does."""
    index, first = own.first - 1, sentence.first if sentence else 0
    found = ""
    while index >= first and own.first - index <= 6:
        word = passage.stems[index]
        if word in _LEADS and not (word == "of" and index and passage.stems[index - 1] in {"total", "number"}):
            found = word
        elif word not in _ARTICLES:
            break
        index -= 1
    return found


def _base(
    passage: Passage, part: Quantity, shown: Quantity, counts: Sequence[Quantity], led: Sequence[Quantity]
) -> Quantity | None:
    """The count that a preposition makes the base of the part, next to it or at the head of the sentence."""
    for base in led:
        if not _of_one_kind(base, part) or not compatible(base, (part,)) or base.value < 2:
            continue
        low, high = min(part.first, shown.first), max(part.last, shown.last)
        gap = base.first - high if base.first >= high else low - base.last if base.last <= low else 0
        between = [own for own in counts if own not in (part, base) and _stands_between(own, base, part)]
        if gap <= _FAR and not between:
            return base
    return None


def _of_one_kind(base: Quantity, part: Quantity) -> bool:
    """Also `sur les 86,4 millions de dollars, 21,6 millions ont été reçus`: the currency is told once."""
    return base.kind == part.kind or (base.kind == "money" and part.kind == "count" and part.step >= 1000)


def _stands_between(own: Quantity, one: Quantity, other: Quantity) -> bool:
    low, high = sorted((one.first, other.first))
    return low < own.first < high


def _taken_up(
    passage: Passage,
    sentence: Sentence,
    part: Quantity,
    shown: Quantity,
    counts: Sequence[Quantity],
    earlier: Sequence[Figure],
) -> ToldShare | None:
    """The base where words such as `of these` beside the part take up a figure told before."""
    low, high = max(sentence.first, min(part.first, shown.first) - 12), max(part.last, shown.last) + 4
    place = next((index for index in range(low, min(high, sentence.last)) if phrase_at(passage.stems, index, BACK)), -1)
    if part.first == sentence.first and passage.stems[part.last : part.last + 1] in _COPULAS:
        place = sentence.first
    if place < 0:
        return _of_two_clauses(passage, part, shown, counts)
    here = [Figure(quantity=own, passage=passage) for own in counts if own.last <= min(place, part.first)]
    pool = here or list(earlier)
    fitting = [
        figure
        for figure in pool
        if figure.quantity.kind == part.kind and figure.value >= part.value and compatible(figure.quantity, (part,))
    ]
    if not fitting and len(pool) == 1 and compatible(pool[0].quantity, (part,)) and pool[0].quantity.kind == part.kind:
        return ToldShare(part=part, base=pool[0], sure=False)
    if not fitting or (here and part.first - here[-1].quantity.last > 2 * _FAR):
        return None
    chosen = fitting[-1] if here else fitting[0]
    return ToldShare(part=part, base=chosen, sure=len(fitting) == 1)


def _of_two_clauses(passage: Passage, part: Quantity, shown: Quantity, counts: Sequence[Quantity]) -> ToldShare | None:
    """`820 consultations took place; 246 were for children, or 30%`: two counts, a semicolon between them."""
    if len(counts) != 2 or counts[1] is not part or shown.first < part.last:
        return None
    base = counts[0]
    words = passage.stems[base.last : part.first]
    fits = base.kind == part.kind and base.value >= part.value and compatible(base, (part,))
    return (
        ToldShare(part=part, base=Figure(quantity=base, passage=passage), sure=False) if fits and ";" in words else None
    )


def _earlier(passage: Passage, at: int, previous: Sequence[Passage]) -> list[Figure]:
    """The counts of the sentence before, in this passage or at the end of the one before."""
    if at:
        home, sentence = passage, passage.sentences[at - 1]
    elif previous and previous[-1].sentences and previous[-1].kind != "heading":
        home, sentence = previous[-1], previous[-1].sentences[-1]
    else:
        return []
    return [Figure(quantity=own, passage=home) for own in sentence.quantities if own.kind in ("count", "money")]


def _draft(passage: Passage, told: ToldShare, shown: Quantity) -> Draft | None:
    base = told.base.quantity
    value = percent(told.part.value, base.value)
    if value is None or value > 200:
        return None
    confidence: Confidence = "high" if told.sure and value <= 100 else "medium"
    if told.part.hedge and abs(value - shown.value) <= 2:
        return None
    if abs(rounded(value, shown.step) - shown.value) <= shown.step and shown.step >= 1:
        return None
    if told.base.passage is passage:
        return share_draft(passage, told.part, base, shown, confidence)
    return share_draft_across(passage, told.part, told.base, shown, confidence)
