"""What a figure says, rule by rule of grammar 1 to 5, on a small world with a past."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.figures.world import World, below, column, form, row, told, value
from toguna.kernel.api import Period

SEX = ("f", "m")
RETURN = form(
    "monthly_return",
    [
        column("month", "date"),
        column("organisation", "select_one", reference="organisations"),
        column("nil", "select_one", choice_list="yes_no"),
    ],
    {
        "result": [
            column("activity", "select_one", choice_list="activity"),
            column("place", "select_one", reference="places"),
            column("women", "integer"),
            column("men", "integer"),
            column("children", "integer"),
            column("refugees", "integer"),
            column("hosts", "integer"),
            column("none", "select_one", choice_list="yes_no"),
        ]
    },
    day="month",
    activity=("session", "kit"),
    yes_no=("yes", "no"),
)
RETURNS = """
attended:
  label: {en: attendances, fr: présences}
  unit: persons
  basis: reported
  kind: flow
  from: monthly_return/result
  measure: sum women + men + children
  where: activity = 'session'
  date: ^month
  place: place
  persons: attendances
  nil: none = 'yes'
  nil_form: nil = 'yes'
  disaggregate:
    sex: {women: f, men: m, children: null}
    population: {refugees: REF, hosts: HST}
  expected: {from: agreements, organisation: organisation, reporter: organisation, start: starts, end: ends}
