"""The disclosure audit over the opened instance: what a draft gives away, alone or together with everything printed before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toguna.figures import opened
from toguna.figures.answers import Answers, Scope
from toguna.figures.calculate import Surroundings
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.audit import Leak
from toguna.figures.core.disclosure.cures import Cure, cheapest_cure
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure
from toguna.figures.core.disclosure.protected_cells import CellLabel
from toguna.figures.core.disclosure.publication import is_determined, related
from toguna.figures.core.disclosure.suppression import threshold_of
from toguna.figures.core.plan.statement import QueryError
from toguna.figures.source_rows import LakeRecords

#: Findings of one draft: beyond these somebody has printed a whole table.
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """A protected cell that a reader can work out, the prints that give it away, and the cheapest cure; None where one is not enough."""

    cell: CellLabel
    prints: tuple[PrintedFigure, ...]
    cure: Cure | None

    @property
    def editions(self) -> tuple[str, ...]:
        """The earlier editions that do their part."""
        return tuple(dict.fromkeys(one.edition for one in self.prints if one.edition not in ("", PLAN)))

    @property
    def is_with_plan(self) -> bool:
        """Whether figures that a publication plan lets be printed do theirs."""
        return any(one.edition == PLAN for one in self.prints)


def find_disclosures(draft: Sequence[PrintedFigure], earlier: Sequence[PrintedFigure] = ()) -> tuple[Disclosure, ...]:
    """What a draft gives away: one for each group of prints that do so together, with one of the cells concerned.

    `earlier`: what editions have printed and plans let be printed. What they give away without the draft cannot be helped, and is
    left out.
    """
    with opened.using() as around:
        return disclosures_among(draft, earlier, around)


def disclosures_among(
    draft: Sequence[PrintedFigure], earlier: Sequence[PrintedFigure], around: Surroundings
) -> tuple[Disclosure, ...]:
    """The same, over given surroundings."""
    own_threshold = threshold_in(around)
    records = LakeRecords(engine=around.engine, tree=around.tree)
    own = [one for one in draft if one.indicator in around.indicators]
    before = related(own, [one for one in earlier if one.indicator in around.indicators], around.indicators)
    known = [*before, *own]

    def audit(prints: Sequence[PrintedFigure]) -> JointAudit:
        return JointAudit(prints, around.indicators, own_threshold, records)

    joint = audit(known)
    leaks = joint.leaks()
    if leaks and before:
        old = {leak.name for leak in joint.leaks(before)}
        leaks = [leak for leak in leaks if leak.name not in old]
    found: list[Disclosure] = []
    for leak in leaks:
        if len(found) == _MOST:
            break
        if not any(joint.gives_away(leak, one.prints) for one in found):
            found.append(_disclosure(leak, joint, audit, around))
    return tuple(found)


def find_taken_out(draft: Sequence[PrintedFigure], gone: Sequence[PrintedFigure]) -> tuple[Disclosure, ...]:
    """What a draft prints although the protection officer has taken it out of the plan, under whatever name: to be left out."""
    found = []
    with opened.using() as around:
        threshold_of, records = threshold_in(around), LakeRecords(engine=around.engine, tree=around.tree)

        def audit(prints: Sequence[PrintedFigure]) -> JointAudit:
            return JointAudit(prints, around.indicators, threshold_of, records)

        own = [one for one in draft if one.indicator in around.indicators]
        for one in own if gone else ():
            # As known at the act of the plan: a correction since does not lift what the officer said.
            then = [replace(other, at=one.at) for other in related([one], gone, around.indicators)]
            if any(is_determined(one, [other], audit) for other in then if other.period == one.period):
                values = tuple((name, ",".join(codes)) for name, codes in one.categories.items())
                cell = CellLabel(indicator=one.indicator, start=one.period.start, end=one.period.end, values=values)
                found.append(Disclosure(cell=cell, prints=(one,), cure=Cure(change="drop", figure=one)))
    return tuple(found)


def threshold_in(around: Surroundings) -> Callable[[Indicator], int]:
    """Below which an indicator's values are withheld in these surroundings."""
    return lambda one: threshold_of(one, around.thresholds, released=one.id in around.released)


def _disclosure(
    leak: Leak, joint: JointAudit, audit: Callable[[Sequence[PrintedFigure]], JointAudit], around: Surroundings
) -> Disclosure:
    culprits = joint.culprits(leak)
    assert isinstance(leak.name, CellLabel)
    cure = cheapest_cure(culprits, lambda prints: not audit(prints).leaks(), lambda one: _value(one, around))
    return Disclosure(cell=leak.name, prints=tuple(culprits), cure=cure)


def _value(one: PrintedFigure, around: Surroundings) -> Decimal | None:
    answers = Answers(engine=around.engine, indicators=around.indicators, tree=around.tree)
    scope = Scope(period=one.period, places=one.places, filters=one.categories, at=one.at)
    try:
        return answers.values(around.indicators[one.indicator], scope)[()].value
    except QueryError:
        return None
