"""Whether what this room stores is what the journal tells: cut-offs, and the lake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from toguna.figures.lake.problems import FAULTS
from toguna.figures.opened import verify_lake
from toguna.figures.store import models
from toguna.journal.api import acts
from toguna.kernel.api import Period, Problem


def verify() -> tuple[Problem, ...]:
    """Cut-offs that are not as they were set, and everything that is wrong with the lake."""
    return (*_cutoffs(), *verify_lake())


def _cutoffs() -> Iterator[Problem]:
    """Each row has its act and says what it says; each act has its row."""
    rows = {row.act: row for row in models.Cutoff.objects.order_by("act")}
    for act in acts(kinds=("cutoff.set",)):
        row = rows.pop(act.sequence, None)
        if row is None or not _is_told(row, act.detail):
            yield FAULTS["cut_off_untold"].at(period=act.subject, act=act.sequence)
    for row in rows.values():
        yield FAULTS["cut_off_untold"].at(period=Period(start=row.start, end=row.end).written(), act=row.act)


def _is_told(row: models.Cutoff, detail: Mapping[str, Any]) -> bool:
    """Whether the row is what the act's detail says; the act holds whole seconds."""
    return (
        Period(start=row.start, end=row.end).written() == detail["period"]
        and row.sequence == detail["sequence"]
        and row.at.replace(microsecond=0) == datetime.fromisoformat(detail["at"])
    )
