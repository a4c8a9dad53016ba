"""Publication plans of the opened instance: made when a period is closed, made coarser by the protection officer, asked by `--public`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toguna.access.api import Actor, require_permit
from toguna.figures import opened
from toguna.figures.answers import Answers, Scope
from toguna.figures.calculate import Surroundings
from toguna.figures.core.definition import UNKNOWN, DistinctPlace, Indicator
from toguna.figures.core.disclosure.conditions import is_by_rows, is_tally
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure
from toguna.figures.core.disclosure.publication import Candidate, choose_printable, is_determined, related
from toguna.figures.core.figure import is_currency
from toguna.figures.core.plan.ask import Split
from toguna.figures.core.reference import FigureReference, parse_reference
from toguna.figures.core.values import Value
from toguna.figures.disclosure_ledger import known_to_readers
from toguna.figures.disclosures import threshold_in
from toguna.figures.lake.problems import FAULTS
from toguna.figures.planned import PlannedFigures, digest_of_plans, keep_plans, planned_figures
from toguna.figures.source_rows import LakeRecords
from toguna.instance.api import writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import Period, Refused, digest, parse_period

#: The order in which readers look for a figure: total, region, category, both.
_TOTAL, _REGION, _CATEGORY, _BOTH = range(4)
#: A table with more candidates than these is not crossed: its plan has regions, and values of categories.
_MOST = 60


def choose_plans(period: Period, sequence: int) -> list[PlannedFigures]:
    """The plan of every sensitive table for each month of a period, as known at an act, audited with all that was printed before."""
    with opened.using() as around:
        earlier = known_to_readers()
        found: list[PlannedFigures] = []
        for month in period.months():
            own = parse_period(month)
            for table in dict.fromkeys(one.table for one in _sensitive(around)):
                chosen = _choose(table, own, sequence, earlier, around)
                earlier += chosen
                by_name: dict[str, list[PrintedFigure]] = {}
                for one in chosen:
                    by_name.setdefault(one.indicator, []).append(one)
                found += [
                    PlannedFigures(indicator=name, period=own, figures=tuple(figures))
                    for name, figures in by_name.items()
                ]
        return found


def coarsen(period: Period, without: Sequence[str], actor: Actor) -> int:
    """Take figures out of a period's plans: the act `publication.coarsened`. Returns how many.

    Refuses references that no plan of the period has, and an actor without the right.
    """
    require_permit(actor, "publication.coarsened")
    wanted = {_written(reference) for reference in without}
    known = planned_figures(period)
    missing = wanted - {_written(one.reference) for one in known}
    if missing or not wanted:
        names = ", ".join(sorted(missing)) or "-"
        raise Refused(FAULTS["not_in_plan"].at(references=names, period=period.written()))
    left: dict[tuple[str, Period, int], list[PrintedFigure]] = {}
    for one in known:
        own = left.setdefault((one.indicator, one.period, one.at), [])
        if _written(one.reference) not in wanted:
            own.append(one)
    _refuse_known([one for one in known if _written(one.reference) in wanted], left, period)
    plans = {
        key: PlannedFigures(indicator=key[0], period=key[1], figures=tuple(figures)) for key, figures in left.items()
    }
    detail = {
        "period": period.written(),
        "without": digest(sorted(wanted)),
        "count": len(wanted),
        "plans": digest_of_plans(list(plans.values())),
    }
    with writing():
        act = journal.append(
            [NewAct(kind="publication.coarsened", subject=period.written(), detail=detail)], actor.name
        )
        for (_, _, at), plan in plans.items():
            keep_plans([plan], at, act.first)
    return len(wanted)


def _refuse_known(
    gone: Sequence[PrintedFigure], left: Mapping[tuple[str, Period, int], Sequence[PrintedFigure]], period: Period
) -> None:
    """Refuse to take out what readers could work out from what is left: it would be answered all the same."""
    rest = [one for figures in left.values() for one in figures]
    with opened.using() as around:
        threshold_of, records = threshold_in(around), LakeRecords(engine=around.engine, tree=around.tree)

        def audit(prints: Sequence[PrintedFigure]) -> JointAudit:
            return JointAudit(prints, around.indicators, threshold_of, records)

        known = [one for one in gone if is_determined(one, related([one], rest, around.indicators), audit)]
    if known:
        names = ", ".join(one.reference for one in known)
        raise Refused(FAULTS["still_known"].at(references=names, period=period.written()))


def _written(reference: str) -> str:
    parsed, _ = parse_reference(reference)
    return parsed.written() if parsed is not None else reference


# Choosing


def _sensitive(around: Surroundings) -> list[Indicator]:
    """The indicators whose small values are withheld and which have a table; money after counts."""
    threshold_of = threshold_in(around)
    own = [one for one in around.indicators.values() if not one.is_derived and threshold_of(one) > 1]
    return sorted(own, key=lambda one: is_currency(one.unit))


def _choose(
    table: str | None, period: Period, sequence: int, earlier: Sequence[PrintedFigure], around: Surroundings
) -> list[PrintedFigure]:
    threshold_of, records = threshold_in(around), LakeRecords(engine=around.engine, tree=around.tree)
    tables = {one.id: one.table for one in around.indicators.values()}
    fixed = [one for one in earlier if tables.get(one.indicator, table) == table]
    own = [one for one in _sensitive(around) if one.table == table and one.kind == "flow"]
    tallies = [one for one in around.indicators.values() if one.table == table and is_tally(one)]
    candidates = [
        candidate for one in own for candidate in _candidates(one, period, sequence, threshold_of(one), around)
    ]
    candidates += [tally for one in tallies if (tally := _tally(one, period, sequence, around)) is not None]
    if len(candidates) > _MOST:
        candidates = [one for one in candidates if one.rank < _BOTH]
    if not candidates:
        return []
    return choose_printable(
        candidates, fixed, lambda prints: JointAudit(prints, around.indicators, threshold_of, records)
    )


def _candidates(
    indicator: Indicator, period: Period, sequence: int, threshold: int, around: Surroundings
) -> Iterator[Candidate]:
    """The total, each region, each value of a category, and both; never who served."""
    answers = Answers(engine=around.engine, indicators=around.indicators, tree=around.tree)
    scope = Scope(period=period, places=(), filters={}, at=sequence)
    regions = (Split(level=1),) if indicator.place is not None else ()
    categories = [
        Split(category=name)
        for name, category in indicator.categories.items()
        if category.long is None or category.long.read.column.reference != "organisations"
    ]
    asks: list[tuple[int, tuple[Split, ...]]] = [(_TOTAL, ())]
    if is_by_rows(indicator):
        asks += [(_REGION, regions)] if regions else []
        asks += [(_CATEGORY, (one,)) for one in categories]
        asks += [(_BOTH, (*regions, one)) for one in categories if regions]
    for rank, by in asks:
        for key, value in answers.values(indicator, scope, by).items():
            if UNKNOWN not in key and _is_large(indicator, value, threshold):
                assert value.value is not None
                yield Candidate(figure=_figure(indicator, period, sequence, by, key, value.value), rank=rank)


def _is_large(indicator: Indicator, value: Value, threshold: int) -> bool:
    if value.value is None:
        return False
    return value.records >= threshold if is_currency(indicator.unit) else value.value >= threshold


def _tally(indicator: Indicator, period: Period, sequence: int, around: Surroundings) -> Candidate | None:
    """How many places or types a month has, with their names."""
    answers = Answers(engine=around.engine, indicators=around.indicators, tree=around.tree)
    value = answers.values(indicator, Scope(period=period, places=(), filters={}, at=sequence))[()].value
    if not value:
        return None
    figure = _figure(indicator, period, sequence, (), (), value, listed=())
    return Candidate(figure=figure, rank=_REGION if isinstance(indicator.measure, DistinctPlace) else _CATEGORY)


def _figure(
    indicator: Indicator,
    period: Period,
    sequence: int,
    by: Sequence[Split],
    key: Sequence[str],
    value: Decimal,
    listed: tuple[str, ...] | None = None,
) -> PrintedFigure:
    categories: Mapping[str, tuple[str, ...]] = {
        split.category: (code,) for split, code in zip(by, key, strict=True) if split.category
    }
    places = tuple(code for split, code in zip(by, key, strict=True) if split.level is not None)
    written = FigureReference(indicator=indicator.id, place=places, categories=categories).written()
    return PrintedFigure(
        reference=written,
        indicator=indicator.id,
        period=period,
        places=places,
        categories=categories,
        at=sequence,
        low=value,
        high=value,
        listed=listed,
        edition=PLAN,
    )
