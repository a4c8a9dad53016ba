"""Whether what this room stores is what the journal tells: cut-offs, and the lake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from toguna.figures.disclosure_ledger import printed_digest
from toguna.figures.lake.problems import FAULTS
from toguna.figures.opened import verify_lake
from toguna.figures.planned import stored_plan_rows
from toguna.figures.store import models
from toguna.journal.api import acts
from toguna.kernel.api import Period, Problem, digest


def verify() -> tuple[Problem, ...]:
    """Cut-offs, plans and the disclosure ledger that are not as acts made them, and everything that is wrong with the lake."""
    return (*_cutoffs(), *_plans(), *_printed(), *verify_lake())


def _cutoffs() -> Iterator[Problem]:
    """Each row has its act and says what it says; each act has its row."""
    rows = {row.act: row for row in models.Cutoff.objects.order_by("act")}
    for act in acts(kinds=("cutoff.set",)):
        row = rows.pop(act.sequence, None)
        if row is None or not _is_told(row, act.detail):
            yield FAULTS["cut_off_untold"].at(period=act.subject, act=act.sequence)
    for row in rows.values():
        yield FAULTS["cut_off_untold"].at(period=f"{row.start}..{row.end}", act=row.act)


def _is_told(row: models.Cutoff, detail: Mapping[str, Any]) -> bool:
    """Whether the row is what the act's detail says; the act holds whole seconds."""
    return (
        row.start <= row.end
        and Period(start=row.start, end=row.end).written() == detail["period"]
        and row.sequence == detail["sequence"]
        and row.at.replace(microsecond=0) == datetime.fromisoformat(detail["at"])
    )


def _plans() -> Iterator[Problem]:
    """The plans of each act are those that it made; acts of an older Toguna hold no digest of them."""
    made = set(models.PublicationPlan.objects.values_list("act", flat=True).distinct())
    for act in acts(kinds=("cutoff.set", "publication.coarsened")):
        if act.detail.get("plans") not in (None, digest(stored_plan_rows(act.sequence))):
            yield FAULTS["plan_untold"].at(period=act.subject, act=act.sequence)
        made.discard(act.sequence)
    for sequence in sorted(made):
        yield FAULTS["plan_untold"].at(period="-", act=sequence)


def _printed() -> Iterator[Problem]:
    """What the ledger keeps of each edition is what the act of issuing says; acts of an older Toguna hold no digest of it."""
    kept = set(models.PrintedFigure.objects.values_list("edition", flat=True).distinct())
    for act in acts(kinds=("edition.issued", "edition.restated", "edition.replaced")):
        if act.detail.get("printed") not in (None, printed_digest(act.subject)):
            yield FAULTS["printed_untold"].at(edition=act.subject)
        kept.discard(act.subject)
    for edition in sorted(kept):
        yield FAULTS["printed_untold"].at(edition=edition)