"""


@pytest.fixture
def returns(tmp_path: Path) -> World:
    world = World(tmp_path)
    agreements = world.reference(
        "agreements",
        {"id": "text", "organisation": "text", "starts": "date", "ends": "date"},
        {"organisation": "organisations"},
    )
    feed = world.form(RETURN)
    for n, (organisation, ends) in enumerate((("amss", None), ("acted", date(2016, 12, 31)))):
        agreements.say(
            f"a{n}",
            None,
            {"": [row(id=f"a{n}", organisation=organisation, starts=date(2016, 1, 1), ends=ends)]},
        )
    feed.say(
        "amss-12",
        date(2016, 12, 1),
        {
            "": [row(month=date(2016, 12, 1), organisation="amss")],
            "result": [
                below(0, activity="session", place="ML0701", women=10, men=5, children=7, refugees=12, hosts=10),
                below(1, activity="session", place="ML0601", women=1, men=2, refugees=3),
                below(2, activity="kit", place="ML0701", women=100),
            ],
        },
    )
    return world


def test_wide_columns_are_cells_of_their_categories(returns: World) -> None:
    ask = returns.calculator(RETURNS)
    assert value(ask, "attended") == 25
    assert value(ask, "attended?sex=f") == 11
    assert value(ask, "attended?sex=f,m") == 18
    assert value(ask, "attended?sex=unknown") == 7
    assert value(ask, "attended?population=REF") == 15
    assert value(ask, "attended?place=ML06") == 3
    assert value(ask, "attended?place=ML06,ML0701&sex=m") == 7


def test_a_table_holds_every_cell_and_a_total_of_its_own(returns: World) -> None:
    ask = returns.calculator(RETURNS)
    table = ask.table("attended", ["sex"])
    assert [(tuple(cell.values()), told(figure)) for cell, figure in table.rows] == [
        (("f",), 11),
        (("m",), 7),
        (("unknown",), 7),
    ]
    assert table.total is not None
    assert told(table.total) == 25
    regions = ask.table("attended", ["region", "population"])
    assert {tuple(cell.values()): told(figure) for cell, figure in regions.rows} == {
        ("ML06", "REF"): 3,
        ("ML06", "HST"): "unknown",
        ("ML07", "REF"): 12,
        ("ML07", "HST"): 10,
    }
    assert regions.rows[0][1].reference.written() == "attended?place=ML06&population=REF"
    assert ask.table("attended", ["colour"]).problems[0].id == "lake.split_unknown"


def test_silence_has_its_reason(returns: World) -> None:
    ask = returns.calculator(RETURNS)
    figure, _ = ask.figure("attended")
    assert figure is not None
    assert figure.missing == ("acted",)
    assert figure.records == 2
    assert value(ask, "attended?place=ML0901") == "not_reported"
    assert value(ask, "attended?period=2015-12") == "not_expected"
    assert value(ask, "attended?period=2016-11") == "not_reported"
    feed = returns.feeds["monthly_return"]
    for organisation in ("amss", "acted"):
        feed.say(
            f"{organisation}-11",
            date(2016, 11, 1),
            {"": [row(month=date(2016, 11, 1), organisation=organisation, nil="yes")]},
        )
    assert value(returns.calculator(RETURNS), "attended?period=2016-11") == "nil"
    feed.say(
        "acted-10",
        date(2016, 10, 1),
        {
            "": [row(month=date(2016, 10, 1), organisation="acted")],
            "result": [below(0, activity="session", place="ML0701", none="yes")],
        },
    )
    assert value(returns.calculator(RETURNS), "attended?period=2016-10") == "nil"


def test_a_return_that_has_no_row_for_it_does_not_say_nil(returns: World) -> None:
    feed = returns.feeds["monthly_return"]
    said = {"amss": "yes", "acted": "no", "oxfam": "yes"}
    for organisation, nil in said.items():
        month = date(2016, 11, 1)
        feed.say(f"{organisation}-11", month, {"": [row(month=month, organisation=organisation, nil=nil)]})
    assert value(returns.calculator(RETURNS), "attended?period=2016-11") == "not_reported"


@pytest.mark.parametrize(
    "period", ["2016-12-01..2016-12-07", "2016-12-01..2016-12-15", "2016-W50", "2016-12-16..2016-12-31"]
)
def test_a_return_of_a_month_answers_for_no_part_of_it(returns: World, period: str) -> None:
    ask = returns.calculator(RETURNS)
    figure, problems = ask.figure(f"attended?period={period}")
    assert figure is not None and (figure.value, figure.status) == (None, "not_applicable")
    assert [problem.id for problem in problems] == ["figures.period_too_fine"]
    assert "reported by month" in problems[0].what() and not problems[0].is_error
    whole, problems = ask.figure("attended?period=2016-12-01..2016-12-31")
    assert whole is not None and whole.value is not None and not problems


def test_as_of_answers_as_was_known_then(returns: World) -> None:
    then = returns.journal.last
    feed = returns.feeds["monthly_return"]
    feed.say(
        "amss-12",
        date(2016, 12, 1),
        {
            "": [row(month=date(2016, 12, 1), organisation="amss")],
            "result": [below(0, activity="session", place="ML0701", women=1)],
        },
    )
    ask = returns.calculator(RETURNS)
    assert value(ask, "attended") == 1
    assert value(ask, f"attended?as_of={then}") == 25
    feed.stop("amss-12")
    ask = returns.calculator(RETURNS)
    assert value(ask, "attended") == "not_reported"
    assert value(ask, f"attended?as_of={then + 1}") == 1
    assert value(returns.calculator(RETURNS, as_of=then), "attended?sex=f") == 11


POINTS = [
    column("type", "select_one"),
    column("status", "select_one"),
    column("cause", "select_one"),
    column("status_on", "date"),
    column("site", "select_one", reference="places"),
]
POINT_YAML = """
delayed:
  label: {en: boreholes delayed, fr: forages en retard}
  unit: boreholes
  basis: counted
  kind: stock
  from: point
  measure: count
  where: type = 'borehole' and status = 'delayed'
  valid: {since: status_on, until: next}
  place: site
  disaggregate: {cause: cause}
visited_users:
  label: {en: users, fr: usagers}
  unit: points
  basis: counted
  kind: stock
  from: visit
  measure: latest users by [point]
  latest_by: on
  place: point.site
  where: point.type = 'borehole'
communes:
  label: {en: sites, fr: sites}
  unit: places
  basis: counted
  kind: flow
  from: visit
  measure: distinct place@1
  date: on
  place: point.site
points_seen:
  label: {en: points, fr: points}
  unit: points
  basis: counted
  kind: flow
  from: visit
  measure: distinct point
  date: on
  place: point.site
share:
  kind: ratio
  of: [points_seen, communes]
  unit: each
  label: {en: share, fr: part}
