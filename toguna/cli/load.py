"""``toguna load``: files and folders of filled forms."""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toguna.access.api import acting
from toguna.cli.printing import print_problems, print_rows, progress
from toguna.cli.words import said
from toguna.collect.core.submissions.values import Receipt
from toguna.collect.loading import Loader, load
from toguna.kernel.api import Language, Problem

#: Faults that are printed; all stand in the report.
_SHOWN = 50
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
REPORT = ("file", "sheet", "row", "column", "value", "reason", "cure", "id")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="XML, CSV, XLSX, or a folder of them")
    parser.add_argument("--form", metavar="ID", help="the form that they fill in, where the files do not say")
    parser.add_argument("--all-or-none", action="store_true", help="take nothing in if anything is refused")
    parser.add_argument("--check-only", action="store_true", help="only say what would be refused")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.csv", help="every refused row: file, row, column, value, reason"
    )


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    with progress(said("load", arguments.language), None) as step:
        if arguments.check_only:
            checkup = Loader(actor=actor, form_id=arguments.form, progress=step).check(arguments.files)
            counts, problems = {"good": checkup.good, "refused": checkup.refused}, checkup.problems
        else:
            receipt = load(
                arguments.files, actor, form_id=arguments.form, all_or_none=arguments.all_or_none, progress=step
            )
            counts, problems = _counts(receipt), receipt.problems
    if arguments.report:
        write_report(arguments.report, report_rows(problems, arguments.language))
    _tell(counts, problems, arguments)
    return 1 if counts["refused"] else 0


def report_rows(problems: Iterable[Problem], language: Language) -> Iterable[dict[str, Any]]:
    """One row for each fault, with the columns of `REPORT`."""
    for problem in problems:
        place = problem.place
        yield {
            "file": place.file or "",
            "sheet": place.sheet or "",
            "row": place.row or place.line or "",
            "column": place.column or "",
            "value": problem.details.get("value", ""),
            "reason": problem.what(language),
            "cure": problem.cure(language),
            "id": problem.id,
        }


def write_report(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """As CSV for a spreadsheet; a cell that it would run as a formula is defused (CWE-1236)."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REPORT)
        for row in rows:
            writer.writerow(defused(row[name]) for name in REPORT)


def defused(cell: Any) -> Any:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _counts(receipt: Receipt) -> dict[str, int]:
    return {
        "received": len(receipt.received),
        "corrected": len(receipt.corrected),
        "duplicates": len(receipt.duplicates),
        "refused": receipt.refused,
    }


def _tell(counts: Mapping[str, int], problems: Sequence[Problem], arguments: argparse.Namespace) -> None:
    print_problems(problems[:_SHOWN], arguments.language)
    if len(problems) > _SHOWN:
        print(said("load_more", arguments.language, count=len(problems) - _SHOWN), file=sys.stderr)
    if arguments.format == "table":
        print(said("load_checked" if "good" in counts else "loaded", arguments.language, **counts))
    else:
        print_rows([counts], arguments.format)
