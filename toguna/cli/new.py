"""``toguna new --pack FOLDER``: an instance made from an operation pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from toguna.cli.printing import print_problems, progress
from toguna.cli.words import said
from toguna.pack.api import new


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pack's folder."""
    parser.add_argument("--pack", type=Path, required=True, metavar="FOLDER", help="such as operations/mali")


def run(arguments: argparse.Namespace) -> int:
    language = arguments.language
    made = new(arguments.pack, arguments.home, lambda label, total: progress(said(label, language), total))
    print_problems(made.problems, arguments.language)
    print(
        said("made", language, **vars(made)),
        file=sys.stderr if arguments.format == "json" else sys.stdout,
    )
    return 0
