"""Rounding and the words that admit it: about, over, at least, nearly (grammar 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toguna.kernel import Language
from toguna.publish.checks import problems as fault
from toguna.publish.checks.draft import Draft
from toguna.publish.checks.findings import Finding
from toguna.publish.checks.passages import Passage
from toguna.publish.numerals import value_of
from toguna.publish.tree import Bound

Hedge = Literal["about", "over", "at_least", "nearly"]

WORDS: Mapping[Language, Mapping[Hedge, str]] = {
    "en": {
        "about": r"about|some|approximately|around|roughly|an estimated|estimated|circa|close to",
        "over": r"over|more than|above|upwards of|exceeding",
        "at_least": r"at least|no fewer than|a minimum of",
        "nearly": r"nearly|almost|just under|less than|fewer than|under",
    },
    "fr": {
        "about": r"environ|quelque|près de|autour de|à peu près|approximativement|estimée?s? à|estime(?:nt)? à|une estimation de",
        "over": r"plus de|plus d'|au-delà de|au delà de|dépassant",
        "at_least": r"au moins|au minimum|un minimum de|pas moins de",
        "nearly": r"presque|moins de|un peu moins de",
    },
}
_RULES: Mapping[Hedge, str] = {
    "about": "about: within 10 %",
    "over": "over: the figure is above the number, by at most 10 %",
    "at_least": "at least: the figure is not below the number",
    "nearly": "nearly: the figure is below the number, by at most 10 %",
}
#: Manners of showing that round by their nature, or that print words of their own.
_ROUNDING = ("percent", "million", "currency", "list", "names")


@dataclass(frozen=True, kw_only=True)
class Hedged:
    kind: Hedge
    words: str


def hedge_before(passage: Passage, offset: int, language: Language) -> Hedged | None:
    """The hedge that stands directly before the number at an offset, a currency or an article between them allowed."""
    before = passage.text[:offset]
    for kind, words in WORDS[language].items():
        match = re.search(rf"\b({words})\s*(?:(?:the|les|des|USD|CFA|XOF|\$|€|EUR)\s*)*$", before, re.IGNORECASE)
        if match:
            return Hedged(kind=kind, words=match[1])
    return None


def hedge_shown(text: str, language: Language) -> Hedged | None:
    """The hedge that a manner of showing has put before the number itself."""
    for kind, words in WORDS[language].items():
        match = re.match(rf"({words})\s", text, re.IGNORECASE)
        if match:
            return Hedged(kind=kind, words=match[1])
    return None


def allows(hedge: Hedge, shown: Decimal, value: Decimal) -> bool:
    """Grammar 2's table: whether a number shown under a hedge is true of the figure's value."""
    tenth = abs(shown) / 10
    match hedge:
        case "about":
            return abs(shown - value) <= abs(value) / 10
        case "over":
            return shown < value <= shown + tenth
        case "at_least":
            return shown <= value
        case "nearly":
            return shown - tenth <= value < shown


def hedge_faults(draft: Draft) -> Iterator[Finding]:
    """Hedges that the value does not allow, rounding and estimates without one, and one figure hedged here and exact there."""
    seen: dict[str, list[tuple[Bound, Hedged | None]]] = {}
    for passage in draft.passages:
        for offset, number in passage.holes():
            fact = draft.fact(number)
            text = draft.resolution.resolved.of(number).text
            shown = value_of(text, draft.language)
            if fact is None or fact.value is None or shown is None:
                continue
            hedge = hedge_before(passage, offset, draft.language) or hedge_shown(text, draft.language)
            seen.setdefault(fact.reference, []).append((number, hedge))
            yield from _one(draft, number, hedge, shown, fact.value, estimated=fact.basis == "estimated")
    for uses in seen.values():
        hedged = [number for number, hedge in uses if hedge]
        for number, hedge in uses:
            if hedge is None and hedged:
                other = next(hedge.words for _, hedge in uses if hedge)
                problem = fault.HEDGE_DROPPED.at(
                    draft.at(number.line),
                    quote=number.shown,
                    other=f"{other} {hedged[0].shown}",
                    line=hedged[0].line,
                )
                yield Finding(problem=problem, quote=f"{number.reference} {number.shown}")


def _one(
    draft: Draft, number: Bound, hedge: Hedged | None, shown: Decimal, value: Decimal, *, estimated: bool
) -> Iterator[Finding]:
    text = draft.resolution.resolved.of(number).text
    place, quote = draft.at(number.line), f"{number.reference} {text}"
    show = draft.resolution.shows.get(number.span, "number")
    if hedge is not None:
        if not allows(hedge.kind, shown, value):
            problem = fault.HEDGE_WRONG.at(
                place, quote=text, hedge=hedge.words, value=_plain(value), rule=_RULES[hedge.kind]
            )
            yield Finding(problem=problem, quote=quote)
        return
    rounds = show.split("=")[0] in _ROUNDING or "%" in text
    if shown != value and not rounds and _is_rounding(shown, value):
        yield Finding(problem=fault.ROUNDED.at(place, quote=text, value=_plain(value)), quote=quote)
    if estimated:
        yield Finding(problem=fault.ESTIMATE.at(place, quote=text), quote=quote)


def _is_rounding(shown: Decimal, value: Decimal) -> bool:
    """Digits that a person would miss: not a fraction cut at the shown digits of a number that has one."""
    return not (shown == shown.to_integral_value() and abs(shown - value) <= Decimal("0.5") and value < 100)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
