"""Which withheld figures the printed ones determine: exactly those that linear algebra says."""

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.publish.core.checks.withheld import fixed

NAMES = "abcdefg"


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Withheld names, and totals with their parts."""
    withheld = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=5))
    sums = st.lists(st.sampled_from(NAMES), unique=True, min_size=3, max_size=5)
    return withheld, {str(index): tuple(members) for index, members in enumerate(draw(st.lists(sums, max_size=5)))}


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_a_figure_is_fixed_when_its_unit_vector_lies_in_the_row_space(
    world: tuple[list[str], dict[str, tuple[str, ...]]],
) -> None:
    withheld, relations = world
    rows = [[(name == total) - (name in parts) for name in withheld] for total, *parts in relations.values()]
    matrix = numpy.array(rows or [[0] * len(withheld)], dtype=float).reshape(-1, len(withheld))
    rank = numpy.linalg.matrix_rank(matrix)
    expected = [
        name
        for index, name in enumerate(withheld)
        if numpy.linalg.matrix_rank(numpy.vstack([matrix, numpy.eye(len(withheld))[index]])) == rank
    ]
    assert fixed(withheld, relations) == expected


def test_two_withheld_parts_hide_each_other_until_one_is_printed_elsewhere() -> None:
    by_type = {"all by type": ("all", "theft", "extortion", "violence")}
    assert fixed(["theft", "violence"], by_type) == []
    assert fixed(["theft", "violence"], {**by_type, "harm": ("harm", "violence", "injury")}) == ["theft", "violence"]
