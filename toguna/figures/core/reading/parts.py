"""The parts of a definition that have a grammar of their own: measure, validity, categories, expected returns, sources."""

from __future__ import annotations

import re
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import get_args

from toguna.access.core.roles import rights
from toguna.collect.core.forms.nearest import did_you_mean
from toguna.figures.core.definition import (
    Age,
    Category,
    Convert,
    Count,
    Distinct,
    DistinctPlace,
    Expected,
    Latest,
    Long,
    Measure,
    Money,
    OwnerAgreement,
    Quoted,
    Release,
    Total,
    Validity,
    Wide,
)
from toguna.figures.core.expressions import Read, parse_expression
from toguna.figures.core.figure import is_currency
from toguna.figures.core.reading.fields import Reader
from toguna.figures.core.reading.nodes import Fields, Scalar
from toguna.figures.core.reference import age_range
from toguna.figures.core.tables import Sources, SourceTable, root_of
from toguna.kernel.api import Place, as_slug, is_slug

_LATEST = re.compile(r"latest\s+(\S+)(?:\s+by\s*\[([^\]]*)\])?", re.I)
_LEVEL = re.compile(r"(\S+?)@([0-9])")
NUMBERS = ("integer", "decimal")
#: Words of references that no category may take.
RESERVED = ("period", "place", "as_of", "edition", "show", "month", "region")
_AGE_KEYS = ("birth", "years", "brackets")


def measure(reader: Reader, table: SourceTable) -> Measure | None:
    """``count``, ``distinct COLUMN``, ``distinct place@LEVEL``, ``sum EXPR``, ``latest COLUMN by [KEYS]``."""
    written = reader.text("measure")
    at = reader.at("measure")
    if written is None:
        if not reader.has("measure"):
            reader.say("key_missing", reader.node.at, key="measure")
        return None
    word, _, rest = written.partition(" ")
    rest = rest.strip()
    if word == "count" and not rest:
        return Count()
    if word == "distinct" and rest:
        return _distinct(reader, table, rest, at)
    if word == "sum" and rest:
        tree, problems = parse_expression(rest, table, reader.sources, "number", at)
        reader.problems += problems
        return Total(expression=tree) if tree is not None else None
    if match := _LATEST.fullmatch(written):
        return _latest(reader, table, match[1], match[2] or "", at)
    reader.say("measure_wrong", at, value=written[:80])
    return None


def _distinct(reader: Reader, table: SourceTable, rest: str, at: Place) -> Measure | None:
    level = _LEVEL.fullmatch(rest)
    read = reader.path(_place_path(reader, level[1] if level else rest), table, at)
    if read is None:
        return None
    if level:
        if not read.column.is_place:
            reader.say("place_needed", at, column=level[1])
            return None
        return DistinctPlace(read=read, level=int(level[2]))
    if read.type == "codes":
        reader.say("codes_split", at, column=rest)
        return None
    return Distinct(read=read)


def _place_path(reader: Reader, written: str) -> str:
    """``place`` stands for the column that the key `place` names."""
    return reader.text("place") or written if written == "place" and reader.has("place") else written


def _latest(reader: Reader, table: SourceTable, column: str, keys: str, at: Place) -> Measure | None:
    read = reader.path(column, table, at)
    paths = [reader.path(key.strip(), table, at) for key in keys.split(",") if key.strip()]
    if read is None or None in paths:
        return None
    if read.type not in NUMBERS:
        reader.say("column_type", at, key="measure", column=column, type=read.type, wanted=", ".join(NUMBERS))
        return None
    return Latest(read=read, keys=tuple(path for path in paths if path is not None))


