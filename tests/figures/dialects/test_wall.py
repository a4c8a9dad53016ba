"""What is sent to a cluster: one SELECT over the lake's tables with functions of ours. Everything else is refused on the tree."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from tests.figures.dialects.statements import OF_FILES
from tests.figures.strategies import Case, cases
from tests.figures.test_planner import check_thrice, engine_of
from toguna.figures.core.plan.spark_sql import spark_text
from toguna.figures.core.plan.statement import SqlStatement
from toguna.figures.lake import Cell
from toguna.figures.lake.lockdown import LocalEngine
from toguna.figures.lake.spark import SparkEngine
from toguna.kernel.api import Refused

#: What a condition could hold if every check before were passed by, and the fault that refuses it.
HOSTILE = {
    'EXISTS (SELECT * FROM "text"."/etc/passwd")': "statement_table",
    'EXISTS (SELECT * FROM "parquet"."s3://elsewhere/table")': "statement_table",
    'EXISTS (SELECT * FROM "delta"."/srv/other/lake")': "statement_table",
    'EXISTS (SELECT * FROM "/etc/passwd")': "statement_table",
    "EXISTS (SELECT * FROM '/etc/passwd')": "statement_table",
    "EXISTS (SELECT * FROM salaries)": "statement_table",
    "EXISTS (SELECT * FROM hr.salaries)": "statement_table",
    "EXISTS (SELECT * FROM main.hr.salaries)": "statement_table",
    "EXISTS (SELECT * FROM information_schema.tables)": "statement_table",
    "EXISTS (SELECT * FROM read_csv('/etc/passwd'))": "statement_table",
    "EXISTS (SELECT * FROM read_text('/etc/passwd'))": "statement_table",
    "EXISTS (SELECT * FROM read_parquet('/srv/other/*.parquet'))": "statement_table",
    "EXISTS (SELECT * FROM read_files('/etc'))": "statement_table",
    "EXISTS (SELECT 1 FROM places UNION SELECT 1 FROM salaries)": "statement_table",
    "reflect('java.lang.Runtime', 'getRuntime') IS NULL": "statement_function",
    "java_method('java.lang.System', 'getenv', 'HOME') = 'x'": "statement_function",
    "input_file_name() = 'x'": "statement_function",
    "http_request('GET', 'http://example.org') IS NULL": "statement_function",
    "secret('scope', 'key') = 'x'": "statement_function",
    "ai_query('model', 'x') IS NULL": "statement_function",
    "1 = 1; DROP TABLE places": "statement_not_select",
    "1 = 1; SELECT 2": "statement_not_select",
    "1 = 1; CREATE TABLE t AS SELECT 1": "statement_not_select",
    "1 = (": "statement_unreadable",
}


@pytest.mark.parametrize("condition", HOSTILE)
def test_a_hostile_condition_is_refused_before_it_is_sent(condition: str) -> None:
    with pytest.raises(Refused) as refusal:
        spark_text(SqlStatement(select=f"SELECT code FROM places WHERE {condition}"), ("places",))
    assert [problem.id for problem in refusal.value.problems] == [f"figures.{HOSTILE[condition]}"]
    assert all(problem.written(language) for problem in refusal.value.problems for language in ("en", "fr"))


#: Whole statements that passed an earlier check or ended in another error than a refusal.
DAY = "DATE '2016-01-01'"
HOSTILE_STATEMENTS = (
    'SELECT CAST(NULL AS "void) AS v, t.* FROM text.`/etc/passwd` AS t --") FROM places',
    'SELECT code::"a) FROM text.`/etc/passwd` --" FROM places',
    'SELECT CAST(code AS STRUCT("a b) FROM x --" INT)) FROM places',
    f"SELECT date_diff('day, CURRENT_DATE, CURRENT_DATE), VERSION() --', {DAY}, {DAY}) AS v FROM places",
    f"SELECT date_trunc('month'') FROM text.`x` --', {DAY}) FROM places",
    f"SELECT date_trunc('week', {DAY}) FROM places",
    "WITH x AS (DELETE FROM places RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO places SELECT * FROM places) SELECT * FROM x",
    "WITH RECURSIVE x AS (SELECT 1 AS a) SELECT * FROM x",
    "SELECT * FROM (DESCRIBE places)",
    "SELECT * FROM (SUMMARIZE places)",
    "SELECT * FROM (SHOW TABLES)",
    "SELECT * FROM places TABLESAMPLE (10 PERCENT)",
    "SELECT * FROM places USING SAMPLE 10%",
    "SELECT * FROM places AT (VERSION => 1)",
    "SELECT * FROM places PIVOT (count(*) FOR code IN ('a'))",
    "SELECT * EXCLUDE (code) FROM places",
    "SELECT code FROM places WHERE code LIKE 'a'",
    "SELECT code FROM places WHERE code SIMILAR TO 'a'",
    "SELECT code FROM places WHERE code GLOB 'a'",
    "SELECT code FROM places WHERE code = ANY(x)",
    "SELECT code FROM places NATURAL JOIN places AS p",
    "SELECT code FROM places POSITIONAL JOIN places AS p",
    "SELECT code FROM places LIMIT 1",
    "SELECT code AT TIME ZONE 'x' FROM places",
    "SELECT code COLLATE utf8_lcase FROM places",
    "SELECT cat.hr.date_part('year', code) FROM places",
    "SELECT hr.timezone('UTC', code) FROM places",
    "SELECT hr.abs(code) FROM places",
    "SELECT timezone('UTC', code, 1) FROM places",
    "SELECT timezone(code) FROM places",
    "SELECT timezone(code, code) FROM places",
    "SELECT date_part('x', code) FROM places",
    "SELECT strftime(code, code) FROM places",
    "SELECT $1 FROM places",
    "SELECT ? FROM places",
    "SELECT CAST(code AS foo) FROM places",
    "SELECT TRY_CAST(code AS INT) FROM places",
    "SELECT user, session_user FROM places",
    "SELECT current_user FROM places",
    "SELECT INTERVAL 1 foo FROM places",
    "SELECT 1e400 FROM places",
    "SELECT count(*) OVER (ORDER BY code) FROM places",
    "SELECT x -> x + 1 FROM places",
    "SELECT [x for x in code] FROM places",
)


@pytest.mark.parametrize("written", HOSTILE_STATEMENTS)
def test_a_statement_that_the_planner_never_writes_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        spark_text(SqlStatement(select=written), ("places",))
    assert all(problem.written(language) for problem in refusal.value.problems for language in ("en", "fr"))


class WalledEngine(LocalEngine):
    """DuckDB, asked only what the wall lets through."""

    def rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        assert spark_text(statement, ("places",)) and spark_text(statement, ("places",), whole_tables=True)
        return super().rows(statement)

    def table(self, statement: SqlStatement) -> pa.Table:
        assert spark_text(statement, ("places",))
        return super().table(statement)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_everything_that_the_planner_writes_is_let_through(tmp_path_factory: Any, case: Case) -> None:
    folder = tmp_path_factory.mktemp("walled")
    cell = Cell(folder, memory="1GB", threads=1)
    engine = engine_of(case, folder, cell)
    engine.use_remote(WalledEngine(cell), above=0)
    check_thrice(case, engine)
    cell.close()


@pytest.mark.parametrize("name", OF_FILES)
def test_the_golden_statements_are_let_through(name: str) -> None:
    assert spark_text(OF_FILES[name], ("places",))


@pytest.mark.parametrize(
    "written", ["INSERT INTO places VALUES (1)", "DELETE FROM places", "SELECT * INTO t FROM places", "SET x = 1", ""]
)
def test_another_thing_than_a_select_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        spark_text(SqlStatement(select=written), ("places",))


def test_a_text_with_quotes_and_strokes_stays_one_text() -> None:
    for text in ("it''s", "\\", "\\''; DROP TABLE places --", "a`b", "\n", "${spark.home}", "\\u0041"):
        sql = spark_text(SqlStatement(select=f"SELECT code FROM places WHERE code = '{text}'"), ("places",))
        assert sql.count("SELECT") == 1 and sql.endswith("'")


def test_a_file_of_the_cluster_is_read_by_nobody(on_sail: Callable[[Path], SparkEngine], tmp_path: Path) -> None:
    """The engine itself would read it: our check is the wall."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    engine = on_sail(tmp_path)
    text = f"SELECT * FROM text.`{secret}`"
    rows = engine._proved().ask(lambda spark: spark.sql(text).toArrow().to_pylist(), 60)
    assert rows == [{"value": "hush"}]
    with pytest.raises(Refused):
        engine.rows(SqlStatement(select=f'SELECT * FROM "text"."{secret}"'))
