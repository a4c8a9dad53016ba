"""Figures that were computed once, kept by the process until the next act of the journal.

A key holds all that an answer depends on: the journal's end (records, plans, releases, the pack are all acts), how far the lake has followed it,
and the reader's roles and scope, never the name alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from toguna.access.api import Actor
from toguna.figures.api import Computed, Context, Figure, FigureTable, figures, table
from toguna.figures.opened import synced
from toguna.instance.api import current
from toguna.journal.api import head
from toguna.kernel.api import Problem

_MOST = 8_000
_lock = Lock()
_kept: OrderedDict[Hashable, object] = OrderedDict()
Kept = TypeVar("Kept")


def figures_kept(references: Sequence[str], context: Context) -> Computed:
    """As `figures.figures`; each reference is computed once for all readers of the same rights."""
    stamp = _stamp()
    found: list[Figure | None] = []
    problems: list[Problem] = []
    for reference in references:
        key = (stamp, "figure", reference, _circumstances(context))
        one = _once(key, partial(figures, [reference], context))
        found += one.figures
        problems += one.problems
    return Computed(figures=found, problems=problems)


def table_kept(reference: str, by: Sequence[str], context: Context) -> FigureTable:
    """As `figures.table`."""
    key = (_stamp(), "table", reference, tuple(by), _circumstances(context))
    return _once(key, lambda: table(reference, by, context))


def once(name: str, actor: Actor, detail: Hashable, make: Callable[[], Kept]) -> Kept:
    """What `make` gives, once for all readers of the same rights until the next act."""
    return _once((_stamp(), name, _rights(actor), detail), make)


def _stamp() -> tuple[Path, int, str, int]:
    end = head()
    return current().home, end.sequence, end.digest, synced()


def _circumstances(context: Context) -> Hashable:
    own = (context.period, context.place, context.as_of, context.language, context.public, context.planned)
    return (own, tuple(sorted(context.editions.items())), _rights(context.actor))


def _rights(actor: Actor) -> Hashable:
    return (frozenset(actor.roles), actor.organisation, actor.places, actor.is_owner)


def _once(key: Hashable, make: Callable[[], Kept]) -> Kept:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Kept, _kept[key])
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made
