"""The same hundred figures by other means: DuckDB, polars, pandas and PostgreSQL, one query a figure, and the limit.

Each gives `{spec's name: {group: value}}`, so that all are compared. A region is the first four letters of a site's code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench.figures.shape import FORMS
from bench.figures.specs import Spec
from toguna.kernel.api import parse_period

Values = dict[tuple[str, ...], int]
Results = dict[str, Values]
TOUCHED = ("on", "site", "partner", "topic", "status", "women", "men", "girls", "boys", "amount")
_SUMS = {"count": "count(*)", "people": "sum(women + men + girls + boys)", "amount": "sum(amount)"}


def sql_of(spec: Spec, table: str, last: int) -> str:
    """Standard SQL that DuckDB and PostgreSQL both read."""
    period = parse_period(spec.period)
    keys = [_key(by) for by in spec.by.split(",") if by in ("region", "month")]
    if spec.measure == "distinct":
        measures = ["count(DISTINCT person)"]
    elif "sex" in spec.by:
        measures = ["sum(women + girls)", "sum(men + boys)"]
    else:
        measures = [_SUMS[spec.measure]]
    known = known_at(spec, last)
    where = [f"\"on\" BETWEEN DATE '{period.start}' AND DATE '{period.end}'"]
    where += [f"{column} IN ({', '.join(map(repr, values))})" for column, values in spec.where]
    where += [
        "_seq_to IS NULL" if spec.known is None else f"_seq_from <= {known} AND (_seq_to IS NULL OR _seq_to > {known})"
    ]
    grouped = f" GROUP BY {', '.join(str(n + 1) for n in range(len(keys)))}" if keys else ""
    return f"SELECT {', '.join([*keys, *measures])} FROM {table} WHERE {' AND '.join(where)}{grouped}"


def known_at(spec: Spec, last: int) -> int:
    return last if spec.known is None else int(spec.known * last)


def values_of(spec: Spec, rows: Iterable[Sequence[Any]]) -> Values:
    """Rows of `sql_of` by group; a group without rows is left out."""
    keys = len([by for by in spec.by.split(",") if by in ("region", "month")])
    found: Values = {}
    for row in rows:
        head = tuple(str(key) for key in row[:keys])
        cells = [("f", row[keys]), ("m", row[keys + 1])] if "sex" in spec.by else [("", row[keys])]
        for sex, value in cells:
            if value:
                found[(*head, sex) if sex else head] = int(value)
    return found


def _key(by: str) -> str:
    return "substr(site, 1, 4)" if by == "region" else 'substr(CAST("on" AS varchar), 1, 7)'


def one_by_one(run: Callable[[str], Iterable[Sequence[Any]]], specs: Sequence[Spec], last: int, name: str) -> Results:
    return {spec.name: values_of(spec, run(sql_of(spec, name.format(form=spec.form), last))) for spec in specs}


def duckdb_parquet(files: Mapping[str, Sequence[str]]) -> duckdb.DuckDBPyConnection:
    """Views over the lake's own files."""
    connection = duckdb.connect()
    connection.execute("SET enable_object_cache = true")
    for form in FORMS:
        connection.execute(
            f"CREATE VIEW {form} AS SELECT * FROM read_parquet({list(files[form])!r}, hive_partitioning = false)"
        )
    return connection


def duckdb_native(files: Mapping[str, Sequence[str]]) -> duckdb.DuckDBPyConnection:
    """Tables of DuckDB's own, one a form, in the lake's order: by date and place."""
    connection = duckdb.connect()
    for form in FORMS:
        connection.execute(
            f"CREATE TABLE {form} AS SELECT * FROM read_parquet({list(files[form])!r}, hive_partitioning = false)"
        )
    return connection


def polars_scan(files: Mapping[str, Sequence[str]], specs: Sequence[Spec], last: int) -> Results:
    """All figures in one `collect_all` over the same files."""
    frames = {form: pl.scan_parquet(list(files[form]), hive_partitioning=False) for form in FORMS}
    collected = pl.collect_all([_polars(frames[spec.form], spec, last) for spec in specs])
    return {spec.name: values_of(spec, frame.rows()) for spec, frame in zip(specs, collected, strict=True)}


def _polars(frame: pl.LazyFrame, spec: Spec, last: int) -> pl.LazyFrame:
    period, known = parse_period(spec.period), known_at(spec, last)
    rows = frame.filter(pl.col("on").is_between(period.start, period.end))
    for column, values in spec.where:
        rows = rows.filter(pl.col(column).is_in(values))
    if spec.known is None:
        rows = rows.filter(pl.col("_seq_to").is_null())
    else:
        rows = rows.filter((pl.col("_seq_from") <= known) & (pl.col("_seq_to").is_null() | (pl.col("_seq_to") > known)))
    people = pl.col("women") + pl.col("men") + pl.col("girls") + pl.col("boys")
    measures = {
        "count": [pl.len().alias("value")],
        "people": [people.sum().alias("value")],
        "amount": [pl.col("amount").sum().alias("value")],
        "distinct": [pl.col("person").n_unique().alias("value")],
    }[spec.measure]
    if "sex" in spec.by:
        measures = [
            (pl.col("women") + pl.col("girls")).sum().alias("f"),
            (pl.col("men") + pl.col("boys")).sum().alias("m"),
        ]
    keys = [
        pl.col("site").str.slice(0, 4).alias("region")
        if by == "region"
        else pl.col("on").dt.strftime("%Y-%m").alias("month")
        for by in spec.by.split(",")
        if by in ("region", "month")
    ]
    return rows.group_by(keys).agg(measures) if keys else rows.select(measures)


