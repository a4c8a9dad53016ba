"""The planner says what the oracle says: over random records, corrections, entities, places, periods, splits and as-ofs.

Rows stand in files of one month each as in the lake, without its log; `test_through_the_lake` goes the whole way for fewer cases.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from tests.figures import oracle
from tests.figures.examples import SOURCES
from tests.figures.strategies import LAST_ACT, PLACES, RATES, Case, Lineage, cases
from toguna.figures.answers import Answers, Scope
from toguna.figures.core.definition import Indicator
from toguna.figures.core.lake_shape import ENTITY, SUBMISSION
from toguna.figures.core.plan.ask import Setting, Split
from toguna.figures.core.snapshot import LakeFile
from toguna.figures.core.tables import SourceTable
from toguna.figures.core.values import NotConvertible, Value
from toguna.figures.engine import Engine, LakeCatalogue
from toguna.figures.lake import Cell, LakeColumn, LakeTable, Snapshot
from toguna.instance.api import Bracket, Rate
from toguna.places.api import Place, spans, tree_on

DATES = {
    "monthly_return": "month",
    "repatriation": "departed_on",
    "visit": "visited_on",
    "source_register": "as_of",
}
SETTING = Setting(
    brackets={
        "unhcr": tuple(Bracket(min_age=a, max_age=b) for a, b in ((0, 4), (5, 11), (12, 17), (18, 59), (60, None)))
    },
    rates=tuple(Rate(source=rate.source, target=rate.target, rate=rate.rate, on=rate.on) for rate in RATES),
)
GEO = tuple(
    Place(
        code=place.code,
        slug=place.code.lower(),
        name={"en": place.code},
        level=place.level,
        parent=place.parent,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
    )
    for place in PLACES
)
#: A minute on one core; `make prove` draws more.
CASES = int(os.environ.get("TOGUNA_CASES", "150"))
#: Indicators that add up whole numbers.
SUMS = ("sessions", "attendance", "open_points", "litres", "litres_ever")
SPANS = [tuple(vars(span).values()) for span in spans(GEO)]


def lake_table(table: SourceTable) -> LakeTable:
    columns = [
        LakeColumn(
            name=stored.name,
            column=column.name,
            type=stored.type,
            take="month" if column.birth else "plain",
            reference=column.reference,
            birth=column.birth,
        )
        for column in table.columns.values()
        for stored in column.stored
        if stored.type != "attachment"
    ]
    system = {"entities": ENTITY, "reference": {}}.get(table.kind, SUBMISSION)
    return LakeTable(
        name=table.lake,
        part=table.name.partition("/")[2],
        parent=table.parent,
        columns=tuple(columns),
        system=system,
    )


SHAPES = {table.lake: lake_table(table) for table in SOURCES.tables.values()}
CATALOGUE = LakeCatalogue(
    sources=SOURCES,
    shapes=SHAPES,
    dates=DATES,
)


def physical(table: SourceTable, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values by the lake's columns: of two types, whole numbers take the first."""
    found = {}
    for name, value in values.items():
        stored = table.columns[name].stored[0]
        found[stored.name] = sorted(value) if isinstance(value, frozenset) else value
    return found


def lake_rows(lineages: Sequence[Lineage]) -> Iterator[tuple[SourceTable, str, dict[str, Any]]]:
    for lineage in lineages:
        for one in lineage.intervals:
            for name, listed in one.rows.items():
                table = SOURCES.tables[name]
                for row, parent, values in listed:
                    yield (
                        table,
                        f"{one.happened:%Y-%m}" if one.happened else "none",
                        {
                            "_lineage": lineage.id,
                            "_row": row,
                            "_parent_row": parent,
                            "_happened": one.happened,
                            "_seq_from": one.seq_from,
                            "_seq_to": one.seq_to,
                            "_instance_id": one.instance_id,
                            "_version": one.version,
                            "_received_at": one.received_at,
                            "_state": "received",
                            "_entity": lineage.id,
                            **physical(table, values),
                        },
                    )


