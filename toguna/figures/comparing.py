"""Figures that are kept, computed again on another engine: what `toguna verify --engine` asks, and the act that says what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
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
from toguna.figures.lake.spark import SparkEngine
from toguna.figures.problems import FAULTS
from toguna.instance.api import current, writing
from toguna.instance.opening import read_settings
from toguna.journal import api as journal
from toguna.kernel.api import Period, Problem, Refused
from toguna.revisions.api import reading

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
    #: The digest of the definition, and the revision of the pack that the edition was built from; empty where none is kept.
    definition: str = ""
    revision: str = ""


@dataclass(frozen=True, kw_only=True)
class EngineComparison:
    """How many figures were computed on both engines, and what is wrong: figures in which they differ, or that are not what is kept.

    `changed`: differs from what is kept, under another definition than the one kept. `failed`: computed on neither engine.
    """

    engine: str
    compared: int
    changed: int
    failed: int
    problems: tuple[Problem, ...]


#: A figure's state and value; none where it could not be computed, and the fault that says why; the digest of its definition.
_Found = tuple[Status | None, Decimal | None, Problem | None, str]


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
    instance = current()
    remote = engine_beside(address, instance.lake, read_settings(instance.home))
    try:
        name, own, here, there = _both(chosen, remote, {one.edition: one.at for one in kept}, actor)
    finally:
        remote.close()
    failed = sum(first[2] is not None and second[2] is not None for first, second in zip(here, there, strict=True))
    false, changed = _against_kept(chosen, here, there, own, name)
    problems = (*_problems(chosen, here, there, own, name), *false)
    compared = len(chosen) - failed
    detail = {
        "engine": _code(name),
        "own": _code(own),
        "compared": compared,
        "different": len(problems),
        "changed": changed,
        "failed": failed,
    }
    with writing():
        journal.append([journal.NewAct(kind="engine.compared", subject=_code(name), detail=detail)], actor.name)
    return EngineComparison(engine=name, compared=compared, changed=changed, failed=failed, problems=problems)


def _code(name: str) -> str:
    """An engine's name as an act may hold it: ``spark-connect/4.2.0``."""
    return name.replace(" ", "/")


def _both(
    chosen: Sequence[KeptFigure], remote: SparkEngine, editions: Mapping[str, int], actor: Actor
) -> tuple[str, str, list[_Found], list[_Found]]:
    """Both engines' names and answers, each figure by the revision of the pack that its edition was built from."""
    here: dict[KeptFigure, _Found] = {}
    there: dict[KeptFigure, _Found] = {}
    name = own = ""
    for revision in dict.fromkeys(one.revision for one in chosen):
        part = [one for one in chosen if one.revision == revision]
        with reading(revision) if revision else nullcontext(), opened.using() as around:
            name, own = remote.name, around.engine.local.name
            here |= zip(part, _answers(around, around.engine.local, part, editions, actor), strict=True)
            there |= zip(part, _answers(around, remote, part, editions, actor), strict=True)
    return name, own, [here[one] for one in chosen], [there[one] for one in chosen]


def _against_kept(
    chosen: Sequence[KeptFigure], here: Sequence[_Found], there: Sequence[_Found], own: str, other: str
) -> tuple[list[Problem], int]:
    """Figures that are not what the edition keeps though their definition is, and how many differ by their definition."""
    found, changed = [], 0
    for one, first, second in zip(chosen, here, there, strict=True):
        if first[2] is None and first[:2] == second[:2] and one.value is not None and one.value != first[1]:
            if one.revision or one.definition == first[3]:
                fault = FAULTS["engine_kept_differs"]
                found.append(fault.at(reference=one.reference, edition=one.edition, engine=other, own=own))
            else:
                changed += 1
    return found, changed


def _answers(
    around: Surroundings, engine: QueryEngine, chosen: Sequence[KeptFigure], editions: Mapping[str, int], actor: Actor
) -> list[_Found]:
    with around.engine.asking(engine):
        return [_answer(around, one, editions, actor) for one in chosen]


def _answer(around: Surroundings, one: KeptFigure, editions: Mapping[str, int], actor: Actor) -> _Found:
    context = Context(period=one.period, place=one.place, as_of=one.at, actor=actor, editions=editions)
    figure, problems = Calculator(around, context).figure(one.reference)
    if figure is None:
        return None, None, problems[0], ""
    return figure.status, figure.value, None, figure.definition


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
