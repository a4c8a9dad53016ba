"""The whole plan, drawn: each part with a stream of chance of its own, so that a change of one does not move the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from toguna.pack.core.generate.drawn import Closing, Delivery, Drawn, Ruling, moment_of
from toguna.pack.core.generate.lists import draw_list
from toguna.pack.core.generate.manifests import draw_manifests
from toguna.pack.core.generate.papers import draw_papers, draw_sources
from toguna.pack.core.generate.payments import draw_payments
from toguna.pack.core.generate.plan import Plan
from toguna.pack.core.generate.points import draw_points
from toguna.pack.core.generate.returns import draw_returns

Step = Delivery | Ruling | Closing


def draw(plan: Plan, sources: Sequence[Mapping[str, str]], place_names: Mapping[str, str], zone: ZoneInfo) -> Drawn:
    """Everything that was sent and done, in its order. `sources` are the rows of sources.csv, `place_names` the English name of each code.

    Refuses margins that do not fit into one another.
    """
    steps = sorted((_here(step, zone) for step in _steps(plan, sources, place_names)), key=moment_of)
    return Drawn(steps=tuple(steps))


def _steps(plan: Plan, sources: Sequence[Mapping[str, str]], place_names: Mapping[str, str]) -> Iterator[Step]:
    for returns in plan.returns:
        yield from draw_returns(plan, returns, _chance(plan, returns.form, returns.organisation))
    yield from draw_papers(plan)
    yield from draw_sources(plan, sources)
    if plan.payments is not None:
        yield from draw_payments(plan.payments, _chance(plan, "payments"))
    yield from draw_manifests(plan, _chance(plan, "manifests"))
    for number, listing in enumerate(plan.lists):
        yield from draw_list(plan, listing, _chance(plan, "lists", listing.form, str(number)))
    yield from draw_points(plan, place_names, _chance(plan, "points"))
    for cutoff in plan.cutoffs:
        yield Closing(at=cutoff.at, period=cutoff.period)


def _chance(plan: Plan, *part: str) -> Random:
    return Random("/".join((str(plan.seed), *part)))


def _here(step: Step, zone: ZoneInfo) -> Step:
    """The step with its moment in the operation's time zone."""
    if isinstance(step, Delivery):
        return replace(step, received_at=_aware(step.received_at, zone))
    return replace(step, at=_aware(step.at, zone))


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
