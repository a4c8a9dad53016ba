"""Money of few payments: what is protected, how near a reader may come, and what a plan offers; each at its boundary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.disclosure.table_in_memory import SOURCES, MemoryRecords, printed, row
from tests.figures.world import World, below, column, form
from tests.figures.world import row as header
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.reading import read_indicators
from toguna.figures.publication import PlanChooser
from toguna.instance.api import Instance
from toguna.kernel.api import parse_period

YAML = """
paid: {label: {en: paid, fr: payé}, unit: XOF, basis: reported, kind: flow, from: incident_table/incident, date: ^month,
  place: region, measure: sum women, disaggregate: {kind: kind}}
"""
INDICATORS, _FAULTS = read_indicators({"test.yaml": YAML}, SOURCES, ("unhcr",))
assert not [fault for fault in _FAULTS if fault.is_error], _FAULTS
THRESHOLD = 5


def leaks(payments: int, *prints: PrintedFigure) -> list[str]:
    """The regions given away, where 400 was paid in ML06 in so many payments and much more in many in ML07."""
    rows = [row("ML06", "theft", 400 // payments) for _ in range(payments)] + [row("ML07", "theft", 900)] * 9
    audit = JointAudit(prints, INDICATORS, lambda one: THRESHOLD, MemoryRecords(rows={1: rows}))
    return [str(dict(leak.name.values).get("region", "")) for leak in audit.leaks()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("payments", "is_protected"), [(1, True), (4, True), (5, False), (8, False)])
def test_money_of_fewer_payments_than_the_threshold_is_protected(payments: int, is_protected: bool) -> None:
    whole, others = printed("paid", 8500), printed("paid?place=ML07", 8100)
    assert leaks(payments, whole, others) == (["ML06"] if is_protected else [])
    assert leaks(payments, printed("paid?place=ML06", 400)) == (["ML06"] if is_protected else [])
    assert leaks(payments, whole) == leaks(payments, others) == []


@pytest.mark.parametrize(("bounds", "is_safe"), [((380, 420), True), ((381, 420), False), ((380, 419), False), ((370, 430), True)])  # fmt: skip
def test_a_reader_may_not_come_nearer_to_it_than_a_tenth(bounds: tuple[int, int], is_safe: bool) -> None:
    assert leaks(4, printed("paid?place=ML06", bounds)) == ([] if is_safe else ["ML06"])


TABLE = form(
    "cash",
    [column("month", "date")],
    {
        "payment": [
            column("place", "select_one", reference="places", sensitivity="confidential"),
            column("amount", "integer", sensitivity="confidential"),
            column("persons", "integer", sensitivity="confidential"),
        ]
    },
    day="month",
)
_COMMON = "basis: reported, kind: flow, from: cash/payment, date: ^month, place: place"
PLANNED = f"""
paid: {{label: {{en: paid, fr: payé}}, unit: XOF, {_COMMON}, measure: sum amount}}
helped: {{label: {{en: helped, fr: aidés}}, unit: persons, persons: served, {_COMMON}, measure: sum persons}}
"""


@pytest.mark.parametrize(("payments", "persons", "has_money", "has_persons"), [(4, 5, False, True), (5, 5, True, True), (5, 4, True, False), (4, 4, False, False)])  # fmt: skip
def test_a_plan_offers_what_reaches_the_threshold_and_nothing_below(
    instance: Instance, tmp_path: Path, payments: int, persons: int, has_money: bool, has_persons: bool
) -> None:
    """Of money it is the number of payments that counts, of persons their own. No total tells what is left out."""
    world = World(tmp_path)
    rows = [below(n, place="ML0701", amount=700, persons=persons if n == 0 else 0) for n in range(payments)]
    world.form(TABLE).say("t", date(2016, 12, 1), {"": [header(month=date(2016, 12, 1))], "payment": rows})
    around = world.calculator(PLANNED).around
    chooser = PlanChooser(around=around, sequence=around.until, gone=())
    found = {one.reference for one in chooser.choose([parse_period("2016-12")], [])}
    assert ({"paid", "paid?place=ML07"} <= found, bool(found & {"paid", "paid?place=ML07"})) == (has_money, has_money)
    assert ({"helped", "helped?place=ML07"} <= found, bool(found & {"helped", "helped?place=ML07"})) == (has_persons, has_persons)  # fmt: skip
