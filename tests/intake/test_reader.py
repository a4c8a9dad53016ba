"""Tables as partners lay them out: the header, the rows that are data, the rows that are not."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.intake.conftest import table, workbook
from toguna.intake.core.cells import open_sheets
from toguna.intake.core.header import Header, find_header
from toguna.intake.core.rows import DataRows, data_rows
from toguna.kernel.api import Refused


def read(content: bytes, name: str = "x.csv", sheet: str = "") -> tuple[Header, DataRows]:
    sheets = open_sheets(content, name)
    own = sheets.sheet(sheet or sheets.names[0])
    header = find_header(own)
    assert header is not None
    return header, data_rows(own.cells, header)


def names(header: Header) -> list[str]:
    return [column.header for column in header.columns]


LINES = ("Région;Femmes;Hommes;Été", "Gao;1;2;é", "Mopti;3;4;ö")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    header, rows = read(table(*LINES, encoding=encoding))
    assert names(header) == ["Région", "Femmes", "Hommes", "Été"]
    assert rows.frame.select("0", "3").rows() == [("Gao", "é"), ("Mopti", "ö")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_below_a_title_without_one(mark: str) -> None:
    header, rows = read(table("Rapport de décembre", "", *(line.replace(";", mark) for line in LINES)))
    assert names(header) == ["Région", "Femmes", "Hommes", "Été"]
    assert header.titles == ("Rapport de décembre",)
    assert rows.frame["_line"].to_list() == [4, 5]


def test_sep_and_ragged_lines() -> None:
    header, rows = read(table("sep=;", "a;b;c", "1;2;3;4", "5;6", "7;8;9;;;"))
    assert names(header)[:3] == ["a", "b", "c"]
    assert rows.frame.select("0", "1", "2", "3").rows() == [
        ("1", "2", "3", "4"),
        ("5", "6", None, None),
        ("7", "8", "9", None),
    ]


def test_a_row_of_tags_wins_even_with_a_slip() -> None:
    header, rows = read(
        table(
            "Qué?;;;Dónde?",
            "Registro;Sector;Org;País",
            ";#sector+es;#org +es;country",
            "001;WASH;ACNUR;Panamá",
            "002;Salud;OMS;Perú",
        )
    )
    assert [column.tag for column in header.columns] == ["", "#sector+es", "#org+es", ""]
    assert names(header) == ["Qué? / Registro", "Qué? / Sector", "Qué? / Org", "Dónde? / País"]
    assert rows.frame.height == 2


def test_merged_headers_of_two_rows_are_joined() -> None:
    content = workbook(
        ["Rapport mensuel de la région"], ["Partenaire :", "AMSS"], [], ["Lieu", "Réfugiés", None, "Autres"], [None, "Femmes", "Hommes", None],
        ["Gao", 1, 2, "x"], merged=["A1:D1", "B4:C4", "A4:A5", "D4:D5"],
    )  # fmt: skip
    header, rows = read(content, "x.xlsx")
    assert names(header) == ["Lieu", "Réfugiés / Femmes", "Réfugiés / Hommes", "Autres"]
    assert header.titles == ("Rapport mensuel de la région", "Partenaire : AMSS")
    assert rows.frame["_line"].to_list() == [6]


def test_the_same_header_twice_is_told_apart() -> None:
    header, _ = read(table("Lieu;Total;Total", "Gao;1;2"))
    assert names(header) == ["Lieu", "Total", "Total (2)"]


def test_rows_that_are_no_data_are_set_aside_with_their_reason() -> None:
    _, rows = read(
        table("Lieu;F;H;Note", "Gao;1;2;", ";;;", "Mopti;3;4;", "Sous-total;4;6;", "Lieu;F;H;Note", "Kayes;5;5;", "TOTAL GÉNÉRAL;9;12;", "NB : provisoire;;;",
              "Fait à Gao, le responsable;signature;;")
    )  # fmt: skip
    assert [(one.line, one.why) for one in rows.aside] == [
        (5, "total"), (6, "header"), (8, "total"), (9, "note"), (10, "signature"),
    ]  # fmt: skip
    assert rows.frame["0"].to_list() == ["Gao", "Mopti", "Kayes"]
    assert [(one.line, one.column, one.printed, one.summed) for one in rows.totals] == [(8, "H", 12, 11)]
    assert rows.compared == 4


def test_a_place_whose_name_begins_like_a_total_is_data() -> None:
    _, rows = read(table("Lieu;F;H;Note", "Totala;1;2;", "Ensembleville;3;4;"))
    assert rows.aside == ()


def bomb(name: str = "xl/worksheets/sheet1.xml", content: bytes = b"<worksheet>" + b" " * 60_000_000) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return buffer.getvalue()


DOCTYPE = b'<!DOCTYPE worksheet [<!ENTITY a "x">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (bomb(), "bomb.xlsx"),
        (bomb(content=b'<worksheet><sheetData><row r="1"><c r="XFD1"/></row></sheetData></worksheet>'), "wide.xlsx"),
        (bomb("xl/workbook.xml", DOCTYPE), "doctype.xlsx"),
        (",".join(["x"] * 1_000_001).encode(), "wide.csv"),
        (b"title\n" + ",".join(["x"] * 2_000).encode() + b"\n", "wide below.csv"),
        (b"PK\x03\x04 broken", "broken.xlsx"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "page.xls"),
        (b"\x00\x01\x02\x03" * 100, "noise.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "broken.xls"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_broken_files_are_refused_with_a_sentence(content: bytes, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, name)
    assert all(problem.written("fr") for problem in refused.value.problems)
