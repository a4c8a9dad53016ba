"""How exact the owners of quoted values say that these are."""

from __future__ import annotations

from collections.abc import Iterable

from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import Figure, FigureSource
from toguna.figures.problems import FAULTS
from toguna.kernel.api import LANGUAGES, Problem
from toguna.kernel.core.hedges import HEDGES, Hedge, hedge_of


def owner_hedge(indicator: Indicator, sources: Iterable[FigureSource]) -> Hedge | None:
    """How exact the owners say that a value is: the hedge of all who hedge; about where they differ, and of what is not a sum."""
    found = {read_hedge(one.hedge) or "about" for one in sources if one.hedge}
    if not found:
        return None
    adds = not indicator.is_derived or indicator.kind == "sum"
    return found.pop() if adds and len(found) == 1 else "about"


def read_hedge(written: str) -> Hedge | None:
    """The hedge that a row's word says: one of `show`, or the words of either language; None when it says none."""
    code = written.strip().lower().replace("_", "-")
    found = next((hedge for hedge in HEDGES if hedge == code), None)
    return found or next((hedge for language in LANGUAGES if (hedge := hedge_of(written, language))), None)


def unread_hedges(figure: Figure) -> list[Problem]:
    """A fault for each source of the figure whose hedge is a word that says none."""
    return [
        FAULTS["owner_hedge_unknown"].at(reference=figure.indicator, source=one.id, word=one.hedge)
        for one in figure.sources
        if one.hedge and read_hedge(one.hedge) is None
    ]
