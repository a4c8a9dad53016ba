"""The typed schema of a form without errors: columns in their tables, with what the sheets say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, cast

from toguna.collect.core.forms.survey import NO, YES, Entry, Form, Node, told_apart, without_loops
from toguna.collect.core.forms.types import SILENT, column_of_bind
from toguna.collect.core.schema import (
    SENSITIVITIES,
    Choice,
    Column,
    ColumnType,
    EntityDeclaration,
    Schema,
    Sensitivity,
    Table,
    highest,
)

_OTHER = {"en": "Specify other.", "fr": "Précisez."}


def build_schema(form: Form, form_id: str, entity_paths: Mapping[str, tuple[str, ...]]) -> Schema:
    """The schema. `entity_paths` says, from the XForm, where each entity list's declaration stands."""
    form = without_loops(form)
    repeats = [node for node in form.nodes if node.type.kind == "repeat"]
    lists = [entry.values.get("list_name", "") for entry in form.entities]
    names = dict(zip((form.root, *repeats), ("", *told_apart([node.name for node in repeats])), strict=True))
    tables = tuple(_table(node, names, lists) for node in names)
    columns = [column for table in tables for column in table.columns]
    settings = dict(form.settings.values) if form.settings else {}
    title = dict(form.settings.texts.get("form_title", {})) if form.settings else {}
    return Schema(
        form_id=form_id,
        version=settings.get("version", ""),
        title=title or {form.default_language: form_id},
        languages=form.languages,
        default_language=form.default_language,
        tables=tables,
        choices=_choices(form),
        date_column=_date_column(tables[0], settings.get("tg:date")),
        place_columns=tuple((t.name, c.name) for t in tables for c in t.columns if c.reference == "places"),
        entities=tuple(_entity(entry, tables, entity_paths) for entry in form.entities),
        sensitivity=highest(*(column.sensitivity for column in columns)),
        settings={
            name: value for name, value in settings.items()
            if name not in ("form_id", "form_title", "version", "default_language", "tg:date")
        },
    )  # fmt: skip


def sensitivity_of(node: Node) -> Sensitivity:
    """Its own, else that of the nearest group around it that has one, else confidential (design section 4)."""
    for holder in (node, *node.above()):
        written = (holder.get("bind::tg:sensitivity") or "").lower()
        if written in SENSITIVITIES:
            return written
    return "confidential"


def is_yes(cell: str | None) -> bool:
    return (cell or "").lower() in YES


def _table(section: Node, tables: Mapping[Node, str], lists: list[str]) -> Table:
    nodes = [node for node in section.walk() if node.type.column and node.container() is section]
    columns = tuple(
        column
        for node, name in zip(nodes, _names(nodes, section), strict=True)
        for column in _columns(node, name, section, lists)
    )
    parent = tables[section.container()] if section.parent else None
    entry = section.entry
    return Table(
        name=tables[section],
        path=section.path,
        parent=parent,
        columns=columns,
        label=dict(entry.texts.get("label", {})) if entry else {},
        repeat_count=section.get("repeat_count"),
        relevant=_relevant(section, section.container()) if section.parent else None,
    )


def _names(nodes: list[Node], section: Node) -> list[str]:
    """The leaf where it is the only one in the table; else, of those in groups, with as many groups as tell them apart."""
    names: list[tuple[str, ...]] = [(node.name,) for node in nodes]
    within = [node.path[len(section.path) :] for node in nodes]
    for depth in range(2, max(map(len, within), default=1) + 1):
        often = Counter(name for name in names)
        names = [path[-depth:] if often[name] > 1 else name for name, path in zip(names, within, strict=True)]
    return told_apart(["__".join(name) for name in names])


