"""The demonstration on another engine: hundreds of its queries that meet rows, every cube, and the figures of an issued edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from toguna.figures import opened
from toguna.figures.core.definition import Indicator
from toguna.figures.core.plan.ask import Ask, Split
from toguna.figures.core.plan.select import compile_query
from toguna.figures.core.plan.statement import QueryEngine, SqlStatement
from toguna.figures.engine import Engine
from toguna.figures.lake.spark import SparkEngine
from toguna.instance.api import Instance
from toguna.kernel.api import parse_period

QUERIES = 320
PERIODS = ("2016-12", "2016-Q4")


def same_rows(rows: Any) -> list[str]:
    return sorted(
        repr([str(value).rstrip("0").rstrip(".") if value is not None else None for value in row]) for row in rows
    )


def splits_of(indicator: Indicator) -> list[tuple[Split, ...]]:
    own = [(Split(category=name),) for name in indicator.categories]
    places = [(Split(level=1),)] if indicator.place is not None else []
    return [(), *own, *places, *([(Split(month=True),)] if indicator.kind == "flow" else [])]


def statements(engine: Engine, until: int, indicators: list[Indicator]) -> Iterator[SqlStatement]:
    for period, at in product(PERIODS, (until, until // 2)):
        for indicator in indicators:
            for by in splits_of(indicator):
                ask = Ask(indicator=indicator, period=parse_period(period), at=at, by=by)
                yield engine.written(compile_query(ask, engine.catalogue, engine.setting), at)


@pytest.mark.slow
def test_queries_and_cubes_of_the_demonstration_are_the_same(
    mali: Instance, on_sail: Callable[[Path], SparkEngine]
) -> None:
    opened.sync()
    spark = on_sail(mali.lake)
    with opened.using() as around:
        engine, met = around.engine, 0
        engine.use_remote(spark, above=10**12)
        own = [one for one in around.indicators.values() if not one.is_derived]
        for statement in statements(engine, around.until, own):
            here = engine.local.rows(statement)
            if any(any(value for value in row) for row in here):
                met += 1
                assert same_rows(spark.rows(statement)) == same_rows(here), statement.select
            if met == QUERIES:
                break
        assert met == QUERIES
        assert cubes(engine, around.until) > 20
        compare_cubes(engine, around.until, spark)


def cubes(engine: Engine, until: int) -> int:
    return len(list(cube_statements(engine, until)))


def cube_statements(engine: Engine, until: int) -> Iterator[SqlStatement]:
    """Every cube, over all months, with every category that could be asked of it."""
    assert engine._cubes is not None
    for parts in engine._cubes._groups.values():
        for own in parts:
            names = sorted(
                {
                    name
                    for one in own
                    for name, category in one.categories.items()
                    if category.long is not None and category.wide is None and not category.long.read.hops
                }
            )
            for chosen in ((), tuple(names[:2])):
                shape = engine._cubes._compiled(own, chosen, parse_period("2016-12").end)
                views = tuple(engine._read(view, until, None) for view in shape.joins.views)
                yield SqlStatement(select=shape.sql(), views=views)


def compare_cubes(engine: Engine, until: int, spark: QueryEngine) -> None:
    for statement in cube_statements(engine, until):
        assert same_rows(spark.rows(statement)) == same_rows(engine.local.rows(statement)), statement.select