class FilesAlone:
    """Snapshots over files written for one case."""

    def __init__(self, folder: Path, lineages: Sequence[Lineage]) -> None:
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for table, month, row in lake_rows(lineages):
            found[table.lake, month].append(row)
        files: dict[str, list[LakeFile]] = defaultdict(list)
        for (lake, month), rows in found.items():
            path = folder / lake / f"{month}-{uuid4().hex}.parquet"
            path.parent.mkdir(exist_ok=True)
            pq.write_table(pa.Table.from_pylist(rows, SHAPES[lake].arrow), path)
            files[lake].append(
                LakeFile(
                    path=path.name,
                    month=month,
                    rows=len(rows),
                    size=1,
                    seq_from=max(row["_seq_from"] for row in rows),
                    seq_to=max(row["_seq_to"] or 0 for row in rows),
                )
            )
        self.snapshots = {
            lake: Snapshot(
                folder=folder / lake,
                version=0,
                reached=LAST_ACT,
                files=tuple(own),
                columns=tuple(SHAPES[lake].arrow.names),
                evolved=False,
            )
            for lake, own in files.items()
        }

    def snapshot(self, name: str) -> Snapshot | None:
        return self.snapshots.get(name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planner")


@pytest.fixture(scope="module")
def cell(folder: Path) -> Iterator[Cell]:
    cell = Cell(folder, memory="1GB", threads=1)
    yield cell
    cell.close()


def answered(case: Case, engine: Engine, by: Sequence[str]) -> dict[tuple[str, ...], Any]:
    answers = Answers(
        engine=engine,
        indicators=case.indicators,
        tree=lambda day: tree_on(GEO, day),
        is_guarded=lambda indicator: False,
    )
    indicator = case.indicators[case.name]
    scope = Scope(
        period=case.question.period,
        places=case.question.places if places_matter(case, indicator) else (),
        filters=case.question.filters,
        at=case.question.at,
    )
    try:
        values = answers.values(indicator, scope, tuple(map(split, by)))
    except NotConvertible:
        return {("no rate",): None}
    return {key: plain(value) for key, value in values.items()}


def places_matter(case: Case, indicator: Indicator) -> bool:
    """The oracle leaves a place out where an indicator has none; there we say `not_applicable`, as another test holds."""
    if indicator.is_derived:
        return all(places_matter(case, case.indicators[name]) for name in indicator.of)
    return indicator.place is not None


def split(word: str) -> Split:
    if word == "month":
        return Split(month=True)
    return Split(level=int(word[6:])) if word.startswith("place@") else Split(category=word)


def plain(value: Value) -> Any:
    return (value.status, value.value, value.provisional, value.records, value.missing)


def meant(case: Case, by: Sequence[str]) -> dict[tuple[str, ...], Any]:
    try:
        if not by:
            found = {(): oracle.answer(case.world, case.indicators, case.name, case.question)}
        else:
            found = oracle.split(case.world, case.indicators, case.name, case.question, by)
    except oracle.NoRate:
        return {("no rate",): None}
    return {
        key: (one.status, one.value, one.provisional, one.records, one.missing if not by else ())
        for key, one in found.items()
    }


@pytest.mark.slow
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_the_planner_says_what_the_oracle_says(folder: Path, cell: Cell, case: Case) -> None:
    check_thrice(case, engine_of(case, folder, cell))


@pytest.mark.slow
@settings(max_examples=CASES // 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases(SUMS, large=True))
def test_sums_of_large_values_never_wrap(folder: Path, cell: Cell, case: Case) -> None:
    """Past 2^63, and in millionths long before: where a cube cannot hold a sum, the query answers."""
    check_thrice(case, engine_of(case, folder, cell))


def engine_of(case: Case, folder: Path, cell: Cell) -> Engine:
    """Over files of this case alone."""
    own = folder / "case"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    return Engine(FilesAlone(own, case.lineages), cell, CATALOGUE, SETTING, SPANS)  # type: ignore[arg-type]


def check_thrice(case: Case, engine: Engine) -> None:
    """By queries, with cubes, and as known now."""
    check(case, engine)
    engine.use_cubes(case.indicators.values(), None)
    check(case, engine)
    check(replace(case, question=replace(case.question, at=LAST_ACT)), engine)


def check(case: Case, engine: Engine) -> None:
    assert answered(case, engine, ()) == meant(case, ())
    if case.by:
        assert answered(case, engine, case.by) == meant(case, case.by)
