"""What a drawing is made of: values with their words, taken from the figures of a block. A value that may not be printed has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toguna.kernel.api import Language
from toguna.publish.pages.words import WORDS

#: ``none``: there is no return, or no figure; ``withheld``: there is one, and it is not published.
Known = Literal["value", "none", "withheld"]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value: what it is of, how long its bar is, what is printed beside it."""

    label: str
    amount: float | None
    text: str
    known: Known = "value"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Values that stand together: the months of one place, the ages of one sex. `text` is their sum where it may be printed."""

    label: str
    values: tuple[Value, ...]
    text: str = ""


def highest(values: Sequence[Value]) -> float:
    """The largest amount, at least a hair above nothing, so that a scale can be made of it."""
    return max((value.amount for value in values if value.amount is not None), default=0) or 1.0


def told(values: Sequence[Value], language: Language) -> str:
    """Every value in words: ``Gao 962; Kidal withheld``."""
    return "; ".join(f"{value.label} {spoken(value, language)}" for value in values)


def spoken(value: Value, language: Language) -> str:
    """A value, or why there is none."""
    return value.text if value.known == "value" else WORDS[language][value.known]


def over_time(values: Sequence[Value], language: Language) -> str:
    """A series in words: first, last, highest."""
    printed = [value for value in values if value.known == "value"]
    if not printed:
        return WORDS[language]["none"]
    first, last = printed[0], printed[-1]
    top = max(printed, key=lambda value: value.amount or 0)
    pattern = WORDS[language]["over_time"]
    return pattern.format(
        first=first.text, at_first=first.label, last=last.text, at_last=last.label, top=top.text, at_top=top.label
    )
