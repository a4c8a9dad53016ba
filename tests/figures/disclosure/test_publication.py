"""The publication plan: nothing small can be worked out from it, and no more is withheld than must be."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest

from tests.figures.disclosure.table_in_memory import INDICATORS, MemoryRecords, printed, row
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.disclosure.publication import Candidate, choose_printable, is_determined

REGIONS, KINDS = ("ML06", "ML07", "ML08"), ("theft", "extortion", "injury")
THRESHOLD = 5


def table(seed: int) -> dict[tuple[str, str], int]:
    """Mostly large cells, some small, as a month of incidents is."""
    dice = random.Random(seed)
    return {cell: dice.choice((0, 2, 4, 7, 12, 20, 30)) for cell in product(REGIONS[:2], KINDS)}


def world(cells: dict[tuple[str, str], int]) -> MemoryRecords:
    return MemoryRecords(
        rows={1: [row(region, kind, n) for (region, kind), n in cells.items() if n]}, every_region=REGIONS[:2]
    )


def candidates(cells: dict[tuple[str, str], int]) -> list[Candidate]:
    """Every cell and margin of the table that is large enough itself."""
    found = []
    for region, kind in product((None, *REGIONS[:2]), (None, *KINDS)):
        value = sum(n for (r, k), n in cells.items() if region in (None, r) and kind in (None, k))
        asked = "&".join(f"{key}={own}" for key, own in (("kind", kind), ("place", region)) if own)
        if value >= THRESHOLD:
            figure = printed(f"incidents?{asked}" if asked else "incidents", value)
            found.append(Candidate(figure=figure, rank=(region is not None) + 2 * (kind is not None)))
    return found


def audit_in(records: MemoryRecords):  # type: ignore[no-untyped-def]
    return lambda prints: JointAudit(prints, INDICATORS, lambda one: THRESHOLD, records)


def fewest(records: MemoryRecords, figures: list[PrintedFigure]) -> int:
    """By trying all sets: how many figures must be left out at least."""
    audit = audit_in(records)(figures)
    for count in range(len(figures) + 1):
        for left_out in combinations(figures, count):
            if not audit.leaks([one for one in figures if one not in left_out]):
                return count
    raise AssertionError("printing nothing gives nothing away")


def suppressed(seed: int) -> tuple[int, int]:
    """How many figures of a random table are withheld that are large enough, and the fewest that can be."""
    cells = table(seed)
    records, own = world(cells), candidates(cells)
    chosen = choose_printable(own, [], audit_in(records))
    assert not audit_in(records)(chosen).leaks()
    return len(own) - len(chosen), fewest(records, [one.figure for one in own])


def ratios(seeds: range) -> tuple[float, float]:
    """Of random tables: suppressions over the fewest possible, of all together and of the worst table."""
    counts = [suppressed(seed) for seed in seeds]
    withheld, needed = zip(*counts, strict=True)
    return sum(withheld) / max(sum(needed), 1), max((w / n for w, n in counts if n), default=1.0)


@pytest.mark.slow
def test_no_more_is_withheld_than_must_be() -> None:
    mean, worst = ratios(range(30))
    assert mean <= 1.3, (mean, worst)


@pytest.mark.proof
def test_no_more_is_withheld_than_must_be_of_two_hundred_tables(record_property: Callable[[str, object], None]) -> None:
    mean, worst = ratios(range(200))
    record_property("suppressions over the fewest possible", f"mean {mean:.3f}, worst {worst:.2f}")
    assert mean <= 1.3, (mean, worst)


def test_twenty_four_editions_in_a_row_still_print_each_national_total() -> None:
    """Each month its total and that of the year to date, beside regions where these are safe; each edition as of its own act."""
    months = [date(2015 + n // 12, n % 12 + 1, 1) for n in range(24)]
    dice = random.Random(4)
    rows: dict[int, list[dict[str, Any]]] = {}
    seen: list[dict[str, Any]] = []
    for at, month in enumerate(months, start=1):
        counts = [(region, kind, dice.choice((0, 2, 4, 9, 25))) for region, kind in product(REGIONS[:2], KINDS)]
        seen += [row(region, kind, n, month=month) for region, kind, n in [*counts, ("ML06", "theft", 30)] if n]
        rows[at] = list(seen)
    records = MemoryRecords(rows=rows, every_region=REGIONS[:2])
    before: list[PrintedFigure] = []
    for at, month in enumerate(months, start=1):
        wanted = [_total(rows[at], start, month, at, region) for start in (month, month.replace(month=1)) for region in ("", *REGIONS[:2])]  # fmt: skip
        totals, regions = wanted[::3], [one for n, one in enumerate(wanted) if n % 3]
        own = [Candidate(figure=one, rank=rank) for rank, group in ((0, totals), (1, regions)) for one in group if one.low >= THRESHOLD]  # fmt: skip
        chosen = choose_printable(own, before, audit_in(records))
        assert {one.reference for one in totals} <= {one.reference for one in chosen}, month
        before += [replace(one, edition=f"edition {at}") for one in chosen]
    assert len(before) > 2 * 24
    assert not audit_in(records)(before).leaks()


def _total(rows: list[dict[str, Any]], start: date, month: date, at: int, region: str) -> PrintedFigure:
    value = sum(one["women"] for one in rows if start <= one["^month"] <= month and region in ("", one["region"]))
    period = f"{start:%Y-%m}..{month:%Y-%m}" if start < month else f"{month:%Y-%m}"
    return printed(f"incidents?period={period}{f'&place={region}' if region else ''}", value, at=at)


def test_a_lone_gap_takes_another_figure_with_it_and_never_the_total() -> None:
    cells = dict.fromkeys(product(REGIONS[:2], KINDS), 20) | {("ML06", "injury"): 3}
    chosen = {one.reference for one in choose_printable(candidates(cells), [], audit_in(world(cells)))}
    assert "incidents" in chosen and "incidents?place=ML06" in chosen
    assert len(candidates(cells)) - len(chosen) >= 2


def test_a_plan_follows_what_was_printed_before() -> None:
    """What an edition has printed cannot be taken back: the plan makes room for it."""
    cells = dict.fromkeys(product(REGIONS[:2], KINDS), 20) | {("ML06", "injury"): 3}
    records = world(cells)
    before = [
        printed("incidents?kind=extortion,theft&place=ML06", 40, edition="first"),
    ]
    chosen = choose_printable(candidates(cells), before, audit_in(records))
    assert "incidents?place=ML06" not in {one.reference for one in chosen}
    assert not audit_in(records)([*before, *chosen]).leaks()


@pytest.mark.parametrize(
    ("reference", "value", "is_known"),
    [
        ("incidents?kind=theft", 40, True),
        ("incidents?kind=extortion,theft", 80, True),
        ("thefts", 40, True),
        ("others", 66, True),
        ("theft_share", "37.735849", True),
        ("incidents?kind=theft&place=ML06", 20, False),
        ("theft_share?place=ML06", "50", False),
        ("incidents?sex=f", 106, False),
        ("regions", 2, False),
        ("incidents?kind=injury", 26, True),
    ],
)
def test_what_the_plan_says_may_be_asked_in_any_way_and_nothing_else(
    reference: str, value: int | str, is_known: bool
) -> None:
    cells = {("ML06", "theft"): 20, ("ML07", "theft"): 20, ("ML06", "extortion"): 40, ("ML07", "injury"): 26}
    records = world(cells)
    plan = [printed("incidents", 106), printed("incidents?kind=theft", 40), printed("incidents?kind=extortion", 40)]
    known = is_determined(printed(reference, value), plan, audit_in(records))
    assert known == is_known
