"""Everything printed of sensitive tables, audited together: which protected cells a reader can work out, and from which prints."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.core.disclosure.audit import Leak, ProtectedCell, Statement, Tally, binding_statements, find_leaks
from toguna.figures.core.disclosure.axes import are_disjoint
from toguna.figures.core.disclosure.conditions import ROWS, PlaceRules, Scope, is_by_rows, is_tally
from toguna.figures.core.disclosure.figure_parts import ALWAYS, FigureParts, Part, counted_column, part_of, parts_of
from toguna.figures.core.disclosure.prints import PLAN, PrintedFigure
from toguna.figures.core.disclosure.protected_cells import CellLabel, ThresholdOf, is_small, protected_cells
from toguna.figures.core.disclosure.space import Member, Records, Space, make_space
from toguna.figures.core.expressions import Expression
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import numpy as np
else:
    np = library("numpy")

#: A printed quotient is known to half a unit of its sixth digit.
_QUOTIENT = 5e-7


@dataclass(kw_only=True)
class _Family:
    """The prints of one source table at its days, or of one indicator that is no sum over rows."""

    parts: list[Part] = field(default_factory=list)
    sensitive: list[Part] = field(default_factory=list)
    acts: set[int] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True, eq=False)
class Equation:
    """A statement over the atoms of one or several families."""

    weights: Mapping[Hashable, np.ndarray]
    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, kw_only=True, eq=False)
class _Groups:
    """A tally over the atoms of one family."""

    family: Hashable
    groups: np.ndarray
    number: int


class JointAudit:
    """One audit of the prints of a draft and of all earlier editions. Made once, asked of any part of them."""

    def __init__(
        self,
        prints: Sequence[PrintedFigure],
        indicators: Mapping[str, Indicator],
        threshold_of: ThresholdOf,
        records: Records,
    ) -> None:
        self.indicators, self.threshold_of, self.records = indicators, threshold_of, records
        self.prints: list[tuple[PrintedFigure, FigureParts]] = []
        self.families: dict[Hashable, _Family] = {}
        self._choose([(one, parts_of(one, indicators, records)) for one in prints])
        self.spaces = {key: _space(family, records) for key, family in self.families.items()}
        self.told = {id(one): self._told(one, parts) for one, parts in self.prints}
        self.statements = {id(one): self._said(one, parts) for one, parts in self.prints}
        self.cells = {
            key: protected_cells(self.spaces[key], family.sensitive, threshold_of, records)
            for key, family in self.families.items()
        }

    def leaks(self, prints: Sequence[PrintedFigure] | None = None, among: Sequence[Leak] | None = None) -> list[Leak]:
        """What these of the audit's prints, by default all, give away together. The name of a leak is a `CellLabel`.

        `among`: only these cells. Fewer prints give no other cell away than more do.
        """
        names = None if among is None else {leak.name for leak in among}
        chosen = None if prints is None else {id(one) for one in prints}
        known = [(one, parts) for one, parts in self.prints if chosen is None or id(one) in chosen]
        found = [leak for one, _ in known for leak in self.told.get(id(one), ()) if names is None or leak.name in names]
        for keys in _linked([parts.families for _, parts in known]):
            said = [
                statement
                for one, parts in known
                if parts.families & set(keys)
                for statement in self.statements[id(one)]
            ]
            cells = [(key, cell) for key in keys for cell in self.cells[key] if names is None or cell.name in names]
            found += self._leaks_of(keys, said, cells) if cells else []
        return found

    def gives_away(self, leak: Leak, prints: Sequence[PrintedFigure]) -> bool:
        """Whether these of the audit's prints alone give the leak's cell away."""
        own = {id(one) for one in prints}
        if any(leak in self.told[number] for number in own if number in self.told):
            return True
        known = [(one, parts) for one, parts in self.prints if id(one) in own]
        for keys in _linked([parts.families for _, parts in known]):
            cells = [(key, cell) for key in keys for cell in self.cells[key] if cell.name == leak.name]
            said = [said for one, parts in known if parts.families & set(keys) for said in self.statements[id(one)]]
            if cells and self._leaks_of(keys, said, cells):
                return True
        return False

    def culprits(self, leak: Leak, prints: Sequence[PrintedFigure] | None = None) -> list[PrintedFigure]:
        """The fewest of these prints, by default of all, that give a leak away: without any one of them the others do not.

        The draft's own are kept as long as can be: an earlier edition cannot be changed any more, so that what is left of the
        draft is what must change. An edition is named before a plan is: readers hold it in their hands.
        """
        own = None if prints is None else {id(one) for one in prints}
        every = [one for one, _ in self.prints if own is None or id(one) in own]
        found = sorted(self.holding(leak, every), key=lambda one: (one.edition != PLAN) + (one.edition == ""))
        size = max(len(found) // 2, 1)
        while True:
            start = 0
            while start < len(found):
                rest = found[:start] + found[start + size :]
                if self.gives_away(leak, rest):
                    found = rest
                else:
                    start += size
            if size == 1:
                return found
            size //= 2

    def holding(self, leak: Leak, prints: Sequence[PrintedFigure]) -> list[PrintedFigure]:
        """The prints that hold a leak's cell in its interval; all of them where the programmes do not say."""
        [found] = self.held_by([leak], prints)
        return found if found and self.gives_away(leak, found) else list(prints)

    def held_by(self, leaks: Sequence[Leak], prints: Sequence[PrintedFigure]) -> list[list[PrintedFigure]]:
        """Of each leak the prints that hold its cell in its interval, as one set of programmes says; none where they do not say."""
        wanted = {id(one) for one in prints}
        known = [(one, parts) for one, parts in self.prints if id(one) in wanted]
        found: dict[Hashable, list[PrintedFigure]] = {
            leak.name: [one for one, _ in known if leak in self.told.get(id(one), ())] for leak in leaks
        }
        names = {leak.name for leak in leaks if not found[leak.name]}
        for keys in _linked([parts.families for _, parts in known]):
            own = [
                (one, said) for one, parts in known if parts.families & set(keys) for said in self.statements[id(one)]
            ]
            cells = [(key, cell) for key in keys for cell in self.cells[key] if cell.name in names]
            if not own or not cells:
                continue
            statements, placed = self._placed(keys, [said for _, said in own], cells)
            whole = np.concatenate([self.spaces[key].whole for key in keys])
            of_statement = {id(said): one for (one, _), said in zip(own, statements, strict=True)}
            for cell, held in zip(placed, binding_statements(statements, placed, whole), strict=True):
                found[cell.name] = list({id(one): one for one in (of_statement[id(said)] for said in held)}.values())
        return [found[leak.name] for leak in leaks]

    def equations(self, one: PrintedFigure) -> list[Equation]:
        """What must be known for a figure to be known: the sums that it is made of; nothing of a count of places or types."""
        parts = next((parts for own, parts in self.prints if own is one), None)
        if parts is None or parts.is_opaque or any(part.is_tally for part in parts.every):
            return []
        if parts.divided_by:
            sums = (parts.parts, parts.divided_by)
            return [Equation(weights=self._added(one, own, 1.0), low=0.0, high=math.inf) for own in sums]
        return [said for said in self.statements[id(one)] if isinstance(said, Equation)]

    def joined(self, equations: Sequence[Equation]) -> np.ndarray:
        """One row for each equation, over the atoms of all families."""
        starts = dict(zip(self.spaces, np.cumsum([0, *(space.count for space in self.spaces.values())]), strict=False))
        found = np.zeros((len(equations), sum(space.count for space in self.spaces.values())))
        for n, one in enumerate(equations):
            for key, weights in one.weights.items():
                found[n, starts[key] : starts[key] + len(weights)] = weights
        return found

    def _leaks_of(
        self,
        keys: Sequence[Hashable],
        said: Sequence[Equation | _Groups],
        protected: Sequence[tuple[Hashable, ProtectedCell]],
    ) -> list[Leak]:
        statements, cells = self._placed(keys, said, protected)
        return find_leaks(statements, cells, np.concatenate([self.spaces[key].whole for key in keys]))

    def _placed(
        self,
        keys: Sequence[Hashable],
        said: Sequence[Equation | _Groups],
        protected: Sequence[tuple[Hashable, ProtectedCell]],
    ) -> tuple[list[Statement | Tally], list[ProtectedCell]]:
        """Statements and cells over the atoms of several families, one behind the other."""
        counts = [self.spaces[key].count for key in keys]
        starts = dict(zip(keys, np.cumsum([0, *counts[:-1]]), strict=True))
        total = sum(counts)

        def placed(key: Hashable, weights: np.ndarray) -> np.ndarray:
            found = np.zeros((*weights.shape[:-1], total), dtype=weights.dtype)
            found[..., starts[key] : starts[key] + weights.shape[-1]] = weights
            return found

        statements: list[Statement | Tally] = []
        for one in said:
            if isinstance(one, _Groups):
                statements.append(Tally(name="", groups=placed(one.family, one.groups), number=one.number))
            else:
                weights = np.sum([placed(key, own) for key, own in one.weights.items()], axis=0)
                statements.append(Statement(name="", weights=weights, low=one.low, high=one.high))
        cells = [
            ProtectedCell(name=cell.name, weights=placed(key, cell.weights), width=cell.width)
            for key, cell in protected
        ]
        return statements, cells

    def _choose(self, known: Sequence[tuple[PrintedFigure, FigureParts]]) -> None:
        """The prints that may meet a sensitive indicator's rows, and those of what such a figure is added to or divided by."""
        printed = [part for _, parts in known for part in parts.every]
        sensitive = [
            part_of(one, scope, self.records)
            for one in self.indicators.values()
            if not one.is_derived and not is_tally(one) and self.threshold_of(one) > 1
            for scope in _scopes(one, printed)
        ]
        spoken, chosen = list(sensitive), set[int]()
        for _ in range(2):
            for n, (_, parts) in enumerate(known):
                if n not in chosen and any(_meet(own, other) for own in parts.every for other in spoken):
                    chosen.add(n)
            spoken += [part for n in chosen for part in known[n][1].every]
        self.prints = [known[n] for n in sorted(chosen)]
        for one, parts in self.prints:
            for part in parts.every:
                family = self.families.setdefault(part.family, _Family())
                family.parts.append(part)
                family.acts.add(one.at)
        for part in sensitive:
            if part.family in self.families:
                self.families[part.family].sensitive.append(part)

    # What a print says

    def _told(self, one: PrintedFigure, parts: FigureParts) -> list[Leak]:
        """A count of places or types speaks of a cell itself: where that is protected, to count it is to tell of it."""
        found: list[Leak] = []
        for part in parts.every if not parts.is_opaque else ():
            space = self.spaces[part.family]
            where = space.mask(part.plan.conditions)
            for own in self.families[part.family].sensitive if part.is_tally else ():
                mask = where & space.mask(own.plan.conditions)
                value, threshold = space.value(mask, own.plan.terms, one.at), self.threshold_of(own.indicator)
                if is_small(value, threshold):
                    label = CellLabel(
                        indicator=own.indicator.id,
                        start=one.period.start,
                        end=one.period.end,
                        values=tuple((name, ",".join(codes)) for name, codes in one.categories.items()),
                        at=one.at,
                    )
                    found.append(Leak(name=label, low=value, high=value, width=float(threshold)))
        return found

    def _said(self, one: PrintedFigure, parts: FigureParts) -> list[Equation | _Groups]:
        low, high = float(one.low), float(one.high)
        if parts.is_opaque:
            return []
        if parts.divided_by:
            numerator = self._added(one, parts.parts, parts.times)
            denominator = self._added(one, parts.divided_by, 1.0)
            return [
                Equation(weights=_less(numerator, low - _QUOTIENT, denominator), low=0.0, high=math.inf),
                Equation(weights=_less(numerator, high + _QUOTIENT, denominator), low=-math.inf, high=0.0),
            ]
        if len(parts.parts) == 1 and parts.parts[0].is_tally:
            return self._tallied(one, parts.parts[0])
        if any(part.is_tally for part in parts.parts):
            return []
        return [Equation(weights=self._added(one, parts.parts, 1.0), low=low, high=high)]

    def _added(self, one: PrintedFigure, parts: Sequence[Part], times: float) -> dict[Hashable, np.ndarray]:
        found: dict[Hashable, np.ndarray] = {}
        for part in parts:
            space = self.spaces[part.family]
            weights = space.weights(space.mask(part.plan.conditions), part.plan.terms, one.at) * part.weight * times
            found[part.family] = found.get(part.family, np.zeros(space.count)) + weights
        return found

    def _tallied(self, one: PrintedFigure, part: Part) -> list[Equation | _Groups]:
        """Which groups of atoms are not empty, where the codes are listed; else how many."""
        space = self.spaces[part.family]
        where = space.mask(part.plan.conditions)
        masks = _groups(space, part, self.records.places)
        own = {code: where & mask for code, mask in masks.items() if (where & mask).any()}
        present = {code for code, mask in own.items() if space.row_count(mask, space.terms, one.at)}
        terms = _telling_terms(space, own, present, one.at)
        if not terms:
            return []
        groups = {code: space.weights(mask, terms, one.at) for code, mask in own.items()}
        if one.listed is None and len(present) < len(groups):
            return [_Groups(family=part.family, groups=np.array(list(groups.values())), number=len(present))]
        return [
            Equation(weights={part.family: weights}, low=1.0, high=math.inf)
            if code in present
            else Equation(weights={part.family: weights}, low=0.0, high=0.0)
            for code, weights in groups.items()
        ]


