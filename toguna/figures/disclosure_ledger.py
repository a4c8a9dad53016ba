"""The disclosure ledger: what every edition, in every language, has printed of sensitive tables. Rows are only added.

A withdrawn edition keeps its rows: readers have had it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from toguna.figures import opened
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure, is_same, planned_print
from toguna.figures.core.disclosure.publication import SensitivityRules, is_sensitive, related, undetermined
from toguna.figures.disclosures import Disclosure, find_disclosures, find_taken_out, threshold_in
from toguna.figures.planned import planned_before, planned_figures, taken_out
from toguna.figures.source_rows import LakeRecords
from toguna.figures.store import models
from toguna.kernel.api import Period, digest

#: What a row says, which the digest in the edition's act covers.
_SAID = ("edition", "reference", "indicator", "definition", "places", "categories", "sequence", "low", "high", "listed")


def record_prints(edition: str, prints: Sequence[PrintedFigure]) -> str:
    """Keep what an edition prints of sensitive tables; returns the digest of the rows, for the act. The caller holds the transaction."""
    with opened.using() as around:
        records = LakeRecords(engine=around.engine, tree=around.tree)
        audit = JointAudit(prints, around.indicators, threshold_in(around), records)
        return keep(edition, [one for one, _ in audit.prints], around.indicators)


def disclosed_by(draft: Sequence[PrintedFigure]) -> tuple[Disclosure, ...]:
    """What a draft gives away, together with everything that readers may have: every edition, and every plan that was ever made.

    First what the protection officer has taken out of a plan and the draft prints.
    """
    return (*find_taken_out(draft, taken_out()), *find_disclosures(draft, known_to_readers()))


def outside_plan(prints: Sequence[PrintedFigure]) -> list[PrintedFigure]:
    """Those of the figures, of sensitive tables, that no plan lets be printed and no edition has printed, and that do not follow from these.

    What the protection officer has taken out of a plan is outside it, whoever has printed it.
    """
    with opened.using() as around:
        indicators, threshold_of = around.indicators, threshold_in(around)
        rules = SensitivityRules(indicators=indicators, threshold_of=threshold_of)
        own = [one for one in prints if is_sensitive(indicators[one.indicator], rules)]
        gone = {(one.reference, one.period) for one in taken_out()}
        printed = [
            one for one in printed_before() if (planned_print(one, one.period).reference, one.period) not in gone
        ]
        known = related(own, [one for one in (*planned_figures(), *printed) if one.indicator in indicators], indicators)
        records = LakeRecords(engine=around.engine, tree=around.tree)
        return undetermined(own, known, lambda every: JointAudit(every, indicators, threshold_of, records))


def known_to_readers() -> list[PrintedFigure]:
    """What editions have printed, and what else plans have let `figures --public` answer."""
    printed = printed_before()
    of_indicator: dict[str, list[PrintedFigure]] = {}
    for one in printed:
        of_indicator.setdefault(one.indicator, []).append(one)
    further = [
        one for one in planned_before() if not any(is_same(one, other) for other in of_indicator.get(one.indicator, ()))
    ]
    return [*printed, *further]


def digest_of(edition: str) -> str:
    """The digest of everything that the ledger says an edition printed."""
    rows = models.PrintedFigure.objects.filter(edition=edition).order_by("id")
    return digest([_said(row) for row in rows.iterator()])


def _said(row: models.PrintedFigure) -> dict[str, Any]:
    days = {"start": row.start.isoformat() if row.start else "", "end": row.end.isoformat()}
    return {**days, **{name: getattr(row, name) for name in _SAID}}


def keep(edition: str, prints: Sequence[PrintedFigure], indicators: Mapping[str, Indicator]) -> str:
    """Add these rows to the ledger; returns their digest."""
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
    return digest_of(edition)


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
