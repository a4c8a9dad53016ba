"""Forty statements as the planner writes them, over tables at a commit: what the golden text and Apache Spark are held to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.figures.strategies import INDICATORS
from tests.figures.test_planner import CATALOGUE, SETTING, SHAPES, SPANS, split
from tests.figures.test_sql import ASKED, ask
from toguna.figures.core.plan.ask import Ask
from toguna.figures.core.plan.select import Query, compile_query, compile_trace
from toguna.figures.core.plan.statement import SqlStatement
from toguna.figures.core.plan.views import ReadView, View
from toguna.figures.core.snapshot import LakeFile, Snapshot
from toguna.figures.cubes import Cubes, PlaceLines
from toguna.kernel.api import parse_period

#: Traces are long: these show every kind of table.
TRACED = (
    "sum_of_a_repeat",
    "wide_columns_by_sex",
    "distinct_over_the_parent",
    "money_at_the_rate_of_its_day",
    "ages_from_month_of_birth",
    "stock_until_the_next_version",
    "stock_over_a_reference",
    "latest_of_each_key",
    "counter_since_a_day",
    "quoted_latest",
)
#: With a row for the whole beside the split.
WITH_TOTAL = {"partners": "activity", "regions": "population", "persons": "country"}
#: Read as Delta tables at a version.
AT_A_VERSION = (
    "sum_of_a_repeat",
    "distinct_places_of_a_level",
    "stock_until_a_day",
    "stock_over_a_reference",
    "quoted_latest",
)


def snapshot(table: str, columns: tuple[str, ...] | None = None) -> Snapshot:
    """A table of two files, of November and December 2016."""
    files = tuple(
        LakeFile(path=f"{month}.parquet", month=month, rows=9, size=1, seq_from=8, seq_to=7)
        for month in ("2016-11", "2016-12")
    )
    names = columns or tuple(SHAPES[table].arrow.names)
    return Snapshot(
        folder=Path("lake") / table, version=3, reached=9, files=files, columns=names, evolved=bool(columns)
    )


def read(view: View, found: Snapshot | None, months: tuple[str, ...] | None = None, at: int = 8) -> ReadView:
    return ReadView(view=view, shape=SHAPES[view.table], snapshot=found, at=at, months=months)


def statement(query: Query) -> SqlStatement:
    views = [read(view, snapshot(view.table), None if view.newest else query.months) for view in query.views]
    return SqlStatement(select=query.sql, views=tuple(views))


def cube(*names: str, by: tuple[str, ...] = ()) -> SqlStatement:
    cubes = Cubes(
        catalogue=CATALOGUE,
        setting=SETTING,
        indicators=INDICATORS.values(),
        tree=PlaceLines(SPANS),  # type: ignore[arg-type]
        snapshots=lambda name: None,
        run=lambda *given: pytest.fail("no query is run"),
        folder=None,
    )
    shape = cubes._compiled([INDICATORS[name] for name in names], by, date(2016, 11, 15))
    views = tuple(read(view, snapshot(view.table), ("2016-11",)) for view in shape.joins.views)
    return SqlStatement(select=shape.sql(), views=views)


def _with_total() -> Iterator[tuple[str, SqlStatement]]:
    for name, category in WITH_TOTAL.items():
        asked = Ask(indicator=INDICATORS[name], period=parse_period("2016-Q4"), at=8, by=(split(category),))
        query = compile_query(asked, CATALOGUE, SETTING)
        yield f"{name}_with_total", statement(replace(query, sql=query.with_total))


def _of_files() -> Iterator[tuple[str, SqlStatement]]:
    for name in ASKED:
        yield name, statement(compile_query(ask(name), CATALOGUE, SETTING))
    for name in TRACED:
        yield f"trace_{name}", statement(compile_trace(ask(name), CATALOGUE, SETTING))
    yield from _with_total()
    yield "cube", cube("sessions", "attendance", by=("partner",))
    yield "cube_of_counts", cube("results")
    counted = compile_query(ask("sum_of_a_repeat"), CATALOGUE, SETTING)
    first, *others = counted.views
    older = tuple(name for name in SHAPES[first.table].arrow.names if name not in ("hosts", "themes"))
    evolved = (read(first, snapshot(first.table, older)), *(read(view, snapshot(view.table)) for view in others))
    yield "columns_that_came_later", SqlStatement(select=counted.sql, views=evolved)
    empty = tuple(read(view, None) for view in counted.views)
    yield "tables_without_a_file", SqlStatement(select=counted.sql, views=empty)
    past = tuple(read(view, snapshot(view.table), at=3) for view in counted.views)
    yield "as_of_an_earlier_act", SqlStatement(select=counted.sql, views=past)


#: Over lists of files, and over Delta tables at a version.
OF_FILES: Mapping[str, SqlStatement] = dict(_of_files())
OF_TABLES: Mapping[str, SqlStatement] = {name: OF_FILES[name] for name in AT_A_VERSION if name in OF_FILES}
