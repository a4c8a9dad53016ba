"""Publication plans as they are stored: what may be printed of each sensitive indicator in each closed month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.store import models
from toguna.kernel.api import Period


@dataclass(frozen=True, kw_only=True)
class PlannedFigures:
    """What of one indicator may be printed of one period."""

    indicator: str
    period: Period
    figures: tuple[PrintedFigure, ...]


#: The columns of a plan, in the order in which an act holds their digest.
_COLUMNS = ("start", "end", "indicator", "sequence", "cells")
PlanRow = tuple[Any, ...]


def plan_rows(plans: Sequence[PlannedFigures], sequence: int) -> list[PlanRow]:
    """The rows that store these plans: the digest of all rows of an act stands in the act."""
    return [
        (one.period.start, one.period.end, one.indicator, sequence, [_as_cell(figure) for figure in one.figures])
        for one in plans
    ]


def keep_plans(rows: Sequence[PlanRow], act: int) -> None:
    """Store the rows of plans. The caller holds the transaction, and has told their digest in the act."""
    models.PublicationPlan.objects.bulk_create(
        models.PublicationPlan(**dict(zip(_COLUMNS, row, strict=True)), act=act) for row in rows
    )


def stored_plan_rows(act: int) -> list[PlanRow]:
    """The rows that an act made, in the order in which it made them."""
    return list(models.PublicationPlan.objects.filter(act=act).order_by("pk").values_list(*_COLUMNS))


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
        edition="plan",
    )
