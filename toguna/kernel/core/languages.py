"""Words by language, for a text in any language: what Toguna itself says is in English and French, labels are in what the operation speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Entry = TypeVar("Entry")

#: In what everything of Toguna's own is written.
FALLBACK = "en"


class ByLanguage(dict[str, Entry]):
    """Entries by language code. Of a language that it does not have: the English one, else the first. An empty one raises `KeyError`."""

    def __missing__(self, language: str) -> Entry:
        for other in (FALLBACK, *self):
            if other in self:
                return self[other]
        raise KeyError(language)

    def get(self, language: str, default: Any = None) -> Any:
        """As with brackets; the default is for an empty one alone."""
        return self[language] if self else default


class Labels(ByLanguage[Entry]):
    """What an operation wrote itself, its first language first. Of a language that it does not have: the first that there is."""

    def __missing__(self, language: str) -> Entry:
        for first in self.values():
            return first
        raise KeyError(language)


def labels(texts: Mapping[str, str], languages: Iterable[str]) -> Labels[str]:
    """The texts that are not blank, those in the operation's languages first and in their order."""
    ordered = dict.fromkeys((*languages, *texts))
    return Labels({language: text for language in ordered if (text := dict.get(dict(texts), language))})
