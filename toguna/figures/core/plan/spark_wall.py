"""What may be sent to a cluster: one SELECT over tables that are known, of the parts that the planner writes. Everything else is refused.

sqlglot writes some words of a tree as they stand (types, units, names of functions), so a list of forbidden things would have gaps.
Here stands what is allowed: each kind of node, which of its parts may be filled, and each word that one may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import sqlglot
    from sqlglot import exp
else:
    sqlglot = library("sqlglot")
    exp = library("sqlglot.expressions")

_PAIR = "this expression"
#: By kind of node that the planner writes, as sqlglot names them, the parts that may be filled.
NODES: Mapping[str, frozenset[str]] = {
    name: frozenset(parts.split())
    for name, parts in {
        "Abs": "this",
        "Add": _PAIR,
        "Alias": "this alias",
        "And": _PAIR,
        "Anonymous": "this expressions",
        "ArrayContains": _PAIR,
        "Between": "this low high",
        "Boolean": "this",
        "CTE": "this alias",
        "Case": "ifs default",
        "Cast": "this to",
        "Ceil": "this",
        "Coalesce": "this expressions",
        "Column": "this table",
        "Count": "this big_int",
        "DataType": "this expressions nested",
        "DataTypeParam": "this",
        "DateDiff": "this expression unit date_part_boundary",
        "Distinct": "expressions",
        "Div": _PAIR,
        "EQ": _PAIR,
        "Filter": _PAIR,
        "Floor": "this",
        "From": "this",
        "GT": _PAIR,
        "GTE": _PAIR,
        "Greatest": "this expressions ignore_nulls",
        "Group": "expressions grouping_sets",
        "GroupingSets": "expressions",
        "Identifier": "this quoted",
        "If": "this true",
        "In": "this expressions query",
        "IntDiv": _PAIR,
        "Is": _PAIR,
        "Join": "this on side",
        "LT": _PAIR,
        "LTE": _PAIR,
        "Least": "this expressions ignore_nulls",
        "Literal": "this is_string",
        "Mod": _PAIR,
        "Mul": _PAIR,
        "NEQ": _PAIR,
        "Neg": "this",
        "Not": "this",
        "Null": "",
        "Nullif": _PAIR,
        "Or": _PAIR,
        "Order": "expressions",
        "Ordered": "this desc nulls_first",
        "Paren": "this",
        "Qualify": "this",
        "Round": "this decimals",
        "RowNumber": "",
        "Select": "expressions from_ with_ joins where group order qualify",
        "Star": "",
        "StartsWith": _PAIR,
        "Sub": _PAIR,
        "Subquery": "this alias",
        "Sum": "this",
        "Table": "this alias",
        "TableAlias": "this",
        "TimeToStr": "this format",
        "TimestampTrunc": "this unit",
        "Tuple": "expressions",
        "Union": _PAIR,
        "Var": "this",
        "Where": "this",
        "Window": "this partition_by order over",
        "With": "expressions",
    }.items()
}
#: Functions that sqlglot does not know by name, each with the words that its first argument may be (none: any text), and its arguments.
FURTHER_FUNCTIONS: Mapping[str, tuple[frozenset[str], int]] = {
    "timezone": (frozenset(), 2),
    "date_part": (frozenset({"year", "month"}), 2),
}
_TYPES = frozenset({"ARRAY", "BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "INT", "INT128", "TEXT", "TIMESTAMPTZ"})
_UNITS = {"DateDiff": frozenset({"DAY", "MONTH"}), "TimestampTrunc": frozenset({"MONTH"})}
_FORMATS = frozenset({"%Y-%m", "%Y-%m-%d"})
#: Words that Spark takes for a function where no column has the name.
_FUNCTION_WORDS = frozenset(
    [
        "current_catalog",
        "current_database",
        "current_date",
        "current_schema",
        "current_time",
        "current_timestamp",
        "current_user",
        "grouping__id",
        "localtimestamp",
        "session_user",
        "user",
    ]
)
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,38}(\.[0-9]{1,38})?")


def checked_tree(text: str, known: Collection[str]) -> exp.Expression:
    """The statement's tree. Refuses another thing than one SELECT, a table that is not named here, and every part that is not ours."""
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise Refused(FAULTS["statement_unreadable"].at(reason=(str(error).splitlines() or [""])[0])) from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        raise Refused(FAULTS["statement_not_select"].at())
    nodes = list(trees[0].walk())
    for table in nodes:
        if isinstance(table, exp.Table) and not (_is_plain(table) and table.name in known):
            raise Refused(FAULTS["statement_table"].at(table=_shown(table)))
    for node in nodes:
        if not _is_ours(node):
            is_call = isinstance(node, exp.Func) or type(node).__name__ in ("Column", "Dot")
            fault = "statement_function" if is_call else "statement_part"
            raise Refused(FAULTS[fault].at(function=_shown(node)))
    return trees[0]


