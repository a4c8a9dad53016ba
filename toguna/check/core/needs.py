"""An appeal's money: required, received, gap, and the shares beside them, in a sentence or in boxes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.arithmetic import agrees, mistyped, percent, percent_agrees, rounded
from toguna.check.core.finding import Draft, Span, written
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.sentences import PARTS_AND_TOTAL, PERCENT_OF
from toguna.kernel.core.stems import stems

_ROLES = {
    "required": stems(
        "require requires required requirement requirements requis requise requiert nécessite besoin besoins sollicité sollicités "
        "sollicite request requests requested seek seeks appeal appeals appealed needed needs demandé demandés demande budget appel"
    ),
    "received": stems(
        "received receives available funded secured mobilised mobilized contributed contributions given reçu reçoit perçu reçus reçue disponible disponibles financé mobilisés"
    ),
    "gap": stems("gap shortfall unfunded unmet déficit leaving laissant"),
}
#: Another appeal, another year, a pledge: its figures go with no others.
_OTHER = stems(
    "last previous previously dernier dernière précédent précédente net further additional pledged including"
)
#: The three stand so many blocks apart at most; a role's word so many words before its figure, or behind it.
_APART, _LEAD, _TRAIL = 3, 8, 4
_SHARE_WITHIN = 16
_TIES = {"(", "or", "soit", "ou", ","}
_FUNDED = stems("funded covered financé financés couvert couverts")
_SAID = stems("or ou soit which representing covering représentant couvrant corresponding")
_OF_THE_NEEDS = _ROLES["required"] | stems(
    "funded financé financés total montant amount needs couverture coverage appel"
)
_ELSEWISE = stems("increase decrease more less earmarked carry-over softly unearmarked hausse baisse compared")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """An amount with what it is, and the block it stands in."""

    role: str
    place: int
    passage: Passage
    quantity: Quantity


def needs_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """Gaps that are not the difference, and shares that are not of what is required, each explained by one wrong digit."""
    sums = [own for place, passage in enumerate(found) for own in _sums(place, passage)]
    for own in sums:
        if own.role == "required":
            continue
        required = _partner(sums, own, "required")
        if required is None:
            continue
        draft = _share(own, required)
        if draft is not None:
            yield draft
        received = _partner(sums, own, "received") if own.role == "gap" else None
        if received is not None:
            draft = _gap(own, required, received)
            if draft is not None:
                yield draft


def _sums(place: int, passage: Passage) -> Iterator[Sum]:
    """The amounts of a block that its words give one role."""
    quantities = passage.reading.quantities
    for at, quantity in enumerate(quantities):
        if not _is_money(quantity):
            continue
        sentence = passage.sentences[passage.sentence_of(quantity.first)]
        before = max(sentence.first, quantity.first - _LEAD, quantities[at - 1].last if at else 0)
        after = min(
            sentence.last,
            quantity.last + _TRAIL,
            quantities[at + 1].first if at + 1 < len(quantities) else sentence.last,
        )
        words = passage.stems[before : quantity.first]
        roles = _roles(words)[-1:]
        if not roles:
            words = passage.stems[before:after]
            roles = _roles(words)[:1]
        if roles and _OTHER.isdisjoint(words):
            yield Sum(role=roles[0], place=place, passage=passage, quantity=quantity)


def _roles(words: Sequence[str]) -> list[str]:
    """The roles that the words name, in their order."""
    return [role for word in words for role, names in _ROLES.items() if word in names]


def _is_money(quantity: Quantity) -> bool:
    return quantity.kind == "money" or (quantity.kind == "count" and quantity.step >= 1000 and quantity.value >= 10**6)


def _partner(sums: Sequence[Sum], own: Sum, role: str) -> Sum | None:
    """The one amount of that role near by; None when there is none, or more than one."""
    near_by = [
        other
        for other in sums
        if other.role == role
        and abs(other.place - own.place) <= _APART
        and other.passage.section == own.passage.section
    ]
    units = {other.quantity.unit for other in (own, *near_by) if other.quantity.unit}
    return near_by[0] if len(near_by) == 1 and len(units) < 2 else None


def _share(own: Sum, required: Sum) -> Draft | None:
    """`432 million, or 16 per cent`: the share of what is required."""
    value = percent(own.quantity.value, required.quantity.value)
    told = _percent_behind(own, required)
    beside = _funded_beside(own, required)
    if told is None and beside is not None:
        told = beside, True
    if told is None or value is None or value > 100:
        return None
    shown, named = told
    if percent_agrees(shown, value) or percent_agrees(shown, 100 - value):
        return None
    slip = mistyped(rounded(value, shown.step), shown.value)
    if not slip and not (named and own.role == "received" and abs(value - shown.value) > 2):
        return None
    return Draft(
        kind="percentage",
        confidence="high" if named and own.role == "received" else "medium",
        fault=PERCENT_OF,
        spans=(_span(required, required.quantity), _span(own, shown)),
        expected=written(rounded(value, shown.step)),
        found=written(shown.value),
        details={"part": written(own.quantity.value), "base": written(required.quantity.value)},
    )


def _percent_behind(own: Sum, required: Sum) -> tuple[Quantity, bool] | None:
    """The percentage told with the amount, in a bracket or after `or`, and whether words say that it is of what is required."""
    quantities = own.passage.reading.quantities
    at = bisect_left(quantities, own.quantity.last, key=lambda other: other.first)
    behind = quantities[at : at + 2]
    if behind and behind[0] is required.quantity:
        behind = behind[1:]
    shown = behind[0] if behind else None
    if shown is None or shown.kind != "percent" or shown.first - own.quantity.last > _SHARE_WITHIN:
        return None
    stems_ = own.passage.stems
    between, after = stems_[own.quantity.last : shown.first], stems_[shown.last : shown.last + 7]
    tied = not _TIES.isdisjoint(between[-1:]) or not _SAID.isdisjoint(between)
    if not tied or not _ELSEWISE.isdisjoint((*between, *after)):
        return None
    end = next((at for at, word in enumerate(after) if word in {".", ";"}), len(after))
    beside = between == ("(",) and after[:1] == (")",)
    named = beside or not _OF_THE_NEEDS.isdisjoint((*between, *after[:end])) or _of_which(own, required)
    return shown, named


def _funded_beside(own: Sum, required: Sum) -> Quantity | None:
    """`The appeal for USD 60 million is 35 per cent funded, with USD 21 million received`: the one such share of the sentence."""
    if not _of_which(own, required) or own.role != "received":
        return None
    home = own.passage
    sentence = home.sentences[home.sentence_of(own.quantity.first)]
    shares = [other for other in sentence.quantities if other.kind == "percent"]
    told = shares and not _FUNDED.isdisjoint(home.stems[shares[0].last : shares[0].last + 2])
    return shares[0] if len(shares) == 1 and told else None


def _of_which(own: Sum, required: Sum) -> bool:
    """`requires $ 120 million, of which $ 30 million (25%) has been funded`; `received against the 120 million requested`."""
    if own.passage is not required.passage:
        return False
    home = own.passage
    return home.sentence_of(own.quantity.first) == home.sentence_of(required.quantity.first)


def _gap(gap: Sum, required: Sum, received: Sum) -> Draft | None:
    three = gap.quantity, required.quantity, received.quantity
    value = received.quantity.value + gap.quantity.value
    if agrees(required.quantity, value, three) or received.quantity.value >= required.quantity.value:
        return None
    slips = (
        mistyped(required.quantity.value, value),
        mistyped(gap.quantity.value, required.quantity.value - received.quantity.value),
        mistyped(received.quantity.value, max(required.quantity.value - gap.quantity.value, Decimal(0))),
    )
    if not any(slips) and not _alone_together(gap, required, received):
        return None
    return Draft(
        kind="sum",
        confidence="medium",
        fault=PARTS_AND_TOTAL,
        spans=(_span(required, required.quantity), _span(gap, gap.quantity)),
        expected=written(value),
        found=written(required.quantity.value),
        details={"parts": f"{written(received.quantity.value)} + {written(gap.quantity.value)}"},
    )


def _alone_together(*three: Sum) -> bool:
    """Whether they are the three amounts of one sentence: then its words make the claim."""
    home = three[0].passage
    if any(own.passage is not home for own in three):
        return False
    places = {home.sentence_of(own.quantity.first) for own in three}
    money = [own for own in home.sentences[min(places)].quantities if _is_money(own)]
    return len(places) == 1 and len(money) == 3


def _span(own: Sum, quantity: Quantity) -> Span:
    start, end = own.passage.around(quantity.first, quantity.last, 4, 3)
    return Span(text=own.passage.index, start=start, end=end)
