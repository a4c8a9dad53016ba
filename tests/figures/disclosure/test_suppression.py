"""Small numbers harm nobody: what is below the threshold is not printed and cannot be worked out (facts: reliability 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.figures.core.disclosure.suppression import (
    Cell,
    Key,
    Relation,
    Share,
    exposed_cells,
    is_primary,
    is_share_primary,
    protect,
    table_relations,
)


def table(rows: Sequence[Sequence[int]], threshold: int = 5) -> dict[Key, Cell]:
    """A table of two axes with all its totals."""
    names = [f"r{n}" for n in range(len(rows))], [f"c{n}" for n in range(len(rows[0]))]
    values: dict[tuple[str | None, str | None], int] = {}
    for (row, name), (column, heading) in product(enumerate(names[0]), enumerate(names[1])):
        value = rows[row][column]
        for key in ((name, heading), (name, None), (None, heading), (None, None)):
            values[key] = values.get(key, 0) + value
    return {key: Cell(value=Decimal(value), threshold=threshold, is_total=None in key) for key, value in values.items()}


def protected(cells: Mapping[Key, Cell]) -> tuple[Mapping[Key, str], list[Relation]]:
    relations = table_relations(cells)  # type: ignore[arg-type]
    return protect(cells, relations), relations


def test_a_lone_gap_takes_others_with_it() -> None:
    cells = table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    withheld, relations = protected(cells)
    assert withheld["r0", "c0"] == "primary"
    others = [key for key, reason in withheld.items() if reason == "complementary"]
    assert len(others) == 3, "one more in its row, one in its column, and where they cross"
    assert all(None not in key for key in others), "no total goes where parts do"
    assert not exposed_cells(cells, relations, withheld)
    assert exposed_cells(cells, relations, [("r0", "c0")]) == [(("r0", "c0"), 3.0, 3.0)]


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    assert protected(table([[30, 20], [40, 50]]))[0] == {}
    assert protected(table([[3, 0], [1, 50]], threshold=1))[0] == {}


def test_zero_tells_as_much_as_one() -> None:
    assert is_primary(Decimal(0), 5) and is_primary(Decimal(4), 5) and not is_primary(Decimal(5), 5)
    assert not is_primary(Decimal(0), 1)
    withheld, _ = protected(table([[0, 20, 30], [40, 50, 60]]))
    assert withheld["r0", "c0"] == "primary" and len(withheld) == 4


def test_a_small_row_takes_its_total() -> None:
    """When the parts cannot hide one another, the total goes."""
    cells = table([[1, 1], [40, 50]])
    withheld, relations = protected(cells)
    assert withheld["r0", None] == "primary"
    assert not exposed_cells(cells, relations, withheld)


def test_a_difference_hides_its_parts() -> None:
    cells: dict[Key, Cell] = {
        "all": Cell(value=Decimal(50), threshold=5),
        "women": Cell(value=Decimal(47), threshold=5),
        "men": Cell(value=Decimal(3), threshold=5),
    }
    withheld = protect(cells, [Relation(total="all", parts=("women", "men"))])
    assert withheld["men"] == "primary" and len(withheld) == 2


def test_places_in_places() -> None:
    """Two levels: the region's gap is covered within the region before the country is touched."""
    values = {"ML": 200, "ML07": 60, "ML08": 140, "gao": 2, "menaka": 28, "ansongo": 30, "kidal": 70, "tessalit": 70}
    cells: dict[Key, Cell] = {
        key: Cell(value=Decimal(value), threshold=5, is_total=key.startswith("ML")) for key, value in values.items()
    }
    relations = [
        Relation(total="ML", parts=("ML07", "ML08")),
        Relation(total="ML07", parts=("gao", "menaka", "ansongo")),
        Relation(total="ML08", parts=("kidal", "tessalit")),
    ]
    withheld = protect(cells, relations)
    assert set(withheld) in ({"gao", "menaka"}, {"gao", "ansongo"})


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_part", "withheld"),
    [(3, 100, True, True), (98, 100, True, True), (50, 100, True, False), (98, 100, False, False), (3, 3, False, True)],
)
def test_shares_tell_of_small_numbers(numerator: int, denominator: int, is_part: bool, withheld: bool) -> None:
    share = Share(
        ratio="x", numerator=Decimal(numerator), denominator=Decimal(denominator), threshold=5, is_part=is_part
    )
    assert is_share_primary(share) is withheld


