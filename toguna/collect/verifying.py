"""Whether what is stored of submissions, reviews, forms and reference tables is what the journal tells, and its bytes are here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from toguna.collect import problems
from toguna.collect.core.schema import schema_from_json
from toguna.collect.core.sealing import SEALED, row_digest
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.journal.api import Act, acts
from toguna.kernel.api import Problem, digest

_CHUNK = 2_000
_RECEIVED = ("submission.received", "submission.replayed")
_OPERATION = (
    "list_name", "entity_id", "create", "update", "label", "properties", "base_version", "trunk_version", "branch_id", "table", "row",
)  # fmt: skip


def verify() -> tuple[Problem, ...]:
    """Everything stored that the journal tells of otherwise or not at all, and bytes that are missing."""
    digests = set(current().files.digests())
    return tuple(
        chain(
            _submissions(digests),
            _lineages(),
            _reviews(),
            _states(),
            _forms(digests),
            _references(),
            _quarantine(digests),
        )
    )


def _submissions(digests: set[str]) -> Iterator[Problem]:
    """Both in the order of the journal, side by side."""
    fields = (
        "sequence", "instance_id", "raw_sha256", "block__sha256", "form_version__form_id", "form_version__version", *SEALED,
    )  # fmt: skip
    rows = models.Submission.objects.order_by("sequence").values(*fields).iterator(chunk_size=_CHUNK)
    operations = _Operations()
    told: Iterator[Act] = acts(kinds=_RECEIVED)
    act = next(told, None)
    for row in rows:
        sequence, instance_id = row["sequence"], row["instance_id"]
        own = operations.of(sequence)
        while act is not None and act.sequence < sequence:
            yield problems.RAW_MISSING.at(instance_id=act.subject)
            act = next(told, None)
        if act is None or act.sequence != sequence or act.subject != instance_id:
            yield problems.UNTOLD.at(instance_id=instance_id)
            continue
        yield from _compared(act, row, own, digests)
        act = next(told, None)
    for left in chain([act] if act else [], told):
        yield problems.RAW_MISSING.at(instance_id=left.subject)


def _compared(
    act: Act, row: Mapping[str, Any], operations: Sequence[Sequence[Any]], digests: set[str]
) -> Iterator[Problem]:
    """One submission with the act of its receipt. An act of an older Toguna has no digest of the row: it is attested at migration."""
    raw, block = row["raw_sha256"], row["block__sha256"]
    if (act.detail["sha256"], act.detail["values"]) != (raw, block):
        yield problems.RAW_CHANGED.at(instance_id=act.subject, file=raw)
    if raw not in digests or block not in digests:
        yield problems.RAW_MISSING.at(instance_id=act.subject)
    form = (row["form_version__form_id"], row["form_version__version"])
    lineage = 0 if row["lineage"] == row["sequence"] else row["lineage"]
    sealed = act.detail.get("row")
    if sealed is not None and sealed != row_digest(form, {**row, "lineage": lineage}, operations):
        yield problems.ROW_CHANGED.at(instance_id=act.subject)


class _Operations:
    """What submissions do to entities, read once in the order of the journal."""

    def __init__(self) -> None:
        rows = models.EntityOperation.objects.order_by("submission_id", "pk").values_list("submission_id", *_OPERATION)
        self._groups = groupby(rows.iterator(chunk_size=_CHUNK), key=itemgetter(0))
        self._next = self._read()

    def of(self, sequence: int) -> list[Sequence[Any]]:
        """Those of one submission; asked in rising order."""
        while self._next is not None and self._next[0] < sequence:
            self._next = self._read()
        if self._next is None or self._next[0] != sequence:
            return []
        return self._next[1]

    def _read(self) -> tuple[int, list[Sequence[Any]]] | None:
        found = next(self._groups, None)
        return (found[0], [row[1:] for row in found[1]]) if found else None


def _lineages() -> Iterator[Problem]:
    """Of a lineage each version but the last is superseded by the next."""
    fields = ("lineage", "number", "sequence", "superseded", "instance_id")
    rows = models.Submission.objects.order_by("lineage", "number", "sequence").values_list(*fields)
    for _, found in groupby(rows.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        versions = list(found)
        following = [*(version[2] for version in versions[1:]), None]
        for number, (version, later) in enumerate(zip(versions, following, strict=True), start=1):
            if (version[1], version[3]) != (number, later):
                yield problems.ROW_CHANGED.at(instance_id=version[4])


def _reviews() -> Iterator[Problem]:
    """Each review that is stored is told by the act of its sequence, and each act has its review."""
    fields = ("sequence", "submission__instance_id", "state", "reason")
    rows = models.Review.objects.order_by("sequence").values_list(*fields).iterator(chunk_size=_CHUNK)
    row = next(rows, None)
    for act in acts(kinds=["submission.reviewed"]):
        while row is not None and row[0] < act.sequence:
            yield problems.REVIEW_UNTOLD.at(instance_id=row[1])
            row = next(rows, None)
        if row is None or row[0] != act.sequence:
            yield problems.REVIEW_UNTOLD.at(instance_id=act.subject)
            continue
        if row[1:] != (act.subject, act.detail["state"], act.detail["reason"]):
            yield problems.REVIEW_UNTOLD.at(instance_id=row[1])
        row = next(rows, None)
    yield from (problems.REVIEW_UNTOLD.at(instance_id=left[1]) for left in chain([row] if row else [], rows))


def _states() -> Iterator[Problem]:
    """The state that is stored is the last one that the journal tells."""
    last = {act.subject: str(act.detail["state"]) for act in acts(kinds=["submission.reviewed"])}
    rows = models.Submission.objects.filter(superseded=None).values_list("instance_id", "state", "number")
    for instance_id, state, number in rows.iterator(chunk_size=_CHUNK):
        if state != last.get(instance_id, "received" if number == 1 else "edited"):
            yield problems.STATE_UNTOLD.at(instance_id=instance_id, state=state)


def _forms(digests: set[str]) -> Iterator[Problem]:
    """Each form version is the one that was published, and its files are here."""
    rows = {row.sequence: row for row in models.FormVersion.objects.order_by("sequence")}
    for act in acts(kinds=["form.published"]):
        row = rows.pop(act.sequence, None)
        told = {name: act.detail.get(name) for name in ("schema", "source", "xform")}
        if (
            row is None
            or (act.subject, told) != (row.form_id, _published(row))
            or not {row.source_sha256, row.xform_sha256} <= digests
        ):
            yield problems.FORM_UNTOLD.at(form=act.subject)
    yield from (problems.FORM_UNTOLD.at(form=row.form_id) for row in rows.values())


def _published(row: models.FormVersion) -> dict[str, str]:
    """What the act tells of this version; the schema's digest is drawn from what is stored of it."""
    return {
        "schema": schema_from_json(json.loads(row.schema)).digest,
        "source": row.source_sha256,
        "xform": row.xform_sha256,
    }


def _references() -> Iterator[Problem]:
    """The rows of a reference table, as they were after each act on it, have the digest that the act tells."""
    told: dict[str, list[Act]] = defaultdict(list)
    for act in acts(kinds=["reference.replaced"]):
        told[act.subject].append(act)
    for table in sorted({*told, *models.ReferenceRow.objects.values_list("table", flat=True)}):
        rows = list(models.ReferenceRow.objects.filter(table=table))
        moments = {act.sequence for act in told[table]}
        strange = [row for row in rows if row.seq_from not in moments or row.seq_to not in {None, *moments}]
        if strange or any(_as_of(rows, act.sequence) != act.detail["digest"] for act in told[table]):
            yield problems.REFERENCE_UNTOLD.at(table=table)


def _as_of(rows: Sequence[models.ReferenceRow], sequence: int) -> str:
    held = (row for row in rows if row.seq_from <= sequence and (row.seq_to is None or row.seq_to > sequence))
    return digest({row.key: row.values for row in held})


def _quarantine(digests: set[str]) -> Iterator[Problem]:
    for name, raw in models.Quarantined.objects.values_list("name", "raw_sha256").iterator(chunk_size=_CHUNK):
        if raw not in digests:
            yield problems.RAW_MISSING.at(instance_id=name)
