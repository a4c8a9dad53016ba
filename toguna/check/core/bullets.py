"""Lists under a total: a sentence that ends in a colon, and bullets that each begin with a count or a label and a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toguna.check.core.claims import Claim, Figure
from toguna.check.core.lexicon import PARTIAL
from toguna.check.core.lists import has_phrase
from toguna.check.core.passages import Passage
from toguna.check.core.quantities import Quantity
from toguna.kernel.core.stems import stems

#: A count stands so many words into its bullet at most, unless a colon or a dash leads to it.
_LEAD = 3
_TOTAL = stems("total ensemble")
_BREAKING_DOWN = stems(
    "breakdown disaggregation disaggregated répartition ventilation ventilés détail by per par follows suit"
)
_MARKS = {":", "–", "—", "-", "="}


def bullet_claims(found: Sequence[Passage]) -> Iterator[Claim]:
    """One claim a list of at least two bullets under a sentence that announces them with a figure."""
    for place, passage in enumerate(found):
        if not passage.tokens or passage.tokens[-1].text != ":" or passage.kind == "heading":
            continue
        items, closing = _items(found, place + 1)
        parts = [part for part in map(_count_of, items) if part is not None]
        if len(parts) < 2 or len(parts) < len(items):
            continue
        last = passage.sentences[-1]
        if has_phrase(passage.stems, last.first, last.last, PARTIAL):
            continue
        far = not any(quantity.kind == parts[0].quantity.kind for quantity in last.quantities)
        if far and not closing and _BREAKING_DOWN.isdisjoint(passage.stems[last.first : last.last]):
            continue
        announced = passage.reading.quantities if far else last.quantities
        for totals, loose in ((_alike(passage, announced, parts), far), (closing, False)):
            if totals:
                yield Claim(
                    parts=tuple(parts),
                    candidates=totals,
                    link="bullets",
                    whole=True,
                    start=items[0].tokens[0].start,
                    end=items[0].tokens[-1].end,
                    loose=loose,
                )


def _alike(passage: Passage, quantities: Sequence[Quantity], parts: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those of the same kind and unit as the parts, the last first."""
    first = parts[0].quantity
    return tuple(
        Figure(quantity=quantity, passage=passage)
        for quantity in reversed(quantities)
        if quantity.kind == first.kind and quantity.unit == first.unit
    )


def _items(found: Sequence[Passage], place: int) -> tuple[list[Passage], tuple[Figure, ...]]:
    """The bullets from `place` on, and the one figure of the line `Total: ...` that closes them."""
    items: list[Passage] = []
    for passage in found[place : place + 30]:
        if passage.tokens and passage.tokens[0].stem in _TOTAL and len(items) > 1:
            counts = [own for own in passage.reading.quantities if own.kind in ("count", "money")]
            closes = len(counts) == 1 and len(passage.tokens) < 10 and _leads(passage, counts[0])
            return items, (Figure(quantity=counts[0], passage=passage),) if closes else ()
        if passage.kind != "bullet":
            break
        items.append(passage)
    return items, ()


def _count_of(item: Passage) -> Figure | None:
    """The count that the bullet gives: at its start, or behind the colon or dash after its label."""
    counts = [
        quantity for quantity in item.reading.quantities if quantity.kind in ("count", "money") and not quantity.depth
    ]
    if not counts:
        return None
    first = counts[0]
    return Figure(quantity=first, passage=item) if _leads(item, first) else None


def _leads(item: Passage, quantity: Quantity) -> bool:
    before = item.tokens[quantity.first - 1].text if quantity.first else ""
    return quantity.first <= _LEAD or (before in _MARKS and quantity.first <= 10)
