"""The lists that questions choose from and forms do not hold: places, organisations, reference tables, entity lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from toguna.collect.core.forms.listfiles import needed_lists
from toguna.collect.core.forms.template import Lists
from toguna.collect.core.schema import Schema, declared_lists
from toguna.collect.core.submissions.lookup import Lookup, lookup
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.kernel.core import clock
from toguna.organisations.api import all_organisations
from toguna.places.api import all_places

#: Columns of a reference table that name its row.
_NAMES = ("name", "label", "title", "acronym")


def lookups(schemas: Iterable[Schema]) -> dict[str, Lookup]:
    """What may be written for each reference that these forms' questions choose from; absent where nobody holds the list."""
    versions = list(schemas)
    declared = declared_lists(versions)
    wanted = {name for schema in versions for name in needed_lists(schema)}
    found: dict[str, Lookup] = {}
    for name in wanted:
        lines = list(_lines(name, declared))
        if lines or name in declared or name in ("places", "organisations"):
            found[name] = lookup(lines, open_to_ids=name in declared)
    return found


def codes_of(name: str) -> frozenset[str]:
    """The codes of a reference table, an entity list, the places or the organisations."""
    entity_lists = set(models.EntityOperation.objects.filter(list_name=name).values_list("list_name", flat=True)[:1])
    return frozenset(code for code, _ in _lines(name, entity_lists))


def lists_of(schema: Schema, language: str) -> Lists:
    """Code and name of each line of the form's references that still holds, for its template."""
    entity_lists = set(models.EntityOperation.objects.values_list("list_name", flat=True).distinct())
    today = clock.now().astimezone(current().operation.time_zone).date()
    found = {}
    for name in needed_lists(schema):
        lines = {code: next(iter(names), "") for code, names in _lines(name, entity_lists, language, today)}
        found[name] = sorted(lines.items())
    return found


_Line = tuple[str, tuple[str, ...]]


def _lines(name: str, entity_lists: Collection[str], language: str = "", on: date | None = None) -> Iterator[_Line]:
    """Code and names of each line, the asked language's name first; of places and organisations those that hold on the day."""
    if name == "places":
        return _places(language, on)
    if name == "organisations":
        return _organisations(language, on)
    return _entities(name) if name in entity_lists else _rows(name, language)


def _places(language: str, on: date | None) -> Iterator[_Line]:
    names: dict[str, list[str]] = {}
    for place in all_places():
        if on is None or (place.valid_from or date.min) <= on <= (place.valid_to or date.max):
            own = [place.name.get(language, ""), *place.name.values(), place.slug, *place.aliases]
            names.setdefault(place.code, []).extend(name for name in own if name)
    return ((code, tuple(dict.fromkeys(own))) for code, own in names.items())


def _organisations(language: str, on: date | None) -> Iterator[_Line]:
    names: dict[str, list[str]] = {}
    for one in all_organisations():
        if on is None or one.holds(on):
            own = [one.name.get(language, ""), *one.name.values(), one.acronym, *one.aliases]
            names.setdefault(one.code, []).extend(name for name in own if name)
    return ((code, tuple(dict.fromkeys(own))) for code, own in names.items())


def _entities(list_name: str) -> Iterator[_Line]:
    """Each entity's id and its newest label."""
    rows = models.EntityOperation.objects.filter(list_name=list_name).order_by("submission_id", "pk")
    labels: dict[str, str] = {}
    for entity_id, label in rows.values_list("entity_id", "label"):
        labels[entity_id] = label or labels.get(entity_id, "")
    return ((entity_id, (label,) if label else ()) for entity_id, label in labels.items())


def _rows(table: str, language: str = "") -> Iterator[_Line]:
    """Each row's key and names, the asked language's first."""
    for key, written in models.ReferenceRow.objects.filter(table=table, seq_to=None).values_list("key", "values"):
        values = json.loads(written)
        named = {column: text for column, text in values.items() if text and _is_name(column)}
        first = [text for column, text in named.items() if language and column.endswith(f"_{language}")]
        yield key, tuple(dict.fromkeys([*first, *named.values()]))


def _is_name(column: str) -> bool:
    return column in _NAMES or column.partition("_")[0] in _NAMES
