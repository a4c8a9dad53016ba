"""Every fault of a form in one run, in its place, the same in each of its three writings."""

from __future__ import annotations

import io
import os

import pytest
import xlwt

from tests.house.code import ROOT
from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.book import Book
from toguna.collect.core.forms.export import export_xlsx
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.submissions.xpath.functions import FUNCTIONS
from toguna.kernel.api import Problem

FORM = """
| survey   |                       |              |                     |                      |          |              |             |             |                  |              |         |
|          | type                  | name         | label::English (en) | label::Français (fr) | required | relevant     | constraint  | calculation | bind::tg:sensitivity | bind::tg:lake | save_to |
|          | date                  | on           | Day                 | Jour                 | yes      |              |             |             | internal         |              |         |
|          | intger                | women        | Women               | Femmes               |          |              |             |             |                  |              |         |
|          | integer               | 1men         | Men                 | Hommes               |          |              |             |             |                  |              |         |
|          | integer               |              | Girls               | Filles               |          |              |             |             |                  |              |         |
|          | integer               | boys         |                     |                      |          |              |             |             |                  |              |         |
|          | integer               | boys         | Boys                | Garçons              |          |              |             |             |                  |              |         |
|          | text                  | note_of      | Note                |                      |          |              |             |             | confidentiel     |              |         |
|          | text                  | where        | Where               | Où                   |          | ${wen} = 'x' |             |             | internal         |              |         |
|          | text                  | who          | Who                 | Qui                  |          | ${on} == 'x' |             |             | internal         |              |         |
|          | integer               | age          | Age                 | Âge                  |          |              | . >= 0 and  |             | internal         |              |         |
|          | calculate             | total        |                     |                      |          |              |             | summ(${age}) | internal        |              |         |
|          | calculate             | empty        |                     |                      |          |              |             |             | internal         |              |         |
|          | calculate             | short        |                     |                      |          |              |             | if(${age} > 1, 'x') | internal |              |         |
|          | select_one knd        | kind         | Kind                | Type                 |          |              |             |             | internal         |              |         |
|          | select_multiple needs | needs        | Needs               | Besoins              |          |              |             |             | internal         |              |         |
|          | select_one_from_file places.txt | place | Place             | Lieu                 |          |              |             |             | internal         |              |         |
|          | text                  | payee        | Payee               | Bénéficiaire         |          |              |             |             | confidential     | yes          |         |
|          | text                  | story        | Story               | Récit                |          |              |             |             | strictly_confidential |         |         |
|          | text                  | meta         | Meta                | Méta                 |          |              |             |             | internal         | maybe        |         |
|          | text                  | saved        | Saved               | Gardé                |          |              |             |             | internal         |              | other#label |
|          | begin_repeat          | visit        | Visit               | Visite               |          |              |             |             | internal         |              |         |
|          | end_group             |              |                     |                      |          |              |             |             |                  |              |         |
| choices  |                       |              |                     |                      |          |              |             |             |                  |              |         |
|          | list_name             | name         | label::English (en) | label::Français (fr) |          |              |             |             |                  |              |         |
|          | kind                  | a            | A                   | A                    |          |              |             |             |                  |              |         |
|          | needs                 | clean water  | Clean water         | Eau potable          |          |              |             |             |                  |              |         |
|          | needs                 | food         | Food                | Vivres               |          |              |             |             |                  |              |         |
|          | needs                 | food         | Food again          | Encore               |          |              |             |             |                  |              |         |
|          | needs                 |              | Nameless            | Sans nom             |          |              |             |             |                  |              |         |
| entities |                       |              |                     |                      |          |              |             |             |                  |              |         |
|          | list_name             | label        | update_if           |                      |          |              |             |             |                  |              |         |
|          | points                |              | true()              |                      |          |              |             |             |                  |              |         |
| settings |                       |              |                     |                      |          |              |             |             |                  |              |         |
|          | form_id               | tg:date      | default_language    |                      |          |              |             |             |                  |              |         |
|          | My/form               | day          | English (en)        |                      |          |              |             |             |                  |              |         |
"""

