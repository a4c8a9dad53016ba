"""Spreadsheets as programs write them: errors, formulas, merged cells, date systems, exports of other systems, encodings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
import xlwt

from tests.collect.submissions.forms import MOMENT, MONTHLY, NOW, checker_of, schema_of
from tests.collect.workbooks import WRITERS, Writer, by_xlsxwriter, changed
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.sheet import ReadSheet, parse_sheet
from toguna.collect.core.submissions.values import Checked
from toguna.collect.core.submissions.xml import parse_xml
from toguna.kernel.api import Problem, Refused

SCHEMA = schema_of(
    MONTHLY.replace("| | geopoint | point ", "| | text | remark | Remark | Remarque | | | | |\n| | geopoint | point ")
)
HEADER = ["report_date", "place", "activity", "women", "men", "amount", "remark", "done", "seen_at", "point"]
ROW: list[Any] = ["2016-12-05", "ML07", "cash", 3, 4, 10, "ok", "yes", "2016-12-05 08:00", "16.2 -3.4"]


def read(content: bytes, *schemas: Schema) -> tuple[list[Checked], list[Problem], ReadSheet]:
    sheet = parse_sheet(content, {"monthly": list(schemas or (SCHEMA,))}, "rows")
    checker = checker_of(sheet.schema)
    checked = checker.check(sheet.tables, MOMENT)
    rows = SheetRows(read=sheet, checked=checked, checker=checker, name="rows", received_at=NOW, moment=MOMENT)
    [(good, refused)] = rows.portions(1_000)
    return good, [problem for one in refused for problem in one.problems], sheet


def told(problems: Sequence[Problem]) -> list[tuple[str, int | None, str | None]]:
    return [(one.id.partition(".")[2], one.place.row, one.place.column) for one in problems]


def refusal(content: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(content)
    return [one.id.partition(".")[2] for one in refused.value.problems]


@pytest.fixture(params=WRITERS, ids=lambda writer: writer.__name__)
def write(request: pytest.FixtureRequest) -> Writer:
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
@pytest.mark.parametrize("column", range(len(HEADER)), ids=HEADER)
def test_an_error_is_never_blank_in_a_column_of_any_type(write: Writer, column: int, error: str) -> None:
    bad = [*ROW[:column], ("=1/0", error), *ROW[column + 1 :]]
    good, problems, _ = read(write({"m": [HEADER, ROW, bad]}))
    assert len(good) == 1
    assert told(problems) == [("cell_error", 3, HEADER[column])]
    assert error in problems[0].what("fr")


def test_an_error_has_its_place_where_the_sheet_begins_further_down_and_right(write: Writer) -> None:
    rows = [[], [], [None, None, *HEADER], [None, None, *ROW], [], [None, None, *ROW[:3], ("=1/0", "#N/A"), *ROW[4:]]]
    good, problems, _ = read(write({"m": rows}))
    assert [one.row for one in good] == [4]
    assert told(problems) == [("cell_error", 6, "women")]


def test_an_error_in_a_repeat_refuses_the_submission(write: Writer) -> None:
    content = write({"m": [HEADER, ROW], "visit": [["_parent", "day"], [1, ("=x", "#NAME?")]]})
    _, problems, _ = read(content)
    assert [(one.id, one.place.sheet, one.place.row) for one in problems] == [("collect.cell_error", "visit", 2)]


@pytest.mark.parametrize("error", ["#DIV/0!", "#VALEUR!", "#NOM?", "Err:502", " #N/A "])
def test_an_error_in_a_csv_is_one_too(error: str) -> None:
    row = [*map(str, ROW[:6]), error, *ROW[7:]]
    _, problems, _ = read(("\n".join([";".join(HEADER), ";".join(row)])).encode())
    assert told(problems) == [("cell_error", 2, "remark")]


def test_a_phone_may_write_such_a_text() -> None:
    raw = (
        '<data id="monthly" version="2016"><report_date>2016-12-05</report_date><place>ML07</place>'
        "<activity>wash</activity><remark>#N/A</remark></data>"
    )
    filled = parse_xml(raw.encode(), {"monthly": [SCHEMA]})
    assert filled.rows[""][0]["remark"] == "#N/A"
    assert not check_filled([filled], checker_of(SCHEMA), NOW, MOMENT).refused


def test_an_error_of_an_xls_is_one_too() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("m", cell_overwrite_ok=True)
    for at, row in enumerate(([], [None, *HEADER], [None, *ROW], [None, *ROW])):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    sheet.row(3).set_cell_error(4, 0x07)
    content = io.BytesIO()
    book.save(content)
    good, problems, _ = read(content.getvalue())
    assert len(good) == 1 and told(problems) == [("cell_error", 4, "women")]


@pytest.mark.parametrize("column", range(len(HEADER)), ids=HEADER)
def test_a_formula_that_nobody_calculated_is_said_to_be_one(write: Writer, column: int) -> None:
    bad = [*ROW[:column], "=A1&1", *ROW[column + 1 :]]
    good, problems, _ = read(write({"m": [HEADER, ROW, bad]}))
    assert len(good) == 1
    assert told(problems) == [("formula_without_value", 3, HEADER[column])]


def test_a_row_of_nothing_but_formulas_is_not_lost(write: Writer) -> None:
    good, problems, _ = read(write({"m": [HEADER, ROW, [f"={letter}2" for letter in "ABCDEFGHIJ"]]}))
    assert len(good) == 1
    assert sorted(told(problems)) == sorted(("formula_without_value", 3, header) for header in HEADER)


def test_a_formula_with_its_result_is_its_result() -> None:
    content = by_xlsxwriter({"m": [HEADER, [*ROW[:3], ("=1+2", 3), ("=A1*0", 4), *ROW[5:]]]})
    good, problems, _ = read(content)
    assert problems == [] and good[0].rows[""][0]["women"] == 3


def test_a_formula_whose_result_is_zero_is_read_once_excel_has_calculated_it() -> None:
    content = by_xlsxwriter({"m": [HEADER, [*ROW[:3], ("=1-1", 0), *ROW[4:]]]})
    assert told(read(content)[1]) == [("formula_without_value", 2, "women")]
    saved = changed(content, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    good, problems, _ = read(saved)
    assert problems == [] and good[0].rows[""][0]["women"] == 0


def test_merged_cells_are_said_to_be_merged(write: Writer) -> None:
    below = [ROW[0], None, *ROW[2:]]
    content = write({"m": [HEADER, ROW, below, below, ROW]}, {"m": ["B2:B4"]})
    good, problems, _ = read(content)
    assert [one.row for one in good] == [2, 5]
    assert told(problems) == [("cell_merged", 3, "place"), ("cell_merged", 4, "place")]
    assert "0" not in problems[0].cure("en")


def test_merged_cells_of_a_question_that_may_be_blank_are_no_blank(write: Writer) -> None:
    below = [*ROW[:6], None, *ROW[7:]]
    good, problems, _ = read(write({"m": [HEADER, ROW, below]}, {"m": ["G2:G3"]}))
    assert len(good) == 1 and told(problems) == [("cell_merged", 3, "remark")]


def test_merged_titles_and_cells_below_the_rows_cost_nothing(write: Writer) -> None:
    rows = [["Monthly return"], ["Persons"], HEADER, ROW, [], []]
    good, problems, _ = read(write({"m": rows}, {"m": ["A1:J1", "A2:B2", "A6:J6"]}))
    assert len(good) == 1 and problems == []


def test_a_blank_place_is_not_cured_by_a_zero() -> None:
    header = ",".join(HEADER[:4])
    _, [place], _ = read(f"{header}\n2016-12-05,,cash,3\n".encode())
    assert place.id == "collect.value_missing" and "0" not in place.cure("en") + place.cure("fr")


EXTENSION = (
    '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
    '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
)


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("has_extension", [False, True])
def test_dates_follow_the_workbooks_own_date_system(is_1904: bool, has_extension: bool) -> None:
    content = by_xlsxwriter({"m": [HEADER, [date(2016, 11, 15), *ROW[1:]]]})
    if is_1904:
        content = changed(content, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
        content = changed(content, "xl/worksheets/sheet1.xml", "<v>42689</v>", "<v>41227</v>")
    if has_extension:
        content = changed(content, "xl/workbook.xml", "</workbook>", EXTENSION)
    good, problems, _ = read(content)
    assert problems == [] and good[0].rows[""][0]["report_date"] == date(2016, 11, 15)


KOBO_UUID = "3a0ad0f8-7b1c-4d20-9a54-0c1ea1e1a001"


def test_an_export_of_kobotoolbox_is_read_with_its_instance_ids_and_repeats(write: Writer) -> None:
    header = ["start", *HEADER, "_point_latitude", "_point_longitude", "_id", "_uuid", "_submission_time"]
    header += ["_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index"]
    row = [*ROW, 16.2, -3.4, 7, KOBO_UUID, "2016-12-06T10:00:00", None, None, "submitted_via_web", None, "v1", None, 1]
    visits = [
        [
            "day",
            "needs",
            "needs/food",
            "needs/water",
            "_index",
            "_parent_table_name",
            "_parent_index",
            "_submission__uuid",
        ],
        ["2016-12-07", "food water", 1, 1, 1, "m", 1, KOBO_UUID],
    ]
    good, problems, sheet = read(write({"m": [header[1:], row], "visit": visits}))
    assert problems == [] and good[0].instance_id == f"uuid:{KOBO_UUID}"
    assert [one["needs"] for one in good[0].rows["visit"]] == [["food", "water"]]
    assert [one.id for one in sheet.warnings] == ["collect.columns_beside"] * 2
    assert "_submission_time" in sheet.warnings[0].what("fr") and "needs/food" in sheet.warnings[1].what("fr")
    assert "_uuid" not in sheet.warnings[0].what("en").split(": ")[1].split(", ")


def test_an_instance_id_of_the_form_itself_goes_before_uuid() -> None:
    text = f"{','.join(HEADER[:4])},meta/instanceID,_uuid\n2016-12-05,ML07,wash,3,uuid:{KOBO_UUID},other\n"
    good, _, sheet = read(text.encode())
    assert good[0].instance_id == f"uuid:{KOBO_UUID}"
    assert "_uuid" in sheet.warnings[0].what("en")


def test_an_export_of_central_is_read() -> None:
    header = "SubmissionDate,report_date,place,activity,women,meta-instanceID,KEY,SubmitterID,Status,ReviewState,Edits,FormVersion"
    row = f"2016-12-06,2016-12-05,ML07,wash,3,uuid:{KOBO_UUID},uuid:{KOBO_UUID},5,,approved,0,2016"
    good, problems, _ = read(f"{header}\n{row}\n".encode())
    assert problems == [] and good[0].instance_id == f"uuid:{KOBO_UUID}"


def test_questions_in_groups_are_known_by_their_path() -> None:
    grouped = schema_of(
        MONTHLY.replace(
            "| | integer | women", "| | begin_group | persons | P | P | | | | |\n| | integer | women"
        ).replace("| | decimal | amount", "| | end_group | | | | | | | |\n| | decimal | amount")
    )
    for mark in "/-":
        text = f"report_date,place,activity,persons{mark}women\n2016-12-05,ML07,wash,3\n"
        good, problems, _ = read(text.encode(), grouped)
        assert problems == [] and good[0].rows[""][0]["women"] == 3


def test_a_misspelt_question_is_no_column_of_a_system() -> None:
    assert refusal(f"{','.join(HEADER[:4])},Status\n2016-12-05,ML07,wash,3,x\n".encode()) == ["column_unknown"]
    assert refusal(f"{','.join(HEADER[:3])},_women\n2016-12-05,ML07,wash,3\n".encode()) == ["column_unknown"]


def test_a_row_of_hxl_tags_is_left_out_with_a_remark(write: Writer) -> None:
    tags = ["#date", "#adm1+code", "#activity", "#affected +f", "#affected+m", None, None, None, None, None]
    good, problems, sheet = read(write({"m": [HEADER, tags, ROW]}))
    assert problems == [] and [one.row for one in good] == [3]
    assert told(sheet.warnings) == [("tags_left_out", 2, None)]


def test_a_row_with_one_hash_is_no_row_of_tags(write: Writer) -> None:
    good, problems, _ = read(
        write({"m": [HEADER, [*ROW[:6], "#todo", *ROW[7:]], [*[None] * 6, "#todo", None, None, None]]})
    )
    assert len(good) == 1 and {one.place.row for one in problems} == {3}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_blank_cells_beyond_the_header_are_dropped_and_filled_ones_refused(delimiter: str) -> None:
    line = delimiter.join(["2016-12-05", "ML07", "wash", "3"])
    header = delimiter.join(HEADER[:4])
    good, problems, _ = read(f"{header}\n{line}{delimiter * 2}\n{line}{delimiter}\n".encode())
    assert problems == [] and [one.row for one in good] == [2, 3]
    assert refusal(f"{header}\n{line}{delimiter}x\n".encode()) == ["file_unreadable"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_text_of_excel_is_read(encoding: str) -> None:
    text = "Date du rapport\tLieu\tActivité\tFemmes\r\n05/12/2016\tGao\tEspèces\t3\r\n"
    good, problems, _ = read(text.encode(encoding))
    assert problems == [] and good[0].rows[""][0]["activity"] == "cash"


def test_the_line_that_tells_excel_the_delimiter_is_no_row() -> None:
    good, problems, _ = read(f"sep=;\r\n{';'.join(HEADER[:4])}\r\n2016-12-05;ML07;wash;3\r\n".encode())
    assert problems == [] and [one.row for one in good] == [3]


def test_what_is_no_workbook_whatever_its_name_has_its_sentence() -> None:
    page = b"<html><body><table><tr><td>report_date</td></tr></table></body></html>"
    for content in (
        page,
        b"\xef\xbb\xbf<!DOCTYPE html>" + page,
        page.decode().encode("utf-16"),
        b"MIME-Version: 1.0\n",
    ):
        assert refusal(content) == ["web_page"]
    with pytest.raises(Refused) as refused:
        parse_xml(page, {"monthly": [SCHEMA]})
    assert refused.value.problems[0].id == "collect.web_page"
    book = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    with pytest.raises(Refused) as refused:
        parse_xml(book, {"monthly": [SCHEMA]})
    assert refused.value.problems[0].id == "collect.spreadsheet_2003"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(ole) == ["file_password"]


@pytest.mark.parametrize("attribute", ['encrypted="yes"', ""])
def test_an_encrypted_submission_has_one_sentence(attribute: str) -> None:
    raw = (
        f'<data id="monthly" version="2016" {attribute} xmlns="http://www.opendatakit.org/xforms/encrypted">'
        "<base64EncryptedKey>x</base64EncryptedKey><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    with pytest.raises(Refused) as refused:
        parse_xml(raw.encode(), {"monthly": [SCHEMA]})
    assert [one.id for one in refused.value.problems] == ["collect.xml_encrypted"]
