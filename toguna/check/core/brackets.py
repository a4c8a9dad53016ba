"""Breakdowns in brackets: `187 persons (87 men, 28 women)`, and runs of them: `Gao (962), Mopti (141) and Kidal (3)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.check.core.claims import Claim, Figure, group_of, unit_of
from toguna.check.core.lexicon import PARTIAL
from toguna.check.core.lists import has_phrase, phrase_at
from toguna.check.core.passages import Bracket, Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import phrases, stems
from toguna.kernel.core.vocabulary import THINGS

_COMPARING = stems("compared against versus vs previously contre comparé rapport target targeted planned")
_COMPARING |= stems("cible prévu attendus expected ratio average moyenne plus minus per par")
_AGAINST = stems("than compared previous previously précédent précédente versus against contre")
_REMAINING = stems("supplémentaires additional remaining autres other others restants reste unknown")
_SOME_OF_THEM = phrases("among them|among these|of them|parmi eux|parmi elles|entre eux|entre elles|notamment|etc")
_LINKING = stems("ces these they il ils elles répartis répartition distributed distribution breakdown dont including")
#: So many words may stand between a total and the bracket with its parts.
_REACH = 16


def bracket_claims(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """One claim a bracket that holds two or more counts."""
    for bracket in sentence.brackets:
        inner = _inside(sentence, bracket)
        if len(inner) < 2 or _is_unfit(passage, bracket, inner):
            continue
        parts = _whole_parts(passage, bracket, inner)
        marked = has_phrase(passage.stems, bracket.first + 1, inner[0].first, PARTIAL)
        marked = marked or has_phrase(passage.stems, inner[-1].last, bracket.last, _SOME_OF_THEM)
        if len(parts) < 2:
            continue
        candidates = _before(passage, sentence, bracket.first, parts[0])
        if not candidates or _follows_percent(sentence, bracket):
            continue
        if set(passage.stems[candidates[0].quantity.last : bracket.first]) & _AGAINST:
            continue
        yield Claim(
            parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
            candidates=candidates,
            link="bracket",
            whole=not marked,
            start=passage.tokens[bracket.first].start,
            end=passage.tokens[bracket.last].end,
        )


def subset_claims(passage: Passage, sentence: Sentence) -> Iterator[Claim]:
    """`96,054 children (46,088 girls)`: one group of the total, which cannot be more than it."""
    for bracket in sentence.brackets:
        inner = _inside(sentence, bracket)
        if len(inner) != 1 or inner[0].kind != "count" or _is_unfit(passage, bracket, inner):
            continue
        part = Figure(quantity=inner[0], passage=passage)
        candidates = _before(passage, sentence, bracket.first, inner[0], reach=4)[:1]
        group = group_of(part)
        if candidates and group[0] == "people" and unit_of(candidates[0].quantity) == "person":
            yield Claim(
                parts=(part,),
                candidates=candidates,
                link="bracket",
                whole=False,
                start=passage.tokens[bracket.first].start,
                end=passage.tokens[bracket.last].end,
            )


def run_claims(passage: Passage, at: int, previous: Sequence[Passage]) -> Iterator[Claim]:
    """One claim a run of names that each have their count in brackets. `at` is the sentence's place in the passage."""
    sentence = passage.sentences[at]
    for run in _runs(passage, sentence):
        parts = [_first_count(sentence, bracket) for bracket in run]
        quantities = [part for part in parts if part is not None]
        if len({(part.kind, part.unit) for part in quantities}) > 1:
            continue
        first = _run_start(passage, sentence, run[0])
        candidates = _before(passage, sentence, first, quantities[0], reach=60, across=True)
        candidates = tuple(figure for figure in candidates if not _counts_the_names(figure.quantity, quantities))
        linked, loose = bool(candidates), False
        if set(passage.stems[max(sentence.first, first - 8) : first]) & (_COMPARING | {"followed"}):
            continue
        if len(run) > 1 and not candidates:
            candidates = _earlier(passage, at, previous, quantities[0])
            linked = passage.stems[sentence.first] in _LINKING or len(run) > 2
            loose = passage.stems[sentence.first] not in _LINKING
        if not candidates or (not linked and len(run) < 3):
            continue
        following = _after(passage, sentence, run[-1].last, quantities[0])
        marked = has_phrase(passage.stems, max(sentence.first, first - 14), first, PARTIAL)
        marked = marked and not any(candidate.value == len(quantities) for candidate in candidates[:1])
        yield Claim(
            parts=tuple(Figure(quantity=part, passage=passage) for part in quantities),
            candidates=(*candidates, *following),
            link="run",
            whole=not marked,
            start=passage.tokens[first].start,
            end=passage.tokens[run[-1].last].end,
            spare=_remainder(passage, at, run[-1].last),
            loose=loose,
        )


