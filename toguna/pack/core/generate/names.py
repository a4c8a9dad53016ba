"""Names of nobody: syllables put together."""

from __future__ import annotations

from random import Random

_FIRST = ("Ba", "Di", "Fa", "Ka", "Ma", "Na", "Sa", "Ta", "Wa", "Ya", "Bo", "Do", "Ko", "Mo", "So")
_MIDDLE = ("li", "ra", "mi", "na", "do", "ri", "sa", "wo", "ki", "bu")
_LAST = ("ta", "ro", "né", "ka", "ma", "lo", "ré", "du", "so", "gui")


def invented_name(rng: Random) -> str:
    """A given name and a family name that no list of names was asked for."""
    given = rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(_LAST)
    family = rng.choice(_FIRST) + rng.choice(_LAST) + rng.choice(_MIDDLE)
    return f"{given} {family.upper()}"
