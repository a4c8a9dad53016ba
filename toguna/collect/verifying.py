"""Whether what is stored of submissions is what the journal tells, and its bytes are here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from toguna.collect import problems
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.journal.api import Act, acts
from toguna.kernel.api import Problem

_CHUNK = 2_000
_RECEIVED = ("submission.received", "submission.replayed")


def verify() -> tuple[Problem, ...]:
    """Submissions that the journal tells of otherwise or not at all, review states likewise, and bytes that are missing."""
    digests = set(current().files.digests())
    return tuple(chain(_submissions(digests), _states(), _quarantine(digests)))


def _submissions(digests: set[str]) -> Iterator[Problem]:
    """Both in the order of the journal, side by side."""
    fields = ("sequence", "instance_id", "raw_sha256", "block__sha256")
    rows = models.Submission.objects.order_by("sequence").values_list(*fields).iterator(chunk_size=_CHUNK)
    told: Iterator[Act] = acts(kinds=_RECEIVED)
    act = next(told, None)
    for sequence, instance_id, raw, block in rows:
        while act is not None and act.sequence < sequence:
            yield problems.RAW_MISSING.at(instance_id=act.subject)
            act = next(told, None)
        if act is None or act.sequence != sequence or act.subject != instance_id:
            yield problems.UNTOLD.at(instance_id=instance_id)
            continue
        if (act.detail["sha256"], act.detail["values"]) != (raw, block):
            yield problems.RAW_CHANGED.at(instance_id=instance_id, file=raw)
        if raw not in digests or block not in digests:
            yield problems.RAW_MISSING.at(instance_id=instance_id)
        act = next(told, None)
    for left in chain([act] if act else [], told):
        yield problems.RAW_MISSING.at(instance_id=left.subject)


def _states() -> Iterator[Problem]:
    """The state that is stored is the last one that the journal tells."""
    last = {act.subject: str(act.detail["state"]) for act in acts(kinds=["submission.reviewed"])}
    rows = models.Submission.objects.filter(superseded=None).values_list("instance_id", "state", "number")
    for instance_id, state, number in rows.iterator(chunk_size=_CHUNK):
        if state != last.get(instance_id, "received" if number == 1 else "edited"):
            yield problems.STATE_UNTOLD.at(instance_id=instance_id, state=state)


def _quarantine(digests: set[str]) -> Iterator[Problem]:
    for name, raw in models.Quarantined.objects.values_list("name", "raw_sha256").iterator(chunk_size=_CHUNK):
        if raw not in digests:
            yield problems.RAW_MISSING.at(instance_id=name)
