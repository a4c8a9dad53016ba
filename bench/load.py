"""How fast submissions come in: filled forms in bulk on the full path, and a large spreadsheet checked with its report.

`python -m bench.load [--submissions 20000] [--rows 200000] [--runs 3]` prints a table; docs/bench-load.md keeps one. Each measurement is
a process of its own, so that its peak of memory is its own. The sheet is compared with fastexcel's reading of it alone, in the same run.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import xlsxwriter

from toguna.instance.api import building, configure, open_instance, parse_operation

OPERATION = """
[operation]
id = "bench"
name = {en = "Bench", fr = "Bench"}
languages = ["en", "fr"]
time_zone = "Africa/Bamako"
place = "ML"
demonstration = true
currency = "XOF"
"""
#: Fifteen questions of the kinds that payments have.
FORM = """
| survey | | | | | | |
| | type | name | label | required | relevant | constraint |
| | text | payment | Payment | yes | | |
| | select_one_from_file places.csv | payment_place | Paid in | yes | | |
| | select_one_from_file places.csv | return_place | Returned to | yes | | |
| | text | household | Household | yes | | |
| | text | payee | Payee | yes | | |
| | integer | women | Women | yes | | . >= 0 |
| | integer | men | Men | yes | | . >= 0 |
| | integer | girls | Girls | yes | | . >= 0 |
| | integer | boys | Boys | yes | | . >= 0 and ${women} + ${men} + ${girls} + . > 0 |
| | select_one status | status | Status | yes | | |
| | date | listed_on | Listed on | yes | | . <= today() |
| | date | paid_on | Paid on | ${status} = 'paid' | ${status} = 'paid' | . >= ${listed_on} |
| | decimal | amount | Amount | yes | | . > 0 |
| | select_one currency | currency | Currency | yes | | |
| | text | list_version | List | | | |
| choices | | | |
| | list_name | name | label |
| | status | listed | Listed |
| | status | paid | Paid |
| | currency | XOF | CFA franc |
| | currency | USD | US dollar |
| settings | | |
| | form_id | version |
| | payment | 1 |
"""
NAMES = (
    "payment", "payment_place", "return_place", "household", "payee", "women", "men", "girls", "boys", "status", "listed_on", "paid_on",
    "amount", "currency", "list_version",
)  # fmt: skip
PLACES = 700
#: One row in so many has a fault.
BAD = 100


def answers(number: int, chance: random.Random) -> list[Any]:
    place = f"ML{chance.randrange(PLACES):04}"
    paid = chance.random() < 0.8
    day, month = chance.randrange(1, 29), chance.randrange(1, 12)
    return [
        f"P-{number:07}", place, f"ML{chance.randrange(PLACES):04}", f"H-{number // 2:06}", f"payee {number % 5000}",
        chance.randrange(1, 4), chance.randrange(3), chance.randrange(4), chance.randrange(4), "paid" if paid else "listed",
        f"2016-{month:02}-{day:02}", f"2016-12-{day:02}" if paid else "", chance.randrange(10_000, 90_000), "XOF", "L1",
    ]  # fmt: skip


def write_forms(folder: Path, count: int) -> None:
    chance = random.Random(1)
    folder.mkdir()
    for number in range(count):
        values = zip(NAMES, answers(number, chance), strict=True)
        body = "".join(f"<{name}>{value}</{name}>" for name, value in values if value != "")
        padding = f"<meta><instanceID>uuid:00000000-0000-4000-8000-{number:012}</instanceID></meta>"
        (folder / f"{number:06}.xml").write_text(f'<data id="payment" version="1">{body}{padding}</data>')


def write_sheet(path: Path, rows: int) -> None:
    chance = random.Random(2)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("payment")
        sheet.write_row(0, 0, NAMES)
        for number in range(rows):
            row = answers(number, chance)
            if number % BAD == 0:
                row[chance.choice((1, 5, 10))] = chance.choice(("ML99999", "x", "31/02/2016"))
            sheet.write_row(number + 1, 0, row)


def make_home(folder: Path) -> Path:
    home = folder / "home"
    configure(home)
    with building(home, parse_operation(OPERATION)):
        pass
    return home


def measured(job: str, home: Path, source: Path) -> dict[str, float]:
    """Run one job in a process of its own."""
    command = [sys.executable, "-m", "bench.load", "--job", job, "--home", str(home), "--source", str(source)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return result


def run_job(job: str, home: Path, source: Path) -> dict[str, float]:
    """One job; seconds without imports and opening, and the process's peak."""
    if job == "read":
        import fastexcel  # noqa: PLC0415

        begun = time.perf_counter(), time.process_time()
        fastexcel.read_excel(str(source)).load_sheet(0, dtypes="string").to_polars()
        return _result(begun, {})
    open_instance(home)
    from toguna.access.api import acting  # noqa: PLC0415  (models are imported once settings stand)
    from toguna.cli.load import report_rows, write_report  # noqa: PLC0415
    from toguna.collect.arrivals import Folders  # noqa: PLC0415
    from toguna.collect.loading import load, preview  # noqa: PLC0415

    begun = time.perf_counter(), time.process_time()
    if job == "check":
        seen = preview(Folders(paths=[source], actor=acting(None)), acting(None)).receipt
        write_report(home / "report.csv", report_rows(seen.problems, "en"))
        return _result(begun, {"good": len(seen.received), "refused": seen.refused})
    receipt = load([source], acting(None))
    return _result(begun, {"good": len(receipt.received), "refused": receipt.refused})


