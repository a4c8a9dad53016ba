"""Breakdowns in running words: `of which 272 were refugees and 39 hosts`, `dont 6 à Beni et 3 à Butembo`, `: 40 men, 50 women`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toguna.check.core.claims import Claim, Figure, Link
from toguna.check.core.lexicon import PARTIAL, WHOLE
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import phrases, stems

_CONTRAST = stems("while whereas tandis alors")
_STOPS = stems(
    "contre against versus vs than while whereas tandis alors bringing portant reaching but mais when lorsque compared"
)
_AND = {"and", "et", "&"}
_OPENINGS = stems("of out among parmi sur")
#: A sentence that opens so speaks of the figure of the sentence before.
BACKWARD = phrases(
    "of these|of them|of those|of this|of this amount|de ce montant|sur ce montant|de cette somme|among them|among these|out of these|out of them|in total|in all|overall|parmi eux|parmi elles|"
    "parmi ces|sur ces|au total|en tout|dont|il s'agit de|these include|they include"
)
#: Such a sentence takes up what the sentence before has counted: `Among the vaccinated children, ...`.
AMONG = phrases("among the|of the|parmi les|sur les|parmi ces|of these|among these")
_HEDGING = stems("some about around approximately environ usd us$ $ eur")
#: Articles that mean one more may stand so many words behind the last count.
_BEHIND = 10
_VERBS = stems("were was are is had have hurt ont sont étaient furent ont")
_DASHES = {":", "—", "–", "-"}


def phrase_at(stems: Sequence[str], index: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words of a phrase of the list stand at this token; 0 when none does."""
    for phrase in phrases:
        if stems[index] == phrase[0] and tuple(stems[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def has_phrase(stems: Sequence[str], first: int, last: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(phrase_at(stems, index, phrases) for index in range(first, last))


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """A word or mark that a list of parts may follow: tokens `first` to `after` (exclusive)."""

    first: int
    after: int
    link: Link
    whole: bool


def list_claims(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """One claim a marker (`including`, `dont`, `:`, a comma before a figure ...) that a list of counts follows."""
    inside = {
        index for bracket in sentence.brackets for index in range(bracket.first, bracket.last + 1) if bracket.depth >= 1
    }
    open_quantities = [quantity for quantity in sentence.quantities if quantity.first not in inside]
    if len(open_quantities) < 2:
        return
    starts = {quantity.first for quantity in open_quantities}
    done = sentence.first
    for index in range(sentence.first, sentence.last - 1):
        if index in inside or index < done:
            continue
        marker = _marker(passage, index, starts)
        if marker is None:
            continue
        claim = _claim(passage, sentence, open_quantities, marker, inside)
        if claim is not None:
            done = claim.parts[-1].quantity.last
            yield claim


def _marker(passage: Passage, index: int, starts: set[int]) -> Marker | None:
    length = phrase_at(passage.stems, index, PARTIAL)
    if length:
        return Marker(first=index, after=index + length, link="marked", whole=False)
    length = phrase_at(passage.stems, index, WHOLE)
    if length:
        return Marker(first=index, after=index + length, link="marked", whole=True)
    piece, following = passage.tokens[index], passage.tokens[index + 1]
    if piece.text in _DASHES and phrase_at(passage.stems, index + 1, PARTIAL):
        return None
    if piece.text in _DASHES and not (piece.text == "-" and following.start == piece.end):
        return Marker(first=index, after=index + 1, link="list", whole=True)
    hedged = following.stem in _HEDGING and index + 2 in starts
    if piece.stem in {"with", "avec"} and (index + 1 in starts or hedged):
        return Marker(first=index, after=index + 1, link="with", whole=False)
    if piece.text in {",", ";"} and (index + 1 in starts or hedged):
        return Marker(first=index, after=index + 1, link="comma", whole=True)
    return None


def _claim(
    passage: Passage, sentence: Sentence, quantities: Sequence[Quantity], marker: Marker, inside: set[int]
) -> Claim | None:
    before = [quantity for quantity in quantities if quantity.last <= marker.first]
    behind = [quantity for quantity in quantities if quantity.first >= marker.after]
    if marker.link == "marked" and behind and not any(quantity.kind == behind[0].kind for quantity in before):
        return _told_before(passage, sentence, quantities, marker, inside)
    if before and before[-1].last == marker.first and passage.stems[marker.first] == "of":
        return None
    if not before or not behind or behind[0].first - marker.after > 5:
        return None
    if marker.first - before[-1].last > (25 if marker.link == "marked" else 20):
        return None
    parts = coordinated(passage, behind, inside)
    if parts[0].kind not in ("count", "money") or (marker.whole and len(parts) < 2):
        return None
    if marker.link in ("comma", "with") and (len(parts) < 2 or not is_closed(passage, parts[-1])):
        return None
    candidates = [
        Figure(quantity=quantity, passage=passage)
        for quantity in reversed(before)
        if quantity.kind == parts[0].kind and quantity.unit == parts[0].unit
    ]
    if not candidates or (marker.link == "comma" and _are_shares(passage, [candidates[0].quantity, *parts])):
        return None
    if not marker.whole:
        parts = _without_a_clause(passage, candidates[0].quantity, parts)
    return Claim(
        parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
        candidates=tuple(candidates[:4]),
        link=marker.link,
        whole=marker.whole,
        start=passage.tokens[marker.first].start,
        end=end_of(passage, sentence, parts[-1]),
        spare=_articles(passage, marker.after, min(sentence.last, parts[-1].last + _BEHIND)),
        opened=passage.stems[sentence.first] in _OPENINGS,
    )


def _are_shares(passage: Passage, figures: Sequence[Quantity]) -> bool:
    """Whether each figure has its own percentage in a bracket behind it: they stand beside one another."""
    percents = {own.first for own in passage.reading.quantities if own.kind == "percent"}
    return all(
        own.last + 1 in percents and passage.tokens[own.last].text == "("
        for own in figures
        if own.last < len(passage.tokens)
    )


def _without_a_clause(passage: Passage, total: Quantity, parts: list[Quantity]) -> list[Quantity]:
    """`four died, including three children, and about 30 were hurt`: the last clause has its own verb and is no part."""
    last = parts[-1]
    before = passage.stems[max(last.first - 3, 0) : last.first]
    after = passage.stems[last.last : last.last + 2]
    joined = any(pair in {(",", "and"), (",", "et")} for pair in pairwise(before))
    verbs = any(word in _VERBS or (word.endswith("ed") and len(word) > 4) for word in after)
    return parts[:-1] if len(parts) > 1 and last.value > total.value and joined and verbs else parts


def is_closed(passage: Passage, part: Quantity) -> bool:
    """Whether `and` introduces the last part."""
    return bool(set(passage.stems[max(part.first - (4 if part.hedge else 2), 0) : part.first]) & _AND)


def _told_before(
    passage: Passage, sentence: Sentence, quantities: Sequence[Quantity], marker: Marker, inside: set[int]
) -> Claim | None:
    """`The group included 10 girls, 12 boys and 20 women`, the number of the group being in the sentence before."""
    at = next((at for at, own in enumerate(passage.sentences) if own.last == sentence.first), None)
    behind = [quantity for quantity in quantities if quantity.first >= marker.after]
    if at is None or len(behind) < 2 or behind[0].first - marker.after > 3 or marker.first - sentence.first > 18:
        return None
    parts = coordinated(passage, behind, inside)
    if len(parts) < 2:
        return None
    candidates = [
        Figure(quantity=quantity, passage=passage)
        for quantity in passage.sentences[at].quantities
        if quantity.kind == parts[0].kind and quantity.unit == parts[0].unit
    ]
    if not candidates:
        return None
    return Claim(
        parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
        candidates=tuple(reversed(candidates)),
        link="marked",
        whole=False,
        start=passage.tokens[marker.first].start,
        end=end_of(passage, sentence, parts[-1]),
    )


def is_contrast(passage: Passage, parts: Sequence[Quantity]) -> bool:
    """Whether `while` sets the last part against those before it."""
    return len(parts) > 1 and not _CONTRAST.isdisjoint(passage.stems[parts[-2].last : parts[-1].first])


def coordinated(
    passage: Passage, behind: Sequence[Quantity], inside: set[int], *, across: bool = False
) -> list[Quantity]:
    """The counts that one list holds: joined by commas, ended by the one after `and`; with `across` also by `while`."""
    parts = [behind[0]]
    for quantity in behind[1:]:
        last = parts[-1]
        between = [passage.stems[index] for index in range(last.last, quantity.first) if index not in inside]
        joins = [word for word in between if word in _AND or word == ","]
        if quantity.kind != last.kind or quantity.unit != last.unit or not joins or len(between) > 22:
            break
        if ";" in between or any(word in _STOPS and not (across and word in _CONTRAST) for word in between):
            break
        if any(phrase_at(passage.stems, index, PARTIAL) for index in range(last.last, quantity.first)):
            break
        parts.append(quantity)
        if between and (between[-1] in _AND or (len(between) > 1 and between[-2] in _AND)):
            break
    return parts


def end_of(passage: Passage, sentence: Sentence, part: Quantity) -> int:
    """The end of the last part with the words that it counts."""
    last = min(part.last + 5, sentence.last)
    for index in range(part.last, last):
        if passage.tokens[index].text in {",", ";", ".", ")", "("}:
            last = index
            break
    return passage.tokens[max(last, part.last) - 1].end


def _articles(passage: Passage, first: int, last: int) -> tuple[Decimal, ...]:
    """A one for each `a`, `an`, `un`, `une` that opens an item of the list."""
    return tuple(
        Decimal(1)
        for index in range(first, last)
        if passage.stems[index] in {"a", "an", "un", "une", "one"}
        and passage.tokens[index].text in {"a", "an", "un", "une", "one"}
        and passage.stems[index - 1] in {",", "and", "et", "including", "dont"}
    )
