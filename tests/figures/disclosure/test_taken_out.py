"""What counts as taken out of a plan by the protection officer: what he left out, until a newer plan has it again; never what the audit left out."""

from __future__ import annotations

from dataclasses import replace

from tests.figures.disclosure.table_in_memory import printed
from toguna.figures.planned import PlannedFigures, keep_plans, taken_out
from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import parse_period

TOTAL, THEFTS, INJURIES = "incidents", "incidents?kind=theft", "incidents?kind=injury"


def plan(kind: str, month: str, *references: str) -> None:
    """An act that makes the month's plan of these figures."""
    period = parse_period(month)
    figures = tuple(replace(printed(one, 40), period=period) for one in references)
    with writing():
        act = journal.append([NewAct(kind=kind, subject=month, detail={"period": month})], "owner")
        keep_plans([PlannedFigures(indicator="incidents", period=period, at=1, figures=figures)], act.first)


def gone() -> set[tuple[str, str]]:
    return {(one.reference, one.period.written()) for one in taken_out()}


def test_what_the_audit_leaves_out_is_not_taken_out(instance: Instance) -> None:
    plan("cutoff.set", "2016-11", TOTAL, THEFTS, INJURIES)
    plan("cutoff.set", "2016-11", TOTAL)
    assert gone() == set()
    plan("publication.extended", "2016-11", TOTAL, INJURIES)
    assert gone() == set()


def test_what_the_officer_takes_out_stays_out_until_a_plan_has_it_again(instance: Instance) -> None:
    plan("cutoff.set", "2016-11", TOTAL, THEFTS, INJURIES)
    plan("cutoff.set", "2016-12", TOTAL, THEFTS, INJURIES)
    plan("publication.coarsened", "2016-11", TOTAL, INJURIES)
    assert gone() == {(THEFTS, "2016-11")}, "of this month alone, and no other figure of it"
    plan("cutoff.set", "2016-11", TOTAL, INJURIES)
    assert gone() == {(THEFTS, "2016-11")}, "closed again, it stays out"
    plan("publication.coarsened", "2016-11", TOTAL)
    assert gone() == {(THEFTS, "2016-11"), (INJURIES, "2016-11")}
    plan("publication.extended", "2016-11", TOTAL, INJURIES)
    assert gone() == {(THEFTS, "2016-11")}, "added again, one of them is in"
    plan("publication.extended", "2016-12", TOTAL, THEFTS, INJURIES)
    assert gone() == {(THEFTS, "2016-11")}, "another month does not give it back"
