"""``toguna ledger``: each printed number of the reference publication beside what is computed."""

from __future__ import annotations

import argparse
import sys

from toguna.access.api import acting
from toguna.cli.printing import print_problems, print_rows
from toguna.cli.times import period_said
from toguna.cli.words import said
from toguna.pack.api import ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The period, and what to leave out."""
    parser.add_argument("--period", metavar="PERIOD", help="such as 2016-12; the pack's last closed one otherwise")
    parser.add_argument("--status", metavar="STATUS", help="only lines of this status, such as differs")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 1 when a reference cannot be computed, or a line differs and says no reason."""
    period = period_said(arguments.period) if arguments.period else None
    found = ledger(acting(arguments.actor), period, arguments.language)
    rows = [judged.as_json() for judged in found.lines if arguments.status in (None, judged.status)]
    columns = ("id", "basis", "printed", "computed", "shown", "status", "reference", "reason")
    print_rows(rows, arguments.format, columns)
    print_problems(found.problems, arguments.language)
    if arguments.format == "table":
        language = arguments.language
        counts = ", ".join(f"{number} {said(status, language)}" for status, number in sorted(found.by_status.items()))
        told = said("ledger_told", language, period=found.period.written(), lines=len(found.lines), counts=counts)
        print(told, file=sys.stderr)
    return 1 if found.problems or found.unexplained else 0
