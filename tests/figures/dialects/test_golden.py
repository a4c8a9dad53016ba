"""The Spark text of forty statements, kept in `spark.sql` and read in review. ``TOGUNA_WRITE=1 pytest`` on this file renews it."""

import os
from pathlib import Path

from tests.figures.dialects.statements import OF_FILES, OF_TABLES
from toguna.figures.core.plan.spark_sql import spark_text

GOLDEN = Path(__file__).parent / "spark.sql"


def written() -> dict[str, str]:
    texts = {name: spark_text(one, ("places",)) for name, one in OF_FILES.items()}
    tables = {
        f"{name} at a version": spark_text(one, ("places",), whole_tables=True) for name, one in OF_TABLES.items()
    }
    return texts | tables


def test_spark_text_is_as_it_was_read() -> None:
    found = written()
    text = "".join(f"-- {name}\n{sql};\n\n" for name, sql in found.items())
    if os.environ.get("TOGUNA_WRITE"):
        GOLDEN.write_text(text)
    assert len(found) == 40
    assert GOLDEN.read_text() == text, "the Spark text changed: read it, then run with TOGUNA_WRITE=1"


def test_nothing_of_duckdb_alone_is_left() -> None:
    for name, sql in written().items():
        words = sql.upper()
        assert not any(word in words for word in ("READ_PARQUET", "TIMEZONE(", "INT128", "HUGEINT", "QUALIFY")), name
        assert "DATEDIFF(MONTH" not in words, name
