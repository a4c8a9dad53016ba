"""A statement in Spark's SQL, written from DuckDB's by sqlglot and four fix-ups of ours.

What sqlglot writes is right for all that the planner writes but four things, in which the engines differ: the day of a moment in a
time zone, whole numbers of 128 bits, months between two dates, and 64-bit arithmetic, which some engines wrap without a word.
Before a statement is written it is checked on its tree (`spark_wall`): one SELECT, over names of ours, of parts of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toguna.figures.core.expressions.sql import literal_sql, quoted
from toguna.figures.core.plan.spark_wall import checked_tree
from toguna.figures.core.plan.statement import SqlStatement
from toguna.figures.core.plan.views import ReadView
from toguna.figures.core.snapshot import NO_MONTH
from toguna.kernel.api import digest
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlglot import exp
else:
    pa = library("pyarrow")
    exp = library("sqlglot.expressions")

#: By a table's name, its columns that hold whole numbers of 64 bits or fewer.
WholeColumns = Mapping[str, frozenset[str]]
FixUp = Callable[["exp.Expression", WholeColumns], None]


@dataclass(frozen=True, kw_only=True)
class Relation:
    """What the engine has under a name of ours: a view's files, or a whole Delta table at a version, of which the months are chosen here."""

    view: ReadView
    whole_table: bool

    @cached_property
    def name(self) -> str:
        snapshot = self.view.snapshot
        assert snapshot is not None
        made_of = [str(snapshot.folder), snapshot.version] if self.whole_table else list(self.view.paths)
        return f"lake_{digest([*made_of, *snapshot.columns])[:24]}"

    @property
    def rows(self) -> int:
        """How many rows the engine must find in it."""
        assert self.view.snapshot is not None
        return self.view.snapshot.rows if self.whole_table else self.view.rows

    def sql(self) -> str:
        """The expression that reads it, in DuckDB's SQL."""
        if not self.whole_table:
            return quoted(self.name)
        snapshot, months = self.view.snapshot, self.view.months
        assert snapshot is not None
        columns = ", ".join(map(quoted, snapshot.columns))
        listed = ", ".join(map(literal_sql, (*months, NO_MONTH))) if months is not None else ""
        chosen = f" WHERE _month IN ({listed})" if months is not None else ""
        return f"(SELECT {columns} FROM {quoted(self.name)}{chosen}) AS chosen"


def relations(statement: SqlStatement, *, whole_tables: bool) -> tuple[Relation, ...]:
    """What an engine must have been given for the statement, one for each view that has files."""
    return tuple(Relation(view=view, whole_table=whole_tables) for view in statement.views if view.paths)


def spark_text(statement: SqlStatement, given: Collection[str] = (), *, whole_tables: bool = False) -> str:
    """The statement as Spark runs it over its `relations`. `given`: small tables that it may name besides.

    Refuses (`Refused`) what is not one SELECT over these tables with functions of ours.
    """
    read = {one.view.name: one for one in relations(statement, whole_tables=whole_tables)}
    text = statement.over(lambda view: read[view.name].sql() if view.name in read else "")
    names = {*given, *(one.name for one in read.values()), *(view.name for view in statement.views)}
    tree = checked_tree(text, names)
    whole = {view.name: whole_columns(view.shape.arrow) for view in statement.views}
    for fix_up in FIX_UPS.values():
        fix_up(tree, whole)
    return str(tree.sql("spark", comments=False))


def whole_columns(schema: pa.Schema) -> frozenset[str]:
    """The columns of a lake table that hold whole numbers."""
    return frozenset(field.name for field in schema if field.type in (pa.int64(), pa.int32()))


def local_day(tree: exp.Expression, whole: WholeColumns) -> None:
    """A moment in a time zone: DuckDB's ``timezone(zone, moment)``. The session's own time zone is UTC."""
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name.lower() == "timezone":
            zone, moment = call.expressions
            call.replace(exp.Anonymous(this="FROM_UTC_TIMESTAMP", expressions=[moment, zone]))


def wide_numbers(tree: exp.Expression, whole: WholeColumns) -> None:
    """Spark has no whole number of 128 bits; a decimal of 38 digits holds what ours hold."""
    for literal in list(tree.find_all(exp.Literal)):
        if literal.is_int and int(literal.this) >= 2**63:
            literal.replace(exp.cast(exp.Literal.string(literal.this), "decimal(38,0)"))
    for cast in tree.find_all(exp.Cast):
        if cast.to.is_type("int128"):
            cast.set("to", exp.DataType.build("decimal(38,0)"))


