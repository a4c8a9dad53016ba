"""Rounding and the words that admit it: about, over, at least, nearly (grammar 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toguna.kernel.api import Language
from toguna.kernel.core.hedges import HEDGE_TABLE, TOLERANCE, Hedge, hedge_holds
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.numerals import value_of
from toguna.publish.core.tree import Bound

#: Manners of showing that round by their nature, or that print words of their own.
_ROUNDING = ("percent", "million", "currency", "list", "names")


#: Words that say, as `nearly` does, that the exact number is below the printed one.
_CEILING: Mapping[Language, re.Pattern[str]] = ByLanguage(
    {
        "en": re.compile(
            r"(?<!\bno )(?<!\bnot )\b(fewer\s+than|less\s+than|under|below)\s*(?:USD|XOF|CFA|\$|€|EUR|\s)*$", re.I
        ),
        "fr": re.compile(r"(?<!\bpas )\b(moins\s+d(?:e\b|['’])|sous\s+la\s+barre\s+des)\s*$", re.I),
    }
)


@dataclass(frozen=True, kw_only=True)
class Hedged:
    kind: Hedge
    words: str


def hedge_before(passage: Passage, offset: int, language: Language) -> Hedged | None:
    """The hedge that stands directly before the number at an offset, a currency or an article between them allowed."""
    return _said(r"\b(%s)\s*(?:(?:the|les|des|USD|CFA|XOF|\$|€|EUR)\s*)*$", passage.text[:offset], language)


def hedge_shown(text: str, language: Language) -> Hedged | None:
    """The hedge that a manner of showing has put before the number itself."""
    return _said(r"^(%s)\s", text, language)


def _said(pattern: str, text: str, language: Language) -> Hedged | None:
    for kind, entry in HEDGE_TABLE.items():
        words = "|".join(map(_pattern, sorted(entry.words[language], key=len, reverse=True)))
        match = re.search(pattern % words, text, re.IGNORECASE)
        if match:
            return Hedged(kind=kind, words=match[1])
    return None


def _pattern(words: str) -> str:
    """``plus de`` is also ``plus d'``."""
    return re.sub(r"\\ de$", r"\\s(?:de\\b|d['’])", re.escape(words))


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
            before = hedge_before(passage, offset, draft.language)
            ceiling = said_ceiling(passage.text[:offset], draft.language)
            if ceiling is not None and before is None and fact.owner_hedge is None:
                yield from _ceiling(draft, number, ceiling, shown, fact.value)
                continue
            hedge = before or hedge_shown(text, draft.language)
            seen.setdefault(fact.reference, []).append((number, hedge))
            if fact.owner_hedge is None:
                yield from _one(draft, number, hedge, shown, fact.value, estimated=fact.basis == "estimated")
            else:
                yield from _owners(draft, number, hedge, fact.owner_hedge)
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


def _owners(draft: Draft, number: Bound, hedge: Hedged | None, owners: Hedge) -> Iterator[Finding]:
    """That the text keeps the word of a quoted value's owner: the exact number is not known to anybody else."""
    if hedge is None or hedge.kind != owners:
        text = draft.resolution.resolved.of(number).text
        said = HEDGE_TABLE[owners].words
        problem = fault.HEDGE_OF_OWNER.at(
            draft.at(number.line), quote=text, hedge=said["en"][0], hedge_fr=said["fr"][0]
        )
        yield Finding(problem=problem, quote=f"{number.reference} {text}")


def _one(
    draft: Draft, number: Bound, hedge: Hedged | None, shown: Decimal, value: Decimal, *, estimated: bool
) -> Iterator[Finding]:
    text = draft.resolution.resolved.of(number).text
    place, quote = draft.at(number.line), f"{number.reference} {text}"
    show = draft.resolution.shows.get(number.span, "number")
    value = abs(value) if shown >= 0 and _says_direction(text) else value
    if hedge is not None:
        if not hedge_holds(hedge.kind, value, shown):
            rule = HEDGE_TABLE[hedge.kind].condition
            problem = fault.HEDGE_WRONG.at(
                place, quote=text, hedge=hedge.words, value=_plain(value), rule=rule["en"], rule_fr=rule["fr"]
            )
            yield Finding(problem=problem, quote=quote)
        return
    rounds = bool(set(show.split(",")) & set(_ROUNDING)) or "%" in text
    if shown != value and not rounds and _is_rounding(shown, value):
        yield Finding(problem=fault.ROUNDED.at(place, quote=text, value=_plain(value)), quote=quote)
    if estimated:
        yield Finding(problem=fault.ESTIMATE.at(place, quote=text), quote=quote)


def said_ceiling(before: str, language: Language) -> str | None:
    """Words directly before a number that say that the exact one is below it: fewer than, moins de."""
    match = _CEILING[language].search(before) if language in _CEILING else None
    return match[1] if match else None


def _ceiling(draft: Draft, number: Bound, words: str, shown: Decimal, value: Decimal) -> Iterator[Finding]:
    """That a number said to lie above the exact one does, by no more than any other hedge may be off."""
    if shown * (1 - TOLERANCE) <= value < shown:
        return
    text = draft.resolution.resolved.of(number).text
    rule = HEDGE_TABLE["nearly"].condition
    problem = fault.HEDGE_WRONG.at(
        draft.at(number.line), quote=text, hedge=words, value=_plain(value), rule=rule["en"], rule_fr=rule["fr"]
    )
    yield Finding(problem=problem, quote=f"{number.reference} {text}")


def _says_direction(text: str) -> bool:
    """A minus sign or words say that it fell: the number behind them has no sign."""
    return not text[:1].isdigit()


def _is_rounding(shown: Decimal, value: Decimal) -> bool:
    """Digits that a person would miss: not a fraction cut at the shown digits of a number that has one."""
    return not (shown == shown.to_integral_value() and abs(shown - value) <= Decimal("0.5") and value < 100)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