def _columns(node: Node, name: str, section: Node, lists: list[str]) -> list[Column]:
    entry = cast(Entry, node.entry)
    kind = node.type
    file = PurePath(kind.list_name or "") if kind.from_file else None
    saveto_list, _, saveto = (node.get("save_to") or "").rpartition("#")
    in_form = (
        kind.list_name if not kind.from_file and not kind.external and "${" not in (kind.list_name or "") else None
    )
    column = Column(
        name=name,
        type=_type(node),
        path=node.path,
        label=dict(entry.texts.get("label", {})),
        hint=dict(entry.texts.get("hint", {})),
        choice_list=in_form,
        reference=file.stem if file else None,
        choice_filter=node.get("choice_filter"),
        sensitivity=sensitivity_of(node),
        required=_condition(node.get("required")),
        required_message=dict(entry.texts.get("required_message", {})),
        relevant=_relevant(node, section),
        constraint=node.get("constraint"),
        constraint_message=dict(entry.texts.get("constraint_message", {})),
        calculate=node.get("calculation"),
        default=node.get("default"),
        readonly=_condition(node.get("readonly")),
        saveto=saveto or None,
        saveto_list=(saveto_list or (lists[0] if len(lists) == 1 else None)) if saveto else None,
        lake=is_yes(node.get("bind::tg:lake")),
        birth=is_yes(node.get("bind::tg:birth")),
        asked=kind.name not in SILENT or kind.name == "calculate",
        row=entry.row.number,
    )
    return [column, _other(column)] if kind.or_other else [column]


def _other(column: Column) -> Column:
    """The question that pyxform adds after a select with ``or_other``."""
    return Column(
        name=f"{column.name}_other",
        type="text",
        path=(*column.path[:-1], f"{column.path[-1]}_other"),
        label=_OTHER,
        sensitivity=column.sensitivity,
        relevant=f"selected(${{{column.path[-1]}}}, 'other')",
        row=column.row,
    )


def _type(node: Node) -> ColumnType:
    kind = cast(ColumnType, node.type.column)
    if node.type.name == "range" and "." in (node.get("parameters") or ""):
        return "decimal"
    bound = node.get("bind::type")
    return (column_of_bind(bound) or kind) if bound and kind == "text" else kind


def _condition(cell: str | None) -> str | None:
    if cell is None or cell.lower() in NO:
        return None
    return "true()" if cell.lower() in YES else cell


def _relevant(node: Node, section: Node) -> str | None:
    """Its own condition joined to those of the groups between it and its table."""
    written = []
    for holder in (node, *node.above()):
        if holder is section:
            break
        cell = holder.get("relevant")
        if cell and cell.lower() not in YES:
            written.append("false()" if cell.lower() in NO else cell)
    if len(written) > 1:
        return " and ".join(f"({condition})" for condition in reversed(written))
    return written[0] if written else None


def _choices(form: Form) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    known = ("list_name", "name", "label", "image", "big-image", "audio", "video")
    for entry in form.choices:
        list_name, name = entry.values.get("list_name"), entry.values.get("name")
        if list_name and name:
            filters = {column: value for column, value in entry.values.items() if column not in known}
            choice = Choice(name=name, label=dict(entry.texts.get("label", {})), filters=filters)
            lists.setdefault(list_name, []).append(choice)
    for node in form.nodes:
        held = lists.get(node.type.list_name or "")
        if node.type.or_other and held is not None and all(choice.name != "other" for choice in held):
            held.append(Choice(name="other", label={"en": "Other", "fr": "Autre"}))
    return {name: tuple(choices) for name, choices in lists.items()}


def _date_column(table: Table, named: str | None) -> str | None:
    if named:
        return named if named in table.by_name else None
    dated = (
        c.name
        for c in table.columns
        if c.type in ("date", "datetime") and not c.birth and c.name not in ("start", "end", "today")
    )
    return next(dated, None)


def _entity(entry: Entry, tables: tuple[Table, ...], paths: Mapping[str, tuple[str, ...]]) -> EntityDeclaration:
    values: Mapping[str, Any] = entry.values
    list_name = values.get("list_name", "")
    path = paths.get(list_name, ())
    holder = max((t for t in tables if path[: len(t.path)] == t.path), key=lambda t: len(t.path))
    return EntityDeclaration(
        list_name=list_name,
        table=holder.name,
        create_if=entry.get("create_if"),
        update_if=entry.get("update_if"),
        entity_id=entry.get("entity_id"),
        label=entry.get("label"),
    )
