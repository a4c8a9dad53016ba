"""By-products of an update: cut out of its source, so that no number can differ; and one page for whoever clears it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.publish.memory import PACK, MemoryFigures, desk
from toguna.kernel.api import Refused, parse_period
from toguna.organisations.api import Organisation
from toguna.places.api import Place, Tree
from toguna.publish.build import build, compile_text
from toguna.publish.core.parse import parse_update
from toguna.publish.core.tree import Fenced, Heading, bound, plain, walk
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.products import (
    dashboard,
    factsheet,
    lay_out_line_sheet,
    line_sheet,
    presences,
    write_matrix,
    write_presence,
)
from toguna.publish.products.making import write_dashboard
from toguna.publish.texts import draft_text

DECEMBER = PACK / "updates" / "2016-12.en.md"


@pytest.fixture
def compiled(tmp_path: Path):  # type: ignore[no-untyped-def]
    return compile_text(draft_text(DECEMBER), desk(tmp_path))


def test_every_number_of_a_factsheet_is_a_number_of_the_update(compiled) -> None:  # type: ignore[no-untyped-def]
    update = compiled.resolution.update
    cut = parse_update(factsheet(update, compiled.front), "factsheet.en.md")
    assert not cut.problems
    numbers = [(number.binding, number.reference, number.shown) for number in bound(cut.update)]
    assert len(numbers) > 15
    assert set(numbers) <= {(number.binding, number.reference, number.shown) for number in bound(update)}
    headings = [plain(node.inlines) for node in walk(cut.update.blocks) if isinstance(node, Heading)]
    assert "Protection" in headings
    kinds = [node.kind for node in walk(cut.update.blocks) if isinstance(node, Fenced)]
    assert kinds == ["key-figures", "funding", "population", "priorities", "highlights", "map", "contacts", "links"]


def test_a_section_without_a_figure_in_its_own_sentences_is_left_out(compiled) -> None:  # type: ignore[no-untyped-def]
    source = DECEMBER.read_text(encoding="utf-8") + "\n## Silence\n\n- Nothing is counted here.\n"
    update = parse_update(source, "2016-12.en.md").update
    assert "Silence" not in factsheet(update, compiled.front)


def test_a_bullet_that_only_leads_tells_the_first_of_those_inside_it_that_prints_a_figure(compiled) -> None:  # type: ignore[no-untyped-def]
    source = (
        DECEMBER.read_text(encoding="utf-8")
        + """
## Wells

- **Works:**
  - **Menaka:** Nothing is counted here.
  - **Timbuktu:** [74](fig:incidents) were told.
  - **Gao:** [74](fig:incidents) were told too.
