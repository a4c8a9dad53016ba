"""What to change in a draft so that it gives nothing away: the cheapest change of one figure that the audit then finds safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from toguna.figures.core.disclosure.prints import PrintedFigure

Change = Literal["round", "merge", "drop"]
#: Gives the value of a figure that was not asked for; None where it has none.
ValueOf = Callable[[PrintedFigure], Decimal | None]
#: To which digit figures are rounded, the finest first: tens, hundreds.
_DIGITS = (-1, -2)


@dataclass(frozen=True, kw_only=True)
class Cure:
    """Round this figure, ask for it without one of its keys, or leave it out."""

    change: Change
    figure: PrintedFigure
    #: Of a merge: the category, or `place`, that is left out.
    without: str = ""
    #: Of a rounding: as grammar 2 writes it.
    digits: int = 0


def cheapest_cure(
    culprits: Sequence[PrintedFigure], is_safe: Callable[[Sequence[PrintedFigure]], bool], value_of: ValueOf
) -> Cure | None:
    """The first change of one of the draft's culprits after which they give nothing away; None where one change is not enough.

    `is_safe`: whether such prints give nothing away together.
    """
    for cure, changed in _changes(culprits, value_of):
        rest = [one for one in culprits if one is not cure.figure]
        if is_safe([*rest, *changed]):
            return cure
    return None


def _changes(culprits: Sequence[PrintedFigure], value_of: ValueOf) -> Iterator[tuple[Cure, list[PrintedFigure]]]:
    """What costs the reader least first: a rounded figure says nearly as much, a wider one something else, one that is gone nothing."""
    own = [one for one in culprits if not one.edition]
    for digits in _DIGITS:
        for one in own:
            if one.is_exact and one.listed is None and one.low >= Decimal(1).scaleb(-digits) / 2:
                yield Cure(change="round", figure=one, digits=digits), [rounded(one, digits)]
    for one in own:
        for key in (*one.categories, *(("place",) if one.places else ())):
            wider = _without(one, key)
            value = value_of(wider)
            if value is not None:
                yield Cure(change="merge", figure=one, without=key), [replace(wider, low=value, high=value)]
    for one in own:
        yield Cure(change="drop", figure=one), []


def rounded(figure: PrintedFigure, digits: int) -> PrintedFigure:
    """The figure as a reader has it when it is rounded to tens (-1), hundreds (-2) ..."""
    step = Decimal(1).scaleb(-digits)
    printed = figure.low.quantize(step, ROUND_HALF_UP)
    return replace(figure, low=printed - step / 2, high=printed + step / 2)


def _without(figure: PrintedFigure, key: str) -> PrintedFigure:
    if key == "place":
        return replace(figure, places=())
    return replace(figure, categories={name: own for name, own in figure.categories.items() if name != key})
