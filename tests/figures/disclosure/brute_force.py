"""Every table of whole numbers that is consistent with what is printed, tried one by one: what the audit is held against."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from toguna.figures.core.disclosure.audit import ProtectedCell, Statement, Tally


def tables(count: int, most: int) -> Iterator[np.ndarray]:
    """All tables of so many atoms, none above `most`."""
    for values in product(range(most + 1), repeat=count):
        yield np.array(values)


def consistent(table: np.ndarray, statements: Sequence[Statement | Tally]) -> bool:
    """Whether a table is one that the reader must think possible."""
    return all(_holds(table, one) for one in statements)


def _holds(table: np.ndarray, one: Statement | Tally) -> bool:
    if isinstance(one, Tally):
        return sum(bool(group @ table > 0) for group in one.groups) == one.number
    return bool(one.low - 1e-9 <= one.weights @ table <= one.high + 1e-9)


def intervals(
    statements: Sequence[Statement | Tally], cells: Sequence[ProtectedCell], count: int, most: int
) -> list[tuple[float, float]]:
    """The least and the most of each cell over all consistent tables."""
    found = [(math.inf, -math.inf)] * len(cells)
    for table in tables(count, most):
        if consistent(table, statements):
            values = [float(cell.weights @ table) for cell in cells]
            found = [(min(low, v), max(high, v)) for (low, high), v in zip(found, values, strict=True)]
    return found
