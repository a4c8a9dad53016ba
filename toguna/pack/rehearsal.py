"""A plan drawn without sending anything: what stops it, and what it fills in that no form asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from toguna.collect.core.schema import Schema
from toguna.kernel.api import Place, Problem, Refused
from toguna.pack.core.generate import Delivery, Drawn
from toguna.pack.problems import PLAN_COLUMN, PLAN_DRAW, PLAN_FORM
from toguna.pack.reading import Pack, draw_pack

_PLACE = Place(file="plan.toml")


def plan_faults(pack: Pack) -> list[Problem]:
    """Every fault that only drawing can tell. Each name is told once."""
    try:
        drawn = draw_pack(pack)
    except Refused as refused:
        return list(refused.problems)
    except (KeyError, IndexError, ValueError) as error:
        reason = f"there is no {error.args[0]}" if isinstance(error, KeyError) else str(error)
        return [PLAN_DRAW.at(_PLACE, reason=reason)]
    schemas = {form_id: form.schema for form_id, form in pack.forms.items()}
    told = {(problem.id, str(problem.details)): problem for problem in _named(drawn, schemas)}
    return list(told.values())


def _named(drawn: Drawn, schemas: Mapping[str, Schema]) -> Iterator[Problem]:
    for delivery in drawn.deliveries:
        if delivery.form not in schemas:
            yield PLAN_FORM.at(_PLACE, form=delivery.form)
        else:
            yield from _delivery(delivery, schemas[delivery.form])


def _delivery(delivery: Delivery, schema: Schema) -> Iterator[Problem]:
    tables = {table.name: table.by_name for table in schema.tables}
    for filled in delivery.filled:
        for name, rows in {"": [filled.header], **filled.rows}.items():
            if name not in tables:
                yield PLAN_COLUMN.at(_PLACE, form=schema.form_id, question=name)
                continue
            for column in _columns(rows):
                if column not in tables[name]:
                    yield PLAN_COLUMN.at(_PLACE, form=schema.form_id, question=column)


def _columns(rows: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))
