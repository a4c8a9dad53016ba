"""Dates that the calendar does not have: `31 November`, `Monday 28 October 2025` when that was a Tuesday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from toguna.check.core.finding import Draft, Span
from toguna.check.core.passages import Passage
from toguna.check.core.sentences import NO_SUCH_DAY, WRONG_WEEKDAY
from toguna.kernel.api import Language
from toguna.kernel.core.lookalikes import is_name
from toguna.kernel.core.tokens import Token
from toguna.kernel.core.vocabulary import BREAKS, DAYS, MONTHS

_NAMES: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}


def date_drafts(passage: Passage) -> Iterator[Draft]:
    """Days that do not exist and days of the week that are not those of their date."""
    pieces = passage.tokens
    for index, piece in enumerate(pieces):
        if piece.stem not in MONTHS or piece.kind != "word" or len(piece.text) < 3:
            continue
        if piece.stem in {"may", "mar", "sep"} and not piece.text[0].isupper():
            continue
        found = _day(pieces, index)
        if found is None:
            continue
        day, first, last = found
        year = _year(pieces, last)
        month = MONTHS[piece.stem]
        if day > monthrange(year or 2024, month)[1]:
            yield _draft(passage, first, last + (year is not None), "", "")
            continue
        told = (
            pieces[first - 1] if first and pieces[first - 1].text != "," else pieces[first - 2] if first > 1 else None
        )
        if year is None or told is None or told.stem not in DAYS or told.kind != "word":
            continue
        real = date(year, month, day).weekday()
        if real != DAYS[told.stem]:
            language: Language = "fr" if told.text.lower() in _NAMES["fr"] else "en"
            yield _draft(passage, first, last + 1, _NAMES[language][real], told.text)


def _is_count(pieces: tuple[Token, ...], place: int) -> bool:
    """`In June 35 people were hurt`: a number of people behind a month alone."""
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    return (
        following is not None
        and following.kind == "word"
        and following.text[0].islower()
        and following.stem not in BREAKS
    )


def _is_dated_behind(pieces: tuple[Token, ...], index: int) -> bool:
    """`#39 March 12, 2021`: the day is the one that a comma and the year follow."""
    return (
        index + 3 < len(pieces)
        and pieces[index + 1].text.isdecimal()
        and len(pieces[index + 1].text) < 3
        and pieces[index + 2].text == ","
        and bool(re.fullmatch(r"(?:19|20)\d\d", pieces[index + 3].text))
    )


def _day(pieces: tuple[Token, ...], index: int) -> tuple[int, int, int] | None:
    """The day beside the month at `index`, and the tokens (first, exclusive last) of day and month."""
    for place in (index + 1,) if _is_dated_behind(pieces, index) else (index - 1, index + 1):
        if not 0 <= place < len(pieces) or (place < index and is_name(pieces, place)):
            continue
        if place > index and _is_count(pieces, place):
            continue
        text = pieces[place].text
        digits = re.sub(r"\D", "", text) if pieces[place].kind == "ordinal" else text
        if digits.isdecimal() and 1 <= int(digits) <= 39 and len(digits) <= 2:
            return int(digits), min(place, index), max(place, index) + 1
    return None


def _year(pieces: tuple[Token, ...], last: int) -> int | None:
    if last < len(pieces) and pieces[last].text == ",":
        last += 1
    text = pieces[last].text if last < len(pieces) else ""
    return int(text) if text.isdecimal() and len(text) == 4 and 1900 <= int(text) <= 2100 else None


def _draft(passage: Passage, first: int, last: int, expected: str, found: str) -> Draft:
    pieces = passage.tokens
    last = min(last, len(pieces))
    words = passage.reading.text[pieces[first].start : pieces[last - 1].end].replace("\n", " ")
    start = pieces[max(first - 2, 0)].start if expected else pieces[first].start
    return Draft(
        kind="date",
        confidence="high",
        fault=WRONG_WEEKDAY if expected else NO_SUCH_DAY,
        spans=(Span(text=passage.index, start=start, end=pieces[last - 1].end),),
        expected=expected,
        found=found or words,
        details={"date": words},
    )
