"""A partner's words beside its figures: each number of a text compared with the return of the month. Pure.

Equal: a value of the return, of the rows that the sentence names, or their sum. Differs: the sentence names rows (by place or by another choice), and
none of their values is this number. No row: it names none, and no value or total of the return is this number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toguna.intake.core.words import fold
from toguna.kernel.api import Language
from toguna.kernel.core.numbers import read_numbers
from toguna.kernel.core.personal import PERSONAL

Agreement = Literal["equal", "differs", "no_row"]
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý0-9«])|\n+")
_TITLED = re.compile(
    r"\b(M\.|Mr\.?|Mme|Mlle|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame|El Hadj|Imam|Chef)(\s+(?:[A-ZÀ-Ý][\w'’-]+|ag|ould|mint|walet|wallet|el|al|bin|ben)){1,4}"
)
HIDDEN = "▇▇▇"


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """One row of the return: the words that name it (folded labels of its place and choices), and its numbers by question."""

    names: frozenset[str]
    numbers: Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class ComparedNumber:
    """One number of a text."""

    #: The sentence that it stands in, and the number as written.
    sentence: str
    written: str
    value: Decimal
    agreement: Agreement
    #: What the rows that the sentence names say, where it differs.
    said: tuple[Decimal, ...] = ()


def compared(texts: Iterable[str], rows: Sequence[ReturnRow], language: Language | None = None) -> list[ComparedNumber]:
    """Every number that counts something, in the order of the text; percentages and measures are left out."""
    found = []
    totals = _totals(rows)
    for text in texts:
        for sentence in filter(None, (each.strip() for each in _SENTENCE.split(text))):
            named = _named(sentence, rows)
            for number in read_numbers(sentence, language).numbers:
                if number.kind in ("count", "money"):
                    written = sentence[number.start : number.bare_end]
                    found.append(_compared(sentence, written, number.value, named, totals, rows))
    return found


def without_persons(text: str) -> str:
    """The text without registration numbers, telephones, addresses, coordinates and names after a title."""
    for pattern in (*PERSONAL, _TITLED):
        text = pattern.sub(HIDDEN, text)
    return text


def _compared(
    sentence: str,
    written: str,
    value: Decimal,
    named: Sequence[ReturnRow],
    totals: frozenset[Decimal],
    rows: Sequence[ReturnRow],
) -> ComparedNumber:
    own = _totals(named)
    agreement: Agreement = (
        "equal" if value in own or (not named and value in totals) else "differs" if named else "no_row"
    )
    said = tuple(sorted(own))[:12] if agreement == "differs" else ()
    return ComparedNumber(sentence=sentence, written=written, value=value, agreement=agreement, said=said)


def _named(sentence: str, rows: Sequence[ReturnRow]) -> list[ReturnRow]:
    """The rows that share most words with the sentence."""
    plain = f" {fold(sentence)} "
    scores = [sum(f" {name} " in plain for name in row.names) for row in rows]
    best = max(scores, default=0)
    return [row for row, score in zip(rows, scores, strict=True) if best and score == best]


def _totals(rows: Sequence[ReturnRow]) -> frozenset[Decimal]:
    """Every value of the rows, the sum of each row, of each question, and of all."""
    found: set[Decimal] = set()
    for row in rows:
        found.update(row.numbers.values())
        found.add(sum(row.numbers.values(), Decimal()))
    for name in {name for row in rows for name in row.numbers}:
        found.add(sum((row.numbers[name] for row in rows if name in row.numbers), Decimal()))
    found.add(sum((value for row in rows for value in row.numbers.values()), Decimal()))
    return frozenset(found)