"""


@pytest.fixture
def points(tmp_path: Path) -> World:
    world = World(tmp_path)
    listed = world.entities("point", POINTS)
    visits = world.form(
        form(
            "visit",
            [column("on", "date"), column("point", "select_one", reference="point"), column("users", "integer")],
            day="on",
        )
    )

    def point(name: str, site: str, *states: tuple[date, str]) -> None:
        for on, status in states:
            listed.also(
                name,
                on,
                {"": [row(type="borehole", status=status, cause="access", status_on=on, site=site)]},
            )

    point("p1", "ML0701", (date(2016, 10, 5), "delayed"), (date(2016, 12, 20), "installed"))
    point("p2", "ML0901", (date(2016, 11, 1), "planned"), (date(2016, 11, 30), "delayed"))
    for n, (on, name, users) in enumerate(
        ((date(2016, 11, 1), "p1", 10), (date(2016, 12, 1), "p1", 40), (date(2016, 12, 5), "p2", 7))
    ):
        visits.say(f"v{n}", on, {"": [row(on=on, point=name, users=users)]})
    return world


def test_a_stock_by_interval_holds_until_the_next_version(points: World) -> None:
    ask = points.calculator(POINT_YAML)
    assert value(ask, "delayed?period=2016-11-29") == 1
    assert value(ask, "delayed?period=2016-11") == 2
    assert value(ask, "delayed?period=2016-12-19") == 2
    assert value(ask, "delayed") == 1
    assert value(ask, "delayed?period=2016-12-19&place=ML09") == 1
    assert value(ask, "delayed?period=2016-12-19&cause=access") == 2
    assert value(ask, "delayed?period=2015-12") == 0


def test_paths_follow_a_reference_and_latest_takes_each_keys_last(points: World) -> None:
    ask = points.calculator(POINT_YAML)
    assert value(ask, "visited_users") == 47
    assert value(ask, "visited_users?period=2016-11") == 10
    assert value(ask, "visited_users?place=ML09") == 7
    assert value(ask, "communes") == 2
    assert value(ask, "points_seen?period=2016-11..2016-12") == 2


def test_a_place_made_from_another_rolls_up_by_the_tree_of_the_periods_end(points: World) -> None:
    visits = points.feeds["visit"]
    visits.say("v9", date(2016, 1, 5), {"": [row(on=date(2016, 1, 5), point="p2", users=1)]})
    ask = points.calculator(POINT_YAML)
    assert value(ask, "points_seen?period=2016-01-01..2016-01-18&place=ML07") == 1
    assert value(ask, "points_seen?period=2016-01&place=ML07") == 0
    assert value(ask, "points_seen?period=2016-01&place=ML09") == 1


def test_a_ratio_by_nothing_is_not_applicable(points: World) -> None:
    ask = points.calculator(POINT_YAML)
    assert value(ask, "share") == 1
    assert value(ask, "share?period=2015-01") == "not_applicable"


PAYMENTS = """
paid:
  label: {en: paid, fr: versé}
  unit: USD
  basis: counted
  kind: flow
  from: payment
  measure: sum amount
  currency: currency
  convert: record_date
  date: on
  place: site
  provisional: status = 'paid'
paid_in_francs:
  label: {en: paid, fr: versé}
  unit: XOF
  basis: counted
  kind: flow
  from: payment
  measure: sum amount
  currency: currency
  date: on
  place: site
persons:
  label: {en: persons covered, fr: personnes couvertes}
  unit: persons
  basis: counted
  kind: flow
  from: payment/person
  measure: count
  date: ^on
  place: ^site
  persons: served
  disaggregate:
    sex: sex
    age: {birth: born}
