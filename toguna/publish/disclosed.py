"""What the disclosure audit found, in the words of a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toguna.figures.core.disclosure.cures import Cure
from toguna.figures.core.disclosure.protected_cells import CellLabel
from toguna.kernel.api import Language, Period
from toguna.kernel.core.languages import ByLanguage

_CURES: Mapping[str, Mapping[Language, str]] = {
    "round": ByLanguage(
        {
            "en": "Round {reference}: show=about,digits={digits}.",
            "fr": "Arrondissez {reference} : show=about,digits={digits}.",
        }
    ),
    "merge": ByLanguage(
        {
            "en": "Ask for {reference} without {without}.",
            "fr": "Demandez {reference} sans {without}.",
        }
    ),
    "drop": ByLanguage({"en": "Leave out {reference}.", "fr": "Retirez {reference}."}),
}
_NONE: Mapping[Language, str] = ByLanguage(
    {
        "en": "Leave out several of these figures: one is not enough.",
        "fr": "Retirez plusieurs de ces chiffres : un seul ne suffit pas.",
    }
)
_CHANGE: Mapping[Language, str] = ByLanguage(
    {
        "en": "changed since an earlier edition",
        "fr": "modifié depuis une édition antérieure",
    }
)


def cell_words(cell: CellLabel, name: Callable[[str], str], language: Language) -> str:
    """The days, and the values of each axis by name: ``2016-12, Gao, sexual violence``. Whether a row came late is said too."""
    words = [Period(start=cell.start, end=cell.end).written()]
    if cell.is_change:
        return ", ".join([*words, _CHANGE[language]])
    return ", ".join([*words, *(" + ".join(name(code) for code in codes.split(",")) for _, codes in cell.values)])


def cure_words(cure: Cure | None, language: Language) -> str:
    """What to write instead."""
    if cure is None:
        return _NONE[language]
    return _CURES[cure.change][language].format(
        reference=cure.figure.reference, digits=cure.digits, without=cure.without
    )
