"""One fact by two ways: what the same organisation said of the same month, activity and place in another file is counted once.

A fact is what a row of a form says of an organisation, a month, a place and its other choices; what it says are the sums of its numbers. The same
sums from another file are a second source. Other sums are asked: the newer file is right, or it tells of further facts. A form with `tg:key` needs
none of this where its key is the fact: there the second file is a correction, and what it would change of another channel's is asked.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.sheet import ReadSheet
from toguna.collect.core.submissions.values import Receipt
from toguna.instance.api import current
from toguna.intake import problems
from toguna.intake.arrivals import Arrival, every_arrival
from toguna.intake.core.questions import NUMBERS
from toguna.kernel.api import Place, Problem, digest

#: What is done about a fact that another file tells otherwise: asked, or this file corrects it, or this file tells of further facts.
SameFact = Literal["", "newer", "further"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one file says of one fact: its sums, and the rows of the sheet (or, once taken in, the submissions) that say it."""

    sums: str
    lines: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The tables without the rows that are not to be taken in; rows that another file says the same, and what is to be asked."""

    tables: ReadSheet
    same: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def facts_of(tables: ReadSheet) -> dict[str, Fact]:
    """The facts of a file by their digest; none of a form with `tg:key`, or whose rows name no place, no month or no number."""
    schema, main = tables.schema, tables.tables[""]
    columns = [column for column in schema.table().columns if column.name in main.columns]
    named = [column.name for column in columns if column.type == "select_one"]
    numbers = [column.name for column in columns if column.type in NUMBERS]
    day = schema.date_column
    has_place = any(column.reference == "places" for column in columns)
    if schema.settings.get("tg:key") or not (has_place and numbers and day in main.columns) or not main.height:
        return {}
    key = pl.concat_str(
        [pl.col(day).str.slice(0, 7), *(pl.col(name) for name in named)], separator="\x1f", ignore_nulls=False
    )
    sums = [pl.col(name).cast(pl.Float64, strict=False).fill_null(0).sum().alias(name) for name in numbers]
    grouped = (
        main.with_columns(key.alias("_fact"))
        .drop_nulls("_fact")
        .group_by("_fact", maintain_order=True)
        .agg(pl.col("_line"), *sums)
    )
    return {
        digest([schema.form_id, row["_fact"]])[:24]: Fact(
            sums="; ".join(f"{name} {row[name]:g}" for name in numbers if row[name]) or "0", lines=tuple(row["_line"])
        )
        for row in grouped.iter_rows(named=True)
    }


def settled(one: Arrival, tables: ReadSheet, what: SameFact) -> Settled:
    """The tables, with what other files of the organisation say of the same facts taken into account."""
    earlier = _earlier(one, tables.schema)
    if not earlier:
        return Settled(tables=tables)
    own = facts_of(tables)
    same: list[int] = []
    left_out: list[int] = []
    corrected: dict[int, str] = {}
    told: list[Problem] = []
    for key, fact in own.items():
        if key not in earlier:
            continue
        other, before = earlier[key]
        if before.sums == fact.sums:
            same += fact.lines
        elif what == "newer" and len(fact.lines) == len(before.ids) == 1:
            corrected[fact.lines[0]] = before.ids[0]
        elif what != "further":
            left_out += fact.lines
            told += [_asked(one, line, other, before, fact) for line in fact.lines]
    if same:
        told.append(problems.SAME_FACT.at(Place(file=one.name), count=len(same), rows=", ".join(map(str, same[:12]))))
    return Settled(tables=_without(tables, {*same, *left_out}, corrected), same=tuple(same), problems=tuple(told))


def changed_otherwise(one: Arrival, receipt: Receipt, form_id: str, name: str) -> list[Problem]:
    """What a file would change of submissions that came by another channel, of a form whose key is the fact."""
    others = {
        instance_id: other
        for other in taken_arrivals(one.organisation, form_id)
        if other.channel != one.channel
        for instance_id in ids_of(other)
    }
    told = []
    for correction in receipt.corrections:
        other = others.get(correction.corrects)
        columns = sorted(
            {column for change in correction.changes if change.kind == "changed" for column in change.columns}
        )
        if other is not None and columns:
            place = Place(file=name, row=correction.row or None)
            told.append(_two(place, other, ", ".join(columns)))
    return told


def taken_arrivals(organisation: str, form_id: str) -> list[Arrival]:
    """Those of an organisation that were taken in as this form, in the order in which they came."""
    return [
        one for one in every_arrival() if one.taken and (one.organisation, one.taken["form"]) == (organisation, form_id)
    ]


def ids_of(one: Arrival) -> list[str]:
    """The submissions that an arrival was taken in as."""
    return list(_record(one)["ids"])


def taken_record(record: Mapping[str, object], tables: ReadSheet, receipt: Receipt) -> str:
    """Keep what an arrival was taken in as: its submissions and facts. Returns the digest."""
    of_line: dict[int, str] = dict(zip(receipt.received_rows, receipt.received, strict=False))
    of_line |= {row: instance_id for (_, row), instance_id in zip(receipt.known_rows, receipt.duplicates, strict=False)}
    facts = {
        key: [fact.sums, [of_line[line] for line in fact.lines if line in of_line]]
        for key, fact in facts_of(tables).items()
    }
    full = {**record, "ids": [*receipt.received, *receipt.duplicates], "facts": facts}
    return current().files.put(zlib.compress(json.dumps(full, sort_keys=True).encode()))


def _record(one: Arrival) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(zlib.decompress(current().files.get(str((one.taken or {})["record"]))))
    return found


def _earlier(one: Arrival, schema: Schema) -> dict[str, tuple[Arrival, Fact]]:
    """The facts that other arrivals of the organisation were taken in with; the newest of each."""
    found: dict[str, tuple[Arrival, Fact]] = {}
    for other in taken_arrivals(one.organisation, schema.form_id):
        if other.id != one.id:
            facts: Mapping[str, Sequence[object]] = _record(other).get("facts", {})  # type: ignore[assignment]
            found |= {key: (other, Fact(sums=str(sums), ids=tuple(ids))) for key, (sums, ids) in facts.items()}  # type: ignore[arg-type, misc]
    return found


def _without(tables: ReadSheet, lines: set[int], corrected: Mapping[int, str]) -> ReadSheet:
    """The tables without these rows of the sheet; rows that correct a submission name it."""
    if not lines and not corrected:
        return tables
    main = tables.tables[""].filter(~pl.col("_line").is_in(list(lines)))
    if corrected:
        names = pl.col("_line").replace_strict(
            list(corrected), list(corrected.values()), default=None, return_dtype=pl.String
        )
        main = main.with_columns(pl.coalesce(names, pl.col("_deprecated_id")).alias("_deprecated_id"))
    keys = main["_key"]
    rest = {name: table.filter(pl.col("_key").is_in(keys.implode())) for name, table in tables.tables.items() if name}
    return replace(tables, tables={"": main, **rest})


def _asked(one: Arrival, line: int, other: Arrival, before: Fact, fact: Fact) -> Problem:
    return _two(Place(file=one.name, row=line), other, f"{before.sums} / {fact.sums}")


def _two(place: Place, other: Arrival, columns: str) -> Problem:
    zone = current().operation.time_zone
    return problems.TWO_CHANNELS.at(
        place, channel=other.channel, on=f"{other.received_at.astimezone(zone):%Y-%m-%d}", columns=columns
    )
