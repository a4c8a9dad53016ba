"""Whose a submission is and where it lies, as permission asks: by the organisations and places that its answers name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from toguna.access.api import Actor, Subject, within_scope
from toguna.access.core.policy import is_own
from toguna.collect import problems
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.belonging import organisation_of, places_of
from toguna.collect.core.submissions.blocks import read_block, rows_of_instance
from toguna.collect.core.submissions.values import Checked, Refusal, Row
from toguna.collect.published import schema_of
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.kernel.api import Place, Problem
from toguna.places.api import tree


def is_scoped(actor: Actor) -> bool:
    """Whether the actor's rights hold for some organisation or places only."""
    return not actor.is_owner and bool(actor.organisation or actor.places)


def subject_of(schema: Schema, rows: Mapping[str, Sequence[Row]], on: date) -> Subject:
    """The organisation that the form itself names first, and every place that it or its repeats name, with those around it."""
    codes = set(places_of(schema, rows))
    places = tree(on)
    around = {above for code in codes if places.place(code) for above in places.ancestors(code)}
    return Subject(organisation=organisation_of(schema, rows) or None, places=tuple(sorted(codes | around)))


def split(actor: Actor, batch: Sequence[Checked]) -> tuple[list[Checked], list[Refusal]]:
    """Those that the actor may send, and the others refused."""
    if not is_scoped(actor):
        return list(batch), []
    good: list[Checked] = []
    refused: list[Refusal] = []
    for one in batch:
        subject = subject_of(schema_of(one.form_id, one.form_version), one.rows, one.happened or one.received_at.date())
        if within_scope(actor, subject):
            good.append(one)
            continue
        refused.append(refused_as_foreign(one, actor))
    return good, refused


def refused_as_foreign(one: Checked, actor: Actor) -> Refusal:
    """The refusal of what is, or corrects, another's."""
    fault = problems.OUT_OF_SCOPE.at(Place(file=one.name or None, row=one.row or None), name=actor.name)
    return Refusal(name=one.name, raw=one.raw, problems=(fault,), source=one.source, row=one.row)


def foreign_submissions(actor: Actor, instance_ids: Sequence[str]) -> set[str]:
    """Those of the stored submissions that are not the actor's."""
    found = models.Submission.objects.select_related("form_version", "block").filter(instance_id__in=instance_ids)
    return {one.instance_id for one in found if out_of_scope(actor, [one])}


def own_submissions(actor: Actor, instance_ids: Sequence[str]) -> frozenset[str]:
    """Those of the stored submissions of which the actor may know more than that they exist."""
    if not is_scoped(actor):
        return frozenset(instance_ids)
    found = models.Submission.objects.select_related("form_version", "block").filter(instance_id__in=instance_ids)
    return frozenset(one.instance_id for one in found if is_own(actor, _subject(one)))


def out_of_scope(actor: Actor, found: Sequence[models.Submission]) -> list[Problem]:
    """The stored submissions that are not the actor's to review."""
    if not is_scoped(actor):
        return []
    told = []
    for one in found:
        if not within_scope(actor, _subject(one)):
            told.append(problems.OUT_OF_SCOPE.at(Place(file=one.instance_id), name=actor.name))
    return told


def _subject(one: models.Submission) -> Subject:
    schema = schema_of(one.form_version.form_id, one.form_version.version)
    rows = rows_of_instance(read_block(current().files.get(one.block.sha256)), one.instance_id)
    return subject_of(schema, rows, one.happened)
