"""Breakdowns in running words: `of which 272 were refugees and 39 hosts`, `dont 6 à Beni et 3 à Butembo`, `: 40 men, 50 women`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.claims import Claim, Figure, Link, compatible
from toguna.check.core.lexicon import PARTIAL, WHOLE
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import phrases, stems

_STOPS = stems("while whereas tandis alors bringing portant reaching but mais when lorsque compared")
_AND = {"and", "et", "&"}
_OPENINGS = stems("of out among parmi sur")
#: A sentence that opens so speaks of the figure of the sentence before.
_BACKWARD = phrases(
    "of these|of them|of those|among them|among these|out of these|out of them|in total|in all|overall|parmi eux|parmi elles|"
    "parmi ces|sur ces|au total|en tout|dont|il s'agit de|these include|they include"
)
#: Such a sentence takes up what the sentence before has counted: `Among the vaccinated children, ...`.
_AMONG = phrases("among the|of the|parmi les|sur les|parmi ces|of these|among these")
_HEDGING = stems("some about around approximately environ usd us$ $ eur")
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
    opening = _opening(passage, sentence, open_quantities, inside)
    if opening is not None:
        yield opening
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
    if marker.link == "marked" and not any(quantity.kind == quantities[-1].kind for quantity in before):
        return _told_before(passage, sentence, quantities, marker, inside)
    if before and before[-1].last == marker.first and passage.stems[marker.first] == "of":
        return None
    behind = [quantity for quantity in quantities if quantity.first >= marker.after]
    if not before or not behind or behind[0].first - marker.after > 5:
        return None
    if marker.first - before[-1].last > (25 if marker.link == "marked" else 20):
        return None
    parts = _coordinated(passage, behind, inside)
    if parts[0].kind not in ("count", "money") or (marker.whole and len(parts) < 2):
        return None
    if marker.link in ("comma", "with") and (len(parts) < 2 or not _is_closed(passage, parts[-1])):
        return None
    candidates = [
        Figure(quantity=quantity, passage=passage)
        for quantity in reversed(before)
        if quantity.kind == parts[0].kind and quantity.unit == parts[0].unit
    ]
    if not candidates:
        return None
    return Claim(
        parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
        candidates=tuple(candidates[:4]),
        link=marker.link,
        whole=marker.whole,
        start=passage.tokens[marker.first].start,
        end=_end(passage, sentence, parts[-1]),
        spare=_articles(passage, marker.after, parts[-1].first),
        opened=passage.stems[sentence.first] in _OPENINGS,
    )


def _opening(passage: Passage, sentence: Sentence, quantities: Sequence[Quantity], inside: set[int]) -> Claim | None:
    """`Of these, 300 were women and 210 men`; `In total, 29 came from the camps and 45 from the town`."""
    first = sentence.first
    length = phrase_at(passage.stems, first, _BACKWARD)
    named: frozenset[str] = frozenset()
    if not length and phrase_at(passage.stems, first, _AMONG):
        named = frozenset(passage.stems[first + 2 : quantities[0].first])
        length = min(len(named), 5) + 1
    at = passage.sentence_of(first) - 1
    if not length or at < 0 or quantities[0].first - first - length > 3:
        return None
    parts = _coordinated(passage, quantities, inside)
    if len(parts) < 2 or not _is_closed(passage, parts[-1]):
        return None
    candidates = tuple(
        Figure(quantity=quantity, passage=passage)
        for quantity in reversed(passage.sentences[at].quantities)
        if quantity.kind == parts[0].kind
        and quantity.unit == parts[0].unit
        and compatible(quantity, parts)
        and (not named or (quantity.value > max(part.value for part in parts) and named & set(quantity.noun[:3])))
    )
    if not candidates:
        return None
    return Claim(
        parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
        candidates=candidates,
        link="marked",
        whole=False,
        start=passage.tokens[first].start,
        end=_end(passage, sentence, parts[-1]),
    )


def _is_closed(passage: Passage, part: Quantity) -> bool:
    """Whether `and` introduces the last part."""
    return bool(set(passage.stems[max(part.first - 2, 0) : part.first]) & _AND)


def _told_before(
    passage: Passage, sentence: Sentence, quantities: Sequence[Quantity], marker: Marker, inside: set[int]
) -> Claim | None:
    """`The group included 10 girls, 12 boys and 20 women`, the number of the group being in the sentence before."""
    at = next((at for at, own in enumerate(passage.sentences) if own.last == sentence.first), None)
    behind = [quantity for quantity in quantities if quantity.first >= marker.after]
    if at is None or len(behind) < 2 or behind[0].first - marker.after > 3 or marker.first - sentence.first > 18:
        return None
    parts = _coordinated(passage, behind, inside)
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
        end=_end(passage, sentence, parts[-1]),
    )


def _coordinated(passage: Passage, behind: Sequence[Quantity], inside: set[int]) -> list[Quantity]:
    """The counts that one list holds: joined by commas, ended by the one after `and`."""
    parts = [behind[0]]
    for quantity in behind[1:]:
        last = parts[-1]
        between = [passage.stems[index] for index in range(last.last, quantity.first) if index not in inside]
        joins = [word for word in between if word in _AND or word == ","]
        if quantity.kind != last.kind or quantity.unit != last.unit or not joins or len(between) > 22:
            break
        if ";" in between or any(word in _STOPS for word in between):
            break
        if any(phrase_at(passage.stems, index, PARTIAL) for index in range(last.last, quantity.first)):
            break
        parts.append(quantity)
        if between and (between[-1] in _AND or (len(between) > 1 and between[-2] in _AND)):
            break
    return parts


def _end(passage: Passage, sentence: Sentence, part: Quantity) -> int:
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
