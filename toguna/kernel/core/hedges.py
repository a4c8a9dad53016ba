"""Words that say how exact a printed number is, and when each is true: one table for compiler and checker (grammar 2).

The printed number is compared with the exact one; "within 10 %" is 10 % of the exact one. A hedge that its value does not
allow is a fault, not a matter of taste.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from toguna.kernel.core.languages import ByLanguage
from toguna.kernel.core.problems import Language

Hedge = Literal["about", "over", "at-least", "nearly"]
HEDGES: tuple[Hedge, ...] = get_args(Hedge)

#: By how much of the exact number a hedged one may differ.
TOLERANCE = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class HedgeWords:
    """One hedge: the words that say it, the first of each language being ours, and its condition in a sentence."""

    words: Mapping[Language, tuple[str, ...]]
    condition: Mapping[Language, str]
    #: How a number is rounded so that the hedge stays true of it.
    rounding: str


#: `près de` stands with about, as grammar 2 says; `au-dessus de` and the like with over.
HEDGE_TABLE: Mapping[Hedge, HedgeWords] = {
    "about": HedgeWords(
        words=ByLanguage(
            {
                "en": ("about", "some", "approximately", "around", "roughly", "circa", "an estimated"),
                "fr": ("environ", "près de", "quelque", "approximativement", "à peu près", "autour de"),
            }
        ),
        condition=ByLanguage({"en": "within 10 % of the exact number", "fr": "à 10 % près du chiffre exact"}),
        rounding=ROUND_HALF_UP,
    ),
    "over": HedgeWords(
        words=ByLanguage(
            {
                "en": ("over", "more than", "above", "in excess of", "upwards of"),
                "fr": ("plus de", "au-dessus de", "au-delà de"),
            }
        ),
        condition=ByLanguage(
            {
                "en": "the exact number is above it, by at most 10 %",
                "fr": "le chiffre exact est au-dessus, de 10 % au plus",
            }
        ),
        rounding=ROUND_FLOOR,
    ),
    "at-least": HedgeWords(
        words=ByLanguage(
            {
                "en": ("at least", "no fewer than", "no less than", "a minimum of"),
                "fr": ("au moins", "au minimum", "pas moins de"),
            }
        ),
        condition=ByLanguage({"en": "the exact number is not below it", "fr": "le chiffre exact n'est pas au-dessous"}),
        rounding=ROUND_FLOOR,
    ),
    "nearly": HedgeWords(
        words=ByLanguage(
            {
                "en": ("nearly", "almost", "close to", "just under"),
                "fr": ("presque", "pas loin de", "un peu moins de"),
            }
        ),
        condition=ByLanguage(
            {
                "en": "the exact number is below it, by at most 10 %",
                "fr": "le chiffre exact est au-dessous, de 10 % au plus",
            }
        ),
        rounding=ROUND_CEILING,
    ),
}


def hedge_holds(hedge: Hedge, exact: Decimal, printed: Decimal) -> bool:
    """Whether the hedge is true of the printed number, given the exact one."""
    near = abs(exact - printed) <= abs(exact) * TOLERANCE
    if hedge == "about":
        return near
    if hedge == "over":
        return exact > printed and near
    if hedge == "at-least":
        return exact >= printed
    return exact < printed and near


def hedge_of(words: str, language: Language) -> Hedge | None:
    """The hedge that these words say, capitals and doubled blanks aside; none when they say none."""
    said = " ".join(words.lower().replace("d’", "de ").replace("d'", "de ").split())
    for hedge, entry in HEDGE_TABLE.items():
        if said in entry.words[language]:
            return hedge
    return None
