"""What a person most likely meant to write."""

from __future__ import annotations

from collections.abc import Iterable

from toguna.kernel.api import as_slug as as_name
from toguna.kernel.api import nearest

__all__ = ["as_name", "did_you_mean", "nearest"]


def did_you_mean(word: str, known: Iterable[str], otherwise: tuple[str, str]) -> dict[str, str]:
    """The details ``nearest`` and ``nearest_fr`` of a fault: a question, or what else to do."""
    found = nearest(word, known)
    if found is None:
        return {"nearest": otherwise[0], "nearest_fr": otherwise[1]}
    return {"nearest": f"Did you mean {found}?", "nearest_fr": f"Vouliez-vous dire {found} ?"}
