"""Words as people write them: without accents, capitals, apostrophes and doubled blanks; tags of the Humanitarian Exchange Language (HXL)."""

from __future__ import annotations

import re
from functools import lru_cache

from toguna.places.core.tree import folded

#: ``#affected +f +children``, as the HXL standard writes a tag and its attributes.
_TAG = re.compile(r"#\s*[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_STAR = re.compile(r"[\s*:]+$")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """``Éducation / Femmes *`` is ``education femmes``."""
    return folded(_STAR.sub("", text))


def is_tag(text: str) -> bool:
    return _TAG.fullmatch(text.strip()) is not None


@lru_cache(maxsize=10_000)
def plain_tag(text: str) -> str:
    """The tag in one writing: small letters, no blanks, attributes in order."""
    name, *attributes = re.sub(r"\s+", "", text.lower()).split("+")
    return "+".join([name, *sorted(attributes)])


#: What people write where nothing is known; a dash is not among them: it may mean none.
UNKNOWN = frozenset(
    fold(word) for word in ("n/a", "na", "nd", "n/d", "nc", "non disponible", "not available", "inconnu", "unknown")
)
