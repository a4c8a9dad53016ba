"""A record answers for no less than it stands for: neither for a week of its month, nor a part of its place, nor what it did not ask.

The oracle holds the same rules on random worlds (`test_planner`); here stands one example of each kind.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.figures.world import World, below, column, form, row, value
from toguna.collect.core.month_question import grain_of

FIRST = "format-date(., '%d') = '01' and . <= today()"
COUNTS = form(
    "counts",
    [column("month", "date", constraint=FIRST), column("cercles", "integer")],
    {
        "line": [
            column("place", "select_one", reference="places"),
            column("kind", "select_one", choice_list="kind"),
            column("women", "integer"),
            column("men", "integer"),
            column("persons", "integer"),
        ]
    },
    day="month",
    kind=("a", "b"),
)
VISIT = form("visit", [column("day", "date"), column("persons", "integer")], day="day")
_LINE = (
    "from: counts/line\n  measure: sum women + men + persons\n  place: place\n  unit: persons\n  persons: attendances"
)
_CATEGORIES = "disaggregate: {sex: {women: f, men: m, persons: null}, kind: kind}"
INDICATORS = f"""
counted:
  label: {{en: c, fr: c}}
  {_LINE}
  basis: counted
  kind: flow
  date: ^month
  {_CATEGORIES}
happened:
  label: {{en: h, fr: h}}
  {_LINE}
  basis: counted
  kind: flow
  date: _happened
  {_CATEGORIES}
so_far:
  label: {{en: s, fr: s}}
  {_LINE}
  basis: counted
  kind: counter
  date: ^month
cercles:
  label: {{en: e, fr: e}}
  from: counts
  measure: latest cercles
  unit: places
  basis: reported
  kind: stock
  date: month
by_quarter:
  label: {{en: q, fr: q}}
  {_LINE}
  basis: counted
  kind: flow
  date: ^month
  grain: quarter
visited:
  label: {{en: v, fr: v}}
  from: visit
  measure: sum persons
  unit: persons
  persons: attendances
  basis: counted
  kind: flow
  date: day
all_persons:
  label: {{en: a, fr: a}}
  kind: sum
  of: [counted, visited]
  unit: persons
guarded:
  label: {{en: g, fr: g}}
  {_LINE}
  basis: counted
  kind: flow
  date: ^month
  suppress_below: 5
  {_CATEGORIES}
"""


@pytest.fixture
def counts(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.form(COUNTS).say(
        "c",
        date(2016, 12, 1),
        {
            "": [row(month=date(2016, 12, 1), cercles=7)],
            "line": [
                below(0, place="ML07", kind="a", persons=20),
                below(1, place="ML0601", women=3, men=4),
                below(2, place="ML09", women=0, men=0),
            ],
        },
    )
    world.form(VISIT).say("v", date(2016, 12, 3), {"": [row(day=date(2016, 12, 3), persons=5)]})
    return world


@pytest.mark.parametrize(
    ("constraint", "grain"),
    [
        (FIRST, "month"),
        ('format-date( . , "%e")=1', "month"),
        ("format-date(., '%d') = '15'", "day"),
        ("format-date(., '%d') = '011'", "day"),
        ("format-date(., '%d') = '01' or . > today()", "day"),
        ("not(format-date(., '%d') = '01')", "day"),
        (". <= today()", "day"),
        (None, "day"),
    ],
)
def test_a_question_that_takes_the_first_of_a_month_asks_for_a_month(constraint: str | None, grain: str) -> None:
    assert grain_of(column("month", "date", constraint=constraint)) == grain
    assert grain_of(column("month", "text", constraint=constraint)) == "day"


@pytest.mark.parametrize("name", ["counted", "happened", "cercles", "so_far", "by_quarter", "all_persons"])
@pytest.mark.parametrize("period", ["2016-12-01..2016-12-07", "2016-12-15", "2016-W50", "2016-12-01..2016-12-30"])
def test_no_part_of_a_month_has_a_value_whatever_is_counted(counts: World, name: str, period: str) -> None:
    ask = counts.calculator(INDICATORS)
    figure, problems = ask.figure(f"{name}?period={period}")
    assert figure is not None and (figure.value, figure.status) == (None, "not_applicable")
    assert [problem.id for problem in problems] == ["figures.period_too_fine"]
    table = ask.table(f"{name}?period={period}", [])
    assert table.total is not None and table.total.value is None
    assert "figures.period_too_fine" in [problem.id for problem in table.problems]


def test_what_ends_with_a_month_is_answered(counts: World) -> None:
    ask = counts.calculator(INDICATORS)
    assert [value(ask, f"{name}?period=2016-12") for name in ("counted", "happened", "so_far", "cercles")] == [
        27,
        27,
        27,
        7,
    ]
    assert value(ask, "cercles?period=2016-12-20..2016-12-31") == 7, "what held on the last day"
    assert value(ask, "counted?period=2016-12-20..2016-12-31") == "not_applicable"
    assert value(ask, "visited?period=2016-12-03") == 5, "a visit stands for its day"
    assert value(ask, "all_persons?period=2016-12") == 32


def test_a_place_below_the_one_reported_has_no_value(counts: World) -> None:
    ask = counts.calculator(INDICATORS)
    figure, problems = ask.figure("counted?place=ML0701")
    assert figure is not None and figure.status == "not_applicable"
    assert [problem.id for problem in problems] == ["figures.place_too_fine"]
    assert value(ask, "counted?place=ML07") == 20 and value(ask, "counted?place=ML06") == 7
    assert value(ask, "counted?place=ML0601") == 7, "its own row speaks of it"
    assert value(ask, "counted?place=ML0901") == "not_applicable", "a zero of the region is none of the village"
    assert value(ask, "counted?place=ML06,ML0701") == 7, "a place of the set has a row"
    rows = ask.table("counted", ["place@4"])
    assert [problem.id for problem in rows.problems] == ["figures.place_too_fine"]
    assert not ask.table("counted?place=ML06", ["place@4"]).problems


def test_what_no_return_asked_has_no_value(counts: World) -> None:
    ask = counts.calculator(INDICATORS)
    figure, problems = ask.figure("counted?place=ML07&sex=f")
    assert figure is not None and figure.status == "not_applicable"
    assert [problem.id for problem in problems] == ["figures.category_unasked"]
    assert value(ask, "counted?sex=f") == 3, "one return asked it"
    assert value(ask, "counted?place=ML09&sex=f") == 0, "asked, and none"
    assert value(ask, "counted?place=ML06&kind=a") == "not_applicable"
    assert value(ask, "counted?place=ML07&kind=b") == 0, "asked, and another"
    assert value(ask, "counted?place=ML07&sex=unknown") == 20


def test_a_quarter_is_not_split_by_month(counts: World) -> None:
    ask = counts.calculator(INDICATORS)
    assert [one.id for one in ask.table("by_quarter?period=2016-Q4", ["month"]).problems] == ["figures.month_too_fine"]
    assert value(ask, "by_quarter?period=2016-Q4") == 27


def test_what_is_withheld_below_a_threshold_does_not_say_where_rows_stand(counts: World) -> None:
    """Where one village has a row, all others answer alike, whether their region has rows or not."""
    ask = counts.calculator(INDICATORS, public=True)
    answers = {}
    for place in ("ML0701", "ML0901"):
        figure, problems = ask.figure(f"guarded?place={place}")
        assert figure is not None
        answers[place] = (figure.status, [problem.id for problem in problems])
    assert answers["ML0701"] == answers["ML0901"] and not answers["ML0701"][1]
    assert value(ask, "guarded?place=ML07&sex=f") != "not_applicable", "another place asked the sex"
