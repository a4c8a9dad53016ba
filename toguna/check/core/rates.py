"""Case fatality and positivity, with the deaths, cases and samples that they are taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toguna.check.core.arithmetic import mistyped, percent, percent_agrees, rounded
from toguna.check.core.finding import Draft
from toguna.check.core.passages import Passage, Sentence
from toguna.check.core.quantities import Quantity
from toguna.check.core.sharedraft import share_draft
from toguna.kernel.core.stems import stems

_DEATHS = stems("death deaths décès died dead morts mort décédés fatalities")
_CASES = stems("case cases cas")
_FATALITY = stems("cfr létalité lethality fatality")
_POSITIVITY = stems("positivity positivité tpr")
_POSITIVES = stems("positive positives positifs positif positives n")
_SAMPLES = stems("sample samples échantillon échantillons test tests tested prélèvements")
_SAID = stems("were was are is have has been had ont été sont est étaient a")
#: A rate of other people, places or times.
_ELSEWHERE = stems(
    "worldwide global globally world mondial mondiale monde national nationally nationale country hospital hospitalised "
    "hospitalized hospitalisés among parmi chez previous last précédent précédente dernière average moyenne region région"
)
#: A rate and its figures stand so many words apart at most; in the sentences before it, so many.
_REACH, _FURTHER = 26, 70


def rates(passage: Passage, sentence: Sentence, previous: Sequence[Passage]) -> Iterator[tuple[Draft | None, Quantity]]:
    """Each rate of the sentence, with the finding that its figures do not bear it out, or None where they do."""
    everything = [
        quantity
        for quantity in passage.reading.quantities
        if quantity.kind == "count" and quantity.first < sentence.last
    ]
    own = [quantity for quantity in everything if quantity.first >= sentence.first]
    told = [quantity for place in previous[-2:] for quantity in place.reading.quantities if quantity.kind == "count"]
    for shown in sentence.quantities:
        nearby = set(passage.stems[max(sentence.first, shown.first - 6) : shown.first])
        if shown.kind != "percent" or not nearby & (_FATALITY | _POSITIVITY):
            continue
        names = (_DEATHS, _CASES) if nearby & _FATALITY else (_POSITIVES, _SAMPLES)
        if _borne_out(shown, own) or _of_all(passage, shown, own, names):
            yield None, shown
            continue
        draft = _beside(passage, sentence, shown, own, names)
        if draft is None and not _borne_out(shown, [*everything, *told]):
            draft = _further(passage, sentence, shown, everything, names)
        if draft is not None or _borne_out(shown, everything):
            yield draft, shown


def _borne_out(shown: Quantity, counts: Sequence[Quantity]) -> bool:
    return any(
        percent_agrees(shown, percent(one.value, other.value))
        for one in counts
        for other in counts
        if one is not other and one.value <= other.value
    )


def _of_all(
    passage: Passage, shown: Quantity, counts: Sequence[Quantity], names: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether it is the rate of all the deaths of the sentence in all its cases."""
    part, base = (
        sum(
            (
                own.value
                for own in counts
                if _tells(passage, own) & names[at] and not _tells(passage, own) & names[1 - at]
            ),
            Decimal(0),
        )
        for at in (0, 1)
    )
    return percent_agrees(shown, percent(part, base))


def _beside(
    passage: Passage,
    sentence: Sentence,
    shown: Quantity,
    counts: Sequence[Quantity],
    names: tuple[frozenset[str], frozenset[str]],
) -> Draft | None:
    """Against the two figures of the sentence that have the names of the rate's parts."""
    part, base = (_named(counts, own, shown, passage) for own in names)
    if part is None or base is None or _parted(sentence, shown, part) or _parted(sentence, shown, base):
        return None
    far = max(abs(one.first - shown.first) for one in (part, base))
    if part is base or not base.value or far > _REACH:
        return None
    return share_draft(passage, part, base, shown, "medium")


def _further(
    passage: Passage,
    sentence: Sentence,
    shown: Quantity,
    counts: Sequence[Quantity],
    names: tuple[frozenset[str], frozenset[str]],
) -> Draft | None:
    """Against the nearest such figures before the rate, where one digit wrong in the rate explains it."""
    around = passage.stems[max(sentence.first, shown.first - 8) : min(sentence.last, shown.last + 8)]
    if not _ELSEWHERE.isdisjoint(around):
        return None
    before = [own for own in counts if own.last <= shown.first and shown.first - own.first <= _FURTHER]
    parts = [own for own in before if _tells(passage, own) & names[0]]
    bases = [own for own in before if _tells(passage, own) & names[1] and not _tells(passage, own) & names[0]]
    if not parts or not bases or parts[-1].value > bases[-1].value or _parted(sentence, shown, parts[-1]):
        return None
    part, base = parts[-1], bases[-1]
    start = min(part.first, base.first)
    if any(own.kind == "percent" and start < own.first < shown.first for own in passage.reading.quantities):
        return None
    value = percent(part.value, base.value)
    if value is None or percent_agrees(shown, value):
        return None
    slip = mistyped(rounded(value, shown.step), shown.value)
    return share_draft(passage, part, base, shown, "medium") if slip else None


def _tells(passage: Passage, quantity: Quantity) -> set[str]:
    """What the figure counts: the words after it, after `were`, or, where it has none, those of its clause before it."""
    if quantity.noun:
        return set(quantity.noun[:4])
    after = passage.stems[quantity.last : quantity.last + 4]
    if after[:1] and after[0] in _SAID:
        return set(after)
    start = max(passage.sentences[passage.sentence_of(quantity.first)].first, quantity.first - 14)
    others = [own.last for own in passage.reading.quantities if start < own.last <= quantity.first]
    return set(passage.stems[max([start, *others]) : quantity.first])


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
