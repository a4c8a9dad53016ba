"""The disclosure ledger: what every edition, in every language, has printed of sensitive tables. Rows are only added.

A withdrawn edition keeps its rows: readers have had it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from toguna.figures import opened
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.disclosures import threshold_in
from toguna.figures.source_rows import LakeRecords
from toguna.figures.store import models
from toguna.kernel.api import Period, digest

#: What an act holds the digest of, in this order.
_COLUMNS = (
    "edition", "reference", "indicator", "definition", "start", "end", "places", "categories", "sequence", "low", "high", "listed",
)  # fmt: skip


def record_prints(edition: str, prints: Sequence[PrintedFigure]) -> int:
    """Keep what an edition prints of sensitive tables; returns how many figures that are. The caller holds the transaction."""
    with opened.using() as around:
        records = LakeRecords(engine=around.engine, tree=around.tree)
        audit = JointAudit(prints, around.indicators, threshold_in(around), records)
        return keep(edition, [one for one, _ in audit.prints], around.indicators)


def keep(edition: str, prints: Sequence[PrintedFigure], indicators: Mapping[str, Indicator]) -> int:
    """Add these rows to the ledger; returns how many."""
    rows = [
        models.PrintedFigure(
            edition=edition,
            reference=one.reference,
            indicator=one.indicator,
            definition=indicators[one.indicator].digest,
            start=None if one.period.start == date.min else one.period.start,
            end=one.period.end,
            places=list(one.places),
            categories={name: list(values) for name, values in one.categories.items()},
            sequence=one.at,
            low=str(one.low),
            high=str(one.high),
            listed=None if one.listed is None else list(one.listed),
        )
        for one in prints
    ]
    models.PrintedFigure.objects.bulk_create(rows)
    return len(rows)


def printed_digest(edition: str) -> str:
    """Of everything that the ledger keeps of an edition: the act of issuing holds it, so that a change of the ledger is found."""
    rows = models.PrintedFigure.objects.filter(edition=edition).order_by("pk").values_list(*_COLUMNS)
    return digest(list(rows))


def printed_before() -> list[PrintedFigure]:
    """Every figure of a sensitive table that an edition has printed, in the order of printing; the same figure once.

    A figure is read by its indicator's present definition; one whose indicator is gone cannot be audited and is left out.
    """
    found: dict[tuple[object, ...], PrintedFigure] = {}
    for row in models.PrintedFigure.objects.order_by("id"):
        one = PrintedFigure(
            reference=row.reference,
            indicator=row.indicator,
            period=Period(start=row.start or date.min, end=row.end),
            places=tuple(row.places),
            categories={name: tuple(values) for name, values in row.categories.items()},
            at=row.sequence,
            low=Decimal(row.low),
            high=Decimal(row.high),
            listed=None if row.listed is None else tuple(row.listed),
            edition=row.edition,
        )
        found.setdefault((row.reference, row.sequence, row.start, row.end, row.low, row.high, one.listed), one)
    return list(found.values())
