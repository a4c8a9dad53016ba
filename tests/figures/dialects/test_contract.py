"""Each construct that the planner writes, over 2,000 rows of awkward values: DuckDB and the other engine answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toguna.figures.core.lake_shape import SUBMISSION
from toguna.figures.core.plan import spark_sql
from toguna.figures.core.plan.statement import QueryEngine, QueryError, SqlStatement
from toguna.figures.core.plan.views import ReadView, View
from toguna.figures.core.snapshot import LakeFile, Snapshot
from toguna.figures.lake import Cell, LakeColumn, LakeTable
from toguna.figures.lake.lockdown import LocalEngine
from toguna.figures.lake.spark import SparkEngine

ROWS = 2_000
ODD = 'an odd "name` of it'
_COLUMNS = {
    "a": "integer",
    "b": "integer",
    "big": "integer",
    "m": "decimal",
    "n": "decimal",
    "word": "text",
    ODD: "text",
    "day": "date",
    "other_day": "date",
    "moment": "datetime",
    "flag": "boolean",
    "codes": "select_multiple",
}
SHAPE = LakeTable(
    name="t",
    columns=tuple(LakeColumn(name=name, column=name, type=kind) for name, kind in _COLUMNS.items()),  # type: ignore[arg-type]
    system=SUBMISSION,
)
WORDS = ("é", "e\u0301", "E", "e", "", "a'b", "a\\b", "a\\", 'a"b', "ɔ", "Ménaka", "MENAKA", "a%", "  x ")

#: By construct, the SELECT over the view `t`. Some of them must fail, on both: they are in FAILING.
CONSTRUCTS = {
    "months chosen": "SELECT count(*) AS n FROM t",
    "qualify": "SELECT _row FROM t QUALIFY row_number() OVER (PARTITION BY word ORDER BY a DESC, _row) = 1",
    "qualify of everything": "SELECT _row, word, day, m FROM "
    "(SELECT * FROM t QUALIFY row_number() OVER (PARTITION BY word ORDER BY day DESC, _row) = 1) AS n",
    "whole division": "SELECT _row, (abs(a) // 12) AS v FROM t",
    "month of a date": "SELECT strftime(day, '%Y-%m') AS v, count(*) AS n FROM t GROUP BY v ORDER BY v",
    "choices of several": "SELECT _row FROM t WHERE LIST_CONTAINS(codes, 'x')",
    "beginning of a text": "SELECT _row FROM t WHERE STARTS_WITH(word, 'a')",
    "count with a filter": "SELECT word, count(*) FILTER (WHERE flag) AS v FROM t GROUP BY word",
    "order of blanks": "SELECT _row, row_number() OVER (ORDER BY a DESC, _row) AS v FROM t",
    "odd names": 'SELECT "an odd ""name` of it" AS v, count(*) AS n FROM t GROUP BY v',
    "odd texts": "SELECT count(*) AS n, 'a\\' AS v, 'it''s' AS w FROM t WHERE word IN ('a''b', 'a\\b', 'a\\', 'a%')",
    "local day in the west": "SELECT _row, CAST(timezone('America/New_York', moment) AS DATE) AS v FROM t",
    "local day in the east": "SELECT _row, CAST(timezone('Asia/Kathmandu', moment) AS DATE) AS v FROM t",
    "whole numbers of 128 bits": "SELECT CAST(sum(m) * 1000000 AS HUGEINT)::BIGINT AS v FROM t",
    "months between": "SELECT _row, date_diff('month', day, other_day) AS v FROM t",
    "completed years": "SELECT _row, (CASE WHEN date_diff('month', other_day, DATE '2016-12-01') >= 0 "
    "THEN date_diff('month', other_day, DATE '2016-12-01') // 12 END) AS v FROM t",
    "days between": "SELECT _row, DATE_DIFF('day', day, other_day) AS v FROM t",
    "sum past 2^63": "SELECT sum(t0) AS v FROM (SELECT r.big AS t0 FROM t AS r)",
    "sum of a sum past 2^63": "SELECT sum(t0) AS v FROM (SELECT (r.a + COALESCE(r.b, 0)) AS t0 FROM t AS r)",
    "whole arithmetic": "SELECT r._row, (r.a + r.b) AS v, (r.a - r.b) AS w, (r.a * r.b) AS x, (- r.a) AS y FROM t AS r",
    "addition past 2^63": "SELECT (r.big + r.big) AS v FROM t AS r",
    "product past 2^63": "SELECT (r.big * r.big) AS v FROM t AS r",
    "subtraction past 2^63": "SELECT ((- r.big) - r.big - 9) AS v FROM t AS r",
    "numbers written out past 2^63": "SELECT (9223372036854775807 + 1) AS v FROM t",
    "a number of 128 bits written out": "SELECT _row, (a + 9223372036854775808) AS v FROM t",
    "a set with its total": "SELECT word, count(DISTINCT a) AS v FROM t GROUP BY GROUPING SETS ((word), ()) ORDER BY word",
    "product of decimals": "SELECT _row, CAST(CAST(m AS DECIMAL(38,6)) * CAST(n AS DECIMAL(38,6)) AS DECIMAL(28,6)) AS v FROM t",
    "quotient": "SELECT _row, CAST(CAST(m AS DOUBLE) / NULLIF(CAST(n AS DOUBLE), 0) AS DECIMAL(28,6)) AS v FROM t",
    "sum of decimals": "SELECT word, sum(t0) AS v, count(t0) AS n FROM (SELECT r.word, (r.m + r.n) AS t0 FROM t AS r) GROUP BY word",
    "rounding": "SELECT _row, CAST(ROUND(CAST(m AS DECIMAL(28,6)), 2) AS DECIMAL(28,6)) AS v FROM t",
    "whole below and above": "SELECT _row, CAST(FLOOR(CAST(m AS DECIMAL(28,6))) AS BIGINT) AS v, "
    "CAST(CEIL(CAST(m AS DECIMAL(28,6))) AS BIGINT) AS w FROM t",
    "comparison of texts": "SELECT _row FROM t WHERE word > 'a' AND word <= 'é' OR word = 'E'",
    "different texts": "SELECT count(DISTINCT word) AS v FROM t",
    "least and greatest": "SELECT _row, LEAST(a, b) AS v, GREATEST(day, other_day) AS w FROM t",
    "first known": "SELECT _row, COALESCE(word, 'unknown') AS v, NULLIF(a, 3) AS w FROM t",
    "blanks in conditions": "SELECT _row FROM t WHERE (NOT (a IN (1, 2, 3))) AND (day BETWEEN DATE '2016-11-05' AND DATE '2016-12-20')",
    "first of a month": "SELECT strftime(date_trunc('month', day), '%Y-%m-%d') AS v, count(*) AS n FROM t GROUP BY v",
    "bits": "SELECT CAST(CASE WHEN a > 1 THEN 1 ELSE 0 END + CASE WHEN flag THEN 2305843009213693952 ELSE 0 END AS BIGINT) AS v, "
    "count(*) AS n FROM t GROUP BY v",
    "values as text": "SELECT _row, CAST(a AS VARCHAR) AS v, CAST(flag AS VARCHAR) AS w, CAST(day AS VARCHAR) AS x, CAST(m AS VARCHAR) AS y FROM t",
    "parts of a date": "SELECT _row, CAST(DATE_PART('year', day) AS BIGINT) AS v, CAST(DATE_PART('month', day) AS BIGINT) AS w FROM t",
    "a join with its days": "SELECT _row, p1.ancestor AS v FROM t LEFT JOIN places AS p1 ON p1.code = word "
    "AND (p1.valid_to IS NULL OR p1.valid_to >= DATE '2016-12-31')",
    "in a subquery": "SELECT _row FROM t WHERE word IN (SELECT p.code FROM places AS p WHERE p.ancestor IN ('E'))",
}
FAILING = (
    "addition past 2^63",
    "product past 2^63",
    "subtraction past 2^63",
    "numbers written out past 2^63",
)
PLACES = pa.table(
    {
        "code": ["é", "e", "E", "a'b"],
        "ancestor": ["E", "E", "E", "A"],
        "valid_to": pa.array([None, date(2016, 12, 30), date(2016, 12, 31), None], pa.date32()),
    }
)


def awkward(number: int, random: Random) -> dict[str, Any]:
    """A row; one value in eight is blank."""
    midnight = datetime(2016, 12, 1, tzinfo=UTC) + timedelta(days=random.randint(-40, 30))
    values: dict[str, Any] = {
        "a": random.randint(-5, 40),
        "b": random.randint(0, 9),
        "big": 2**62 - random.randint(0, 3),
        "m": Decimal(random.randint(-(10**9), 10**9)).scaleb(-random.choice([1, 3, 6])).quantize(Decimal("0.000001")),
        "n": Decimal(random.randint(0, 900)).scaleb(-2).quantize(Decimal("0.000001")),
        "word": random.choice(WORDS),
        ODD: random.choice(WORDS),
        "day": date(2016, 11, 1) + timedelta(days=random.randint(0, 60)),
        "other_day": date(2015, 1, 31) + timedelta(days=random.randint(0, 800)),
        "moment": midnight
        + timedelta(hours=random.choice([0, 5, 18, 23]), seconds=random.choice([-1, 0, 1, 900, -900])),
        "flag": random.random() < 0.5,
        "codes": random.choice([["x"], ["y", "x"], [], ["xx"]]),
    }
    known = {name: None if random.random() < 0.125 else value for name, value in values.items()}
    return {**known, "_row": f"{number:04}", "_seq_from": 1, "_happened": values["day"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contract")
    write_rows(folder)
    return folder


def write_rows(folder: Path) -> None:
    """The rows of `t`, a file a month."""
    random = Random(17)
    rows = [awkward(number, random) for number in range(ROWS)]
    for month in ("2016-11", "2016-12"):
        own = [row for row in rows if f"{row['_happened']:%Y-%m}" == month]
        pq.write_table(pa.Table.from_pylist(own, SHAPE.arrow), folder / f"{month}.parquet")


@pytest.fixture(scope="module")
def duckdb(folder: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(Cell(folder, memory="1GB", threads=1))
    engine.register("places", PLACES)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def spark(folder: Path, on_sail: Callable[[Path], SparkEngine]) -> SparkEngine:
    engine = on_sail(folder)
    engine.register("places", PLACES)
    return engine


def statement(folder: Path, select: str, months: tuple[str, ...] | None = ("2016-11", "2016-12")) -> SqlStatement:
    files = tuple(
        LakeFile(path=f"{month}.parquet", month=month, rows=rows_of(folder, month), size=1, seq_from=1, seq_to=0)
        for month in ("2016-11", "2016-12")
    )
    names = tuple(SHAPE.arrow.names)
    snapshot = Snapshot(folder=folder, version=0, reached=1, files=files, columns=names, evolved=False)
    view = ReadView(view=View(table="t"), shape=SHAPE, snapshot=snapshot, at=1, months=months)
    return SqlStatement(select=select, views=(view,))


def rows_of(folder: Path, month: str) -> int:
    return int(pq.read_metadata(folder / f"{month}.parquet").num_rows)


def answer(engine: QueryEngine, asked: SqlStatement) -> Any:
    """The rows in an order that is no engine's own, or that there is no answer."""
    try:
        return sorted(engine.rows(asked), key=repr_of)
    except QueryError:
        return "an error"


