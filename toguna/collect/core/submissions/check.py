"""Checks a form's values, a whole table at a time, and says of every value that is refused which, where and why.

In: text by table and column, as `xml` or `sheet` read it. Out: typed tables, and a table of rejects. One checker serves both, so a
value means the same however it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toguna.collect import problems
from toguna.collect.core.schema import Column, Schema, Table
from toguna.collect.core.submissions.cells import without_value
from toguna.collect.core.submissions.flat import flatten
from toguna.collect.core.submissions.reading import POLARS_TYPES, QUICK, TYPE_FAULTS, Reader, blank_to_null
from toguna.collect.core.submissions.rules import ColumnRules, Rules, not_checked
from toguna.collect.core.submissions.unknown import Unknown
from toguna.collect.core.submissions.xpath.apply import answers, truths
from toguna.collect.core.submissions.xpath.tree import Moment, Node, NotEvaluable
from toguna.kernel.api import Fault, Place, Problem
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

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


@dataclass(frozen=True, kw_only=True)
class CheckedTables:
    """Typed tables, whole, and the rejects: a submission with one is refused."""

    tables: Mapping[str, pl.DataFrame]
    #: Columns of `REJECTS`, in the order of the sheet.
    rejects: pl.DataFrame
    #: Warnings: rules that these answers do not let us evaluate, beside those that no answers would (`Rules.problems`).
    unchecked: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checker:
    """Checks values of one form version."""

    schema: Schema
    rules: Rules
    reader: Reader

    def check(self, written: Mapping[str, pl.DataFrame], moment: Moment) -> CheckedTables:
        """Each table's text columns (those it lacks are blank), read and held against the form's rules."""
        moment = replace(moment, zone=self.reader.time_zone)
        rejects: list[pl.DataFrame] = []
        tables: dict[str, pl.DataFrame] = {}
        unknown = Unknown(self.schema, tables)
        worked = {(table, rules.column.name) for table, rules in self.rules.calculations}
        for table in self.schema.tables:
            tables[table.name] = self._read(table, written.get(table.name), rejects, unknown)
        for table in self.schema.tables:
            for rules in self.rules.columns[table.name]:
                if rules.column.calculate and (table.name, rules.column.name) not in worked:
                    unknown.add(table, rules.column.name, tables[table.name][rules.column.name].is_null())
        for name, rules in self.rules.calculations:
            self._calculate(self.schema.table(name), rules, tables, unknown, moment)
        for table in self.schema.tables:
            rejects += _misplaced(self.schema, table, self.rules, tables, unknown, moment)
            for rules in self.rules.columns[table.name]:
                rejects += _ColumnCheck(self.schema, table, rules, tables, unknown, moment).rejects()
        whole = pl.concat([pl.DataFrame(schema=REJECTS), *rejects])
        return CheckedTables(
            tables=tables,
            rejects=whole.sort("table", "line", "_key", maintain_order=True),
            unchecked=tuple(_warning(self.schema, *one) for one in unknown.failed),
        )

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
                details["near"] = message.get("en") or some
                details |= {f"near_{language}": text for language, text in message.items() if text}
            place = Place(
                file=file or None,
                sheet=(table or None) if line else None,
                row=line or None,
                column=(headers or {}).get(table, {}).get(name, name),
            )
            yield _FAULTS[fault].at(place, **details)

    def _read(
        self, table: Table, written: pl.DataFrame | None, rejects: list[pl.DataFrame], unknown: Unknown
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
                read[column.name] = self._told(table, column, typed[column.name], given, rejects, unknown)
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
        unknown: Unknown,
    ) -> pl.Series:
        """The values read; those that the quick reading left are read again, and those that nothing reads are rejected."""
        blank = self._without_value(table, column, given, rejects, unknown)
        if blank is not None:
            typed = typed.zip_with(~blank, pl.Series([None], dtype=typed.dtype).new_from_index(0, len(typed)))
            given = given.with_columns(pl.when(blank).then(None).otherwise(pl.col(column.name)).alias(column.name))
        bad = typed.is_null() & given[column.name].is_not_null()
        if bad.any() and column.type in QUICK:
            typed = self._second_reading(column, typed, given, bad)
            bad = typed.is_null() & given[column.name].is_not_null()
        if bad.any():
            rejects.append(_rejects(given.filter(bad), table, column, TYPE_FAULTS[column.type]))
        if column.type == "integer":
            large = ((typed > LARGEST_WHOLE) | (typed < -LARGEST_WHOLE)).fill_null(False)
            if large.any():
                rejects.append(_rejects(given.filter(large), table, column, problems.NUMBER_TOO_LARGE))
                bad |= large
        if bad.any():
            unknown.add(table, column.name, bad if blank is None else bad | blank)
        return typed

    def _without_value(
        self, table: Table, column: Column, given: pl.DataFrame, rejects: list[pl.DataFrame], unknown: Unknown
    ) -> pl.Series | None:
        """The cells that hold an error, a formula without a result, or stand under a merge: rejected, whatever the column's type."""
        found = without_value(given[column.name], given["_line"])
        if not found:
            return None
        every = pl.Series([False]).new_from_index(0, given.height)
        for bad, fault in found:
            rejects.append(_rejects(given.filter(bad), table, column, fault))
            every |= bad
        unknown.add(table, column.name, every)
        return every

    def _reading(self, column: Column) -> pl.Expr:
        quick = QUICK.get(column.type)
        return self.reader.read(column).alias(column.name) if quick is None else quick(pl.col(column.name))

    def _second_reading(self, column: Column, typed: pl.Series, given: pl.DataFrame, bad: pl.Series) -> pl.Series:
        """What the quick reading left, read with all that is understood."""
        at = bad.arg_true()
        read = given[at].select(self.reader.read(column).alias(column.name)).to_series()
        return typed.scatter(at, read)

    def _calculate(
        self, table: Table, rules: ColumnRules, tables: dict[str, pl.DataFrame], unknown: Unknown, moment: Moment
    ) -> None:
        """Work out blank calculations that are asked: a spreadsheet brings only what people fill in."""
        name, frame = rules.column.name, tables[table.name]
        blank = frame[name].is_null()
        if rules.calculate is None or not blank.any():
            return
        nodes = [node for node in (rules.calculate, rules.relevant) if node is not None]
        flat = flatten(self.schema, tables, table, nodes)
        worked = answers(rules.calculate, flat, moment)
        lost = worked.is_null() | unknown.read_by(table, rules.calculate)
        if (worked.is_null() & blank & ~unknown.read_by(table, rules.calculate)).any():
            unknown.failed.append((rules.column, "calculate"))
        asked = _asked(rules, table, flat, unknown, moment)
        given = blank_to_null(pl.DataFrame({name: worked}), [name]).select(self.reader.read(rules.column))[name]
        unknown.add(table, name, blank & (lost | asked.is_null()) & asked.fill_null(True))
        kept = blank & ~lost & asked.fill_null(False)
        tables[table.name] = frame.with_columns(pl.when(kept).then(given).otherwise(frame[name]).alias(name))


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


