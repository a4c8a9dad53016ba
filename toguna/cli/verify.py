"""``toguna verify``: the journal's chain, the digests of what is kept, and what each room registers."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module

from django.db import DatabaseError

from toguna.access.api import acting
from toguna.cli.printing import print_problems, progress
from toguna.cli.problems import CHECK_STOPPED, EDITION_DIFFERS, SAMPLE_ALONE, TABLE_UNTOLD
from toguna.cli.words import said
from toguna.cli.work import catch_up
from toguna.figures.comparing import SAMPLE, compare_engines
from toguna.instance import api as instance
from toguna.instance.store.database import damaged
from toguna.journal import api as journal
from toguna.journal.witness import Verified, keep_verified, last_verified
from toguna.kernel.api import Language, Problem, Refused
from toguna.organisations import api as organisations
from toguna.places import api as places
from toguna.publish.api import built_from, instance_desk, list_editions, rebuild
from toguna.publish.editions import kept_figures

#: Modules that may offer ``verify() -> problems``, besides the journal and the files.
VERIFYING = (
    "access.api",
    "revisions.api",
    "maintenance.api",
    "places.api",
    "organisations.api",
    "collect.api",
    "registry.api",
    "intake.api",
    "figures.api",
    "publish.verifying",
    "journal.witness",
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
    parser.add_argument("--all", action="store_true", help="everything, also what an earlier run has verified")
    parser.add_argument(
        "--editions", action="store_true", help="make each issued edition again too, and say which likeness was checked"
    )
    parser.add_argument(
        "--engine",
        metavar="sc://HOST:PORT",
        help="only compute figures of issued editions again on this engine, and compare (docs/scale.md)",
    )
    parser.add_argument(
        "--sample", type=int, metavar="NUMBER", help="with --engine: how many figures (200 where nothing is said)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Prints the head, and every fault; 1 when there is one."""
    if arguments.sample is not None and not arguments.engine:
        raise Refused(SAMPLE_ALONE.at())
    if arguments.engine:
        return _compare(arguments)
    against = journal.parse_head(arguments.head) if arguments.head else None
    language = arguments.language
    since = None if arguments.all or against else _since()
    begun = time.time()
    found = check_all(language, against, since)
    if arguments.editions:
        found += _guarded("editions", lambda: _editions(arguments))
    print_problems(found, arguments.language, arguments.format)
    if not found:
        with suppress(OSError):
            keep_verified(Verified(head=journal.head(), at=begun))
    if arguments.format != "json":
        if since is not None:
            print(said("verified_since", language, sequence=since.head.sequence))
        print(said("faults_found" if found else "all_well", language, count=len(found), head=_head()))
        if against is None:
            print(said("keep_head", language))
        if names := _unattested():
            told = ", ".join(f"{name} {count}" for name, count in sorted(names.items()))
            print(said("unattested", language, count=names.total(), names=told))
    return 1 if found else 0


def _compare(arguments: argparse.Namespace) -> int:
    """Prints in which figures another engine differs; 1 when there is one."""
    catch_up(arguments.language)
    sample = SAMPLE if arguments.sample is None else arguments.sample
    found = compare_engines(kept_figures(), arguments.engine, sample, acting(arguments.actor))
    print_problems(list(found.problems), arguments.language, arguments.format)
    if arguments.format != "json":
        different = len(found.problems)
        print(
            said("engines_compared", arguments.language, engine=found.engine, count=found.compared, different=different)
        )
        if found.changed:
            print(said("figures_changed", arguments.language, count=found.changed))
        if found.failed:
            print(said("figures_failed", arguments.language, count=found.failed))
    return 1 if found.problems else 0


def check_all(language: Language, against: journal.Head | None = None, since: Verified | None = None) -> list[Problem]:
    """Everything that is wrong with what the opened instance keeps.

    With `since` the chain is recomputed from that head on, and bytes only of files written after it; everything else is compared whole.
    """
    head, at = (since.head, since.at) if since else (None, None)
    files = instance.current().files
    checks: dict[str, Check] = {
        "database": damaged,
        "journal": lambda: journal.verify(against, head),
        "files": lambda: files.verify(at),
        "tables": _tables,
        **dict(_rooms()),
    }
    found: list[Problem] = []
    with progress(said("verify", language), len(checks)) as step:
        for name, check in checks.items():
            found += _guarded(name, check)
            step()
    return found


def _guarded(name: str, check: Check) -> list[Problem]:
    """What the check finds. Damaged pages and files make any reader fail: then what it found so far, and that it stopped."""
    found: list[Problem] = []
    try:
        for problem in check():
            found.append(problem)
    except Refused as refused:
        found += refused.problems
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        found.append(CHECK_STOPPED.at(check=name, reason=reason))
    return found


def _unattested() -> Counter[str]:
    """How many acts each account only was named for; none where the journal cannot be read."""
    try:
        return Counter(act.actor for act in journal.unattested())
    except DatabaseError:
        return Counter()


def _since() -> Verified | None:
    """What an earlier run has verified, where the journal still goes through its head."""
    kept = last_verified()
    return kept if kept is not None and kept.head.sequence else None


def _head() -> str:
    try:
        return journal.head().written()
    except DatabaseError:
        return "-"


def _editions(arguments: argparse.Namespace) -> Iterator[Problem]:
    """Editions that cannot be made again as they were issued; prints of each which likeness was checked."""
    catch_up(arguments.language)
    for edition in (kept["id"] for kept in list_editions() if kept["state"] != "withdrawn"):
        with built_from(edition):
            again = rebuild(edition, instance_desk(acting(arguments.actor)))
        yield from (EDITION_DIFFERS.at(edition=edition, difference=difference) for difference in again.differences)
        if not again.differences and arguments.format != "json":
            print(said(f"likeness_{again.checked.split()[0]}", arguments.language, edition=edition))


def _rooms() -> Iterator[tuple[str, Check]]:
    for name in VERIFYING:
        verify = getattr(import_module(f"toguna.{name}"), "verify", None)
        if verify is not None:
            yield name, verify


def _tables() -> Iterator[Problem]:
    """Tables whose digest is not the one that the last act on them tells."""
    for kind, digest in TABLES.items():
        told = [act.detail.get("digest") for act in journal.acts(kinds=(kind,))]
        if (told[-1] if told else "") != digest():
            yield TABLE_UNTOLD.at(table=kind.partition(".")[0])
