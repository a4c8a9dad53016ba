"""``toguna doctor``: a report on the instance that is safe to mail."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from toguna.cli.printing import print_rows
from toguna.cli.words import said
from toguna.maintenance.api import examine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the report as JSON, to be mailed")


def run(arguments: argparse.Namespace) -> int:
    """Prints what was looked at; 1 when something stops work. Works on an instance that does not open."""
    language = arguments.language
    report = examine(arguments.home)
    if arguments.output:
        content = json.dumps(report.as_json(language), ensure_ascii=False, indent=1) + "\n"
        descriptor = os.open(arguments.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
        print(said("report_written", language, path=arguments.output))
    rows = [{"message": "", "cure": "", **one.as_json(language)} for one in report.examined]
    print_rows(rows, arguments.format, ("check", "state", "measured", "message", "cure"))
    return 1 if report.faults else 0
