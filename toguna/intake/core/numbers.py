"""Numbers as people write them in a cell: `1 250 000 FCFA`, `1.250.000`, `1,200`, `~120`, `néant`.

Each comes with how it was read, where it could be read otherwise or lost something on the way: a hedge, a currency, a word for none.
What could be two numbers has both as its options, until the column or the mapping says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toguna.intake.core.words import UNKNOWN, fold
from toguna.kernel.core.numbers import parse_number, read_numbers

#: What marks the decimals of a column; "" where nobody has said.
DecimalMark = Literal["", ",", "."]
#: How a text was read, where that should be shown.
NumberNote = Literal[
    "", "hedged", "unit", "thousands", "decimals", "none", "unknown_value", "two_readings", "no_number"
]

_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d{1,2})?")
_GROUPED = re.compile(r"[-+]?\d{1,3}([ \u00a0\u2009\u202f'’]\d{3})+")
_TWO = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}")
_NIL = frozenset(
    fold(word)
    for word in ("nil", "néant", "ras", "r.a.s.", "rien à signaler", "aucun", "aucune", "none", "zéro", "zero")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadNumber:
    """`value`: the number, none where there is none. `text`: what is handed on, "" for blank. `options`: both readings of what could be two."""

    value: Decimal | None
    text: str | None
    note: NumberNote = ""
    options: tuple[str, ...] = ()


def read_number(text: str, *, whole: bool = False, mark: DecimalMark = "", is_text: bool = True) -> ReadNumber:
    """The number that the text means. `whole`: the question asks a whole number. `is_text`: `1.234` may be typed, not a number of Excel's."""
    written = " ".join(text.split())
    two = _TWO.fullmatch(written)
    if two and not (two[1] == "." and not is_text and not whole):
        return _thousand(written, two[1], whole, mark)
    if _PLAIN.fullmatch(written):
        return _number(Decimal(written), "")
    if mark and (decided := _by_mark(written, mark)) is not None:
        return _number(decided, "")
    if _GROUPED.fullmatch(written):
        return _number(Decimal(re.sub(r"[^\d+-]", "", written)), "")
    plain = fold(written)
    if plain in _NIL:
        return ReadNumber(value=Decimal(0), text="0", note="none")
    if plain in UNKNOWN:
        return ReadNumber(value=None, text="", note="unknown_value")
    return _lexed(written)


def decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """What marks decimals in a column, by the texts that can be read one way only; "" where none says, or where they differ."""
    found: set[DecimalMark] = set()
    for text in texts:
        plain = re.sub(r"[ \u00a0\u2009\u202f'’]", "", text)
        if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3}){2,}|[-+]?\d{1,3}(\.\d{3})+,\d+|[-+]?\d+,(\d{1,2}|\d{4,})", plain):
            found.add(",")
        elif re.fullmatch(r"[-+]?\d{1,3}(,\d{3}){2,}|[-+]?\d{1,3}(,\d{3})+\.\d+|[-+]?\d+\.(\d{1,2}|\d{4,})", plain):
            found.add(".")
    return found.pop() if len(found) == 1 else ""


def plain_text(value: Decimal) -> str:
    """Digits with a point and no exponent, without zeros that say nothing."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _number(value: Decimal, note: NumberNote) -> ReadNumber:
    return ReadNumber(value=value, text=plain_text(value), note=note)


def _thousand(written: str, found: str, whole: bool, mark: DecimalMark) -> ReadNumber:
    """`1,200`: by the mark of the column; of a question that asks a whole number, a thousand; else nobody knows."""
    grouped = Decimal(written.replace(found, ""))
    decimals = Decimal(written.replace(found, "."))
    if mark:
        return _number(decimals if mark == found else grouped, "" if not whole else "decimals" if mark == found else "")
    if whole:
        return _number(grouped, "thousands")
    return ReadNumber(value=None, text=None, note="two_readings", options=(plain_text(grouped), plain_text(decimals)))


def _by_mark(written: str, mark: DecimalMark) -> Decimal | None:
    other = "." if mark == "," else ","
    plain = re.sub(r"[ \u00a0\u2009\u202f'’]", "", written).replace(other, "").replace(mark, ".")
    return Decimal(plain) if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else None


def _lexed(written: str) -> ReadNumber:
    """What the kernel's reader of numbers finds, where the cell holds one number and what belongs to it."""
    sign = -1 if re.match(r"[-−]\s?\d", written) else 1
    found = read_numbers(written.lstrip("-−+≈ "))
    if len(found.numbers) != 1 or found.numbers[0].in_words:
        bare = re.fullmatch(r"[-+]?[\d .,'’\u00a0\u202f]*\d", written)
        if bare and len(found.numbers) != 1:
            return _bare(written)
        return ReadNumber(value=None, text=None, note="no_number")
    number = found.numbers[0]
    words = [piece for piece in found.tokens[: number.first] if piece.kind == "word"]
    after = [piece for piece in found.tokens[number.last :] if piece.kind in ("word", "number")]
    if (words and not number.hedge) or len(words) > 3 or after:
        return ReadNumber(value=None, text=None, note="no_number")
    note: NumberNote = "hedged" if number.hedge or written[0] in "≈~" else "unit" if number.unit else ""
    return _number(sign * number.value, note)


def _bare(written: str) -> ReadNumber:
    try:
        return _number(parse_number(written)[0], "")
    except ArithmeticError:
        return ReadNumber(value=None, text=None, note="no_number")
