"""Figure references (grammar 2): ``people_repatriated?movement=civ-2016-12&sex=f``. Read, checked, written in one canonical way.

`parse_reference` knows the grammar alone; `check_reference` knows the indicators. Keys stand sorted when written by us.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.problems import FAULTS
from toguna.kernel.api import NotAPeriod, Period, Place, Problem, Refused, is_slug, parse_period
from toguna.kernel.core.hedges import HEDGES, Hedge
from toguna.kernel.core.likeness import did_you_mean

Style = Literal["number", "words", "percent", "million", "list", "names", "change"]
STYLES: tuple[Style, ...] = get_args(Style)
#: As `show` writes that a number is rounded to a multiple of five.
TO_FIVE = "nearest-5"
_ITEM = re.compile(r"[A-Za-z0-9_.:+\-]+")
_DIGITS = re.compile(r"digits[=:](-?[0-9])")
_KEYS = ("as_of", "edition", "period", "place", "show")
_LONGEST = 1000
#: An age range: ``0-17``, ``60+``, ``5``.
_AGES = re.compile(r"(\d{1,3})(?:-(\d{1,3})|(\+))?")


@dataclass(frozen=True, kw_only=True)
class Show:
    """How a figure is printed. `digits`: after the point of what is shown; below zero, rounded to tens, hundreds ...

    `to_five`: rounded to a multiple of five, instead of digits.
    """

    style: Style = "number"
    hedge: Hedge | None = None
    digits: int | None = None
    currency: bool = False
    to_five: bool = False

    def written(self) -> str:
        """Empty for a plain number."""
        parts = [self.hedge or "", "currency" if self.currency else "", self.style if self.style != "number" else ""]
        parts.append("" if self.digits is None else f"digits={self.digits}")
        parts.append(TO_FIVE if self.to_five else "")
        return ",".join(sorted(part for part in parts if part))


@dataclass(frozen=True, kw_only=True)
class FigureReference:
    """As written: a period may still be relative, a place a slug; a set of categories keeps its order of writing sorted."""

    indicator: str
    period: str | None = None
    place: tuple[str, ...] = ()
    as_of: str | None = None
    edition: str | None = None
    show: Show = field(default_factory=Show)
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def written(self) -> str:
        """The one writing of this reference: keys and sets sorted, defaults left out."""
        keys = {name: ",".join(sorted(values)) for name, values in self.categories.items()}
        own = {
            "period": self.period or "",
            "place": ",".join(sorted(self.place)),
            "as_of": self.as_of or "",
            "edition": self.edition or "",
            "show": self.show.written(),
        }
        query = "&".join(f"{name}={value}" for name, value in sorted({**keys, **own}.items()) if value)
        return f"{self.indicator}?{query}" if query else self.indicator

    def __str__(self) -> str:
        return self.written()

    def __hash__(self) -> int:
        return hash(self.written())

    def resolved_period(self, own: Period) -> Period:
        """Seen from the text's own period, which is also the default. Refuses (`NotAPeriod`) what grammar 2 does not write."""
        return own if self.period is None else parse_period(self.period, own)


def parse_reference(text: str, at: Place | None = None) -> tuple[FigureReference | None, list[Problem]]:
    """The reference, or every fault of its writing. Whether its categories exist is `check_reference`'s question."""
    place = at or Place()
    name, question, query = text.partition("?")
    if len(text) > _LONGEST or not is_slug(name) or (question and not query):
        return None, [FAULTS["reference_wrong"].at(place, near=text[:80])]
    problems: list[Problem] = []
    found: dict[str, tuple[str, ...]] = {}
    for pair in query.split("&") if query else ():
        key, equals, value = pair.partition("=")
        items = tuple(value.split(","))
        if not equals or not is_slug(key) or not all(_is_item(key, item) for item in items):
            problems.append(FAULTS["reference_pair"].at(place, near=pair[:80]))
        elif key in found:
            problems.append(FAULTS["reference_key_twice"].at(place, key=key))
        else:
            found[key] = tuple(dict.fromkeys(items))
    show, shown = _show(found.pop("show", ()), place)
    problems += shown + _single_keys(found, place) + _period(found.get("period"), place)
    if problems:
        return None, problems
    own = {key: found.pop(key, None) for key in _KEYS if key != "show"}
    return FigureReference(
        indicator=name,
        period=_first(own["period"]),
        place=tuple(sorted(own["place"] or ())),
        as_of=_first(own["as_of"]),
        edition=_first(own["edition"]),
        show=show,
        categories={key: tuple(sorted(found[key])) for key in sorted(found)},
    ), []


