"""What agrees and what does not: tolerances of rounding and hedges, subsets, and the slips of a typing hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import combinations

from toguna.check.core.quantities import Quantity

_TENTH, _FIFTIETH = Decimal("0.1"), Decimal("0.02")


def slack(quantities: Sequence[Quantity]) -> Decimal:
    """How far a sum of these may be off by rounding alone: half of each last place that is coarser than one."""
    return sum((quantity.step / 2 for quantity in quantities if quantity.step != 1), Decimal(0))


def agrees(total: Quantity, value: Decimal, parts: Sequence[Quantity] = ()) -> bool:
    """Whether the printed total may stand for `value`: exact, rounded as shown, or as its hedge allows if it is round."""
    gap = value - total.value
    if abs(gap) <= slack((total, *parts)):
        return True
    if _within_its_place(total, gap):
        return True
    if not total.is_round or not total.value:
        return False
    share = gap / total.value
    if total.hedge and significant(total.value) > 2 and abs(gap) > 3 * place_of(total.value) + _looseness(parts):
        return abs(share) <= _FIFTIETH
    if total.hedge == "about":
        return abs(share) <= _TENTH
    if total.hedge in ("over", "at-least"):
        return 0 <= share <= _TENTH
    if total.hedge == "nearly":
        return -_TENTH <= share <= 0
    return abs(gap) * 2 < place_of(total.value) and place_of(total.value) >= 1000


def _within_its_place(total: Quantity, gap: Decimal) -> bool:
    """`over 4,840` of 4,845: the exact figure cut to tens, and told so."""
    place = place_of(total.value)
    if place < 10 or total.step != 1:
        return False
    if total.hedge in ("over", "at-least"):
        return 0 <= gap < place
    return abs(gap) < place if total.hedge == "about" else total.hedge == "nearly" and 0 <= -gap < place


def _looseness(parts: Sequence[Quantity]) -> Decimal:
    """How far hedged or rounded parts may be off together, each by its last place."""
    return Decimal(sum(place_of(part.value) for part in parts if part.hedge or part.is_round))


@lru_cache(maxsize=20_000)
def significant(value: Decimal) -> int:
    """How many digits are shown before the closing zeros: 4,200 -> 2."""
    digits = str(int(value))
    return len(digits) - len(str(place_of(value))) + 1


def place_of(value: Decimal) -> int:
    """The worth of the last digit that is not a closing zero: 4,200 -> 100."""
    digits = str(int(abs(value)))
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def subset_agrees(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether some, at least two, of the parts make up the total: the others overlap with them."""
    if len(parts) > 12:
        return False
    return any(
        agrees(total, sum((part.value for part in chosen), Decimal(0)), chosen)
        for size in range(2, len(parts))
        for chosen in combinations(parts, size)
    )


def near(one: Decimal, other: Decimal, share: str = "0.1") -> bool:
    return abs(one - other) <= Decimal(share) * max(abs(one), abs(other))


def mistyped(one: Decimal, other: Decimal) -> bool:
    """Whether one could be the other with one digit wrong, two neighbours swapped, or one digit lost."""
    first, second = f"{abs(one):f}", f"{abs(other):f}"
    if first == second or max(len(first), len(second)) < 2:
        return False
    if len(first) == len(second):
        differing = [index for index, (left, right) in enumerate(zip(first, second, strict=True)) if left != right]
        if len(differing) == 1:
            return True
        return len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(first) == sorted(second)
    short, long = sorted((first, second), key=len)
    return (
        len(long) == len(short) + 1
        and len(short) > 2
        and any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))
    )


def percent(part: Decimal, base: Decimal) -> Decimal | None:
    """`part` of `base` in per cent; None of nothing."""
    return 100 * part / base if base else None


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Half up at the place that is shown."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def percent_agrees(shown: Quantity, value: Decimal | None) -> bool:
    """Whether `shown` may stand for `value`: within one unit of its last place (truncation is allowed), or as hedged if whole."""
    if value is None:
        return False
    gap = value - shown.value
    if abs(gap) < min(shown.step, Decimal(1)):
        return True
    if shown.step < 1:
        return False
    if shown.hedge == "about":
        return abs(gap) <= max(Decimal(2), shown.value * _TENTH)
    if shown.hedge in ("over", "at-least"):
        return 0 <= gap <= max(Decimal(5), shown.value * _TENTH)
    if shown.hedge == "nearly":
        return -max(Decimal(5), shown.value * _TENTH) <= gap <= 0
    return False
