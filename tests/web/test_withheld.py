"""What no account outside the office's own may read of a sensitive table stands in no byte of any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.figures.disclosure.office import ORGANISATIONS, Office
from tests.figures.disclosure.test_doors import CELLS, PRIVATE, TOTAL, written
from tests.web.conftest import browser_of
from toguna.access.api import acting, add_account
from toguna.figures.planned import planned_figures
from toguna.kernel.api import parse_period
from toguna.kernel.core import clock

__all__ = ["browser_of"]

pytestmark = pytest.mark.slow

#: A reader; accounts of a partner that sent nothing of the table, everywhere and in one of its regions; a field office of a region of which
#: the table does not speak; one who reads the journal, and has nothing to do with those regions; and the table's own partner in one region.
ACCOUNTS = {
    "reader": ("reader", None, ()),
    "partner": ("data_manager", "otherwater", ()),
    "partner.ml06": ("data_manager", "otherwater", ("ML06",)),
    "field.ml05": ("field_office", None, ("ML05",)),
    "manager.ml05": ("information_manager", None, ("ML05",)),
    "amss.ml07": ("data_manager", "amss", ("ML07",)),
}
#: What the table's own partner may see of its own region.
OWN = {"amss.ml07": {n for (_, region), n in CELLS.items() if region == "ML07"} | {913_745}}
BEFORE, CLOSED = datetime(2016, 12, 8, 17, tzinfo=UTC), datetime(2016, 12, 8, 19, tzinfo=UTC)
INDICATORS = ("protection_incidents", "extortion_incidents", "extortion_share", "incident_regions")
#: How a page may be narrowed.
NARROWED = (
    "",
    "place=ML06",
    "place=ML07",
    "incident_type=extortion",
    "organisation=amss&place=ML06",
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A month with its records, not yet closed, and the accounts."""
    cache.clear()
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver"])
    others = f"{ORGANISATIONS}otherwater,Other Water,Autre eau,,ngo,,,\n"
    found = Office(tmp_path, files={"organisations.csv": others})
    counted = [{"incident_type": kind, "region": region, "incidents": n} for (kind, region), n in CELLS.items()]
    found.receive(date(2016, 11, 1), counted, datetime(2016, 12, 2, 9, tzinfo=UTC))
    with clock.at(BEFORE):
        for name, (role, organisation, places) in ACCOUNTS.items():
            add_account(name, [role], acting(None), organisation=organisation, scope=places)
        add_account("office", ["data_manager"], acting(None))
    return found


def addresses() -> Iterator[str]:
    yield from ("/", "/figures", "/figures?q=incident", "/journal", "/arrivals")
    for period, place in product(("2016-11", "2016-12", "2016"), ("", "&place=ML06", "&place=ML07")):
        yield f"/?period={period}{place}"
    for name, narrowed in product(INDICATORS, NARROWED):
        yield f"/figures/{name}?period=2016-11&{narrowed}"
    for narrowed in NARROWED:
        yield f"/figures/protection_incidents/rows?period=2016-11&{narrowed}"
    yield from (f"/figures/protection_incidents{page}?period=2016" for page in ("", "/rows"))


def read(client: Client, address: str) -> bytes:
    """Every byte of the answer, its headers with it."""
    response = client.get(address)
    assert response.status_code in (200, 403, 404, 422), (address, response.status_code)
    headers = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return headers.encode() + bytes(response.content)


def require_nothing(account: str, address: str, content: bytes, *further: int) -> None:
    """No number that the account may not see, however it is written."""
    hidden = {*PRIVATE, *further} - OWN.get(account, set())
    assert not [n for n in hidden for one in written(n) if one in content], (account, address)


def take_out_all_but_the_total(office: Office) -> None:
    office.close("2016-11", datetime(2016, 12, 8, 18, tzinfo=UTC))
    every = {one.reference for one in planned_figures(parse_period("2016-11"))}
    with clock.at(CLOSED):
        taken = [word for one in sorted(every - {"protection_incidents"}) for word in ("--without", one)]
        office.run("publication", "2016-11", *taken)


def test_no_page_shows_what_the_plan_does_not_have(office: Office, browser_of: Callable[[str], Client]) -> None:
    """Before the month is closed nothing of it, after it the one figure that the plan has; in either language, whoever asked before."""
    page = "/figures/protection_incidents?period=2016-11"
    with clock.at(BEFORE):
        office_sees = b"".join(read(browser_of("office"), one) for one in addresses())
        assert all(any(one in office_sees for one in written(n)) for n in PRIVATE), (
            "who may see it sees it, and it is kept"
        )
        for name in ACCOUNTS:
            client = browser_of(name)
            for address in addresses():
                require_nothing(name, address, read(client, address), TOTAL)
    take_out_all_but_the_total(office)
    with clock.at(CLOSED):
        browser_of("office").get(page)
        for name in ACCOUNTS:
            client = browser_of(name)
            for address in addresses():
                require_nothing(name, address, read(client, address))
        client = browser_of("reader")
        assert any(one in read(client, page) for one in written(TOTAL)), "what the plan has is shown"
        client.post("/language", {"language": "fr"})
        for address in addresses():
            require_nothing("reader", address, read(client, address))
        for address in (f"{page}&place=ML07", "/figures/protection_incidents/rows?period=2016-11"):
            require_nothing("reader", address, bytes(client.get(address, HTTP_HX_REQUEST="true").content))
