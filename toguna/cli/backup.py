"""``toguna backup FILE``: the whole instance in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.access.api import acting
from toguna.cli.printing import print_rows
from toguna.cli.words import said
from toguna.maintenance.api import backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the new file, best on another disk")
    parser.add_argument("--lake", action="store_true", help="with the lake, which is made anew otherwise")


def run(arguments: argparse.Namespace) -> int:
    """Prints the file's digest, which is to be kept elsewhere."""
    made = backup(arguments.file, acting(arguments.actor), lake=arguments.lake)
    manifest = made.manifest
    row = {"path": str(made.path), "sha256": made.sha256, "head": manifest.head, "files": len(manifest.members)}
    if arguments.format == "table":
        print(said("backed_up", arguments.language, **row))
    else:
        print_rows([row], arguments.format)
    return 0
