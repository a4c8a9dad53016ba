"""In what circumstances a figure is asked: by whom, in which text, as of when; and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toguna.access.api import Actor
from toguna.figures.core.figure import Figure
from toguna.kernel.api import Language, Period, Problem


@dataclass(frozen=True, kw_only=True)
class Context:
    """The text's own period and place, the act as of which it is written (none: now), its language and reader."""

    period: Period
    place: str | None = None
    as_of: int | None = None
    language: Language = "en"
    actor: Actor
    #: For print: what may not be printed is withheld. Else it is marked.
    public: bool = False
    #: Of sensitive tables only what the publication plans say: for whoever may ask as often as he likes.
    planned: bool = False
    #: Sequences of issued editions, for `edition=`.
    editions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Computed:
    """One figure a reference, None where it was refused; every fault of all of them."""

    figures: list[Figure | None]
    problems: list[Problem]


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """A figure split: rows by their categories, and the total, which is computed and not added up."""

    by: tuple[str, ...]
    rows: tuple[tuple[Mapping[str, str], Figure], ...]
    total: Figure | None
    problems: tuple[Problem, ...] = ()
