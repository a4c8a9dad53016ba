"""The lake: the records as Delta tables, and DuckDB locked down to them. See docs/lake.md."""

from toguna.figures.core.lake_shape import LakeColumn, LakeTable, form_tables, list_table, reference_table
from toguna.figures.core.snapshot import Snapshot
from toguna.figures.lake.feed import Feed, Interval
from toguna.figures.lake.lockdown import Cell
from toguna.figures.lake.syncing import Lake

__all__ = [
    "Cell",
    "Feed",
    "Interval",
    "Lake",
    "LakeColumn",
    "LakeTable",
    "Snapshot",
    "form_tables",
    "list_table",
    "reference_table",
]
