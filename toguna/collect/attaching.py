"""The files that submissions name: those that come with them, those carried over from what they correct, those that come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toguna.access.api import Actor
from toguna.collect.core.deciding import Decided, Version
from toguna.collect.core.submissions.values import Checked
from toguna.collect.store import models
from toguna.instance.store.bulk import insert_rows, portions
from toguna.journal.api import NewAct, append
from toguna.kernel.api import digest


def attachments_of(decided: Decided) -> dict[int, dict[str, str]]:
    """The files that each names, by its sequence: name to SHA-256, "" of those that have not come."""
    found: dict[int, dict[str, str]] = {}
    carried = _carried([version for checked, version in decided.accepted if checked.attachments and version.corrects])
    for checked, version in decided.accepted:
        own = found[version.sequence] = {}
        before = version.corrects.sequence if version.corrects else 0
        for name in checked.attachments:
            own[name] = checked.files.get(name) or carried.get((before, name), "")
            carried[version.sequence, name] = own[name]
    return found


def store_attachments(found: Mapping[int, Mapping[str, str]]) -> None:
    """Store what `attachments_of` found, each with the act with which it came."""
    rows = (
        (sequence, name, sha256, sequence if sha256 else None)
        for sequence, named in found.items()
        for name, sha256 in named.items()
    )
    insert_rows(models.Attachment, ("submission", "name", "sha256", "came_at"), rows)


def attach_late(duplicates: Sequence[Checked], actor: Actor) -> None:
    """A resend may bring files that had not come; act ``attachment.received`` for each, with the digests of its name and bytes."""
    came: list[tuple[models.Attachment, str]] = []
    for checked in duplicates:
        if checked.files:
            pending = models.Attachment.objects.filter(
                submission__instance_id=checked.instance_id, sha256="", name__in=list(checked.files)
            )
            for attachment in pending:
                attachment.sha256 = checked.files[attachment.name]
                came.append((attachment, checked.instance_id))
    acts = [
        NewAct(
            kind="attachment.received",
            subject=instance_id,
            detail={"sha256": attachment.sha256, "name": digest(attachment.name)},
        )
        for attachment, instance_id in came
    ]
    first = append(acts, actor.name).first if acts else 0
    for sequence, (attachment, _) in enumerate(came, start=first):
        attachment.came_at = sequence
        attachment.save(update_fields=["sha256", "came_at"])


def _carried(corrections: list[Version]) -> dict[tuple[int, str], str]:
    """Files of the versions that these correct: a correction need not send them again (ODK Central)."""
    stored = [version.corrects.sequence for version in corrections if version.corrects and version.corrects.sequence]
    found: dict[tuple[int, str], str] = {}
    for some in portions(stored):
        kept = models.Attachment.objects.filter(submission_id__in=some).exclude(sha256="")
        found |= {
            (sequence, name): sha256 for sequence, name, sha256 in kept.values_list("submission_id", "name", "sha256")
        }
    return found
