"""What the report of a load says of good rows: late, period closed, outside the agreement's places or activities."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.collect.storage.conftest import OWNER
from tests.collect.storage.test_corrections import RETURN, book, home, look
from toguna.collect.api import load_reference, publish_form, take
from toguna.figures.api import cutoff
from toguna.instance.api import Instance
from toguna.kernel.api import Problem, parse_period
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations
from toguna.pack.consumers import catch_up

__all__ = ["home"]
FORM = (
    RETURN.replace("| text | organisation |", "| select_one_from_file organisations.csv | organisation |")
    .replace("| list_name | name | label |", "| list_name | name | label | sector |")
    .replace("| activity | prenatal | Prenatal |", "| activity | prenatal | Prenatal | HEA |")
    .replace("| activity | hygiene | Hygiene |", "| activity | hygiene | Hygiene | WSH |")
    .replace("| ret | 1 |", "| ret | 2 |")
)
IN_TIME = datetime(2017, 1, 8, 17, 59, tzinfo=UTC)
AFTER = datetime(2017, 1, 8, 18, 1, tzinfo=UTC)


@pytest.fixture
def agreed(home: Instance) -> Instance:
    blank = {"name_fr": "", "acronym": "", "kind": "ngo", "aliases": "", "valid_from": "", "valid_to": ""}
    load_organisations([{"code": code, "name_en": code, **blank} for code in ("stop", "free")])
    publish_form(FORM.encode(), OWNER, name="ret.md")
    dates = {"starts": "2016-01-01", "ends": "2016-12-31"}
    rows = [{"id": "a", "organisation": "stop", "sector": "HEA", "place": "ML07", **dates}]
    load_reference("agreements", rows, OWNER)
    return home


def told(at: datetime = IN_TIME, activity: str = "prenatal", place: str = "ML0703", **header: str) -> list[Problem]:
    with clock.at(at):
        seen = look(book([{"activity": activity, "place": place, "women": 1}], **header))
        receipt = take(seen)
        assert (receipt, receipt.refused) == (seen.receipt, 0)
    return list(receipt.problems)


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({}, []),
        ({"place": "ML07"}, []),
        ({"place": "ML05"}, ["collect.outside_agreement_place"]),
        ({"activity": "hygiene"}, ["collect.outside_agreement_activity"]),
        ({"activity": "birth"}, []),
        ({"organisation": "free", "place": "ML05", "activity": "hygiene"}, []),
        ({"at": AFTER}, ["collect.late"]),
        ({"at": AFTER, "month": "2017-01-01"}, []),
    ],
)
def test_it_is_said_and_taken_in(agreed: Instance, given: dict[str, object], ids: list[str]) -> None:
    found = told(**given)  # type: ignore[arg-type]
    assert [problem.id for problem in found] == ids
    assert not any(problem.is_error for problem in found)


def test_a_closed_period_is_named_with_its_day(agreed: Instance) -> None:
    with clock.at(AFTER):
        catch_up()
        cutoff(parse_period("2016-12"), None, OWNER)
    [problem] = told(at=AFTER)
    assert problem.id == "collect.period_closed"
    assert "2016-12, période close au 2017-01-08" in problem.what("fr")
