"""What the figures of one text tell together: a withheld value that can be worked out from printed ones is a leak.

Figures of one indicator speak of overlapping parts of the same records: a total and its parts, a month and its quarter, a region and
its country. The records are cut into the smallest pieces that the figures tell apart; each figure is a sum of pieces; a linear
programme says how closely a reader can place each withheld sum. Values that no figure names are taken to be empty where
those named are all there are (a reader will): that errs on the safe side. Axes over which an indicator may not be added are kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from toguna.figures.core.adding import may_add
from toguna.figures.core.audit import TOLERANCE, Program
from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.core.figure import Figure
from toguna.figures.core.reference import age_range, categories_of, values_of

#: Gives every smallest place within a place; of no place, all that there are.
Leaves = Callable[[str | None], frozenset[str]]
_OLDEST = 130


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A withheld figure that a reader can place between `low` and `high`, closer than its threshold allows."""

    figure: Figure
    low: float
    high: float

    @property
    def is_contradiction(self) -> bool:
        """The printed values around it cannot all be true, so that nothing protects it for certain."""
        return self.low > self.high


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """What one figure speaks of: days, places, and per category the values (None: all of it)."""

    start: int
    end: int
    places: frozenset[str]
    values: Mapping[str, frozenset[str] | None]


def withhold_together(
    figures: Sequence[Figure], indicators: Mapping[str, Indicator], leaves: Leaves
) -> tuple[Leak, ...]:
    """The leaks of a list of figures printed (or withheld) in one text, in their order. Figures without a value are left out.

    Also what sums and differences of indicators tell of one another, where both speak of the same period, place and categories.
    """
    known = [figure for figure in figures if figure.value is not None or figure.status == "withheld"]
    known = list({(figure.reference.written(), figure.status, figure.value): figure for figure in known}.values())
    audit = _Audit(indicators=indicators, leaves=leaves)
    for figure in known:
        audit.place(figure)
    return audit.leaks(known)


class _Audit:
    """One programme over all figures: the pieces of each group of one indicator, and what binds indicators to one another."""

    def __init__(self, *, indicators: Mapping[str, Indicator], leaves: Leaves) -> None:
        self.indicators, self.leaves_of = indicators, leaves
        self.groups: dict[tuple[object, ...], list[tuple[Figure, _Scope]]] = {}
        self.terms: dict[int, dict[int, float]] = {}
        self.scopes: dict[tuple[object, ...], dict[int, float]] = {}
        self.count = 0

    def place(self, figure: Figure) -> None:
        """Put a figure among those that it can be compared with, and what it is made of beside it, though nobody printed that."""
        scope = self._scope(figure)
        self.groups.setdefault(self._apart(figure, scope), []).append((figure, scope))
        indicator = self.indicators[figure.indicator]
        for name in indicator.of if indicator.is_derived else ():
            self.place(replace(figure, indicator=name, value=None, status="unknown"))

    def leaks(self, figures: Sequence[Figure]) -> tuple[Leak, ...]:
        program = Program(count=0)
        for group in self.groups.values():
            self._cut(group)
        for group in self.groups.values():
            for figure, scope in group:
                self._derive(figure, scope, program)
        for figure in figures:
            if figure.value is not None:
                value = float(figure.value)
                program.constrain(self.terms[id(figure)], value - TOLERANCE / 10, value + TOLERANCE / 10)
        program.count = self.count
        hidden = [figure for figure in figures if figure.status == "withheld"]
        bounds = [self._bounds(program, self.terms[id(figure)]) for figure in hidden]
        return tuple(
            Leak(figure=figure, low=low, high=high)
            for figure, (low, high) in zip(hidden, bounds, strict=True)
            if high - low < figure.threshold - 0.001
        )

    @staticmethod
    def _bounds(program: Program, terms: Mapping[int, float]) -> tuple[float, float]:
        return program.around(terms).intervals([terms])[0]

    def _scope(self, figure: Figure) -> _Scope:
        own = categories_of(self.indicators[figure.indicator], self.indicators)
        given = {key: value.split(",") for key, value in figure.categories.items()}
        return _Scope(
            start=figure.period.start.toordinal(),
            end=figure.period.end.toordinal(),
            places=frozenset().union(*(self.leaves_of(code) for code in (figure.place or "").split(",") if code))
            or self.leaves_of(None),
            values={name: frozenset(given[name]) if name in given else None for name in own},
        )

    def _apart(self, figure: Figure, scope: _Scope) -> tuple[object, ...]:
        """What two figures must share to be compared: the indicator, the as-of, and every axis that may not be added over."""
        indicator = self.indicators[figure.indicator]
        key: list[object] = [figure.indicator, figure.as_of.sequence]
        if may_add(indicator, "period", self.indicators) is not None:
            key.append((scope.start, scope.end))
        if may_add(indicator, "place", self.indicators) is not None:
            key.append(scope.places)
        for name, values in scope.values.items():
            if may_add(indicator, name, self.indicators) is not None:
                key.append((name, values))
        return tuple(key)

    def _cut(self, group: Sequence[tuple[Figure, _Scope]]) -> None:
        """Pieces that the group's figures tell apart: each is the set of figures that it belongs to, as bits."""
        if self.indicators[group[0][0].indicator].kind in ("difference", "ratio"):
            self._stand_alone(group)
            return
        scopes = [scope for _, scope in group]
        own = categories_of(self.indicators[group[0][0].indicator], self.indicators)
        pieces = _days(scopes)
        for masks in (_places(scopes), *(_values(scopes, name, category) for name, category in own.items())):
            pieces = {piece & mask for piece in pieces for mask in masks} - {0}
        for bit, (figure, scope) in enumerate(group):
            self.terms[id(figure)] = {
                self.count + column: 1.0 for column, piece in enumerate(sorted(pieces)) if piece >> bit & 1
            }
            self.scopes.setdefault((figure.indicator, _same(figure, scope)), self.terms[id(figure)])
        self.count += len(pieces)

    def _stand_alone(self, group: Sequence[tuple[Figure, _Scope]]) -> None:
        """Figures that are no sums of pieces, and may lie below zero: one unknown less another, the same for the same scope."""
        for figure, scope in group:
            key = (figure.indicator, _same(figure, scope))
            if key not in self.scopes:
                self.scopes[key] = {self.count: 1.0, self.count + 1: -1.0}
                self.count += 2
            self.terms[id(figure)] = self.scopes[key]

    def _derive(self, figure: Figure, scope: _Scope, program: Program) -> None:
        """What a sum, a difference or a ratio says of the indicators it is made of, in its own scope."""
        indicator = self.indicators[figure.indicator]
        if indicator.kind not in ("sum", "difference", "ratio"):
            return
        same = _same(figure, scope)
        parts = [self.scopes[name, same] for name in indicator.of]
        own = self.terms[id(figure)]
        if indicator.kind == "ratio":
            if figure.value is not None and indicator.numerator_where is None:
                self._bind_ratio(float(figure.value), indicator, parts, program)
            return
        signs = [1.0] * len(parts) if indicator.kind == "sum" else [1.0, *[-1.0] * (len(parts) - 1)]
        terms = {column: -weight for column, weight in own.items()}
        for sign, part in zip(signs, parts, strict=True):
            for column, weight in part.items():
                terms[column] = terms.get(column, 0.0) + sign * weight
        program.constrain(terms, 0.0, 0.0)

    def _bind_ratio(
        self, value: float, indicator: Indicator, parts: Sequence[Mapping[int, float]], program: Program
    ) -> None:
        """Numerator = value x denominator, as closely as the ratio is known: to half a unit of its sixth digit."""
        times = 100.0 if indicator.unit == "percent" else 1.0
        for slack, low, high in ((-5e-7, 0.0, float("inf")), (5e-7, -float("inf"), 0.0)):
            terms: dict[int, float] = {column: weight * times for column, weight in parts[0].items()}
            for column, weight in parts[1].items():
                terms[column] = terms.get(column, 0.0) - (value + slack) * weight
            program.constrain(terms, low, high)


