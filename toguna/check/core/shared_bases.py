"""Shares whose base stands elsewhere in the document: in another section, or nowhere, where the items of a list imply it.

`1,600 key informants were interviewed` in the method, `1,120 key informants (70%)` in one chapter, `480 key informants (30%)` in the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toguna.check.core.arithmetic import mistyped, percent, percent_agrees, rounded
from toguna.check.core.claims import Figure
from toguna.check.core.finding import Draft
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.check.core.share_peers import peer_drafts, peers
from toguna.check.core.sharedraft import share_draft_across
from toguna.check.core.sharegroups import shares_of

#: An item of a list has so many words at most, and a list so many items; a longer one is a table that was lost.
_SHORT, _ITEMS, _MOST_ITEMS = 16, 3, 30
#: More shares of one thing than this are of many bases.
_MOST_FELLOWS = 60
#: More counts of one thing than this are a series; some base would fit any share.
_MOST_BASES = 40
#: Passages so near hold the bases that are looked at elsewhere.
_NEAR = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedShare:
    """A count and its share, in the passage at `place` of the document."""

    place: int
    passage: Passage
    part: Quantity
    shown: Quantity

    def fits(self, base: Decimal) -> bool:
        return base >= self.part.value and percent_agrees(self.shown, percent(self.part.value, base))


def shared_base_drafts(found: Sequence[Passage]) -> Iterator[Draft]:
    """Shares that neither the list they are an item of nor a base told elsewhere bears out."""
    shares = [
        PlacedShare(place=place, passage=passage, part=part, shown=shown)
        for place, passage in enumerate(found)
        for part, shown in shares_of(passage)
    ]
    yield from _of_items(found, shares)
    yield from _of_a_far_base(found, shares)


def _of_items(found: Sequence[Passage], shares: Sequence[PlacedShare]) -> Iterator[Draft]:
    """The items of a list, one count with its share in each: one base explains all but one."""
    run: list[PlacedShare] = []
    for share in shares:
        alone = len(share.passage.reading.quantities) == 2 and len(share.passage.tokens) <= _SHORT
        if run and not (alone and share.place == run[-1].place + 1):
            yield from _of_run(found, run)
            run = []
        if alone:
            run.append(share)
    yield from _of_run(found, run)


def _of_run(found: Sequence[Passage], run: Sequence[PlacedShare]) -> Iterator[Draft]:
    if not _ITEMS <= len(run) <= _MOST_ITEMS or len({(own.part.kind, own.part.unit) for own in run}) > 1:
        return
    _, odd, _ = peers([(own.part, own.shown) for own in run])
    if odd is None:
        return
    around = found[max(run[0].place - _NEAR, 0) : run[0].place]
    bases = {own.value for passage in around for own in passage.reading.quantities if own.kind == run[0].part.kind}
    home = next(own.passage for own in run if own.shown is odd.shown)
    for draft, _ in peer_drafts(home, [(own.part, own.shown) for own in run], bases):
        if draft is not None:
            yield draft


def _of_a_far_base(found: Sequence[Passage], shares: Sequence[PlacedShare]) -> Iterator[Draft]:
    """A share that one wrong digit keeps from being of the base that other shares of the same things are of."""
    by_thing: dict[str, list[PlacedShare]] = defaultdict(list)
    for share in shares:
        if share.part.noun and share.part.kind == "count" and 3 < share.shown.value < 100:
            by_thing[share.part.noun[0]].append(share)
    told = _told(found, by_thing)
    for thing, own in by_thing.items():
        bases = told[thing]
        if not 1 < len(own) <= _MOST_FELLOWS or not 1 <= len({base.value for base in bases}) <= _MOST_BASES:
            continue
        for share in own:
            base = _base(share, own, bases)
            if base is not None and not _borne_out_nearby(found, share):
                yield share_draft_across(share.passage, share.part, base, share.shown, "medium")


def _told(found: Sequence[Passage], things: dict[str, list[PlacedShare]]) -> dict[str, list[Figure]]:
    """By thing, the counts of it in the whole document."""
    result: dict[str, list[Figure]] = defaultdict(list)
    for passage in found:
        for own in passage.reading.quantities:
            if own.kind == "count" and own.noun and own.noun[0] in things:
                result[own.noun[0]].append(Figure(quantity=own, passage=passage))
    return result


def _base(share: PlacedShare, fellows: Sequence[PlacedShare], bases: Sequence[Figure]) -> Figure | None:
    """The one base, in another passage, that a fellow is of and that this share would be of but for one digit."""
    if any(share.fits(base.value) for base in bases):
        return None
    fitting = [
        base
        for base in bases
        if base.passage is not share.passage
        and base.value > share.part.value
        and mistyped(rounded(100 * share.part.value / base.value, share.shown.step), share.shown.value)
        and any(other.fits(base.value) for other in fellows if other is not share and other.part.value != base.value)
    ]
    return fitting[0] if len({base.value for base in fitting}) == 1 else None


def _borne_out_nearby(found: Sequence[Passage], share: PlacedShare) -> bool:
    """Whether any count of the passages around it has this share."""
    return any(
        share.fits(own.value)
        for passage in found[max(share.place - _NEAR, 0) : share.place + 2]
        for own in passage.reading.quantities
        if own.kind == share.part.kind
    )