def require_indicator(name: str, indicators: Mapping[str, Indicator]) -> Indicator:
    """The indicator of that id. Refuses an unknown one."""
    if name not in indicators:
        raise Refused(_unknown_indicator(name, indicators, Place()))
    return indicators[name]


def _unknown_indicator(name: str, indicators: Mapping[str, Indicator], place: Place) -> Problem:
    cures = ("List the indicators with toguna figures.", "Listez les indicateurs avec toguna figures.")
    return FAULTS["indicator_unknown"].at(place, indicator=name, **did_you_mean(name, indicators, cures))


def check_reference(
    reference: FigureReference, indicators: Mapping[str, Indicator], at: Place | None = None
) -> list[Problem]:
    """Every fault that only the indicators can tell: unknown indicator, category it does not have, value it cannot take."""
    place = at or Place()
    indicator = indicators.get(reference.indicator)
    if indicator is None:
        return [_unknown_indicator(reference.indicator, indicators, place)]
    problems = []
    for key, values in reference.categories.items():
        categories = categories_of(indicator, indicators)
        if key not in categories:
            problems.append(_unknown_key(key, indicator, indicators, place))
            continue
        problems += [
            FAULTS["category_value_unknown"].at(place, key=key, value=value, **_near_value(value, categories[key]))
            for value in values
            if not _can_take(categories[key], value)
        ]
    problems += [*_crossed(reference, indicator, place), *_cut_ages(reference, indicator, place)]
    if reference.show.style in ("list", "names") and not reference.categories and indicator.is_derived:
        problems.append(FAULTS["show_list_of_derived"].at(place, indicator=indicator.id))
    if reference.show.style == "change" and indicator.kind != "change":
        problems.append(FAULTS["show_change"].at(place, indicator=indicator.id, kind=indicator.kind))
    return problems


def categories_of(indicator: Indicator, indicators: Mapping[str, Indicator]) -> Mapping[str, Category]:
    """Its own; of a derived one those that all its parts have."""
    if not indicator.is_derived:
        return indicator.categories
    parts = [categories_of(indicators[name], indicators) for name in indicator.of if name in indicators]
    shared = set.intersection(*(set(part) for part in parts)) if parts else set()
    return {name: category for name, category in (parts[0] if parts else {}).items() if name in shared}


def age_range(value: str) -> tuple[int, int | None] | None:
    """``0-17`` gives (0, 17), ``60+`` (60, None), ``5`` (5, 5); none of another writing or of a range that ends before it begins."""
    match = _AGES.fullmatch(value)
    if match is None:
        return None
    low = int(match[1])
    high = None if match[3] else int(match[2] or low)
    return None if high is not None and high < low else (low, high)


def values_of(category: Category) -> frozenset[str]:
    """What it can take as far as the form says; empty where any value may come."""
    wide = {cell or UNKNOWN for cell in category.wide.cells.values()} if category.wide else set()
    if category.long is None:
        return frozenset(wide)
    return (
        frozenset({*wide, *category.long.read.column.choices, UNKNOWN})
        if category.long.read.column.choices
        else frozenset()
    )


def _can_take(category: Category, value: str) -> bool:
    known = values_of(category)
    if value == UNKNOWN:
        return category.long is not None or category.age is not None or value in known
    ages = category.age is not None or any(age_range(cell) for cell in known)
    if ages and age_range(value) is not None:
        return True
    return value in known if known else category.long is not None


def _near_value(value: str, category: Category) -> dict[str, str]:
    known = sorted(values_of(category))
    if category.age is not None:
        return {"nearest": "Write an age such as 0-17 or 60+.", "nearest_fr": "Écrivez un âge comme 0-17 ou 60+."}
    listed = ", ".join(known[:15])
    return did_you_mean(value, known, (f"It takes {listed}.", f"Elle prend {listed}."))


def _unknown_key(key: str, indicator: Indicator, indicators: Mapping[str, Indicator], place: Place) -> Problem:
    """Names the categories it has, and whose indicators could give this one."""
    own = categories_of(indicator, indicators)
    able = [other.id for other in indicators.values() if key in categories_of(other, indicators)]
    known = [*own, *_KEYS]
    near = did_you_mean(key, known, (f"It takes {', '.join(known)}.", f"Il prend {', '.join(known)}."))
    if able:
        return FAULTS["category_elsewhere"].at(
            place, key=key, indicator=indicator.id, able=", ".join(able[:10]), **near
        )
    return FAULTS["reference_key_unknown"].at(place, key=key, indicator=indicator.id, **near)