def validity(reader: Reader, table: SourceTable) -> Validity | None:
    """``{since: COLUMN, until: next}`` or ``until: COLUMN``; of a form with `next`, ``by: COLUMN`` says what has versions."""
    node = reader.fields("valid")
    if node is None:
        return None
    inner = reader.inner(node)
    inner.known_keys(("since", "until", "by"))
    since = inner.read("since", table, ("date",))
    if not inner.has("since"):
        inner.say("key_missing", node.at, key="valid.since")
    until_text = inner.text("until") if inner.has("until") else None
    until = inner.read("until", table, ("date",)) if until_text not in (None, "next") else None
    key: Read | None = None
    if inner.has("by"):
        key = inner.read("by", table)
    elif until_text in (None, "next"):
        if table.kind == "entities":
            key = Read(column=table.system["_entity"], table=table.name)
        elif until_text == "next":
            inner.say("valid_by", inner.at("until"), table=table.name)
            return None
    if since is None or (until_text not in (None, "next") and until is None):
        return None
    return Validity(since=since, until=until, key=key if until is None else None)


def categories(reader: Reader, table: SourceTable) -> dict[str, Category]:
    """The key `disaggregate`: a category and the column, columns or birth date that give it."""
    node = reader.fields("disaggregate")
    found: dict[str, Category] = {}
    for name, given in node.fields.items() if node else ():
        at = node.keys_at[name] if node else reader.node.at
        if not is_slug(name) or name in RESERVED:
            reader.say("category_name", at, name=name)
        elif isinstance(given, Scalar) and not given.is_null:
            long = _long(reader, table, given.text, at)
            if long is not None:
                found[name] = Category(name=name, long=long)
        elif isinstance(given, Fields):
            found[name] = _mapped(reader, table, name, given)
        else:
            reader.say("key_wants", at, key=f"disaggregate.{name}", wanted="a column", wanted_fr="une colonne")
    return found


def _long(reader: Reader, table: SourceTable, written: str, at: Place) -> Long | None:
    level = _LEVEL.fullmatch(written)
    read = reader.path(level[1] if level else written, table, at)
    if read is None:
        return None
    if level and not read.column.is_place:
        reader.say("place_needed", at, column=level[1])
        return None
    if read.type == "codes":
        reader.say("codes_split", at, column=written)
        return None
    return Long(read=read, level=int(level[2]) if level else None)


def _mapped(reader: Reader, table: SourceTable, name: str, node: Fields) -> Category:
    """Wide columns, and for ages a birth date or years beside them."""
    inner = reader.inner(node)
    age = None
    if any(inner.has(key) for key in _AGE_KEYS):
        age = Age(
            birth=inner.read("birth", table, ("date",)),
            years=inner.read("years", table, ("integer",)),
            brackets=inner.text("brackets") or "unhcr",
        )
    cells: dict[str, str | None] = {}
    for column, value in node.fields.items():
        if column in _AGE_KEYS and age is not None:
            continue
        at = node.keys_at[column]
        read = inner.path(column, table, at)
        if read is None:
            continue
        if not isinstance(value, Scalar) or (not read.is_own or read.type not in NUMBERS):
            inner.say("wide_cell", at, column=column, name=name)
            continue
        cell = None if value.is_null or not value.text else value.text
        if name == "age" and cell is not None and age_range(cell) is None:
            inner.say("age_wrong", at, value=cell)
        cells[column] = cell
    return Category(name=name, wide=Wide(cells=cells) if cells else None, age=age)


def expected(reader: Reader, table: SourceTable) -> Expected | None:
    """Who owes figures: rows of a reference table, held against the form's own column of the reporter."""
    node = reader.fields("expected")
    if node is None:
        return None
    inner = reader.inner(node)
    inner.known_keys(("from", "where", "organisation", "reporter", "start", "end", "place"))
    other = source_table(inner, "from")
    root = root_of(table, reader.sources)
    organisation = inner.read("organisation", other)
    reporter = inner.read("reporter", root) if inner.has("reporter") else inner.path("organisation", root, node.at)
    where = inner.expression("where", other)
    if not inner.has("organisation"):
        inner.say("key_missing", node.at, key="expected.organisation")
    dates = [inner.read(key, other, ("date",)) for key in ("start", "end")]
    place = inner.read("place", other)
    if other is None or organisation is None or reporter is None:
        return None
    return Expected(
        table=other.name,
        where=where,
        organisation=organisation,
        reporter=reporter,
        start=dates[0],
        end=dates[1],
        place=place,
    )


