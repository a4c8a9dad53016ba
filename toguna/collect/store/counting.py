"""What counts, read in bulk: for the lake whole submissions by lineage, for the registry what they do to entities.

Both give, for everything that acts in (after, until] touch, the whole list as known at `until`, so that a reader replaces what it held.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from toguna.collect.core.intervals import APPROVED, Interval, intervals, merged
from toguna.collect.core.submissions.values import EntityOperation, Row
from toguna.collect.store import models
from toguna.collect.stored import StoredRows
from toguna.instance.api import current

_CHUNK = 2_000


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One version of a submission during one interval in which it counted."""

    form_id: str
    lineage: str
    instance_id: str
    #: Its number in its lineage, from 1.
    version: int
    form_version: str
    rows: Mapping[str, Sequence[Row]]
    happened: date
    received_at: datetime
    state: str
    seq_from: int
    seq_to: int | None


@dataclass(frozen=True, kw_only=True)
class CountedOperation:
    """What one version of a submission does to an entity, and when that counted."""

    operation: EntityOperation
    instance_id: str
    happened: date
    received_at: datetime
    #: The sequence of the submission's receipt.
    sequence: int
    #: What it is a version of: a correction's operation takes the place of the one it corrects.
    lineage: str
    #: From, and up to but not including; without an end it still counts. Empty: it has never counted.
    counting: tuple[tuple[int, int | None], ...]
    #: Those of them in which it was approved.
    approved: tuple[tuple[int, int | None], ...]


def changed_forms(after: int, until: int) -> set[str]:
    """Forms of which acts in (after, until] touched a submission."""
    touched = models.Submission.objects.filter(_touched(after, until))
    return set(touched.values_list("form_version__form_id", flat=True).distinct())


def happened_between(until: int) -> tuple[date, date] | None:
    """The first and the last day of which submissions received up to an act speak; None without any."""
    found = models.Submission.objects.filter(sequence__lte=until).aggregate(first=Min("happened"), last=Max("happened"))
    return (found["first"], found["last"]) if found["first"] else None


def counted(form_id: str, after: int, until: int) -> Iterator[tuple[str, tuple[Counted, ...]]]:
    """Each lineage of the form that acts in (after, until] touched, with its whole list of intervals as known at `until`.

    An empty list: nothing of it counts or ever counted. Lineages come in the order in which they began.
    """
    blocks = StoredRows()
    for lineage, submissions in _lineages(_of_form(form_id, after, until), until):
        found = [
            Counted(
                form_id=form_id,
                lineage=str(lineage),
                instance_id=one.instance_id,
                version=one.number,
                form_version=one.form_version,
                rows=blocks.rows(one.block, one.instance_id),
                happened=one.happened,
                received_at=one.received_at,
                state=interval.state,
                seq_from=interval.seq_from,
                seq_to=interval.seq_to,
            )
            for one in submissions
            for interval in one.intervals
        ]
        yield str(lineage), tuple(found)


