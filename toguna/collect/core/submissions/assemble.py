"""Checked tables to submissions: each with its rows, its day, its entity operations; those with a reject are refused whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from toguna.collect import problems
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.check import SYSTEM, CheckedTables, Checker
from toguna.collect.core.submissions.expectations import NOTHING_JUDGED, Expected
from toguna.collect.core.submissions.flat import flatten
from toguna.collect.core.submissions.rules import EntityRules
from toguna.collect.core.submissions.values import Checked, EntityOperation, Refusal, Row
from toguna.collect.core.submissions.xml import EntityNode, Filled
from toguna.collect.core.submissions.xpath.apply import texts, truths
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.kernel.api import Place, Problem, drawn_id
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

_UUID = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

#: The setting that names a form's key columns, with blanks between them.
KEY = "tg:key"
_VERSION = re.compile(r"[0-9]{1,9}")

#: Rows by submission's number, then by table.
Rows = Mapping[int, Mapping[str, Sequence[Row]]]


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """What of many submissions is good, what is refused, and what is only told."""

    good: tuple[Checked, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[Problem, ...]


def check_filled(
    filled: Sequence[Filled], checker: Checker, received_at: datetime, moment: Moment, expected: Expected | None = None
) -> Sorted:
    """Check filled forms of one form version, all at once, and hold them against what is expected of them."""
    checked = checker.check(text_tables([one.rows for one in filled], checker.schema), moment)
    refused = _refused(filled, checked, checker)
    judged = expected.judge(checked.tables, moment) if expected else NOTHING_JUDGED
    rows = rows_by_key(checked.tables)
    warnings = [*checked.unchecked, *(problem for one in filled for problem in one.problems)]
    good = []
    for key, one in enumerate(filled):
        if key in refused:
            continue
        entities, faults = _entities(one, rows[key], checker.schema)
        warnings += faults
        good.append(
            Checked(
                instance_id=one.instance_id,
                deprecated_id=one.deprecated_id or None,
                form_id=one.schema.form_id,
                form_version=one.schema.version,
                raw=one.raw,
                sha256=one.sha256,
                received_at=received_at,
                rows=rows[key],
                key=key_of(one.schema, rows[key][""][0]),
                happened=happened(checker, rows[key], received_at),
                attachments=attachments(one.schema, rows[key]),
                entities=entities,
                name=one.name,
                doubts=tuple(
                    replace(doubt, place=Place(file=one.name or None)) for doubt in judged.doubts.get(key, ())
                ),
                claims=judged.claims.get(key, ()),
            )
        )
    return Sorted(good=tuple(good), refused=tuple(refused.values()), warnings=tuple(warnings))


def rows_by_key(tables: Mapping[str, pl.DataFrame]) -> Rows:
    """Each submission's rows, blank values left out."""
    found: dict[int, dict[str, list[Row]]] = defaultdict(dict)
    for name, table in tables.items():
        for row in table.drop("_line").iter_rows(named=True):
            key = row.pop("_key")
            kept = {column: value for column, value in row.items() if value is not None}
            found[key].setdefault(name, []).append(kept)
    return found


def happened(checker: Checker, rows: Mapping[str, Sequence[Row]], received_at: datetime) -> date:
    """The day that the submission speaks of, in the operation's time zone: its date question's, else the day of receipt."""
    column = checker.schema.date_column
    value = rows[""][0].get(column) if column else None
    if isinstance(value, datetime) or value is None:
        return (value or received_at).astimezone(checker.reader.time_zone).date()
    day: date = value
    return day


def key_columns(schema: Schema) -> list[str]:
    """The questions that the form's setting `tg:key` names: one submission for each of their answers."""
    return schema.settings.get(KEY, "").split()


def key_of(schema: Schema, row: Row) -> str:
    """The id of the submission's key, the same for the same answers; empty where the form names no key."""
    columns = key_columns(schema)
    return drawn_id("key", schema.form_id, *(as_text(row.get(column)) for column in columns)) if columns else ""


