"""Entities as the instance keeps them: folded from submissions when the journal has moved on, read as of any sequence."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from toguna.collect import api as collect
from toguna.collect.api import CountedOperation
from toguna.collect.core.submissions.values import EntityOperation
from toguna.collect.store.counting import operations_on
from toguna.instance.api import writing
from toguna.instance.store.bulk import insert_rows
from toguna.journal import api as journal
from toguna.kernel.api import canonical_json
from toguna.registry.core.folding import History, Span, Version, derive
from toguna.registry.core.strands import Strand, Variant, strands
from toguna.registry.store import models

#: The consumer of the journal that this room is.
CONSUMER = "registry"

_CHUNK = 500
#: The columns of what is derived, in the order in which rows are written and read.
_SPAN = (
    "list_name", "entity_id", "number", "label", "properties", "happened", "instance_id", "base", "branch_id", "forced", "conflict",
    "conflicting", "settled", "seq_from", "seq_to",
)  # fmt: skip
_HELD = ("list_name", "entity_id", "instance_id", "sequence", "reason", "due")

T = TypeVar("T")
#: An entity's list and id.
Name = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Derived:
    """An entity's history, made anew from what is stored of its submissions."""

    name: Name
    history: History


def fold(until: int | None = None) -> int:
    """Bring the entities to a sequence of the journal, its end when none is given; returns how many were folded anew.

    One transaction with the consumer's mark: a crash leaves all or nothing. Run again, it does nothing.
    """
    with writing():
        after, last = journal.reached(CONSUMER), journal.head().sequence if until is None else until
        if last <= after:
            return 0
        count = 0
        for batch in _batches(_touched(after, last)):
            _replace(batch)
            count += len(batch)
        journal.advance(CONSUMER, last)
        return count


def rebuild() -> int:
    """Throw away what is derived and fold it all again; returns the number of entities."""
    with writing():
        models.VersionSpan.objects.all().delete()
        models.Held.objects.all().delete()
        journal.rewind(CONSUMER)
        return fold()


def differing(until: int) -> Iterator[Name]:
    """Entities of which what is kept, or what waits, is not what their submissions and what persons decided make of them."""
    for batch in _batches(_touched(0, until)):
        names = [one.name for one in batch]
        kept, waiting = _kept(names), _kept_waiting(names)
        for one in batch:
            if kept.get(one.name, []) != _rows(one) or waiting.get(one.name, []) != sorted(
                _held(one), key=_by_sequence
            ):
                yield one.name


def baseless(until: int) -> Iterator[Name]:
    """Entities that are kept, or wait, and that nothing received or decided up to an act speaks of."""
    decided = models.Resolution.objects.filter(
        list_name=OuterRef("list_name"), entity_id=OuterRef("entity_id"), sequence__lte=until
    )
    for model in (models.VersionSpan, models.Held):
        names = (
            model.objects.filter(~Exists(decided))
            .values_list("list_name", "entity_id")
            .order_by("list_name", "entity_id")
        )
        for part in _in_parts(names.distinct().iterator(chunk_size=_CHUNK)):
            yield from sorted(set(part) - {name for name, operations in operations_on(part, until) if operations})


def stored_spans(list_name: str, ids: Iterable[str], until: int) -> Iterator[tuple[str, list[Span]]]:
    """Each entity's spans as known at a sequence, in the order of its versions."""
    for part in _parts(list(ids)):
        found: dict[str, list[Span]] = defaultdict(list)
        for row in _stored(list_name, part):
            if row[-2] <= until:
                found[row[1]].append(_span(row, until))
        yield from ((entity_id, found[entity_id]) for entity_id in part if entity_id in found)


def ids_touched(list_name: str, after: int, until: int) -> list[str]:
    """Entities of the list of which something became known or ceased to be so in (after, until]."""
    rows = models.VersionSpan.objects.filter(list_name=list_name)
    if after <= 0:
        parts = [rows.filter(seq_from__lte=until)]
    else:
        parts = [rows.filter(seq_from__gt=after, seq_from__lte=until), rows.filter(seq_to__gt=after, seq_to__lte=until)]
    return sorted({entity_id for part in parts for entity_id in part.values_list("entity_id", flat=True)})


def _touched(after: int, until: int) -> Iterator[Derived]:
    """The entities that acts in (after, until] touched, each derived as known at `until`."""
    rules = _Rules(until)
    done = set()
    for name, operations in collect.entity_operations(after, until):
        done.add(name)
        yield rules.derived(name, operations)
    others = sorted(rules.others(after) - done)
    for part in _parts(others):
        for name, operations in operations_on(part, until):
            yield rules.derived(name, operations)


