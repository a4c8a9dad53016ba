"""Which cells of a source table a reader may not learn.

Each month of a sensitive indicator, crossed with all or one value of every category, and with the whole operation, each region and each smaller
place that some print tells apart. Of these:

- a cell below the threshold, whether or not anybody asked for it;
- a cell without a case where others of its place and month have cases: "none here" speaks of those that are;
- a change between two acts that is smaller than the threshold: the reader may know which rows came late;
- an amount of money that fewer payments than the threshold make up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.audit import ProtectedCell
from toguna.figures.core.disclosure.conditions import term_groups
from toguna.figures.core.disclosure.figure_parts import Part
from toguna.figures.core.disclosure.space import Records, Space
from toguna.figures.core.expressions import Expression
from toguna.figures.core.figure import is_currency
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import numpy as np
else:
    np = library("numpy")

#: A reader may not come nearer to a withheld amount of money than this part of it.
NEAR = 0.1
#: More atoms than these that changed are protected by month alone.
_MOST_CHANGED = 40
ThresholdOf = Callable[[Indicator], int]


@dataclass(frozen=True, kw_only=True)
class CellLabel:
    """A protected cell, for whoever must be told of it: the indicator, the days, and its value on each axis."""

    indicator: str
    start: date
    end: date
    values: tuple[tuple[str, str], ...] = ()
    terms: int = 0
    #: The act as of which; of a change, the later one.
    at: int = 0
    #: It is what changed between two acts.
    is_change: bool = False


@dataclass(frozen=True, kw_only=True)
class _Lattice:
    """Every cell of a space: by the number of its mark on each axis, 0 being all of the axis."""

    space: Space
    marks: tuple[tuple[np.ndarray, ...], ...]

    @classmethod
    def of(cls, space: Space) -> _Lattice:
        return cls(space=space, marks=tuple(tuple(one.marks()) for one in space.pieces))

    def cells(self, among: np.ndarray) -> Iterator[tuple[int, ...]]:
        """The numbers of the cells that are marked; of several times none is all of them together."""
        first = len(self.marks[0]) > 1
        yield from (tuple(map(int, numbers)) for numbers in np.argwhere(among) if numbers[0] >= first)

    def weights(self, numbers: Sequence[int], where: np.ndarray, terms: Sequence[Expression], at: int) -> np.ndarray:
        """One for each unknown that a cell's atoms are at an act, as far as they lie in `where`."""
        index = np.ix_(*(np.flatnonzero(marks[number]) for marks, number in zip(self.marks, numbers, strict=True)))
        inside, unknowns = where[index], self.space.unknowns[at]
        found = np.zeros(self.space.count, dtype=np.int8)
        for term in terms:
            found[unknowns[self.space.terms.index(term)][index][inside]] = 1
        return found

    def sums(self, atoms: np.ndarray) -> np.ndarray:
        """What every cell adds up to of these values of the atoms."""
        found = atoms.astype(np.float64)
        for marks in self.marks:
            found = np.tensordot(found, np.array(marks, dtype=np.float64), axes=([0], [1]))
        return found

    def populations(self, sums: np.ndarray) -> np.ndarray:
        """Of every cell, what all cases of its time and place add up to, whatever else tells them apart."""
        whole = tuple(
            slice(None) if n == 0 or one.axis.group else slice(0, 1) for n, one in enumerate(self.space.pieces)
        )
        return np.broadcast_to(sums[whole], sums.shape)

    def values(self, numbers: Sequence[int]) -> tuple[tuple[str, str], ...]:
        found = []
        for n, number in enumerate(numbers[1:], 1):
            if number:
                pieces = self.space.pieces[n]
                codes = [
                    str(v) for own, on in zip(pieces.values, self.marks[n][number], strict=True) if on for v in own
                ]
                groups = {pieces.axis.group.get(code) for code in codes}
                code = groups.pop() if pieces.axis.group and len(groups) == 1 and len(codes) > 1 else ",".join(codes)
                found.append((pieces.axis.name, str(code)))
        return tuple(found)


def is_small(value: float, threshold: int) -> bool:
    """Whether a cell with cases is too small to be learnt."""
    return 0 < value < threshold


def protected_cells(
    space: Space, sensitive: Sequence[Part], threshold_of: ThresholdOf, records: Records
) -> list[ProtectedCell]:
    """Every cell of these sensitive parts that is protected, once."""
    found: dict[bytes, tuple[Callable[[], CellLabel], np.ndarray, float]] = {}
    lattice = _Lattice.of(space)
    for part in sensitive:
        threshold = threshold_of(part.indicator)
        groups = (
            term_groups(part.indicator, records.table(part.indicator.table or ""))
            if part.is_by_rows
            else [part.plan.terms]
        )
        for label, weights, width in (*_cells(lattice, part, groups, threshold), *_changes(lattice, part, threshold)):
            key = weights.tobytes()
            if key not in found or found[key][2] < width:
                found[key] = (label, weights, width)
    return [ProtectedCell(name=label(), weights=weights, width=width) for label, weights, width in found.values()]


