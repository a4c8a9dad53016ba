"""References to figures and tables of figures. Pure but for the engine it asks: whoever opens an instance gives it what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from itertools import product

from toguna.figures.answers import Answers, Scope, scope_before
from toguna.figures.context import Context, FigureTable
from toguna.figures.core.adding import may_cover
from toguna.figures.core.definition import UNKNOWN, Category, Count, Distinct, DistinctPlace, Indicator, Long, Quoted
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.disclosure.suppression import threshold_of
from toguna.figures.core.figure import AsOf, Figure, FigureSource, quoted_source
from toguna.figures.core.plan.ask import Split
from toguna.figures.core.plan.statement import QueryError
from toguna.figures.core.printing import Row, for_print, table_for_print, withheld
from toguna.figures.core.reference import FigureReference, categories_of, check_reference, parse_reference, values_of
from toguna.figures.core.show import alphabetical
from toguna.figures.core.table_cell import of_cell
from toguna.figures.core.values import NotConvertible, Value
from toguna.figures.engine import Engine
from toguna.figures.lake.problems import FAULTS
from toguna.figures.owner_hedges import owner_hedge, unread_hedges
from toguna.figures.print_rules import PrintRules
from toguna.figures.problems import FAULTS as FIGURE_FAULTS
from toguna.figures.too_fine import rows_too_fine, too_fine
from toguna.figures.unchanged import Earlier, with_unchanged
from toguna.kernel.api import LANGUAGES, Language, Period, Problem, Refused
from toguna.places.api import Place as GeoPlace
from toguna.places.api import Tree

_LEVEL = re.compile(r"place@([0-4])")
#: The category by which the names of what is counted are had.
_COUNTED = "counted"


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an opened instance gives: the lake, the definitions, the places, and the journal's answers about time."""

    engine: Engine
    indicators: Mapping[str, Indicator]
    #: The operation's own place.
    root: str
    tree: Callable[[date], Tree]
    #: The last act that the lake has reached.
    until: int
    #: The sequence that a text means.
    as_of: Callable[[str], int]
    #: The head of the journal at a sequence.
    known: Callable[[int], AsOf]
    thresholds: Mapping[str, int] = field(default_factory=dict)
    #: Indicators whose threshold the role that they name has lifted.
    released: frozenset[str] = frozenset()
    #: The name of a code of a table (places, organisations) on a day; the code itself where there is none.
    name: Callable[[str | None, str, date, Language], str] = lambda table, code, day, language: code
    nearest_place: Callable[[str], str | None] = lambda word: None
    #: What the publication plans let be printed of the months of a period.
    planned: Callable[[Period], Sequence[PrintedFigure]] = lambda period: ()
    #: From the first to the last day of which anything was recorded, as known at a sequence; None where that is not asked.
    recorded: Callable[[int], Period | None] = lambda at: None


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A reference seen from its text."""

    reference: FigureReference
    indicator: Indicator
    scope: Scope
    place: str | None


class Calculator:
    """Figures of one text: one context."""

    def __init__(self, surroundings: Surroundings, context: Context) -> None:
        self.around = surroundings
        self.context = context
        self.answers = Answers(
            engine=surroundings.engine,
            indicators=surroundings.indicators,
            tree=surroundings.tree,
            recorded=surroundings.recorded,
            is_guarded=lambda indicator: self.threshold(indicator) > 1,
        )

    def figure(self, written: str) -> tuple[Figure | None, list[Problem]]:
        """The figure that a reference names, or every fault that stops it."""
        resolved, problems = self.resolve(written)
        if resolved is None:
            return None, problems
        try:
            value = self.answers.values(resolved.indicator, resolved.scope)[()]
            problems += too_fine(resolved, value, self.around.tree(resolved.scope.period.end))
            figure = replace(self.made(resolved, value, {}), names=self._names(resolved))
            problems += unread_hedges(figure)
            figure = with_unchanged(figure, resolved.indicator, resolved.scope, self._quoted_in(resolved))
            if self.context.public:
                figure = for_print(figure, resolved.indicator, self._parts(resolved).get((), ()))
            return self._allowed(figure), problems
        except (NotConvertible, QueryError) as error:
            return None, [*problems, told(error, resolved.reference)]

    def table(self, written: str, by: Sequence[str]) -> FigureTable:
        """A figure split by categories, places or months, with its total."""
        resolved, problems = self.resolve(written)
        if resolved is None:
            return FigureTable(by=tuple(by), rows=(), total=None, problems=tuple(problems))
        splits, faults = self.splits(resolved, by)
        problems += faults
        if faults:
            return FigureTable(by=tuple(by), rows=(), total=None, problems=tuple(problems))
        try:
            values = self.answers.values(resolved.indicator, resolved.scope, splits)
            sum_of_rows = self.answers.values(resolved.indicator, resolved.scope)[()]
            problems += too_fine(resolved, sum_of_rows, self.around.tree(resolved.scope.period.end))
            problems += rows_too_fine(self.answers, resolved, splits, values)
            total = self.made(resolved, sum_of_rows, {})
            parts = {**self._parts(resolved, splits), **self._parts(resolved)} if self.context.public else {}
        except (NotConvertible, QueryError) as error:
            problems.append(told(error, resolved.reference))
            return FigureTable(by=tuple(by), rows=(), total=None, problems=tuple(problems))
        if self.context.public and self.threshold(resolved.indicator) > 1:
            values = {**self._empty(resolved, splits, values), **values}
        rows: list[Row] = []
        keys = sorted(values, key=lambda key: self._order(resolved, splits, key))
        for key in keys:
            categories = {split.name: value for split, value in zip(splits, key, strict=True)}
            rows.append((categories, self.made(resolved, values[key], categories)))
        if self.context.public:
            made_of = {n: parts.get(key, ()) for n, key in enumerate(keys)} | {-1: parts.get((), ())}
            printed, whole = table_for_print(rows, total, by, self.around.indicators, made_of)
            printed, whole = self._with_parts_withheld(resolved, by, printed, whole)
            within = tuple((cell, self._allowed(one)) for cell, one in printed)
            whole = self._allowed(whole) if whole is not None else None
            return FigureTable(by=tuple(by), rows=within, total=whole, problems=tuple(problems))
        return FigureTable(by=tuple(by), rows=tuple(rows), total=total, problems=tuple(problems))

    def _with_parts_withheld(
        self, resolved: Resolved, by: Sequence[str], rows: tuple[Row, ...], total: Figure | None
    ) -> tuple[tuple[Row, ...], Figure | None]:
        """Of a change: a cell is withheld where either period's table withholds it, and the total where any cell is."""
        earlier = scope_before(resolved.scope)
        if resolved.indicator.kind != "change" or earlier is None or self.threshold(resolved.indicator) <= 1:
            return rows, total
        hidden: set[tuple[tuple[str, str], ...]] = set()
        for period in (resolved.scope.period, earlier.period):
            of = replace(resolved.reference, indicator=resolved.indicator.of[0], period=period.written())
            table = self.table(of.written(), by)
            whole: list[Row] = [({}, table.total)] if table.total is not None else []
            hidden |= {tuple(sorted(cell.items())) for cell, one in (*table.rows, *whole) if one.status == "withheld"}
        printed = tuple((cell, withheld(one) if tuple(sorted(cell.items())) in hidden else one) for cell, one in rows)
        if total is not None and (() in hidden or any(one.status == "withheld" for _, one in printed)):
            total = withheld(total)
        return printed, total

    def resolve(self, written: str) -> tuple[Resolved | None, list[Problem]]:
        """What the reference asks, or every fault of it."""
        reference, problems = parse_reference(written)
        if reference is None:
            return None, problems
        problems += check_reference(reference, self.around.indicators)
        indicator = self.around.indicators.get(reference.indicator)
        if problems or indicator is None:
            return None, problems
        period = reference.resolved_period(self.context.period)
        if (refused := may_cover(indicator, period)) is not None:
            problems.append(refused)
        places, faults = self._places(reference, period)
        problems += faults
        at, faults = self._at(reference)
        problems += faults
        if problems:
            return None, problems
        asked = () if places == (self.around.root,) else places
        scope = Scope(period=period, places=asked, filters=reference.categories, at=at)
        return Resolved(reference=reference, indicator=indicator, scope=scope, place=",".join(places)), problems

    def splits(self, resolved: Resolved, by: Sequence[str]) -> tuple[tuple[Split, ...], list[Problem]]:
        """The splits that words name: a category, ``region``, ``place@2``, ``month``."""
        indicator = resolved.indicator
        categories = categories_of(indicator, self.around.indicators)
        parts = [part for part, _, _ in self.answers.parts(indicator, resolved.scope)]
        found, problems = [], []
        for word in by:
            level = _LEVEL.fullmatch("place@1" if word == "region" else word)
            if level and any(part.place is None for part in parts):
                problems.append(FAULTS["split_placeless"].at(indicator=indicator.id))
            elif word == "month" and any(part.kind != "flow" for part in (*parts, *self._undivided(indicator))):
                problems.append(FAULTS["split_monthless"].at(indicator=indicator.id))
            elif word == "month" and any(part.grain == "quarter" for part in parts):
                problems.append(FIGURE_FAULTS["month_too_fine"].at(indicator=indicator.id))
            elif level:
                found.append(Split(level=int(level[1])))
            elif word == "month":
                found.append(Split(month=True))
            elif word in categories:
                found.append(Split(category=word))
            else:
                known = ", ".join(categories) or "-"
                problems.append(FAULTS["split_unknown"].at(indicator=indicator.id, by=word, known=known))
        return tuple(found), problems

    def _undivided(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The indicator itself where its period cannot be split: the period before each month is another one."""
        return (indicator,) if indicator.kind == "change" or indicator.is_daily else ()

    def made(self, resolved: Resolved, value: Value, cell: Mapping[str, str]) -> Figure:
        """The figure of a value; `cell`: what a table's row adds to the reference."""
        indicator, scope = resolved.indicator, resolved.scope
        reference, period, place = of_cell(resolved.reference, resolved.scope.period, resolved.place, cell)
        categories = {name: ",".join(values) for name, values in scope.filters.items()}
        categories |= {name: item for name, item in cell.items() if name not in ("place", "month")}
        sources = self.sources(resolved)
        return Figure(
            reference=reference,
            indicator=indicator.id,
            label=indicator.label,
            period=period,
            place=place,
            categories=categories,
            value=value.value,
            status=value.status,
            provisional=value.provisional,
            unit=indicator.unit,
            basis=indicator.basis,
            sources=sources,
            records=value.records,
            as_of=self.around.known(scope.at),
            definition=indicator.digest,
            sensitivity=indicator.sensitivity,
            threshold=self.threshold(indicator),
            missing=value.missing,
            stale=self._is_stale(resolved),
            owner_hedge=owner_hedge(indicator, sources),
            engines=value.engines,
        )

    def _is_stale(self, resolved: Resolved) -> bool:
        """Whether a source of this period is; that of the period before, of a change, is meant to be old."""
        indicator = resolved.indicator
        if indicator.kind == "change":
            indicator = self.around.indicators[indicator.of[0]]
        return any(
            one.stale_after is not None and one.stale_after < self.context.period.end
            for one in self.sources(replace(resolved, indicator=indicator))
        )

    def _allowed(self, figure: Figure) -> Figure:
        """The figure, withheld where rules beyond its own smallness forbid to print it."""
        rules = PrintRules(
            engine=self.around.engine,
            indicators=self.around.indicators,
            tree=self.around.tree,
            root=self.around.root,
            threshold_of=self.threshold,
        )
        if self.context.public:
            figure = rules.by_agreement(figure)
        return rules.within_plan(figure, self.around.planned) if self.context.planned else figure

    def threshold(self, indicator: Indicator) -> int:
        """Below which a value of the indicator may not be printed."""
        return threshold_of(indicator, self.around.thresholds, released=indicator.id in self.around.released)

    def _parts(self, resolved: Resolved, by: tuple[Split, ...] = ()) -> dict[tuple[str, ...], list[Decimal | None]]:
        """By cell, the values that a ratio, difference or change is made of."""
        indicator = resolved.indicator
        if indicator.kind not in ("ratio", "difference", "change"):
            return {}
        parts = self.answers.part_values(indicator, resolved.scope, by)
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: [part[key].value if key in part else None for part in parts] for key in keys}

    def _empty(
        self, resolved: Resolved, splits: Sequence[Split], values: Mapping[tuple[str, ...], Value]
    ) -> dict[tuple[str, ...], Value]:
        """Every cell that a sensitive table could have, as none: a row that is absent would tell that nothing happened there."""
        if resolved.indicator.is_derived:
            return {}
        axes = []
        for n, split in enumerate(splits):
            seen = {key[n] for key in values}
            category = resolved.indicator.categories.get(split.category or "")
            asked = resolved.scope.filters.get(split.category or "")
            possible = set(values_of(category)) - {UNKNOWN} if category is not None else set()
            axes.append(sorted(seen | (possible if asked is None else possible & set(asked))))
        return {key: Value(value=Decimal(0), status="value") for key in product(*axes)}

    def _names(self, resolved: Resolved) -> dict[str, tuple[str, ...]]:
        """What a count of different places or values counted, by name, for a figure that prints as a list."""
        measure, scope = resolved.indicator.measure, resolved.scope
        if resolved.reference.show.style not in ("list", "names") or not isinstance(measure, Distinct | DistinctPlace):
            return {}
        long = Long(read=measure.read, level=measure.level if isinstance(measure, DistinctPlace) else None)
        categories = {**resolved.indicator.categories, _COUNTED: Category(name=_COUNTED, long=long)}
        counting = replace(resolved.indicator, measure=Count(), categories=categories, nil=None)
        cells = self.answers.values(counting, scope, (Split(category=_COUNTED),))
        codes = [key[0] for key in cells if key[0] != UNKNOWN]
        table, day = measure.read.column.reference, scope.period.end
        return {
            language: alphabetical(self.around.name(table, code, day, language) for code in codes)
            for language in dict.fromkeys((*LANGUAGES, self.context.language))
        }

    def sources(self, resolved: Resolved) -> tuple[FigureSource, ...]:
        """The tables that it is counted from, or the documents that are quoted."""
        found: dict[FigureSource, None] = {}
        for part, narrowed, scope in self.answers.parts(resolved.indicator, resolved.scope):
            if part.basis in ("counted", "reported"):
                found[FigureSource(id=part.table or "")] = None
            else:
                for source in self._quoted(part, scope, narrowed):
                    found[source] = None
        return tuple(found)

    def _quoted_in(self, resolved: Resolved) -> Earlier:
        """The value and the sources of the same figure in another scope."""
        return lambda scope: (
            self.answers.values(resolved.indicator, scope)[()].value,
            self.sources(replace(resolved, scope=scope)),
        )

    def _quoted(self, part: Indicator, scope: Scope, narrowed: Indicator | None) -> list[FigureSource]:
        quoted = part.quoted
        reads = {one.name: read for one in fields(Quoted) if (read := getattr(quoted, one.name)) is not None}
        if part.stale_after is not None and not isinstance(part.stale_after, int):
            reads["stale_after"] = part.stale_after
        if scope.places and part.place is None:
            return []
        rows = self.around.engine.documents(self.answers.ask(part, scope, (), narrowed), reads)
        return [quoted_source(part, row) for row in rows]

    def _places(self, reference: FigureReference, period: Period) -> tuple[tuple[str, ...], list[Problem]]:
        tree = self.around.tree(period.end)
        codes, problems = [], []
        for word in reference.place or (self.context.place or self.around.root,):
            place: GeoPlace | None = tree.place(word)
            if place is not None:
                codes.append(place.code)
            elif word == self.around.root:
                codes.append(word)
            else:
                near = self.around.nearest_place(word)
                problems.append(
                    FAULTS["place_unknown"].at(word=word, day=period.end, near=f" ({near}?)" if near else "")
                )
        return tuple(sorted(set(codes))), problems

    def _at(self, reference: FigureReference) -> tuple[int, list[Problem]]:
        """The act as of which: the reference's own, its edition's, the text's, or now."""
        if reference.as_of is not None:
            try:
                return self.around.as_of(reference.as_of), []
            except Refused as refused:
                return 0, list(refused.problems)
        if reference.edition is not None:
            if reference.edition not in self.context.editions:
                return 0, [FAULTS["edition_unknown"].at(edition=reference.edition)]
            return self.context.editions[reference.edition], []
        return (self.around.until if self.context.as_of is None else self.context.as_of), []

    def _order(self, resolved: Resolved, splits: Sequence[Split], key: tuple[str, ...]) -> list[tuple[int, str]]:
        """Wide cells and brackets as they are declared, everything else by its code; unknown last."""
        categories = categories_of(resolved.indicator, self.around.indicators)
        order = []
        for split, value in zip(splits, key, strict=True):
            category = categories.get(split.category or "")
            declared: list[str] = []
            if category is not None and category.wide is not None:
                declared = [cell or UNKNOWN for cell in category.wide.cells.values()]
            if category is not None and category.age is not None:
                declared += [one.code for one in self.around.engine.setting.brackets.get(category.age.brackets, ())]
            rank = declared.index(value) if value in declared else len(declared)
            order.append((len(declared) + 1 if value == UNKNOWN else rank, value))
        return order


def told(error: Exception, reference: FigureReference) -> Problem:
    """The fault that stopped a figure, in a sentence."""
    if isinstance(error, NotConvertible):
        return FAULTS["not_convertible"].at(reference=reference, currency=error.currency, unit=error.unit)
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return FAULTS["query_failed"].at(reference=reference, reason=reason)
