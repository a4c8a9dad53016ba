"""The printed products of the example pack: nothing under 8 points, only our faces, pages filled, the number of pages that each may have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.publish.memory import PACK, MemoryFigures, desk
from tests.publish.pages.golden import MOST, PDFTOPPM, difference, picture_of, unlike_golden
from tests.publish.pages.printed import faces, lengthened, outside, smallest_character, tallest_band
from toguna.publish.build import build, compile_text
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.products import dashboard, factsheet, lay_out_line_sheet, line_sheet
from toguna.publish.texts import draft_text

LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
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
    found["language"] = request.param.encode()
    return found


@pytest.fixture
def printed(made: dict[str, bytes]) -> dict[str, bytes]:
    return {name: pdf for name, pdf in made.items() if name != "language"}


@pytest.fixture
def language(made: dict[str, bytes]) -> str:
    return made["language"].decode()


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_a_fifth_longer_fit(language: str, tmp_path: Path) -> None:
    source = tmp_path / f"2016-12.{language}.md"
    own = (PACK / "updates" / source.name).read_text(encoding="utf-8")
    source.write_text(lengthened(own), encoding="utf-8")
    assert len(lengthened(own)) > 1.05 * len(own)
    text = draft_text(source)
    compiled = compile_text(text, desk(tmp_path))
    made = {"update": build(text, desk(tmp_path), tmp_path / "update", ("pdf",)).files["pdf"].read_bytes()}
    for name, cut in (
        ("factsheet", factsheet(compiled.resolution.update, compiled.front)),
        ("dashboard", dashboard(compiled.resolution.update, compiled.front)),
    ):
        path = tmp_path / f"{name}.{language}.md"
        path.write_text(cut, encoding="utf-8")
        made[name] = build(draft_text(path), desk(tmp_path), tmp_path / name, ("pdf",)).files["pdf"].read_bytes()
    for name, pdf in made.items():
        assert outside(pdf) == [], name
    pages = {name: len(pypdfium2.PdfDocument(pdf)) for name, pdf in made.items()}
    assert pages["dashboard"] == 1 and pages["factsheet"] <= 2, pages


def test_no_word_stands_at_the_edge_of_its_page(printed: dict[str, bytes]) -> None:
    assert {name: outside(pdf) for name, pdf in printed.items() if outside(pdf)} == {}


#: Pages that are held to a golden picture: the first of each product, and the one with the notes.
GOLDEN = (("update", 0), ("update", -1), ("factsheet", 0), ("dashboard", 0), ("line_sheet", 0))


@pytest.mark.skipif(PDFTOPPM is None, reason="pdftoppm (Debian's poppler-utils) is not on this machine")
def test_pages_are_like_those_that_were_looked_at(printed: dict[str, bytes], language: str, tmp_path: Path) -> None:
    unlike = []
    for product, page in GOLDEN:
        at = page % len(pypdfium2.PdfDocument(printed[product]))
        told = unlike_golden(printed[product], at, f"{product}-{'last' if page else 'first'}.{language}", tmp_path)
        unlike += [told] if told else []
    assert not unlike


@pytest.mark.skipif(PDFTOPPM is None, reason="pdftoppm (Debian's poppler-utils) is not on this machine")
def test_the_tolerance_lets_no_moved_block_pass(printed: dict[str, bytes], tmp_path: Path) -> None:
    """A block that is gone, and one that is 1.3 mm lower: both are seen."""
    page = picture_of(printed["update"], 0, tmp_path)
    block = page.crop((30, 300, 230, 400))
    moved, gone = page.copy(), page.copy()
    moved.paste(ImageChops.offset(block, 0, 3), (30, 300))
    gone.paste(Image.new("L", (200, 60), 255), (30, 300))
    assert difference(page, page) == 0
    assert difference(page, moved) > MOST and difference(page, gone) > MOST
