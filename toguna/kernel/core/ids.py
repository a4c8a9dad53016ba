"""Identifiers: random, or drawn from a name so that the same thing always gets the same one."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID, uuid4, uuid5

#: The namespace of every name-drawn identifier of Toguna.
_TOGUNA = UUID("6f0d2e0e-6c3b-5d8e-9a55-3f6f1f2c9b10")

#: What may name a form, an indicator, an entity list, a role.
SLUG = re.compile(r"[a-z][a-z0-9_]*")


def new_id() -> str:
    """A random UUID version 4."""
    return str(uuid4())


def drawn_id(*names: str) -> str:
    """The UUID of a chain of names, always the same; version 4 in form, as ODK Entities 2025.1 demands of an entity id."""
    drawn = uuid5(_TOGUNA, "\x1f".join(names))
    return str(UUID(bytes=drawn.bytes, version=4))


def is_slug(text: str) -> bool:
    return SLUG.fullmatch(text) is not None


def as_slug(text: str) -> str:
    """A slug made of any text: ``Date d'arrivée`` gives ``date_d_arrivee``; ``question`` of nothing. A slug is its own."""
    if is_slug(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return f"q_{name}" if name[:1].isdigit() else name or "question"