class _Rules:
    """What persons decided and when things happened, as known at a sequence."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.resolutions: dict[Name, list[models.Resolution]] = defaultdict(list)
        for row in models.Resolution.objects.filter(sequence__lte=until).order_by("sequence"):
            self.resolutions[row.list_name, row.entity_id].append(row)
        self.approvals: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for approval in models.Approval.objects.filter(sequence__lte=until).order_by("sequence"):
            self.approvals[approval.list_name].append((approval.sequence, approval.required))

    def others(self, after: int) -> set[Name]:
        """Entities that time or a person touched, and no submission."""
        last = next(iter(journal.acts(self.until - 1, self.until)), None)
        due = models.Held.objects.filter(due__lte=last.at) if last else models.Held.objects.none()
        resolved = {name for name, rows in self.resolutions.items() if any(row.sequence > after for row in rows)}
        return resolved | set(due.values_list("list_name", "entity_id"))

    def derived(self, name: Name, operations: Sequence[CountedOperation]) -> Derived:
        variants = [(one.lineage, self._variant(one)) for one in operations]
        changes = [_change(row) for row in self.resolutions.get(name, ()) if row.label or row.properties != "{}"]
        ordered = sorted([*strands(variants), *changes], key=lambda strand: strand.first.sequence)
        settled = [row.sequence for row in self.resolutions.get(name, ())]
        return Derived(name=name, history=derive(ordered, settled, self._first_at))

    def _variant(self, one: CountedOperation) -> Variant:
        return Variant(
            operation=one.operation,
            instance_id=one.instance_id,
            happened=one.happened,
            received_at=one.received_at,
            sequence=one.sequence,
            counting=one.counting,
            creating=one.approved if self._requires_approval(one) else one.counting,
        )

    def _requires_approval(self, one: CountedOperation) -> bool:
        """As it was when the submission came."""
        decided = self.approvals.get(one.operation.list_name, [])
        index = bisect_right(decided, (one.sequence, True))
        return decided[index - 1][1] if index else False

    def _first_at(self, instant: datetime) -> int | None:
        """The first sequence whose act is not before the instant."""
        sequence = journal.sequence_at(instant - timedelta(microseconds=1)) + 1
        return sequence if sequence <= self.until else None


def _change(row: models.Resolution) -> Strand:
    """A person's own change as an update of the newest version."""
    operation = EntityOperation(
        list_name=row.list_name,
        entity_id=row.entity_id,
        create=False,
        update=True,
        label=row.label or None,
        properties=json.loads(row.properties),
    )
    variant = Variant(
        operation=operation,
        instance_id="",
        happened=row.happened,
        received_at=row.at,
        sequence=row.sequence,
        counting=((row.sequence, None),),
        creating=(),
    )
    return Strand(lineage=f"resolution {row.sequence}", variants=(variant,))


def _replace(batch: Sequence[Derived]) -> None:
    by_list: dict[str, list[str]] = defaultdict(list)
    for one in batch:
        by_list[one.name[0]].append(one.name[1])
    for list_name, ids in by_list.items():
        for model in (models.VersionSpan, models.Held):
            model.objects.filter(list_name=list_name, entity_id__in=ids).delete()
    insert_rows(models.VersionSpan, _SPAN, (row for one in batch for row in _rows(one)))
    insert_rows(models.Held, _HELD, (row for one in batch for row in _held(one)))


def _rows(one: Derived) -> list[tuple[Any, ...]]:
    """Its spans as the table's columns, in the order of `_SPAN`."""
    return [
        (
            *one.name,
            span.version.number,
            span.version.label,
            canonical_json(span.version.properties).decode(),
            span.version.happened,
            span.version.instance_id,
            span.version.base,
            span.version.branch_id,
            span.version.forced,
            span.version.conflict or "",
            canonical_json(span.version.conflicting).decode() if span.version.conflicting else "[]",
            span.settled,
            span.seq_from,
            span.seq_to,
        )
        for span in one.history.spans
    ]


def _held(one: Derived) -> list[tuple[Any, ...]]:
    return [
        (
            *one.name,
            waiting.strand.variants[-1].instance_id,
            waiting.strand.first.sequence,
            waiting.reason,
            waiting.due,
        )
        for waiting in one.history.waiting
    ]


def _span(row: tuple[Any, ...], until: int) -> Span:
    (
        _,
        _,
        number,
        label,
        properties,
        happened,
        instance_id,
        base,
        branch_id,
        forced,
        conflict,
        names,
        settled,
        start,
        end,
    ) = row
    version = Version(
        number=number,
        label=label,
        properties=json.loads(properties),
        happened=happened,
        instance_id=instance_id,
        base=base,
        branch_id=branch_id,
        forced=forced,
        conflict=conflict or None,
        conflicting=() if names == "[]" else tuple(json.loads(names)),
    )
    return Span(
        version=version, settled=settled, seq_from=start, seq_to=end if end is not None and end <= until else None
    )


def _kept(names: Sequence[Name]) -> Mapping[Name, list[tuple[Any, ...]]]:
    by_list: dict[str, list[str]] = defaultdict(list)
    for list_name, entity_id in names:
        by_list[list_name].append(entity_id)
    found: dict[Name, list[tuple[Any, ...]]] = defaultdict(list)
    for list_name, ids in by_list.items():
        for row in _stored(list_name, ids):
            found[row[0], row[1]].append(row)
    return found


def _kept_waiting(names: Sequence[Name]) -> Mapping[Name, list[tuple[Any, ...]]]:
    found: dict[Name, list[tuple[Any, ...]]] = defaultdict(list)
    for list_name in {name for name, _ in names}:
        ids = [entity_id for name, entity_id in names if name == list_name]
        for row in models.Held.objects.filter(list_name=list_name, entity_id__in=ids).values_list(*_HELD):
            found[row[0], row[1]].append(row)
    return {name: sorted(rows, key=_by_sequence) for name, rows in found.items()}


def _by_sequence(held: tuple[Any, ...]) -> tuple[int, str]:
    return held[3], held[4]


def _stored(list_name: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    rows = models.VersionSpan.objects.filter(list_name=list_name, entity_id__in=ids)
    yield from rows.order_by("entity_id", "number", "seq_from").values_list(*_SPAN)


def _batches(found: Iterable[Derived]) -> Iterator[list[Derived]]:
    batch: list[Derived] = []
    for one in found:
        batch.append(one)
        if len(batch) == _CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _in_parts(found: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(found)
    while part := list(islice(rest, _CHUNK)):
        yield part


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