def attachments(schema: Schema, rows: Mapping[str, Sequence[Row]]) -> tuple[str, ...]:
    names = (
        row[column.name]
        for table, column in schema.columns()
        if column.type == "attachment"
        for row in rows.get(table.name, ())
        if column.name in row
    )
    return tuple(dict.fromkeys(names))


def entities_of_rows(
    checker: Checker, tables: Mapping[str, pl.DataFrame], instance_ids: Mapping[int, str], moment: Moment
) -> dict[int, list[EntityOperation]]:
    """What rows of a spreadsheet do to entities, by submission's number: nobody has worked that out on a phone."""
    found: dict[int, list[EntityOperation]] = defaultdict(list)
    for rules in checker.rules.entities:
        if rules.is_unknown:
            continue
        table = checker.schema.table(rules.declaration.table)
        nodes = [node for node in (rules.create_if, rules.update_if, rules.entity_id, rules.label) if node is not None]
        flat = flatten(checker.schema, tables, table, nodes)
        rows = tables[table.name].iter_rows(named=True)
        for row, how in zip(
            rows, _intentions(rules, flat, replace(moment, zone=checker.reader.time_zone)), strict=True
        ):
            instance_id = instance_ids.get(row["_key"])
            if instance_id is None or how["id"] is None or not (how["create"] or how["update"]):
                continue
            drawn = drawn_id("entity", rules.declaration.list_name, instance_id, table.name, row["_row"])
            found[row["_key"]].append(
                EntityOperation(
                    list_name=rules.declaration.list_name,
                    entity_id=_plain_uuid(how["id"]) if how["id"] else drawn,
                    create=how["create"],
                    update=how["update"],
                    label=how["label"] or None,
                    properties=_properties(checker.schema, rules.declaration.list_name, table.name, row),
                    table=table.name,
                    row=row["_row"],
                    is_drawn=not how["id"],
                )
            )
    return found


def _intentions(rules: EntityRules, flat: pl.DataFrame, moment: Moment) -> list[dict[str, Any]]:
    """For each row: create, update, id, label (ODK Entities 2025.1: an id alone means update, none means create)."""
    yes, no = (pl.repeat(value, flat.height, dtype=pl.Boolean, eager=True) for value in (True, False))
    blank = pl.repeat("", flat.height, dtype=pl.String, eager=True)
    conditional = rules.create_if is not None or rules.update_if is not None
    create = yes if rules.entity_id is None and not conditional else no
    update = yes if rules.entity_id is not None and not conditional else no
    return pl.DataFrame(
        {
            "create": create if rules.create_if is None else truths(rules.create_if, flat, moment).fill_null(False),
            "update": update if rules.update_if is None else truths(rules.update_if, flat, moment).fill_null(False),
            "id": blank if rules.entity_id is None else texts(rules.entity_id, flat, moment),
            "label": blank if rules.label is None else texts(rules.label, flat, moment),
        }
    ).to_dicts()


def text_tables(each: Sequence[Mapping[str, Sequence[Row]]], schema: Schema) -> dict[str, pl.DataFrame]:
    """The rows of many submissions, as text, by table: numbered in their order, ready to be checked."""
    tables = {}
    for table in schema.tables:
        rows = [(key, row) for key, one in enumerate(each) for row in one.get(table.name, ())]
        columns: dict[str, list[Any]] = {
            "_key": [key for key, _ in rows],
            "_row": [row["_row"] for _, row in rows],
            "_parent_row": [row["_parent_row"] for _, row in rows],
            "_line": [0] * len(rows),
        }
        for column in table.columns:
            columns[column.name] = [row.get(column.name) for _, row in rows]
        kinds = {name: SYSTEM.get(name, pl.String) for name in columns}
        tables[table.name] = pl.DataFrame(columns, schema=kinds)
    return tables


