"""What follows the journal in an opened instance, in the order in which one stands on the other."""

from __future__ import annotations

from toguna.figures.opened import sync
from toguna.journal.api import head
from toguna.registry.api import fold
from toguna.work.api import Consumer, Outcome, run_now


def consumers() -> list[Consumer]:
    """Entities folded from submissions, then the lake from both."""
    return [Consumer(name="entities", run=_fold), Consumer(name="lake", run=sync)]


def catch_up() -> list[Outcome]:
    """Bring everything up to the journal's end now."""
    return run_now(consumers())


def _fold() -> int:
    until = head().sequence
    fold(until)
    return until