#: What its name is made by, its weights, and how wide its interval must be: names are made of what is kept alone.
_Unnamed = tuple[Callable[[], "CellLabel"], "np.ndarray", float]


def _cells(
    lattice: _Lattice, part: Part, groups: Sequence[tuple[Expression, ...]], threshold: int
) -> Iterator[_Unnamed]:
    space, last = lattice.space, lattice.space.acts[-1]
    where = space.mask(part.plan.conditions)
    for at in space.acts:
        # What did not change since is the same unknown at the last act.
        told = where if at == last else where & (space.unknowns[at] != space.unknowns[last]).any(axis=0)
        is_told = lattice.sums(told) > 0
        people = lattice.populations(lattice.sums(_added(space.values[at], space, part.plan.terms, where)))
        for n, terms in enumerate(groups):
            values = lattice.sums(_added(space.values[at], space, terms, where))
            rows = [lattice.sums(_added(space.rows[at], space, (term,), where)) for term in terms]
            widths = np.where(is_told, _widths(part.indicator, values, np.max(rows, axis=0), people, threshold), 0.0)
            for numbers in lattice.cells(widths > 0):
                weights = lattice.weights(numbers, where, terms, at)
                yield partial(_label, lattice, part, numbers, n, at), weights, float(widths[numbers])


def _added(by_term: np.ndarray, space: Space, terms: Sequence[Expression], where: np.ndarray) -> np.ndarray:
    """By atom, the sum of some terms; nothing outside the part's conditions."""
    return np.where(where, by_term[[space.terms.index(term) for term in terms]].sum(axis=0), 0)


def _widths(
    indicator: Indicator, values: np.ndarray, rows: np.ndarray, people: np.ndarray, threshold: int
) -> np.ndarray:
    """How wide the interval of each cell must be; 0 where a reader may know it."""
    if is_currency(indicator.unit):
        return np.where((rows > 0) & (rows < threshold), values * NEAR, 0.0)
    reveals = (values == 0) & (people > 0)
    return np.where(((values > 0) & (values < threshold)) | reveals, float(threshold), 0.0)


def _changes(lattice: _Lattice, part: Part, threshold: int) -> Iterator[_Unnamed]:
    """What changed between two acts: of each month all together, and of each atom alone."""
    space, terms = lattice.space, part.plan.terms
    if is_currency(part.indicator.unit):
        return
    where = space.mask(part.plan.conditions)
    for before, after in combinations(space.acts, 2):
        changed = where & (space.unknowns[before] != space.unknowns[after]).any(axis=0)
        if not changed.any():
            continue
        for month in range(changed.shape[0]):
            mask = np.zeros_like(changed)
            mask[month] = changed[month]
            atoms = list(zip(*np.nonzero(mask), strict=True))
            masks = [mask] if len(atoms) != 1 else []
            if len(atoms) <= _MOST_CHANGED:
                masks += [_only(mask, atom) for atom in atoms]
            for own in masks:
                change = space.value(own, terms, after) - space.value(own, terms, before)
                if is_small(abs(change), threshold):
                    weights = space.weights(own, terms, after) - space.weights(own, terms, before)
                    numbers = (month + (len(lattice.marks[0]) > 1), *[0] * (len(lattice.marks) - 1))
                    atom = str(np.argwhere(own).tolist())
                    label = partial(_label, lattice, part, numbers, 0, after, is_change=True, atom=atom)
                    yield label, weights.astype(np.int8), float(threshold)


def _only(mask: np.ndarray, atom: tuple[int, ...]) -> np.ndarray:
    found = np.zeros_like(mask)
    found[atom] = True
    return found


def _label(
    lattice: _Lattice,
    part: Part,
    numbers: Sequence[int],
    terms: int,
    at: int,
    *,
    is_change: bool = False,
    atom: str = "",
) -> CellLabel:
    days = lattice.space.pieces[0].values
    own = [day for values, on in zip(days, lattice.marks[0][numbers[0]], strict=True) if on for day in values]
    values = lattice.values(numbers) + ((("change", atom),) if atom else ())
    return CellLabel(
        indicator=part.indicator.id,
        start=own[0][0],
        end=own[-1][1],
        values=values,
        terms=terms,
        at=at,
        is_change=is_change,
    )
