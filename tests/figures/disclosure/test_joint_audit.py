"""Everything printed of a small sensitive table, held against all tables that are consistent with it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.disclosure.table_in_memory import INDICATORS, MemoryRecords, audit, printed, row
from toguna.figures.core.disclosure.audit import Leak
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.disclosure.protected_cells import is_small

NOVEMBER = date(2016, 11, 1)
#: Two regions, three kinds; of injuries in ML06 there are too few.
TABLE = [
    row("ML06", "theft", 20),
    row("ML06", "extortion", 30),
    row("ML06", "injury", 3),
    row("ML07", "theft", 40),
    row("ML07", "extortion", 25),
    row("ML07", "injury", 8),
]
WORLD = MemoryRecords(rows={1: TABLE})


def cells(leaks: list[Leak]) -> dict[tuple[tuple[str, str], ...], tuple[float, float]]:
    return {leak.name.values: (round(leak.low, 3), round(leak.high, 3)) for leak in leaks}  # type: ignore[attr-defined]


GIVEN_AWAY = {
    "a part by its total and the set of all other parts": [
        printed("incidents?place=ML06", 53),
        printed("incidents?kind=extortion,theft&place=ML06", 50),
    ],
    "a part by two sets that overlap": [
        printed("incidents?kind=injury,theft&place=ML06", 23),
        printed("incidents?kind=theft&place=ML06", 20),
    ],
    "a part by another indicator over the same rows": [
        printed("incidents?kind=injury,theft&place=ML06", 23),
        printed("thefts?place=ML06", 20),
    ],
    "a part by a share that only one number of cases below its fellow's can have": [
        printed("incidents?kind=injury,theft&place=ML06", 23),
        printed("theft_share?place=ML06", "37.735849"),
    ],
    "a part by a difference": [
        printed("others?place=ML06", 33),
        printed("incidents?kind=extortion&place=ML06", 30),
    ],
    "a part by places and kinds crossed": [
        printed("incidents?kind=injury", 11),
        printed("incidents?kind=injury&place=ML07", 8),
    ],
}


@pytest.mark.parametrize("name", GIVEN_AWAY)
def test_a_small_cell_that_nobody_prints_is_found(name: str) -> None:
    prints = GIVEN_AWAY[name]
    found = audit(WORLD, *prints)
    leaks = found.leaks()
    own = next(leak for leak in leaks if dict(leak.name.values).get("kind") == "injury")  # type: ignore[attr-defined]
    assert (own.low, own.high) == pytest.approx((3, 3), abs=0.01)
    assert set(map(id, found.culprits(own))) == set(map(id, prints)), "each of them is needed"
    for one in prints:
        rest = [other for other in prints if other is not one]
        assert not audit(WORLD, *rest).leaks(), "without any one of them nothing is given away"


#: November beside December: of injuries in ML06 there are too few in December alone.
TWO_MONTHS = MemoryRecords(
    rows={1: [*TABLE, row("ML06", "injury", 40, month=NOVEMBER), row("ML07", "injury", 20, month=NOVEMBER)]}
)
CHANGES = {
    "the value before and the change in number": [
        printed("incidents?kind=injury&period=2016-11&place=ML06", 40),
        printed("change?kind=injury&place=ML06", -37),
    ],
    "the value before and the change in percent": [
        printed("incidents?kind=injury&period=2016-11&place=ML06", 40),
        printed("growth?kind=injury&place=ML06", "-92.5"),
    ],
    "the changes of all and of the others": [
        printed("incidents?kind=injury&period=2016-11", 60),
        printed("incidents?kind=injury&period=2016-11&place=ML07", 20),
        printed("change?kind=injury", -49),
        printed("change?kind=injury&place=ML07", -12),
    ],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_small_cell_is_found_behind_changes(name: str) -> None:
    prints = CHANGES[name]
    assert any((round(leak.low, 2), round(leak.high, 2)) == (3, 3) for leak in audit(TWO_MONTHS, *prints).leaks())
    for one in prints:
        rest = [other for other in prints if other is not one]
        assert not any(round(leak.high) <= 4 for leak in audit(TWO_MONTHS, *rest).leaks()), "each of them is needed"


def test_a_small_cell_is_found_behind_a_daily_rate() -> None:
    """20 thefts of 53 incidents are 12.172855 per 1,000 a day of December."""
    total, rate = printed("incidents?kind=injury,theft&place=ML06", 23), printed("rate?place=ML06", "12.172855")
    leaks = audit(WORLD, total, rate).leaks()
    assert any((leak.low, leak.high) == pytest.approx((3, 3), abs=0.01) for leak in leaks)
    assert not audit(WORLD, total).leaks() and not audit(WORLD, rate).leaks()


def test_what_is_large_and_what_is_not_told_apart_gives_nothing_away() -> None:
    assert not audit(WORLD, printed("incidents", 126), printed("incidents?place=ML06", 53)).leaks()
    assert not audit(WORLD, printed("incidents", 126), printed("thefts", 60)).leaks()


def test_a_list_of_places_pins_the_others_to_none() -> None:
    """Kind by kind it tells of cases; of a region without any case it tells of nobody."""
    rows = [row("ML06", "theft", 20), row("ML07", "theft", 30), row("ML06", "injury", 9)]
    world = MemoryRecords(rows={1: rows}, every_region=("ML06", "ML07", "ML08"))
    everywhere = printed("regions", 2, listed=("ML06", "ML07"))
    assert not audit(world, everywhere, printed("incidents", 59)).leaks()
    of_injuries = printed("regions?kind=injury", 1, listed=("ML06",))
    assert cells(audit(world, of_injuries).leaks()) == {(("kind", "injury"), ("region", "ML07")): (0, 0)}


def test_a_count_of_places_speaks_of_the_cell_that_it_counts() -> None:
    """Injuries in all are too few to be spoken of: neither how many, nor in how many regions."""
    world = MemoryRecords(rows={1: [row("ML06", "theft", 20), row("ML07", "theft", 30), row("ML06", "injury", 4)]})
    leaks = audit(world, printed("regions?kind=injury", 1)).leaks()
    assert [(leak.low, leak.name.values) for leak in leaks] == [(4, (("kind", "injury"),))]  # type: ignore[attr-defined]
    enough = MemoryRecords(rows={1: [row("ML06", "theft", 20), row("ML07", "theft", 30), row("ML06", "injury", 5)]})
    assert not audit(enough, printed("regions?kind=injury", 1)).leaks()


def test_two_editions_give_a_month_away() -> None:
    """November printed January to November, December prints January to December."""
    world = MemoryRecords(rows={7: [row("ML06", "theft", 108, month=NOVEMBER)]})
    world = MemoryRecords(rows={7: world.rows[7], 9: [*world.rows[7], row("ML06", "theft", 4)]})
    november = printed("incidents?period=2016-01..2016-11", 108, at=7, edition="november")
    december = printed("incidents?period=2016-01..2016-12", 112, at=9)
    found = audit(world, november, december)
    leaks = found.leaks()
    assert leaks and {one.edition for one in found.culprits(leaks[0])} == {"november", ""}
    assert not found.leaks([november]) and not found.leaks([december])


@pytest.mark.parametrize(("late", "is_safe"), [(0, True), (4, False), (5, True)])
def test_rows_that_came_late_are_a_cell_of_their_own(late: int, is_safe: bool) -> None:
    """The same month printed as of two acts: the difference is what came between."""
    before = [row("ML06", "theft", 40), row("ML07", "theft", 60)]
    after = [*before, row("ML07", "extortion", late)] if late else before
    world = MemoryRecords(rows={7: before, 9: after})
    found = audit(world, printed("incidents", 100, at=7, edition="first"), printed("incidents", 100 + late, at=9))
    assert (not found.leaks()) == is_safe


@pytest.mark.parametrize(("value", "is_protected"), [(4, True), (5, False)])
def test_the_threshold_itself_is_printed_and_one_below_is_not(value: int, is_protected: bool) -> None:
    world = MemoryRecords(rows={1: [row("ML06", "theft", value), row("ML07", "theft", 50)]})
    leaks = audit(world, printed("incidents?place=ML06", value)).leaks()
    assert bool(leaks) == is_protected
    assert any(leak.low == leak.high == value for leak in leaks) == is_protected, "the cell itself is found"
    assert is_small(value, 5) == is_protected


@pytest.mark.parametrize(("bounds", "is_safe"), [((0, 5), True), ((1, 5), False), ((0, 4), False), ((1, 6), True)])
def test_a_cell_may_be_known_to_within_the_threshold_and_no_closer(bounds: tuple[int, int], is_safe: bool) -> None:
    """Of 3 injuries, and of none."""
    of_three = audit(WORLD, printed("incidents?kind=injury&place=ML06", bounds)).leaks()
    assert (not of_three) == is_safe
    none = MemoryRecords(rows={1: [one for one in TABLE if one["women"] != 3]})
    assert (not audit(none, printed("incidents?kind=injury&place=ML06", (0, bounds[1] - bounds[0]))).leaks()) == is_safe


@pytest.mark.parametrize(
    ("bounds", "is_safe"), [((100, 105), True), ((101, 105), False), ((100, 104), False), ((101, 106), True)]
)
def test_what_came_late_may_be_known_to_within_the_threshold_and_no_closer(
    bounds: tuple[int, int], is_safe: bool
) -> None:
    """Of 60 thefts a correction made 63: the change alone is small."""
    world = MemoryRecords(
        rows={
            7: [row("ML06", "theft", 60), row("ML07", "theft", 40)],
            9: [row("ML06", "theft", 63), row("ML07", "theft", 40)],
        }
    )
    found = audit(world, printed("incidents", 100, at=7, edition="first"), printed("incidents", bounds, at=9))
    assert (not found.leaks()) == is_safe


def test_no_case_is_protected_where_others_of_its_place_have_cases_and_only_there() -> None:
    rows = [row("ML06", "theft", 20), row("ML07", "theft", 30), row("ML07", "injury", 9)]
    nobody = printed("incidents?kind=injury&place=ML06", 0)
    assert cells(audit(MemoryRecords(rows={1: rows}), nobody).leaks()) == {
        (("kind", "injury"), ("region", "ML06")): (0, 0)
    }
    empty = MemoryRecords(rows={1: rows}, every_region=("ML06", "ML07", "ML08"))
    assert not audit(empty, printed("incidents?kind=injury&place=ML08", 0)).leaks()


# Against all tables

REGIONS, KINDS, MOST = ("ML06", "ML07"), ("theft", "injury"), 5
ATOMS = list(product(REGIONS, KINDS))
REFERENCES = [
    "incidents",
    "thefts",
    "others",
    *(f"incidents?kind={kind}" for kind in KINDS),
    *(f"{name}?place={region}" for name in ("incidents", "thefts") for region in REGIONS),
    *(f"incidents?kind={kind}&place={region}" for region, kind in ATOMS),
]


def value(reference: str, table: dict[tuple[str, str], int]) -> int:
    name, _, query = reference.partition("?")
    asked = dict(pair.split("=") for pair in query.split("&") if pair)
    return sum(
        count
        for (region, kind), count in table.items()
        if asked.get("place", region) == region
        and asked.get("kind", kind) == kind
        and (name == "incidents" or (kind == "theft") == (name == "thefts"))
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_audit_agrees_with_all_tables_consistent_with_the_print(data: st.DataObject) -> None:
    """Small tables: every cell that all consistent tables place too closely is found, and no other."""
    counts = data.draw(st.lists(st.integers(0, MOST), min_size=4, max_size=4).filter(lambda own: 0 < sum(own) <= 12))
    table = dict(zip(ATOMS, counts, strict=True))
    world = MemoryRecords(rows={1: [row(region, kind, n) for (region, kind), n in table.items()]})
    chosen = ["incidents", *data.draw(st.lists(st.sampled_from(REFERENCES[1:]), max_size=4, unique=True))]
    prints: list[PrintedFigure] = [printed(one, value(one, table)) for one in chosen]
    threshold = data.draw(st.sampled_from([2, 3, 5]))
    possible = [
        dict(zip(ATOMS, own, strict=True))
        for own in product(range(sum(counts) + 1), repeat=4)
        if sum(own) == sum(counts)
        and all(value(one, dict(zip(ATOMS, own, strict=True))) == value(one, table) for one in chosen)
    ]
    given_away = set()
    for region, kind in product((None, *REGIONS), (None, *KINDS)):
        asked = "&".join(f"{k}={v}" for k, v in (("kind", kind), ("place", region)) if v)
        reference = f"incidents?{asked}" if asked else "incidents"
        own, people = value(reference, table), value(f"incidents?place={region}" if region else "incidents", table)
        seen = [value(reference, one) for one in possible]
        is_protected = 0 < own < threshold or (own == 0 and people > 0)
        if is_protected and max(seen) - min(seen) < threshold:
            given_away.add(reference)
    assert bool(audit(world, *prints, threshold=threshold).leaks()) == bool(given_away), (table, chosen, given_away)


def test_indicators_that_count_places_read_nothing_confidential_themselves() -> None:
    """Otherwise the tests above would not show that they are audited all the same."""
    assert INDICATORS["regions"].sensitivity == "internal"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_audit_of_changes_agrees_with_all_tables_consistent_with_the_print(data: st.DataObject) -> None:
    """Two kinds in two months: whatever prints of values and changes place too closely is found."""
    months = {"2016-11": NOVEMBER, "2016-12": date(2016, 12, 1)}
    atoms = list(product(months, KINDS))
    counts = data.draw(st.lists(st.integers(1, 4), min_size=4, max_size=4))
    world = MemoryRecords(
        rows={1: [row("ML06", kind, n, month=months[m]) for (m, kind), n in zip(atoms, counts, strict=True)]}
    )

    def told(reference: str, table: dict[tuple[str, str], int]) -> Fraction | None:
        name, _, query = reference.partition("?")
        asked = dict(pair.split("=") for pair in query.split("&") if pair)
        now, before = (
            sum(n for (m, kind), n in table.items() if m == month and asked.get("kind", kind) == kind)
            for month in (asked.get("period", "2016-12"), "2016-11")
        )
        if name == "growth":
            return Fraction(100 * (now - before), before) if before else None
        return Fraction(now - before if name == "change" else now)

    references = [
        f"{name}{query}"
        for name, query in product(
            ("change", "growth", "incidents"), ("", "?kind=theft", "?kind=injury", "?kind=theft&period=2016-11")
        )
        if name == "incidents" or "period" not in query
    ]
    asked = ["incidents", "incidents?period=2016-11"]
    asked += data.draw(st.lists(st.sampled_from(references[:-4] + references[-3:]), max_size=3, unique=True))
    table = dict(zip(atoms, counts, strict=True))
    values = {one: told(one, table) for one in asked}
    prints = [printed(one, round(float(value), 6)) for one, value in values.items() if value is not None]
    totals = [sum(counts[:2]), sum(counts[2:])]
    possible = [
        (a, totals[0] - a, b, totals[1] - b)
        for a, b in product(range(totals[0] + 1), range(totals[1] + 1))
        if all(
            told(one, dict(zip(atoms, (a, totals[0] - a, b, totals[1] - b), strict=True))) == value
            for one, value in values.items()
        )
    ]
    threshold = data.draw(st.sampled_from([2, 3, 5]))
    spans = [max(own) - min(own) for own in zip(*possible, strict=True)]
    small = [n < threshold and span < threshold for n, span in zip(counts, spans, strict=True)]
    small += [total < threshold for total in totals]
    assert bool(audit(world, *prints, threshold=threshold).leaks()) >= any(small), (table, asked)
