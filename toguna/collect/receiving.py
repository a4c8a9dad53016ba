"""Receives many submissions in one transaction, one act each. Raw bytes are on disk before anything is written of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from toguna.access.api import Actor, require_permit
from toguna.collect import problems
from toguna.collect.attaching import attach_late, attachments_of, store_attachments
from toguna.collect.core.deciding import Decided, Known, Version, decide
from toguna.collect.core.intervals import EDITED, RECEIVED
from toguna.collect.core.sealing import NEWEST, BesideRow, row_digest
from toguna.collect.core.submissions.belonging import organisation_of, places_of
from toguna.collect.core.submissions.blocks import write_block
from toguna.collect.core.submissions.values import Checked, EntityOperation, Receipt, Refusal
from toguna.collect.published import schema_of
from toguna.collect.quarantine import keep, release
from toguna.collect.scope import foreign_submissions, is_scoped, refused_as_foreign, split
from toguna.collect.store import models
from toguna.instance.api import current, writing
from toguna.instance.store.bulk import insert_rows, portions
from toguna.journal.api import NewAct, append, head


class Overtaken(Exception):
    """Another process stored a newer version of what the batch corrects: lay the batch over what is stored now, and receive it again."""


def receive(
    batch: Sequence[Checked],
    refused: Sequence[Refusal],
    actor: Actor,
    all_or_none: bool = False,
    replayed: bool = False,
    judged_at: int | None = None,
) -> Receipt:
    """Take the batch in, in its order, and keep what is refused in quarantine, byte for byte.

    The same instanceID with the same bytes is one submission. With `all_or_none` one refusal keeps everything out. `replayed` is for the
    making of a demonstration alone: acts are ``submission.replayed`` and speak of `received_at`; the batch must be in its order.
    Raises `Overtaken`, and has stored nothing, where a row was laid over a version that is no longer the newest, and where anything was
    stored since `judged_at` and the batch claims what only one may claim.
    """
    batch, refused = _permitted(batch, refused, actor, replayed)
    files = current().files
    there = stored(one.instance_id for one in batch)
    files.put_many([one.raw for one in batch if one.instance_id not in there], new=True)
    files.put_many([*(one.raw for one in batch if one.instance_id in there), *(one.raw for one in refused)])
    blocks = _write_blocks(batch, there)
    with writing():
        decided = _decided(batch, _known(batch), actor)
        may_clash = judged_at is not None and any(one.claims for one in batch)
        if decided.stale or (may_clash and head().sequence != judged_at):
            raise Overtaken
        if all_or_none and (refused or decided.refused):
            return _none_of(decided, refused, actor)
        if decided.accepted:
            _store(decided, _placed(blocks, decided), actor, replayed)
        attach_late(decided.duplicates, actor)
        at = batch[-1].received_at if replayed and batch else None
        keep((*refused, *decided.refused), actor, at)
    return _receipt(decided, refused)


def would_receive(
    batch: Sequence[Checked],
    refused: Sequence[Refusal],
    actor: Actor,
    known: Known,
    all_or_none: bool = False,
    replayed: bool = False,
) -> Receipt:
    """What `receive` would do, without storing anything. `known` is what earlier batches of the same preview would have stored."""
    batch, refused = _permitted(batch, refused, actor, replayed)
    decided = _decided(batch, _known(batch, known), actor)
    if all_or_none and (refused or decided.refused):
        return _kept_out((*refused, *decided.refused))
    return _receipt(decided, refused)


def _permitted(
    batch: Sequence[Checked], refused: Sequence[Refusal], actor: Actor, replayed: bool
) -> tuple[Sequence[Checked], Sequence[Refusal]]:
    require_permit(actor, "submission.replayed" if replayed else "submission.received")
    good, outside = split(actor, batch)
    return good, [*refused, *outside]


def _decided(batch: Sequence[Checked], known: Known, actor: Actor) -> Decided:
    """What becomes of each; an actor who acts for some organisation or places corrects only what is theirs."""
    if not is_scoped(actor):
        return decide(batch, known)
    targets = {one.instance_id: version for one in batch if (version := known.target(one)) and version.sequence}
    foreign = foreign_submissions(actor, [version.instance_id for version in targets.values()])
    mine, theirs = [], []
    for one in batch:
        target = targets.get(one.instance_id)
        if target is not None and target.instance_id in foreign:
            theirs.append(refused_as_foreign(one, actor))
        else:
            mine.append(one)
    decided = decide(mine, known)
    return replace(decided, refused=(*decided.refused, *theirs))


def _receipt(decided: Decided, refused: Sequence[Refusal]) -> Receipt:
    everything = (*refused, *decided.refused)
    return Receipt(
        received=tuple(checked.instance_id for checked, _ in decided.accepted),
        duplicates=tuple(checked.instance_id for checked in decided.duplicates),
        corrected=tuple(version.corrects.instance_id for _, version in decided.accepted if version.corrects),
        refused=len(everything),
        problems=(*(problem for one in everything for problem in one.problems), *decided.warnings),
        known_rows=tuple((one.name, one.row) for one in decided.duplicates if one.row),
        received_rows=tuple(checked.row for checked, _ in decided.accepted),
    )


def _none_of(decided: Decided, refused: Sequence[Refusal], actor: Actor) -> Receipt:
    everything = (*refused, *decided.refused)
    keep(everything, actor, None)
    return _kept_out(everything)


def _kept_out(everything: Sequence[Refusal]) -> Receipt:
    """Of a load of all or none, of which something is refused."""
    told = [problem for one in everything for problem in one.problems]
    return Receipt(refused=len(everything), problems=(*told, problems.NOT_LOADED.at(count=len(everything))))


def stored(instance_ids: Iterable[str]) -> set[str]:
    """Those of these instanceIDs that are here."""
    found: set[str] = set()
    for some in portions(instance_ids):
        found.update(models.Submission.objects.filter(instance_id__in=some).values_list("instance_id", flat=True))
    return found


def _write_blocks(batch: Sequence[Checked], there: set[str]) -> dict[tuple[str, str], str]:
    """Checked values as files, by form version. A block may hold rows of a submission that is not taken in: nobody reads them."""
    by_version: dict[tuple[str, str], list[Checked]] = {}
    for checked in batch:
        if checked.instance_id not in there:
            by_version.setdefault((checked.form_id, checked.form_version), []).append(checked)
    names = list(by_version)
    blocks = [write_block(schema_of(*name), by_version[name]) for name in names]
    return dict(zip(names, current().files.put_many(blocks), strict=True))


def _placed(blocks: dict[tuple[str, str], str], decided: Decided) -> dict[tuple[str, str], models.Block]:
    found = {}
    for name in {(checked.form_id, checked.form_version) for checked, _ in decided.accepted}:
        version = models.FormVersion.objects.get(form_id=name[0], version=name[1])
        found[name] = models.Block.objects.create(form_version=version, sha256=blocks[name])
    return found


def _known(batch: Sequence[Checked], known: Known | None = None) -> Known:
    """What is stored of the instances that the batch names, and of the keys it has; `known` is what counts as stored already."""
    known = known or Known()
    known.newest_stored = _newest
    ids = {one.instance_id for one in batch} | {one.deprecated_id for one in batch if one.deprecated_id}
    keys = {one.key for one in batch if one.key}
    for some in portions(ids):
        for version in _versions(models.Submission.objects.filter(instance_id__in=some)):
            known.versions.setdefault(version.instance_id, version)
    for some in portions(keys):
        for version in _versions(models.Submission.objects.filter(key__in=some, superseded=None).exclude(key="")):
            version = known.versions.setdefault(version.instance_id, version)
            if not version.superseded:
                known.holders.setdefault(version.key, version)
    return known


_COLUMNS = (
    "instance_id", "raw_sha256", "form_version__form_id", "key", "number", "superseded", "sequence", "lineage",
)  # fmt: skip


def _versions(found: QuerySet) -> Iterable[Version]:
    for instance_id, sha256, form_id, key, number, superseded, sequence, lineage in found.values_list(*_COLUMNS):
        yield Version(
            instance_id=instance_id,
            sha256=sha256,
            form_id=form_id,
            key=key,
            number=number,
            superseded=superseded is not None,
            sequence=sequence,
            lineage=lineage,
        )


def _newest(version: Version) -> str:
    found = models.Submission.objects.filter(lineage=version.lineage, superseded=None)
    return found.values_list("instance_id", flat=True).get()


def _store(decided: Decided, blocks: dict[tuple[str, str], models.Block], actor: Actor, replayed: bool) -> None:
    """The acts and the rows of the batch. The writer's lock is held, so that the sequences that the acts will get are known before."""
    first = head().sequence + 1
    for sequence, (_, version) in enumerate(decided.accepted, start=first):
        version.sequence = sequence
        version.lineage = version.corrects.lineage if version.corrects else sequence
    later = {version.corrects.sequence: version.sequence for _, version in decided.accepted if version.corrects}
    schemas = {name: schema_of(*name) for name in blocks}
    rows = [
        (
            *_row(checked, version, blocks[checked.form_id, checked.form_version], later.pop(version.sequence, None)),
            organisation_of(schemas[checked.form_id, checked.form_version], checked.rows),
            actor.name,
            checked.channel,
        )
        for checked, version in decided.accepted
    ]
    operations, attachments = _operations(decided), attachments_of(decided)
    places = {
        version.sequence: places_of(schemas[checked.form_id, checked.form_version], checked.rows)
        for checked, version in decided.accepted
    }
    acts = []
    for (checked, version), row in zip(decided.accepted, rows, strict=True):
        values = blocks[checked.form_id, checked.form_version].sha256
        own = version.sequence
        beside = BesideRow(
            operations=[one[1:] for one in operations[own]], places=places[own], attachments=attachments[own]
        )
        acts.append(_act(checked, version, values, _seal(checked, version, row, beside), replayed))
    append(acts, actor.name)
    insert_rows(models.Submission, _SUBMISSION, rows)
    named = ((own, place) for own, found in places.items() for place in found)
    insert_rows(models.SubmissionPlace, ("submission", "place"), named)
    for old, new in later.items():
        models.Submission.objects.filter(sequence=old).update(superseded=new)
    store_attachments(attachments)
    insert_rows(models.EntityOperation, _OPERATION, [row for found in operations.values() for row in found])
    release({checked.sha256: version.sequence for checked, version in decided.accepted})


