"""Whether who acts has shown to be that account: an act done under a name that was only given says `attested: no`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Literal

from toguna.journal.core.acts import NewAct

Attested = Literal["yes", "no"]
#: Nothing: the instance's owner, whose acts the folder itself attests.
_now: ContextVar[Attested | None] = ContextVar("attested", default=None)


@contextmanager
def attesting(attested: Attested) -> Iterator[None]:
    """Acts appended in the block carry this in their detail."""
    token = _now.set(attested)
    try:
        yield
    finally:
        _now.reset(token)


def is_unattested() -> bool:
    """Whether an act appended now would carry `attested: no`."""
    return _now.get() == "no"


def with_attested(act: NewAct) -> NewAct:
    """The act, with what is known of who does it."""
    attested = _now.get()
    return act if attested is None else replace(act, detail={**act.detail, "attested": attested})
