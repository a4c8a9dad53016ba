"""What is drawn adds up to the plan, comes to the same each time, and is taken by the forms it fills in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.pack.mali import PACK, ZONE, drawn, plan, schemas, table
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.lookup import Lookup, lookup
from toguna.collect.core.submissions.reading import Reader
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.rules import compile_rules
from toguna.collect.core.submissions.sheet import parse_sheet
from toguna.collect.core.submissions.values import Checked
from toguna.collect.core.submissions.xml import parse_xml
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.kernel.api import Refused, parse_period
from toguna.pack.core.generate import Closing, Delivery, Filled, Ruling, draw, parse_plan, written
from toguna.pack.core.generate.plan import Rows

CLOSED = max(step.at for step in drawn().steps if isinstance(step, Closing))
REJECTED = {name for step in drawn().steps if isinstance(step, Ruling) for name in step.instance_ids}


def known_at_the_cut_off(form: str) -> Iterator[Filled]:
    """The newest version of each filled form that had come by then and was not rejected."""
    newest: dict[tuple[object, ...], Filled] = {}
    key = schemas()[form].settings.get("tg:key", "").split()
    for delivery in drawn().deliveries:
        if delivery.form == form and delivery.received_at <= CLOSED:
            for filled in delivery.filled:
                if filled.instance_id not in REJECTED:
                    lineage = tuple(filled.header.get(column) for column in key) or (filled.instance_id,)
                    newest[lineage] = filled
    return iter(newest.values())


def spread(rows: Rows, form: str, organisation: str, repeat: str, period: str) -> Counter[str]:
    """The columns of the drawn rows of one kind, summed over a period."""
    found: Counter[str] = Counter()
    for filled in known_at_the_cut_off(form):
        if filled.header["organisation"] == organisation and filled.header["month"] in parse_period(period):
            for row in filled.rows.get(repeat, ()):
                if all(row.get(column) in values for column, values in rows.each.items()):
                    found.update({name: value for name, value in row.items() if isinstance(value, int)})
    return found


@pytest.mark.parametrize("returns", plan().returns, ids=lambda returns: f"{returns.organisation}-{returns.form}")
def test_every_margin_of_a_return_holds(returns) -> None:  # type: ignore[no-untyped-def]
    for rows in returns.rows:
        for period, margins in rows.months.items():
            found = spread(rows, returns.form, returns.organisation, returns.repeat, period)
            for column, total in margins.items():
                parts = rows.over if column == "attendance" else (column,)
                assert sum(found[part] for part in parts) == total, (rows.each, period, column)


def test_a_margin_of_two_kinds_of_rows_is_not_counted_twice() -> None:
    """Rows of one return that the same description fits would make the test above blind."""
    for returns in plan().returns:
        for number, rows in enumerate(returns.rows):
            for other in returns.rows[number + 1 :]:
                same_rows = rows.each.keys() == other.each.keys() and all(
                    set(rows.each[column]) & set(other.each[column]) for column in rows.each
                )
                same_month = {m for p in rows.months for m in parse_period(p).months()} & {
                    m for p in other.months for m in parse_period(p).months()
                }
                assert not (same_rows and same_month), (rows.each, other.each)


def test_cash_covers_exactly_the_persons_of_each_region_and_lot() -> None:
    payments = plan().payments
    assert payments is not None
    region_of = {place: region for region, places in payments.places.items() for place in places}
    found: Counter[tuple[str, str]] = Counter()
    for filled in known_at_the_cut_off("cash_payment"):
        row = filled.header
        if row["status"] in ("paid", "reconciled"):
            persons = sum(int(str(row[column])) for column in ("women", "men", "girls", "boys"))
            found[(str(row["paid_on"])[:7], region_of[str(row["payment_place"])])] += persons
    for lot in payments.lots:
        by_region = Counter[str]()
        for (month, region), persons in found.items():
            if month in lot.months:
                by_region[region] += persons
        if isinstance(lot.persons, int):
            assert sum(by_region.values()) == lot.persons
        else:
            assert by_region == Counter(lot.persons)


def test_only_the_last_months_payments_are_still_to_be_reconciled() -> None:
    states = {(str(f.header.get("paid_on", ""))[:7], f.header["status"]) for f in known_at_the_cut_off("cash_payment")}
    assert {month for month, status in states if status == "paid"} == {"2016-12"}
    assert "2016-11" in {month for month, status in states if status == "reconciled"}


def test_who_boarded_and_who_was_on_the_manifest_are_two_numbers() -> None:
    [manifest] = plan().manifests
    [filled] = known_at_the_cut_off("repatriation")
    boarded = Counter(row["sex"] for row in filled.rows["person"] if row["boarded"] == "yes")
    assert boarded == Counter(manifest.boarded)
    assert len(filled.rows["person"]) == sum(manifest.boarded.values()) + sum(manifest.absent.values())


def test_the_demonstration_has_a_past() -> None:
    late = [step for step in drawn().deliveries if step.received_at > CLOSED]
    assert {delivery.form for delivery in late} == {"monthly_return", "cash_payment"}
    assert sum(isinstance(step, Ruling) for step in drawn().steps) == 2
    organisations = {filled.header.get("organisation") for step in drawn().deliveries for filled in step.filled}
    silent = {
        row["organisation"] for row in table("agreements.csv") if row["year"] == "2016" and row["returns_due"] == "yes"
    }
    assert silent - organisations == {"asd"}
    moments = [step.received_at if isinstance(step, Delivery) else step.at for step in drawn().steps]
    assert moments == sorted(moments)


def test_the_same_plan_draws_the_same_records_and_another_seed_others() -> None:
    text = (PACK / "plan.toml").read_text(encoding="utf-8")
    names = {row["pcode"]: row["name_en"] for row in table("places.csv")}
    sources = table("sources.csv")
    assert draw(plan(), sources, names, ZONE) == drawn()
    other, _ = parse_plan(text.replace("seed = 20161231", "seed = 1"))
    assert other is not None
    assert draw(other, sources, names, ZONE) != drawn()


def test_margins_that_do_not_fit_are_refused() -> None:
    text = (PACK / "plan.toml").read_text(encoding="utf-8")
    less = re.sub(
        r'("2016-01..2016-12" = \{ rows = )\d+', r"\g<1>10", text, count=1
    )  # fewer in the year than in its December
    other, _ = parse_plan(less)
    assert other is not None
    with pytest.raises(Refused, match="less than the"):
        draw(other, table("sources.csv"), {}, ZONE)


def checker_of(schema: Schema) -> Checker:
    choices = {name: lookup((c.name, c.label.values()) for c in own) for name, own in schema.choices.items()}
    return Checker(
        schema=schema,
        rules=compile_rules(schema),
        reader=Reader(time_zone=ZONE, choices=choices, references=references()),
    )


def references() -> dict[str, Lookup]:
    return {
        "places": lookup((row["pcode"], (row["name_en"], row["name_fr"])) for row in table("places.csv")),
        "organisations": lookup((row["code"], (row["name_en"], row["name_fr"])) for row in table("organisations.csv")),
    }


def taken(delivery: Delivery) -> list[Checked]:
    """The delivery's files, read and checked as they would be when they arrive."""
    schema = schemas()[delivery.form]
    checker = checker_of(schema)
    now = delivery.received_at.astimezone(UTC)
    moment = Moment(now=now, today=now.astimezone(ZONE).date())
    found: list[Checked] = []
    for name, content in written(delivery, schema):
        if delivery.how == "xml":
            result = check_filled([parse_xml(content, {schema.form_id: [schema]}, name)], checker, now, moment)
            good, refused, warnings = list(result.good), list(result.refused), result.warnings
            assert not warnings, warnings[0].written()
        else:
            read = parse_sheet(content, {schema.form_id: [schema]}, name)
            checked = checker.check(read.tables, moment)
            rows = SheetRows(read=read, checked=checked, checker=checker, name=name, received_at=now, moment=moment)
            portions = list(rows.portions(10_000))
            good, refused = portions[0]
        assert not refused, refused[0].problems[0].written()
        found += good
    return found


@pytest.mark.slow
def test_every_file_is_taken_whole() -> None:
    phone = Counter[str]()
    for delivery in drawn().deliveries:
        phone[delivery.form] += delivery.how == "xml"
        if delivery.how == "xml" and phone[delivery.form] > 20:
            continue
        submissions = taken(delivery)
        assert len(submissions) == len(delivery.filled), delivery.name
        for filled, checked in zip(delivery.filled, submissions, strict=True):
            assert {name: len(rows) for name, rows in checked.rows.items() if name and rows} == {
                name: len(rows) for name, rows in filled.rows.items() if rows
            }


def test_a_return_says_its_own_month_wherever_it_is_read() -> None:
    delivery = next(step for step in drawn().deliveries if step.form == "monthly_return" and "2016-11" in step.name)
    [checked] = taken(delivery)
    assert checked.happened == date(2016, 11, 1)
    assert checked.received_at > datetime(2016, 12, 1, tzinfo=UTC)
