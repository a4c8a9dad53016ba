"""Every quantity of a text: value, precision as shown, hedge, what is counted. What only looks like one is left out.

Left out: years and dates, times, ordinals, codes, ranges, ages, the number of a table, a grade or a week.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from toguna.check.core import lexicon, words
from toguna.check.core.lexicon import Hedge
from toguna.check.core.lookalikes import at, is_age, is_date, is_name, is_year
from toguna.check.core.tokens import Token, tokens

QuantityKind = Literal["count", "percent", "money", "measure"]

_BLANKS = re.compile("[ \u00a0\u2009\u202f'’]")
_SCALES = {
    "million": 10**6,
    "milliard": 10**9,
    "billion": 10**9,
    "mn": 10**6,
    "bn": 10**9,
    "thousand": 1000,
    "mille": 1000,
}
_LETTERS = {"m": 10**6, "k": 1000, "b": 10**9}
_JOINING = {"de", "d", "and", "et", "of", "du", "des"}
_SKIPPED = {"de", "d", "du", "des", "les", "the", "la", "le"}
_OPENING = {"(", "[", ":", ",", ";", "-", "–", "—", "&", "=", "•", "●", "/"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number that counts or measures something. `first` to `last` (exclusive) are its tokens."""

    start: int
    end: int
    first: int
    last: int
    value: Decimal
    #: The worth of the last place shown: 1, 0.1, or 100,000 of `1.2 million`.
    step: Decimal
    kind: QuantityKind
    unit: str = ""
    hedge: Hedge = ""
    in_words: bool = False
    #: Stems of what is counted, at most six, as printed after the number.
    noun: tuple[str, ...] = ()
    #: Stems that stand before the number as its label: `girls: 59`, `Kano – 9`, `Lita (2`.
    label: tuple[str, ...] = ()
    #: How many brackets are open around it.
    depth: int = 0

    @property
    def about(self) -> tuple[str, ...]:
        return self.noun or self.label

    @property
    def is_round(self) -> bool:
        """Printed with at most three digits that are not closing zeros, and at least two closing zeros, or scaled."""
        if self.step > 1:
            return True
        digits = str(abs(int(self.value))) if self.value == int(self.value) else ""
        return len(digits) > 2 and digits.endswith("00")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A text with its tokens and quantities."""

    text: str
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]
    #: By token, how many brackets are open.
    depths: tuple[int, ...]
    #: Numbers in words that are repeated in digits: `Seven (7)`. The pair stands as one among `quantities`.
    echoes: tuple[tuple[Quantity, Quantity], ...] = ()


@lru_cache(maxsize=20_000)
def parse_number(text: str) -> tuple[Decimal, Decimal]:
    """Value and step of a printed number. `1,234` and `1.234` are thousands; `1,5` and `0.123` are not."""
    plain = _BLANKS.sub("", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain) and not plain.startswith("0,"):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and not plain.startswith("0."):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    places = len(plain.partition(".")[2])
    return Decimal(plain), Decimal(1).scaleb(-places)


def read(text: str) -> Reading:
    """The quantities of `text`, in order."""
    pieces = tuple(tokens(text))
    depths = _depths(pieces)
    found: list[Quantity] = []
    index = 0
    while index < len(pieces):
        quantity = _quantity(pieces, index, depths)
        if quantity is not None:
            found.append(quantity)
        index = quantity.last if quantity is not None else index + 1
    merged, echoes = _merged(found, pieces)
    return Reading(text=text, tokens=pieces, quantities=_named(merged, pieces), depths=depths, echoes=echoes)


def _merged(
    found: Sequence[Quantity], pieces: Sequence[Token]
) -> tuple[list[Quantity], tuple[tuple[Quantity, Quantity], ...]]:
    """Words and the same number in brackets behind them become one quantity, worth what the digits say."""
    kept: list[Quantity] = []
    echoes: list[tuple[Quantity, Quantity]] = []
    for quantity in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.in_words
            and not quantity.in_words
            and quantity.first == before.last + 1
            and pieces[before.last].text == "("
            and quantity.last < len(pieces)
            and pieces[quantity.last].text == ")"
        ):
            echoes.append((before, quantity))
            kept[-1] = replace(before, end=pieces[quantity.last].end, last=quantity.last + 1, value=quantity.value)
        else:
            kept.append(quantity)
    return kept, tuple(echoes)


def _depths(pieces: Sequence[Token]) -> tuple[int, ...]:
    depth, result = 0, []
    for piece in pieces:
        if piece.text in "([":
            depth += 1
            result.append(depth)
        else:
            result.append(depth)
            if piece.text in ")]" and depth:
                depth -= 1
    return tuple(result)


def _quantity(pieces: Sequence[Token], index: int, depths: Sequence[int]) -> Quantity | None:
    """The quantity that begins at this token, if one does."""
    piece = pieces[index]
    if piece.kind == "number":
        parsed = _in_digits(pieces, index)
    elif piece.kind == "word" and words.is_number_word(piece.text):
        parsed = _in_words(pieces, index)
    else:
        return None
    if parsed is None:
        return None
    kind, unit, value, step, last = parsed
    return Quantity(
        start=piece.start,
        end=pieces[last - 1].end,
        first=index,
        last=last,
        value=value,
        step=step,
        kind=kind,
        unit=unit,
        hedge=_hedge(pieces, index),
        in_words=piece.kind == "word",
        depth=depths[index],
    )


def _in_words(pieces: Sequence[Token], index: int) -> tuple[QuantityKind, str, Decimal, Decimal, int] | None:
    run = []
    for piece in pieces[index : index + 12]:
        if piece.kind != "word":
            break
        run.append(piece.text)
    length = words.run_length(run)
    value = words.parse_words(run[:length])
    if value is None or not length:
        return None
    last = index + length
    if value < 100 and index and pieces[index - 1].stem in {"under", "aged", "age"}:
        return None
    if length == 1 and run[0].lower() in words.WEAK:
        following = at(pieces, last)
        if run[0].lower() in ("un", "une") or following is None or following.kind != "word":
            return None
        if following.stem in lexicon.BREAKS | {"another", "hand"}:
            return None
    kind, unit, last = _unit(pieces, index, last)
    return kind, unit, Decimal(value), Decimal(1), last


def _in_digits(pieces: Sequence[Token], index: int) -> tuple[QuantityKind, str, Decimal, Decimal, int] | None:
    piece, last = pieces[index], index + 1
    if is_date(pieces, index) or is_name(pieces, index) or is_age(pieces, index):
        return None
    value, step = parse_number(piece.text)
    following = at(pieces, last)
    if following is not None and following.kind == "word":
        scale = _scale(piece, following, pieces, index)
        if scale:
            if scale > 1000 and re.fullmatch(r"\d{1,3}[.,]\d{3}", piece.text):
                value, step = Decimal(piece.text.replace(",", ".")), Decimal("0.001")
            value, step, last = value * scale, step * scale, last + 1
    kind, unit, last = _unit(pieces, index, last)
    if kind == "percent" and re.fullmatch(r"\d{1,2}[.,]\d{3}", piece.text):
        value, step = Decimal(piece.text.replace(",", ".")), Decimal("0.001")
    if kind == "count" and last == index + 1 and is_year(pieces, index):
        return None
    return kind, unit, value, step, last


def _scale(piece: Token, following: Token, pieces: Sequence[Token], index: int) -> int:
    if following.stem in _SCALES:
        return _SCALES[following.stem]
    close = following.start == piece.end and following.text.lower() in _LETTERS
    paid = index > 0 and pieces[index - 1].text.lower() in lexicon.CURRENCY
    after = at(pieces, index + 2)
    paid = paid or (after is not None and after.text.lower() in lexicon.CURRENCY)
    return _LETTERS[following.text.lower()] if close and (paid or (following.text == "K")) else 0


def _unit(pieces: Sequence[Token], index: int, last: int) -> tuple[QuantityKind, str, int]:
    """What the number is of, and the token after it."""
    before = pieces[index - 1].text.lower() if index else ""
    ahead = [piece.text.lower() for piece in pieces[last : last + 3]] + ["", "", ""]
    if ahead[0] in ("%", "percent") or ahead[0] == "pct":
        return "percent", "%", last + 1
    if (ahead[0] in ("per", "pour") and ahead[1] in ("cent", "100")) or (ahead[0] == "p" and ahead[2] in ("100",)):
        return "percent", "%", last + (3 if ahead[0] == "p" else 2)
    if before in lexicon.CURRENCY:
        return "money", _currency(before), last
    if ahead[0] in lexicon.CURRENCY:
        return "money", _currency(ahead[0]), last + 1
    if ahead[0] in ("de", "of") and ahead[1] in lexicon.CURRENCY and pieces[last - 1].kind == "word":
        return "money", _currency(ahead[1]), last + 2
    if (ahead[0] == "f" and ahead[1] == "cfa") or (ahead[0] in ("us", "u.s") and ahead[1] in ("dollars", "$")):
        return "money", "cfa" if ahead[1] == "cfa" else "usd", last + 2
    measured = last < len(pieces) and pieces[last].kind == "word" and pieces[last].stem in lexicon.MEASURES
    if measured and pieces[last].text != "M":
        return "measure", pieces[last].stem, last + 1
    return "count", "", last


def _currency(mark: str) -> str:
    if mark in ("$", "us$", "dollar", "dollars", "usd"):
        return "usd"
    return {"€": "eur", "euro": "eur", "euros": "eur", "fcfa": "cfa", "xof": "cfa", "xaf": "cfa", "£": "gbp"}.get(
        mark, mark
    )


def _hedge(pieces: Sequence[Token], index: int) -> Hedge:
    step = index - 1
    if step >= 0 and pieces[step].text.lower() in lexicon.CURRENCY:
        step -= 1
    last = pieces[step].text.lower() if step >= 0 else ""
    pair = f"{pieces[step - 1].text.lower()} {last}" if step >= 1 else ""
    if pair in lexicon.HEDGES:
        return lexicon.HEDGES[pair]
    if last == "of" and step >= 1 and pieces[step - 1].text.lower() in {"estimated", "some"}:
        return "about"
    return lexicon.HEDGES.get(last, "")


def _named(found: Sequence[Quantity], pieces: Sequence[Token]) -> tuple[Quantity, ...]:
    """Each with what follows it as its noun and what stands before it as its label."""
    taken = {index for quantity in found for index in range(quantity.first, quantity.last)}
    return tuple(
        replace(quantity, noun=_noun(quantity, pieces, taken), label=_label(quantity, pieces, taken))
        for quantity in found
    )


def _noun(quantity: Quantity, pieces: Sequence[Token], taken: set[int]) -> tuple[str, ...]:
    stems: list[str] = []
    index = quantity.last
    if index < len(pieces) and pieces[index].stem in {"of", "de", "d"} and quantity.kind != "percent":
        index += 1
    while index < len(pieces) and len(stems) < 6 and index not in taken:
        piece = pieces[index]
        joined = piece.stem in _JOINING and stems and len(stems) < 4
        if piece.kind == "word" and (piece.stem not in lexicon.BREAKS or joined):
            if piece.stem not in lexicon.BREAKS and piece.stem not in _SKIPPED:
                stems.append(piece.stem)
        elif piece.kind != "code" and (piece.text not in {"-", "‐", "‑", "'", "’", "/", "*", "°"} or not stems):
            break
        index += 1
    return tuple(stems)


def _label(quantity: Quantity, pieces: Sequence[Token], taken: set[int]) -> tuple[str, ...]:
    index = quantity.first - 1
    stems: list[str] = []
    while (
        index >= 0
        and pieces[index].text in _OPENING
        and quantity.first - index < 3
        and pieces[index].text not in {",", ";"}
    ):
        index -= 1
    while index >= 0 and len(stems) < 4 and index not in taken and pieces[index].kind in ("word", "code"):
        if pieces[index].stem in {"and", "et", "&"}:
            break
        stems.insert(0, pieces[index].stem)
        index -= 1
    return tuple(stems)
