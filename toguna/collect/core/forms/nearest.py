"""What a person most likely meant to write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from toguna.kernel.api import nearest

__all__ = ["as_name", "did_you_mean", "nearest"]


def did_you_mean(word: str, known: Iterable[str], otherwise: tuple[str, str]) -> dict[str, str]:
    """The details ``nearest`` and ``nearest_fr`` of a fault: a question, or what else to do."""
    found = nearest(word, known)
    if found is None:
        return {"nearest": otherwise[0], "nearest_fr": otherwise[1]}
    return {"nearest": f"Did you mean {found}?", "nearest_fr": f"Vouliez-vous dire {found} ?"}


def as_name(text: str) -> str:
    """A name made of any text: ``Date d'arrivée`` gives ``date_d_arrivee``; ``question`` of nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return f"q_{name}" if name[:1].isdigit() else name or "question"
