"""Periods closed for drafting: a cut-off is a journal sequence as of which texts on the period are computed; what comes later is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Literal

from toguna.access.api import Actor, require_permit
from toguna.collect.scope import own_submissions
from toguna.figures import opened
from toguna.figures.lake.problems import FAULTS
from toguna.figures.planned import digest_of_plans, keep_plans
from toguna.figures.publication import choose_plans
from toguna.figures.store import models
from toguna.instance import api as instance
from toguna.instance.api import Operation
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.journal.witness import keep_head
from toguna.kernel.api import Period, Refused
from toguna.kernel.core import clock

Change = Literal["new", "corrected", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Cutoff:
    """The period's figures are those known when act `sequence` was the last: at that instant."""

    period: Period
    sequence: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LateRow:
    """A submission that speaks of a closed period and came, changed or went after its cut-off.

    The three dates of a record: `happened`, `received_at`, and the edition it is counted in, which is not the period's own.
    """

    form: str
    instance_id: str
    lineage: str
    change: Change
    happened: date
    received_at: datetime
    #: The act at which it began, or ceased, to count.
    sequence: int


def cutoff(period: Period, at: datetime | None, actor: Actor) -> Cutoff:
    """Close the period as known at that instant; by default at the operation's cut-off. Closed again, the newest holds.

    Refuses an instant ahead, and one before the period's end: its last day could not be known.
    """
    require_permit(actor, "cutoff.set")
    operation = instance.current().operation
    moment = at or default_cutoff(operation, period)
    if moment > clock.now():
        raise Refused(FAULTS["cut_off_ahead"].at(period=period.written(), at=moment.isoformat(timespec="minutes")))
    if moment.astimezone(operation.time_zone).date() <= period.end:
        raise Refused(FAULTS["cut_off_early"].at(period=period.written(), at=moment.isoformat(timespec="minutes")))
    seen = journal.head_at(journal.sequence_at(moment))
    # Without the rows there is no plan, and nothing sensitive is answered in public; close the period again then.
    plans = choose_plans(period, seen.sequence) if opened.synced() >= seen.sequence else []
    detail = {
        "period": period.written(),
        "sequence": seen.sequence,
        "head": seen.written(),
        "at": moment.isoformat(timespec="seconds"),
        "plans": digest_of_plans((plans, seen.sequence)),
    }
    with instance.writing():
        act = journal.append([NewAct(kind="cutoff.set", subject=period.written(), detail=detail)], actor.name)
        models.Cutoff.objects.create(
            start=period.start, end=period.end, sequence=seen.sequence, at=moment, act=act.first
        )
        keep_plans(plans, seen.sequence, act.first)
    keep_head(journal.head())
    return Cutoff(period=period, sequence=seen.sequence, at=moment)


def cutoff_of(period: Period) -> Cutoff | None:
    """The period's cut-off; None while it is open."""
    row = models.Cutoff.objects.filter(start=period.start, end=period.end).order_by("-act").first()
    return Cutoff(period=period, sequence=row.sequence, at=row.at) if row else None


def newest_cutoff() -> Cutoff | None:
    """The cut-off of the newest period that was closed; None where none was."""
    row = models.Cutoff.objects.order_by("-end", "-act").first()
    return Cutoff(period=Period(start=row.start, end=row.end), sequence=row.sequence, at=row.at) if row else None


def default_cutoff(operation: Operation, period: Period) -> datetime:
    """The operation's day and time of the month after the period."""
    first = (period.end.replace(day=1) + timedelta(days=32)).replace(day=1)
    day = first + timedelta(days=operation.cut_off_day - 1)
    return datetime.combine(day, operation.cut_off_time, operation.time_zone)


def late_rows(period: Period) -> list[LateRow]:
    """What is late for the period, in the order of the journal; nothing while it is open."""
    closed = cutoff_of(period)
    if closed is None:
        return []
    found: list[LateRow] = []
    with opened.using() as around:
        for name, table in around.engine.catalogue.sources.tables.items():
            rows = around.engine.changed_since(table.lake, closed.sequence) if table.kind == "form" else []
            for _, versions in groupby(rows, key=lambda row: row[0]):
                found += _late(name, list(versions), closed)
    return sorted(found, key=lambda row: (row.sequence, row.form, row.instance_id))


def late_rows_seen(period: Period, actor: Actor) -> tuple[list[LateRow], int]:
    """What is late for the period and the actor's own, and how many more there are. Refuses an actor who may not compute figures."""
    require_permit(actor, "figure.computed")
    every = late_rows(period)
    own = own_submissions(actor, [row.instance_id for row in every])
    seen = [row for row in every if row.instance_id in own]
    return seen, len(every) - len(seen)


def _late(form: str, versions: Sequence[tuple[Any, ...]], closed: Cutoff) -> Iterator[LateRow]:
    """Of one lineage, whose versions are given in order: what changed for the period since its cut-off."""
    then = [one for one in versions if _known(one, closed.sequence) and one[2] in closed.period]
    now = [one for one in versions if one[5] is None and one[2] in closed.period]
    began = min(one[4] for one in versions)
    for one in now:
        if one[4] > closed.sequence and one[1] not in {earlier[1] for earlier in then}:
            change: Change = "new" if began > closed.sequence else "corrected"
            yield _row(form, one, change, one[4])
    for one in then:
        if not now:
            yield _row(form, one, "withdrawn", one[5])


def _known(version: tuple[Any, ...], at: int) -> bool:
    return version[4] <= at and (version[5] is None or version[5] > at)


def _row(form: str, version: tuple[Any, ...], change: Change, sequence: int) -> LateRow:
    lineage, instance_id, happened, received_at = version[:4]
    return LateRow(
        form=form,
        instance_id=instance_id,
        lineage=lineage,
        change=change,
        happened=happened,
        received_at=received_at,
        sequence=sequence,
    )
