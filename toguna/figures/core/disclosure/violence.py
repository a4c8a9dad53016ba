"""Figures on gender-based violence: printed by their owner's written agreement, never finer than a region, never by who served.

Source: the inter-agency practice for sharing such figures (an information sharing protocol signed by all who provide services).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.conditions import tables_of

#: Regions are places of this level.
REGION = 1
#: Gives the level of a place; None of one that is not known.
LevelOf = Callable[[str], int | None]


def is_barred(
    indicator: Indicator,
    indicators: Mapping[str, Indicator],
    places: Sequence[str],
    categories: Iterable[str],
    level_of: LevelOf,
) -> bool:
    """Whether a figure may not be printed whatever its value.

    `places` are the codes asked for, none for the whole operation; `categories` those by which it is narrowed or split.
    """
    own = _of_violence(indicator, indicators)
    if not own:
        return False
    if any(one.on_violence is None or not one.on_violence.is_given for one in own):
        return True
    if any((level := level_of(code)) is None or level > REGION for code in places):
        return True
    return any(_names_provider(indicator, indicators, name) for name in categories)


def _of_violence(indicator: Indicator, indicators: Mapping[str, Indicator]) -> list[Indicator]:
    """The indicators that say so, of those over the same tables: another name for the same rows changes nothing."""
    tables = tables_of(indicator, indicators)
    return [one for one in indicators.values() if one.on_violence is not None and tables_of(one, indicators) & tables]


def _names_provider(indicator: Indicator, indicators: Mapping[str, Indicator], name: str) -> bool:
    if indicator.is_derived:
        return any(_names_provider(indicators[part], indicators, name) for part in indicator.of)
    category = indicator.categories.get(name)
    return category is not None and category.long is not None and category.long.read.column.reference == "organisations"