def _seal(checked: Checked, version: Version, row: Sequence[Any], beside: BesideRow) -> str:
    """The digest of what is stored of it beside its bytes and values."""
    lineage = version.lineage if version.corrects else 0
    named = {**dict(zip(_SUBMISSION, row, strict=True)), "lineage": lineage}
    return row_digest((checked.form_id, checked.form_version), named, beside)


def _act(checked: Checked, version: Version, values: str, row: str, replayed: bool) -> NewAct:
    detail: dict[str, Any] = {
        "form": checked.form_id,
        "sha256": checked.sha256,
        "values": values,
        "row": row,
        "seal": NEWEST,
    }
    if version.corrects:
        detail["supersedes"] = version.corrects.sha256
    if checked.reason:
        detail |= {"reason": checked.reason, "questions": _questions(checked)}
    return NewAct(
        kind="submission.replayed" if replayed else "submission.received",
        subject=checked.instance_id,
        detail=detail,
        at=checked.received_at if replayed else None,
    )


def _questions(checked: Checked) -> list[str]:
    """The expectations that it does not meet."""
    return sorted({str(doubt.details["question"]) for doubt in checked.doubts})


_SUBMISSION = (
    "sequence", "instance_id", "form_version", "block", "lineage", "number", "deprecated_id", "key", "raw_sha256", "happened",
    "received_at", "source_sha256", "source_row", "superseded", "state", "organisation", "sent_by", "channel",
)  # fmt: skip


