"""Published forms: a version is stored with its schema, its XForm and the file it came from, and never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from toguna.access.api import Actor, require_permit
from toguna.collect import problems
from toguna.collect.core.forms import ReadForm, read_form
from toguna.collect.core.forms.problems import FORM_SLUG_TAKEN, SENSITIVITY_LOWERED, VERSION_TAKEN
from toguna.collect.core.forms.versions import UnionSchema, compare_versions, unite
from toguna.collect.core.schema import Schema, schema_as_json, schema_from_json
from toguna.collect.core.submissions.lookup import near
from toguna.collect.core.submissions.merging import ROW_KEYS, row_key_faults
from toguna.collect.store import models
from toguna.instance.api import current, writing
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Place, Problem, Refused, canonical_json, digest, errors
from toguna.kernel.core import clock


@dataclass(frozen=True, kw_only=True)
class Published:
    """What publishing did. `is_new` is false of a version that was published before with the same content."""

    form_id: str
    version: str
    is_new: bool
    #: Warnings.
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class PublishedForm:
    """One published version."""

    form_id: str
    version: str
    sequence: int
    published_at: datetime
    schema: Schema
    xform_sha256: str
    source_sha256: str


def publish_form(
    source: Path | bytes, actor: Actor, at: datetime | None = None, *, name: str | None = None, lower: bool = False
) -> Published:
    """Publish a version of a form; act ``form.published``.

    Refuses a form with faults; another form_id that gives the same slug; a strictly confidential one; a confidential one on a disk
    that nobody has attested; a version that is published with other content; row keys (`tg:rows`) that name no question of a repeat; and a sensitivity below the last version's,
    unless `lower` says that the actor means it (then also acts ``form.sensitivity_lowered``).
    """
    require_permit(actor, "form.published")
    if lower:
        require_permit(actor, "form.sensitivity_lowered")
    content = source.read_bytes() if isinstance(source, Path) else source
    file = name or (source.name if isinstance(source, Path) else "form")
    read = read_form(content, file)
    if read.schema is None or read.xform is None:
        raise Refused(*errors(read.problems))
    schema = read.schema
    _require_publishable(schema, file)
    files = current().files
    xform_sha256, source_sha256 = files.put(read.xform.encode()), files.put(content)
    with writing():
        found = _versions_of(schema, file)
        if any(one.version == schema.version and one.schema.digest == schema.digest for one in found):
            return Published(form_id=schema.form_id, version=schema.version, is_new=False, problems=read.problems)
        told, lowered = _compared(schema, found, file, lower)
        row = _row(schema, xform_sha256, source_sha256, file, at or clock.now())
        digests = {"schema": schema.digest, "source": source_sha256, "xform": xform_sha256, "row": version_digest(row)}
        row.sequence = append(_acts(schema, digests, lowered, at), actor.name).first
        row.save(force_insert=True)
    told_all = (*_warnings(read), *told, *lowered)
    return Published(form_id=schema.form_id, version=schema.version, is_new=True, problems=told_all)


def _row(schema: Schema, xform_sha256: str, source_sha256: str, file: str, at: datetime) -> models.FormVersion:
    """The version as it is stored, without the sequence of its act."""
    return models.FormVersion(
        form_id=schema.form_id,
        version=schema.version,
        published_at=at,
        schema=canonical_json(schema_as_json(schema)).decode(),
        schema_digest=schema.digest,
        xform_sha256=xform_sha256,
        source_sha256=source_sha256,
        source_name=file[:255],
    )


def _versions_of(schema: Schema, file: str) -> list[PublishedForm]:
    """The form's published versions. Refuses when another form_id has its slug."""
    every = forms()
    for other in every:
        if other.form_id != schema.form_id and other.schema.slug == schema.slug:
            place = Place(file=file, sheet="settings", column="form_id")
            raise Refused(FORM_SLUG_TAKEN.at(place, new=schema.form_id, old=other.form_id, slug=schema.slug))
    return [row for row in every if row.form_id == schema.form_id]


