"""Linear programmes over unknown quantities that are not below zero, solved by HiGHS.

Where whole numbers are asked for and the linear optimum is no whole number, the integer programme is solved instead. One that cannot
be finished within its limit gives the best solution found: too narrow an interval, never one too wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

#: What a solver may be off by.
TOLERANCE = 1e-6
#: Nodes after which the search for whole numbers gives the best solution found.
_MOST_NODES = 2_000


class _Quiet(highspy.Highs):
    """A solver that never writes to the terminal: the one of highspy greets whoever enables its callbacks, figures or JSON alike."""

    def enableCallbacks(self) -> None:
        """Not wanted here."""


@dataclass(frozen=True, kw_only=True)
class Optimum:
    """The best value of a weighted sum, and the unknowns' values that give it; none where it is unbounded or cannot be met."""

    value: float
    solution: np.ndarray | None = None
    #: The rows that hold it back: without them it could be better. Not known of whole numbers.
    binding: tuple[int, ...] = ()


@dataclass
class Program:
    """Unknown quantities, none below zero, and linear constraints on them."""

    count: int
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)
    upper: Mapping[int, float] = field(default_factory=dict)
    #: Unknowns that are whole numbers.
    whole: frozenset[int] = frozenset()
    _solver: highspy.Highs | None = field(default=None, init=False, repr=False)

    def constrain(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """The weighted sum of these unknowns lies between. After this the programme is built anew."""
        kept = {column: weight for column, weight in terms.items() if weight}
        if kept:
            self.rows.append((kept, low, high))
            self._solver = None
        elif low > TOLERANCE or high < -TOLERANCE:
            # A sum of nothing that is not 0: nothing can meet it.
            self.rows.append(({}, low, high))
            self._solver = None

    def intervals(self, asked: Iterable[Mapping[int, float]]) -> list[tuple[float, float]]:
        """The bounds of each weighted sum; infinity where there is none. What cannot be at all has the bounds (inf, -inf)."""
        return [
            (self.optimum(terms, maximise=False).value, self.optimum(terms, maximise=True).value) for terms in asked
        ]

    def cheapest(self, cost: Sequence[float]) -> list[float] | None:
        """The unknowns' values at the least cost; None when the constraints cannot be met."""
        found = self.optimum(dict(enumerate(cost)), maximise=False)
        return None if found.solution is None else list(found.solution)

    def optimum(self, terms: Mapping[int, float], *, maximise: bool, in_whole: bool = True) -> Optimum:
        """The largest or smallest value of a weighted sum, in whole numbers where these are asked for, unless `in_whole` is off."""
        solver = self._ready()
        cost = np.zeros(self.count)
        for column, weight in terms.items():
            cost[column] = weight
        solver.changeColsCost(self.count, np.arange(self.count, dtype=np.int32), cost)
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        found = self._solved(solver, maximise=maximise)
        if not in_whole or found.solution is None or self.is_whole(found.solution):
            return found
        return self._in_whole_numbers(solver, maximise=maximise)

    def is_whole(self, solution: np.ndarray) -> bool:
        """Whether all unknowns that are whole numbers are so here."""
        own = solution[self._columns]
        return bool(np.all(np.abs(own - np.round(own)) <= 1e-5))

    @property
    def _columns(self) -> np.ndarray:
        return np.array(sorted(self.whole), dtype=np.int32)

    def _in_whole_numbers(self, solver: highspy.Highs, *, maximise: bool) -> Optimum:
        columns = self._columns
        kinds = np.array([highspy.HighsVarType.kInteger] * len(columns))
        solver.changeColsIntegrality(len(columns), columns, kinds)
        try:
            return self._solved(solver, maximise=maximise)
        finally:
            kinds = np.array([highspy.HighsVarType.kContinuous] * len(columns))
            solver.changeColsIntegrality(len(columns), columns, kinds)

    @staticmethod
    def _solved(solver: highspy.Highs, *, maximise: bool) -> Optimum:
        solver.run()
        status = solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit):
            value = float(solver.getInfo().objective_function_value)
            if math.isfinite(value):
                solution = solver.getSolution()
                duals = np.abs(np.array(solution.row_dual))
                binding = tuple(int(row) for row in np.flatnonzero(duals > TOLERANCE))
                return Optimum(value=value, solution=np.array(solution.col_value), binding=binding)
        best = math.inf if maximise else -math.inf
        unbounded = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        return Optimum(value=best if status in unbounded else -best)

    def _ready(self) -> highspy.Highs:
        if self._solver is None:
            self._solver = self._built()
        return self._solver

    def _built(self) -> highspy.Highs:
        solver = _Quiet()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_max_nodes", _MOST_NODES)
        upper = np.array([self.upper.get(column, highspy.kHighsInf) for column in range(self.count)])
        solver.addVars(self.count, np.zeros(self.count), upper)
        for terms, low, high in self.rows:
            columns = np.array(list(terms), dtype=np.int32)
            solver.addRow(low, high, len(columns), columns, np.array(list(terms.values()), dtype=np.float64))
        return solver
