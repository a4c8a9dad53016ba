"""What a person most likely meant to write."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is most like it, capitals aside; none when none is."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower()[:80], by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None
