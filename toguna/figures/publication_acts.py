"""What the protection officer changes in a publication plan: figures taken out, and figures added after a joint audit. Both are acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toguna.access.api import Actor, require_permit
from toguna.figures import opened
from toguna.figures.calculate import Calculator, Surroundings
from toguna.figures.context import Context
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure, is_same, planned_print, printed_figure
from toguna.figures.core.disclosure.publication import SensitivityRules, is_determined, is_sensitive, related
from toguna.figures.core.reference import Show, parse_reference
from toguna.figures.cutoff import Cutoff, cutoff_of
from toguna.figures.disclosure_ledger import known_to_readers
from toguna.figures.disclosures import disclosures_among, threshold_in
from toguna.figures.lake.problems import FAULTS
from toguna.figures.planned import PlannedFigures, digest_of_plans, keep_plans, newest_plans, planned_figures
from toguna.figures.source_rows import LakeRecords
from toguna.instance.api import writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import Period, Refused, digest


def coarsen(period: Period, without: Sequence[str], actor: Actor) -> int:
    """Take figures out of a period's plans: the act `publication.coarsened`. Returns how many.

    Refuses references that no plan of the period has, what readers could work out from what is left, and an actor without the right.
    """
    require_permit(actor, "publication.coarsened")
    wanted = {_written(reference, period) for reference in without}
    plans = newest_plans(period)
    known = [one for plan in plans for one in plan.figures]
    missing = wanted - {_written(one.reference, period) for one in known}
    if missing or not wanted:
        names = ", ".join(sorted(missing)) or "-"
        raise Refused(FAULTS["not_in_plan"].at(references=names, period=period.written()))
    made = [
        replace(plan, figures=tuple(one for one in plan.figures if _written(one.reference, period) not in wanted))
        for plan in plans
    ]
    gone = [one for one in known if _written(one.reference, period) in wanted]
    _refuse_known(gone, [one for plan in made for one in plan.figures], period)
    _keep("publication.coarsened", "without", made, sorted(wanted), period, actor)
    return len(wanted)


def extend(period: Period, references: Sequence[str], actor: Actor) -> int:
    """Add figures to a closed period's plans, as known at its cut-off: the act `publication.extended`. Returns how many were added.

    Each may say how it is shown: a rounded or hedged figure is added so. Refuses an open period, a reference with a fault, a figure that
    may not be printed whatever else is, one of no sensitive table, and figures that give a protected cell away together with what
    readers have: editions, and all that plans let be printed.
    """
    require_permit(actor, "publication.extended")
    closed = cutoff_of(period)
    if closed is None:
        raise Refused(FAULTS["plan_open"].at(period=period.written()))
    with opened.using() as around:
        asked = [_asked(one, closed, actor, around) for one in dict.fromkeys(references)]
        before = planned_figures(period)
        added = [one for one in asked if not any(is_same(one, other) for other in before)]
        _refuse_leaks(added, period, around)
    by_plan: dict[str, PlannedFigures] = {
        plan.indicator: plan for plan in newest_plans(period) if plan.period == period
    }
    for one in added:
        empty = PlannedFigures(indicator=one.indicator, period=period, at=closed.sequence, figures=())
        plan = by_plan.get(one.indicator, empty)
        by_plan[one.indicator] = replace(plan, figures=(*plan.figures, one))
    made = [by_plan[name] for name in dict.fromkeys(one.indicator for one in added)]
    if made:
        _keep("publication.extended", "with", made, [one.reference for one in added], period, actor)
    return len(added)


def _asked(written: str, closed: Cutoff, actor: Actor, around: Surroundings) -> PrintedFigure:
    """The figure of a reference, as a plan keeps it."""
    context = Context(period=closed.period, as_of=closed.sequence, actor=actor, public=True)
    figure, problems = Calculator(around, context).figure(written)
    if figure is None:
        raise Refused(*problems)
    rules = SensitivityRules(indicators=around.indicators, threshold_of=threshold_in(around))
    if not is_sensitive(around.indicators[figure.indicator], rules):
        raise Refused(FAULTS["plan_not_needed"].at(reference=written))
    found = printed_figure(figure, figure.reference.show, around.root)
    if found is None:
        raise Refused(FAULTS["plan_unprintable"].at(reference=written))
    return planned_print(found, closed.period)


def _refuse_leaks(added: Sequence[PrintedFigure], period: Period, around: Surroundings) -> None:
    """Refuse what gives a protected cell away. Only figures are named: the cell is what must not be known."""
    for one in disclosures_among(added, known_to_readers(), around) if added else ():
        own = ", ".join(each.reference for each in one.prints if any(each is other for other in added))
        others = ", ".join(each.reference for each in one.prints if not any(each is other for other in added))
        raise Refused(FAULTS["plan_gives_away"].at(references=own, others=others or "-", period=period.written()))


def _keep(
    kind: str, word: str, made: Sequence[PlannedFigures], references: Sequence[str], period: Period, actor: Actor
) -> None:
    detail = {
        "period": period.written(),
        word: digest(list(references)),
        "count": len(references),
        "plans": digest_of_plans(made),
    }
    with writing():
        act = journal.append([NewAct(kind=kind, subject=period.written(), detail=detail)], actor.name)
        keep_plans(made, act.first)


def _refuse_known(gone: Sequence[PrintedFigure], left: Sequence[PrintedFigure], period: Period) -> None:
    """Refuse to take out what readers could work out from what is left: it would be answered all the same."""
    with opened.using() as around:
        threshold_of, records = threshold_in(around), LakeRecords(engine=around.engine, tree=around.tree)

        def audit(prints: Sequence[PrintedFigure]) -> JointAudit:
            return JointAudit(prints, around.indicators, threshold_of, records)

        known = [one for one in gone if is_determined(one, related([one], left, around.indicators), audit)]
    if known:
        names = ", ".join(one.reference for one in known)
        raise Refused(FAULTS["still_known"].at(references=names, period=period.written()))


def _written(reference: str, period: Period) -> str:
    """The reference as plans keep it: seen from the period, without its manner of showing."""
    parsed, _ = parse_reference(reference)
    if parsed is None:
        return reference
    own = parsed.resolved_period(period)
    return replace(parsed, period=None if own == period else own.written(), show=Show()).written()
