"""How a figure prints, in English and French (grammar 2): number styles, words, percent, millions, money, hedges, lists.

What is not a value or nil prints nothing: the caller says in words why. Rounding is half up at the shown digits, except that a hedge
rounds its own way, so that it stays true. An estimate is always hedged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import combining, normalize

from babel import Locale
from num2words import CONVERTER_CLASSES, num2words

from toguna.figures.core.figure import POINTS, Figure, is_currency
from toguna.figures.core.reference import Show
from toguna.figures.problems import FAULTS
from toguna.instance.core.languages import is_language
from toguna.kernel.api import Language, Place, Problem
from toguna.kernel.core.hedges import HEDGE_TABLE, Hedge, hedge_holds
from toguna.kernel.core.languages import FALLBACK, ByLanguage

#: Between a number and its unit or within it: a line never breaks there.
_NO_BREAK = "\u00a0"
#: A hyphen before a number reads as a dash.
_MINUS = "\u2212"
_SAMPLE = re.compile(r"\D*\d(\D?)\d{3}(?:(\D)\d+)?\D*")
_AND: Mapping[Language, str] = ByLanguage({"en": "and", "fr": "et"})
_POINT: Mapping[Language, tuple[str, str]] = ByLanguage(
    {
        "en": ("percentage point", "percentage points"),
        "fr": ("point de pourcentage", "points de pourcentage"),
    }
)
#: A change in words: down, up, none.
_CHANGES: Mapping[Language, tuple[str, str, str]] = ByLanguage(
    {"en": ("a fall of ", "a rise of ", "no change"), "fr": ("une baisse de ", "une hausse de ", "aucun changement")}
)
_MILLION = Decimal(1_000_000)
_FIVE = Decimal(5)
#: Beyond this a number in words is no longer read.
_MOST_IN_WORDS = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class NumberStyle:
    """What stands between thousands, and before the decimals."""

    group: str
    decimal: str


def alphabetical(names: Iterable[str]) -> tuple[str, ...]:
    """The names in a reader's order, which neither accents nor capitals change: Ménaka before Mopti."""
    return tuple(sorted(names, key=lambda name: (_bare(name), name)))


def _bare(name: str) -> str:
    return "".join(letter for letter in normalize("NFD", name.casefold()) if not combining(letter))


def number_style(language: Language, sample: str | None = None) -> NumberStyle:
    """The style of a sample (``6,954``, ``6 954``, ``6.954``, ``1561``), or the language's own as CLDR has it.

    A blank between thousands never breaks. A sample that is none of these is taken as the language's own, and a language that CLDR does
    not know as English.
    """
    symbols = Locale.parse(language if is_language(language) else FALLBACK).number_symbols["latn"]
    own = NumberStyle(group=symbols["group"], decimal=symbols["decimal"])
    match = _SAMPLE.fullmatch(sample.strip()) if sample else None
    if match is None:
        return own
    group = _NO_BREAK if match[1].isspace() else match[1]
    decimal = match[2] or ("," if group == "." else "." if group == "," else own.decimal)
    return NumberStyle(group=group, decimal=decimal)


