"""Spreadsheets of filled forms: what is understood of people's writing, what is refused, and where."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from tests.collect.submissions.forms import KEYED, LAST_YEAR, MOMENT, MONTHLY, NOW, checker_of, schema_of
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.sheet import parse_sheet
from toguna.collect.core.submissions.values import Checked, Refusal
from toguna.kernel.api import Refused

SCHEMA = schema_of(MONTHLY)
HEADER = ["report_date", "place", "activity", "women", "men", "amount"]
ROW = ["2016-12-05", "ML07", "cash", "3", "4", "10"]


def load(content: bytes, *schemas: Schema) -> tuple[list[Checked], list[Refusal]]:
    read = parse_sheet(content, {"monthly": list(schemas or (SCHEMA,))}, "rows")
    checker = checker_of(read.schema)
    checked = checker.check(read.tables, MOMENT)
    rows = SheetRows(read=read, checked=checked, checker=checker, name="rows", received_at=NOW, moment=MOMENT)
    [portion] = rows.portions(1_000)
    return portion


def table(*rows: Sequence[str], delimiter: str = ",", header: Sequence[str] = HEADER) -> bytes:
    return "\n".join(delimiter.join(row) for row in [header, *rows]).encode()


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


def value(column: str, written: str) -> Any:
    row = [written if name == column else cell for name, cell in zip(HEADER, ROW, strict=True)]
    good, refused = load(table(row, delimiter="\t", header=HEADER))
    assert not refused, refused[0].problems[0].written()
    return good[0].rows[""][0].get(column)


@pytest.mark.parametrize(
    ("column", "written", "expected"),
    [
        ("amount", "1 234,5", Decimal("1234.5")),
        ("amount", "1\u00a0234,5", Decimal("1234.5")),
        ("amount", "99\u202f999,25", Decimal("99999.25")),
        ("amount", "1.234,5", Decimal("1234.5")),
        ("amount", "1,234.5", Decimal("1234.5")),
        ("amount", "12,5", Decimal("12.5")),
        ("amount", "1e3", Decimal("1000")),
        ("amount", "0.12345678", Decimal("0.123457")),
        ("women", "12.0", 12),
        ("women", "1 234", 1234),
        ("report_date", "05/12/2016", date(2016, 12, 5)),
        ("report_date", "5.12.2016", date(2016, 12, 5)),
        ("report_date", "2016-12-05 00:00:00", date(2016, 12, 5)),
        ("report_date", "42709", date(2016, 12, 5)),
        ("place", "ML07 Gao", "ML07"),
        ("place", "gao", "ML07"),
        ("place", "ML06 - Tombouctou", "ML06"),
        ("activity", "Espèces", "cash"),
        ("activity", "CASH", "cash"),
    ],
)
def test_people_write_a_value_in_their_own_way(column: str, written: str, expected: Any) -> None:
    assert value(column, written) == expected


@pytest.mark.parametrize(
    ("column", "written", "fault", "near"),
    [
        ("report_date", "31/02/2016", "value_not_a_date", ""),
        ("report_date", "12/31/2016", "value_not_a_date", ""),
        ("amount", "1,234", "value_not_a_number", ""),
        ("amount", "about 5", "value_not_a_number", ""),
        ("women", "3,5", "value_not_whole", ""),
        ("place", "ML7", "choice_unknown", "ML07 Gao"),
        ("place", "ML07 Mopti", "choice_unknown", "ML07 Gao"),
        ("place", "Tombuktu", "choice_unknown", "ML06 Timbuktu"),
        ("activity", "wsh", "choice_unknown", "wash"),
        ("women", "-1", "constraint_broken", ">= 0"),
        ("place", "", "value_missing", ""),
    ],
)
def test_a_refused_cell_is_told_with_its_row_and_column(column: str, written: str, fault: str, near: str) -> None:
    row = [written if name == column else cell for name, cell in zip(HEADER, ROW, strict=True)]
    good, [refusal] = load(table(ROW, row, delimiter="\t"))
    [problem] = refusal.problems
    assert len(good) == 1
    assert (problem.id, problem.place.row, problem.place.column) == (f"collect.{fault}", 3, column)
    assert near in problem.what()
    assert written.encode() in refusal.raw


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
def test_encoding_and_delimiter_are_found(delimiter: str, encoding: str) -> None:
    header = ["Date du rapport *", "Lieu", "Activité", "Femmes"]
    content = table(["05/12/2016", "Gao", "Espèces", "3"], delimiter=delimiter, header=header)
    good, refused = load(content.decode().encode(encoding))
    assert not refused
    assert good[0].rows[""][0]["activity"] == "cash"


def test_a_workbook_with_names_labels_and_repeats() -> None:
    rows = [
        ["_row", "report_date", "place", "activity", "women", "men"],
        ["", "Report date", "Place", "Activity", "Women", "Men"],
        [1, datetime(2016, 12, 5), "ML07 Gao", "Water and sanitation", 3, 4.0],
        [2, datetime(2016, 12, 6), "ML05 Mopti", "wash", 1, 2],
    ]
    visits = [["_parent", "day", "needs"], [2, datetime(2016, 12, 7), "Food; Eau"], [1, "08/12/2016", "food water"]]
    content = workbook({"Monthly": rows, "visit": visits, "_toguna": [["form_id", "monthly"], ["version", "2016"]]})
    good, refused = load(content)
    assert not refused
    assert [one.row for one in good] == [3, 4]
    assert good[1].rows["visit"] == [
        {"_row": "0", "_parent_row": "", "day": date(2016, 12, 7), "needs": ["food", "water"]}
    ]
    assert good[0].rows[""][0]["total"] == "7"


def test_a_repeat_row_without_its_row_is_refused() -> None:
    content = workbook(
        {
            "m": [HEADER, ["2016-12-05", "ML07", "cash", 3, 4, 5], ["2016-12-06", "ML07", "cash", 3, 4, 5]],
            "visit": [["_parent", "day"], ["9", "2016-12-07"]],
        }
    )
    read = parse_sheet(content, {"monthly": [SCHEMA]})
    [problem] = read.problems
    assert (problem.id, problem.place.row) == ("collect.parent_row_unknown", 2)


def test_last_years_template_is_read_by_last_years_version() -> None:
    old = schema_of(LAST_YEAR)
    content = table(
        ["2015-12-05", "ML07", "cash", "3", "4"], header=["report_date", "place", "activity", "women", "males"]
    )
    good, refused = load(content, old, SCHEMA)
    assert not refused
    assert (good[0].form_version, good[0].rows[""][0]["males"]) == ("2015", 4)
    this_year, _ = load(table(ROW), old, SCHEMA)
    assert this_year[0].form_version == "2016"


def test_a_strange_column_is_refused_and_a_strange_sheet_too() -> None:
    with pytest.raises(Refused) as refusal:
        load(table([*ROW, "x"], header=[*HEADER, "womens"]))
    assert [problem.id for problem in refusal.value.problems] == ["collect.column_unknown"]
    with pytest.raises(Refused) as refusal:
        load(b"a,b,c\n1,2,3\n")
    assert [problem.id for problem in refusal.value.problems] == ["collect.sheet_of_no_form"]


def test_the_same_row_is_the_same_submission_however_it_is_written() -> None:
    plain, _ = load(table(ROW, ROW))
    french, _ = load(table(["05/12/2016", "ML07 Gao", "Espèces", "3", "4", "10,0"], delimiter=";"))
    assert plain[0].instance_id == french[0].instance_id
    assert plain[0].instance_id != plain[1].instance_id


def test_rows_of_one_key_are_one_submission() -> None:
    schema = schema_of(KEYED)
    first, _ = load(table(ROW), schema)
    corrected, _ = load(table([*ROW[:3], "5", *ROW[4:]]), schema)
    assert first[0].key == corrected[0].key != ""
    assert first[0].instance_id != corrected[0].instance_id
    good, [refusal] = load(table(ROW, [*ROW[:3], "5", *ROW[4:]]), schema)
    assert [problem.id for problem in refusal.problems] == ["collect.key_twice"]
    assert len(good) == 1


def bomb(sheet: bytes) -> bytes:
    """A workbook whose sheet is what is given."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"m": [HEADER]}))) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, sheet if part.filename.endswith("sheet1.xml") else old.read(part))
    return content.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    "content",
    [
        bomb(SHEET % (b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * 300_000_000)),
        bomb(SHEET % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="ALA1048576"><v>1</v></c></row>'),
        bomb(SHEET % b'<row r="1"><c r="A1"><v>1</v></c><c r="BDWGN1"><v>1</v></c></row>'),
        (",".join(f"c{n}" for n in range(1_000_000)) + "\n").encode(),
        workbook({"m": [HEADER]})[:-200],
        b"PK\x03\x04nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nothing",
        b"\x00\x01\x02",
        b"",
    ],
    ids=["300 MB", "far corner", "million columns", "million csv", "cut", "zip", "xls", "binary", "empty"],
)
def test_what_is_no_honest_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        load(content)
    assert not re.search(r"\bthe (number|size|unpacked)", refusal.value.problems[0].written("fr"))
    assert refusal.value.problems[0].id in (
        "collect.sheet_too_large",
        "collect.file_unreadable",
        "collect.file_kind_unknown",
        "collect.sheet_of_no_form",
    )
