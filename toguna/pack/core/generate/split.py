"""Totals split into whole parts that add up to exactly the total."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

#: How many of a household are women, men, girls, boys, as weights.
COMPOSITION = (23, 22, 28, 27)


def apportion(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Whole parts in proportion to the weights, by largest remainder; each at least `least` where the total allows it.

    Refuses (`ValueError`) a negative total, and no weights for a total above 0.
    """
    if total < 0 or (total and not weights):
        raise ValueError(f"{total} cannot be split into {len(weights)} parts")
    if not weights:
        return []
    floor = least if least * len(weights) <= total else 0
    rest = total - floor * len(weights)
    weight = sum(weights)
    exact = [rest * each / weight if weight else rest / len(weights) for each in weights]
    parts = [int(each) for each in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: rest - sum(parts)]:
        parts[at] += 1
    return [floor + part for part in parts]


def scatter(total: int, parts: int, rng: Random, least: int = 0) -> list[int]:
    """As `apportion`, the weights drawn."""
    return apportion(total, [rng.uniform(0.5, 1.5) for _ in range(parts)], least)


def sizes(total: int, choices: Sequence[int], rng: Random) -> list[int]:
    """Group sizes drawn from the choices until they add up to exactly the total."""
    drawn: list[int] = []
    while total:
        size = min(rng.choice(choices), total)
        drawn.append(size)
        total -= size
    return drawn