#: Sheet, row, fault.
EXPECTED = [
    ("survey", 3, "type_unknown"),
    ("survey", 4, "name_invalid"),
    ("survey", 5, "name_missing"),
    ("survey", 6, "label_needed"),
    ("survey", 7, "name_twice"),
    ("survey", 8, "translation_missing"),
    ("survey", 8, "sensitivity_unknown"),
    ("survey", 9, "reference_unknown"),
    ("survey", 10, "expression_broken"),
    ("survey", 11, "expression_broken"),
    ("survey", 12, "function_unknown"),
    ("survey", 13, "calculation_missing"),
    ("survey", 14, "function_arguments"),
    ("survey", 15, "choice_list_missing"),
    ("survey", 17, "file_extension"),
    ("survey", 18, "lake_closed"),
    ("survey", 19, "strictly_confidential"),
    ("survey", 20, "name_reserved"),
    ("survey", 20, "yes_or_no"),
    ("survey", 21, "save_to_no_list"),
    ("survey", 21, "save_to_invalid"),
    ("survey", 22, "not_closed"),
    ("survey", 23, "not_open"),
    ("choices", 2, "choice_list_unused"),
    ("choices", 3, "choice_name_space"),
    ("choices", 5, "choice_twice"),
    ("choices", 6, "choice_nameless"),
    ("entities", 2, "entity_label_missing"),
    ("entities", 2, "entity_id_missing"),
    ("settings", 2, "form_id_invalid"),
    ("settings", 2, "version_missing"),
    ("settings", 2, "date_setting_unknown"),
]


def as_xls(book: Book) -> bytes:
    content, workbook = io.BytesIO(), xlwt.Workbook()
    for name, sheet in book.sheets.items():
        written = workbook.add_sheet(name)
        for at, header in enumerate(sheet.headers):
            written.write(0, at, header)
        for row in sheet.rows:
            for header, cell in row.cells.items():
                written.write(row.number - 1, sheet.headers.index(header), cell)
    workbook.save(content)
    return content.getvalue()


def places(problems: tuple[Problem, ...]) -> list[tuple[str | None, int | None, str]]:
    return [(problem.place.sheet, problem.place.row, problem.id.removeprefix("forms.")) for problem in problems]


BOOK = read_book(FORM.encode(), "form.md")


@pytest.mark.parametrize("content", [FORM.encode(), export_xlsx(BOOK), as_xls(BOOK)], ids=["Markdown", "xlsx", "xls"])
def test_every_fault_is_told_in_one_run_with_its_place(content: bytes) -> None:
    read = read_form(content, "form")
    assert read.schema is None
    assert places(read.problems) == EXPECTED
    for problem in read.problems:
        assert problem.what("fr") != problem.what("en")


def test_markdown_tells_the_line_as_well() -> None:
    lines = FORM.splitlines()
    for problem in read_form(FORM.encode(), "form.md").problems:
        assert problem.place.line is not None
        if value := problem.details.get("name") or problem.details.get("type"):
            assert str(value) in lines[problem.place.line - 1]


def test_what_pyxform_alone_refuses_is_told_in_its_place() -> None:
    form = """
    | survey   |         |      |       |                |
    |          | type    | name | label | parameters     |
    |          | integer | a    | A     |                |
    |          | range   | b    | B     | start=1 step=0 |
    | settings |         |      |       |                |
    |          | form_id | version | |                  |
    |          | small   | 1    |       |                |
    """
    [problem] = [problem for problem in read_form(form.encode(), "small.md").problems if problem.is_error]
    assert (problem.id, problem.place.row, problem.place.line) == ("forms.pyxform_refuses", 3, 5)


def test_the_documentation_lists_every_function() -> None:
    page = ROOT / "docs" / "forms.md"
    before, _, rest = page.read_text().partition("test_faults.py -->\n")
    written, _, after = rest.partition("<!-- end -->")
    if os.environ.get("TOGUNA_WRITE"):
        page.write_text(f"{before}test_faults.py -->\n{functions_table()}<!-- end -->{after}")
    assert written == functions_table(), "write it with TOGUNA_WRITE=1"


def functions_table() -> str:
    lines = ["| function | arguments | gives | where | note |", "| --- | --- | --- | --- | --- |"]
    for function in sorted(FUNCTIONS.values(), key=lambda one: one.name):
        most = "any" if function.most is None else function.most
        count = str(most) if function.least == function.most else f"{function.least} to {most}"
        where = "Toguna and phone" if function.state == "evaluated" else "phone"
        gives = function.gives if function.gives != "any" else "-"
        lines.append(f"| `{function.name}` | {count} | {gives} | {where} | {function.note or '-'} |")
    return "\n".join(lines) + "\n"
