"""``toguna work``: brings up to date what follows the journal, once or again and again, and shows what failed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from time import sleep

from toguna.cli.printing import print_rows
from toguna.cli.problems import BEHIND, BUSY_ELSEWHERE, READ_ONLY
from toguna.figures.opened import synced
from toguna.instance.api import current
from toguna.journal.api import head
from toguna.kernel.api import Language, Problem, Refused
from toguna.pack import api as pack
from toguna.work.api import Outcome, follow, leases

COLUMNS = ("consumer", "reached", "behind", "holder", "attempts", "error", "next_at")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--every", type=float, metavar="SECONDS", help="look again and again, so many seconds apart, until stopped"
    )


def run(arguments: argparse.Namespace) -> int:
    """Runs the consumers and prints where each stands; 1 when one failed. With ``--every`` it ends only when it is stopped."""
    if arguments.every is None:
        outcomes = pack.catch_up()
        _print(outcomes, arguments)
        return 1 if any(outcome.error is not None for outcome in outcomes) else 0
    while True:
        outcomes = follow(pack.consumers())
        _say(outcomes, arguments.language)
        sleep(max(arguments.every, 0.05))


def catch_up(language: Language) -> None:
    """Brings everything up to the journal's end; where that fails, says so and why, and the verb answers as of what was reached."""
    if current().is_read_only:
        note = READ_ONLY.at(sequence=synced(), later=head().sequence - synced())
        print(note.written(language), file=sys.stderr)
        return
    _say(pack.catch_up(), language)


def problem_of(outcome: Outcome) -> Problem | None:
    """Why a consumer is behind; nothing where it is not."""
    if outcome.error is not None:
        reason = outcome.error
        said = reason.problems[0].what("en") if isinstance(reason, Refused) else _one_line(reason)
        said_fr = reason.problems[0].what("fr") if isinstance(reason, Refused) else said
        return BEHIND.at(consumer=outcome.consumer, reason=said, reason_fr=said_fr)
    return BUSY_ELSEWHERE.at(consumer=outcome.consumer) if outcome.reached is None else None


def _say(outcomes: Iterable[Outcome], language: Language) -> None:
    for outcome in outcomes:
        problem = problem_of(outcome)
        if problem is not None:
            print(problem.written(language), file=sys.stderr)


def _print(outcomes: Iterable[Outcome], arguments: argparse.Namespace) -> None:
    found = list(outcomes)
    _say(found, arguments.language)
    kept, end = {lease.consumer: lease for lease in leases()}, head().sequence
    rows = []
    for outcome in found:
        lease = kept.get(outcome.consumer)
        rows.append(
            {
                "consumer": outcome.consumer,
                "reached": outcome.reached,
                "behind": None if outcome.reached is None else end - outcome.reached,
                "holder": lease.holder if lease else "",
                "attempts": lease.attempts if lease else 0,
                "error": lease.error if lease else "",
                "next_at": lease.next_at.isoformat(timespec="seconds") if lease and lease.next_at else None,
            }
        )
    print_rows(rows, arguments.format, COLUMNS)


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
