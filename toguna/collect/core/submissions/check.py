"""Checks a form's values, a whole table at a time, and says of every value that is refused which, where and why.

In: text by table and column, as `xml` or `sheet` read it. Out: typed tables, and a table of rejects. One checker serves both, so a
value means the same however it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from toguna.collect import problems
from toguna.collect.core.schema import Column, Schema, Table
from toguna.collect.core.submissions.cells import without_value
from toguna.collect.core.submissions.flat import flatten
from toguna.collect.core.submissions.reading import POLARS_TYPES, QUICK, TYPE_FAULTS, Reader, blank_to_null
from toguna.collect.core.submissions.rules import ColumnRules, Rules
from toguna.collect.core.submissions.xpath import Moment, Node, fields, texts, truths
from toguna.kernel.api import Fault, Place, Problem

#: Columns of every table that is checked: the submission's number, the row and its parent ("" of the form itself), and the row's
#: number in the spreadsheet (0 where there is none).
SYSTEM = {"_key": pl.Int64, "_row": pl.String, "_parent_row": pl.String, "_line": pl.Int64}

REJECTS = {
    "_key": pl.Int64,
    "table": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "fault": pl.String,
}

#: Larger whole numbers are not kept exactly by spreadsheets: they are typing errors or attacks, and their sums would overflow.
LARGEST_WHOLE = 2**53

#: Columns that are read at a time: a large sheet's texts are many times its values.
_AT_ONCE = 4

#: By table and column: which rows hold a text that could not be read.
Unread = dict[tuple[str, str], pl.Series]


@dataclass(frozen=True, kw_only=True)
class CheckedTables:
    """Typed tables, whole, and the rejects: a submission with one is refused."""

    tables: Mapping[str, pl.DataFrame]
    #: Columns of `REJECTS`, in the order of the sheet.
    rejects: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class Checker:
    """Checks values of one form version."""

    schema: Schema
    rules: Rules
    reader: Reader

    def check(self, written: Mapping[str, pl.DataFrame], moment: Moment) -> CheckedTables:
        """Each table's text columns (those it lacks are blank), read and held against the form's rules."""
        rejects: list[pl.DataFrame] = []
        unread: Unread = {}
        tables: dict[str, pl.DataFrame] = {}
        for table in self.schema.tables:
            tables[table.name] = self._read(table, written.get(table.name), rejects, unread)
        for table in self.schema.tables:
            for rule in self.rules.columns[table.name]:
                self._calculate(table, rule, tables, moment)
        for table in self.schema.tables:
            rejects += _misplaced(self.schema, table, self.rules, tables, moment)
            for rule in self.rules.columns[table.name]:
                rejects += _broken(self.schema, table, rule, tables, unread, moment)
        whole = pl.concat([pl.DataFrame(schema=REJECTS), *rejects])
        return CheckedTables(tables=tables, rejects=whole.sort("table", "line", "_key", maintain_order=True))

    def problems(
        self, rejects: pl.DataFrame, file: str = "", headers: Mapping[str, Mapping[str, str]] | None = None
    ) -> Iterator[Problem]:
        """Each reject as a fault with its place: the row of the sheet, and the column by the header that the sheet has."""
        for _, table, line, name, value, fault in rejects.iter_rows():
            column = self.schema.table(table).by_name[name]
            details: dict[str, object] = {"value": value or "", "column": name, "near": ""}
            found = self.reader.lookup(column)
            if fault == problems.REQUIRED.id:
                is_number = column.type in ("integer", "decimal")
                details["zero"] = "; write 0 where there is none" if is_number else ""
                details["zero_fr"] = " ; écrivez 0 s'il n'y en a pas" if is_number else ""
            if fault == problems.CHOICE_UNKNOWN.id and found is not None:
                near = found.nearest(value or "")
                details["near"] = near and f" ({near} ?)"
            if fault == problems.CONSTRAINT_BROKEN.id:
                message = column.constraint_message
                some = next((text for text in message.values() if text), column.constraint or "")
                details |= {"near": message.get("en") or some, "near_fr": message.get("fr") or some}
            place = Place(
                file=file or None,
                sheet=(table or None) if line else None,
                row=line or None,
                column=(headers or {}).get(table, {}).get(name, name),
            )
            yield _FAULTS[fault].at(place, **details)

    def _read(
        self, table: Table, written: pl.DataFrame | None, rejects: list[pl.DataFrame], unread: Unread
    ) -> pl.DataFrame:
        whole = pl.DataFrame(schema=SYSTEM) if written is None else written
        present = [column for column in table.columns if column.name in whole.columns]
        read = {name: whole[name] for name in SYSTEM}
        for start in range(0, len(present), _AT_ONCE):
            some = present[start : start + _AT_ONCE]
            names = [column.name for column in some]
            given = blank_to_null(whole.select(*SYSTEM, *names), names)
            typed = given.select(self._reading(column) for column in some)
            for column in some:
                read[column.name] = self._told(table, column, typed[column.name], given, rejects, unread)
        absent = [column for column in table.columns if column.name not in read]
        blank = [pl.lit(None, POLARS_TYPES.get(column.type, pl.String)).alias(column.name) for column in absent]
        return (
            pl.DataFrame(read)
            .select(*SYSTEM, *(column.name for column in present), *blank)
            .select(*SYSTEM, *(column.name for column in table.columns))
        )

    def _told(
        self,
        table: Table,
        column: Column,
        typed: pl.Series,
        given: pl.DataFrame,
        rejects: list[pl.DataFrame],
        unread: Unread,
    ) -> pl.Series:
        """The values read; those that the quick reading left are read again, and those that nothing reads are rejected."""
        blank = self._without_value(table, column, given, rejects, unread)
        if blank is not None:
            typed = typed.zip_with(~blank, pl.Series([None], dtype=typed.dtype).new_from_index(0, len(typed)))
            given = given.with_columns(pl.when(blank).then(None).otherwise(pl.col(column.name)).alias(column.name))
        bad = typed.is_null() & given[column.name].is_not_null()
        if bad.any() and column.type in QUICK:
            typed = self._second_reading(column, typed, given, bad)
            bad = typed.is_null() & given[column.name].is_not_null()
        if bad.any():
            unread[table.name, column.name] = bad if blank is None else bad | blank
            rejects.append(_rejects(given.filter(bad), table, column, TYPE_FAULTS[column.type]))
        if column.type == "integer":
            large = ((typed > LARGEST_WHOLE) | (typed < -LARGEST_WHOLE)).fill_null(False)
            if large.any():
                unread[table.name, column.name] = bad | large
                rejects.append(_rejects(given.filter(large), table, column, problems.NUMBER_TOO_LARGE))
        return typed

    def _without_value(
        self, table: Table, column: Column, given: pl.DataFrame, rejects: list[pl.DataFrame], unread: Unread
    ) -> pl.Series | None:
        """The cells that hold an error, a formula without a result, or stand under a merge: rejected, whatever the column's type."""
        found = without_value(given[column.name], given["_line"])
        if not found:
            return None
        every = pl.Series([False]).new_from_index(0, given.height)
        for bad, fault in found:
            rejects.append(_rejects(given.filter(bad), table, column, fault))
            every |= bad
        unread[table.name, column.name] = every
        return every

    def _reading(self, column: Column) -> pl.Expr:
        quick = QUICK.get(column.type)
        return self.reader.read(column).alias(column.name) if quick is None else quick(pl.col(column.name))

    def _second_reading(self, column: Column, typed: pl.Series, given: pl.DataFrame, bad: pl.Series) -> pl.Series:
        """What the quick reading left, read with all that is understood."""
        at = bad.arg_true()
        read = given[at].select(self.reader.read(column).alias(column.name)).to_series()
        return typed.scatter(at, read)

    def _calculate(self, table: Table, rule: ColumnRules, tables: dict[str, pl.DataFrame], moment: Moment) -> None:
        """Work out blank calculations, in the form's order: a spreadsheet brings only what people fill in."""
        name, frame = rule.column.name, tables[table.name]
        if rule.calculate is None or not frame[name].null_count():
            return
        worked = texts(rule.calculate, flatten(self.schema, tables, table, [rule.calculate]), moment)
        given = blank_to_null(pl.DataFrame({name: worked}), [name])
        tables[table.name] = frame.with_columns(
            frame[name].fill_null(given.select(self.reader.read(rule.column))[name])
        )


