"""Whether what is stored of submissions, reviews, forms and reference tables is what the journal tells, and its bytes are here.

Rows and acts are read side by side in the order of the journal, so that the memory does not grow with the instance.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Model, QuerySet

from toguna.collect import problems
from toguna.collect.core.schema import schema_from_json
from toguna.collect.core.sealing import NEWEST, SEALED, BesideRow, row_digest
from toguna.collect.published import version_digest
from toguna.collect.quarantine import refusal_digest
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.instance.store.files import ContentIndex
from toguna.journal.api import Act, acts
from toguna.kernel.api import Problem, digest

_CHUNK = 2_000
_RECEIVED = ("submission.received", "submission.replayed")
_OPERATION = (
    "list_name", "entity_id", "create", "update", "label", "properties", "base_version", "trunk_version", "branch_id", "table", "row",
)  # fmt: skip
Row = Sequence[Any]


def verify() -> tuple[Problem, ...]:
    """Everything stored that the journal tells of otherwise or not at all, and bytes that are missing."""
    kept = current().files.index()
    return tuple(
        chain(
            _submissions(kept),
            _lineages(),
            _late_attachments(kept),
            _reviews(),
            _comments(),
            _states(),
            _forms(kept),
            _references(),
            _quarantine(kept),
        )
    )


def _paired(rows: Iterable[Row], told: Iterator[Act]) -> Iterator[tuple[Act | None, Row | None]]:
    """Rows, each beginning with the sequence of its act, beside the acts; both in order. None where there is no other."""
    act = next(told, None)
    for row in rows:
        while act is not None and act.sequence < row[0]:
            yield act, None
            act = next(told, None)
        if act is None or act.sequence != row[0]:
            yield None, row
            continue
        yield act, row
        act = next(told, None)
    yield from ((left, None) for left in chain([act] if act else [], told))


def _read(found: QuerySet, *fields: str) -> Iterator[tuple[Any, ...]]:
    yield from found.values_list(*fields).iterator(chunk_size=_CHUNK)


_SUBMISSION = (
    "sequence", "instance_id", "raw_sha256", "block__sha256", "form_version__form_id", "form_version__version",
    "form_version_id", "block__form_version_id", *SEALED[NEWEST],
)  # fmt: skip


def _submissions(kept: ContentIndex) -> Iterator[Problem]:
    operations = _Groups(models.EntityOperation, "pk", _OPERATION)
    places = _Groups(models.SubmissionPlace, "place", ("place",))
    attachments = _Groups(models.Attachment, "name", ("name", "sha256", "came_at"))
    for act, row in _paired(_read(models.Submission.objects.order_by("sequence"), *_SUBMISSION), acts(kinds=_RECEIVED)):
        if row is None:
            yield problems.RAW_MISSING.at(instance_id=act.subject if act else "")
            continue
        files = attachments.of(row[0])
        beside = BesideRow(
            operations=operations.of(row[0]),
            places=[place for (place,) in places.of(row[0])],
            attachments={name: sha256 if came_at == row[0] else "" for name, sha256, came_at in files},
        )
        if act is None or act.subject != row[1]:
            yield problems.UNTOLD.at(instance_id=row[1])
            continue
        named = dict(zip(_SUBMISSION, row, strict=True))
        yield from _compared(act, named, beside, kept)
        if any(sha256 and sha256 not in kept for _, sha256, _ in files):
            yield problems.RAW_MISSING.at(instance_id=act.subject)


def _compared(act: Act, row: Mapping[str, Any], beside: BesideRow, kept: ContentIndex) -> Iterator[Problem]:
    """One submission with the act of its receipt. What an act of an older Toguna does not hold was attested at migration."""
    raw, block = row["raw_sha256"], row["block__sha256"]
    if (act.detail["sha256"], act.detail["values"]) != (raw, block):
        yield problems.RAW_CHANGED.at(instance_id=act.subject, file=raw)
    if raw not in kept or block not in kept:
        yield problems.RAW_MISSING.at(instance_id=act.subject)
    form = (row["form_version__form_id"], row["form_version__version"])
    lineage = 0 if row["lineage"] == row["sequence"] else row["lineage"]
    sealed = act.detail.get("row")
    is_sealed = sealed is None or sealed == row_digest(
        form, {**row, "lineage": lineage}, beside, act.detail.get("seal", 1)
    )
    if not is_sealed or row["form_version_id"] != row["block__form_version_id"]:
        yield problems.ROW_CHANGED.at(instance_id=act.subject)


class _Groups:
    """The rows that submissions have in another table, read once in the order of the journal."""

    def __init__(self, model: type[Model], order: str, fields: tuple[str, ...]) -> None:
        found = _read(model.objects.order_by("submission_id", order), "submission_id", *fields)
        self._groups = groupby(found, key=itemgetter(0))
        self._next = self._following()

    def of(self, sequence: int) -> list[Row]:
        """Those of one submission; asked in rising order."""
        while self._next is not None and self._next[0] < sequence:
            self._next = self._following()
        if self._next is None or self._next[0] != sequence:
            return []
        return self._next[1]

    def _following(self) -> tuple[int, list[Row]] | None:
        found = next(self._groups, None)
        return (found[0], [row[1:] for row in found[1]]) if found else None


def _lineages() -> Iterator[Problem]:
    """Of a lineage each version but the last is superseded by the next."""
    fields = ("lineage", "number", "sequence", "superseded", "instance_id")
    rows = _read(models.Submission.objects.order_by("lineage", "number", "sequence"), *fields)
    for _, found in groupby(rows, key=itemgetter(0)):
        versions = list(found)
        following = [*(version[2] for version in versions[1:]), None]
        for number, (version, later) in enumerate(zip(versions, following, strict=True), start=1):
            if (version[1], version[3]) != (number, later):
                yield problems.ROW_CHANGED.at(instance_id=version[4])


def _late_attachments(kept: ContentIndex) -> Iterator[Problem]:
    """Each file that came after its submission is told by the act of its coming. Acts of an older Toguna do not name the file."""
    late = models.Attachment.objects.filter(came_at__gt=F("submission_id")).order_by("came_at")
    told = (act for act in acts(kinds=["attachment.received"]) if "name" in act.detail)
    for act, row in _paired(_read(late, "came_at", "submission__instance_id", "name", "sha256"), told):
        if row is None or act is None:
            yield problems.ROW_CHANGED.at(instance_id=row[1] if row else act.subject if act else "")
        elif (row[1], digest(row[2]), row[3]) != (act.subject, act.detail["name"], act.detail["sha256"]):
            yield problems.ROW_CHANGED.at(instance_id=row[1])


def _reviews() -> Iterator[Problem]:
    """Each review that is stored is told by the act of its sequence, and each act has its review."""
    rows = _read(models.Review.objects.order_by("sequence"), "sequence", "submission__instance_id", "state", "reason")
    for act, row in _paired(rows, acts(kinds=["submission.reviewed"])):
        if row is None or act is None:
            yield problems.REVIEW_UNTOLD.at(instance_id=row[1] if row else act.subject if act else "")
        elif row[1:] != (act.subject, act.detail["state"], act.detail["reason"]):
            yield problems.REVIEW_UNTOLD.at(instance_id=row[1])


def _comments() -> Iterator[Problem]:
    """Each review has the comment whose digest its act holds, or none. Acts of an older Toguna hold none: `comment` is missing."""
    rows = _read(models.Comment.objects.order_by("sequence"), "sequence", "submission__instance_id", "actor", "text")
    for act, row in _paired(rows, acts(kinds=["submission.reviewed"])):
        told = act.detail.get("comment") if act else ""
        if told is None:
            continue
        if row is None or act is None:
            if told or row is not None:
                yield problems.REVIEW_UNTOLD.at(instance_id=row[1] if row else act.subject if act else "")
        elif row[1:3] != (act.subject, act.actor) or digest(row[3]) != told:
            yield problems.REVIEW_UNTOLD.at(instance_id=row[1])


def _states() -> Iterator[Problem]:
    """The state that is stored is the last one that somebody set."""
    set_later = _Groups(models.Review, "sequence", ("state",))
    for sequence, instance_id, state, number in _read(
        models.Submission.objects.order_by("sequence"), "sequence", "instance_id", "state", "number"
    ):
        reviewed = set_later.of(sequence)
        if state != (reviewed[-1][0] if reviewed else "received" if number == 1 else "edited"):
            yield problems.STATE_UNTOLD.at(instance_id=instance_id, state=state)


def _forms(kept: ContentIndex) -> Iterator[Problem]:
    """Each form version is the one that was published, and its files are here."""
    rows = {row.sequence: row for row in models.FormVersion.objects.order_by("sequence")}
    for act in acts(kinds=["form.published"]):
        row = rows.pop(act.sequence, None)
        told = {name: act.detail.get(name) for name in ("schema", "source", "xform")}
        if (
            row is None
            or (act.subject, told) != (row.form_id, _published(row))
            or row.source_sha256 not in kept
            or row.xform_sha256 not in kept
            or act.detail.get("row", version_digest(row)) != version_digest(row)
        ):
            yield problems.FORM_UNTOLD.at(form=act.subject)
    yield from (problems.FORM_UNTOLD.at(form=row.form_id) for row in rows.values())


def _published(row: models.FormVersion) -> dict[str, str]:
    """What the act tells of this version; the schema's digest is drawn from what is stored of it."""
    try:
        drawn = schema_from_json(json.loads(row.schema)).digest
    except (ValueError, KeyError, TypeError):
        drawn = ""
    return {
        "schema": drawn if drawn == row.schema_digest else "",
        "source": row.source_sha256,
        "xform": row.xform_sha256,
    }