"""


@pytest.fixture
def payments(tmp_path: Path) -> World:
    world = World(tmp_path)
    feed = world.form(
        form(
            "payment",
            [
                column("on", "date"),
                column("site", "select_one", reference="places"),
                column("amount", "decimal"),
                column("currency", "select_one"),
                column("status", "select_one"),
            ],
            {"person": [column("sex", "select_one", choice_list="sex"), column("born", "date", birth=True)]},
            day="on",
            sex=SEX,
        )
    )
    on = date(2016, 11, 30)
    feed.say(
        "a",
        on,
        {
            "": [row(on=on, site="ML0701", amount=Decimal("1000"), currency="XOF", status="reconciled")],
            "person": [
                below(0, sex="f", born=date(2004, 12, 31)),
                below(1, sex="m", born=date(2004, 11, 1)),
                below(2, sex="m"),
            ],
        },
    )
    on = date(2016, 12, 1)
    feed.say("b", on, {"": [row(on=on, site="ML0701", amount=Decimal("1000"), currency="XOF", status="paid")]})
    feed.say("c", on, {"": [row(on=on, site=None, amount=Decimal("5"), currency="USD", status="reconciled")]})
    return world


def test_money_keeps_its_currency_or_is_converted_at_the_rate_of_its_day(payments: World) -> None:
    ask = payments.calculator(PAYMENTS)
    assert value(ask, "paid?period=2016-11") == 2
    assert value(ask, "paid") == 6
    assert value(ask, "paid?place=ML07&period=2016") == 3
    _, problems = ask.figure("paid_in_francs")
    assert [problem.id for problem in problems] == ["lake.not_convertible"]
    assert value(ask, "paid_in_francs?place=ML07") == 1000


def test_a_period_of_which_nothing_was_recorded_is_no_true_zero(payments: World) -> None:
    ask = payments.calculator(PAYMENTS)
    ask.answers = replace(ask.answers, recorded=lambda at: Period(start=date(2016, 3, 1), end=date(2016, 12, 31)))
    for period, expected in (
        ("2030-01", "not_reported"),
        ("2016-01", "not_reported"),
        ("2016-04", 0),
        ("2017-01", "not_reported"),
    ):
        assert value(ask, f"paid?period={period}") == expected, period


def test_what_may_still_be_taken_back_is_provisional(payments: World) -> None:
    ask = payments.calculator(PAYMENTS)
    assert [ask.figure(f"paid?period={month}")[0].provisional for month in ("2016-11", "2016-12")] == [False, True]


def test_ages_are_completed_years_on_the_records_date(payments: World) -> None:
    ask = payments.calculator(PAYMENTS, "2016-11")
    assert value(ask, "persons?age=0-11") == 1
    assert value(ask, "persons?age=12") == 1
    assert value(ask, "persons?age=unknown") == 1
    assert value(ask, "persons?age=unknown,5-11&sex=m") == 1
    cells = {tuple(cell.values()): told(figure) for cell, figure in ask.table("persons", ["age", "sex"]).rows}
    assert cells == {("5-11", "f"): 1, ("12-17", "m"): 1, ("unknown", "m"): 1}
    assert ask.figure("persons?period=2016")[1][0].id == "figures.add_served"


def test_a_column_of_two_types_is_read_as_one(tmp_path: Path) -> None:
    world = World(tmp_path)
    old = form("well", [column("on", "date"), column("litres", "integer")], day="on")
    new = form("well", [column("on", "date"), column("litres", "decimal")], day="on", version="2")
    feed = world.form(old, new)
    feed.say("a", date(2016, 12, 1), {"": [row(on=date(2016, 12, 1), litres=3)]})
    feed.say("b", date(2016, 12, 2), {"": [row(on=date(2016, 12, 2), litres__decimal=Decimal("0.5"))]})
    yaml = """
litres: {label: {en: l, fr: l}, unit: litres, basis: counted, kind: flow, from: well, measure: sum litres, date: on}
"""
    assert value(world.calculator(yaml), "litres") == Decimal("3.5")


QUOTED = """
idps:
  label: {en: IDPs, fr: PDI}
  unit: persons
  basis: quoted
  kind: stock
  from: register
  measure: latest value by [item]
  latest_by: as_of
  where: item = 'idps'
  stale_after: 45
  disaggregate: {source: source}
