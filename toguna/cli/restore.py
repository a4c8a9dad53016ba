"""``toguna restore FILE``: an instance from a backup; ``--list``: what a backup holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.cli.printing import print_problems, print_rows
from toguna.cli.verify import check_all
from toguna.cli.words import said
from toguna.instance.api import open_instance
from toguna.instance.store.files import file_digest
from toguna.kernel.api import errors
from toguna.maintenance.api import read_manifest, record_restored, restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `toguna backup` wrote")
    parser.add_argument(
        "--list", dest="lists", action="store_true", help="only list what is inside; nothing is unpacked"
    )
    parser.add_argument("--digest", default="", metavar="SHA256", help="the digest that `toguna backup` printed")


def run(arguments: argparse.Namespace) -> int:
    """Restores to --home and verifies what came of it; 1 when that finds faults."""
    if arguments.lists:
        return _list(arguments)
    language = arguments.language
    restored = restore(arguments.file, arguments.home, digest=arguments.digest)
    manifest = restored.manifest
    rows = sum(table.rows for table in manifest.tables.values())
    told = {"rows": rows, "tables": len(manifest.tables), "files": len(manifest.members)}
    print(said("restored", language, home=restored.home, path=arguments.file, **told))
    if not restored.is_current:
        print(said("restored_old", language, home=restored.home))
        return 0
    open_instance(restored.home)
    found = check_all(language)
    print_problems(found, language, arguments.format)
    record_restored(restored, file_digest(arguments.file))
    return 1 if errors(found) else 0


def _list(arguments: argparse.Namespace) -> int:
    manifest = read_manifest(arguments.file)
    rows = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in manifest.members]
    print_rows(rows, arguments.format)
    if arguments.format == "table":
        about = {name: getattr(manifest, name) for name in ("made_at", "toguna", "engine", "format", "head", "size")}
        lake = said("lake_in" if manifest.lake else "lake_out", arguments.language)
        print(said("backup_listed", arguments.language, **about, lake=lake, files=len(rows)))
    return 0
