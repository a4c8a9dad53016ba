"""A figure as a reader has it: what it speaks of and between which bounds its value is known, whatever it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toguna.figures.core.figure import Figure
from toguna.figures.core.reference import FigureReference, Show
from toguna.figures.core.show import printed_value, rounding_step
from toguna.kernel.api import Period

#: The name that takes an edition's place where a publication plan lets a figure be printed.
PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class PrintedFigure:
    """One printed number. `low` and `high` are the same where it is printed exactly, apart where it is rounded or hedged."""

    reference: str
    indicator: str
    period: Period
    #: Codes of the places asked for; none: the whole operation.
    places: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The act as of which it was computed.
    at: int
    low: Decimal
    high: Decimal
    #: Of a count of places or types, the codes that the print lists; None where it prints the number alone.
    listed: tuple[str, ...] | None = None
    #: The edition that printed it, or `PLAN`; empty for the draft at hand.
    edition: str = ""

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def printed_figure(figure: Figure, show: Show, root: str, edition: str = "") -> PrintedFigure | None:
    """A figure as this manner of showing prints it; None where no number is printed. `root`: the operation's own place."""
    if figure.value is None:
        return None
    low, high = bounds_of(figure.value, show, figure.unit)
    own = () if figure.place in (None, root) else tuple(str(figure.place).split(","))
    is_list = show.style in ("list", "names")
    return PrintedFigure(
        reference=figure.reference.written(),
        indicator=figure.indicator,
        period=figure.period,
        places=own,
        categories={name: tuple(values.split(",")) for name, values in figure.categories.items()},
        at=figure.as_of.sequence,
        low=figure.value if is_list else low,
        high=figure.value if is_list else high,
        listed=next(iter(figure.names.values()), ()) if is_list else None,
        edition=edition,
    )


def planned_print(one: PrintedFigure, period: Period) -> PrintedFigure:
    """The figure as a plan of this period keeps it: its reference written in the one way, without its manner of showing."""
    own = None if one.period == period else one.period.written()
    reference = FigureReference(indicator=one.indicator, period=own, place=one.places, categories=one.categories)
    return replace(one, reference=reference.written(), edition=PLAN)


def is_same(asked: PrintedFigure, known: PrintedFigure) -> bool:
    """Whether a reader who has `known` has what is asked: the same figure, no less exact, with its names if these are asked."""
    return (
        (asked.indicator, asked.period, asked.places, asked.categories, asked.at)
        == (known.indicator, known.period, known.places, known.categories, known.at)
        and asked.low <= known.low
        and known.high <= asked.high
        and (asked.listed is None or known.listed is not None)
    )


def bounds_of(value: Decimal, show: Show, unit: str) -> tuple[Decimal, Decimal]:
    """What a reader who knows how numbers are rounded here knows of the value."""
    step = rounding_step(value, show, unit)
    printed = printed_value(value, show, unit)
    if show.digits is None and not show.to_five and show.hedge is None and printed == value:
        return value, value
    if show.hedge in ("over", "at-least"):
        return printed, printed + step
    if show.hedge == "nearly":
        return printed - step, printed
    return printed - step / 2, printed + step / 2