def entity_operations(after: int, until: int) -> Iterator[tuple[tuple[str, str], tuple[CountedOperation, ...]]]:
    """Each entity, as (list, id), that acts in (after, until] touched, with every operation on it known at `until`, in order of receipt."""
    lineages = models.Submission.objects.filter(_touched(after, until)).values("lineage")
    touched = models.EntityOperation.objects.filter(submission__lineage__in=lineages)
    names = touched.values_list("list_name", "entity_id").distinct().order_by("list_name", "entity_id")
    rest = names.iterator(chunk_size=_CHUNK)
    while part := list(islice(rest, _CHUNK // 4)):
        yield from operations_on(part, until)


@dataclass(frozen=True, kw_only=True)
class _One:
    """A submission without its values."""

    sequence: int
    instance_id: str
    lineage: int
    number: int
    form_version: str
    block: str
    happened: date
    received_at: datetime
    intervals: tuple[Interval, ...]


_FIELDS = (
    "sequence", "instance_id", "lineage", "number", "form_version__version", "block__sha256", "happened", "received_at", "superseded",
)  # fmt: skip


def _touched(after: int, until: int) -> Q:
    """Submissions received, superseded or reviewed in (after, until]."""
    if after <= 0:
        return Q(sequence__lte=until)
    reviewed = models.Review.objects.filter(sequence__gt=after, sequence__lte=until).values("submission_id")
    return Q(sequence__gt=after, sequence__lte=until) | Q(sequence__in=reviewed)


def _of_form(form_id: str, after: int, until: int) -> QuerySet:
    own = models.Submission.objects.filter(form_version__form_id=form_id, sequence__lte=until)
    if after <= 0:
        return own
    touched = models.Submission.objects.filter(_touched(after, until), form_version__form_id=form_id)
    return own.filter(lineage__in=touched.values("lineage"))


def _lineages(found: QuerySet, until: int) -> Iterator[tuple[int, Iterator[_One]]]:
    ordered = found.order_by("lineage", "number").values_list(*_FIELDS).iterator(chunk_size=_CHUNK)
    reviews = _reviews(found, until)
    counting = current().operation.counting_states
    read = (_one(row, reviews, until, counting) for row in ordered)
    return groupby(read, key=lambda one: one.lineage)


def _one(row: Sequence[Any], reviews: Mapping[int, list[tuple[int, str]]], until: int, counting: Sequence[str]) -> _One:
    sequence, instance_id, lineage, number, form_version, block, happened, received_at, superseded = row
    spans = intervals(
        received=sequence,
        first=number == 1,
        superseded=superseded,
        reviews=reviews.get(sequence, ()),
        until=until,
        counting=counting,
    )
    return _One(
        sequence=sequence,
        instance_id=instance_id,
        lineage=lineage,
        number=number,
        form_version=form_version,
        block=block,
        happened=happened,
        received_at=received_at,
        intervals=spans,
    )


def _reviews(found: QuerySet, until: int) -> dict[int, list[tuple[int, str]]]:
    """(sequence, state) of each submission's reviews, in order."""
    reviews: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = models.Review.objects.filter(submission__in=found, sequence__lte=until).order_by("sequence")
    for submission, sequence, state in rows.values_list("submission_id", "sequence", "state").iterator(_CHUNK):
        reviews[submission].append((sequence, state))
    return reviews


def operations_on(
    names: Sequence[tuple[str, str]], until: int
) -> Iterator[tuple[tuple[str, str], tuple[CountedOperation, ...]]]:
    """Each of these entities, as (list, id), with every operation on it known at `until`, in order of receipt."""
    wanted = set(names)
    lists: dict[str, list[str]] = defaultdict(list)
    for list_name, entity_id in names:
        lists[list_name].append(entity_id)
    found: dict[tuple[str, str], list[CountedOperation]] = defaultdict(list)
    for list_name, ids in lists.items():
        rows = models.EntityOperation.objects.filter(
            list_name=list_name, entity_id__in=ids, submission__sequence__lte=until
        )
        reviews = _reviews(models.Submission.objects.filter(pk__in=rows.values("submission_id")), until)
        for row in rows.select_related("submission").order_by("submission_id", "pk"):
            found[row.list_name, row.entity_id].append(_operation(row, reviews, until))
    yield from ((name, tuple(found[name])) for name in names if name in wanted)


def _operation(
    row: models.EntityOperation, reviews: Mapping[int, list[tuple[int, str]]], until: int
) -> CountedOperation:
    one = row.submission
    spans = intervals(
        received=one.sequence,
        first=one.number == 1,
        superseded=one.superseded,
        reviews=reviews.get(one.sequence, ()),
        until=until,
        counting=current().operation.counting_states,
    )
    operation = EntityOperation(
        list_name=row.list_name,
        entity_id=row.entity_id,
        create=row.create,
        update=row.update,
        label=row.label,
        properties=json.loads(row.properties),
        base_version=row.base_version,
        trunk_version=row.trunk_version,
        branch_id=row.branch_id,
        table=row.table,
        row=row.row,
    )
    return CountedOperation(
        operation=operation,
        instance_id=one.instance_id,
        happened=one.happened,
        received_at=one.received_at,
        sequence=one.sequence,
        lineage=str(one.lineage),
        counting=merged(spans),
        approved=merged([span for span in spans if span.state == APPROVED]),
    )