def pandas_by_form(files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Frames in memory, one a form, text as categories."""
    columns = [*TOUCHED, "person", "_seq_from", "_seq_to"]
    frames = {}
    for form in FORMS:
        frame = pl.read_parquet(list(files[form]), columns=columns, hive_partitioning=False).with_columns(
            pl.col("site").str.slice(0, 4).alias("region"),
            pl.col("on").dt.strftime("%Y-%m").alias("month"),
        )
        text = [name for name, kind in frame.schema.items() if kind == pl.String]
        frames[form] = frame.with_columns(pl.col(text).cast(pl.Categorical)).to_pandas()
    return frames


def pandas_figures(frames: Mapping[str, Any], specs: Sequence[Spec], last: int) -> Results:
    return {spec.name: _pandas(frames[spec.form], spec, last) for spec in specs}


def _pandas(frame: Any, spec: Spec, last: int) -> Values:
    period, known = parse_period(spec.period), known_at(spec, last)
    on = frame["on"]
    mask = (on >= str(period.start)) & (on <= str(period.end))
    for column, values in spec.where:
        mask &= frame[column].isin(values)
    ends = frame["_seq_to"]
    mask &= ends.isna() if spec.known is None else (frame["_seq_from"] <= known) & (ends.isna() | (ends > known))
    rows = frame[mask]
    keys = [by for by in spec.by.split(",") if by in ("region", "month")]
    if spec.measure == "distinct":
        found = rows.groupby(keys, observed=True)["person"].nunique() if keys else rows["person"].nunique()
        return _of_pandas(spec, found, keys)
    columns = {"people": ["women", "men", "girls", "boys"], "amount": ["amount"], "count": []}[spec.measure]
    parts = {"f": ["women", "girls"], "m": ["men", "boys"]} if "sex" in spec.by else {"": columns}
    values: Values = {}
    for sex, names in parts.items():
        each = rows[names].sum(axis=1) if names else on[mask].notna().astype("int64")
        found = each.groupby([rows[key] for key in keys], observed=True).sum() if keys else each.sum()
        values |= {(*key, sex) if sex else key: value for key, value in _of_pandas(spec, found, keys).items()}
    return values


def _of_pandas(spec: Spec, found: Any, keys: Sequence[str]) -> Values:
    if not keys:
        return {(): int(found)} if found else {}
    return {(str(key),): int(value) for key, value in found.items() if value}


def postgresql_tables(connection: Any, files: Mapping[str, Sequence[str]]) -> None:
    """One table a form, filled in the lake's order, with an index on the date, analysed."""
    columns = [*TOUCHED, "person", "_seq_from", "_seq_to"]
    kinds = dict.fromkeys(columns, "text") | dict.fromkeys(("women", "men", "girls", "boys"), "bigint")
    kinds |= {"on": "date", "amount": "bigint", "_seq_from": "bigint", "_seq_to": "bigint"}
    with connection.cursor() as cursor:
        for form in FORMS:
            cursor.execute(f"DROP TABLE IF EXISTS {form}")
            written = ", ".join(f'"{name}" {kinds[name]}' for name in columns)
            cursor.execute(f"CREATE UNLOGGED TABLE {form} ({written})")
            frame = pl.read_parquet(list(files[form]), columns=columns, hive_partitioning=False)
            with cursor.copy(f"COPY {form} FROM STDIN (FORMAT csv)") as copy:
                copy.write(frame.write_csv(include_header=False))
            cursor.execute(f'CREATE INDEX ON {form} ("on")')
            cursor.execute(f"ANALYZE {form}")


def limit(files: Mapping[str, Sequence[str]]) -> float:
    """Seconds to add up every touched column of every file once: what no engine over these files can beat."""
    paths = [path for form in FORMS for path in files[form]]
    sums = ", ".join(f'max("{name}")' if name in TOUCHED[:5] else f"sum({name})" for name in TOUCHED)
    connection = duckdb.connect()
    start = time.perf_counter()
    connection.execute(f"SELECT {sums} FROM read_parquet({paths!r}, hive_partitioning = false)").fetchall()
    return time.perf_counter() - start


def lake_files(folder: Path, lake: Any) -> dict[str, list[str]]:
    return {form: lake.snapshot(form).paths() for form in FORMS}
