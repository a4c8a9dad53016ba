"""A revision of the pack written by a test, at the instant of the journal's last act: what comes later may still be dated."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.access.api import acting
from toguna.journal import api as journal
from toguna.kernel.core import clock
from toguna.revisions.api import Revision, record


def revise(files: Mapping[str, str | bytes | None]) -> Revision:
    """Record these files; None takes one out."""
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    with clock.at(journal.head().at or clock.now()):
        return record(contents, acting(None))