def _crossed(reference: FigureReference, indicator: Indicator, place: Place) -> list[Problem]:
    """Wide categories over different columns split the same total twice: the form never asked for both at once."""
    wide = {
        key: frozenset(indicator.categories[key].wide.cells)  # type: ignore[union-attr]
        for key in reference.categories
        if key in indicator.categories and indicator.categories[key].wide is not None
    }
    if len(set(wide.values())) <= 1:
        return []
    return [FAULTS["categories_not_crossed"].at(place, keys=", ".join(wide), indicator=indicator.id)]


def _cut_ages(reference: FigureReference, indicator: Indicator, place: Place) -> list[Problem]:
    """An age range asked for holds each wide cell whole or not at all: nobody asked how many of its people are younger."""
    problems = []
    for key, values in reference.categories.items():
        category = indicator.categories.get(key)
        if category is None or category.wide is None:
            continue
        for cell in dict.fromkeys(category.wide.cells.values()):
            problems += [
                FAULTS["age_not_given"].at(place, indicator=indicator.id, cell=cell, value=value)
                for value in values
                if cell is not None and _cuts(value, cell)
            ]
    return problems


def _cuts(asked: str, cell: str) -> bool:
    outer, inner = age_range(asked), age_range(cell)
    if outer is None or inner is None:
        return False
    oldest = 10_000
    asked_low, asked_high = outer[0], oldest if outer[1] is None else outer[1]
    low, high = inner[0], oldest if inner[1] is None else inner[1]
    return asked_low <= high and low <= asked_high and not (asked_low <= low and high <= asked_high)


def _is_item(key: str, item: str) -> bool:
    return _ITEM.fullmatch(item) is not None or (key == "show" and _DIGITS.fullmatch(item) is not None)


def _show(items: tuple[str, ...], place: Place) -> tuple[Show, list[Problem]]:
    """The items of `show`: at most one style, one hedge, one way of rounding, and `currency`."""
    styles = [item for item in items if item in STYLES]
    hedges = [item for item in items if item in HEDGES]
    digits = [match[1] for item in items if (match := _DIGITS.fullmatch(item))]
    fives = [item for item in items if item == TO_FIVE]
    others = [item for item in items if item not in STYLES and item not in HEDGES and not _DIGITS.fullmatch(item)]
    problems = [
        FAULTS["show_unknown"].at(
            place, value=item, **did_you_mean(item, [*STYLES, *HEDGES, "currency", TO_FIVE], _SHOWS)
        )
        for item in others
        if item not in ("currency", TO_FIVE)
    ]
    if max(len(styles), len(hedges), len(digits) + len(fives)) > 1 or (fives and "million" in styles):
        problems.append(FAULTS["show_twice"].at(place, near=",".join(items)))
    if styles and styles[0] in ("list", "names") and (hedges or digits or fives or "currency" in others):
        problems.append(FAULTS["show_twice"].at(place, near=",".join(items)))
    if problems:
        return Show(), problems
    return Show(
        style=next((style for style in STYLES if style in styles), "number"),
        hedge=next((hedge for hedge in HEDGES if hedge in hedges), None),
        digits=int(digits[0]) if digits else None,
        currency="currency" in others,
        to_five=bool(fives),
    ), []


_SHOWS = (
    f"Write one of {', '.join([*STYLES, *HEDGES])}, digits=N, nearest-5 or currency.",
    f"Écrivez l'un de {', '.join([*STYLES, *HEDGES])}, digits=N, nearest-5 ou currency.",
)


def _single_keys(found: Mapping[str, tuple[str, ...]], place: Place) -> list[Problem]:
    return [
        FAULTS["reference_one_value"].at(place, key=key)
        for key in ("period", "as_of", "edition")
        if len(found.get(key, ())) > 1
    ]


def _period(written: tuple[str, ...] | None, place: Place) -> list[Problem]:
    """Whether the text is one of grammar 2's periods; a relative one is tried on any month."""
    if not written:
        return []
    year = parse_period("2016-12")
    try:
        if ".." not in written[0] or written[0].endswith(".."):
            parse_period(written[0].removesuffix(".."), year)
        else:
            parse_period(written[0], year)
    except NotAPeriod:
        return [FAULTS["reference_period"].at(place, near=written[0])]
    return []


def _first(values: tuple[str, ...] | None) -> str | None:
    return values[0] if values else None
