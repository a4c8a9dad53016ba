"""Withheld figures that other figures of the same text give away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.strategies import INDICATORS, PLACES
from toguna.figures.core.figure import AsOf, Figure
from toguna.figures.core.reference import parse_reference
from toguna.figures.core.together import Leak, withhold_together
from toguna.figures.core.withhold import Cell, Key, exposed_cells, protect, table_relations
from toguna.kernel.api import parse_period

OWN = parse_period("2016-12")
CHILDREN = {place.code: place.parent for place in PLACES if place.valid_to is None}


def leaves(code: str | None) -> frozenset[str]:
    inner = set(CHILDREN.values())
    return frozenset(one for one in CHILDREN if one not in inner and (code is None or code in path(one)))


def path(code: str | None) -> list[str]:
    return [] if code is None else [code, *path(CHILDREN[code])]


def figure(reference: str, value: int | str | None, threshold: int = 5) -> Figure:
    """Withheld where the value is None."""
    parsed, problems = parse_reference(reference)
    assert parsed is not None, problems
    indicator = INDICATORS[parsed.indicator]
    return Figure(
        reference=parsed,
        indicator=indicator.id,
        label=indicator.label,
        period=parsed.resolved_period(OWN),
        place=",".join(parsed.place) or None,
        categories={name: ",".join(values) for name, values in parsed.categories.items()},
        value=None if value is None else Decimal(value),
        status="withheld" if value is None else "value",
        unit=indicator.unit,
        basis=indicator.basis,
        as_of=AsOf(sequence=1, head="", time=None),
        definition="",
        threshold=threshold,
    )


def leaks(*figures: Figure) -> tuple[Leak, ...]:
    return withhold_together(figures, INDICATORS, leaves)


TEXTS = {
    "a part by its total and its other part": (
        [("attendance", 50), ("attendance?sex=f", 47), ("attendance?sex=m", None)],
        [("attendance?sex=m", 3, 3)],
    ),
    "a part among two withheld": (
        [("attendance", 50), ("attendance?sex=f", None), ("attendance?sex=m", None)],
        [],
    ),
    "a total by its parts": (
        [("attendance?sex=f", 3), ("attendance?sex=m", 0), ("attendance", None), ("attendance?sex=unknown", 0)],
        [("attendance", 3, 3)],
    ),
    "a month by its quarter and the other months": (
        [("sessions?period=2016-Q4", 60), ("sessions?period=2016-10..2016-11", 58), ("sessions", None)],
        [("sessions", 2, 2)],
    ),
    "a month by two running totals": (
        [("sessions?period=2016-06..2016-11", 553), ("sessions?period=2016-06..2016-12", 557), ("sessions", None)],
        [("sessions", 4, 4)],
    ),
    "a place by its country and all other regions": (
        [("sessions", 90), ("sessions?place=ML07", 40), ("sessions?place=ML09", 48), ("sessions?place=ML08", None)],
        [("sessions?place=ML08", 2, 2)],
    ),
    "a place by sets that overlap": (
        [("sessions?place=ML07,ML09", 40), ("sessions?place=ML07,ML08,ML09", 43), ("sessions?place=ML08", None)],
        [("sessions?place=ML08", 3, 3)],
    ),
    "a place whose country is not printed": (
        [("sessions?place=ML07", 40), ("sessions?place=ML08", None)],
        [],
    ),
    "persons of overlapping months tell nothing of one another": (
        [("persons?period=2016-Q4", 60), ("persons?period=2016-10..2016-11", 58), ("persons", None)],
        [],
    ),
    "children by adults and all": (
        [("seats", 100), ("seats?age=18%2B".replace("%2B", "+"), 98), ("seats?age=0-17", None)],
        [("seats?age=0-17", 2, 2)],
    ),
    "two crossings of one gap": (
        [
            ("attendance?population=REF", 40),
            ("attendance?population=REF&sex=f", 37),
            ("attendance?population=REF&sex=m", None),
            ("attendance?sex=m", 90),
        ],
        [("attendance?population=REF&sex=m", 3, 3)],
    ),
    "a withheld value by what a difference says": (
        [("gap", 3), ("sessions", 40), ("results_as_sessions", None)],
        [("results_as_sessions", 37, 37)],
    ),
    "a withheld value by its share": (
        [("per_session", "2"), ("sessions", 2), ("attendance", None)],
        [("attendance", 4, 4)],
    ),
    "a part by the share of a whole that only its parts print": (
        [
            ("per_session", "2"),
            ("sessions?place=ML07", 10),
            ("sessions?place=ML08,ML09", 15),
            ("attendance?sex=f", 47),
            ("attendance?sex=m", None),
        ],
        [("attendance?sex=m", 3, 3)],
    ),
    "a difference below zero": (
        [("gap", -3), ("sessions", 40), ("results_as_sessions", None)],
        [("results_as_sessions", 43, 43)],
    ),
    "an oddity elsewhere": (
        [("sessions", 10), ("sessions?place=ML07", 40), ("attendance", 50), ("attendance?sex=f", None)],
        [],
    ),
    "a wide enough gap": (
        [("sessions", 90), ("sessions?place=ML07", 40), ("sessions?place=ML08", None), ("sessions?place=ML09", None)],
        [],
    ),
}


@pytest.mark.parametrize("text", TEXTS)
def test_leaks(text: str) -> None:
    given, expected = TEXTS[text]
    found = leaks(*(figure(reference, value) for reference, value in given))
    assert [(leak.figure.reference.written(), round(leak.low, 3), round(leak.high, 3)) for leak in found] == [
        (reference, pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01)) for reference, low, high in expected
    ]


def test_an_interval_narrower_than_the_threshold_is_a_leak_too() -> None:
    """Of 12 in three regions, two withheld: each lies within 0 and 2."""
    found = leaks(
        figure("sessions", 12),
        figure("sessions?place=ML07", 10),
        figure("sessions?place=ML08", None),
        figure("sessions?place=ML09", None),
    )
    assert [(leak.low, leak.high) for leak in found] == [(0, pytest.approx(2)), (0, pytest.approx(2))]


def test_printed_values_that_contradict_one_another_protect_nothing() -> None:
    found = leaks(figure("sessions", 10), figure("sessions?place=ML07", 40), figure("sessions?place=ML08", None))
    assert len(found) == 1 and found[0].is_contradiction


def test_figures_as_of_other_days_are_not_mixed() -> None:
    then = figure("sessions?place=ML08", None)
    now = AsOf(sequence=2, head="", time=None)
    others = [figure("sessions", 90), figure("sessions?place=ML07", 40), figure("sessions?place=ML09", 48)]
    assert leaks(then, *others)
    moved = [
        Figure(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "as_of": now}) for one in others
    ]
    assert not leaks(then, *moved)


def test_a_whole_update_is_audited_quickly() -> None:
    months = [f"2016-{month:02}" for month in range(1, 13)]
    figures = [
        figure(f"attendance?period={month}&place={place}&sex={sex}", None if sex == "m" and month == "2016-03" else 20)
        for month in months
        for place in ("ML07", "ML08", "ML09")
        for sex in ("f", "m")
    ]
    figures += [figure(f"attendance?period={month}&sex={sex}", 60) for month in months[3:] for sex in ("f", "m")]
    assert len(figures) == 90 and not leaks(*figures)


POPULATIONS, SEXES = ("HST", "IDP", "REF", "RET"), ("f", "m", "unknown")


def reference_of(key: tuple[str | None, str | None]) -> str:
    population, sex = key
    parts = [f"population={population}" if population else "", f"sex={sex}" if sex else ""]
    query = "&".join(part for part in parts if part)
    return f"attendance?{query}" if query else "attendance"


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=4, max_size=4),
    st.sets(st.tuples(st.sampled_from([*POPULATIONS, None]), st.sampled_from([*SEXES, None])), max_size=5),
)
@settings(max_examples=40, deadline=None)
def test_a_table_printed_figure_by_figure_is_audited_as_the_table(
    rows: list[list[int]], shown_after_all: set[tuple[str | None, str | None]]
) -> None:
    """What `protect` chose leaks nothing; with some of its gaps filled, both audits find the same leaks."""
    values: dict[tuple[str | None, str | None], int] = {}
    for population, row in zip(POPULATIONS, rows, strict=True):
        for sex, value in zip(SEXES, row, strict=True):
            for key in ((population, sex), (population, None), (None, sex), (None, None)):
                values[key] = values.get(key, 0) + value
    cells: dict[Key, Cell] = {key: Cell(value=Decimal(value), threshold=5) for key, value in values.items()}
    relations = table_relations(values)
    withheld = protect(cells, relations)
    printed = [figure(reference_of(key), None if key in withheld else value) for key, value in values.items()]
    assert not leaks(*printed)
    fewer = [key for key in withheld if key not in shown_after_all]
    printed = [figure(reference_of(key), None if key in fewer else value) for key, value in values.items()]
    exposed = {reference_of(key) for key, _, _ in exposed_cells(cells, relations, fewer)}  # type: ignore[arg-type]
    assert {leak.figure.reference.written() for leak in leaks(*printed)} == exposed
