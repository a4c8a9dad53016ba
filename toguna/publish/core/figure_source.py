"""What the compiler asks of the room `figures`: figures by reference, tables by category, what an indicator is.

Protocols, so that the compiler is pure and its tests hold figures in memory; `instance_figures` answers them from the opened instance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from toguna.kernel.api import Language, Period, Problem
from toguna.kernel.core.hedges import Hedge
from toguna.publish.core.resolved import Basis, Status


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """Where a quoted, estimated or planned figure comes from."""

    id: str
    owner: str = ""
    title: str = ""
    page: str = ""
    as_of: date | None = None
    #: After this day the source should have been replaced.
    stale_after: date | None = None
    #: What does not fit in the document, as published.
    misfit: str = ""
    #: Since when it repeats the value, where its row is older than the figure's period.
    unchanged_since: date | None = None
    owner_fr: str = ""
    title_fr: str = ""
    misfit_fr: str = ""

    def in_language(self, language: Language) -> SourceLine:
        """The line with owner, title and misfit in the language; each as it was registered where it is not there in French."""
        french = language == "fr"
        return replace(
            self,
            owner=(french and self.owner_fr) or self.owner or self.owner_fr,
            title=(french and self.title_fr) or self.title or self.title_fr,
            misfit=(french and self.misfit_fr) or self.misfit or self.misfit_fr,
        )


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One figure as the compiler needs it. `value` is None where `status` has none or it may not be printed."""

    #: Canonical: keys sorted, period and place written out.
    reference: str
    indicator: str
    label: Mapping[Language, str]
    #: A shorter label where the indicator has one, and the name of its icon.
    short: Mapping[Language, str] = field(default_factory=dict)
    icon: str = ""
    period: Period
    place: str | None
    #: Codes of the places that its place lies in, the nearest first.
    within: tuple[str, ...] = ()
    #: Names of the place in each language.
    place_name: Mapping[Language, str]
    categories: Mapping[str, str]
    #: What its categories are called in each language, so that two figures of one indicator are told apart in their notes.
    category_names: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    value: Decimal | None
    status: Status
    unit: str
    basis: Basis
    #: How exact the owner of a quoted value says that it is.
    owner_hedge: Hedge | None = None
    provisional: bool = False
    #: Small values of its table are withheld: nothing prints more of it than the text shows.
    is_sensitive: bool = False
    sources: tuple[SourceLine, ...] = ()
    #: Of an estimate: its range and how it is made, in a reader's words.
    method: Mapping[Language, str] = field(default_factory=dict)
    #: The definition's digest.
    definition: str = ""
    #: Partners whose return was expected and has not come, by name.
    missing: tuple[str, ...] = ()
    #: Withheld because no publication plan lets it be printed.
    is_outside_plan: bool = False
    #: Of what is not applicable: that it asks for less than was reported.
    too_fine: Problem | None = None
    #: What the source of figures needs to print it; nobody else looks into it.
    figure: object = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an indicator is, as far as a text can contradict it."""

    id: str
    #: flow, stock, counter, ratio, sum, difference, change, target.
    kind: str
    #: Of a ratio, sum or difference: the indicators it is made of, in order.
    of: tuple[str, ...] = ()
    #: The values of each category, where they are known and exhaustive: their figures add up to the whole.
    partitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The figures of disjoint periods and places add up.
    adds: bool = True
    #: Counts persons: may not be stated by hand.
    persons: bool = False
    #: The categories by which its figures can be asked, exhaustive or not.
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For which text figures are asked. `as_of` is a journal sequence; None is now. `public` withholds for print."""

    period: Period
    place: str
    language: Language
    as_of: int | None = None
    public: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One fact for each reference, in order, None where there is a problem."""

    facts: tuple[Fact | None, ...]
    problems: tuple[Problem | None, ...]


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A figure by one or more categories: names of the axes, rows of labels, codes and facts; their total if it may be printed."""

    by: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...], Fact], ...]
    total: Fact | None
    title: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Disclosed:
    """A small number that a reader can work out, although nobody printed it."""

    #: What it is, in the words of each language.
    cell: Mapping[Language, str]
    #: Canonical references of the draft's own figures that give it away.
    references: tuple[str, ...]
    #: The earlier editions that do their part.
    editions: tuple[str, ...] = ()
    #: Whether figures that a publication plan lets be printed do theirs.
    is_with_plan: bool = False
    #: What to change, in the words of each language.
    cure: Mapping[Language, str]


class FigureSource(Protocol):
    """The door to figures."""

    def facts(self, references: Sequence[str], asked: Asked) -> Answer: ...

    def cells(self, reference: str, by: Sequence[str], asked: Asked) -> Cells: ...

    def meaning(self, indicator: str) -> Meaning | None: ...

    def labels(self) -> Mapping[str, Mapping[Language, str]]:
        """What each indicator of the operation is called."""
        ...

    def within_plan(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Fact, ...]:
        """The facts in their order, each withheld where no publication plan lets it be printed in its manner of showing."""
        ...

    def disclosed(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Disclosed, ...]:
        """The small numbers that a reader can work out from these facts, each with its manner of showing, and from earlier editions."""
        ...

    def keep_printed(self, printed: Sequence[tuple[Fact, str]], edition: str) -> str:
        """Remember for later audits what an edition prints; returns the digest of what is kept. The caller holds the transaction."""
        ...

    def shown(self, fact: Fact, language: Language, show: str) -> str:
        """The words that print the fact in one of grammar 2's manners; empty where nothing may be printed."""
        ...
