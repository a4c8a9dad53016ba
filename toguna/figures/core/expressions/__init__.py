"""Conditions and sums of indicators: SQL expressions rebuilt from a closed list. In: text and tables; out: a typed tree, or faults.

The tree is written as DuckDB SQL (`write_sql`) and evaluated in Python (`evaluate`); both mean the same.
"""

from toguna.figures.core.expressions.evaluate import evaluate
from toguna.figures.core.expressions.functions import FUNCTIONS
from toguna.figures.core.expressions.parse import parse_expression
from toguna.figures.core.expressions.sql import DECIMAL, literal_sql, quoted, read_sql, write_sql
from toguna.figures.core.expressions.tree import SCALE, Expression, Hop, Literal, Read, reads, terms

__all__ = [
    "DECIMAL",
    "FUNCTIONS",
    "SCALE",
    "Expression",
    "Hop",
    "Literal",
    "Read",
    "evaluate",
    "literal_sql",
    "parse_expression",
    "quoted",
    "read_sql",
    "reads",
    "terms",
    "write_sql",
]