def source_table(reader: Reader, key: str) -> SourceTable | None:
    """The table that a key names."""
    written = reader.text(key)
    if written is None:
        if not reader.has(key):
            reader.say("key_missing", reader.node.at, key=key)
        return None
    form, _, rest = written.partition("/")
    table = reader.sources.table(written) or reader.sources.table("/".join(filter(None, (as_slug(form), rest))))
    if table is None:
        known = list(reader.sources.names())
        near = did_you_mean(written, known, (f"There are {', '.join(known)}.", f"Il y a {', '.join(known)}."))
        reader.say("table_unknown", reader.at(key), table=written, **near)
    return table


def release(reader: Reader) -> Release | None:
    """``{by: role, reason: code}``."""
    node = reader.fields("release")
    if node is None:
        return None
    inner = reader.inner(node)
    inner.known_keys(("by", "reason"))
    found = {key: inner.text(key) or "" for key in ("by", "reason")}
    for key, value in found.items():
        if not is_slug(value):
            inner.say(
                "key_wants",
                inner.at(key),
                key=f"release.{key}",
                wanted="a word such as protection_officer",
                wanted_fr="un mot comme protection_officer",
            )
            return None
    roles = rights().roles
    if found["by"] not in roles:
        inner.say("release_role_unknown", inner.at("by"), role=found["by"], known=", ".join(roles))
        return None
    return Release(by=found["by"], reason=found["reason"])


def owner_agreement(reader: Reader) -> OwnerAgreement | None:
    """``{owner: name, agreement: reference, date: 2016-06-01}``; without agreement and date the figures are not printed."""
    node = reader.fields("on_violence")
    if node is None:
        return None
    inner = reader.inner(node)
    inner.known_keys(("owner", "agreement", "date"))
    owner, reference, written = (inner.text(key) or "" for key in ("owner", "agreement", "date"))
    try:
        signed = date.fromisoformat(written) if written else None
    except ValueError:
        signed = None
        inner.say(
            "key_wants",
            inner.at("date"),
            key="on_violence.date",
            wanted="a day such as 2016-06-01",
            wanted_fr="un jour comme 2016-06-01",
        )
    if not owner or bool(reference) != bool(written):
        missing = "owner" if not owner else "date" if reference else "agreement"
        inner.say("key_missing", reader.at("on_violence"), key=f"on_violence.{missing}")
    return OwnerAgreement(owner=owner, reference=reference, date=signed)


def money(reader: Reader, table: SourceTable, unit: str) -> Money | None:
    """The keys `currency` and `convert` of an indicator whose unit is a currency."""
    if not is_currency(unit):
        for key in ("currency", "convert"):
            if reader.has(key):
                reader.say("not_money", reader.at(key), key=key, unit=unit)
        return None
    column = reader.read("currency", table, ("text",))
    chosen = "currency" in (reader.text("where") or "") if reader.has("where") else False
    if not reader.has("currency") and "currency" in table.columns and not chosen:
        reader.say("currency_unnamed", reader.node.at, table=table.name)
    modes: tuple[Convert, ...] = get_args(Convert)
    convert = reader.word("convert", modes) if reader.has("convert") else None
    if convert is not None and column is None and not reader.problems:
        reader.say("key_missing", reader.at("convert"), key="currency")
    return Money(column=column, convert=convert)


def quoted(reader: Reader, table: SourceTable, sources: Sources) -> Quoted:
    """Columns that name the source: those of the usual names, and what the key `source` says otherwise."""
    names = [one.name for one in dataclass_fields(Quoted)]
    found = {name: Read(column=table.columns[name], table=table.name) for name in names if name in table.columns}
    node = reader.fields("source")
    if node is not None:
        inner = reader.inner(node)
        inner.known_keys(names)
        found |= {name: read for name in names if (read := inner.read(name, table)) is not None}
    return Quoted(**found)