def _counts_the_names(quantity: Quantity, parts: Sequence[Quantity]) -> bool:
    """`in five districts: Lita (2), Bure (9) ...`: the total, if there is one, stands before that sentence."""
    return quantity.value == len(parts) > 2 and bool(set(quantity.noun[:3]) & THINGS)


def _inside(sentence: Sentence, bracket: Bracket) -> list[Quantity]:
    deeper = [other for other in sentence.brackets if bracket.first < other.first < bracket.last]
    return [
        quantity
        for quantity in sentence.quantities
        if bracket.first < quantity.first < bracket.last
        and quantity.kind in ("count", "money")
        and not any(other.first < quantity.first < other.last for other in deeper)
    ]


def _is_unfit(passage: Passage, bracket: Bracket, inner: Sequence[Quantity]) -> bool:
    """Comparisons, fractions and numbers without a label are no breakdown."""
    if _compares(passage.stems[bracket.first + 1 : bracket.last]):
        return True
    if any(passage.tokens[quantity.last].text == "/" for quantity in inner[:-1]) and not _are_sexes(passage, inner):
        return True
    labelled = [quantity for quantity in inner if quantity.noun or quantity.label or _placed(passage, quantity)]
    return len(labelled) < len(inner)


def _compares(words: Sequence[str]) -> bool:
    """Whether the words set figures against each other; `plus de` is a hedge."""
    return any(
        word in _COMPARING and not (word == "plu" and words[index + 1 : index + 2] in (("de",), ("d",)))
        for index, word in enumerate(words)
    )


def _are_sexes(passage: Passage, inner: Sequence[Quantity]) -> bool:
    """`H 812 / F 752`: parted by a stroke, and no fraction."""
    groups = [group_of(Figure(quantity=quantity, passage=passage)) for quantity in inner]
    return {axis for axis, _ in groups} == {"people"} and len(set(groups)) == len(groups)


def _placed(passage: Passage, quantity: Quantity) -> bool:
    following = passage.stems[quantity.last : quantity.last + 1]
    return bool(following) and following[0] not in {",", ";", ")", "and", "et", "."}


def _whole_parts(passage: Passage, bracket: Bracket, inner: Sequence[Quantity]) -> list[Quantity]:
    """The counts of the bracket up to where it begins to tell a part of a part."""
    cut = bracket.last
    for index in range(inner[0].last, bracket.last):
        if phrase_at(passage.stems, index, PARTIAL):
            cut = index
            break
    kinds = inner[0].kind
    return [quantity for quantity in inner if quantity.first < cut and quantity.kind == kinds]


def _before(
    passage: Passage, sentence: Sentence, first: int, part: Quantity, reach: int = _REACH, across: bool = False
) -> tuple[Figure, ...]:
    """Counts before a token that may be the total, the nearest first."""
    return tuple(
        Figure(quantity=quantity, passage=passage)
        for quantity in reversed(sentence.quantities)
        if quantity.last <= first
        and quantity.kind == part.kind
        and quantity.unit == part.unit
        and first - quantity.last <= reach
        and not _is_shut_away(sentence, quantity, first, across)
        and not _is_part_of_fraction(passage, quantity)
    )[:5]


def _is_shut_away(sentence: Sentence, quantity: Quantity, first: int, across: bool) -> bool:
    """Whether it stands in a bracket closed before `first`; `1,561 households (6,954 people) from` may still be meant."""
    for bracket in sentence.brackets:
        if bracket.first < quantity.first < bracket.last <= first:
            inner = [other for other in sentence.quantities if bracket.first < other.first < bracket.last]
            return not across or len(inner) > 1 or first - bracket.last > 6
    return False


def _follows_percent(sentence: Sentence, bracket: Bracket) -> bool:
    before = [quantity for quantity in sentence.quantities if quantity.last <= bracket.first]
    return bool(before) and before[-1].kind == "percent" and bracket.first - before[-1].last <= 8


def _is_part_of_fraction(passage: Passage, quantity: Quantity) -> bool:
    pieces = passage.tokens
    after = pieces[quantity.last].text if quantity.last < len(pieces) else ""
    before = pieces[quantity.first - 1].text if quantity.first else ""
    return "/" in (after, before)