def _is_plain(table: exp.Table) -> bool:
    """Whether the table is one name, without a database, a sample or a version."""
    return isinstance(table.this, exp.Identifier) and _filled(table) <= NODES["Table"]


def _is_ours(node: exp.Expression) -> bool:
    kind = type(node).__name__
    if kind not in NODES or not _filled(node) <= NODES[kind]:
        return False
    check = _WORDS.get(kind)
    return check is None or check(node)


def _filled(node: exp.Expression) -> set[str]:
    return {name for name, value in node.args.items() if value is not None and value is not False and value != []}


def _is_anonymous(node: exp.Expression) -> bool:
    words, count = FURTHER_FUNCTIONS.get(node.name.lower(), (frozenset(), -1))
    arguments = node.expressions
    if not isinstance(node.this, str) or len(arguments) != count:
        return False
    first = arguments[0]
    return isinstance(first, exp.Literal) and first.is_string and (not words or first.name in words)


def _is_type(node: exp.Expression) -> bool:
    if not isinstance(node.this, exp.DType) or node.this.value not in _TYPES:
        return False
    inner = exp.DataType if node.this.value == "ARRAY" else exp.DataTypeParam
    return all(isinstance(part, inner) for part in node.expressions)


def _is_column(node: exp.Expression) -> bool:
    is_word = isinstance(node.this, exp.Identifier)
    return is_word and (bool(node.args.get("table")) or node.name.lower() not in _FUNCTION_WORDS)


def _is_literal(node: exp.Expression) -> bool:
    return isinstance(node.this, str) and (bool(node.is_string) or _NUMBER.fullmatch(node.this) is not None)


def _has_unit(node: exp.Expression) -> bool:
    unit = node.args.get("unit")
    return isinstance(unit, exp.Var) and unit.name in _UNITS[type(node).__name__]


#: By kind of node, whether the words that it holds are ours.
_WORDS: Mapping[str, Callable[[exp.Expression], bool]] = {
    "Anonymous": _is_anonymous,
    "Column": _is_column,
    "DataType": _is_type,
    "DataTypeParam": lambda node: isinstance(node.this, exp.Literal) and not node.this.is_string,
    "DateDiff": _has_unit,
    "Identifier": lambda node: bool(node.args.get("quoted")) or _WORD.fullmatch(str(node.this)) is not None,
    "Join": lambda node: node.args.get("side") in (None, "", "LEFT"),
    "Literal": _is_literal,
    "TimeToStr": lambda node: isinstance(node.args["format"], exp.Literal) and node.args["format"].name in _FORMATS,
    "TimestampTrunc": _has_unit,
    "Var": lambda node: type(node.parent).__name__ in _UNITS,
    "Window": lambda node: isinstance(node.this, exp.RowNumber) and node.args.get("over") in (None, "OVER"),
}


def _shown(node: exp.Expression) -> str:
    """The part as a fault names it, short."""
    try:
        return str(node.sql("duckdb", comments=False))[:80]
    except (ValueError, TypeError, AttributeError, RecursionError, sqlglot.errors.SqlglotError):
        return type(node).__name__
