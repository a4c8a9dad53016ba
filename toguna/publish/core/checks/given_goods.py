"""Goods that a sentence says were given to the people whom a figure counts: kits were given to 193 people. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks.figure_words import FigureWords
from toguna.publish.core.checks.subjects import FORMS, subject_words

_GIVEN: Mapping[Language, re.Pattern[str]] = ByLanguage(
    {
        "en": re.compile(
            r"\b(?:given|gave|distributed|provided|handed|delivered|issued|supplied|receiv\w+|got|obtained)\b", re.I
        ),
        "fr": re.compile(
            r"\b(?:distribu\w*|remis\w*|donné\w*|fourni\w*|livré\w*|reç\w+|doté\w*|bénéfici\w*|obtenu\w*)\b", re.I
        ),
    }
)
#: Stems that say nothing of what was done: around, autour, covered, couvertes.
_COMMON = FORMS | {"aroun", "autou", "cover", "couve", "point", "regio", "house", "menag", "recei", "given"}


def goods_given(sentence: str, label: Mapping[Language, str], words: FigureWords, language: Language) -> str | None:
    """The goods that the words around a number say were given, where the figure's label knows none of them.

    None where the words name as well what the figure counts: who came to a session may have been given soap besides.
    """
    if language not in _GIVEN or not _GIVEN[language].search(sentence):
        return None
    said = words.codes("goods", sentence, language)
    known = {code for each, text in label.items() for code in words.codes("goods", text, each)}
    if not said or said & known:
        return None
    if (subject_words(sentence) & subject_words(" ".join(label.values()))) - _COMMON:
        return None
    found = words.first("goods", sentence, language)
    return found[1][0] if found else None