def month_difference(tree: exp.Expression, whole: WholeColumns) -> None:
    """DuckDB counts the firsts of months between two dates; Spark counts whole months, and would say that a child is younger."""
    for call in list(tree.find_all(exp.DateDiff)):
        if call.text("unit").upper() == "MONTH":
            call.replace(exp.paren(exp.Sub(this=_months(call.this), expression=_months(call.expression))))


def checked_arithmetic(tree: exp.Expression, whole: WholeColumns) -> None:
    """Sums and arithmetic of 64-bit numbers are made in decimals: some engines wrap past 2^63 without an error.

    Of `+ - *` the result goes back into 64 bits, where a number that does not fit is an error, as it is on DuckDB.
    """
    for node in reversed(list(tree.find_all(exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Abs))):
        if is_whole(node, whole) and not _fits(node):
            for name in ("this", "expression"):
                if node.args.get(name) is not None:
                    node.set(name, exp.cast(node.args[name], "decimal(38,0)"))
            node.replace(exp.cast(node.copy(), "bigint"))
    for call in list(tree.find_all(exp.Sum)):
        digits = 0 if is_whole(call.this, whole) else 6
        call.set("this", exp.cast(call.this, f"decimal(38,{digits})"))


#: In this order: what the last writes needs no check of its arithmetic.
FIX_UPS: dict[str, FixUp] = {
    "local_day": local_day,
    "wide_numbers": wide_numbers,
    "checked_arithmetic": checked_arithmetic,
    "month_difference": month_difference,
}


def is_whole(node: exp.Expression, whole: WholeColumns) -> bool:
    """Whether the value is a whole number of 64 bits or fewer; False where that cannot be told."""
    if isinstance(node, exp.Column):
        return _is_whole_column(node, whole)
    if isinstance(node, exp.Literal):
        return bool(node.is_int) and int(node.this) < 2**63
    if isinstance(node, exp.Cast):
        return bool(node.to.is_type("bigint", "int"))
    if isinstance(node, exp.DateDiff | exp.Count | exp.Null):
        return True
    parts = _parts(node)
    return bool(parts) and all(is_whole(part, whole) for part in parts)


def _parts(node: exp.Expression) -> list[exp.Expression]:
    """The values of which the node's value is one, or is worked out; none of what is no such thing."""
    if isinstance(node, exp.Case):
        found = [branch.args["true"] for branch in node.args["ifs"]]
        return [*found, *([node.args["default"]] if node.args.get("default") is not None else [])]
    if isinstance(node, exp.Coalesce | exp.Least | exp.Greatest):
        return [node.this, *node.expressions]
    if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.IntDiv | exp.Nullif):
        return [node.this, node.expression]
    return [node.this] if isinstance(node, exp.Paren | exp.Neg | exp.Abs) else []


def _fits(node: exp.Expression) -> bool:
    """Whether the value cannot pass 2^63, whatever the rows are: of bits and of small numbers written out."""
    most = _most(node)
    return most is not None and most < 2**63


def _most(node: exp.Expression) -> int | None:
    """The most that the value can be, whatever its sign; None where that is not written in it."""
    if isinstance(node, exp.Literal):
        return int(node.this) if node.is_int else None
    if isinstance(node, exp.Null):
        return 0
    found = [_most(part) for part in _parts(node)]
    known = [most for most in found if most is not None]
    if not found or len(known) < len(found):
        return None
    if isinstance(node, exp.Add | exp.Sub):
        return sum(known)
    return known[0] * known[1] if isinstance(node, exp.Mul) else max(known)


def _is_whole_column(column: exp.Column, whole: WholeColumns) -> bool:
    """A column of a view by its alias, or of the one subquery that is read, by what that makes of it."""
    select = column.find_ancestor(exp.Select)
    read = [select.args["from_"].this, *(join.this for join in select.args.get("joins") or ())] if select else []
    for one in read:
        if isinstance(one, exp.Table) and one.alias_or_name == column.table:
            return column.name in whole.get(one.name, frozenset())
        if isinstance(one, exp.Subquery) and not column.table:
            return any(made.alias == column.name and is_whole(made.this, whole) for made in one.this.expressions)
    return False


def _months(day: exp.Expression) -> exp.Expression:
    """Months since year 0."""
    year, month = (exp.Anonymous(this=name, expressions=[day.copy()]) for name in ("YEAR", "MONTH"))
    return exp.paren(exp.Add(this=exp.Mul(this=year, expression=exp.Literal.number(12)), expression=month))