"""
    )
    update = parse_update(source, "2016-12.en.md").update
    assert factsheet(update, compiled.front).endswith(
        "## Wells\n\n- **Works:**\n  - **Timbuktu:** [74](fig:incidents) were told.\n"
    )


def test_a_factsheet_has_two_pages_and_a_dashboard_one(tmp_path: Path, compiled) -> None:  # type: ignore[no-untyped-def]
    for name, text, most in (
        ("factsheet", factsheet(compiled.resolution.update, compiled.front), 2),
        ("dashboard", dashboard(compiled.resolution.update, compiled.front), 1),
    ):
        source = tmp_path / f"{name}.en.md"
        source.write_text(text, encoding="utf-8")
        built = build(draft_text(source), desk(tmp_path), tmp_path / name, ("pdf",))
        content = pypdfium2.PdfDocument(built.files["pdf"])
        words = "\n".join(page.get_textpage().get_text_range() for page in content)
        assert {"factsheet": "FACTSHEET", "dashboard": "Snapshot"}[name] in words
        assert len(content) <= most


def test_a_line_sheet_says_what_changed_and_what_is_late(tmp_path: Path, compiled) -> None:  # type: ignore[no-untyped-def]
    figures = MemoryFigures({"incidents@2016-11": 72})
    late = [("Cash payment", "new"), ("Cash payment", "new"), ("Monthly return", "corrected")]
    sheet = line_sheet(compiled.resolution, compiled.report, figures, late)
    changed = {change.now.indicator: (change.then.value, change.now.value) for change in sheet.changes}
    assert changed["incidents"] == (72, 74)
    assert [fact.indicator for fact in sheet.estimated] == ["festivity_children"]
    assert sheet.late == {("Cash payment", "new"): 2, ("Monthly return", "corrected"): 1}
    laid = lay_out_line_sheet(sheet, compiled.front, figures)
    rows = {row["label"]: (row["then"], row["now"]) for row in laid["changes"]}
    parts = {part["short"]: part["items"] for part in laid["parts"]}
    assert ("72", "74") in rows.values()
    assert "Cash payment: 2 new" in parts["late"] and len(parts["estimated"]) == 1
    french = lay_out_line_sheet(sheet, replace(compiled.front, language="fr"), figures)
    told = [item for part in french["parts"] for item in part["items"]]
    assert "Cash payment : 2 nouveaux" in told and "Monthly return : 1 corrigé" in told
    assert not [item for item in told if "(s)" in item]


def test_a_line_sheet_says_what_does_not_fit_in_a_quoted_document(tmp_path: Path) -> None:
    figures = MemoryFigures()
    figures.sources["hq-2016-08"] |= {"misfit": "Parts and total differ.", "unchanged_since": date(2016, 6, 30)}
    compiled = compile_text(draft_text(DECEMBER), desk(tmp_path, figures))
    laid = lay_out_line_sheet(line_sheet(compiled.resolution, compiled.report, figures), compiled.front, figures)
    misfits = next(part["items"] for part in laid["parts"] if part["short"] == "misfits")
    assert any("unchanged since June 2016; Misfit: Parts and total differ." in item for item in misfits), misfits


def test_the_largest_surprise_stands_first(compiled) -> None:  # type: ignore[no-untyped-def]
    sheet = line_sheet(compiled.resolution, compiled.report, MemoryFigures({"incidents@2016-11": 72}))
    weights = [change.weight for change in sheet.changes]
    assert weights == sorted(weights, reverse=True)


def test_a_line_sheet_stands_on_one_page(tmp_path: Path, compiled) -> None:  # type: ignore[no-untyped-def]
    figures = MemoryFigures({"incidents@2016-11": 72})
    sheet = line_sheet(compiled.resolution, compiled.report, figures)
    laid = lay_out_line_sheet(sheet, compiled.front, figures)
    content = PdfWriter(tmp_path).write(laid, datetime(2017, 1, 9, tzinfo=UTC), {})
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1 and "INTERNAL" in document[0].get_textpage().get_text_range()


AGREEMENTS = [
    {"organisation": "mercycorps", "selection": "signed", "sector": "WSH", "place": "ML0504", "starts": "2016-01-01", "ends": "2016-12-31"},
    {"organisation": "mercycorps", "selection": "selected", "sector": "WSH", "place": "ML0504", "starts": "2016-01-01", "ends": "2016-12-31"},
    {"organisation": "acted", "selection": "signed", "sector": "HEA", "place": "ML", "starts": "2016-12-15", "ends": "2017-12-31"},
    {"organisation": "acted", "selection": "signed", "sector": "PRO", "place": "ML", "starts": "2017-01-01", "ends": "2017-12-31"},
]  # fmt: skip
ORGANISATIONS = {
    "mercycorps": Organisation(code="mercycorps", name={"en": "Mercy Corps", "fr": "Mercy Corps"}, kind="ngo"),
    "acted": Organisation(code="acted", name={"en": "=ACTED", "fr": "ACTED"}, acronym="ACTED", kind="ngo"),
}


def tree() -> Tree:
    places = {
        code: Place(code=code, slug=code.lower(), name={"en": name, "fr": name}, level=level, kind="", parent=parent)
        for code, name, level, parent in (("ML", "Mali", 0, None), ("ML05", "Mopti", 1, "ML"), ("ML0504", "Cercle", 2, "ML05"))
    }  # fmt: skip
    return Tree(on=date(2016, 12, 31), places=places)


def test_presence_is_signed_in_force_by_region_and_tells_no_reach() -> None:
    found = presences(AGREEMENTS, ORGANISATIONS, tree(), parse_period("2016-12"), "en")
    assert [(one.place, one.sector, one.organisation) for one in found] == [
        ("ML", "HEA", "ACTED"),
        ("ML05", "WSH", "Mercy Corps"),
    ]
    rows = list(csv.reader(StringIO(write_presence(found, "ML"))))
    assert rows[1][0] == "#country+code" and len(rows) == 4
    assert rows[2][:4] == ["ML", "", "", "ACTED"] and rows[2][-2:] == ["2016-12-15", "2016-12-31"]
    book = openpyxl.load_workbook(BytesIO(write_matrix(found, "ML", "fr")))
    assert [[cell.value for cell in row] for row in book["3W"].iter_rows()] == [
        ["Région", "HEA", "WSH"],
        ["Mali", "ACTED", None],
        ["Mopti", None, "Mercy Corps"],
    ]
    listed = [[cell.value for cell in row] for row in book["HXL"].iter_rows()]
    assert [[cell or "" for cell in row] for row in listed] == rows


def test_the_head_of_the_workbook_stays_in_sight_and_is_filtered() -> None:
    found = presences(AGREEMENTS, ORGANISATIONS, tree(), parse_period("2016-12"), "en")
    book = openpyxl.load_workbook(BytesIO(write_matrix(found, "ML", "en")))
    for name, frozen, filtered in (("3W", "B2", "A1:C3"), ("HXL", "A3", "A2:I4")):
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == (frozen, filtered)
        head = sheet["A1"]
        assert head.font.bold and head.font.color.rgb == "FF0B4F8C" and head.border.bottom.style == "thin"
        widths = [sheet.column_dimensions[column].width for column in "ABC"]
        assert min(widths) >= 10 and sheet.print_title_rows is not None
    tag = book["HXL"]["A2"]
    assert (tag.font.sz, tag.font.color.rgb) == (8, "FF4B5966")


def test_an_empty_workbook_still_has_its_head() -> None:
    book = openpyxl.load_workbook(BytesIO(write_matrix((), "ML", "en")))
    assert book["3W"]["A1"].value == "Region" and book["HXL"]["B2"].value == "#adm1+code+v_pcode"


PROSE = """---
product: operational_update
title: Operational update
subtitle: Mali, December 2016
place: ML
covers: 2016-12
language: en
---