@given(
    st.integers(2, 3).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=3)
    ),
    st.sampled_from([3, 5, 10]),
)
@settings(max_examples=60, deadline=None)
def test_no_withheld_cell_can_be_recovered(rows: list[list[int]], threshold: int) -> None:
    """By search in whole numbers, not by the programme that chose: another value of each withheld cell fits all that is printed."""
    cells = table(rows, threshold)
    withheld, relations = protected(cells)
    assert {key for key, cell in cells.items() if cell.value < threshold} == {
        key for key, reason in withheld.items() if reason == "primary"
    }
    assert not exposed_cells(cells, relations, withheld)
    for key in withheld:
        true = int(cells[key].value)
        others = (value for value in range(max(0, true - threshold), true + threshold + 1) if value != true)
        assert any(fits(cells, relations, withheld, {key: value}) for value in others), key


def fits(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], withheld: Mapping[Key, str], given: dict[Key, int]
) -> bool:
    """Whether whole numbers exist for the withheld cells that make every total right, with these given."""
    return (
        next(solutions(cells, relations, [key for key in withheld if key not in given], dict(given), withheld), None)
        is not None
    )


def solutions(
    cells: Mapping[Key, Cell],
    relations: Sequence[Relation],
    free: list[Key],
    given: dict[Key, int],
    withheld: Mapping[Key, str],
) -> Iterator[dict[Key, int]]:
    """Depth first; a relation with one unknown left decides it."""

    def value(key: Key) -> int | None:
        return given.get(key) if key in withheld else int(cells[key].value)

    for relation in relations:
        unknown = [key for key in relation.keys if value(key) is None]
        if len(unknown) > 1:
            continue
        parts = sum(value(part) or 0 for part in relation.parts)
        total = value(relation.total)
        if not unknown:
            if parts != total:
                return
            continue
        decided = parts if total is None else total - parts
        if decided < 0:
            return
        further = {**given, unknown[0]: decided}
        yield from solutions(cells, relations, [key for key in free if key != unknown[0]], further, withheld)
        return
    if not free:
        yield given
        return
    key = min(free, key=lambda one: None in one)  # type: ignore[operator, arg-type]
    true = int(cells[key].value)
    for candidate in sorted(range(true + 16), key=lambda one: abs(one - true)):
        rest = [one for one in free if one != key]
        yield from solutions(cells, relations, rest, {**given, key: candidate}, withheld)


def test_the_solver_says_nothing_where_figures_are_printed(capfd: pytest.CaptureFixture[str]) -> None:
    protected(table([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
    assert capfd.readouterr() == ("", "")


def test_a_cell_that_guards_another_is_placed_no_nearer_than_that_one_may_be() -> None:
    """Two cells without a threshold of their own stand for one that has 5: between 0 and 3 is too near, between 0 and 5 is not."""
    relations = [Relation(total="country", parts=("small", "large")), Relation(total="region", parts=("one", "other"))]
    for total, exposed in ((3, {"one", "other"}), (4, {"one", "other"}), (5, set())):
        cells = {
            "country": Cell(value=Decimal(43), is_total=True),
            "small": Cell(value=Decimal(3), threshold=5),
            "large": Cell(value=Decimal(40)),
            "region": Cell(value=Decimal(total), is_total=True),
            "one": Cell(value=Decimal(1)),
            "other": Cell(value=Decimal(total - 1)),
        }
        found = exposed_cells(cells, relations, ["small", "large", "one", "other"])
        assert {key for key, _, _ in found} == exposed, total