def _refused(filled: Sequence[Filled], checked: CheckedTables, checker: Checker) -> dict[int, Refusal]:
    faults: dict[int, list[Problem]] = defaultdict(list)
    for key in checked.rejects["_key"].unique().to_list():
        own = checked.rejects.filter(pl.col("_key") == key)
        faults[key] += checker.problems(own, filled[key].name)
    return {
        key: Refusal(name=filled[key].name, raw=filled[key].raw, problems=tuple(found)) for key, found in faults.items()
    }


def _entities(
    one: Filled, rows: Mapping[str, Sequence[Row]], schema: Schema
) -> tuple[tuple[EntityOperation, ...], list[Problem]]:
    """The form's own entity nodes. A bad one is told and left out; it never costs the submission (ODK Central)."""
    found, faults = [], []
    for node in one.entities:
        fault = _entity_fault(node, one.name, schema)
        if fault is not None:
            faults.append(fault)
            continue
        row = next(row for row in rows[node.table] if row["_row"] == node.row)
        create, update = (node.attributes.get(name) in ("1", "true") for name in ("create", "update"))
        if create or update:
            found.append(
                EntityOperation(
                    list_name=node.attributes["dataset"],
                    entity_id=_plain_uuid(node.attributes["id"]),
                    create=create,
                    update=update,
                    label=node.label,
                    properties=_properties(schema, node.attributes["dataset"], node.table, row, one.blanks),
                    base_version=_version(node.attributes.get("baseVersion")),
                    trunk_version=_version(node.attributes.get("trunkVersion")),
                    branch_id=node.attributes.get("branchId") or None,
                    table=node.table,
                    row=node.row,
                )
            )
    return tuple(found), faults


def _entity_fault(node: EntityNode, name: str, schema: Schema) -> Problem | None:
    """What is wrong with the node: a list that the form does not declare, an id, branch or version that is none (ODK Entities 2025.1)."""
    attributes = node.attributes
    declared = {one.list_name for one in schema.entities}
    acts = attributes.get("create") or attributes.get("update")
    good = {
        "dataset": attributes.get("dataset") in declared,
        "id": bool(_UUID.fullmatch(attributes.get("id", ""))) or not (attributes.get("id") or acts),
        "branchId": not attributes.get("branchId") or bool(_UUID.fullmatch(attributes["branchId"])),
        "baseVersion": not attributes.get("baseVersion") or bool(_VERSION.fullmatch(attributes["baseVersion"])),
        "trunkVersion": not attributes.get("trunkVersion") or bool(_VERSION.fullmatch(attributes["trunkVersion"])),
    }
    wrong = next((what for what, is_good in good.items() if not is_good), None)
    if wrong is None:
        return None
    listed, value = (attributes.get(what, "")[:80] for what in ("dataset", wrong))
    return problems.ENTITY_BROKEN.at(Place(file=name or None), list=listed, what=wrong, value=value)


def _plain_uuid(text: str) -> str:
    return text.lower().removeprefix("uuid:") if _UUID.fullmatch(text) else text


def _version(text: str | None) -> int | None:
    return int(text) if text else None


def _properties(
    schema: Schema, list_name: str, table: str, row: Row, blanks: Collection[tuple[str, str, str]] = ()
) -> dict[str, str]:
    """What the row's answers save to the list; empty text for one that was asked and left blank."""
    return {
        column.saveto: as_text(row.get(column.name))
        for column in schema.table(table).columns
        if column.saveto
        and column.saveto_list in (None, list_name)
        and (row.get(column.name) is not None or (table, row["_row"], column.name) in blanks)
    }


def as_text(value: Any) -> str:
    """A checked value as XML would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return " ".join(value)
        case Decimal():
            return format(value.normalize() if value else Decimal(0), "f")
        case datetime() | date():
            return value.isoformat()
    return str(value)