def _same(figure: Figure, scope: _Scope) -> object:
    filters = tuple(sorted((name, values) for name, values in scope.values.items() if values is not None))
    return (scope.start, scope.end, scope.places, filters, figure.as_of.sequence)


def _days(scopes: Sequence[_Scope]) -> set[int]:
    edges = sorted({edge for scope in scopes for edge in (scope.start, scope.end + 1)})
    return {sum(1 << bit for bit, scope in enumerate(scopes) if scope.start <= edge <= scope.end) for edge in edges} - {
        0
    }


def _places(scopes: Sequence[_Scope]) -> set[int]:
    every = frozenset().union(*(scope.places for scope in scopes))
    return {sum(1 << bit for bit, scope in enumerate(scopes) if place in scope.places) for place in every}


def _values(scopes: Sequence[_Scope], name: str, category: Category) -> set[int]:
    """The pieces of a category: every value named, and the rest where those named are not all."""
    named = frozenset().union(*(scope.values[name] or frozenset() for scope in scopes))
    everything = sum(1 << bit for bit, scope in enumerate(scopes) if scope.values[name] is None)
    ages = {value: bounds for value in named if (bounds := age_range(value)) is not None}
    if ages and (category.age is not None or category.wide is not None):
        return _ages(scopes, name, ages, everything)
    masks = {everything | _having(scopes, name, value) for value in named}
    closed = values_of(category) - {UNKNOWN}
    if not named or not closed or not closed <= named:
        masks.add(everything)
    return masks - {0} or {0}


def _ages(scopes: Sequence[_Scope], name: str, ages: Mapping[str, tuple[int, int | None]], everything: int) -> set[int]:
    """Each year of age is a piece; nobody's age unknown, unless a figure says so."""
    masks = set()
    for age in range(_OLDEST):
        mask = everything
        for value, (low, high) in ages.items():
            if low <= age <= (_OLDEST if high is None else high):
                mask |= _having(scopes, name, value)
        masks.add(mask)
    if unknown := _having(scopes, name, UNKNOWN):
        masks.add(everything | unknown)
    return masks - {0} or {0}


def _having(scopes: Sequence[_Scope], name: str, value: str) -> int:
    return sum(1 << bit for bit, scope in enumerate(scopes) if value in (scope.values[name] or ()))