_FAULTS: Mapping[str, Fault] = {fault.id: fault for fault in problems.FAULTS.values()}


def _rejects(rows: pl.DataFrame, table: Table, column: Column, fault: Fault) -> pl.DataFrame:
    value = pl.col(column.name)
    if rows.schema[column.name] == pl.List(pl.String):
        value = value.list.join(" ")
    return rows.select(
        "_key",
        pl.lit(table.name).alias("table"),
        pl.col("_line").alias("line"),
        pl.lit(column.name).alias("column"),
        value.cast(pl.String).alias("value"),
        pl.lit(fault.id).alias("fault"),
    )


def _broken(
    schema: Schema, table: Table, rule: ColumnRules, tables: Mapping[str, pl.DataFrame], unread: Unread, moment: Moment
) -> Iterator[pl.DataFrame]:
    """The rejects of one column's rules. A rule that reads a value which could not be read is not held against that row."""
    column, frame = rule.column, tables[table.name]
    nodes = [node for node in (rule.relevant, rule.required, rule.constraint) if node is not None]
    if not nodes or not frame.height:
        return
    flat = flatten(schema, tables, table, nodes)
    given = frame[column.name].is_not_null()
    relevant = given if rule.relevant is None else truths(rule.relevant, flat, moment)
    if rule.relevant is not None:
        bad = given & ~relevant
        yield from _some(
            frame, bad & ~_unread(rule.relevant, table, unread, given), table, column, problems.NOT_RELEVANT
        )
    if rule.required is not None and column.calculate is None and not given.all():
        missing = ~given if rule.relevant is None else ~given & relevant
        bad = missing & truths(rule.required, flat, moment)
        bad &= ~_unread(rule.required, table, unread, given, column.name)
        if rule.relevant is not None:
            bad &= ~_unread(rule.relevant, table, unread, given)
        yield from _some(frame, bad, table, column, problems.REQUIRED)
    if rule.constraint is not None:
        bad = given & relevant & ~truths(rule.constraint, flat, moment)
        yield from _some(
            frame, bad & ~_unread(rule.constraint, table, unread, given), table, column, problems.CONSTRAINT_BROKEN
        )


def _misplaced(
    schema: Schema, table: Table, rules: Rules, tables: Mapping[str, pl.DataFrame], moment: Moment
) -> Iterator[pl.DataFrame]:
    """Rows of a repeat that is not asked after the other answers, such as results in a nil return."""
    node, frame = rules.repeats.get(table.name), tables[table.name]
    if node is not None and frame.height and table.columns:
        asked = truths(node, flatten(schema, tables, table, [node]), moment)
        yield from _some(frame, ~asked, table, table.columns[0], problems.NOT_RELEVANT)


def _some(frame: pl.DataFrame, bad: pl.Series, table: Table, column: Column, fault: Fault) -> Iterator[pl.DataFrame]:
    if bad.any():
        yield _rejects(frame.filter(bad), table, column, fault)


def _unread(node: Node, table: Table, unread: Unread, like: pl.Series, *names: str) -> pl.Series:
    """Which rows' values, of those that the expression reads in this table, could not be read."""
    found = pl.Series([False]).new_from_index(0, len(like))
    if not unread:
        return found
    for name in (*names, *(field.key for field in fields(node))):
        if (table.name, name) in unread:
            found |= unread[table.name, name]
    return found
