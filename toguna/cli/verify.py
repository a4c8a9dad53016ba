"""``toguna verify``: the journal's chain, the digests of what is kept, and what each room registers."""

from __future__ import annotations

import argparse
from importlib import import_module

from toguna import instance, journal
from toguna.cli.printing import print_problems

#: Rooms that may offer ``verify() -> problems`` at their door, besides the journal and the files.
ROOMS = ("access", "places", "organisations", "collect", "registry", "figures", "publish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--head", metavar="SEQUENCE:DIGEST", help="a head kept elsewhere, as an earlier run printed it")


def run(arguments: argparse.Namespace) -> int:
    """Prints the head, and every fault; 1 when there is one."""
    against = journal.parse_head(arguments.head) if arguments.head else None
    found = [*journal.verify(against), *instance.current().files.verify()]
    for room in ROOMS:
        verify = getattr(import_module(f"toguna.{room}"), "verify", None)
        if verify is not None:
            found += verify()
    print_problems(found, arguments.language, arguments.format)
    if arguments.format != "json":
        head = journal.head()
        print(f"{len(found)} faults. Head: {head.written()}" if found else f"All is well. Head: {head.written()}")
        if against is None:
            print("Keep the head elsewhere: only against it can a journal that was cut short be told.")
    return 1 if found else 0