def _result(begun: tuple[float, float], counts: dict[str, float]) -> dict[str, float]:
    seconds, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    high = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    peak = int(high.split()[1]) / 1024
    return {"seconds": seconds, "cpu": cpu, "peak": peak, **counts}


def prepare(home: Path) -> None:
    from toguna.access.api import acting  # noqa: PLC0415
    from toguna.collect.api import publish_form  # noqa: PLC0415
    from toguna.places.api import load_places  # noqa: PLC0415

    open_instance(home)
    load_places(
        [{"pcode": "ML", "slug": "mali", "name_en": "Mali", "level": "0", "kind": "country"}]
        + [
            {
                "pcode": f"ML{n:04}",
                "slug": f"p{n}",
                "name_en": f"Place {n}",
                "level": "1",
                "kind": "region",
                "parent": "ML",
            }
            for n in range(PLACES)
        ]
    )
    publish_form(FORM.encode(), acting(None), name="payment.md")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--job", choices=("read", "check", "load"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--source", type=Path)
    arguments = parser.parse_args()
    if arguments.job:
        configure(arguments.home)
        print(json.dumps(run_job(arguments.job, arguments.home, arguments.source)))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        home = make_home(folder)
        prepare(home)
        forms, sheet = folder / "forms", folder / "rows.xlsx"
        write_forms(forms, arguments.submissions)
        write_sheet(sheet, arguments.rows)
        report(home, forms, sheet, arguments)


def report(home: Path, forms: Path, sheet: Path, arguments: argparse.Namespace) -> None:
    rows: dict[str, list[dict[str, float]]] = {"read": [], "check": [], "load forms": [], "load sheet": []}
    for number in range(arguments.runs):
        rows["read"].append(measured("read", home, sheet))
        rows["check"].append(measured("check", home, sheet))
        copy = home.with_name(f"copy{number}")
        shutil.copytree(home, copy)
        rows["load forms"].append(measured("load", copy, forms))
        if number == 0:
            rows["load sheet"].append(measured("load", copy, sheet))
        shutil.rmtree(copy)
    print("| job | s (median) | s (all) | CPU s (median) | a second | a CPU second | peak MB | good | refused |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, found in rows.items():
        seconds, cpu = (statistics.median(one[key] for one in found) for key in ("seconds", "cpu"))
        count = arguments.submissions if name == "load forms" else arguments.rows
        every = " ".join(f"{one['seconds']:.2f}" for one in found)
        counts = f"{found[0].get('good', '')} | {found[0].get('refused', '')}"
        peak = max(one["peak"] for one in found)
        print(
            f"| {name} | {seconds:.2f} | {every} | {cpu:.2f} | {count / seconds:,.0f} | {count / cpu:,.0f} | {peak:.0f} | {counts} |"
        )
    for key in ("seconds", "cpu"):
        pairs = zip(rows["check"], rows["read"], strict=True)
        print(
            f"check / fastexcel's read, {key}: {statistics.median(one[key] / other[key] for one, other in pairs):.2f}"
        )


if __name__ == "__main__":
    main()