def repr_of(row: tuple[Any, ...]) -> str:
    return repr([plain(value) for value in row])


def plain(value: Any) -> Any:
    return f"{Decimal(value):f}".rstrip("0").rstrip(".") if isinstance(value, int | Decimal) else value


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_both_engines_answer_the_same(construct: str, folder: Path, duckdb: LocalEngine, spark: SparkEngine) -> None:
    months = ("2016-11",) if construct == "months chosen" else None
    asked = statement(folder, CONSTRUCTS[construct], months)
    found, right = answer(spark, asked), answer(duckdb, asked)
    assert found == right
    assert (right == "an error") == (construct in FAILING) and right


def test_there_are_enough_constructs() -> None:
    assert len(CONSTRUCTS) >= 26


@pytest.mark.parametrize(
    ("fix_up", "constructs"),
    [
        ("month_difference", ("months between", "completed years")),
        ("checked_arithmetic", ("sum past 2^63", "addition past 2^63", "product past 2^63", "subtraction past 2^63")),
    ],
)
def test_without_a_fix_up_answers_differ(
    fix_up: str,
    constructs: tuple[str, ...],
    folder: Path,
    duckdb: LocalEngine,
    spark: SparkEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert spark.name
    monkeypatch.setitem(spark_sql.FIX_UPS, fix_up, lambda tree, whole: None)
    for construct in constructs:
        asked = statement(folder, CONSTRUCTS[construct])
        assert answer(spark, asked) != answer(duckdb, asked), construct
