"""What the sessions of an operation are about, as stems of the words of their labels. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.publish.core.checks.figure_words import FigureWords

SESSION = re.compile(r"session|séance|dialogue|workshop|atelier|participant", re.IGNORECASE)
#: Stems of what all sessions are.
FORMS = frozenset(["sessi", "seanc", "dialo", "works", "ateli", "parti", "perso", "place", "locali", "villa", "sites"])
_STEM = 5


def subject_words(text: str) -> frozenset[str]:
    """Stems of the words of a text, without accents."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each))
    return frozenset(word[:_STEM] for word in re.findall(r"[a-z]{4,}", plain))


def subject_stems(
    labels: Mapping[str, Mapping[Language, str]], words: FigureWords, language: Language
) -> Mapping[str, frozenset[str]]:
    """By indicator, the stems of what its sessions are about: those of its label that are no unit, group or other common word."""
    found = {}
    for indicator, label in labels.items():
        if SESSION.search(label[language]):
            common = {
                stem
                for word in re.findall(r"[\w'’-]+", label[language])
                if any(words.codes(kind, word, language) for kind in ("unit", "group", "generic"))  # type: ignore[arg-type]
                for stem in subject_words(word)
            }
            found[indicator] = subject_words(label[language]) - common
    return found
