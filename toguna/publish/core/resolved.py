"""The resolved tree: the update's tree and what each of its numbers prints. Renderers read this and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from toguna.kernel.api import Problem
from toguna.publish.core.front import Front
from toguna.publish.core.tree import Bound, Span, Update, bound

#: Design section 2, and ``text`` for a number that is part of a name or a quotation.
Basis = Literal["counted", "reported", "quoted", "estimated", "planned", "stated", "text"]
#: Grammar 4.
Status = Literal["value", "nil", "not_reported", "not_expected", "not_applicable", "unknown", "withheld"]


@dataclass(frozen=True, kw_only=True)
class NoteParts:
    """A note in its parts, in the text's language: what the notes page groups and shortens."""

    label: str
    #: The label's short form where the catalogue has one.
    short: str
    categories: tuple[str, ...] = ()
    where: str = ""
    when: str = ""
    #: Whose the quoted values are.
    owner: str = ""
    #: Owner and title of what is quoted.
    source: str = ""
    #: The page of it, where one document is cited.
    page: str = ""
    #: Of an estimate: how it is made, and its range.
    method: str = ""
    #: The same with months cut short, for the notes page.
    when_short: str = ""
    #: ``31 October 2016``: the day of which a quoted value speaks.
    as_of: str = ""
    icon: str = ""
    #: Of a quoted value: what does not fit in its document, and what to ask the figures for.
    misfit: str = ""
    ask: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What one bound number prints, in the language of its text."""

    #: The words to print: ``6,954``, ``three``, ``5%``, ``approximately 300``; empty where nothing may be printed.
    text: str
    basis: Basis
    status: Status = "value"
    provisional: bool = False
    #: For the reader's note: what was counted, for when and where, basis, owner, as of. Public words only.
    note: str = ""
    #: For bars and colours; None where nothing may be printed.
    value: Decimal | None = None
    parts: NoteParts | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure of a chart, map or table: what it is of, in words and in codes, and what it prints."""

    labels: tuple[str, ...]
    codes: tuple[str, ...]
    shown: Shown


@dataclass(frozen=True, kw_only=True)
class BlockFigures:
    """The figures that a fenced block's options asked for, by option."""

    title: str
    unit: str
    by: tuple[str, ...] = ()
    #: What the places or categories of the first axis come to over the second, by code, where it may be printed.
    totals: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """One language of one update with every number resolved."""

    update: Update
    front: Front
    shown: Mapping[Span, Shown]
    #: By the line of the fenced block.
    blocks: Mapping[int, BlockFigures]
    problems: tuple[Problem, ...] = ()

    def of(self, number: Bound) -> Shown:
        return self.shown[number.span]

    def numbers(self) -> Iterator[tuple[Bound, Shown]]:
        """Bound numbers in reading order, which is also how their notes are numbered (from 1)."""
        for number in bound(self.update):
            yield number, self.shown[number.span]

    def account(self) -> Counter[Basis]:
        """Grammar 6: how many numbers of each basis the text prints; numbers in names are not figures."""
        return Counter(shown.basis for _, shown in self.numbers() if shown.basis != "text")
