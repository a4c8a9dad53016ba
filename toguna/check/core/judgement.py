"""The judgement whether the parts of a claim make up one of its totals, and how sure it is that they were meant to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from toguna.check.core import lexicon
from toguna.check.core.arithmetic import agrees, mistyped, near, place_of, subset_agrees
from toguna.check.core.claims import Claim, Figure, compatible, group_of, unit_of
from toguna.check.core.finding import Confidence, Draft, Span, written
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PARTS_ABOVE_WHOLE, PARTS_AND_TOTAL
from toguna.kernel.core import vocabulary
from toguna.kernel.core.stems import stems

_REST = stems("rest remainder remaining another reste restants restantes restant")
_THE_OTHERS = {("les", "autre"), ("the", "other")}
#: A rest is told so many words behind the last part at most.
_REST_WITHIN, _REST_BEHIND = 14, 5
#: From four digits on, two parts miss a whole by one wrong digit hardly ever by chance.
_TELLING = 1000
#: A figure below this has too few digits for a slip of the hand to tell anything.
_SOME_DIGITS = 100
#: Parts that miss their whole by more than this share of the greater are no breakdown of it.
_OFF_BY = "0.6"
#: Groups that may share people with any other.
_SPECIAL = stems(
    "pregnant lactating breastfeeding disability disabilities disabled unaccompanied separated survivor survivors enceinte enceintes "
    "allaitante allaitantes handicap handicapé handicapés veuve veuves widow widows vulnerable vulnérable vulnérables orphan orphans "
    "orphelin orphelins severe severely sévère critical"
)
#: Recovered, dead and active together are all the cases of an epidemic.
_OUTCOMES = tuple(
    stems(words)
    for words in (
        "recovered recoveries guéris guérisons",
        "died dead deaths death décès décédés morts",
        "active actifs",
    )
)
_EXCLUSIVE = tuple(
    frozenset(names.split())
    for names in ("woman man girl boy", "woman man child", "female male", "child adult elder", "child youth adult")
)
_YOUNG = stems("children child adolescent student pupil learner minor enfants élèves mineurs écoliers youth")
#: Places that are counted themselves; what is counted in them is another thing.
_AREAS = stems(
    "lga district province state region commune camp village location locality zone zs site governorate area county"
)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The parts of a claim set against one of its candidates for the total; `place` counts the candidates nearer than it."""

    claim: Claim
    total: Quantity
    parts: tuple[Quantity, ...]
    #: Axis and name of the group that each part is.
    groups: tuple[tuple[str, str], ...]
    value: Decimal
    place: int

    @cached_property
    def slip(self) -> bool:
        """Whether one wrong digit, in the total or in a part, explains the difference."""
        gap = self.value - self.total.value
        return mistyped(self.total.value, self.value) or any(
            part.value > gap and mistyped(part.value, part.value - gap) for part in self.parts
        )

    @cached_property
    def near_slip(self) -> bool:
        return self.slip and self.is_near("0.25")

    @cached_property
    def close(self) -> bool:
        return near(self.total.value, self.value)

    @cached_property
    def one_axis(self) -> bool:
        """Whether all parts are groups of one kind: of people, of places, of states."""
        axes = {axis for axis, _ in self.groups}
        return len(axes) == 1 and axes != {""}

    @cached_property
    def complete(self) -> bool:
        """Whether the groups are everybody: women and men; girls and boys among children; refugees and hosts."""
        return _complete(self.groups, self.total)

    def is_near(self, share: str) -> bool:
        return near(self.total.value, self.value, share)


def judge(claim: Claim) -> Draft | None:
    """The disagreement, or None where the parts agree with a total or no total is claimed."""
    parts = tuple(figure.quantity for figure in claim.parts)
    groups = tuple(group_of(figure) for figure in claim.parts)
    sums = _sums(parts, groups, claim.spare)
    sums += [sums[0] + year for year in _years(claim)]
    for candidate in claim.candidates:
        if any(agrees(candidate.quantity, value, parts) for value in sums):
            return None
        if len({axis for axis, _ in groups}) > 1 and _axis_agrees(candidate.quantity, parts, groups):
            return None
        if _may_overlap(groups) and subset_agrees(candidate.quantity, parts):
            return None
    if _goes_on(claim, parts, sums[0]):
        return None
    place = 0
    for candidate in claim.candidates:
        if _is_list_length(candidate.quantity, parts, sums[0]):
            continue
        if sums[0] < candidate.value and _rest_follows(claim):
            continue
        trial = Trial(claim=claim, total=candidate.quantity, parts=parts, groups=groups, value=sums[0], place=place)
        if not _may_be_parts(trial):
            continue
        confidence = _confidence(trial)
        if confidence:
            return _draft(claim, candidate, sums[0], confidence)
        place += 1
    return None


