"""Killed at any step, a verb leaves an instance that verifies, and the verb can be run again."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.durability.trials import Step, copied, drive, injected, steps
from toguna.cli.verify import check_all
from toguna.instance.api import open_instance
from toguna.journal import api as journal
from toguna.pack.consumers import catch_up

CALLS = "fsync,fdatasync,rename"
#: Of the example's own making, and no fault of the verbs.
EXPECTED = {"cli.table_untold"}
#: A trial takes seconds: of many steps so many are tried, drawn with a seed, the first and the last among them. TOGUNA_EVERY_STEP tries all.
MOST = 10


def sample(found: list[Step], seed: str) -> list[Step]:
    """The steps that are tried: the same each time, unless `TOGUNA_EVERY_STEP` is set."""
    if len(found) <= MOST or os.environ.get("TOGUNA_EVERY_STEP"):
        return found
    inner = random.Random(seed).sample(range(1, len(found) - 1), MOST - 2)
    return [found[at] for at in (0, *sorted(inner), len(found) - 1)]


def faults(home: Path) -> set[str]:
    """What verify finds, as it stands and once what follows the journal has caught up."""
    open_instance(home)
    found = {problem.written() for problem in check_all("en") if problem.id not in EXPECTED}
    assert [outcome.error for outcome in catch_up()] == [None, None]
    return found | {problem.written() for problem in check_all("en") if problem.id not in EXPECTED}


def chosen(verb: str, found: list[Step]) -> list[Step]:
    """Of issuing those from the edition's last file on: what comes before lies in a folder that nobody reads."""
    if verb not in ("issue", "restate"):
        return found
    named = [at for at, step in enumerate(found) if step.call == "rename"][-1]
    return found[named - 2 :]


@pytest.mark.proof
@pytest.mark.parametrize("verb", ["sync", "cutoff", "issue", "restate"])
def test_a_kill_at_each_step_leaves_what_verifies(ready: Path, strace: str, verb: str) -> None:
    if verb == "restate":
        assert "ACK" in drive(ready, "issue").stdout
    found = chosen(verb, steps(strace, copied(ready, "counted"), verb, CALLS))
    assert len(found) >= 5
    found = sample(found, verb)
    killed = 0
    for number, step in enumerate(found):
        home = copied(ready, f"killed-{number}")
        done = drive(home, verb, under=injected(strace, step, "signal=KILL"))
        killed += done.returncode != 0
        assert faults(home) == set(), step.line
        sequence = journal.head().sequence
        again = drive(home, verb)
        if verb in ("issue", "restate") and again.returncode:
            assert "issue_done_before" in again.stderr or verb == "restate", again.stderr
        assert journal.head().sequence >= sequence
        assert faults(home) == set(), step.line
    assert killed >= len(found) - 1, "the kill did not happen"
