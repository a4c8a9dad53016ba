"""Behind the rebuilt expressions stands a second wall: no statement but one SELECT, no file but the lake's, no extension."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.figures.lake.stories import MemoryFeed, visit
from toguna.figures.core.plan.statement import QueryError
from toguna.figures.lake import Cell, Lake
from toguna.kernel.api import Refused

#: What a hostile condition could hold if its check were passed by: {db} a database, {file} a text file, {lake} the lake.
HOSTILE = [
    "1=1; COPY (SELECT 1) TO '{lake}/stolen.csv'",
    "1=1; COPY rows TO '{out}'",
    "1=1; ATTACH '{db}' AS d",
    "1=1; ATTACH '{db}' AS d (TYPE sqlite)",
    "1=1; INSTALL httpfs",
    "1=1; LOAD sqlite_scanner",
    "1=1; SET enable_external_access = true",
    "1=1; SET allowed_directories = ['/']",
    "1=1; RESET lock_configuration",
    "1=1; PRAGMA enable_profiling",
    "1=1; EXPORT DATABASE '{out}'",
    "1=1; CREATE TABLE t AS SELECT 1",
    "1=1; DROP VIEW rows",
    "1=1; CALL pragma_database_size()",
    "1=1; SELECT 2",
    "EXISTS (SELECT * FROM read_csv('{file}'))",
    "EXISTS (SELECT * FROM read_csv_auto('/etc/passwd'))",
    "EXISTS (SELECT * FROM read_text('{file}'))",
    "EXISTS (SELECT * FROM read_blob('{lake}/../secret.txt'))",
    "EXISTS (SELECT * FROM '{file}')",
    "EXISTS (SELECT * FROM glob('{root}/*'))",
    "EXISTS (SELECT * FROM sqlite_scan('{db}', 'people'))",
    "EXISTS (SELECT * FROM read_json('{file}'))",
    "EXISTS (SELECT * FROM read_parquet('{root}/*.parquet'))",
    "EXISTS (SELECT * FROM parquet_metadata('{root}/other.parquet'))",
    "EXISTS (SELECT * FROM read_duckdb('{db}'))",
    "EXISTS (SELECT * FROM postgres_scan('host=localhost', 'public', 't'))",
    "getenv('HOME') IS NOT NULL",
    "EXISTS (SELECT * FROM query('COPY (SELECT 1) TO ''{out}'''))",
    "EXISTS (SELECT * FROM read_csv('https://example.org/x.csv'))",
    "EXISTS (SELECT * FROM python_object)",
]


@pytest.fixture
def cell(tmp_path: Path) -> Iterator[Cell]:
    lake = Lake(tmp_path / "lake", b"s" * 32)
    feed = MemoryFeed()
    feed.record("a", date(2016, 12, 1), visit(date(2016, 12, 1), users=7))
    lake.sync([feed], 1)
    (tmp_path / "secret.txt").write_text("secret\n1\n")
    with sqlite3.connect(tmp_path / "people.sqlite3") as database:
        database.execute("CREATE TABLE people (name TEXT)")
    cell = Cell(tmp_path / "lake", memory="1GB")
    rows = cell.query(f"SELECT * FROM read_parquet({lake.snapshot('visit').paths()!r}, hive_partitioning = false)")
    assert rows["users"].to_pylist() == [7]
    yield cell
    cell.close()


@pytest.mark.parametrize("condition", HOSTILE)
def test_a_hostile_condition_reaches_nothing(cell: Cell, tmp_path: Path, condition: str) -> None:
    python_object = pa.table({"x": [1]})
    before = sorted(tmp_path.rglob("*"))
    written = condition.format(
        db=tmp_path / "people.sqlite3",
        file=tmp_path / "secret.txt",
        lake=tmp_path / "lake",
        out=tmp_path / "out",
        root=tmp_path,
    )
    with pytest.raises((Refused, QueryError)):
        cell.query(f"SELECT count(*) FROM (SELECT 1 AS x) AS rows WHERE {written}")
    assert sorted(tmp_path.rglob("*")) == before
    assert cell.rows("SELECT 41 + 1") == [(42,)]
    assert python_object.num_rows == 1


def test_a_hundred_answers_leave_the_connection_free(cell: Cell) -> None:
    assert [cell.cursor().rows(f"SELECT {n}")[0][0] for n in range(100)] == list(range(100))