def _asked(rules: ColumnRules, table: Table, flat: pl.DataFrame, unknown: Unknown, moment: Moment) -> pl.Series:
    """Whether the question is asked, for each row; null where that is not known."""
    if "relevant" in rules.unchecked:
        return pl.Series([None], dtype=pl.Boolean).new_from_index(0, flat.height)
    if rules.relevant is None:
        return pl.Series([True]).new_from_index(0, flat.height)
    found = truths(rules.relevant, flat, moment)
    lost = unknown.read_by(table, rules.relevant)
    if (found.is_null() & ~lost).any():
        unknown.failed.append((rules.column, "relevant"))
    return found.set(lost, None)


def _misplaced(
    schema: Schema, table: Table, rules: Rules, tables: Mapping[str, pl.DataFrame], unknown: Unknown, moment: Moment
) -> Iterator[pl.DataFrame]:
    """Rows of a repeat that is not asked after the other answers, such as results in a nil return."""
    node, frame = rules.repeats.get(table.name), tables[table.name]
    if node is not None and frame.height and table.columns:
        asked = truths(node, flatten(schema, tables, table, [node]), moment).fill_null(True)
        bad = ~asked & ~unknown.read_by(table, node)
        if bad.any():
            yield _rejects(frame.filter(bad), table, table.columns[0], problems.NOT_RELEVANT)


@dataclass(frozen=True)
class _ColumnCheck:
    """One column's rules. A rule that cannot be evaluated on a row, or that reads a value which is not known, refuses nothing there."""

    schema: Schema
    table: Table
    rules: ColumnRules
    tables: Mapping[str, pl.DataFrame]
    unknown: Unknown
    moment: Moment

    def rejects(self) -> Iterator[pl.DataFrame]:
        rules, frame = self.rules, self.tables[self.table.name]
        nodes = [node for node in (rules.relevant, rules.required, rules.constraint) if node is not None]
        if not nodes or not frame.height:
            return
        flat = flatten(self.schema, self.tables, self.table, nodes)
        given = frame[rules.column.name].is_not_null()
        asked = _asked(rules, self.table, flat, self.unknown, self.moment)
        if rules.relevant is not None:
            yield from self._some(given & (~asked).fill_null(False), problems.NOT_RELEVANT)
        if rules.required is not None and rules.column.calculate is None and not given.all():
            unread = self.unknown.of(self.table, rules.column.name)
            needed = self._holds(rules.required, "required", flat).fill_null(False)
            yield from self._some(~given & asked.fill_null(False) & needed & ~unread, problems.REQUIRED)
        if rules.constraint is not None:
            kept = self._holds(rules.constraint, "constraint", flat).fill_null(True)
            yield from self._some(given & asked.fill_null(True) & ~kept, problems.CONSTRAINT_BROKEN)

    def _holds(self, node: Node, what: str, flat: pl.DataFrame) -> pl.Series:
        """Whether the rule holds, for each row; null where that is not known."""
        found = truths(node, flat, self.moment)
        lost = self.unknown.read_by(self.table, node)
        if (found.is_null() & ~lost).any():
            self.unknown.failed.append((self.rules.column, what))
        return found.set(lost, None)

    def _some(self, bad: pl.Series, fault: Fault) -> Iterator[pl.DataFrame]:
        if bad.any():
            yield _rejects(self.tables[self.table.name].filter(bad), self.table, self.rules.column, fault)


def _warning(schema: Schema, column: Column, what: str) -> Problem:
    """That a rule could not be evaluated on some rows' answers."""
    place = Place(file=schema.form_id, sheet="survey", row=column.row or None)
    rule: str = getattr(column, what) or ""
    return not_checked(place, rule, NotEvaluable("some of these answers", "certaines de ces réponses"))