def _row(checked: Checked, version: Version, block: models.Block, superseded: int | None) -> tuple[Any, ...]:
    """The submission's row, in the order of `_SUBMISSION`, up to its state."""
    return (
        version.sequence,
        checked.instance_id,
        block.form_version_id,
        block.pk,
        version.lineage,
        version.number,
        checked.deprecated_id or "",
        checked.key,
        checked.sha256,
        checked.happened or checked.received_at.date(),
        checked.received_at,
        checked.source,
        checked.row,
        superseded,
        EDITED if version.corrects else RECEIVED,
    )


def _operations(decided: Decided) -> dict[int, list[tuple[Any, ...]]]:
    """What each does to entities, as rows in the order of `_OPERATION`, by its sequence."""
    ids: dict[tuple[int, str, str, str], str] = {}
    return {
        version.sequence: [_operation(one, version.sequence) for one in _same_entities(checked, version, ids)]
        for checked, version in decided.accepted
    }


_OPERATION = (
    "submission", "list_name", "entity_id", "create", "update", "label", "properties", "base_version", "trunk_version", "branch_id",
    "table", "row",
)  # fmt: skip


def _operation(operation: EntityOperation, submission: int) -> tuple[Any, ...]:
    """The operation's row, in the order of `_OPERATION`."""
    return (
        submission,
        operation.list_name,
        operation.entity_id,
        operation.create,
        operation.update,
        operation.label,
        json.dumps(dict(operation.properties), ensure_ascii=False),
        operation.base_version,
        operation.trunk_version,
        operation.branch_id,
        operation.table,
        operation.row,
    )


def _same_entities(
    checked: Checked, version: Version, ids: dict[tuple[int, str, str, str], str]
) -> Iterable[EntityOperation]:
    """The submission's operations; of a corrected row of a spreadsheet, on the entity that the row before it made."""
    before = version.corrects
    if before and any(one.is_drawn for one in checked.entities):
        rows = models.EntityOperation.objects.filter(submission_id=before.sequence)
        stored = rows.values_list("submission_id", "list_name", "table", "row", "entity_id")
        ids |= {(sequence, list_name, table, row): entity_id for sequence, list_name, table, row, entity_id in stored}
    for one in checked.entities:
        if before and one.is_drawn:
            one = replace(one, entity_id=ids.get((before.sequence, one.list_name, one.table, one.row), one.entity_id))
        ids[version.sequence, one.list_name, one.table, one.row] = one.entity_id
        yield one
