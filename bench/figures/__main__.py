"""``python -m bench.figures [--rows 1,10,50] [--folder build/bench]``: measures, compares every result, prints Markdown and JSON."""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from bench.figures import ours, peers
from bench.figures.shape import FORMS, make_lake
from bench.figures.specs import COUNTED, specs
from tests import postgresql

#: Beyond these rows, in millions, an engine is left out: it takes minutes, or more memory than a small server has.
MOST = {"pandas": 10, "postgresql": 10}


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Median seconds and the last result."""
    took, found = [], None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        took.append(time.perf_counter() - start)
    return statistics.median(took), found


def measure(millions: int, folder: Path) -> dict[str, Any]:
    rows = millions * 1_000_000
    home = folder / f"{millions}m"
    lake, last = make_lake(home / "lake", rows)
    every = specs()
    files = peers.lake_files(home, lake)
    told: dict[str, Any] = {"rows": rows}
    told |= _ours(home, lake, every, last)
    expected = told.pop("results")

    def compare(name: str, seconds: float, found: peers.Results) -> None:
        different = [spec.name for spec in every if found[spec.name] != expected[spec.name]]
        if different:
            raise SystemExit(
                f"{name} differs from Toguna in {different[:5]}: {found[different[0]]} {expected[different[0]]}"
            )
        told[name] = seconds
        print(f"  {name}: {seconds * 1000:.0f} ms", file=sys.stderr)

    print(f"{millions} million rows", file=sys.stderr)
    told["limit"] = timed(lambda: peers.limit(files))[0]
    parquet = peers.duckdb_parquet(files)
    run = lambda sql: parquet.execute(sql).fetchall()  # noqa: E731
    compare("duckdb over the same Parquet", *timed(lambda: peers.one_by_one(run, every, last, "{form}"), 2))
    compare("polars over the same Parquet", *timed(lambda: peers.polars_scan(files, every, last), 2))
    native = peers.duckdb_native(files)
    run_native = lambda sql: native.execute(sql).fetchall()  # noqa: E731
    compare("duckdb native table", *timed(lambda: peers.one_by_one(run_native, every, last, "{form}")))
    native.close()
    if millions <= MOST["pandas"]:
        frames = peers.pandas_by_form(files)
        compare("pandas, split by form", *timed(lambda: peers.pandas_figures(frames, every, last), 1))
    if millions <= MOST["postgresql"]:
        _postgresql(files, every, last, compare)
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def _ours(home: Path, lake: Any, every: Any, last: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    cache = home / "cubes"
    shutil.rmtree(cache, ignore_errors=True)
    plain = ours.calculator(lake, every, last, None, cubes=False)
    told["toguna, one query a figure"], by_query = timed(lambda: ours.figures(plain, every, last), 1)
    fresh = ours.calculator(lake, every, last, cache, cubes=True)
    told["toguna, nothing cached"], found = timed(lambda: ours.figures(fresh, every, last), 1)
    fresh.around.engine.save()
    again = ours.calculator(lake, every, last, cache, cubes=True)
    told["toguna cold, projections ready"], found = timed(lambda: ours.figures(again, every, last), 1)
    counted = every[:COUNTED]
    third = ours.calculator(lake, every, last, cache, cubes=True)
    told["- of these, counts and sums"], _ = timed(lambda: ours.figures(third, counted, last), 1)
    told["toguna warm, nothing new"], found = timed(lambda: ours.figures(again, every, last))
    told["results"] = ours.results(found, every)
    if told["results"] != ours.results(by_query, every):
        raise SystemExit("cubes and queries differ")
    told |= _after_a_submission(home, lake, every, last, again)
    return told


def _after_a_submission(home: Path, lake: Any, every: Any, last: int, again: Any) -> dict[str, Any]:
    """Into a copy of one form's table, so that the peers read what they read before."""
    form = every[0].form
    kept = home / f"{form}-kept"
    shutil.copytree(lake.folder / form, kept)
    took, writing = [], []
    try:
        until = last
        for _ in range(3):
            start = time.perf_counter()
            until = ours.submit(lake, form, until)
            writing.append(time.perf_counter() - start)
            again.around = replace(again.around, until=until)
            start = time.perf_counter()
            found = ours.figures(again, every, last)
            took.append(time.perf_counter() - start)
        fresh = ours.calculator(lake, every, until, None, cubes=False)
        if ours.results(found, every) != ours.results(ours.figures(fresh, every, last), every):
            raise SystemExit("after a submission, cubes and queries differ")
    finally:
        shutil.rmtree(lake.folder / form)
        kept.rename(lake.folder / form)
    return {
        "toguna after one new submission": statistics.median(took),
        "- its way into the lake": statistics.median(writing),
    }


def _postgresql(files: Any, every: Any, last: int, compare: Any) -> None:
    with postgresql.server() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        peers.postgresql_tables(connection, files)

        def run(sql: str) -> list[Any]:
            return connection.execute(sql).fetchall()  # type: ignore[arg-type]

        compare("postgresql, index on date", *timed(lambda: peers.one_by_one(run, every, last, "{form}"), 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="1", help="millions, such as 1,10,50")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    arguments = parser.parse_args()
    found = [measure(int(millions), arguments.folder) for millions in arguments.rows.split(",")]
    names = [name for name in found[0] if name not in ("rows", "peak_mb")]
    print("| all 100 figures, ms | " + " | ".join(f"{one['rows'] // 1_000_000}M" for one in found) + " |")
    print("| --- |" + " ---: |" * len(found))
    for name in names:
        cells = [f"{one[name] * 1000:,.0f}" if name in one else "-" for one in found]
        print(f"| {name} | {' | '.join(cells)} |")
    print(json.dumps({"forms": len(FORMS), "measured": found}))


if __name__ == "__main__":
    main()
