"""A claim that parts make up a total, as the text puts it, and the judgement whether they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from toguna.check.core import lexicon
from toguna.check.core.arithmetic import agrees, mistyped, near, place_of, subset_agrees
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PARTS_ABOVE_WHOLE, PARTS_AND_TOTAL
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems
from toguna.kernel.core.tokens import Token

Link = Literal["bracket", "run", "list", "marked", "comma", "with", "bullets", "closing"]
_PLACING = stems("in at from à au aux en dans near to chez auprès on by par")
_COPULAS = stems("were was are is étaient était sont est")
_TIMES = stems("week month year semaine mois année")
_REST = stems("rest remainder remaining another reste restants restantes restant")
_THE_OTHERS = {("les", "autre"), ("the", "other")}
#: A rest is told so many words behind the last part at most.
_REST_WITHIN = 14
#: From four digits on, two parts miss a whole by one wrong digit hardly ever by chance.
_TELLING = 1000
#: Recovered, dead and active together are all the cases of an epidemic.
_OUTCOMES = tuple(
    stems(words)
    for words in (
        "recovered recoveries guéris guérisons",
        "died dead deaths death décès décédés morts",
        "active actifs",
    )
)
_YOUNG = stems("children child adolescent student pupil learner minor enfants élèves mineurs écoliers youth")
#: Places that are counted themselves; what is counted in them is another thing.
_AREAS = stems(
    "lga district province state region commune camp village location locality zone zs site governorate area county"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A quantity and the passage that it stands in."""

    quantity: Quantity
    passage: Passage

    @property
    def value(self) -> Decimal:
        return self.quantity.value

    @property
    def span(self) -> Span:
        return Span(text=self.passage.index, start=self.quantity.start, end=self.quantity.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Parts, and what may be their total: the nearest first."""

    parts: tuple[Figure, ...]
    candidates: tuple[Figure, ...]
    link: Link
    #: The words say or show that the parts are everything.
    whole: bool
    #: Characters of the parts' passage that hold them.
    start: int
    end: int
    #: Further figures that may belong to the parts: an article that means one, a remainder told after the list.
    spare: tuple[Decimal, ...] = ()
    #: Nothing but the values ties the parts to the total, which stands in another sentence.
    loose: bool = False
    #: The sentence opens with `of`, `among`: what follows is a breakdown of the first figure.
    opened: bool = False


def group_of(figure: Figure) -> tuple[str, str]:
    """Axis and name of the group that a part is: `people`, `state`, `place`, or none with its noun."""
    quantity, pieces = figure.quantity, figure.passage.tokens
    following = quantity.noun[:3] or tuple(piece.stem for piece in _after_copula(figure))
    for stem in (*following, *reversed(quantity.label)):
        if stem in vocabulary.SEX_AGE:
            return "people", vocabulary.SEX_AGE[stem]
    for stem in (*following, *quantity.label[-1:]):
        if stem in lexicon.STATES:
            return "state", stem
    if quantity.label and quantity.first:
        before = pieces[quantity.first - 1].text
        if before in "(:–-—" or before[0].isupper():
            return "place", " ".join(quantity.label)
    for index in range(quantity.last, min(quantity.last + 4, len(pieces) - 1)):
        if pieces[index].stem in _PLACING:
            later = pieces[index + 1]
            timed = later.stem in vocabulary.MONTHS or later.kind in ("date", "number") or later.stem in _TIMES
            return ("time" if timed else "place"), later.text
        if pieces[index].kind != "word":
            break
    return "", " ".join(quantity.about[:2])


def _after_copula(figure: Figure) -> Sequence[Token]:
    """The words behind `were`, `étaient`, `concern` where they stand right after the figure."""
    last, pieces = figure.quantity.last, figure.passage.tokens
    if last < len(pieces) and pieces[last].stem in _COPULAS:
        return pieces[last + 1 : last + 4]
    return ()


def unit_of(quantity: Quantity) -> str:
    """`person`, `household`, a thing by its stem, or nothing known."""
    for stem in quantity.noun:
        if stem in vocabulary.HOUSEHOLDS:
            return "household"
        if stem in vocabulary.SEX_AGE and len(stem) > 1:
            return "person"
        if stem in vocabulary.THINGS:
            return stem
        if stem in vocabulary.PERSONS:
            return "person"
    if quantity.kind == "count" and not quantity.noun and quantity.label and quantity.label[-1] in vocabulary.SEX_AGE:
        return "person"
    return quantity.unit


def compatible(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts may be parts of the total, by what they count."""
    unit = unit_of(total)
    others = {name for part in parts if (name := unit_of(part))}
    if not unit:
        return True
    if unit in others or not others:
        return True
    return unit == "person" and not others & ({"household"} | vocabulary.THINGS)


def judge(claim: Claim) -> Draft | None:
    """The disagreement, or None where the parts agree with a total or no total is claimed."""
    parts = [figure.quantity for figure in claim.parts]
    groups = [group_of(figure) for figure in claim.parts]
    sums = _sums(parts, groups, claim.spare)
    sums += [sums[0] + year for year in _years(claim)]
    for candidate in claim.candidates:
        if any(agrees(candidate.quantity, value, parts) for value in sums):
            return None
        if len({axis for axis, _ in groups}) > 1 and _axis_agrees(candidate.quantity, parts, groups):
            return None
        if _may_overlap(groups) and subset_agrees(candidate.quantity, parts):
            return None
    for place, candidate in enumerate(claim.candidates):
        if _is_list_length(candidate.quantity, parts, sums[0]):
            continue
        if sums[0] < candidate.value and _rest_follows(claim):
            continue
        confidence = _confidence(claim, candidate.quantity, parts, groups, sums[0], place)
        if confidence:
            return _draft(claim, candidate, sums[0], confidence)
    return None


def _rest_follows(claim: Claim) -> bool:
    """Whether the words behind the parts speak of a rest: `while the rest stayed`, `Another 200 came by air`."""
    passage = claim.parts[-1].passage
    last = claim.parts[-1].quantity.last
    words = passage.stems[last : last + _REST_WITHIN]
    return not _REST.isdisjoint(words) or any(pair in _THE_OTHERS for pair in pairwise(words))


def _years(claim: Claim) -> Iterator[Decimal]:
    """Numbers among the parts that were taken for years: `1596 from clinics, 1917 from homes`."""
    passage = claim.parts[0].passage
    for piece in passage.tokens[: claim.parts[-1].quantity.last + 8]:
        if piece.start >= claim.start and piece.kind == "number" and re.fullmatch(r"(?:19|20)\d\d", piece.text):
            yield Decimal(piece.text)


def _sums(parts: Sequence[Quantity], groups: Sequence[tuple[str, str]], spare: Sequence[Decimal]) -> list[Decimal]:
    """The plain sum first, then the other sums that the words allow."""
    plain = sum((part.value for part in parts), Decimal(0))
    result = [plain]
    total_spare = Decimal(0)
    for value in spare:
        total_spare += value
        result.append(plain + total_spare)
    names = [name for _, name in groups]
    for part, name in zip(parts, names, strict=True):
        if name == "child" and {"girl", "boy"} & set(names):
            result.append(plain - part.value)
        if name in ("female", "woman", "girl") and len(parts) > 2 and not {"male", "man", "boy"} & set(names):
            result.append(plain - part.value)
    return result


def _one_axis(groups: Sequence[tuple[str, str]]) -> bool:
    axes = {axis for axis, _ in groups}
    return len(axes) == 1 and axes != {""}


def _may_overlap(groups: Sequence[tuple[str, str]]) -> bool:
    axes = {axis for axis, _ in groups}
    return len(groups) <= 7 and len(axes) > 1 and bool(axes & {"people", "state"})


def _axis_agrees(total: Quantity, parts: Sequence[Quantity], groups: Sequence[tuple[str, str]]) -> bool:
    for axis in {axis for axis, _ in groups}:
        chosen = [part for part, (own, _) in zip(parts, groups, strict=True) if own == axis]
        if len(chosen) > 1 and agrees(total, sum((part.value for part in chosen), Decimal(0)), chosen):
            return True
    return False


def _is_list_length(total: Quantity, parts: Sequence[Quantity], value: Decimal) -> bool:
    """`in two states (A - 9, B - 9)`: the two counts the names."""
    return (total.value == len(parts) and value > total.value) or (
        total.value <= 12 and unit_of(total) in vocabulary.THINGS and value > 3 * total.value
    )


def _complete(groups: Sequence[tuple[str, str]], total: Quantity) -> bool:
    """Whether the groups are everybody: women and men; girls and boys among children; refugees and hosts."""
    names = frozenset(name for axis, name in groups if axis == "people")
    if len(names) == len(groups) and names in lexicon.COMPLETE:
        return not names <= {"girl", "boy"} or bool(set(total.noun) & _YOUNG) or not total.noun
    outcomes = {stem for axis, name in groups if axis == "state" for stem in name.split()}
    if len(groups) == 3 and all(outcomes & kind for kind in _OUTCOMES):
        return True
    states = [set(name.split()) for axis, name in groups if axis == "state"]
    return len(states) == len(groups) == 2 and any(
        pair <= states[0] | states[1] for pair in ({"refugee", "host"}, {"killed", "injured"}, {"refugee", "community"})
    )


def _confidence(
    claim: Claim,
    total: Quantity,
    parts: Sequence[Quantity],
    groups: Sequence[tuple[str, str]],
    value: Decimal,
    place: int,
) -> Confidence | None:
    """How sure it is that these parts were meant to make up this total; None when they were not."""
    slip = mistyped(total.value, value) or any(
        mistyped(part.value, meant) for part in parts if (meant := total.value - (value - part.value)) > 0
    )
    close = near(total.value, value)
    if not compatible(total, parts) and not (unit_of(total) == "household" and (close or slip) and len(parts) > 1):
        return None
    if unit_of(total) in _AREAS and not close and not any(unit_of(part) == unit_of(total) for part in parts):
        return None
    if claim.loose and not slip and not (close and len(parts) > 2):
        return None
    if claim.link == "comma":
        sibling = _is_sibling(group_of(claim.candidates[0]), groups)
        fits = _fits(total, value, slip=slip, some=len(parts) == 2 and not _one_axis(groups))
        return _of_comma(claim, total, groups, fits) if place == 0 and not sibling else None
    if claim.link == "closing":
        return "medium" if slip and near(total.value, value, "0.4") else None
    if claim.link == "bullets":
        told = near(total.value, value, "0.25") or slip or _complete(groups, total)
        return "medium" if told and len(parts) > 1 else None
    if claim.link == "with" and {axis for axis, _ in groups} != {"people"}:
        return None
    if claim.whole:
        if _one_axis(groups) or _complete(groups, total):
            return "high" if place == 0 else ("medium" if slip or close else None)
        if close or slip:
            return "medium"
        return "medium" if near(total.value, value, "0.5") and place == 0 else "low"
    if claim.link == "run" and value > total.value and any(other.value >= value for other in claim.candidates):
        return None
    return _of_some(total, parts, groups, value, place)


def _fits(total: Quantity, value: Decimal, *, slip: bool, some: bool) -> bool:
    """Whether the sum comes near enough; two unlike parts that fall short (`some`) need one wrong digit as well."""
    close = near(total.value, value, "0.25")
    return close and slip if some and value < total.value else close or slip


def _is_sibling(own: tuple[str, str], groups: Sequence[tuple[str, str]]) -> bool:
    """Whether the figure is the first of the list itself rather than its total."""
    axis, name = own
    return axis in {other for other, _ in groups} and axis != "" and name not in {"child", "adult", "youth", "elder"}


def _of_comma(claim: Claim, total: Quantity, groups: Sequence[tuple[str, str]], close: bool) -> Confidence | None:
    """`60 cases, 20 in Gao and 30 in Kidal`: only groups or places, or a sentence that opens with `of the 60`."""
    axes = {axis for axis, _ in groups}
    if not close or "time" in axes or not (claim.opened or _one_axis(groups)):
        return None
    return "high" if _complete(groups, total) else "medium"


def _of_some(
    total: Quantity, parts: Sequence[Quantity], groups: Sequence[tuple[str, str]], value: Decimal, place: int
) -> Confidence | None:
    """After `including`, `dont`: parts that exceed the whole, or that are everybody, or that just miss it."""
    slip = near(total.value, value, "0.25") and (
        mistyped(total.value, value)
        or any(mistyped(part.value, meant) for part in parts if (meant := total.value - (value - part.value)) > 0)
    )
    close = near(total.value, value)
    if value > total.value:
        sure = _one_axis(groups) or len(parts) == 1 or (slip and len(parts) > 2)
        return "medium" if sure and place == 0 else ("low" if place == 0 else None)
    if _complete(groups, total) and place == 0:
        return "high" if close or slip else "medium"
    if len(parts) > 2 and (near(total.value, value, "0.05") or slip or (close and _one_axis(groups))):
        return "medium" if place == 0 or slip else None
    if len(parts) == 2 and (slip or close) and _one_axis(groups) and place == 0:
        return "medium" if slip else "low"
    if len(parts) == 2 and slip and place == 0 and _is_telling(total, parts):
        return "medium"
    return "low" if place == 0 and (slip or close) and len(parts) > 1 else None


def _is_telling(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the figures are long and unrounded: round ones differ by one digit by chance."""
    return total.value >= _TELLING and all(place_of(figure.value) <= 10 for figure in (total, *parts))


def _draft(claim: Claim, total: Figure, value: Decimal, confidence: Confidence) -> Draft:
    part = claim.parts[0]
    span = Span(text=part.passage.index, start=claim.start, end=claim.end)
    if total.passage.index == part.passage.index and total.quantity.start < claim.start:
        spans: tuple[Span, ...] = (Span(text=part.passage.index, start=total.quantity.start, end=claim.end),)
    else:
        spans = (_around(total), span)
    above = len(claim.parts) == 1 or (not claim.whole and value > total.value)
    return Draft(
        kind="cumulative" if len(claim.parts) == 1 else "sum",
        confidence=confidence,
        fault=PARTS_ABOVE_WHOLE if above else PARTS_AND_TOTAL,
        spans=spans,
        expected=written(value),
        found=written(total.value),
        details={"parts": " + ".join(written(figure.value) for figure in claim.parts)},
    )


def _around(figure: Figure) -> Span:
    """The figure with a few words on each side, for a quote."""
    pieces = figure.passage.tokens
    first, last = max(figure.quantity.first - 4, 0), min(figure.quantity.last + 4, len(pieces))
    return Span(text=figure.passage.index, start=pieces[first].start, end=pieces[last - 1].end)
