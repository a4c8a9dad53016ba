"""Lists under a total: a sentence that ends in a colon, and bullets that each begin with a count or a label and a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toguna.check.claims import Claim, Figure
from toguna.check.lexicon import PARTIAL
from toguna.check.lists import has_phrase
from toguna.check.passages import Passage
from toguna.check.quantities import Quantity

#: A count stands so many words into its bullet at most, unless a colon or a dash leads to it.
_LEAD = 3
_MARKS = {":", "–", "—", "-", "="}


def bullet_claims(found: Sequence[Passage]) -> Iterator[Claim]:
    """One claim a list of at least two bullets under a sentence that announces them with a figure."""
    for place, passage in enumerate(found):
        if not passage.tokens or passage.tokens[-1].text != ":" or passage.kind == "heading":
            continue
        items = _items(found, place + 1)
        parts = [part for part in map(_count_of, items) if part is not None]
        if len(parts) < 2 or len(parts) < len(items):
            continue
        last = passage.sentences[-1]
        first = parts[0].quantity
        candidates = tuple(
            Figure(quantity=quantity, passage=passage)
            for quantity in reversed(last.quantities)
            if quantity.kind == first.kind and quantity.unit == first.unit
        )
        if candidates and not has_phrase(passage.stems, last.first, last.last, PARTIAL):
            yield Claim(
                parts=tuple(parts),
                candidates=candidates,
                link="bullets",
                whole=True,
                start=items[0].tokens[0].start,
                end=items[0].tokens[-1].end,
            )


def _items(found: Sequence[Passage], place: int) -> list[Passage]:
    items: list[Passage] = []
    for passage in found[place : place + 30]:
        if passage.kind != "bullet":
            break
        items.append(passage)
    return items


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
