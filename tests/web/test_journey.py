"""In a real browser, against a real server: a partner's file from the drop to the record, on a phone and at a desk, in both languages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.intake.conftest import home, workbook
from tests.intake.test_arrivals import LAST_YEAR
from tests.web.served import Served, browsing, look, serving, watched
from toguna.instance.api import Instance

__all__ = ["home"]
#: In the columns of last year's file, a row whose place no list has.
NEXT_MONTH = workbook(
    ["Jour de distribution", "Localité", "Type de kit", "Bénéficiaires", None, "Visa du chef"],
    [None, None, None, "Femmes", "Hommes", None],
    ["2017-01-02", "Gao", "Kit scolaire", 11, 12, "ok"],
    ["2017-01-03", "Nulle-Part", "Kit scolaire", 5, 6, None],
    title="Jan",
    merged=["D1:E1", "A1:A2", "B1:B2", "C1:C2"],
)


@pytest.fixture
def served(home: Instance) -> Iterator[Served]:
    with serving(home) as found:
        yield found


@pytest.fixture
def browser(served: Served) -> Iterator[Browser]:
    """Opened after the instance and closed before it: while it is open, this thread has a loop, in which Django reads no database."""
    with browsing() as opened:
        yield opened


def _sent_back_and_corrected(page: Page, served: Served, shots: Path) -> None:
    """The next file has a row that cannot be meant: it goes back marked, comes again corrected, and is known."""
    _drop(page, served, NEXT_MONTH)
    page.click("button[value=take]")
    page.wait_for_selector("button[value=take]", state="detached")
    page.click("details:has(button[value=send_back]) summary")
    look(page, shots)
    page.click("button[value=send_back]")
    page.wait_for_selector("pre.copied")
    look(page, shots)
    with page.expect_download() as saved:
        page.click("section.back a")
    book = openpyxl.load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes()))
    [cell] = [cell for row in book["Jan"].iter_rows() for cell in row if cell.value == "Nulle-Part"]
    assert cell.comment is not None and "Nulle-Part" in page.inner_text("pre.copied")
    cell.value = "Kidal"
    corrected = io.BytesIO()
    book.save(corrected)
    _drop(page, served, corrected.getvalue())
    page.click("button[value=take]")
    page.wait_for_selector("button[value=take]", state="detached")
    assert page.locator("button[value=send_back]").count() == 0
    look(page, shots)


def _drop(page: Page, served: Served, content: bytes) -> None:
    page.goto(f"{served.address}/arrivals")
    sent = {"name": "janvier.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("input[name=files]", sent)  # type: ignore[arg-type]
    page.click("form.drop button")
    page.wait_for_url("**/arrivals/a*")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "locale", "scheme", "keep", "take"),
    [
        (1280, "en-GB", "light", "Keep these columns", "Take 3 good rows in"),
        (360, "fr-FR", "dark", "Conserver ces colonnes", "Enregistrer 3 bonnes lignes"),
    ],
)
def test_from_the_dropped_file_to_the_record(
    served: Served, browser: Browser, tmp_path: Path, width: int, locale: str, scheme: str, keep: str, take: str
) -> None:
    shots = tmp_path / "shots"
    shots.mkdir()
    page, wrong = watched(browser, served, width, locale, scheme)
    page.goto(served.links["awa"])
    look(page, shots)
    page.click("main form button.first")
    page.goto(f"{served.address}/arrivals")
    look(page, shots)
    page.set_input_files(
        "input[name=files]", {"name": "retour.xlsx", "mimeType": "application/octet-stream", "buffer": LAST_YEAR}
    )
    page.click("form.drop button")
    page.wait_for_url("**/arrivals/a*")
    look(page, shots)
    page.click(f"text={keep}")
    page.wait_for_load_state()
    page.click("form.word button")
    page.wait_for_load_state()
    look(page, shots)
    page.click(f"text={take}")
    page.wait_for_selector("p.status")
    page.wait_for_selector("button[value=take]", state="detached")
    look(page, shots)
    _sent_back_and_corrected(page, served, shots)
    for path in ("/me", "/figures"):
        page.goto(served.address + path)
        look(page, shots)
    assert wrong == []
    page.context.close()
