"""What is sent to a cluster: one SELECT over the lake's tables with functions of ours. Everything else is refused on the tree."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toguna.figures.core.plan.spark_sql import spark_text
from toguna.figures.core.plan.statement import SqlStatement
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
