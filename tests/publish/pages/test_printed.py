"""The printed products of the example pack: nothing under 8 points, only our faces, pages filled, the number of pages that each may have."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from tests.publish.memory import PACK, MemoryFigures, desk
from tests.publish.pages.printed import faces, smallest_character, tallest_band
from toguna.publish.build import build, compile_text
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.products import dashboard, factsheet, lay_out_line_sheet, line_sheet
from toguna.publish.texts import draft_text

LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("printed")
    source = PACK / "updates" / f"2016-12.{request.param}.md"
    compiled = compile_text(draft_text(source), desk(folder))
    found = {"update": build(draft_text(source), desk(folder), folder / "update", ("pdf",)).files["pdf"].read_bytes()}
    update = compiled.resolution.update
    for name, text in (
        ("factsheet", factsheet(update, compiled.front)),
        ("dashboard", dashboard(update, compiled.front)),
    ):
        path = folder / f"{name}.{request.param}.md"
        path.write_text(text, encoding="utf-8")
        found[name] = build(draft_text(path), desk(folder), folder / name, ("pdf",)).files["pdf"].read_bytes()
    sheet = line_sheet(compiled.resolution, compiled.report, MemoryFigures({"incidents@2016-11": 72}))
    laid = lay_out_line_sheet(sheet, compiled.front, MemoryFigures())
    found["line_sheet"] = PdfWriter(folder).write(laid, datetime(2017, 1, 9, tzinfo=UTC), {})
    return found


def test_nothing_is_smaller_than_eight_points(printed: dict[str, bytes]) -> None:
    for name, pdf in printed.items():
        size, character = smallest_character(pdf)
        assert size >= 7.99, f"{name}: {character!r} at {size}"


def test_only_our_two_families_are_set(printed: dict[str, bytes]) -> None:
    for name, pdf in printed.items():
        assert {face.split("-")[0] for face in faces(pdf)} <= {"SourceSansPro", "SourceSerifPro"}, name


def test_each_product_has_the_pages_that_it_may_have(printed: dict[str, bytes]) -> None:
    pages = {name: len(pypdfium2.PdfDocument(pdf)) for name, pdf in printed.items()}
    assert pages["dashboard"] == pages["line_sheet"] == 1 and pages["factsheet"] <= 2
    first = pypdfium2.PdfDocument(printed["dashboard"])[0]
    assert first.get_width() > first.get_height(), "a snapshot lies on its side"


def test_no_page_but_the_last_has_a_tall_empty_band(printed: dict[str, bytes]) -> None:
    for page in range(len(pypdfium2.PdfDocument(printed["update"])) - 1):
        assert tallest_band(printed["update"], page) <= (15 if page == 0 else 30), page
