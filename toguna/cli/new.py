"""``toguna new --pack FOLDER``: an instance made from an operation pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from toguna.cli.printing import print_problems, progress
from toguna.pack.new import new


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pack's folder."""
    parser.add_argument("--pack", type=Path, required=True, metavar="FOLDER", help="such as operations/mali")


def run(arguments: argparse.Namespace) -> int:
    made = new(arguments.pack, arguments.home, progress)
    print_problems(made.problems, arguments.language)
    print(
        f"Made {made.home}: {made.forms} forms; {made.submissions} submissions in {made.deliveries} deliveries,"
        f" {made.corrected} of them corrections; the journal stands at {made.sequence}.",
        file=sys.stderr if arguments.format == "json" else sys.stdout,
    )
    return 0
