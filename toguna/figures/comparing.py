"""Figures that are kept, computed again on another engine: what `toguna verify --engine` asks, and the act that says what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from toguna.access.api import Actor, require_permit
from toguna.figures import opened
from toguna.figures.calculate import Calculator, Surroundings
from toguna.figures.context import Context
from toguna.figures.core.figure import Status
from toguna.figures.core.plan.statement import QueryEngine
from toguna.figures.engine_settings import engine_beside
from toguna.figures.problems import FAULTS
from toguna.instance.api import current, writing
from toguna.instance.opening import read_settings
from toguna.journal import api as journal
from toguna.kernel.api import Period, Problem, Refused

#: Figures compared when nobody says how many.
SAMPLE = 200


@dataclass(frozen=True, kw_only=True)
class KeptFigure:
    """A figure as an edition keeps it: the reference, the text that it stands in, the act as of which, and the value."""

    reference: str
    edition: str
    period: Period
    place: str
    at: int
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class EngineComparison:
    """How many figures were computed on both engines, and every one in which they differ. `changed`: differs from what is kept, on both."""

    engine: str
    compared: int
    changed: int
    problems: tuple[Problem, ...]


#: A figure's state and value; none where it could not be computed, and the fault that says why.
_Found = tuple[Status | None, Decimal | None, Problem | None]


def compare_engines(kept: Sequence[KeptFigure], address: str, sample: int, actor: Actor) -> EngineComparison:
    """Compute a sample of the kept figures here and on the engine at the address, and append the act `engine.compared`.

    The sample is drawn by the journal's head: the same journal gives the same one. Refuses a sample of none, and an engine that is
    not there or answers a known question wrongly; then nothing is appended.
    """
    require_permit(actor, "engine.compared")
    if sample < 1:
        raise Refused(FAULTS["sample_invalid"].at(count=sample))
    if not kept:
        raise Refused(FAULTS["engine_nothing_kept"].at())
    chosen = Random(journal.head().digest).sample(list(kept), min(sample, len(kept)))
    editions = {one.edition: one.at for one in kept}
    instance = current()
    remote = engine_beside(address, instance.lake, read_settings(instance.home))
    try:
        with opened.using() as around:
            name, local = remote.name, around.engine.local
            here = _answers(around, local, chosen, editions, actor)
            there = _answers(around, remote, chosen, editions, actor)
    finally:
        remote.close()
    problems = tuple(_problems(chosen, here, there, local.name, name))
    changed = sum(one.value is not None and one.value != own[1] for one, own in zip(chosen, here, strict=True))
    detail = {
        "engine": _code(name),
        "own": _code(local.name),
        "compared": len(chosen),
        "different": len(problems),
        "changed": changed,
    }
    with writing():
        journal.append([journal.NewAct(kind="engine.compared", subject=_code(name), detail=detail)], actor.name)
    return EngineComparison(engine=name, compared=len(chosen), changed=changed, problems=problems)


def _code(name: str) -> str:
    """An engine's name as an act may hold it: ``spark-connect/4.2.0``."""
    return name.replace(" ", "/")


def _answers(
    around: Surroundings, engine: QueryEngine, chosen: Sequence[KeptFigure], editions: Mapping[str, int], actor: Actor
) -> list[_Found]:
    with around.engine.asking(engine):
        return [_answer(around, one, editions, actor) for one in chosen]


def _answer(around: Surroundings, one: KeptFigure, editions: Mapping[str, int], actor: Actor) -> _Found:
    context = Context(period=one.period, place=one.place, as_of=one.at, actor=actor, editions=editions)
    figure, problems = Calculator(around, context).figure(one.reference)
    if figure is None:
        return None, None, problems[0]
    return figure.status, figure.value, None


def _problems(
    chosen: Sequence[KeptFigure], here: Sequence[_Found], there: Sequence[_Found], own: str, other: str
) -> list[Problem]:
    """Values are not told: who compares engines need not be one who may read them."""
    found = []
    for one, first, second in zip(chosen, here, there, strict=True):
        if first[:2] != second[:2]:
            failed = second[2]
            fault = "engine_figure_failed" if failed is not None else "engine_figure_differs"
            found.append(FAULTS[fault].at(reference=one.reference, edition=one.edition, engine=other, own=own))
    return found
