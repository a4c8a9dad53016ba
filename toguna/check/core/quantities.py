"""Every quantity of a text: a number (`toguna.kernel.core.numbers`) with what is counted, and the brackets around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from toguna.kernel.core import vocabulary
from toguna.kernel.core.hedges import Hedge
from toguna.kernel.core.numbers import Number, NumberKind, read_numbers
from toguna.kernel.core.tokens import Token

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
    kind: NumberKind
    unit: str = ""
    hedge: Hedge | Literal[""] = ""
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
    echoes: tuple[tuple[Number, Number], ...] = ()


def read(text: str) -> Reading:
    """The quantities of `text`, in order."""
    found = read_numbers(text)
    depths = _depths(found.tokens)
    merged, echoes = _merged(found.numbers, found.tokens)
    taken = {index for number in merged for index in range(number.first, number.last)}
    quantities = tuple(_quantity(number, depths, found.tokens, taken) for number in merged)
    return Reading(text=text, tokens=found.tokens, quantities=quantities, depths=depths, echoes=echoes)


def _quantity(number: Number, depths: Sequence[int], pieces: Sequence[Token], taken: set[int]) -> Quantity:
    """The number with what follows it as its noun and what stands before it as its label."""
    return Quantity(
        start=number.start,
        end=number.end,
        first=number.first,
        last=number.last,
        value=number.value,
        step=number.step,
        kind=number.kind,
        unit=number.unit,
        hedge=number.hedge,
        in_words=number.in_words,
        noun=_noun(number, pieces, taken),
        label=_label(number, pieces, taken),
        depth=depths[number.first],
    )


def _merged(found: Sequence[Number], pieces: Sequence[Token]) -> tuple[list[Number], tuple[tuple[Number, Number], ...]]:
    """Words and the same number in brackets behind them become one, worth what the digits say."""
    kept: list[Number] = []
    echoes: list[tuple[Number, Number]] = []
    for number in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.in_words
            and not number.in_words
            and number.first == before.last + 1
            and pieces[before.last].text == "("
            and number.last < len(pieces)
            and pieces[number.last].text == ")"
        ):
            echoes.append((before, number))
            kept[-1] = replace(before, end=pieces[number.last].end, last=number.last + 1, value=number.value)
        else:
            kept.append(number)
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


def _noun(quantity: Number, pieces: Sequence[Token], taken: set[int]) -> tuple[str, ...]:
    stems: list[str] = []
    index = quantity.last
    if index < len(pieces) and pieces[index].stem in {"of", "de", "d"} and quantity.kind != "percent":
        index += 1
    while index < len(pieces) and len(stems) < 6 and index not in taken:
        piece = pieces[index]
        joined = piece.stem in _JOINING and stems and len(stems) < 4
        if piece.kind == "word" and (piece.stem not in vocabulary.BREAKS or joined):
            if piece.stem not in vocabulary.BREAKS and piece.stem not in _SKIPPED:
                stems.append(piece.stem)
        elif piece.kind != "code" and (piece.text not in {"-", "‐", "‑", "'", "’", "/", "*", "°"} or not stems):
            break
        index += 1
    return tuple(stems)


def _label(quantity: Number, pieces: Sequence[Token], taken: set[int]) -> tuple[str, ...]:
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
