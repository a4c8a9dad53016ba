"""Rows of a spreadsheet that nothing stored can touch, kept as tables: a look at a large sheet counts them and writes none of them out.

A row is fresh when its key (or, without `tg:key`, its content) cannot be that of any submission that is stored or came before it.
Whether it can is judged a whole column at a time, and in doubt it can: such rows are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import happened, key_columns, key_of, rows_by_key
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.values import Checked, Ids, Row
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import polars as pl
else:
    pl = library("polars")

_LINKS = ("_key", "_line", "_instance_id", "_deprecated_id")
_PORTION = 2_000


class FreshRows(Ids):
    """The fresh rows of one spreadsheet: their instanceIDs, which are drawn only when somebody asks for them."""

    def __init__(self, rows: SheetRows) -> None:
        """`rows` are the fresh ones alone (`SheetRows.only`)."""
        self.rows = rows
        super().__init__(rows.read.tables[""].height, lambda: (one.instance_id for one in self.submissions()))

    @property
    def schema(self) -> Schema:
        return self.rows.checker.schema

    def submissions(self) -> Iterator[Checked]:
        """The same rows, written out one by one."""
        for good, _ in self.rows.portions(_PORTION):
            yield from good

    @cached_property
    def identities(self) -> pl.Series:
        return identities(self.schema, self.rows.checked.tables[""])

    def alike(self, columns: Mapping[str, Collection[str]]) -> Iterator[tuple[Mapping[str, Sequence[Row]], date, int]]:
        """Rows that are alike in these columns (by table) and in their day, as one of them, the day, and how many they are."""
        rows, tables = self.rows, self.rows.checked.tables
        wanted = {name: [column for column in table.columns if column in columns.get(name, ())] for name, table in tables.items()}  # fmt: skip
        day = self.schema.date_column
        first = list(dict.fromkeys([*wanted[""], *([day] if day else [])]))
        if any(wanted[name] for name in tables if name):
            chosen = {name: tables[name].select("_key", "_line", *(wanted[name] if name else first)) for name in tables}
            every: Iterator[tuple[Mapping[str, Sequence[Row]], int]] = (
                (one, 1) for one in rows_by_key(chosen).values()
            )
        elif first:
            every = (({"": [_filled(row)]}, count) for row, count in _counted(tables[""].select(first)))
        else:
            every = iter([({"": [{}]}, len(self))])
        for own, count in every:
            yield own, happened(rows.checker, own, rows.received_at), count


def identities(schema: Schema, main: pl.DataFrame) -> pl.Series:
    """A number for each row, equal where the key (or, without one, all that the form itself says) is equal; hardly ever elsewhere."""
    names = key_columns(schema) or [column.name for column in schema.table().columns]
    lists = [name for name, kind in main.schema.items() if isinstance(kind, pl.List)]
    return main.with_columns(pl.col(name).list.join(" ") for name in lists).select(names).hash_rows()


def keys_of(schema: Schema, main: pl.DataFrame) -> list[str]:
    """Each row's key, as it is stored."""
    return [key_of(schema, row) for row in main.select(key_columns(schema)).iter_rows(named=True)]


def on_days(schema: Schema, main: pl.DataFrame, days: Collection[date]) -> pl.Series:
    """Whether the row can be of one of these days (in any time zone), or has no day of its own."""
    column = main[schema.date_column or ""]
    near = {day + timedelta(days=by) for day in days for by in (-1, 0, 1)}
    return column.cast(pl.Date).is_in(sorted(near)).fill_null(True)


def split(rows: SheetRows, touched: pl.Series) -> tuple[FreshRows, SheetRows]:
    """The fresh rows, and all others. `touched`: for each row of the form's sheet, whether something that came before may touch it."""
    given = rows.read.tables[""].select(_LINKS)
    apart = {*rows.judged.doubts, *rows.judged.claims}
    slow = (
        touched
        | given["_instance_id"].is_not_null()
        | given["_key"].is_in(rows.checked.rejects["_key"].unique().to_list())
        | given["_key"].is_in(sorted(apart))
    )
    if given["_deprecated_id"].is_not_null().any():
        slow = slow | True
    if key_columns(rows.checker.schema):
        slow = slow | identities(rows.checker.schema, rows.checked.tables[""]).is_duplicated()
    links = {
        name: table.select(column for column in _LINKS if column in table.columns)
        for name, table in rows.read.tables.items()
    }
    fresh = replace(rows, read=replace(rows.read, tables=links)).only(given["_key"].filter(~slow))
    return FreshRows(fresh), rows.only(given["_key"].filter(slow))


def _counted(frame: pl.DataFrame) -> Iterator[tuple[dict[str, Any], int]]:
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    grouped = frame.with_columns(pl.col(name).list.join(" ") for name in lists)
    for row in grouped.group_by(frame.columns, maintain_order=True).agg(pl.len().alias("_count")).iter_rows(named=True):
        count = row.pop("_count")
        yield (
            {name: value.split() if name in lists and value is not None else value for name, value in row.items()},
            count,
        )


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