"""


def test_a_quoted_value_names_its_source_and_goes_stale(tmp_path: Path) -> None:
    world = World(tmp_path)
    feed = world.form(
        form(
            "register",
            [
                *(column(name, "text", lake=True) for name in ("source", "owner", "title", "page", "item")),
                column("as_of", "date"),
                column("value", "decimal"),
            ],
            day="as_of",
        )
    )
    for n, (source, on, number) in enumerate(
        (("cmp-2016-09", date(2016, 9, 30), 33042), ("cmp-2016-10", date(2016, 10, 31), 36690))
    ):
        feed.say(
            f"s{n}",
            on,
            {
                "": [
                    row(
                        source=source,
                        owner="CMP",
                        title="Report",
                        page="2",
                        item="idps",
                        as_of=on,
                        value=Decimal(number),
                    )
                ]
            },
        )
    ask = world.calculator(QUOTED)
    figure, _ = ask.figure("idps")
    assert figure is not None
    assert (figure.value, figure.stale, figure.sources[0].id, figure.sources[0].page) == (
        36690,
        True,
        "cmp-2016-10",
        "2",
    )
    assert value(ask, "idps?source=cmp-2016-09") == 33042
    assert value(ask, "idps?period=2016-01") == "not_reported"


def test_a_quoted_value_that_its_source_repeats_says_since_when(tmp_path: Path) -> None:
    world = World(tmp_path)
    words = ("source", "owner", "owner_fr", "title", "title_fr", "misfit", "page", "item", "scope")
    columns = [*(column(name, "text", lake=True) for name in words), column("as_of", "date")]
    feed = world.form(form("register", [*columns, column("value", "decimal")], day="as_of"))
    for n, (month, day, number, owner) in enumerate(
        ((5, 31, 474, "CMP"), (6, 30, 468, "CMP"), (8, 31, 474, "CMP"), (9, 30, 474, "CMP"), (10, 31, 474, "CMP"))
    ):
        on = date(2016, month, day)
        answers = row(
            source=f"cmp-2016-{month:02}",
            owner=owner,
            owner_fr="CMP, Mali",
            misfit="It runs." if month == 10 else None,
            item="idps",
            scope="all",
            as_of=on,
            value=Decimal(number),
        )
        feed.say(f"s{n}", on, {"": [answers]})
    ask = world.calculator(QUOTED)
    figure, _ = ask.figure("idps")
    assert figure is not None
    (source,) = figure.sources
    assert (source.misfit, source.owner_fr, source.unchanged_since) == ("It runs.", "CMP, Mali", date(2016, 8, 31))
    for reference, since in (
        ("idps?source=cmp-2016-10", date(2016, 8, 31)),
        ("idps?period=2016-10", None),
        ("idps?period=2016-07", None),
        ("idps?period=2016-11", date(2016, 8, 31)),
    ):
        found, _ = ask.figure(reference)
        assert found is not None and found.sources[0].unchanged_since == since, reference


def test_a_row_of_another_owner_is_another_series(tmp_path: Path) -> None:
    world = World(tmp_path)
    columns = [*(column(name, "text", lake=True) for name in ("source", "owner", "item")), column("as_of", "date")]
    feed = world.form(form("register", [*columns, column("value", "decimal")], day="as_of"))
    for n, (on, owner) in enumerate(((date(2016, 9, 30), "UNHCR"), (date(2016, 10, 31), "CMP"))):
        feed.say(f"s{n}", on, {"": [row(source=f"s{n}", owner=owner, item="idps", as_of=on, value=Decimal(474))]})
    figure, _ = world.calculator(QUOTED).figure("idps")
    assert figure is not None and (figure.value, figure.sources[0].unchanged_since) == (474, None)


CHANGES = (
    QUOTED.replace("latest value by [item]", "latest value by [place]").replace(
        "stale_after: 45", "stale_after: 45\n  place: place"
    )
    + """
idps_change: {label: {en: change, fr: évolution}, kind: change, of: [idps], unit: persons}
idps_growth: {label: {en: growth, fr: hausse}, kind: change, of: [idps], unit: percent}
rows:
  label: {en: rows, fr: lignes}
  unit: rows
  basis: counted
  kind: flow
  from: register
  measure: count
  date: as_of
  place: place
rows_change: {label: {en: change, fr: évolution}, kind: change, of: [rows], unit: rows}
rows_growth: {label: {en: growth, fr: hausse}, kind: change, of: [rows], unit: percent}
idps_a_day: {label: {en: rate, fr: taux}, kind: ratio, of: [rows, idps], unit: per 10000, per: 10000, a_day: true}
"""
)


@pytest.fixture
def quotations(tmp_path: Path) -> World:
    """One place quoted in October and December, another in October and November; the newer values are the owner's roundings."""
    world = World(tmp_path)
    words = ("source", "owner", "item", "hedge")
    columns = [
        *(column(name, "text", lake=True) for name in words),
        column("as_of", "date"),
        column("value", "decimal"),
    ]
    feed = world.form(form("register", [*columns, column("place", "select_one", reference="places")], day="as_of"))
    for n, (on, place, number, hedge) in enumerate(
        (
            (date(2016, 10, 31), "ML07", 400, None),
            (date(2016, 10, 31), "ML06", 0, None),
            (date(2016, 11, 30), "ML06", 100, "plus de"),
            (date(2016, 12, 31), "ML07", 500, "over"),
        )
    ):
        answers = row(
            source=f"s{n}", owner="CMP", item="idps", as_of=on, value=Decimal(number), hedge=hedge, place=place
        )
        feed.say(f"s{n}", on, {"": [answers]})
    return world


