"""Breakdowns in a sentence of its own: `Of these, 300 were women and 210 men`, `The group comprised ...`, `Sur ces 520 déplacés, nous avons ...`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.check.core.claims import Claim, Figure, Link, compatible
from toguna.check.core.lists import AMONG, BACKWARD, coordinated, end_of, is_closed, is_contrast, phrase_at
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import phrases, stems

#: They sum up; what follows need not be parts of the figure before.
_SUMMING = phrases("in total|in all|overall|au total|en tout")
_SUBJECTS = stems("they these this those group ils elles ce cet celui-ci ceux-ci groupe on figure total il number nous")
_COMPRISING = stems(
    "comprised comprises comprise consisted consists include includes included were are was is comprend comprenait comprennent compte "
    "comptait trouve dénombre compose composait composent sont étaient avons avait represent represents"
)
_LEADS = stems("of out sur parmi among from")
_BETWEEN = stems("the a total of these those de un une ces ce les total ceux celles some environ about")
_ORDINALS = tuple(
    stems(words)
    for words in (
        "first premier première",
        "second deuxième seconde",
        "third troisième",
        "fourth quatrième",
        "fifth cinquième",
    )
)
#: The verb stands so many words into its sentence, a first part so many words behind the verb or the total.
_VERB_WITHIN, _BEHIND_VERB, _BEHIND_TOTAL = 9, 6, 16


def opening_claims(passage: Passage, at: int, previous: Sequence[Passage]) -> Iterator[Claim]:
    """The breakdown that sentence `at` opens with, of its own first figure or of one in the sentence before."""
    sentence = passage.sentences[at]
    inside = {index for bracket in sentence.brackets for index in range(bracket.first, bracket.last + 1)}
    quantities = [own for own in sentence.quantities if own.first not in inside and own.kind in ("count", "money")]
    if len(quantities) < 2:
        return
    before = _sentence_before(passage, at, previous)
    for claim in (
        _of_those(passage, at, quantities, inside, before),
        _of_the_total(passage, sentence, quantities, inside),
        _of_the_subject(passage, at, quantities, inside, before),
        _of_the_first(passage, at, quantities, before),
    ):
        if claim is not None:
            yield claim
            return


def _sentence_before(passage: Passage, at: int, previous: Sequence[Passage]) -> list[Figure]:
    """The counts of the two sentences before, the last first; at a passage's start those of the last sentence of the one before."""
    if at:
        home, sentences = passage, passage.sentences[max(at - 2, 0) : at]
    elif previous and previous[-1].sentences and previous[-1].kind != "heading":
        home, sentences = previous[-1], previous[-1].sentences[-1:]
    else:
        return []
    return [
        Figure(quantity=own, passage=home) for sentence in reversed(sentences) for own in reversed(sentence.quantities)
    ]


def _of_those(
    passage: Passage, at: int, quantities: Sequence[Quantity], inside: set[int], before: Sequence[Figure]
) -> Claim | None:
    """`Of these, 300 were women and 210 men`; `In total, 29 came from the camps and 45 from the town`."""
    sentence = passage.sentences[at]
    first = sentence.first
    length = phrase_at(passage.stems, first, BACKWARD)
    named: frozenset[str] = frozenset()
    if not length and phrase_at(passage.stems, first, AMONG):
        named = frozenset(passage.stems[first + 2 : quantities[0].first])
        length = min(len(named), 5) + 1
    if not length or quantities[0].first - first - length > 4:
        return None
    parts = coordinated(passage, quantities, inside, across=True)
    candidates = [
        figure
        for figure in _nearest(passage, at, before, parts, named=bool(named))
        if not named or (figure.value > max(part.value for part in parts) and named & set(figure.quantity.noun[:3]))
    ]
    loose = bool(phrase_at(passage.stems, first, _SUMMING))
    return _claim(passage, sentence, parts, candidates, loose=loose)


