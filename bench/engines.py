"""``python -m bench.engines --engine sc://host:port [--rows 10]``: the figures of `bench.figures`, here and on another engine.

Every figure of the other engine is compared with DuckDB's; one that differs ends the run. Prints Markdown: the median of a figure
asked by a query of its own, and all of them from cubes, in milliseconds of wall clock, since the other engine's work is not ours to count.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from bench.figures import ours
from bench.figures.shape import make_lake
from bench.figures.specs import Spec, specs
from toguna.figures.lake.spark import SparkEngine, SparkSettings


def measure(lake: Any, last: int, every: list[Spec], address: str | None) -> tuple[dict[str, float], Any]:
    """Times in seconds by what was done, and the values that were found. Without an address, on DuckDB."""
    took: dict[str, float] = {}
    spark = None
    if address:
        start = time.perf_counter()
        there = str(lake.folder.resolve())
        spark = SparkEngine(SparkSettings(address=address, here=lake.folder, there=there))
        took["connect and probe"] = time.perf_counter() - start
    try:
        single, found = [], {}
        plain = ours.calculator(lake, every, last, None, cubes=False)
        if spark:
            plain.around.engine.use_remote(spark, above=0)
        for number, spec in enumerate(every, 1):
            start = time.perf_counter()
            found |= ours.results(ours.figures(plain, [spec], last), [spec])
            single.append(time.perf_counter() - start)
            print(f"\r  {number}/{len(every)}", end="", file=sys.stderr)
        print(file=sys.stderr)
        took["first figure, with the views over the lake"] = single[0]
        took["a figure, median"] = statistics.median(single[1:])
        cubed = ours.calculator(lake, every, last, None, cubes=True)
        if spark:
            cubed.around.engine.use_remote(spark, above=0)
        start = time.perf_counter()
        by_cubes = ours.results(ours.figures(cubed, every, last), every)
        took["all figures, by cubes"] = time.perf_counter() - start
    finally:
        if spark:
            spark.close()
    if by_cubes != found:
        raise SystemExit("cubes and queries differ")
    return took, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", required=True, help="such as sc://127.0.0.1:15002")
    parser.add_argument("--rows", type=int, default=10, help="millions")
    parser.add_argument("--figures", type=int, default=100, help="how many of the hundred")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    arguments = parser.parse_args()
    lake, last = make_lake(arguments.folder / f"{arguments.rows}m" / "lake", arguments.rows * 1_000_000)
    every = list(specs())
    every = every[:: max(1, len(every) // arguments.figures)]
    here, expected = measure(lake, last, every, None)
    there, found = measure(lake, last, every, arguments.engine)
    different = [name for name in expected if found[name] != expected[name]]
    if different:
        raise SystemExit(f"{len(different)} figures differ: {', '.join(different[:5])}")
    print(f"| {len(every)} figures over {arguments.rows} million rows, ms | DuckDB | {arguments.engine} | ratio |")
    print("| --- | ---: | ---: | ---: |")
    for name, seconds in there.items():
        own = here.get(name)
        shown, ratio = (f"{own * 1000:,.0f}", f"{seconds / own:.1f}") if own else ("-", "-")
        print(f"| {name} | {shown} | {seconds * 1000:,.0f} | {ratio} |")


if __name__ == "__main__":
    main()
