"""Whether what this room stores is what the journal tells: cut-offs, publication plans, the disclosure ledger, and the lake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from toguna.figures.disclosure_ledger import digest_of
from toguna.figures.lake.problems import FAULTS
from toguna.figures.opened import verify_lake
from toguna.figures.planned import stored_digest
from toguna.figures.store import models
from toguna.instance.store.sql import triggers_of
from toguna.journal.api import acts
from toguna.kernel.api import Period, Problem

#: The acts that tell of an edition, and those that make or change publication plans.
_EDITIONS = ("edition.issued", "edition.restated", "edition.replaced")
_PLANS = ("cutoff.set", "publication.coarsened", "publication.extended")
#: Triggers without which rows of the ledger and of the plans could be changed.
_GUARDED = {
    table: tuple(f"{table}_{name}" for name in ("no_update", "no_delete"))
    for table in ("figures_printed", "figures_publication_plan")
}


def verify() -> tuple[Problem, ...]:
    """Cut-offs, plans and printed figures that are not as the journal tells, and everything that is wrong with the lake."""
    return (*_cutoffs(), *_plans(), *_printed(), *_triggers(), *verify_lake())


def _plans() -> Iterator[Problem]:
    """The plans that each act made are those stored. Acts of older releases do not tell of plans; theirs are not compared."""
    stored = set(models.PublicationPlan.objects.values_list("act", flat=True).distinct())
    for act in acts(kinds=_PLANS):
        if act.detail.get("plans", stored_digest(act.sequence)) != stored_digest(act.sequence):
            yield FAULTS["plan_untold"].at(period=act.subject, act=act.sequence)
        stored.discard(act.sequence)
    for sequence in sorted(stored):
        yield FAULTS["plan_untold"].at(period="-", act=sequence)


def _printed() -> Iterator[Problem]:
    """The ledger's rows of each edition are those that its act tells of; rows of an edition without an act are told too."""
    stored = set(models.PrintedFigure.objects.values_list("edition", flat=True).distinct())
    for act in acts(kinds=_EDITIONS):
        if "printed" in act.detail and digest_of(act.subject) != act.detail["printed"]:
            yield FAULTS["printed_untold"].at(edition=act.subject)
        stored.discard(act.subject)
    for edition in sorted(stored):
        yield FAULTS["printed_untold"].at(edition=edition)


def _triggers() -> Iterator[Problem]:
    for table, names in _GUARDED.items():
        for name in sorted(set(names) - triggers_of(table)):
            yield FAULTS["trigger_gone"].at(table=table, name=name)


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