def _acts(schema: Schema, detail: dict[str, str], lowered: list[Problem], at: datetime | None) -> list[NewAct]:
    acts = [NewAct(kind="form.published", subject=schema.form_id, detail=detail, at=at)]
    if lowered:
        count = {"count": len(lowered)}
        acts.append(NewAct(kind="form.sensitivity_lowered", subject=schema.form_id, detail=count, at=at))
    return acts


def version_digest(row: models.FormVersion) -> str:
    """What the act of publishing holds of the row, beside the digests of the schema and the files."""
    return digest([row.form_id, row.version, row.published_at, row.source_name])


def forms() -> list[PublishedForm]:
    """Every published version, in the order of publication."""
    return [
        PublishedForm(
            form_id=row.form_id,
            version=row.version,
            sequence=row.sequence,
            published_at=row.published_at,
            schema=_schema(row.schema),
            xform_sha256=row.xform_sha256,
            source_sha256=row.source_sha256,
        )
        for row in models.FormVersion.objects.order_by("sequence")
    ]


def schemas() -> dict[str, list[Schema]]:
    """By form id, its versions in the order of publication."""
    found: dict[str, list[Schema]] = {}
    for form in forms():
        found.setdefault(form.form_id, []).append(form.schema)
    return found


def form_named(name: str, published: Mapping[str, Sequence[Schema]]) -> str:
    """The form_id that is meant by a form_id or its slug. Refuses one that is not published."""
    if name in published:
        return name
    found = next((form_id for form_id, versions in published.items() if versions[-1].slug == name), None)
    if found is None:
        raise Refused(problems.FORM_UNKNOWN.at(form=name, near=near(name, published)))
    return found


def schema_of(form_id: str, version: str | None = None) -> Schema:
    """The schema of this version, or of the newest; `form_id` may be its slug. Refuses what is not published."""
    published = schemas()
    found = published[form_named(form_id, published)]
    if version is None:
        return found[-1]
    chosen = next((schema for schema in found if schema.version == version), None)
    if chosen is None:
        raise Refused(problems.FORM_VERSION_UNKNOWN.at(form=form_id, version=version))
    return chosen


def union_schema(form_id: str) -> UnionSchema:
    """Every column that any version of the form asks. Refuses a form that is not published."""
    published = schemas()
    return unite(published[form_named(form_id, published)])


@lru_cache(maxsize=512)
def _schema(written: str) -> Schema:
    return schema_from_json(json.loads(written))


def _warnings(read: ReadForm) -> tuple[Problem, ...]:
    return tuple(problem for problem in read.problems if not problem.is_error)


def _require_publishable(schema: Schema, file: str) -> None:
    _require_safe_disk(schema, file)
    place = Place(file=file, sheet="settings", column=ROW_KEYS)
    if unknown := [problems.ROW_KEY_UNKNOWN.at(place, word=word) for word in row_key_faults(schema)]:
        raise Refused(*unknown)


def _require_safe_disk(schema: Schema, file: str) -> None:
    operation = current().operation
    if operation.demonstration or operation.encrypted_disk:
        return
    asked = next((column for _, column in schema.columns() if column.sensitivity == "confidential"), None)
    if asked is not None:
        place = Place(file=file, sheet="survey", row=asked.row or None)
        raise Refused(problems.DISK_NOT_ATTESTED.at(place, form=schema.form_id, question=asked.name))


def _compared(
    schema: Schema, found: list[PublishedForm], file: str, lower: bool
) -> tuple[list[Problem], list[Problem]]:
    """What the last version's comparison tells, and the lowered sensitivities that the actor means."""
    if any(one.version == schema.version for one in found):
        raise Refused(VERSION_TAKEN.at(Place(file=file, sheet="settings"), version=schema.version))
    if not found:
        return [], []
    told = compare_versions(found[-1].schema, schema, file)
    lowered = [problem for problem in told if problem.id == SENSITIVITY_LOWERED.id]
    faults = [problem for problem in errors(told) if not (lower and problem in lowered)]
    if faults:
        raise Refused(*faults)
    return [problem for problem in told if problem not in lowered], lowered