def _space(family: _Family, records: Records) -> Space:
    members = [Member(indicator=part.indicator, plan=part.plan) for part in (*family.parts, *family.sensitive)]
    first = next((part for part in family.sensitive), family.parts[0])
    return make_space(members, sorted(family.acts), records, first.amounts(records))


def _scopes(indicator: Indicator, printed: Sequence[Part]) -> list[Scope]:
    """In which scopes an indicator is protected: everywhere, or where it is printed if it is no sum over rows."""
    if is_by_rows(indicator):
        return [Scope(period=ALWAYS, filters={})]
    own = {part.family: part.own_scope for part in printed if part.indicator.id == indicator.id}
    return list(own.values())


def _meet(own: Part, other: Part) -> bool:
    """Whether two parts may speak of the same rows and terms."""
    if own.family != other.family:
        return False
    if not (own.is_tally or other.is_tally or set(own.plan.terms) & set(other.plan.terms)):
        return False
    columns = {**own.plan.columns, **other.plan.columns}
    values = {
        name: sorted({*column.column.choices, UNKNOWN})
        for name, column in columns.items()
        if not isinstance(column, Category) and column.column.choices
    }
    return not are_disjoint(own.plan.conditions, other.plan.conditions, values)


def _groups(space: Space, part: Part, places: PlaceRules) -> dict[str, np.ndarray]:
    """The atoms of each place or type that a tally may count."""
    long = counted_column(part.indicator).long
    assert long is not None
    n = next(n for n, one in enumerate(space.pieces) if one.axis.name == long.read.written)
    end = part.scope.period.end
    found: dict[str, np.ndarray] = {}
    for piece, values in enumerate(space.pieces[n].values):
        for value in values:
            code = value if long.level is None or value == UNKNOWN else places.ancestor(value, long.level, end)
            if code is None or code == UNKNOWN:
                continue
            mask = found.setdefault(code, np.zeros([len(one.values) for one in space.pieces], dtype=bool))
            index: list[slice | int] = [slice(None)] * mask.ndim
            index[n] = piece
            mask[tuple(index)] = True
    return found


def _telling_terms(
    space: Space, groups: Mapping[str, np.ndarray], present: set[str], at: int
) -> tuple[Expression, ...]:
    """The summed columns that are above zero just where a row stands, so that a tally tells of them."""
    return tuple(
        term
        for term in space.terms
        if term == ROWS
        or all((space.value(mask, [term], at) > 0) == (code in present) for code, mask in groups.items())
    )


def _less(
    numerator: Mapping[Hashable, np.ndarray], times: float, other: Mapping[Hashable, np.ndarray]
) -> dict[Hashable, np.ndarray]:
    found = dict(numerator)
    for key, weights in other.items():
        found[key] = found.get(key, np.zeros(len(weights))) - times * weights
    return found


def _linked(families: Sequence[frozenset[Hashable]]) -> list[list[Hashable]]:
    """The families that statements bind to one another."""
    groups: list[set[Hashable]] = []
    for own in families:
        joined = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own]
        groups.append(set(own).union(*joined))
    return [sorted(group, key=repr) for group in groups if group]
