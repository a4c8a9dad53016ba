"""``toguna pack``: check, pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.cli.printing import print_problems
from toguna.cli.words import said
from toguna.kernel.api import errors
from toguna.pack.pages import system_pages
from toguna.pack.review import review_pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "word",
        choices=("check", "pages"),
        help="check: everything a reviewer would find, in one run; pages: one page a kind of work",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the operation pack")
    parser.add_argument("-o", "--output", type=Path, default=Path("docs"), metavar="DIR", help="where the pages go")


def run(arguments: argparse.Namespace) -> int:
    reviewed = review_pack(arguments.folder)
    print_problems(reviewed.problems, arguments.language, arguments.format)
    if arguments.word == "check":
        if arguments.format == "table":
            faults = len(errors(reviewed.problems))
            remarks = len(reviewed.problems) - faults
            print(said("pack_checked", arguments.language, folder=arguments.folder, faults=faults, remarks=remarks))
        return 1 if errors(reviewed.problems) else 0
    if errors(reviewed.problems):
        return 1
    arguments.output.mkdir(parents=True, exist_ok=True)
    pages = system_pages(reviewed)
    for name, text in pages.items():
        (arguments.output / name).write_text(text, encoding="utf-8")
    print(said("pages_written", arguments.language, pages=len(pages), folder=arguments.output))
    return 0
