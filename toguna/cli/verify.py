"""``toguna verify``: the journal's chain, the digests of what is kept, and what each room registers."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

from toguna.access.api import acting
from toguna.cli.printing import print_problems, progress
from toguna.cli.problems import EDITION_DIFFERS, TABLE_UNTOLD
from toguna.cli.words import said
from toguna.cli.work import catch_up
from toguna.instance import api as instance
from toguna.journal import api as journal
from toguna.kernel.api import Language, Problem
from toguna.organisations import api as organisations
from toguna.places import api as places
from toguna.publish.editions import list_editions
from toguna.publish.instance_figures import instance_desk
from toguna.publish.issuing import rebuild

#: Modules that may offer ``verify() -> problems``, besides the journal and the files.
VERIFYING = (
    "access.api",
    "maintenance.api",
    "places.api",
    "organisations.api",
    "collect.api",
    "registry.api",
    "figures.api",
    "publish.editions",
)


#: Finds what is wrong with something that is kept.
Check = Callable[[], Iterable[Problem]]

#: Tables that stand below the journal: the act that tells of each, and the digest of what is kept.
TABLES: Mapping[str, Callable[[], str]] = {
    "places.replaced": places.places_digest,
    "organisations.replaced": organisations.organisations_digest,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--head", metavar="SEQUENCE:DIGEST", help="a head kept elsewhere, as an earlier run printed it")
    parser.add_argument(
        "--editions", action="store_true", help="make each issued edition again too, and say which likeness was checked"
    )


def run(arguments: argparse.Namespace) -> int:
    """Prints the head, and every fault; 1 when there is one."""
    against = journal.parse_head(arguments.head) if arguments.head else None
    language = arguments.language
    found = check_all(language, against)
    if arguments.editions:
        found += _editions(arguments)
    print_problems(found, arguments.language, arguments.format)
    if arguments.format != "json":
        head = journal.head().written()
        print(said("faults_found" if found else "all_well", language, count=len(found), head=head))
        if against is None:
            print(said("keep_head", language))
        if names := Counter(act.actor for act in journal.unattested()):
            told = ", ".join(f"{name} {count}" for name, count in sorted(names.items()))
            print(said("unattested", language, count=names.total(), names=told))
    return 1 if found else 0


def check_all(language: Language, against: journal.Head | None = None) -> list[Problem]:
    """Everything that is wrong with what the opened instance keeps."""
    checks: list[Check] = [lambda: journal.verify(against), instance.current().files.verify, _tables, *_rooms()]
    found: list[Problem] = []
    with progress(said("verify", language), len(checks)) as step:
        for check in checks:
            found += check()
            step()
    return found


def _editions(arguments: argparse.Namespace) -> Iterator[Problem]:
    """Editions that cannot be made again as they were issued; prints of each which likeness was checked."""
    catch_up(arguments.language)
    desk = instance_desk(instance.current().home / "pack" / "updates" / "edition.md", acting(arguments.actor))
    for edition in (kept["id"] for kept in list_editions() if kept["state"] != "withdrawn"):
        again = rebuild(edition, desk)
        yield from (EDITION_DIFFERS.at(edition=edition, difference=difference) for difference in again.differences)
        if not again.differences and arguments.format != "json":
            print(said(f"likeness_{again.checked.split()[0]}", arguments.language, edition=edition))


def _rooms() -> Iterator[Check]:
    for name in VERIFYING:
        verify = getattr(import_module(f"toguna.{name}"), "verify", None)
        if verify is not None:
            yield verify


def _tables() -> Iterator[Problem]:
    """Tables whose digest is not the one that the last act on them tells."""
    for kind, digest in TABLES.items():
        told = [act.detail.get("digest") for act in journal.acts(kinds=(kind,))]
        if (told[-1] if told else "") != digest():
            yield TABLE_UNTOLD.at(table=kind.partition(".")[0])