# Context

Insecurity goes on in the north.

# Protection

- **Cluster:** The group met.
- **Timbuktu:** The regional cluster met.
"""


def test_a_text_of_prose_alone_gives_no_empty_page(tmp_path: Path) -> None:
    source = tmp_path / "2016-12.en.md"
    source.write_text(PROSE, encoding="utf-8")
    compiled = compile_text(draft_text(source), desk(tmp_path))
    for name, text in (
        ("factsheet", factsheet(compiled.resolution.update, compiled.front)),
        ("dashboard", dashboard(compiled.resolution.update, compiled.front)),
    ):
        cut = tmp_path / f"{name}.en.md"
        cut.write_text(text, encoding="utf-8")
        document = pypdfium2.PdfDocument(build(draft_text(cut), desk(tmp_path), tmp_path / name, ("pdf",)).files["pdf"])
        words = "".join(page.get_textpage().get_text_range() for page in document)
        assert len(document) == 1 and "Insecurity goes on" in words and "The group met" in words, name


@pytest.mark.parametrize(("count", "kind"), [(15, "chart"), (30, "priorities")])
def test_a_snapshot_of_more_than_a_page_is_refused_with_the_block_that_must_go(
    tmp_path: Path, count: int, kind: str
) -> None:
    """Where it is one page without its chart, the chart must go; with still more priorities those must."""
    source = DECEMBER.read_text(encoding="utf-8")
    more = "- [6,000](fig:cash_target) refugee returnees to be paid a grant\n" * count
    text = tmp_path / DECEMBER.name
    text.write_text(source.replace("```priorities\n", "```priorities\n" + more), encoding="utf-8")
    compiled = compile_text(draft_text(text), desk(tmp_path))
    with pytest.raises(Refused) as refused:
        write_dashboard(compiled, desk(tmp_path), tmp_path)
    (problem,) = refused.value.problems
    assert problem.id == "publish.dashboard_too_long" and kind in problem.what("en")
    assert problem.place.line is not None
    assert text.read_text(encoding="utf-8").splitlines()[problem.place.line - 1] == f"```{kind}"


def test_a_snapshot_that_no_single_block_makes_too_long_is_refused_too(tmp_path: Path) -> None:
    source = DECEMBER.read_text(encoding="utf-8")
    more = "".join("- [6,000](fig:cash_target) refugee returnees to be paid a grant\n" for _ in range(40))
    keys = "".join(
        "- [74](fig:incidents) incidents recorded in the regions of the north in the month\n" for _ in range(15)
    )
    changed = source.replace("```priorities\n", "```priorities\n" + more)
    changed = changed.replace("- [about 300]", keys + "- [about 300]", 1)
    text = tmp_path / DECEMBER.name
    text.write_text(changed, encoding="utf-8")
    compiled = compile_text(draft_text(text), desk(tmp_path))
    with pytest.raises(Refused) as refused:
        write_dashboard(compiled, desk(tmp_path), tmp_path)
    assert [problem.id for problem in refused.value.problems] == ["publish.dashboard_far_too_long"]
