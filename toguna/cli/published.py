"""``toguna published export``: a copy of the issued editions that a web server can read."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.access.api import acting
from toguna.cli.words import said
from toguna.publish.api import export_published


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one word after ``published``."""
    words = parser.add_subparsers(dest="word", required=True, metavar="export")
    export = words.add_parser(
        "export",
        help="write a readable copy",
        description="Writes the pages, Word and data files of every edition issued and not withdrawn, and published.json, which lists "
        "them. A folder that holds an earlier export is replaced whole: a withdrawn edition is gone from it.",
    )
    export.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or that of an earlier export")


def run(arguments: argparse.Namespace) -> int:
    exported = export_published(arguments.folder, acting(arguments.actor))
    details = {"files": exported.files, "editions": len(exported.editions), "folder": arguments.folder}
    print(said("exported", arguments.language, **details))
    return 0
