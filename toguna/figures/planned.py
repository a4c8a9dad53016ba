"""Publication plans as they are stored: what may be printed of each sensitive indicator in each closed month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure
from toguna.figures.store import models
from toguna.kernel.api import Period, digest


@dataclass(frozen=True, kw_only=True)
class PlannedFigures:
    """What of one indicator may be printed of one period."""

    indicator: str
    period: Period
    figures: tuple[PrintedFigure, ...]


def digest_of_plans(plans: Sequence[PlannedFigures]) -> str:
    """The digest of plans, for the act that makes them."""
    return digest(sorted(_said(one.indicator, one.period, [_as_cell(own) for own in one.figures]) for one in plans))


def stored_digest(act: int) -> str:
    """The digest of the plans that are stored as made by an act."""
    rows = models.PublicationPlan.objects.filter(act=act)
    return digest(sorted(_said(row.indicator, Period(start=row.start, end=row.end), row.cells) for row in rows))


def _said(indicator: str, period: Period, cells: Sequence[Mapping[str, Any]]) -> list[str]:
    return [indicator, period.start.isoformat(), period.end.isoformat(), digest(list(cells))]


def keep_plans(plans: Sequence[PlannedFigures], sequence: int, act: int) -> None:
    """Store plans. The caller holds the transaction."""
    models.PublicationPlan.objects.bulk_create(
        models.PublicationPlan(
            start=one.period.start,
            end=one.period.end,
            indicator=one.indicator,
            sequence=sequence,
            cells=[_as_cell(figure) for figure in one.figures],
            act=act,
        )
        for one in plans
    )


def planned_figures(period: Period | None = None) -> list[PrintedFigure]:
    """Every figure that the newest plans let be printed, of the months of a period or of all."""
    newest: dict[tuple[str, Any, Any], models.PublicationPlan] = {}
    for row in models.PublicationPlan.objects.order_by("act"):
        if period is None or (row.start <= period.end and period.start <= row.end):
            newest[row.indicator, row.start, row.end] = row
    return [_of_cell(row, cell) for row in newest.values() for cell in row.cells]


def planned_before() -> list[PrintedFigure]:
    """Every figure that some plan has let be printed: what `--public` may have told, coarser plans notwithstanding."""
    found = {}
    for row in models.PublicationPlan.objects.order_by("act"):
        for cell in row.cells:
            one = _of_cell(row, cell)
            found[one.reference, one.period, one.at] = one
    return list(found.values())


def taken_out() -> list[PrintedFigure]:
    """What the protection officer has taken out of plans and no newer plan lets be printed."""
    stands = {(one.reference, one.period) for one in planned_figures()}
    return [one for one in planned_before() if (one.reference, one.period) not in stands]


def _as_cell(one: PrintedFigure) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "places": list(one.places),
        "categories": {name: list(values) for name, values in one.categories.items()},
        "value": str(one.low),
        "is_list": one.listed is not None,
    }


def _of_cell(row: models.PublicationPlan, cell: Mapping[str, Any]) -> PrintedFigure:
    return PrintedFigure(
        reference=cell["reference"],
        indicator=row.indicator,
        period=Period(start=row.start, end=row.end),
        places=tuple(cell["places"]),
        categories={name: tuple(values) for name, values in cell["categories"].items()},
        at=row.sequence,
        low=Decimal(cell["value"]),
        high=Decimal(cell["value"]),
        listed=() if cell["is_list"] else None,
        edition=PLAN,
    )
