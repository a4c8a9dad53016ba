"""What persons decide of entities: a conflict settled, and whether a list takes entities from approved submissions alone."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.access.api import Actor, require_permit
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import Refused, canonical_json, digest, nearest
from toguna.kernel.core import clock
from toguna.registry import problems
from toguna.registry.lists import list_schema
from toguna.registry.store import models
from toguna.registry.store.queries import fold
from toguna.registry.store.reading import Entity, entity


def resolve(
    list_name: str,
    entity_id: str,
    actor: Actor,
    *,
    base_version: int,
    properties: Mapping[str, str] | None = None,
    label: str | None = None,
) -> Entity:
    """Settle the entity's conflicts, and set what is so where a value or the label is given; the act `entity.resolved`.

    `base_version` is the version that the person looked at. Refuses an entity that has moved on since, one without a conflict where nothing is
    changed either, and properties that the list does not have. The journal gets the names of what changed, never the values.
    """
    require_permit(actor, "entity.resolved")
    changed = dict(properties or {})
    _check_names(list_name, changed)
    with writing():
        found = _require(list_name, entity_id)
        _check_moment(found, base_version, changes=bool(changed or label))
        detail = {
            "list": list_name,
            "version": found.version,
            "changed": sorted(changed) + (["label"] if label else []),
        }
        now = clock.now()
        row = models.Resolution(
            list_name=list_name,
            entity_id=entity_id,
            label=label or "",
            properties=canonical_json(changed).decode(),
            happened=now.astimezone(current().operation.time_zone).date(),
            at=now,
        )
        act = NewAct(kind="entity.resolved", subject=entity_id, detail={**detail, "row": resolution_digest(row)})
        row.sequence = journal.append([act], actor.name).last
        row.save(force_insert=True)
        return _require(list_name, entity_id)


def require_approval(list_name: str, required: bool, actor: Actor) -> None:
    """Whether submissions that come from now on create entities of the list only while approved; the act `entity.approval_set`."""
    require_permit(actor, "entity.approval_set")
    list_schema(list_name)
    with writing():
        act = NewAct(kind="entity.approval_set", subject=list_name, detail={"required": required})
        sequence = journal.append([act], actor.name).last
        models.Approval.objects.create(sequence=sequence, list_name=list_name, required=required)


def resolution_digest(row: models.Resolution) -> str:
    """What the act of a resolution holds of its row: the values themselves never stand in the journal."""
    return digest([row.list_name, row.entity_id, row.label, row.properties, row.happened, row.at])


def _require(list_name: str, entity_id: str) -> Entity:
    fold()
    found = entity(list_name, entity_id)
    if found is None:
        raise Refused(problems.ENTITY_UNKNOWN.at(list=list_name, entity_id=entity_id))
    return found


def _check_moment(found: Entity, base_version: int, *, changes: bool) -> None:
    names = {"list": found.list_name, "entity_id": found.entity_id}
    if found.version != base_version:
        raise Refused(problems.VERSION_MOVED.at(None, **names, version=found.version, base=base_version))
    if found.conflict is None and not changes:
        raise Refused(problems.NOTHING_TO_RESOLVE.at(None, **names))


def _check_names(list_name: str, changed: Mapping[str, str]) -> None:
    known = list_schema(list_name)
    faults = []
    for name in changed:
        if name not in known:
            near = nearest(name, known)
            faults.append(
                problems.PROPERTY_UNKNOWN.at(list=list_name, property=name, near=f" ({near}?)" if near else "")
            )
    if faults:
        raise Refused(*faults)