def _of_the_total(
    passage: Passage, sentence: Sentence, quantities: Sequence[Quantity], inside: set[int]
) -> Claim | None:
    """`Sur ces 15 206 déplacés, nous avons 6 267 hommes, 935 femmes et plus de 9 000 enfants`."""
    total = quantities[0]
    lead = passage.stems[sentence.first : total.first]
    if not lead or len(lead) > 6 or lead[0] not in _LEADS or not set(lead[1:]) <= _BETWEEN | _LEADS:
        return None
    rest = quantities[1:]
    if rest[0].first - total.last > _BEHIND_TOTAL or not set(passage.stems[total.last : rest[0].first]) & {",", ":"}:
        return None
    parts = coordinated(passage, rest, inside, across=True)
    return _claim(passage, sentence, parts, _like([Figure(quantity=total, passage=passage)], parts), loose=False)


def _of_the_subject(
    passage: Passage, at: int, quantities: Sequence[Quantity], inside: set[int], before: Sequence[Figure]
) -> Claim | None:
    """`The group comprised ...`, `They were ...`, `On y compte ...`: the subject is what the sentence before has counted."""
    sentence = passage.sentences[at]
    lead = passage.stems[sentence.first : quantities[0].first]
    verb = next((at for at, word in enumerate(lead[:_VERB_WITHIN]) if word in _COMPRISING), None)
    if verb is None or len(lead) - verb > _BEHIND_VERB or _SUBJECTS.isdisjoint(lead[: verb + 1]):
        return None
    parts = coordinated(passage, quantities, inside)
    return _claim(passage, sentence, parts, _nearest(passage, at, before, parts), loose=False)


def _of_the_first(passage: Passage, at: int, quantities: Sequence[Quantity], before: Sequence[Figure]) -> Claim | None:
    """`The first flight brought 138 people, the second carried 129 and the third 145`: each count with its ordinal."""
    sentence = passage.sentences[at]
    start, found = sentence.first, []
    for own in quantities:
        words = passage.stems[start : own.first]
        found.append(next((place for place, names in enumerate(_ORDINALS) if not names.isdisjoint(words)), -1))
        start = own.last
    if found != list(range(len(quantities))) or len({(own.kind, own.unit) for own in quantities}) > 1:
        return None
    return _claim(passage, sentence, quantities, _nearest(passage, at, before, quantities), loose=False, closed=True)


def _nearest(
    passage: Passage, at: int, before: Sequence[Figure], parts: Sequence[Quantity], *, named: bool = False
) -> list[Figure]:
    """The like figures of the sentence before; where it has none, of the one before that, unless that is a list which they make up."""
    like = _like(before, parts)
    if not at:
        return like
    last = [own for own in like if own.passage is passage and passage.sentence_of(own.quantity.first) == at - 1]
    if last or at < 2 or named:
        return last
    value = sum((part.value for part in parts), Decimal(0))
    return [] if sum((own.value for own in like), Decimal(0)) == value else like


def _like(before: Sequence[Figure], parts: Sequence[Quantity]) -> list[Figure]:
    """Those that count what the parts count."""
    return [
        figure
        for figure in before
        if figure.quantity.kind == parts[0].kind
        and figure.quantity.unit == parts[0].unit
        and compatible(figure.quantity, parts)
        and 2 * figure.value >= max(part.value for part in parts)
    ]


def _claim(
    passage: Passage,
    sentence: Sentence,
    parts: Sequence[Quantity],
    candidates: Sequence[Figure],
    *,
    loose: bool,
    closed: bool = False,
) -> Claim | None:
    """None where nothing closes the list: no `and` before its last part, no `while`, nor what the caller knows (`closed`)."""
    contrast = is_contrast(passage, parts)
    if len(parts) < 2 or not candidates or not (closed or contrast or is_closed(passage, parts[-1])):
        return None
    link: Link = "contrast" if contrast else "marked"
    return Claim(
        parts=tuple(Figure(quantity=part, passage=passage) for part in parts),
        candidates=tuple(candidates),
        link=link,
        whole=False,
        loose=loose,
        start=passage.tokens[sentence.first].start,
        end=end_of(passage, sentence, parts[-1]),
    )
