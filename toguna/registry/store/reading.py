"""What is known of entities: now, at a sequence, and through all of knowledge for the lake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from toguna.journal import api as journal
from toguna.kernel.api import Problem, Refused
from toguna.registry import problems
from toguna.registry.core.folding import Conflict, History, Span, Version
from toguna.registry.store import models
from toguna.registry.store.queries import CONSUMER, ids_touched, stored_spans


@dataclass(frozen=True, kw_only=True)
class Entity:
    """An entity at one sequence: its newest version then."""

    list_name: str
    entity_id: str
    version: int
    label: str
    properties: Mapping[str, str]
    conflict: Conflict | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """One version of an entity as it was known from one sequence up to but not including another."""

    entity_id: str
    version: int
    label: str
    properties: Mapping[str, str]
    happened: date
    #: Blank for a person's own change.
    instance_id: str
    seq_from: int
    seq_to: int | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A submission's operation that cannot be applied yet, and why; `due` is when it will be forced, if it will."""

    list_name: str
    entity_id: str
    instance_id: str
    reason: str
    due: datetime | None
    problem: Problem


def entities(list_name: str, at: int | None = None) -> Iterator[Entity]:
    """The entities of a list as known at a sequence (now, when none is given), by id."""
    until = _up_to(at)
    for entity_id, spans in stored_spans(list_name, ids_touched(list_name, 0, until), until):
        entity = _entity(list_name, entity_id, spans, until)
        if entity is not None:
            yield entity


def entity(list_name: str, entity_id: str, at: int | None = None) -> Entity | None:
    """One entity as known at a sequence; none where there was none."""
    until = _up_to(at)
    for _, spans in stored_spans(list_name, [entity_id], until):
        return _entity(list_name, entity_id, spans, until)
    return None


def history(list_name: str, entity_id: str, at: int | None = None) -> tuple[Version, ...]:
    """Its versions as known at a sequence, the first first. Refuses an entity that was not known then."""
    until = _up_to(at)
    for _, spans in stored_spans(list_name, [entity_id], until):
        versions = History(spans=tuple(spans), waiting=()).at(until)
        if versions:
            return versions
    raise Refused(problems.ENTITY_UNKNOWN.at(list=list_name, entity_id=entity_id))


def conflicts(list_name: str | None = None) -> tuple[Entity, ...]:
    """Entities with a conflict that nobody has settled."""
    until = _up_to(None)
    rows = models.VersionSpan.objects.filter(settled=False, seq_to=None).exclude(conflict="")
    names = rows.filter(list_name=list_name) if list_name else rows
    found = []
    for name, entity_id in names.order_by("list_name", "entity_id").values_list("list_name", "entity_id").distinct():
        for _, spans in stored_spans(name, [entity_id], until):
            one = _entity(name, entity_id, spans, until)
            found += [one] if one is not None else []
    return tuple(found)


def waiting(list_name: str | None = None) -> tuple[Waiting, ...]:
    """Operations that cannot be applied yet, in the order in which they came."""
    rows = models.Held.objects.order_by("sequence", "pk")
    return tuple(
        Waiting(
            list_name=row.list_name,
            entity_id=row.entity_id,
            instance_id=row.instance_id,
            reason=row.reason,
            due=row.due,
            problem=problems.WAITING[row.reason].at(
                instance_id=row.instance_id, entity_id=row.entity_id, list=row.list_name
            ),
        )
        for row in (rows.filter(list_name=list_name) if list_name else rows)
    )


def known(list_name: str, after: int, until: int) -> Iterator[tuple[str, tuple[Known, ...]]]:
    """Each entity of which acts in (after, until] changed something, with everything that was ever known of it up to `until`.

    Versions come in order, and of each the stretches of knowledge in which it had one content. None: it has never counted.
    """
    for entity_id, spans in stored_spans(list_name, ids_touched(list_name, after, until), until):
        yield entity_id, _stretches(entity_id, spans)


def _stretches(entity_id: str, spans: Sequence[Span]) -> tuple[Known, ...]:
    """Spans that differ in their conflict alone are one."""
    found: list[Known] = []
    for span in spans:
        version, start = span.version, span.seq_from
        if found and found[-1].seq_to == start and _same(found[-1], version):
            start = found.pop().seq_from
        found.append(
            Known(
                entity_id=entity_id,
                version=version.number,
                label=version.label,
                properties=version.properties,
                happened=version.happened,
                instance_id=version.instance_id,
                seq_from=start,
                seq_to=span.seq_to,
            )
        )
    return tuple(found)


def _same(one: Known, version: Version) -> bool:
    return (one.version, one.label, one.properties, one.happened, one.instance_id) == (
        version.number,
        version.label,
        version.properties,
        version.happened,
        version.instance_id,
    )


def _entity(list_name: str, entity_id: str, spans: Sequence[Span], until: int) -> Entity | None:
    told = History(spans=tuple(spans), waiting=())
    versions = told.at(until)
    if not versions:
        return None
    return Entity(
        list_name=list_name,
        entity_id=entity_id,
        version=versions[-1].number,
        label=versions[-1].label,
        properties=versions[-1].properties,
        conflict=told.conflict(until),
    )


def folded() -> int:
    """The act up to which entities are folded. Reads answer as of it and never write; the consumer `entities` brings it on."""
    return journal.reached(CONSUMER)


def _up_to(at: int | None) -> int:
    """The sequence that the reader means, at most the one up to which entities are folded."""
    return folded() if at is None else min(at, folded())
