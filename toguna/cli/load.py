"""``toguna load``: files and folders of filled forms."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from toguna.access.api import acting
from toguna.cli.printing import print_problems, print_rows, progress
from toguna.cli.words import said
from toguna.collect.arrivals import Folders, Options
from toguna.collect.core.submissions.values import Correction, Kind, Receipt
from toguna.collect.loading import preview, take
from toguna.kernel.api import Language, Problem
from toguna.kernel.core.spreadsheets import defused

#: Faults that are printed; all stand in the report.
_SHOWN = 50
REPORT = ("file", "sheet", "row", "column", "value", "reason", "cure", "id")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="XML, CSV, XLSX, or a folder of them")
    parser.add_argument("--form", metavar="ID", help="the form that they fill in, where the files do not say")
    parser.add_argument("--all-or-none", action="store_true", help="take nothing in if anything is refused")
    parser.add_argument(
        "--check-only", action="store_true", help="only show what would be taken in, changed and refused"
    )
    parser.add_argument(
        "--replace", action="store_true", help="remove the rows that a file does not have from what it corrects"
    )
    parser.add_argument(
        "--reason", default="", metavar="CODE", help="take in what is questioned, with this reason of the operation"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE.csv", help="every refused row: file, row, column, value, reason"
    )


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    options = Options(
        form_id=arguments.form, all_or_none=arguments.all_or_none, replaces=arguments.replace, reason=arguments.reason
    )
    with progress(said("load", arguments.language), None) as step:
        seen = preview(Folders(paths=arguments.files, actor=actor), actor, options, step)
    _show(seen.receipt.corrections, arguments)
    receipt = seen.receipt
    if not arguments.check_only:
        with progress(said("load", arguments.language), None) as step:
            receipt = take(seen, step)
    if arguments.report:
        write_report(arguments.report, report_rows(_of_rows(receipt.problems), arguments.language))
    _tell(_counts(receipt), receipt.problems, arguments)
    return 1 if receipt.refused else 0


def _show(corrections: Sequence[Correction], arguments: argparse.Namespace) -> None:
    """What the files change of what is stored, before anything is written: on standard error, where a table is asked."""
    lines = [line for one in corrections for line in _lines(one, arguments.language)]
    for line in lines[:_SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > _SHOWN:
        print(said("load_changes_more", arguments.language, count=len(lines) - _SHOWN), file=sys.stderr)


def _lines(one: Correction, language: Language) -> Iterator[str]:
    """A heading with the counts, and a line for each row that is new, changed or not in the file."""
    counts = {kind: one.count(kind) for kind in get_args(Kind)}
    yield said("load_corrects", language, file=one.name, row=one.row, form=one.form_id, held=one.corrects, **counts)
    for change in one.changes:
        if change.kind in ("new", "changed") and change.table:
            named = f"{change.table}: {change.key or '-'}"
            columns = f" ({', '.join(change.columns)})" if change.columns else ""
            yield f"  {said(f'row_{change.kind}', language)} {named}{columns}"


def _of_rows(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Refusals, and what is said of one row; remarks on a whole file are no rows to correct."""
    return (problem for problem in problems if problem.is_error or problem.place.row)


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
            writer.writerow(defused(str(row[name])) for name in REPORT)


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
        print(said("load_checked" if arguments.check_only else "loaded", arguments.language, **counts))
    else:
        print_rows([counts], arguments.format)
