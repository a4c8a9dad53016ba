"""One submission as an actor may see it (design, Sensitivity)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from toguna.access.api import Actor, require_permit
from toguna.access.core.policy import row_sight, sees_value
from toguna.collect import problems
from toguna.collect.core.schema import Column, Schema
from toguna.collect.core.submissions.blocks import read_block, rows_of_instance
from toguna.collect.core.submissions.values import SINCE
from toguna.collect.published import schema_of
from toguna.collect.scope import subject_of
from toguna.collect.store import models
from toguna.instance.api import current, writing
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Place, Refused

#: Types whose values are categories.
_CATEGORIES = ("select_one", "select_multiple", "boolean")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A submission, without the values that the actor may not see."""

    form_id: str
    form_version: str
    instance_id: str
    #: Its number in its lineage, from 1, and whether a correction has superseded it.
    version: int
    is_superseded: bool
    state: str
    happened: date
    received_at: datetime
    #: By table ("" is the form itself), each row's visible values by column; `_since` names the version from which a row stands.
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    #: Columns that hold something which is not shown, as `table/column`.
    hidden: tuple[str, ...]


def submission_as_seen(instance_id: str, actor: Actor, reason: str | None = None) -> Seen:
    """The submission. Confidential values are shown only to a role that may read them and gives a reason, a code; then the act
    ``confidential.read`` is appended first. Of those who may not, an internal reader sees the categories. Refuses one that is not here, and one
    of another organisation or place than the actor's.
    """
    found = models.Submission.objects.select_related("form_version", "block").filter(instance_id=instance_id).first()
    if found is None:
        raise Refused(problems.INSTANCE_UNKNOWN.at(instance_id=instance_id))
    schema = schema_of(found.form_version.form_id, found.form_version.version)
    rows = rows_of_instance(read_block(current().files.get(found.block.sha256)), instance_id)
    if row_sight(actor, "public", subject_of(schema, rows, found.happened)) != "all":
        raise Refused(problems.OUT_OF_SCOPE.at(Place(file=instance_id), name=actor.name))
    if reason is not None:
        require_permit(actor, "confidential.read")
        with writing():
            append([NewAct(kind="confidential.read", subject=instance_id, detail={"reason": reason})], actor.name)
    shown, hidden = _shown(schema, rows, actor, has_reason=reason is not None)
    return Seen(
        form_id=schema.form_id,
        form_version=schema.version,
        instance_id=instance_id,
        version=found.number,
        is_superseded=found.superseded is not None,
        state=found.state,
        happened=found.happened,
        received_at=found.received_at,
        rows=shown,
        hidden=hidden,
    )


def _shown(
    schema: Schema, rows: Mapping[str, Sequence[Mapping[str, Any]]], actor: Actor, *, has_reason: bool
) -> tuple[dict[str, list[dict[str, Any]]], tuple[str, ...]]:
    shown: dict[str, list[dict[str, Any]]] = {}
    hidden: dict[str, None] = {}
    for table in schema.tables:
        visible = {column.name for column in table.columns if _is_visible(column, actor, has_reason=has_reason)}
        for row in rows.get(table.name, ()):
            shown.setdefault(table.name, []).append(
                {name: value for name, value in row.items() if name in visible or name == SINCE}
            )
            answered = (name for name in row if not name.startswith("_") and name not in visible)
            hidden |= dict.fromkeys(f"{table.name}/{name}".lstrip("/") for name in answered)
    return shown, tuple(hidden)


def _is_visible(column: Column, actor: Actor, *, has_reason: bool) -> bool:
    return sees_value(actor, column.sensitivity, is_category=column.type in _CATEGORIES, has_reason=has_reason)
