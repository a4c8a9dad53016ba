"""What a reader can work out of everything that is printed of one source table.

The unknowns are the table's *atoms*: a month, a place, a value of each category, a summed column. A printed figure says between which
bounds a weighted sum of atoms lies; a printed count of places or types says how many groups of atoms are not empty. A protected cell is a sum of
atoms too. It is safe when the reader, who knows that counts are whole numbers and not negative, cannot place it within an interval
narrower than the width that it needs.

Atoms that no statement tells apart are one unknown: how it is shared among them is anybody's guess.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toguna.figures.core.disclosure.linear_program import Program
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import numpy as np
else:
    np = library("numpy")

#: The most that a group of atoms can add up to where no statement says so.
_MOST = 1e5
#: By how much an interval may seem narrower than it is.
SLACK = 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """`low` <= sum of weight x atom <= `high`. `weights` has one number for each atom."""

    name: Hashable
    weights: np.ndarray
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally:
    """So many of these groups of atoms are above zero, the others of them are empty. `groups` has one row of marks for each group."""

    name: Hashable
    groups: np.ndarray
    number: int


@dataclass(frozen=True, kw_only=True, eq=False)
class ProtectedCell:
    """A weighted sum of atoms that a reader may not place within an interval narrower than `width`."""

    name: Hashable
    weights: np.ndarray
    width: float


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A protected cell that a reader can place between `low` and `high`; `low` is above `high` where the statements contradict each other."""

    name: Hashable
    low: float
    high: float
    width: float

    @property
    def is_contradiction(self) -> bool:
        """What is printed cannot all be true, so that nothing protects the cell for certain."""
        return self.low > self.high


def find_leaks(
    statements: Sequence[Statement | Tally], cells: Sequence[ProtectedCell], whole: np.ndarray
) -> list[Leak]:
    """The protected cells that the statements give away, in their order. `whole` marks the atoms that are whole numbers.

    Statements that cannot all be true protect nothing: each cell that they speak of is a leak, and what stands elsewhere is
    audited without them.
    """
    if not statements or not cells:
        return []
    audit = _Audit(statements, whole)
    if audit.can_be_true:
        return audit.leaks(cells)
    parts = _connected(statements)
    odd = [part for part in parts if not _Audit(part, whole).can_be_true]
    sound = [one for part in parts if not any(part is other for other in odd) for one in part]
    found = {leak.name: leak for leak in (_Audit(sound, whole).leaks(cells) if sound else [])}
    spoken = np.any([_atoms_of(one) for part in odd for one in part], axis=0)
    for cell in cells:
        if np.any(spoken & (cell.weights != 0)):
            found[cell.name] = Leak(name=cell.name, low=math.inf, high=-math.inf, width=cell.width)
    return [found[cell.name] for cell in cells if cell.name in found]


def binding_statements(
    statements: Sequence[Statement | Tally], cells: Sequence[ProtectedCell], whole: np.ndarray
) -> list[list[Statement | Tally]]:
    """Of each cell those of the statements that hold its interval, as the linear programmes say; nothing where they do not."""
    audit = _Audit(statements, whole)
    smallest, largest = audit.reduced(np.vstack([cell.weights for cell in cells]).astype(np.float64))
    found: list[list[Statement | Tally]] = []
    for least, most in zip(smallest, largest, strict=True):
        audit.bounds(least, most, 0.0)
        held: list[Statement | Tally] = [audit.sums[row] for row in sorted(audit.binding) if row < len(audit.sums)]
        found.append([*held, *audit.tallies] if held else [])
    return found


