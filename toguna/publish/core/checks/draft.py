"""What one run of the checks looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from toguna.kernel.api import Language, Place
from toguna.publish.core.checks.pack_words import PackWords
from toguna.publish.core.checks.passages import WHERE_WORDS, Passage, Where, passages
from toguna.publish.core.figure_source import Fact, FigureSource
from toguna.publish.core.numerals import HOLE
from toguna.publish.core.resolve import Resolution
from toguna.publish.core.tree import Bound, Inline, Text, Update, flat


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What an earlier edition printed for a figure."""

    edition: str
    value: Decimal | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One language of one update, resolved, and what it is compared with."""

    resolution: Resolution
    source: FigureSource
    #: The day on which staleness is judged: the text's cut-off, else the day of the check.
    today: date
    #: The text that this one translates, when the update has one.
    original: Update | None = None
    #: By canonical reference: what the last edition of this product printed.
    previous: Mapping[str, Printed] = field(default_factory=dict)
    #: The pack's photos by name; None leaves pictures alone.
    photos: Mapping[str, bytes] | None = None
    #: Words of the operation that may not be printed, beside the built-in ones.
    terms: tuple[str, ...] = ()
    #: What the operation's pack says of words, names and sources.
    pack: PackWords = field(default_factory=PackWords)

    @property
    def update(self) -> Update:
        return self.resolution.update

    @property
    def language(self) -> Language:
        return self.resolution.front.language

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passages(self.update))

    def at(self, line: int) -> Place:
        return Place(file=self.update.file, line=line)

    def printed(self, passage: Passage) -> str:
        """The passage as a reader sees it; a number that may not be printed as its author typed it, whatever its value."""
        shown = iter(passage.numbers)
        return "".join(self._printed(next(shown)) if letter == HOLE else letter for letter in passage.text)

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The same of a table's cell."""
        return "".join(
            leaf.text if isinstance(leaf, Text) else self._printed(leaf) if isinstance(leaf, Bound) else " "
            for leaf in flat(inlines)
        )

    def _printed(self, number: Bound) -> str:
        resolved = self.resolution.resolved.of(number)
        return resolved.text if resolved.status in {"value", "nil"} else number.shown

    def fact(self, number: Bound) -> Fact | None:
        return self.resolution.facts.get(number.span)

    def label(self, fact: Fact) -> str:
        """``refugee returnees paid (sex f)``: what a figure is, for a finding."""
        keys = ", ".join(f"{key} {value}" for key, value in fact.categories.items())
        where = fact.place_name.get(self.language, "")
        inner = ", ".join(filter(None, (where, keys)))
        return fact.label[self.language] + (f" ({inner})" if inner else "")


def where_words(where: Where) -> dict[str, str]:
    """The two details by which a fault says where in the text something stands."""
    return {"where": WHERE_WORDS["en"][where], "where_fr": WHERE_WORDS["fr"][where]}
