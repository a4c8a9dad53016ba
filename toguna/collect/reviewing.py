"""Sets review states. The state belongs to the newest version; words go to a comment, never to the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from toguna.access.api import Actor, require_permit
from toguna.collect import problems
from toguna.collect.core.submissions.values import STATES
from toguna.collect.scope import out_of_scope
from toguna.collect.store import models
from toguna.instance.api import current, writing
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Problem, Refused, digest

_IDS = 10_000
_ROWS = 2_000


def review(
    instance_ids: Sequence[str],
    state: str,
    reason: str,
    actor: Actor,
    comment: str | None = None,
    at: datetime | None = None,
) -> int:
    """Set the state of these submissions, all or none; act ``submission.reviewed`` for each whose state changes. Returns how many.

    Refuses a state or reason that the operation does not have, a submission that is not here, and one that has been corrected.
    """
    require_permit(actor, "submission.reviewed")
    reasons = current().operation.reasons
    if state not in STATES:
        raise Refused(problems.STATE_UNKNOWN.at(state=state, states=", ".join(STATES)))
    if reason not in reasons:
        raise Refused(problems.REASON_UNKNOWN.at(reason=reason, reasons=", ".join(reasons)))
    with writing():
        found = _found(list(dict.fromkeys(instance_ids)))
        if outside := out_of_scope(actor, found):
            raise Refused(*outside)
        changed = [one for one in found if one.state != state]
        told = changed if comment is None else found
        detail = {"state": state, "reason": reason, "comment": "" if comment is None else digest(comment)}
        acts = [NewAct(kind="submission.reviewed", subject=one.instance_id, detail=detail, at=at) for one in told]
        sequences = range(append(acts, actor.name).first, 2**63) if acts else ()
        _store(told, sequences, state, reason)
        if comment is not None:
            _store_comments(told, sequences, actor, comment)
    return len(changed)


def _store(told: Sequence[models.Submission], sequences: Sequence[int], state: str, reason: str) -> None:
    reviews = [
        models.Review(sequence=sequence, submission=one, state=state, reason=reason)
        for one, sequence in zip(told, sequences, strict=False)
    ]
    models.Review.objects.bulk_create(reviews, batch_size=_ROWS)
    for start in range(0, len(told), _IDS):
        keys = [one.pk for one in told[start : start + _IDS]]
        models.Submission.objects.filter(pk__in=keys).update(state=state)


def _store_comments(told: Sequence[models.Submission], sequences: Sequence[int], actor: Actor, text: str) -> None:
    comments = [
        models.Comment(submission=one, sequence=sequence, actor=actor.name, text=text)
        for one, sequence in zip(told, sequences, strict=False)
    ]
    models.Comment.objects.bulk_create(comments, batch_size=_ROWS)


def _found(instance_ids: list[str]) -> list[models.Submission]:
    """The submissions, in order. Refuses with every one that is missing or superseded."""
    found: dict[str, models.Submission] = {}
    for start in range(0, len(instance_ids), _IDS):
        rows = models.Submission.objects.select_related("form_version", "block").filter(
            instance_id__in=instance_ids[start : start + _IDS]
        )
        found.update({row.instance_id: row for row in rows})
    faults: list[Problem] = []
    for instance_id in instance_ids:
        row = found.get(instance_id)
        if row is None:
            faults.append(problems.INSTANCE_UNKNOWN.at(instance_id=instance_id))
        elif row.superseded is not None:
            newest = models.Submission.objects.get(lineage=row.lineage, superseded=None)
            faults.append(problems.REVIEW_OF_OLD.at(instance_id=instance_id, newest=newest.instance_id))
    if faults:
        raise Refused(*faults)
    return [found[instance_id] for instance_id in instance_ids]
