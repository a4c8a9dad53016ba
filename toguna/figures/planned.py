"""Publication plans as they are stored: what may be printed of each sensitive table in each closed month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure
from toguna.figures.store import models
from toguna.journal.api import acts
from toguna.kernel.api import Period, digest, parse_period


@dataclass(frozen=True, kw_only=True)
class PlannedFigures:
    """What of one indicator may be printed because a month was closed, as known at the cut-off's sequence.

    A figure may speak of other days than the month: of the year to date, or of the month before.
    """

    indicator: str
    period: Period
    at: int
    figures: tuple[PrintedFigure, ...]


def digest_of_plans(plans: Sequence[PlannedFigures]) -> str:
    """The digest of plans, for the act that makes them."""
    return digest(sorted(_said(one.indicator, one.period.start, one.period.end, _cells(one), one.at) for one in plans))


def stored_digest(act: int) -> str:
    """The digest of the plans that are stored as made by an act."""
    rows = models.PublicationPlan.objects.filter(act=act)
    return digest(sorted(_said(row.indicator, row.start, row.end, row.cells, row.sequence) for row in rows))


def _said(indicator: str, start: date, end: date, cells: Sequence[Mapping[str, Any]], at: int) -> list[str]:
    return [indicator, f"{start}..{end}", str(at), digest(list(cells))]


def keep_plans(plans: Sequence[PlannedFigures], act: int) -> None:
    """Store plans. The caller holds the transaction."""
    models.PublicationPlan.objects.bulk_create(
        models.PublicationPlan(
            start=one.period.start,
            end=one.period.end,
            indicator=one.indicator,
            sequence=one.at,
            cells=_cells(one),
            act=act,
        )
        for one in plans
    )


def newest_plans(period: Period | None = None) -> list[PlannedFigures]:
    """The plans that hold, of the closed months of a period or of all."""
    newest: dict[tuple[str, date, date], models.PublicationPlan] = {}
    for row in models.PublicationPlan.objects.order_by("act"):
        if period is None or period.overlaps(_period(row)):
            newest[row.indicator, row.start, row.end] = row
    return [
        PlannedFigures(
            indicator=row.indicator,
            period=_period(row),
            at=row.sequence,
            figures=tuple(_of_cell(row, cell) for cell in row.cells),
        )
        for row in newest.values()
    ]


def planned_figures(period: Period | None = None) -> list[PrintedFigure]:
    """Every figure that the plans that hold let be printed: of the closed months of a period, and those that speak of its days; or all."""
    return [
        one
        for plan in newest_plans()
        for one in plan.figures
        if period is None or period.overlaps(plan.period) or period.overlaps(one.period)
    ]


def planned_before() -> list[PrintedFigure]:
    """Every figure that some plan has let be printed: what `--public` may have told, coarser plans notwithstanding."""
    found = {}
    for row in models.PublicationPlan.objects.order_by("act"):
        for cell in row.cells:
            one = _of_cell(row, cell)
            found[one.reference, one.period, one.at, one.low, one.high, one.listed] = one
    return list(found.values())


def taken_out() -> list[PrintedFigure]:
    """What the protection officer has taken out of plans and no newer plan lets be printed. What the audit left out is not meant."""
    coarsened = {act.sequence for act in acts(kinds=("publication.coarsened",))}
    newest: dict[tuple[str, date, date], list[PrintedFigure]] = {}
    gone: dict[tuple[str, Period], PrintedFigure] = {}
    for row in models.PublicationPlan.objects.order_by("act"):
        key, own = (row.indicator, row.start, row.end), [_of_cell(row, cell) for cell in row.cells]
        if row.act in coarsened:
            gone.update({(one.reference, one.period): one for one in newest.get(key, ())})
        for one in own:
            gone.pop((one.reference, one.period), None)
        newest[key] = own
    return list(gone.values())


def _period(row: models.PublicationPlan) -> Period:
    return Period(start=row.start, end=row.end)


def _cells(plan: PlannedFigures) -> list[dict[str, Any]]:
    return [_as_cell(one, plan) for one in plan.figures]


def _as_cell(one: PrintedFigure, plan: PlannedFigures) -> dict[str, Any]:
    """What is the plan's own is not said again: its month, its sequence, the upper bound of an exact number."""
    cell: dict[str, Any] = {
        "reference": one.reference,
        "places": list(one.places),
        "categories": {name: list(values) for name, values in one.categories.items()},
        "value": str(one.low),
        "is_list": one.listed is not None,
    }
    if one.period != plan.period:
        cell["period"] = one.period.written()
    if one.at != plan.at:
        cell["at"] = one.at
    if not one.is_exact:
        cell["high"] = str(one.high)
    return cell


def _of_cell(row: models.PublicationPlan, cell: Mapping[str, Any]) -> PrintedFigure:
    return PrintedFigure(
        reference=cell["reference"],
        indicator=row.indicator,
        period=parse_period(cell["period"]) if "period" in cell else _period(row),
        places=tuple(cell["places"]),
        categories={name: tuple(values) for name, values in cell["categories"].items()},
        at=cell.get("at", row.sequence),
        low=Decimal(cell["value"]),
        high=Decimal(cell.get("high", cell["value"])),
        listed=() if cell["is_list"] else None,
        edition=PLAN,
    )
