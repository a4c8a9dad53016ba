"""A period closed for drafting: what the texts of the period print is known then, and chosen first when publication plans are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from toguna.access.api import Actor
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.cutoff import Cutoff, cutoff
from toguna.kernel.api import Period, Refused
from toguna.publish.core.checks.withheld import printed_facts
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve
from toguna.publish.core.tree import Update
from toguna.publish.instance_figures import InstanceFigures
from toguna.publish.texts import texts_in_force


def close_period(period: Period, at: datetime | None, actor: Actor) -> Cutoff:
    """Close a period as `toguna.figures.cutoff.cutoff` does, with what the instance's texts of it bind chosen first for its plans."""
    return cutoff(period, at, actor, lambda sequence: wanted_prints(period, sequence, actor))


def wanted_prints(period: Period, sequence: int, actor: Actor) -> list[PrintedFigure]:
    """Every figure that the instance's texts of a period print, each as it is shown there, as known at an act.

    By-products are cut out of the texts and print nothing else. A text that cannot be read binds nothing: its writer is told by the check.
    """
    figures = InstanceFigures(actor=actor)
    found: list[PrintedFigure] = []
    for update in _texts_of(period):
        resolution = resolve(update, figures, as_of=sequence, is_within_plan=False)
        found += figures.prints(printed_facts(resolution))
    return found


def _texts_of(period: Period) -> Iterator[Update]:
    for text in texts_in_force():
        with suppress(Refused):
            update = parse_update(text.source, text.name).update
            if read_front(update).covers == period:
                yield update
