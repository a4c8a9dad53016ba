"""Publication plans chosen when a period is closed: what texts and the last edition print comes first, then what readers look for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from toguna.access.api import Actor
from toguna.figures import opened
from toguna.figures.answers import Answers, Scope
from toguna.figures.calculate import Calculator, Surroundings
from toguna.figures.context import Context
from toguna.figures.core.definition import UNKNOWN, DistinctPlace, Indicator
from toguna.figures.core.disclosure.conditions import is_by_rows, is_tally, tables_of
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure, is_same, planned_print, printed_figure
from toguna.figures.core.disclosure.publication import (
    Candidate,
    SensitivityRules,
    choose_printable,
    is_determined,
    is_sensitive,
    related,
)
from toguna.figures.core.figure import is_currency
from toguna.figures.core.plan.ask import Split
from toguna.figures.core.reference import FigureReference, parse_reference
from toguna.figures.core.values import Value
from toguna.figures.disclosure_ledger import known_to_readers, printed_before
from toguna.figures.disclosures import threshold_in
from toguna.figures.planned import PlannedFigures, newest_plans, taken_out
from toguna.figures.print_rules import is_against_agreement
from toguna.figures.source_rows import LakeRecords
from toguna.kernel.api import Period, parse_period

#: The order of choice: what texts print, what the last edition printed, then what readers look for: total, region, category, both.
_TEXT, _EDITION, _TOTAL, _REGION, _CATEGORY, _BOTH = range(6)
#: A table with more candidates than these is not crossed: its plan has regions, and values of categories.
_MOST = 60
#: Gives what texts are going to print, as known at a sequence.
Wanted = Callable[[int], Sequence[PrintedFigure]]


def choose_plans(
    period: Period, sequence: int, actor: Actor, wanted: Sequence[PrintedFigure] = ()
) -> list[PlannedFigures]:
    """The plan of every sensitive table for each month of a period, as known at an act, audited with all that was printed before.

    `wanted`: what texts are going to print; it is chosen first, then what the last edition printed, moved on to the period. What the
    protection officer has taken out stays out. An indicator that had a plan for a month and gets none anew has an empty one.
    """
    months = [parse_period(month) for month in period.months()]
    with opened.using() as around:
        chooser = PlanChooser(around=around, sequence=sequence, gone=taken_out())
        found = chooser.choose(months, _first(period, sequence, actor, wanted, around))
    plans: dict[tuple[str, Period], list[PrintedFigure]] = {
        (plan.indicator, plan.period): [] for plan in newest_plans(period) if plan.period in months
    }
    for one in found:
        month = next((month for month in months if one.period.end in month), months[-1])
        plans.setdefault((one.indicator, month), []).append(one)
    return [
        PlannedFigures(indicator=indicator, period=month, at=sequence, figures=tuple(figures))
        for (indicator, month), figures in plans.items()
    ]


def _first(
    period: Period, sequence: int, actor: Actor, wanted: Sequence[PrintedFigure], around: Surroundings
) -> list[Candidate]:
    """What is chosen before anything else, each figure once."""
    found: list[Candidate] = []
    context = Context(period=period, as_of=sequence, actor=actor, public=True)
    ranked = [(_TEXT, one) for one in wanted]
    ranked += [(_EDITION, one) for one in _moved_on(period, Calculator(around, context))]
    for rank, one in ranked:
        own = planned_print(one, period)
        if own.indicator in around.indicators and not any(is_same(own, other.figure) for other in found):
            found.append(Candidate(figure=own, rank=rank))
    return found


def _moved_on(period: Period, calculator: Calculator) -> Iterator[PrintedFigure]:
    """What editions printed of the period before, asked again of this one: a counter from the day on which it began."""
    before = period.before()
    references = dict.fromkeys(
        (one.reference, _next_period(one.period, before, period))
        for one in printed_before()
        if one.period.end == before.end
    )
    for written, own in references:
        reference, _ = parse_reference(written)
        if reference is not None:
            asked = FigureReference(**{**vars(reference), "period": own.written(), "as_of": None, "edition": None})
            figure, _ = calculator.figure(asked.written())
            if figure is not None and (one := printed_figure(figure, reference.show, calculator.around.root)):
                yield one


def _next_period(own: Period, before: Period, period: Period) -> Period:
    if own == before:
        return period
    first_of_year = before.end.replace(month=1, day=1)
    is_new_year = own.start == first_of_year and (before.end + timedelta(days=1)).month == 1
    return Period(start=period.end.replace(month=1, day=1) if is_new_year else own.start, end=period.end)


@dataclass(frozen=True, kw_only=True)
class PlanChooser:
    """Chooses for one table after another, each together with everything chosen or printed before."""

    around: Surroundings
    sequence: int
    #: What the protection officer has taken out.
    gone: Sequence[PrintedFigure]

    def choose(self, months: Sequence[Period], first: Sequence[Candidate]) -> list[PrintedFigure]:
        """Candidates that may be printed. `first` holds what is no figure of a sensitive table too: it is printed, whatever is chosen."""
        around, indicators = self.around, self.around.indicators
        rules = SensitivityRules(indicators=indicators, threshold_of=threshold_in(around))
        earlier = [one for one in known_to_readers() if one.indicator in indicators]
        earlier += [one.figure for one in first if not is_sensitive(indicators[one.figure.indicator], rules)]
        left = [one for one in first if is_sensitive(indicators[one.figure.indicator], rules)]
        chosen: list[PrintedFigure] = []
        for table in dict.fromkeys(one.table for one in _sensitive(around)):
            own = [one for one in left if table in tables_of(indicators[one.figure.indicator], indicators)]
            left = [one for one in left if one not in own]
            further = [one for month in months for one in self._of_table(table, month)]
            own += [one for one in further if not any(is_same(one.figure, other.figure) for other in own)]
            own = [one for one in own if self._is_agreed(one.figure) and not self._is_gone(one.figure)]
            if own:
                fixed = related([one.figure for one in own], [*earlier, *chosen], indicators)
                chosen += choose_printable(own, fixed, self._audit)
        return chosen

    def _audit(self, prints: Sequence[PrintedFigure]) -> JointAudit:
        around = self.around
        records = LakeRecords(engine=around.engine, tree=around.tree)
        return JointAudit(prints, around.indicators, threshold_in(around), records)

    def _is_agreed(self, one: PrintedFigure) -> bool:
        """Whether the owner of figures on gender-based violence lets it be printed: without that it is no candidate, whoever wants it."""
        known = self.around.indicators
        tree = self.around.tree(one.period.end)
        return not is_against_agreement(known[one.indicator], known, one.places, one.categories, tree)

    def _is_gone(self, one: PrintedFigure) -> bool:
        """Whether it says what the protection officer has taken out, under this name or another."""
        return any(
            other.period == one.period
            and is_determined(one, [PrintedFigure(**{**vars(other), "at": one.at})], self._audit)
            for other in related([one], self.gone, self.around.indicators)
        )

    def _of_table(self, table: str | None, month: Period) -> list[Candidate]:
        """What readers look for in a table's month, where it is large enough itself."""
        around, threshold_of = self.around, threshold_in(self.around)
        own = [one for one in _sensitive(around) if one.table == table and one.kind == "flow"]
        tallies = [one for one in around.indicators.values() if one.table == table and is_tally(one)]
        found = [one for each in own for one in self._cells(each, month, threshold_of(each))]
        found += [tally for one in tallies if (tally := self._tally(one, month)) is not None]
        return [one for one in found if one.rank < _BOTH] if len(found) > _MOST else found

    def _cells(self, indicator: Indicator, period: Period, threshold: int) -> Iterator[Candidate]:
        """The total, each region, each value of a category, and both; never who served."""
        scope = Scope(period=period, places=(), filters={}, at=self.sequence)
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
            for key, value in self._answers.values(indicator, scope, by).items():
                if UNKNOWN not in key and _is_large(indicator, value, threshold):
                    assert value.value is not None
                    yield Candidate(figure=_figure(indicator, period, self.sequence, by, key, value.value), rank=rank)

    def _tally(self, indicator: Indicator, period: Period) -> Candidate | None:
        """How many places or types a month has, with their names."""
        scope = Scope(period=period, places=(), filters={}, at=self.sequence)
        value = self._answers.values(indicator, scope)[()].value
        if not value:
            return None
        figure = _figure(indicator, period, self.sequence, (), (), value, listed=())
        return Candidate(figure=figure, rank=_REGION if isinstance(indicator.measure, DistinctPlace) else _CATEGORY)

    @property
    def _answers(self) -> Answers:
        return Answers(engine=self.around.engine, indicators=self.around.indicators, tree=self.around.tree)


def _sensitive(around: Surroundings) -> list[Indicator]:
    """The indicators whose small values are withheld and which have a table; money after counts."""
    threshold_of = threshold_in(around)
    own = [one for one in around.indicators.values() if not one.is_derived and threshold_of(one) > 1]
    return sorted(own, key=lambda one: is_currency(one.unit))


def _is_large(indicator: Indicator, value: Value, threshold: int) -> bool:
    if value.value is None:
        return False
    return value.records >= threshold if is_currency(indicator.unit) else value.value >= threshold


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
    return PrintedFigure(
        reference=FigureReference(indicator=indicator.id, place=places, categories=categories).written(),
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
