"""Whether entities are what their submissions make of them, and what persons decided is what the journal tells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from toguna.journal import api as journal
from toguna.kernel.api import Problem
from toguna.registry import problems
from toguna.registry.deciding import resolution_digest
from toguna.registry.store import models
from toguna.registry.store.queries import CONSUMER, baseless, differing


def verify() -> tuple[Problem, ...]:
    """Decisions that are not as they were made; without any, entities of which what is kept is not what their submissions make of them.

    Entities follow from decisions: where these were changed nobody can say what entities ought to be.
    """
    return tuple(chain(_resolutions(), _approvals())) or tuple(_entities())


def _entities() -> Iterator[Problem]:
    until = journal.reached(CONSUMER)
    for list_name, entity_id in chain(differing(until), baseless(until)):
        yield problems.STALE.at(list=list_name, entity_id=entity_id)


def _resolutions() -> Iterator[Problem]:
    """Each has its act, and holds the values of which the act has the digest; an act of an older Toguna has none."""
    rows = {row.sequence: row for row in models.Resolution.objects.order_by("sequence")}
    for act in journal.acts(kinds=("entity.resolved",)):
        row = rows.pop(act.sequence, None)
        if row is None:
            yield problems.RESOLUTION_UNTOLD.at(list=str(act.detail["list"]), entity_id=act.subject)
            continue
        own = resolution_digest(row)
        if (row.list_name, row.entity_id) != (act.detail["list"], act.subject) or act.detail.get("row", own) != own:
            yield problems.RESOLUTION_UNTOLD.at(list=row.list_name, entity_id=row.entity_id)
    for row in rows.values():
        yield problems.RESOLUTION_UNTOLD.at(list=row.list_name, entity_id=row.entity_id)


def _approvals() -> Iterator[Problem]:
    rows = {row.sequence: (row.list_name, row.required) for row in models.Approval.objects.order_by("sequence")}
    for act in journal.acts(kinds=("entity.approval_set",)):
        if rows.pop(act.sequence, None) != (act.subject, act.detail["required"]):
            yield problems.APPROVAL_UNTOLD.at(list=act.subject)
    for list_name, _ in rows.values():
        yield problems.APPROVAL_UNTOLD.at(list=list_name)
