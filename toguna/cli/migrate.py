"""``toguna migrate``: an instance of an older Toguna brought forward."""

from __future__ import annotations

import argparse
from pathlib import Path

from toguna.cli.printing import print_problems
from toguna.cli.verify import check_all
from toguna.cli.words import said
from toguna.instance.api import open_instance
from toguna.kernel.api import Refused, errors
from toguna.maintenance.api import migrate
from toguna.maintenance.problems import OWNER_ONLY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--backup",
        type=Path,
        metavar="FILE",
        help="where the backup goes; the folder `backups` of the instance otherwise",
    )
    parser.add_argument(
        "--accept-pack",
        action="store_true",
        help="take operation.toml and the folder pack as they are, though they were edited since they were recorded",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prints where the backup lies, and what verifying finds afterwards; 1 when it finds faults."""
    if arguments.actor:
        raise Refused(OWNER_ONLY.at())
    language, home = arguments.language, arguments.home
    done = migrate(home, backup=arguments.backup, accept_pack=arguments.accept_pack)
    if done.backup is None:
        print(said("migrated_already", language, home=home, format=done.format))
        return 0
    told = {"found": done.found, "format": done.format, "migrations": len(done.migrations), "backup": done.backup}
    print(said("migrated", language, home=home, **told))
    open_instance(home)
    found = check_all(language)
    print_problems(found, language, arguments.format)
    return 1 if errors(found) else 0