def test_a_change_names_the_rows_of_both_periods_and_says_nothing_where_its_source_has_not(quotations: World) -> None:
    ask = quotations.calculator(CHANGES)
    figure, problems = ask.figure("idps_change")
    assert figure is not None and not problems
    assert (figure.value, figure.stale) == (100, False)
    assert sorted(one.id for one in figure.sources) == ["s0", "s2", "s3"]
    assert value(ask, "idps_growth") == 20
    assert value(ask, "idps_change?place=ML07") == 100
    assert value(ask, "idps_change?place=ML06") == "not_reported", "the same row in both months"
    assert value(ask, "idps_growth?period=2016-11&place=ML06") == "not_applicable", "from nothing"
    assert value(ask, "idps_change?period=2016-11&place=ML06") == 100
    assert value(ask, "idps_change?period=2016-10") == "not_reported", "September has no value"


def test_a_change_of_counts(quotations: World) -> None:
    ask = quotations.calculator(CHANGES)
    assert value(ask, "rows_change") == 0 and value(ask, "rows_change?period=2016-11") == -1
    assert value(ask, "rows_growth?period=2016-11") == -50
    assert (
        value(ask, "rows_change?period=2016-10") == 2 and value(ask, "rows_growth?period=2016-10") == "not_applicable"
    )
    assert value(ask, "rows_change?period=..2016-12") == "not_applicable"
    assert value(ask, "idps_a_day?period=..2016-12") == "not_applicable"
    assert value(ask, "idps_a_day") == Decimal("0.537634"), "1 of 600, in 31 days"
    table = ask.table("rows_change", ["region"])
    assert {cell["place"]: told(figure) for cell, figure in table.rows} == {"ML07": 1, "ML06": -1}
    assert told(table.total) == 0 if table.total else False
    for name in ("rows_change", "idps_a_day"):
        assert [problem.id for problem in ask.table(name, ["month"]).problems] == ["lake.split_monthless"]


def test_an_owners_hedge_follows_the_value(quotations: World) -> None:
    ask = quotations.calculator(CHANGES)
    hedges = {
        "idps": "over",
        "idps?place=ML07": "over",
        "idps?period=2016-11&place=ML07": None,
        "idps_change": "about",
        "rows": None,
    }
    for reference, hedge in hedges.items():
        figure, problems = ask.figure(reference)
        assert figure is not None and not problems and figure.owner_hedge == hedge, reference
    on = date(2016, 12, 31)
    odd = row(source="odd", owner="CMP", item="idps", as_of=on, value=Decimal(7), hedge="perhaps", place="ML09")
    quotations.feeds["register"].say("odd", on, {"": [odd]})
    figure, problems = quotations.calculator(CHANGES).figure("idps?place=ML09")
    assert figure is not None and figure.owner_hedge == "about"
    assert [problem.id for problem in problems] == ["figures.owner_hedge_unknown"]
    figure, _ = quotations.calculator(CHANGES).figure("idps")
    assert figure is not None and figure.owner_hedge == "about", "two owners hedge differently"


def test_a_moment_is_its_day_in_the_operations_zone(tmp_path: Path) -> None:
    world = World(tmp_path, None)
    feed = world.form(form("note", [column("at", "datetime")], day="at"))
    feed.say("a", date(2016, 12, 31), {"": [row(at=datetime(2016, 12, 31, 23, 59, tzinfo=UTC))]})
    yaml = (
        "notes: {label: {en: n, fr: n}, unit: notes, basis: counted, kind: flow, from: note, measure: count, date: at}"
    )
    assert value(world.calculator(yaml), "notes") == 1


def test_faults_of_all_kinds_are_told(returns: World) -> None:
    ask = returns.calculator(RETURNS)
    assert ask.figure("attended?place=nowhere")[1][0].id == "lake.place_unknown"
    assert ask.figure("attended?edition=x")[1][0].id == "lake.edition_unknown"
    assert ask.figure("nothing")[1][0].id == "figures.indicator_unknown"
    assert ask.figure("attended?colour=red")[1]
