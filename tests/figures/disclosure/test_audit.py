"""The audit says of every print what trying all tables says; each rule at its boundary."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.disclosure import brute_force
from toguna.figures.core.disclosure.audit import ProtectedCell, Statement, Tally, find_leaks, interval_of

#: Atoms of a random table: two rows of two, and what each may be at most.
COUNT, MOST = 4, 5
WHOLE = np.ones(COUNT, dtype=bool)


def marks(*atoms: int, count: int = COUNT) -> np.ndarray:
    found = np.zeros(count)
    found[list(atoms)] = 1
    return found


def printed(weights: np.ndarray, value: float) -> Statement:
    return Statement(name="printed", weights=weights, low=value, high=value)


@st.composite
def prints(draw: st.DrawFn) -> tuple[list[Statement | Tally], list[ProtectedCell]]:
    """A table, true statements on it (sums, sums rounded or hedged, shares, counts of groups), and cells to protect."""
    table = np.array(draw(st.lists(st.integers(0, MOST), min_size=COUNT, max_size=COUNT)))
    total = marks(*range(COUNT))
    found: list[Statement | Tally] = [printed(total, min(int(total @ table), MOST))]
    if total @ table > MOST:
        table = np.array([MOST, 0, 0, 0])
    subsets = st.sets(st.integers(0, COUNT - 1), min_size=1).map(lambda atoms: marks(*atoms))
    for weights in draw(st.lists(subsets, max_size=3)):
        value = float(weights @ table)
        kind = draw(st.sampled_from(["exact", "about", "share", "tally"]))
        if kind == "exact":
            found.append(printed(weights, value))
        elif kind == "about":
            spread = draw(st.integers(0, 2))
            found.append(Statement(name="about", weights=weights, low=value - spread, high=value + spread))
        elif kind == "share" and total @ table > 0:
            share = value / float(total @ table)
            found.append(Statement(name="share", weights=weights - (share - 0.05) * total, low=0, high=math.inf))
            found.append(Statement(name="share", weights=weights - (share + 0.05) * total, low=-math.inf, high=0))
        else:
            groups = np.array([weights, marks(draw(st.integers(0, COUNT - 1)))])
            found.append(Tally(name="tally", groups=groups, number=sum(bool(group @ table > 0) for group in groups)))
    cells = [
        ProtectedCell(name=n, weights=weights, width=draw(st.sampled_from([1, 2, 3, 5])))
        for n, weights in enumerate(draw(st.lists(subsets, min_size=1, max_size=4)))
    ]
    if draw(st.booleans()):
        cells.append(ProtectedCell(name="change", weights=marks(0) - marks(1), width=3))
    return found, cells


@settings(max_examples=150, deadline=None)
@given(prints())
def test_the_audit_agrees_with_every_table_consistent_with_the_print(
    world: tuple[list[Statement | Tally], list[ProtectedCell]],
) -> None:
    statements, cells = world
    every = brute_force.intervals(statements, cells, COUNT, MOST)
    for cell, (low, high) in zip(cells, every, strict=True):
        assert interval_of(statements, cell.weights, WHOLE) == pytest.approx((low, high), abs=1e-4)
    expected = [cell.name for cell, (low, high) in zip(cells, every, strict=True) if high - low < cell.width]
    assert [leak.name for leak in find_leaks(statements, cells, WHOLE)] == expected


@pytest.mark.parametrize(("total", "is_safe"), [(4, False), (5, True), (6, True)])
def test_an_interval_as_wide_as_the_threshold_is_wide_enough_and_one_narrower_is_not(total: int, is_safe: bool) -> None:
    cell = ProtectedCell(name="cell", weights=marks(0), width=5)
    leaks = find_leaks([printed(marks(0, 1), total)], [cell], WHOLE)
    assert (not leaks) == is_safe


def test_a_zero_is_pinned_by_a_list_of_places() -> None:
    """Reported in one of two places: the other is known to have none."""
    statements = [printed(marks(0, 1), 9), Tally(name="places", groups=np.array([marks(0), marks(1)]), number=1)]
    assert not find_leaks(statements, [ProtectedCell(name="a", weights=marks(0), width=5)], WHOLE)
    named = Statement(name="only there", weights=marks(1), low=0, high=0)
    leaks = find_leaks([*statements, named], [ProtectedCell(name="b", weights=marks(1), width=5)], WHOLE)
    assert [(leak.low, leak.high) for leak in leaks] == [(0, 0)]


def test_atoms_that_nobody_prints_are_free() -> None:
    statements = [printed(marks(0, 1), 6)]
    assert interval_of(statements, marks(2), WHOLE) == (0, math.inf)
    assert interval_of(statements, marks(2) - marks(3), WHOLE) == (-math.inf, math.inf)
    assert interval_of(statements, marks(0, 2), WHOLE) == (0, math.inf)


def test_statements_that_contradict_each_other_protect_nothing_of_theirs_and_leave_the_others() -> None:
    statements = [printed(marks(0), 3), printed(marks(0), 4), printed(marks(1, 2), 9)]
    cells = [ProtectedCell(name=n, weights=marks(n), width=5) for n in range(COUNT)]
    leaks = find_leaks(statements, cells, WHOLE)
    assert [(leak.name, leak.is_contradiction) for leak in leaks] == [(0, True)]


def test_whole_numbers_narrow_what_fractions_leave_open() -> None:
    """Two thirds of a sum below five: of whole numbers only 2 of 3 fit, of fractions many."""
    share = [
        Statement(name="low", weights=marks(0) - 0.66 * marks(0, 1), low=0, high=math.inf),
        Statement(name="high", weights=marks(0) - 0.67 * marks(0, 1), low=-math.inf, high=0),
        Statement(name="some", weights=marks(0, 1), low=1, high=4),
    ]
    assert interval_of(share, marks(0), WHOLE) == pytest.approx((2, 2))
    low, high = interval_of(share, marks(0), np.zeros(COUNT, dtype=bool))
    assert 2 < high - low < 3
    # Wide enough in fractions and too narrow in whole numbers: a leak.
    assert find_leaks(share, [ProtectedCell(name="cell", weights=marks(0), width=2)], WHOLE)
    assert not find_leaks(share, [ProtectedCell(name="cell", weights=marks(0), width=2)], np.zeros(COUNT, dtype=bool))
