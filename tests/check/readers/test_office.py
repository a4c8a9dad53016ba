"""Workbooks, presentations and OpenDocument texts, made by the programs' own libraries and by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.check.readers.documents import blocks, tables
from tests.check.readers.test_hostile import refusal
from toguna.check.api import check, read_document
from toguna.kernel.core.ooxml import replaced

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDE = f"""<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>
<p:sp><p:txBody><a:p><a:r><a:t>300 wells</a:t></a:r></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Water</a:t></a:r></a:p></p:txBody></p:sp>
<p:grpSp><p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>187 persons (87 men, </a:t></a:r><a:r><a:t>28 women,
78 children)</a:t></a:r></a:p></p:txBody></p:sp></p:grpSp>
<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>
<a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>Sites</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"/></a:tr>
<a:tr><a:tc><a:txBody><a:p><a:r><a:t>Gao</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>12</a:t></a:r></a:p></a:txBody></a:tc></a:tr>
</a:tbl></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>"""


def workbook(*sheets: tuple[str, list[list[Any]]], **more: Any) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cell, number in more.get("formats", {}).items():
        made.worksheets[0][cell].number_format = number
    for merged in more.get("merged", ()):
        made.worksheets[0].merge_cells(merged)
    for title in more.get("hidden", ()):
        made[title].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def presentation(*slides: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        ids = "".join(f'<p:sldId r:id="r{at}"/>' for at in range(len(slides)))
        archive.writestr("ppt/presentation.xml", f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">{ids}</p:presentation>')
        leads = "".join(
            f'<Relationship Id="r{at}" Type="{kind}/slide" Target="slides/slide{at}.xml"/>' for at in range(len(slides))
        )
        archive.writestr("ppt/_rels/presentation.xml.rels", f'<Relationships xmlns="{rels}">{leads}</Relationships>')
        for at, slide in enumerate(slides):
            archive.writestr(f"ppt/slides/slide{at}.xml", slide)
    return out.getvalue()


def test_a_sheet_whose_total_leaves_out_a_row() -> None:
    rows = [["Arrivals by region"], ["Region", "Men", "Women"], ["Gao", 41, 52], ["Mopti", 33, 30], ["Ségou", 12, 19]]
    made = workbook(
        ("Arrivals", [*rows, ["Total", 86, 82], ["Source: registration"]]), ("Right", [*rows, ["Total", 86, 101]])
    )
    document = read_document(made, "a.xlsx")
    assert blocks(document) == ["Arrivals", "Arrivals by region", "Source: registration", "Right", "Arrivals by region"]
    (finding,) = check(document)
    assert (finding.expected, finding.found) == ("101", "82")
    assert finding.place.written() == "a.xlsx, sheet Arrivals, row 6"
    assert finding.place.written("fr") == "a.xlsx, feuille Arrivals, ligne 6"


def test_what_a_cell_shows() -> None:
    rows = [
        ["What", "Value"],
        ["share", 0.3472],
        ["rate", 12.345],
        ["plain", 0.1 + 0.2],
        ["large", 1234567],
        ["word", "n/a"],
    ]
    formats = {"B2": "0%", "B3": "#,##0.0", "B5": '#,##0" people"'}
    (table,) = tables(read_document(workbook(("S", rows), formats=formats), "a.xlsx"))
    assert [row[1] for row in table] == ["Value", "35%", "12.3", "0.3", "1234567", "n/a"]


def test_merged_heads_side_by_side_tables_and_a_total_behind_an_empty_row() -> None:
    rows: list[list[Any]] = [
        ["Region", "2016", None, None, "Item", "Kits"],
        [None, "Men", "Women", None, "Soap", 5],
        ["Gao", 4, 5, None, "Net", 7],
        ["Mopti", 6, 7, None, "Rope", 8],
        [None, None, None, None, None, None],
        ["Total", 10, 12, None, "Total", 20],
    ]
    first, second = tables(read_document(workbook(("S", rows), merged=["B1:C1", "A1:A2"]), "a.xlsx"))
    assert first == [
        ["Region", "2016"],
        ["", "Men", "Women"],
        ["Gao", "4", "5"],
        ["Mopti", "6", "7"],
        ["Total", "10", "12"],
    ]
    assert second[-1] == ["Total", "20"]


def test_hidden_sheets_and_dates_are_not_read() -> None:
    made = workbook(("Seen", [["Day", "Men"], [date(2016, 12, 1), 12]]), ("Not", [["x", 1]]), hidden=["Not"])
    document = read_document(made, "a.xlsx")
    assert blocks(document) == ["Seen"] and tables(document) == [[["Day", "Men"], ["", "12"]]]


def test_formulas_that_nothing_has_calculated() -> None:
    made = workbook(("S", [["a", 1], ["b", 2], ["Total", "=SUM(B1:B2)"]]))
    assert refusal(made, "a.xlsx") == "check.not_calculated"


def test_a_workbook_with_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toguna.check.core.readers.workbook.MOST_CELLS", 10)
    assert refusal(workbook(("S", [["a", 1]] * 6)), "a.xlsx") == "check.too_many"


def test_slides() -> None:
    document = read_document(presentation(SLIDE, SLIDE.replace("<p:sld ", '<p:sld show="0" ')), "a.pptx")
    assert blocks(document) == ["Water", "300 wells", "187 persons (87 men, 28 women, 78 children)"]
    assert tables(document) == [[["Sites"], ["Gao", "12"]]]
    (finding,) = check(document)
    assert finding.place.written() == "a.pptx, page 1, line 3"


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx", "a.docx", "a.odt"])
def test_the_kind_is_told_by_what_the_file_is(name: str) -> None:
    assert read_document(workbook(("S", [["a", 1], ["b", 2]])), name).form == "xlsx"
    assert read_document(presentation(SLIDE), name).form == "pptx"


@pytest.mark.parametrize(
    ("part", "written", "problem"),
    [
        ("xl/workbook.xml", b"<!DOCTYPE x><x/>", "check.xml_doctype"),
        ("xl/workbook.xml", b"<x>" * 5_000 + b"</x>" * 5_000, "check.too_deep"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c>", "check.word_broken"),
        ("xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x><row/></x>", "check.xml_doctype"),
        ("xl/sharedStrings.xml", b" " * 120_000_000, "check.word_bomb"),
    ],
)
def test_hostile_workbooks(part: str, written: bytes, problem: str) -> None:
    assert refusal(replaced(workbook(("S", [["a", 1]])), {part: written}), "a.xlsx") == problem


@pytest.mark.slow
def test_an_opendocument_text_as_libreoffice_writes_it(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: soffice is missing")
    made = docx.Document()
    made.add_heading("Arrivals", 2)
    made.add_paragraph("At Mopti 187 persons (87 men, 28 women, 78 children) took part.")
    made.add_paragraph("12 wells", style="List Bullet")
    table = made.add_table(4, 3)
    for row, cells in zip(
        table.rows,
        [("Region", "Men", "Women"), ("Gao", "4", "5"), ("Mopti", "6", "7"), ("Total", "10", "12")],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.save(str(tmp_path / "a.docx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "odt", "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    content = (tmp_path / "a.odt").read_bytes()
    document = read_document(content, "a.odt")
    kinds = [part.kind for part in document.parts if hasattr(part, "kind")]
    assert kinds == ["heading", "paragraph", "bullet"]
    assert tables(document) == [
        [["Region", "Men", "Women"], ["Gao", "4", "5"], ["Mopti", "6", "7"], ["Total", "10", "12"]]
    ]
    (finding,) = check(document)
    assert (finding.kind, finding.place.line) == ("sum", 2)
    assert refusal(replaced(content, {"content.xml": b"<!DOCTYPE x><x/>"}), "a.odt") == "check.xml_doctype"
    secret = b'<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'
    assert refusal(replaced(content, {"META-INF/manifest.xml": secret}), "a.odt") == "check.word_encrypted"
