"""Figures of a document that are so near one another that one may be a slip of the other, found without comparing all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from toguna.check.core.arithmetic import mistyped, significant
from toguna.check.core.mentions import Mention

#: Of the figures next in size, so many are compared.
_NEIGHBOURS = 24
#: More figures of one kind than this are a series (the women of each activity): two that are close are so by chance.
#: The second number is for a figure that may be a key figure and one of the body.
_SERIES = 12, 40
#: The places after the point that a comparison sees.
_PLACES = 6

#: A figure that shows so many digits is long.
_LONG = 5
#: So many figures of five digits in a series have two by chance that differ in one digit; with each digit more, thrice as many.
_LONG_SERIES = 20


class _Sized(NamedTuple):
    """A mention with its value in millionths, the digits that it shows, and its two series, below 0 where there is none.

    `repeated`: its value stands in two places or more, so it is a fact of its own.
    """

    size: int
    mention: Mention
    digits: int
    wide: int
    narrow: int
    repeated: bool


def close_pairs(everything: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, bool]]:
    """Pairs of different values within a tenth of one another or a slip of the hand apart; True where it may well be chance.

    Only what counts the same for the same groups is paired, never within a passage, nor two values that are both repeated;
    within a series long figures alone.
    """
    comparable: dict[tuple[object, ...], list[_Sized]] = defaultdict(list)
    for sized in _sized(everything):
        mention = sized[1]
        comparable[mention.quantity.kind, mention.quantity.unit, mention.groups].append(sized)
    for members in comparable.values():
        if len(members) > 1:
            crowds = _crowds(members)
            yield from _told_apart(_next_in_size(members), crowds)
            yield from _told_apart(_slips(members), crowds)


def _sized(everything: Sequence[Mention]) -> Iterator[_Sized]:
    """Each with its series: what it counts, for whom, in what unit; and that among the headlines or in the body."""
    sorts: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, mention in enumerate(everything):
        kind: tuple[object, ...] = mention.groups, mention.unit, mention.quantity.noun[:1]
        sorts[kind].append(place)
        sorts[*kind, mention.headline].append(place)
    wide, narrow = [-1] * len(everything), [-1] * len(everything)
    for number, (kind, members) in enumerate(sorts.items()):
        if len(members) > _SERIES[len(kind) == 3]:
            series = wide if len(kind) == 3 else narrow
            for place in members:
                series[place] = number
    repeated = _repeated(everything)
    for place, mention in enumerate(everything):
        value = mention.quantity.value
        yield _Sized(
            int(value.scaleb(_PLACES)), mention, significant(value), wide[place], narrow[place], value in repeated
        )


def _repeated(everything: Sequence[Mention]) -> set[Decimal]:
    """Values that stand in two places or more: each is a fact of its own."""
    places = {(mention.quantity.value, mention.passage.index) for mention in everything}
    counts = Counter(value for value, _ in places)
    return {value for value, times in counts.items() if times > 1}


def _crowds(members: Sequence[_Sized]) -> Counter[int]:
    """How many long figures each of the wider series has."""
    return Counter(sized.wide for sized in members if sized.wide >= 0 and sized.digits >= _LONG)


def _told_apart(
    pairs: Iterable[tuple[_Sized, _Sized]], crowds: Counter[int]
) -> Iterator[tuple[Mention, Mention, bool]]:
    for first, second in pairs:
        _, one, digits, wide, narrow, repeated = first
        _, other, other_digits, other_wide, other_narrow, other_repeated = second
        if (repeated and other_repeated) or one.passage is other.passage:
            continue
        if not (wide == other_wide >= 0 or narrow == other_narrow >= 0):
            yield one, other, False
            continue
        if digits < _LONG or other_digits < _LONG:
            continue
        most = _LONG_SERIES * int(3 ** (min(digits, other_digits) - _LONG))
        if crowds[wide] <= most and mistyped(one.quantity.value, other.quantity.value):
            yield one, other, 3 * crowds[wide] > most


def _next_in_size(members: Sequence[_Sized]) -> Iterator[tuple[_Sized, _Sized]]:
    ordered = sorted(members, key=itemgetter(0))
    for place, one in enumerate(ordered):
        size = one[0]
        for other in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
            if 10 * (other[0] - size) > other[0]:
                break
            if other[0] != size:
                yield one, other


def _slips(members: Sequence[_Sized]) -> Iterator[tuple[_Sized, _Sized]]:
    """Pairs in which one digit is another or two neighbours are swapped."""
    slips: dict[str, list[_Sized]] = defaultdict(list)
    for sized in members:
        digits = f"{sized[1].quantity.value:f}"
        if len(digits) < 3 or "." in digits:
            continue
        for key in _patterns(digits):
            before = slips[key]
            for other in before[-_NEIGHBOURS:]:
                if other[0] != sized[0]:
                    yield other, sized
            before.append(sized)


def _patterns(digits: str) -> Iterator[str]:
    for place in range(len(digits)):
        yield f"{digits[:place]}?{digits[place + 1 :]}"
    for place in range(len(digits) - 1):
        low, high = sorted(digits[place : place + 2])
        yield f"{digits[:place]}<{low}{high}>{digits[place + 2 :]}"


def long_slip(first: Decimal, second: Decimal) -> bool:
    """Two long figures that differ in one digit: hardly by chance."""
    return significant(first) >= _LONG and significant(second) >= _LONG and mistyped(first, second)
