"""What a reader can work out of printed numbers: linear programmes over the cells that were not printed, solved by HiGHS.

A reader knows that counts are not negative, every printed value, and how parts make up totals. `Program.interval` gives the smallest
and the largest value that a combination of unknown cells can have then.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

#: What a solver may be off by.
TOLERANCE = 1e-6


class _Quiet(highspy.Highs):
    """A solver that never writes to the terminal: the one of highspy greets whoever enables its callbacks, figures or JSON alike."""

    def enableCallbacks(self) -> None:
        """Not wanted here."""


@dataclass
class Program:
    """Unknown quantities, none below zero, and linear constraints on them."""

    count: int
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)
    upper: Mapping[int, float] = field(default_factory=dict)

    def constrain(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """The weighted sum of these unknowns lies between."""
        kept = {column: weight for column, weight in terms.items() if weight}
        if kept:
            self.rows.append((kept, low, high))

    def around(self, columns: Iterable[int]) -> Program:
        """The part of the programme that has to do with these unknowns, however indirectly: what is odd elsewhere stays there."""
        reached, rows = set(columns), list(self.rows)
        kept: list[tuple[Mapping[int, float], float, float]] = []
        while touching := [row for row in rows if not reached.isdisjoint(row[0])]:
            kept += touching
            rows = [row for row in rows if reached.isdisjoint(row[0])]
            reached |= {column for terms, _, _ in touching for column in terms}
        return Program(count=self.count, rows=kept, upper=self.upper)

    def intervals(self, asked: Iterable[Mapping[int, float]]) -> list[tuple[float, float]]:
        """The bounds of each weighted sum; infinity where there is none. What cannot be at all has the bounds (inf, -inf)."""
        solver = self._solver()
        found = []
        for terms in asked:
            self._set_cost(solver, terms)
            low = self._optimum(solver, highspy.ObjSense.kMinimize)
            high = self._optimum(solver, highspy.ObjSense.kMaximize)
            found.append((low, high))
        return found

    def cheapest(self, cost: Sequence[float]) -> list[float] | None:
        """The unknowns' values at the least cost; None when the constraints cannot be met."""
        solver = self._solver()
        self._set_cost(solver, dict(enumerate(cost)))
        solver.changeObjectiveSense(highspy.ObjSense.kMinimize)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(solver.getSolution().col_value)

    def _solver(self) -> highspy.Highs:
        solver = _Quiet()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        upper = np.array([self.upper.get(column, highspy.kHighsInf) for column in range(self.count)])
        solver.addVars(self.count, np.zeros(self.count), upper)
        for terms, low, high in self.rows:
            columns = np.array(list(terms), dtype=np.int32)
            solver.addRow(low, high, len(columns), columns, np.array(list(terms.values()), dtype=np.float64))
        return solver

    def _set_cost(self, solver: highspy.Highs, terms: Mapping[int, float]) -> None:
        cost = np.array([float(terms.get(column, 0.0)) for column in range(self.count)])
        solver.changeColsCost(self.count, np.arange(self.count, dtype=np.int32), cost)

    def _optimum(self, solver: highspy.Highs, sense: highspy.ObjSense) -> float:
        worst = math.inf if sense == highspy.ObjSense.kMinimize else -math.inf
        solver.changeObjectiveSense(sense)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(solver.getInfo().objective_function_value)
        return worst if status == highspy.HighsModelStatus.kInfeasible else -worst
