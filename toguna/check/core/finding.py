"""What the checker hands back: a finding, where it stands, what was expected and from what, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from toguna.kernel.api import Fault, Language, Place, Problem

Kind = Literal["sum", "percentage", "headline_vs_body", "repeat", "cumulative", "ratio", "list", "date"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """Characters `start` to `end` of the text at `text` in `Document.texts()`."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A finding before it has its quote, place and id. The first span holds the figure found, the last what it is set against."""

    kind: Kind
    confidence: Confidence
    fault: Fault
    spans: tuple[Span, ...]
    expected: str
    found: str
    #: The cells (first, last among `Document.texts()`) that the quote shows, for a finding in a table.
    row: tuple[int, int] | None = None
    #: By span, the words that stand for it in the quote; empty where its characters do.
    quotes: tuple[str, ...] = ()
    #: The quote where it is no run of characters of one text.
    words: str = ""
    #: What the fault's sentences need besides `expected` and `found`.
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Figures that do not agree. `id` stays the same while the words and the numbers stay the same."""

    id: str
    kind: Kind
    confidence: Confidence
    quote: str
    spans: tuple[Span, ...]
    expected: str
    found: str
    problem: Problem

    @property
    def place(self) -> Place:
        return self.problem.place

    def message(self, language: Language = "en") -> str:
        """What is wrong."""
        return self.problem.what(language)

    def cure(self, language: Language = "en") -> str:
        """What to do."""
        return self.problem.cure(language)

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """The shape `check` of the grammar, section 7; `cure` and `sheet` besides. In a workbook `line` is the row."""
        return {
            "id": self.id,
            "file": self.place.file,
            "kind": self.kind,
            "quote": self.quote,
            "page": self.place.page,
            "line": self.place.row if self.place.line is None else self.place.line,
            "expected": self.expected,
            "found": self.found,
            "confidence": self.confidence,
            "message": self.message(language),
            "cure": self.cure(language),
            "sheet": self.place.sheet,
        }


def written(value: Decimal) -> str:
    """A value as plain digits, thousands set off by commas: `1,248`, `74.1`."""
    value = value.normalize()
    return f"{value:,f}"