def interval_of(statements: Sequence[Statement | Tally], weights: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """The least and the most that a weighted sum of atoms can be, once the statements are known."""
    audit = _Audit(statements, whole)
    smallest, largest = audit.reduced(weights[None, :])
    return audit.bounds(smallest[0], largest[0])


class _Audit:
    """One programme: a column for each class of atoms that the statements treat alike, and one for each group of a tally."""

    def __init__(self, statements: Sequence[Statement | Tally], whole: np.ndarray) -> None:
        self.sums = [one for one in statements if isinstance(one, Statement)]
        self.tallies = [one for one in statements if isinstance(one, Tally)]
        rows = [one.weights for one in self.sums] + [group for tally in self.tallies for group in tally.groups]
        marks = np.vstack([*rows, whole]).astype(np.float64)
        self.classes, self.order = _classes(marks)
        self.starts = np.searchsorted(self.classes[self.order], np.arange(self.classes.max() + 1))
        self.representative = self.order[self.starts]
        self.count = len(self.starts)
        self.touched = np.any(marks[:-1][:, self.representative] != 0, axis=0)
        self.program = self._program(whole)
        self.seen: list[np.ndarray] = []
        #: Rows of the programme that hold the last interval.
        self.binding: set[int] = set()
        self.has_shares = bool(self.tallies) or any(np.any(one.weights % 1) for one in self.sums)
        any_table = self.program.optimum({}, maximise=False).solution
        self.can_be_true = any_table is not None
        self.first = np.zeros(self.count) if any_table is None else any_table[: self.count]

    def leaks(self, cells: Sequence[ProtectedCell]) -> list[Leak]:
        """The cells given away. Cells that the statements treat alike are one; what one solution shows of a cell, it shows of all."""
        smallest, largest = self.reduced(np.vstack([cell.weights for cell in cells]))
        alike: dict[tuple[bytes, bytes, float], int] = {}
        kinds = [
            alike.setdefault((least.tobytes(), most.tobytes(), cell.width), n)
            for n, (least, most, cell) in enumerate(zip(smallest, largest, cells, strict=True))
        ]
        first = np.array(list(alike.values()))
        placed = self._placed(
            smallest[first].astype(np.float64), largest[first].astype(np.float64), [cells[n].width for n in first]
        )
        of_kind = dict(zip(map(int, first), placed, strict=True))
        found = []
        for cell, kind in zip(cells, kinds, strict=True):
            if (bounds := of_kind[kind]) is not None:
                found.append(Leak(name=cell.name, low=bounds[0], high=bounds[1], width=cell.width))
        return found

    def _placed(
        self, smallest: np.ndarray, largest: np.ndarray, widths: Sequence[float]
    ) -> list[tuple[float, float] | None]:
        """The interval of each reduced cell that is too narrow; None of one that is safe."""
        found: list[tuple[float, float] | None] = [None] * len(widths)
        low, high = smallest @ self.first, largest @ self.first
        low[np.any(smallest[:, ~self.touched] < 0, axis=1)] = -math.inf
        high[np.any(largest[:, ~self.touched] > 0, axis=1)] = math.inf
        needed = np.array(widths) - SLACK
        left = np.flatnonzero(high - low < needed)
        while len(left):
            n, left = int(left[0]), left[1:]
            least, most = self.bounds(smallest[n], largest[n], widths[n])
            if most - least < needed[n]:
                found[n] = (least, most)
            for solution in self.seen:
                low[left] = np.minimum(low[left], smallest[left] @ solution)
                high[left] = np.maximum(high[left], largest[left] @ solution)
            left = left[high[left] - low[left] < needed[left]]
        return found

    def reduced(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """By class the weight that counts for the least and for the most: of atoms that are alike, any may hold the whole."""
        ordered = weights[:, self.order]
        return np.minimum.reduceat(ordered, self.starts, axis=1), np.maximum.reduceat(ordered, self.starts, axis=1)

    def bounds(self, smallest: np.ndarray, largest: np.ndarray, width: float = math.inf) -> tuple[float, float]:
        """The interval of one reduced cell; the solutions that give it are kept in `seen`.

        Whole numbers are asked for where fractions leave an interval less than twice as wide as `width`, and wherever a share is
        printed: of shares few whole numbers are possible, however far apart. An interval that is too narrow in fractions is so in
        whole numbers.
        """
        self.seen, self.binding = [], set()
        low, high = self._both(smallest, largest, in_whole=False)
        if high - low < width - SLACK and math.isfinite(width):
            return low, high
        if high - low < 2 * width or self.has_shares:
            self.seen = []
            low, high = self._both(smallest, largest, in_whole=True)
        return low, high

    def _both(self, smallest: np.ndarray, largest: np.ndarray, *, in_whole: bool) -> tuple[float, float]:
        low = (
            -math.inf
            if np.any(smallest[~self.touched] < 0)
            else self._optimum(smallest, maximise=False, in_whole=in_whole)
        )
        high = (
            math.inf if np.any(largest[~self.touched] > 0) else self._optimum(largest, maximise=True, in_whole=in_whole)
        )
        return low, high

    def _optimum(self, weights: np.ndarray, *, maximise: bool, in_whole: bool) -> float:
        terms = _terms(np.where(self.touched, weights, 0))
        found = self.program.optimum(terms, maximise=maximise, in_whole=in_whole)
        if found.solution is not None and self.program.is_whole(found.solution):
            self.seen.append(found.solution[: self.count])
        self.binding |= set(found.binding)
        return found.value

    def _program(self, whole: np.ndarray) -> Program:
        groups = sum(len(tally.groups) for tally in self.tallies)
        program = Program(count=self.count + groups)
        for one in self.sums:
            program.constrain(_terms(one.weights[self.representative]), one.low, one.high)
        column = self.count
        for tally in self.tallies:
            marks = [_terms(group[self.representative]) for group in tally.groups]
            program.constrain({column + n: 1.0 for n in range(len(marks))}, tally.number, tally.number)
            for n, terms in enumerate(marks):
                most = self._most(terms)
                program.constrain({**terms, column + n: -1.0}, 0.0, math.inf)
                program.constrain({**terms, column + n: -most}, -math.inf, 0.0)
            column += len(marks)
        own = np.flatnonzero(whole[self.representative])
        program.whole = frozenset(map(int, own)) | frozenset(range(self.count, self.count + groups))
        program.upper = dict.fromkeys(range(self.count, self.count + groups), 1.0)
        return program

    def _most(self, terms: dict[int, float]) -> float:
        """The most that a group can add up to by one statement alone."""
        bounds = [
            one.high
            for one in self.sums
            if one.high < math.inf
            and np.all(one.weights >= 0)
            and all(one.weights[self.representative[column]] >= 1 for column in terms)
        ]
        return max(min(bounds, default=_MOST), 1.0)


def _connected(statements: Sequence[Statement | Tally]) -> list[list[Statement | Tally]]:
    """The statements in groups that share no atom."""
    groups: list[tuple[np.ndarray, list[Statement | Tally]]] = []
    for one in statements:
        atoms = _atoms_of(one)
        joined = [group for group in groups if np.any(group[0] & atoms)]
        groups = [group for group in groups if not any(group is other for other in joined)]
        groups.append(
            (np.any([atoms, *(group[0] for group in joined)], axis=0), [*(o for g in joined for o in g[1]), one])
        )
    return [group[1] for group in groups]


def _atoms_of(statement: Statement | Tally) -> np.ndarray:
    if isinstance(statement, Statement):
        return np.asarray(statement.weights != 0)
    return np.asarray(np.any(statement.groups, axis=0))


def _classes(marks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The class of each atom, and the atoms in the order of their classes."""
    numbers: dict[bytes, int] = {}
    columns = np.ascontiguousarray(marks.T)
    classes = np.array([numbers.setdefault(column.tobytes(), len(numbers)) for column in columns])
    return classes, np.argsort(classes, kind="stable")


def _terms(weights: np.ndarray) -> dict[int, float]:
    return {int(column): float(weights[column]) for column in np.flatnonzero(weights)}
