"""Pages that have no journey of their own, looked at in a real browser: on a phone in French, at a desk in English."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.conftest import PLACES
from tests.publish.test_editions import OWNER, Office
from tests.web.served import Served, browsing, look, serving, watched
from toguna.access.api import add_account
from toguna.instance.api import Instance
from toguna.places.api import load_places
from toguna.publish.editions import withdraw

TEXT = """In Gao, 300 people were reached: 100 women and 150 men.

| Place | Women | Men | Total |
| --- | --- | --- | --- |
| Gao | 10 | 20 | 30 |
| Mopti | 5 | 5 | 10 |
| Total | 15 | 25 | 41 |
"""


@pytest.fixture
def edition(tmp_path: Path, instance: Instance) -> str:
    """One edition in force, and one that was withdrawn."""
    load_places(list(csv.DictReader(io.StringIO(PLACES))))
    office = Office(tmp_path)
    office.clear()
    first = office.issue()
    second = office.issue(nature="restated", reason="Gao's list came late.")
    withdraw(first.edition, "asked by a person", OWNER)
    add_account("issa", ["auditor"], OWNER)
    return str(second.edition)


@pytest.fixture
def served(edition: str, instance: Instance) -> Iterator[Served]:
    with serving(instance) as found:
        yield found


@pytest.mark.slow
def test_published_editions_the_checker_and_the_journal(served: Served, edition: str, tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    shots.mkdir()
    with browsing() as browser:
        for width, locale, scheme in ((1280, "en-GB", "light"), (360, "fr-FR", "dark")):
            page, wrong = watched(browser, served, width, locale, scheme)
            for path in ("/published", f"/published/{edition}", f"/published/{edition.removesuffix('2')}1"):
                page.goto(served.address + path)
                look(page, shots)
            page.goto(f"{served.address}/published/{edition}")
            page.click("main a[href$='update.html']")
            page.wait_for_selector("h1")
            page.screenshot(path=shots / f"issued-{width}.png")
            if width == 1280:
                page.goto(served.links["issa"])
                page.click("main form button.first")
                state = page.context.storage_state()
            else:
                page.context.add_cookies(state["cookies"])  # type: ignore[arg-type]
            page.goto(f"{served.address}/check")
            page.fill("textarea", TEXT)
            look(page, shots)
            page.click("form:has(textarea) button")
            page.wait_for_selector(".checked mark")
            look(page, shots)
            page.goto(f"{served.address}/journal")
            dates = page.eval_on_selector_all("td:nth-child(2)", "all => all.map(one => one.offsetHeight)")
            assert page.inner_text(".who .name") == "issa"
            page.locator("details.whole summary").last.click()
            page.evaluate("document.querySelector('.scroll').scrollLeft = 0")
            look(page, shots)
            assert dates and max(dates) < 3 * min(dates)
            assert wrong == []
            page.context.close()