def _first_count(sentence: Sentence, bracket: Bracket) -> Quantity | None:
    inner = _inside(sentence, bracket)
    return inner[0] if inner and inner[0].first - bracket.first <= (4 if inner[0].hedge else 2) else None


def _runs(passage: Passage, sentence: Sentence) -> Iterator[list[Bracket]]:
    """Two or more brackets with one count each, with nothing but names between them."""
    run: list[Bracket] = []
    for bracket in sentence.brackets:
        if bracket.depth > 1 or _first_count(sentence, bracket) is None or not _is_single(passage, sentence, bracket):
            if bracket.depth == 1:
                if len(run) > 1:
                    yield run
                run = []
            continue
        if run and not (
            _continues(passage, sentence, run[-1].last, bracket.first) and _alike(passage, sentence, run[-1], bracket)
        ):
            if len(run) > 1:
                yield run
            run = []
        run.append(bracket)
    if len(run) > 1:
        yield run


def _is_single(passage: Passage, sentence: Sentence, bracket: Bracket) -> bool:
    """The bracket gives one count; a second one only after a word such as `including`."""
    inner = _inside(sentence, bracket)
    percents = any(
        bracket.first < quantity.first < bracket.last and quantity.kind == "percent" for quantity in sentence.quantities
    )
    if percents or _compares(passage.stems[bracket.first + 1 : bracket.last]):
        return False
    return (len(inner) == 1 and not _is_part_of_fraction(passage, inner[0])) or (
        len(inner) > 1 and has_phrase(passage.stems, inner[0].last, inner[1].first, PARTIAL)
    )


def _continues(passage: Passage, sentence: Sentence, left: int, right: int) -> bool:
    between = passage.tokens[left + 1 : right]
    if not between or len(between) > 9:
        return False
    if any(left < quantity.first < right for quantity in sentence.quantities):
        return False
    texts = {piece.text.lower() for piece in between}
    joined = bool(texts & {",", ";", "and", "et", "&", "/", "or", "ou", "–", "-"}) or len(between) <= 4
    return joined and ":" not in texts and not texts & {"were", "was", "are", "is", "have", "has", "ont", "sont", "est"}


def _alike(passage: Passage, sentence: Sentence, one: Bracket, other: Bracket) -> bool:
    """Both name what they count, or neither, or both stand behind a name: `households (6,954 people) from Niger (2,445)` begins a run at Niger."""
    first, second = _first_count(sentence, one), _first_count(sentence, other)
    if first is not None and second is not None and unit_of(first) and unit_of(second) not in ("", unit_of(first)):
        return False
    if all(passage.tokens[max(bracket.first - 1, 0)].text[0].isupper() for bracket in (one, other)):
        return True
    return first is None or second is None or bool(first.noun) == bool(second.noun)


def _run_start(passage: Passage, sentence: Sentence, bracket: Bracket) -> int:
    """The first word of the first name of a run."""
    index = bracket.first
    while index > sentence.first and bracket.first - index < 4:
        piece = passage.tokens[index - 1]
        if piece.kind not in ("word", "code") or not piece.text[0].isupper():
            break
        index -= 1
    return index


def _earlier(passage: Passage, at: int, previous: Sequence[Passage], part: Quantity) -> tuple[Figure, ...]:
    """Counts of the sentence before, in this passage or at the end of the one before it."""
    if at:
        home, sentence = passage, passage.sentences[at - 1]
    elif previous and previous[-1].sentences:
        home, sentence = previous[-1], previous[-1].sentences[-1]
    else:
        return ()
    return tuple(
        Figure(quantity=quantity, passage=home)
        for quantity in sentence.quantities
        if quantity.kind == part.kind and not _is_part_of_fraction(home, quantity)
    )[:3]


def _after(passage: Passage, sentence: Sentence, last: int, part: Quantity) -> tuple[Figure, ...]:
    return tuple(
        Figure(quantity=quantity, passage=passage)
        for quantity in sentence.quantities
        if quantity.first > last and quantity.kind == part.kind and not _is_part_of_fraction(passage, quantity)
    )[:3]


def _remainder(passage: Passage, at: int, last: int) -> tuple[Decimal, ...]:
    """A rest told right after the run, in the sentence or the next: `94 further cases are being placed`."""
    rest = [quantity for quantity in passage.sentences[at].quantities if quantity.first > last][:1]
    if not rest and at + 1 < len(passage.sentences):
        rest = list(passage.sentences[at + 1].quantities[:1])
    return tuple(quantity.value for quantity in rest if set(quantity.noun) & _REMAINING)