def write_number(value: Decimal, style: NumberStyle, digits: int = 0) -> str:
    """The number with so many digits after the point (below zero: rounded to tens, hundreds ...), half up."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    whole, _, fraction = format(abs(rounded), f".{max(digits, 0)}f").partition(".")
    grouped = style.group.join(_thousands(whole)) if style.group else whole
    sign = _MINUS if rounded < 0 else ""
    return sign + grouped + (style.decimal + fraction if fraction else "")


def printed_value(value: Decimal, show: Show, unit: str) -> Decimal:
    """What the printed number says, in the figure's own unit: rounded as it is shown, the hedge's way if there is one."""
    scale = _MILLION if show.style == "million" else Decimal(1)
    rounding = HEDGE_TABLE[show.hedge].rounding if show.hedge else ROUND_HALF_UP
    if show.to_five:
        return (value / _FIVE).quantize(Decimal(1), rounding) * _FIVE
    digits = shown_digits(value, show, unit)
    return (value / scale).quantize(Decimal(1).scaleb(-digits), rounding) * scale


def rounding_step(value: Decimal, show: Show, unit: str) -> Decimal:
    """By how much two numbers that print next to each other differ."""
    if show.to_five:
        return _FIVE
    return Decimal(1).scaleb(-shown_digits(value, show, unit)) * (_MILLION if show.style == "million" else 1)


def shown_digits(value: Decimal, show: Show, unit: str) -> int:
    """Digits after the point of what is shown: those asked for, else none of counts, money and percent, one of millions.

    ``over`` and ``nearly`` without digits take two figures that count, so that they have something to stand beside.
    """
    if show.digits is not None or show.to_five:
        return show.digits or 0
    if show.style == "million":
        return 1
    if show.hedge in ("over", "nearly"):
        return 1 - value.adjusted() if value else 0
    if unit in ("percent", POINTS) or is_currency(unit) or value == value.to_integral_value():
        return 0
    return 1


def show_value(value: Decimal, show: Show, unit: str, language: Language, style: NumberStyle) -> str:
    """The words that print a value; digits where nobody has its number words. Refuses nothing; what a show does not fit is
    `show_problems`'s to say.
    """
    printed = printed_value(value, show, unit)
    if show.style == "change":
        return _change(printed, show, unit, language, style)
    digits = max(shown_digits(value, show, unit), 0)
    whole = printed == printed.to_integral_value() and abs(printed) < _MOST_IN_WORDS
    if show.style == "words" and whole and language in CONVERTER_CLASSES:
        text = str(num2words(int(printed), lang=language))
    elif show.style == "million":
        text = _millions(printed, digits, language, style)
    else:
        text = write_number(printed, style, digits)
    if show.style == "percent":
        text += _of_hundred(printed, unit, language)
    if show.currency and is_currency(unit):
        text = f"{unit}{_NO_BREAK}{text}" if language == "en" else f"{text}{_NO_BREAK}{unit}"
    return _hedged(show.hedge, text, language) if show.hedge else text


def _change(printed: Decimal, show: Show, unit: str, language: Language, style: NumberStyle) -> str:
    """A change as a sentence says it, without a sign: a fall of 12."""
    fall, rise, none = _CHANGES[language]
    if not printed:
        return none
    plain = replace(show, style="percent" if unit in ("percent", POINTS) else "number", currency=is_currency(unit))
    text = show_value(abs(printed), plain, unit, language, style)
    moved = fall if printed < 0 else rise
    is_elided = language == "fr" and text[:1] in "aeiou"
    return f"{moved.removesuffix('e ')}’{text}" if is_elided else f"{moved}{text}"


def _of_hundred(printed: Decimal, unit: str, language: Language) -> str:
    """What follows the number of a percentage, or of the points between two of them; in French what is below two is singular."""
    if unit != POINTS:
        return "%" if language == "en" else f"{_NO_BREAK}%"
    one, many = _POINT[language]
    is_one = abs(printed) < 2 if language == "fr" else abs(printed) == 1
    return f"{_NO_BREAK}{one if is_one else many}"


def show_figure(figure: Figure, language: Language, style: NumberStyle, show: Show | None = None) -> str:
    """The words that print a figure, as its reference asks unless `show` says otherwise; empty where nothing may be printed."""
    if figure.value is None:
        return ""
    show = forced(figure, show or figure.reference.show)
    if show.style in ("list", "names"):
        return join_names(figure.names.get(language, ()), language, last=show.style == "list")
    return show_value(figure.value, show, figure.unit, language, style)


def forced(figure: Figure, show: Show) -> Show:
    """The show with the hedge that the figure forces: an owner's own word is kept, beside the owner's own digits unless others
    are asked for; and an estimate is never printed as if it had been counted.
    """
    if figure.value is None or show.style in ("list", "names"):
        return show
    if figure.owner_hedge is not None:
        return replace(show, hedge=figure.owner_hedge, digits=_owners_digits(figure.value, show, figure.unit))
    return replace(show, hedge="about") if figure.basis == "estimated" and not show.hedge else show


def _owners_digits(value: Decimal, show: Show, unit: str) -> int | None:
    return None if show.to_five else shown_digits(value, replace(show, hedge=None), unit)


def join_names(names: Sequence[str], language: Language, *, last: bool = True) -> str:
    """``Gao, Mopti and Timbuktu``; with commas alone unless `last`."""
    if not last or len(names) < 2:
        return ", ".join(names)
    return f"{', '.join(names[:-1])} {_AND[language]} {names[-1]}"


def show_problems(figure: Figure, show: Show | None = None, at: Place | None = None) -> list[Problem]:
    """Ways of printing that the value does not allow: an untrue hedge, percent of a count, a list of another length."""
    place = at or Place()
    if figure.value is None:
        return []
    asked = show or figure.reference.show
    show = forced(figure, asked)
    details = {"reference": figure.reference.written(), "show": show.written()}
    problems = []
    if show.style == "percent" and figure.unit not in ("percent", POINTS):
        problems.append(FAULTS["show_percent"].at(place, unit=figure.unit, **details))
    if show.currency and not is_currency(figure.unit):
        problems.append(FAULTS["show_currency"].at(place, unit=figure.unit, **details))
    if show.style == "words" and figure.value != figure.value.to_integral_value():
        problems.append(FAULTS["show_words"].at(place, value=str(figure.value), **details))
    if show.style in ("list", "names"):
        listed = len(next(iter(figure.names.values()), ()))
        if listed != figure.value:
            problems.append(FAULTS["show_list"].at(place, value=f"{figure.value:f}", listed=listed, **details))
        return problems
    printed = printed_value(figure.value, show, figure.unit)
    if figure.owner_hedge is not None and asked.hedge not in (None, figure.owner_hedge):
        problems.append(FAULTS["owner_hedge"].at(place, hedge=figure.owner_hedge, **details))
    is_owners = figure.owner_hedge is not None and printed == figure.value
    if show.hedge and not is_owners and not hedge_holds(show.hedge, figure.value, printed):
        problems.append(_untrue(figure.value, printed, show.hedge, place, details))
    if printed == 0 and figure.value != 0:
        problems.append(FAULTS["show_nothing"].at(place, value=f"{figure.value:f}", **details))
    return problems


def _untrue(value: Decimal, printed: Decimal, hedge: Hedge, place: Place, details: Mapping[str, object]) -> Problem:
    condition = HEDGE_TABLE[hedge].condition
    return FAULTS["hedge_untrue"].at(
        place,
        hedge=hedge,
        value=f"{value:f}",
        printed=f"{printed:f}",
        condition=condition["en"],
        condition_fr=condition["fr"],
        **details,
    )


def _millions(printed: Decimal, digits: int, language: Language, style: NumberStyle) -> str:
    number = printed / _MILLION
    plural = "s" if language == "fr" and abs(number) >= 2 else ""
    return f"{write_number(number, style, digits)}{_NO_BREAK}million{plural}"


def _hedged(hedge: Hedge, text: str, language: Language) -> str:
    word = HEDGE_TABLE[hedge].words[language][0]
    if language == "fr" and word.endswith(" de") and re.match(r"une?\b", text):
        return f"{word[:-1]}'{text}"
    return f"{word} {text}"


def _thousands(whole: str) -> list[str]:
    first = len(whole) % 3 or 3
    return [whole[:first], *(whole[index : index + 3] for index in range(first, len(whole), 3))]
