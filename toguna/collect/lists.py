"""The lists that questions choose from and forms do not hold: reference tables and entity lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from toguna.collect import models
from toguna.collect.forms.listfiles import needed_lists
from toguna.collect.forms.template import Lists
from toguna.collect.schema import Schema
from toguna.collect.submissions.lookup import Lookup, lookup

#: Columns of a reference table that name its row.
_NAMES = ("name", "label", "title", "acronym")


def lookups(schemas: Iterable[Schema]) -> dict[str, Lookup]:
    """What may be written for each reference that these forms' questions choose from; absent where nobody holds the list."""
    versions = list(schemas)
    entity_lists = {declared.list_name for schema in versions for declared in schema.entities}
    wanted = {name for schema in versions for name in needed_lists(schema)}
    found: dict[str, Lookup] = {}
    for name in wanted:
        lines = list(_entities(name) if name in entity_lists else _rows(name))
        if lines or name in entity_lists:
            found[name] = lookup(lines, open_to_ids=name in entity_lists)
    return found


def lists_of(schema: Schema, language: str) -> Lists:
    """Code and name of each line of the form's references, for its template."""
    entity_lists = set(models.EntityOperation.objects.values_list("list_name", flat=True).distinct())
    found = {}
    for name in needed_lists(schema):
        lines = _entities(name) if name in entity_lists else _rows(name, language)
        found[name] = sorted((code, next(iter(names), "")) for code, names in lines)
    return found


def _entities(list_name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each entity's id and its newest label."""
    rows = models.EntityOperation.objects.filter(list_name=list_name).order_by("submission_id", "pk")
    labels: dict[str, str] = {}
    for entity_id, label in rows.values_list("entity_id", "label"):
        labels[entity_id] = label or labels.get(entity_id, "")
    return ((entity_id, (label,) if label else ()) for entity_id, label in labels.items())


def _rows(table: str, language: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each row's key and names, the asked language's first."""
    for key, written in models.ReferenceRow.objects.filter(table=table, seq_to=None).values_list("key", "values"):
        values = json.loads(written)
        named = {column: text for column, text in values.items() if text and _is_name(column)}
        first = [text for column, text in named.items() if language and column.endswith(f"_{language}")]
        yield key, tuple(dict.fromkeys([*first, *named.values()]))


def _is_name(column: str) -> bool:
    return column in _NAMES or column.partition("_")[0] in _NAMES