def _references() -> Iterator[Problem]:
    """The rows of a reference table, as they were after each act on it, have the digest that the act tells."""
    told: dict[str, list[Act]] = defaultdict(list)
    for act in acts(kinds=["reference.replaced"]):
        told[act.subject].append(act)
    for table in sorted({*told, *models.ReferenceRow.objects.values_list("table", flat=True).distinct()}):
        rows = list(models.ReferenceRow.objects.filter(table=table))
        moments = {act.sequence for act in told[table]}
        strange = [row for row in rows if row.seq_from not in moments or row.seq_to not in {None, *moments}]
        if strange or any(_as_of(rows, act.sequence) != act.detail["digest"] for act in told[table]):
            yield problems.REFERENCE_UNTOLD.at(table=table)


def _as_of(rows: Sequence[models.ReferenceRow], sequence: int) -> str:
    held = (row for row in rows if row.seq_from <= sequence and (row.seq_to is None or row.seq_to > sequence))
    return digest({row.key: row.values for row in held})


def _quarantine(kept: ContentIndex) -> Iterator[Problem]:
    """Each refusal is as its act says, its bytes are here, and it is released by the receipt of the same bytes alone."""
    rows = models.Quarantined.objects.order_by("sequence").iterator(chunk_size=_CHUNK)
    told = acts(kinds=["submission.refused"])
    for act, pair in _paired(((row.sequence, row) for row in rows), told):
        row: models.Quarantined | None = pair[1] if pair else None
        if row is None or act is None:
            yield problems.REFUSAL_UNTOLD.at(name=row.name if row else act.subject if act else "")
            continue
        if row.raw_sha256 not in kept:
            yield problems.RAW_MISSING.at(instance_id=row.name)
        own = refusal_digest(row)
        if act.subject != row.raw_sha256 or act.detail.get("row", own) != own or not _is_released(row):
            yield problems.REFUSAL_UNTOLD.at(name=row.name)


def _is_released(row: models.Quarantined) -> bool:
    """Whether `released` names a later receipt of these bytes, where it names one."""
    if row.released is None:
        return True
    found = models.Submission.objects.filter(sequence=row.released, raw_sha256=row.raw_sha256)
    return row.released > row.sequence and found.exists()
