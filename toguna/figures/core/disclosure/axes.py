"""The axes of a source table (days, places, values of its columns), cut into the smallest pieces that conditions tell apart.

An atom of the table is one piece of each axis. A condition reads one axis, or several at once; over all atoms it is a mask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import numpy as np

#: From this age on years are not told apart.
OLDEST = 120


@dataclass(frozen=True, kw_only=True)
class AtomCondition:
    """What the plan of a figure asks of an atom: a test of its values on these axes, in this order."""

    axes: tuple[str, ...]
    test: Callable[..., bool]
    #: Of a period: the days at which time must be cut.
    edges: tuple[date, ...] = ()

    def holds(self, *values: Any) -> bool:
        return bool(self.test(*values))


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis and every value that a row can have on it. `group` says what a value belongs to, of which cells are protected too."""

    name: str
    values: tuple[Any, ...]
    group: Mapping[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """An axis cut: the values of each piece, and the group that each lies in."""

    axis: Axis
    values: tuple[tuple[Any, ...], ...]

    @property
    def index(self) -> Mapping[Any, int]:
        """The piece of each value."""
        return {value: n for n, values in enumerate(self.values) for value in values}

    def marks(self) -> list[np.ndarray]:
        """What cells are made of on this axis: all of it, each piece, and each group of several pieces."""
        count = len(self.values)
        found = [np.ones(count, dtype=bool), *np.eye(count, dtype=bool)] if count > 1 else [np.ones(count, dtype=bool)]
        groups = [self.axis.group.get(values[0]) for values in self.values]
        for name in dict.fromkeys(groups):
            mark = np.array([one == name for one in groups])
            if name is not None and 1 < mark.sum() < count:
                found.append(mark)
        return found


def cut(axis: Axis, conditions: Iterable[AtomCondition]) -> Pieces:
    """The axis in pieces: values that no condition tells apart, and that belong to one group, are one piece."""
    own = [one for one in conditions if axis.name in one.axes]
    pieces: dict[tuple[Any, ...], list[Any]] = {}
    for value in axis.values:
        # Together with other axes a value may mean anything: it stays alone.
        signature = tuple(one.holds(value) if len(one.axes) == 1 else value for one in own)
        pieces.setdefault((*signature, axis.group.get(value)), []).append(value)
    return Pieces(axis=axis, values=tuple(tuple(values) for values in pieces.values()))


def mask(pieces: Sequence[Pieces], conditions: Iterable[AtomCondition]) -> np.ndarray:
    """Which atoms satisfy all conditions; one dimension an axis."""
    names = [one.axis.name for one in pieces]
    found = np.ones([len(one.values) for one in pieces], dtype=bool)
    for condition in conditions:
        own = sorted(names.index(name) for name in condition.axes)
        order = [names[n] for n in own]
        shape = [len(one.values) if n in own else 1 for n, one in enumerate(pieces)]
        values = [
            condition.holds(*(combination[order.index(name)] for name in condition.axes))
            for combination in product(*([values[0] for values in pieces[n].values] for n in own))
        ]
        found &= np.array(values, dtype=bool).reshape(shape)
    return found


def are_disjoint(
    some: Sequence[AtomCondition], others: Sequence[AtomCondition], values: Mapping[str, Sequence[Any]]
) -> bool:
    """Whether no row can satisfy both, because of one axis whose values are all known."""
    for name, known in values.items():
        both = [one for one in (*some, *others) if one.axes == (name,)]
        if known and both and not any(all(one.holds(value) for one in both) for value in known):
            return True
    return False
