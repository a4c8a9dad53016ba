"""An expression as DuckDB SQL. Only here does a tree become text; every piece of that text is ours or quoted by us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from toguna.figures.core.expressions.functions import FUNCTIONS
from toguna.figures.core.expressions.tree import (
    SCALE,
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    Condition,
    Expression,
    In,
    IsNull,
    Literal,
    Negative,
    Not,
    Or,
    Read,
    Scalar,
)
from toguna.figures.core.tables import Stored

#: Every decimal of the lake and of ours.
DECIMAL = f"DECIMAL(28,{SCALE})"

#: Gives the alias of the lake table that a read's column stands in, as SQL already quoted; empty for none.
Alias = Callable[[Read], str]


def write_sql(node: Expression, alias: Alias, zone: str = "UTC") -> str:
    """The expression, in brackets where it needs them. `zone`: the operation's, for the day of a moment."""

    def sql(part: Expression) -> str:
        return write_sql(part, alias, zone)

    match node:
        case Read():
            return read_sql(node, alias, zone)
        case Literal():
            return literal_sql(node.value)
        case Arithmetic():
            return _arithmetic(node, sql(node.left), sql(node.right))
        case Negative():
            return f"(- {sql(node.value)})"
        case Call():
            written = [sql(argument) for argument in node.arguments]
            return f"({FUNCTIONS[node.name].sql.format(*written, all=', '.join(written))})"
    return _condition(node, sql)


def _condition(node: Condition, sql: Callable[[Expression], str]) -> str:
    match node:
        case Compare():
            return f"({sql(node.left)} {node.op} {sql(node.right)})"
        case And() | Or():
            word = " AND " if isinstance(node, And) else " OR "
            return f"({word.join(map(sql, node.parts))})"
        case Not():
            return f"(NOT {sql(node.part)})"
        case In():
            return f"({sql(node.value)} IN ({', '.join(map(sql, node.items))}))"
        case Between():
            return f"({sql(node.value)} BETWEEN {sql(node.low)} AND {sql(node.high)})"
        case IsNull():
            return f"({sql(node.value)} IS NULL)"


def read_sql(read: Read, alias: Alias, zone: str = "UTC") -> str:
    """The column, over all types that it had."""
    prefix = alias(read)
    several = len(read.column.stored) > 1
    found = [_stored(stored, prefix, zone, read.type if several else "") for stored in read.column.stored]
    return found[0] if not several else f"COALESCE({', '.join(found)})"


def literal_sql(value: Scalar) -> str:
    """A value written out. Refuses (`TypeError`) what no literal can be."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case Decimal():
            return f"CAST('{value:f}' AS {DECIMAL})"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return f"DATE '{value.isoformat()}'"
    raise TypeError(f"no literal: {value!r}")


def quoted(name: str) -> str:
    """A name of the lake as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _stored(stored: Stored, prefix: str, zone: str, type: str) -> str:
    name = f"{prefix}.{quoted(stored.name)}" if prefix else quoted(stored.name)
    if stored.type == "datetime":
        return f"CAST(timezone({literal_sql(zone)}, {name}) AS DATE)"
    return f"CAST({name} AS {DECIMAL})" if type == "decimal" and stored.type == "integer" else name


def _arithmetic(node: Arithmetic, left: str, right: str) -> str:
    if node.op == "/":
        return f"CAST(CAST({left} AS DOUBLE) / NULLIF(CAST({right} AS DOUBLE), 0) AS {DECIMAL})"
    if node.op == "*" and node.type == "decimal":
        wide = f"DECIMAL(38,{SCALE})"
        return f"CAST(CAST({left} AS {wide}) * CAST({right} AS {wide}) AS {DECIMAL})"
    return f"({left} {node.op} {right})"
