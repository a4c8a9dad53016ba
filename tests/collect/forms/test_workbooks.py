"""What a form's file holds without a word: errors, formulas never calculated, merged cells, columns that stand twice."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.collect.workbooks import WRITERS, Sheets, Writer, by_openpyxl, by_xlsxwriter, changed
from toguna.collect.core.forms import ReadForm, read_form
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.forms.workbooks import read_workbook
from toguna.kernel.api import Refused

SURVEY = [["type", "name", "label"], ["integer", "users", "How many users?"], ["text", "remark", "Remark"]]
SETTINGS = [["form_id", "version"], ["water_point", "1"]]


def sheets(survey: list[list[Any]] | None = None, **more: list[list[Any]]) -> Sheets:
    return {"survey": survey or SURVEY, **more, "settings": SETTINGS}


def found(read: ReadForm) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(one.id.partition(".")[2], one.place.sheet, one.place.row, one.place.column) for one in read.problems]


@pytest.fixture(params=WRITERS, ids=lambda writer: writer.__name__)
def write(request: pytest.FixtureRequest) -> Writer:
    return request.param  # type: ignore[no-any-return]


def test_a_form_of_either_writer_is_read(write: Writer) -> None:
    read = read_form(write(sheets()), "form.xlsx")
    assert read.schema is not None and found(read) == []


@pytest.mark.parametrize("header", ["label", "Label", " label ", "label\u00a0"])
def test_two_columns_of_one_meaning_are_a_fault(write: Writer, header: str) -> None:
    survey = [["type", "name", "label", header], ["integer", "users", "How many users?", "Another text"]]
    read = read_form(write(sheets(survey)), "form.xlsx")
    assert read.schema is None
    assert [one[:3] for one in found(read)] == [("header_twice", "survey", 1)]


def test_a_header_of_several_formats_is_one_text() -> None:
    survey = [["type", "name", "label", "hint"], ["integer", "users", "A", "B"]]
    rich = "<si><r><t>la</t></r><r><rPr><b/></rPr><t>bel</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    content = changed(by_xlsxwriter(sheets(survey)), "xl/sharedStrings.xml", "<si><t>hint</t></si>", rich)
    assert [one[0] for one in found(read_form(content, "form.xlsx"))] == ["header_twice"]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!"])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_an_error_is_reported_in_its_cell_and_nothing_else(write: Writer, error: str, column: int) -> None:
    survey = [list(row) for row in SURVEY]
    survey[2][column] = ("=1/0", error)
    read = read_form(write(sheets(survey)), "form.xlsx")
    assert read.schema is None
    assert found(read) == [("cell_error", "survey", 3, SURVEY[0][column])]
    assert error in read.problems[0].what("fr")


def test_an_error_in_a_header_or_a_choice_is_reported(write: Writer) -> None:
    survey = [["type", "name", "label", ("=x", "#REF!")], ["select_one kind", "kind", "Kind", None]]
    choices = [["list_name", "name", "label", "region"], ["kind", "a", "A", ("=1/0", "#DIV/0!")]]
    read = read_form(write(sheets(survey, choices=choices)), "form.xlsx")
    assert [one[:3] for one in found(read)] == [("cell_error", "survey", 1), ("cell_error", "choices", 2)]


def test_an_error_in_a_column_of_the_authors_own_is_no_fault(write: Writer) -> None:
    survey = [[*SURVEY[0], "my remarks"], [*SURVEY[1], ("=1/0", "#DIV/0!")]]
    assert read_form(write(sheets(survey)), "form.xlsx").schema is not None


def test_an_error_of_an_xls_is_reported() -> None:
    book = xlwt.Workbook()
    for name, rows in sheets().items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write(at, column, text)
    book.get_sheet(0).row(2).set_cell_error(2, 0x2A)
    content = io.BytesIO()
    book.save(content)
    assert found(read_form(content.getvalue(), "form.xls")) == [("cell_error", "survey", 3, "label")]


@pytest.mark.parametrize("formula", ['="Re"&"mark"', "=A1", '=IF(A1="x",1,2)'])
def test_a_formula_that_nobody_calculated_is_said_to_be_one(write: Writer, formula: str) -> None:
    """openpyxl writes no result; xlsxwriter writes 0 and leaves the calculating to Excel."""
    survey = [list(row) for row in SURVEY]
    survey[2][2] = formula
    read = read_form(write(sheets(survey)), "form.xlsx")
    assert found(read) == [("formula_without_value", "survey", 3, "label")]
    assert "Excel" in read.problems[0].cure("en")


def test_a_formula_with_its_result_is_its_result() -> None:
    survey = [list(row) for row in SURVEY]
    survey[2][2] = ('="Re"&"mark"', "Remark")
    read = read_form(by_xlsxwriter(sheets(survey)), "form.xlsx")
    assert read.schema is not None and found(read) == []


def test_a_formula_whose_result_is_blank_is_blank() -> None:
    survey = [list(row) for row in SURVEY]
    survey[2][2] = ('=""', "x")
    content = changed(by_xlsxwriter(sheets(survey)), "xl/worksheets/sheet1.xml", "<v>x</v>", "<v></v>")
    assert ("label_needed", "survey", 3, "label") in found(read_form(content, "form.xlsx"))


def test_merged_cells_are_said_to_be_merged(write: Writer) -> None:
    survey = [["type", "name", "label"], ["select_one kind", "kind", "Kind"]]
    choices = [["list_name", "name", "label"], ["kind", "a", "A"], [None, "b", "B"], [None, "c", "C"]]
    content = write(sheets(survey, choices=choices), {"choices": ["A2:A4"]})
    read = read_form(content, "form.xlsx")
    assert ("cells_merged", "choices", 2, "list_name") in found(read)
    assert "A2:A4" in next(one for one in read.problems if one.id == "forms.cells_merged").what("en")


def test_merged_cells_beside_the_table_or_empty_are_no_remark(write: Writer) -> None:
    content = write(sheets([[*row, None, None] for row in SURVEY]), {"survey": ["D1:E1", "D2:D3", "A6:C6"]})
    assert found(read_form(content, "form.xlsx")) == []


def test_styles_that_a_strict_reader_refuses_are_not_read() -> None:
    content = changed(by_openpyxl(sheets()), "xl/styles.xml", "<fills.*?</fills>", '<fills count="1"><fill/></fills>')
    with pytest.raises(TypeError):
        openpyxl.load_workbook(io.BytesIO(content))
    assert read_form(content, "form.xlsx").schema is not None


@pytest.mark.parametrize("is_1904", [False, True])
def test_dates_follow_the_workbooks_own_date_system(is_1904: bool) -> None:
    content = by_xlsxwriter(sheets([["type", "name", "label", "default"], ["date", "day", "Day", date(2016, 11, 15)]]))
    if is_1904:
        content = changed(content, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
        content = changed(content, "xl/worksheets/sheet1.xml", "<v>42689</v>", "<v>41227</v>")
    book = read_workbook(content, "form.xlsx")
    assert book.sheets["survey"].rows[0].cells["default"] == "2016-11-15 00:00:00"


def test_cells_without_a_reference_stand_one_after_the_other() -> None:
    content = changed(by_xlsxwriter(sheets()), "xl/worksheets/sheet1.xml", r' r="[A-Z]*\d+"', "")
    assert read_form(content, "form.xlsx").schema is not None


def test_a_document_type_in_a_part_is_refused() -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "b">]>'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        content = changed(by_xlsxwriter(sheets()), part, r"(<(?:workbook|worksheet|sst) )", doctype + r"\1")
        [problem] = read_form(content, "form.xlsx").problems
        assert problem.id == "forms.unreadable"


def test_a_workbook_under_a_password_and_a_web_page_have_their_sentence() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    page = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table><tr><td>type</td></tr></table></body></html>"
    for content, fault in (
        (ole, "password"),
        (page.encode(), "web_page"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>" + page.encode(), "web_page"),
        (page.encode("utf-16"), "web_page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "web_page"),
    ):
        [problem] = read_form(content, "form.xls").problems
        assert problem.id == f"forms.{fault}"


MARKDOWN = """
| survey | | | |
| | type | name | label |
| | text | remark | Remark |
| | integer | users | How many users? {end}
| settings | | | |
| | form_id | version | |
| | water_point | 1 | |
"""


def test_a_table_row_without_its_last_bar_is_a_fault_with_its_line() -> None:
    assert read_form(MARKDOWN.replace("{end}", "|").encode(), "form.md").schema is not None
    for end in ("", "# a comment", "| trailing"):
        read = read_form(MARKDOWN.replace("{end}", end).encode(), "form.md")
        assert [(one.id, one.place.line) for one in read.problems] == [("forms.row_not_closed", 5)]


def test_a_table_row_without_its_first_bar_is_a_fault_and_prose_is_none() -> None:
    text = MARKDOWN.replace("| | integer", "integer").replace("{end}", "|")
    assert [one.id for one in read_form(text.encode(), "form.md").problems] == ["forms.row_not_closed"]
    prose = "Use a | for a column.\n# | a comment\n" + MARKDOWN.replace("{end}", "| # users")
    assert read_form(prose.encode(), "form.md").schema is not None


CSV = 'survey,,,\n,type,name,label\n,integer,users,"How many users, and who?"\nsettings,,,\n,form_id,version,\n,water_point,1,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["form.csv", "form"])
def test_a_form_may_be_one_csv(encoding: str, name: str) -> None:
    read = read_form(CSV.encode(encoding), name)
    assert read.schema is not None and read.schema.form_id == "water_point"
    label = read.schema.tables[0].columns[0].label
    assert list(label.values()) == ["How many users, and who?"]


def test_a_fault_of_a_csv_form_has_its_line() -> None:
    [problem] = read_form(CSV.replace("integer", "intger").encode(), "form.csv").problems
    assert (problem.id, problem.place.line, problem.place.row) == ("forms.type_unknown", 3, 2)


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(Refused):
        read_book(b"a,b\n1,2\n", "table.csv")