def _goes_on(claim: Claim, parts: Sequence[Quantity], value: Decimal) -> bool:
    """Whether the counts behind the parts in their sentence, one after another, make up the total with them."""
    last, total = claim.parts[-1], claim.candidates[0].quantity
    sentence = last.passage.sentences[last.passage.sentence_of(last.quantity.first)]
    reach = _REST_BEHIND if claim.link in ("bracket", "run") else len(last.passage.tokens)
    behind = [own for own in sentence.quantities if 0 <= own.first - last.quantity.last <= reach]
    for own in [own for own in behind if own.kind == total.kind][:4]:
        value += own.value
        if own is not total and agrees(total, value, parts):
            return True
    return False


def _rest_follows(claim: Claim) -> bool:
    """Whether the words behind the parts speak of a rest: `while the rest stayed`, `Another 200 came by air`."""
    passage = claim.parts[-1].passage
    last = claim.parts[-1].quantity.last
    words = passage.stems[last : last + _REST_WITHIN]
    return not _REST.isdisjoint(words) or any(pair in _THE_OTHERS for pair in pairwise(words))


def _years(claim: Claim) -> Iterator[Decimal]:
    """Numbers among the parts that were taken for years: `1596 from clinics, 1917 from homes`."""
    passage = claim.parts[0].passage
    first = max(claim.parts[0].quantity.first - 12, 0)
    for piece in passage.tokens[first : claim.parts[-1].quantity.last + 8]:
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


def _confidence(trial: Trial) -> Confidence | None:
    """How sure it is that these parts were meant to make up this total; None when they were not."""
    by_link = {
        "comma": _of_comma,
        "closing": _of_closing,
        "bullets": _of_bullets,
        "contrast": _of_contrast,
    }
    link = trial.claim.link
    if link in by_link:
        return by_link[link](trial)
    if link == "with" and {axis for axis, _ in trial.groups} != {"people"}:
        return None
    if trial.claim.whole:
        return _of_all(trial)
    if link == "run" and trial.value > trial.total.value and _is_told_behind(trial.claim, trial.value):
        return None
    return _of_some(trial)


def _may_be_parts(trial: Trial) -> bool:
    """Whether what is counted, and how far the sum is off, allow that the total was meant."""
    total, parts = trial.total, trial.parts
    homes = unit_of(total) == "household" and (trial.close or trial.slip) and len(parts) > 1
    if not compatible(total, parts) and not homes:
        return False
    told = trial.close or (trial.slip and total.value >= _SOME_DIGITS)
    if unit_of(total) in _AREAS and not told and not any(unit_of(part) for part in parts):
        return False
    return not trial.claim.loose or trial.slip or (trial.close and len(parts) > 2)


def _of_all(trial: Trial) -> Confidence | None:
    """The words or the bracket say that the parts are everything."""
    if (not trial.slip and not trial.is_near(_OFF_BY)) or _is_a_version(trial):
        return None
    near_by = trial.slip or trial.close
    if trial.one_axis or trial.complete:
        sure = trial.slip or trial.is_near("0.3")
        return ("high" if sure else "medium") if trial.place == 0 else ("medium" if near_by else None)
    if near_by or (trial.is_near("0.5") and trial.place == 0):
        return "medium"
    return "low"


def _is_a_version(trial: Trial) -> bool:
    """`4.1 (SUN 3 and SUN 4)`: a number with a point that counts nothing, of whole ones."""
    total = trial.total
    return total.kind == "count" and total.step < 1 and not total.noun and all(part.step == 1 for part in trial.parts)


def _of_closing(trial: Trial) -> Confidence | None:
    """`56 dead and 104 injured, soit 160`: the total is told behind."""
    return "medium" if trial.slip and trial.is_near("0.4") else None


def _of_bullets(trial: Trial) -> Confidence | None:
    told = trial.is_near("0.25") or trial.slip or trial.complete
    return "medium" if told and len(trial.parts) > 1 else None


def _of_contrast(trial: Trial) -> Confidence | None:
    """`Of these, 300 will go, while 200 stay`: the two sides are all there is."""
    if trial.complete or (trial.slip and trial.total.value >= _SOME_DIGITS):
        return "high" if trial.place == 0 else "medium"
    return "medium" if trial.place == 0 and trial.is_near("0.3") else None


def _of_comma(trial: Trial) -> Confidence | None:
    """`60 cases, 20 in Gao and 30 in Kidal`: only groups or places, or a sentence that opens with `of the 60`."""
    some = len(trial.parts) == 2 and not trial.one_axis
    told = trial.is_near("0.25")
    telling = trial.slip and trial.total.value >= _SOME_DIGITS
    fits = told and telling if some and trial.value < trial.total.value else told or trial.slip
    if trial.place or not fits or _is_sibling(group_of(trial.claim.candidates[0]), trial.groups):
        return None
    if "time" in {axis for axis, _ in trial.groups} or not (trial.claim.opened or trial.one_axis):
        return None
    return "high" if trial.complete else "medium"


def _of_some(trial: Trial) -> Confidence | None:
    """After `including`, `dont`: parts that exceed the whole, or that are everybody, or that just miss it."""
    if trial.value > trial.total.value:
        return _above(trial)
    if trial.complete and trial.place == 0:
        if trial.close or trial.near_slip:
            return "high"
        return "medium" if trial.is_near(_OFF_BY) else None
    several = len(trial.parts) > 2
    if several and (trial.is_near("0.05") or trial.near_slip or (trial.close and trial.one_axis)):
        return "medium" if trial.place == 0 or trial.near_slip else None
    if not trial.place and len(trial.parts) == 2 and trial.slip and _is_telling(trial):
        return "medium"
    if trial.place or not (trial.near_slip or trial.close) or len(trial.parts) < 2:
        return None
    telling = trial.is_near("0.03") and trial.total.value >= _SOME_DIGITS
    return "medium" if trial.near_slip and not several and (trial.one_axis or telling) else "low"


def _above(trial: Trial) -> Confidence | None:
    """Parts of something that come to more than it."""
    if trial.place:
        return None
    named = bool(trial.total.noun)
    several = (named or trial.one_axis) and trial.slip and len(trial.parts) > 2
    people = [name for axis, name in trial.groups if axis == "people"]
    sure = (
        (named and trial.one_axis and _exclude_one_another(people))
        or several
        or (trial.is_near(_OFF_BY) and _are_apart(trial))
    )
    if len(trial.parts) == 1:
        sure = _is_one_kind(trial.total, trial.parts[0])
    return "medium" if sure else "low"


def _is_one_kind(total: Quantity, part: Quantity) -> bool:
    """Whether a single part counts what the total counts: people of people, or the same thing."""
    if not total.noun or not part.noun:
        return not total.noun and not part.noun
    people = unit_of(total) == unit_of(part) == "person"
    return people or total.kind == "money" or not set(total.noun[:2]).isdisjoint(part.noun[:3])


def _exclude_one_another(people: Sequence[str]) -> bool:
    """Whether nobody is in two of the groups: women and men, not women and the elderly."""
    return len(set(people)) == len(people) and (not people or any(set(people) <= names for names in _EXCLUSIVE))


def _are_apart(trial: Trial) -> bool:
    """Whether nothing can be in both of the parts: other things, other states; not women and patients, not special groups."""
    parts = trial.parts
    if len(parts) != 2 or any(not _SPECIAL.isdisjoint((*part.noun, *part.label)) for part in parts):
        return False
    people = [name for axis, name in trial.groups if axis == "people"]
    if not _exclude_one_another(people):
        return False
    heads = {part.noun[:2] or part.label[-1:] for part in parts}
    return len(people) in (0, len(parts)) and len(heads) == len(parts) and bool(trial.total.noun)


def _is_told_behind(claim: Claim, value: Decimal) -> bool:
    """Whether a greater count of the same kind of thing that the parts may be of stands before them."""
    parts = [figure.quantity for figure in claim.parts]
    return any(
        other.value >= value and other.quantity.first < parts[0].first and compatible(other.quantity, parts)
        for other in claim.candidates[1:]
    )


def _is_sibling(own: tuple[str, str], groups: Sequence[tuple[str, str]]) -> bool:
    """Whether the figure is the first of the list itself rather than its total."""
    axis, name = own
    return axis in {other for other, _ in groups} and axis != "" and name not in {"child", "adult", "youth", "elder"}


def _is_telling(trial: Trial) -> bool:
    """Whether the figures are long and unrounded: round ones differ by one digit by chance."""
    figures = (trial.total, *trial.parts)
    return trial.total.value >= _TELLING and all(place_of(figure.value) <= 10 for figure in figures)


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
