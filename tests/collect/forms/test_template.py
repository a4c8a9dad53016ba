"""A template is filled in by people and read back; last year's is understood by last year's version."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.collect.forms.test_reading import WATER_POINT, good
from tests.collect.submissions.forms import LAST_YEAR, MOMENT, MONTHLY, NOW, checker_of, schema_of
from toguna.cli.command import main
from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.export import export_xlsx
from toguna.collect.core.forms.listfiles import read_lists
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.forms.template import headers, write_csv_template, write_template
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.sheet import parse_sheet
from toguna.collect.core.submissions.values import Checked

PLACES = {"places": [("ML06", "Tombouctou"), ("ML07", "Gao")]}
SCHEMA, OLD = schema_of(MONTHLY), schema_of(LAST_YEAR)


def fill(template: bytes, sheets: dict[str, list[dict[str, Any]]]) -> bytes:
    """Somebody opens the template, writes rows below the headers, saves."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for name, rows in sheets.items():
        sheet = book[name]
        at = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=2):
            for header, value in row.items():
                sheet.cell(number, at[header], value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def load(content: bytes, *schemas: Schema) -> list[Checked]:
    parsed = parse_sheet(content, {"monthly": list(schemas)}, "filled.xlsx")
    checker = checker_of(parsed.schema)
    checked = checker.check(parsed.tables, MOMENT)
    rows = SheetRows(read=parsed, checked=checked, checker=checker, name="f", received_at=NOW, moment=MOMENT)
    [(loaded, refused)] = rows.portions(1_000)
    assert not [problem.written() for one in refused for problem in one.problems]
    return loaded


def test_a_french_template_filled_from_its_drop_downs_is_read_back() -> None:
    template = write_template(SCHEMA, PLACES, "fr")
    row = {"_row": 1, "Date du rapport": datetime(2016, 12, 5), "Lieu": "ML07 Gao", "Activité": "Espèces", "Femmes": 3}
    visits = [{"_parent": 1, "Jour": datetime(2016, 12, 6), "Besoins": "Vivres; Eau"}]
    [one] = load(fill(template, {"monthly": [row], "visit": visits}), SCHEMA)
    assert one.rows[""][0]["report_date"] == date(2016, 12, 5)
    assert (one.rows[""][0]["place"], one.rows[""][0]["activity"]) == ("ML07", "cash")
    assert one.rows["visit"][0]["needs"] == ["food", "water"]


def test_a_template_offers_the_choices_and_hides_what_it_is_of() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(SCHEMA, PLACES, "en")))
    assert [sheet.title for sheet in book] == ["monthly", "visit", "_read me", "_lists", "_toguna"]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "visible", "hidden", "veryHidden"]
    listed = [[cell.value for cell in column] for column in book["_lists"].columns]
    assert listed[0][:3] == ["places", "ML06 Tombouctou", "ML07 Gao"]
    assert listed[1][:3] == ["activity", "Cash", "Water and sanitation"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["monthly"].data_validations.dataValidation}
    assert rules["C2"].formula1 == "_lists!$A$2:$A$3"
    assert {rules["E2"].type, rules["E2"].formula1} == {"whole", "0"}
    header = [cell.value for cell in book["monthly"][1]]
    assert header[:4] == ["_row", "Report date *", "Place *", "Activity *"]
    assert "total" not in header


def test_last_years_template_is_read_though_its_labels_have_changed() -> None:
    template = write_template(OLD, PLACES, "en")
    row = {"Report date": datetime(2015, 12, 5), "Place": "ML07 Gao", "Activity": "Cash", "Males": 4, "Women": 1}
    renamed = schema_of(MONTHLY.replace("Report date", "Day of the report").replace("| Women |", "| Females |"))
    [one] = load(fill(template, {"monthly": [row]}), OLD, renamed)
    assert (one.form_version, one.rows[""][0]["males"]) == ("2015", 4)


def test_two_questions_of_one_label_are_told_apart() -> None:
    twins = schema_of(MONTHLY.replace("| integer | men | Men | Hommes |", "| integer | men | Women | Femmes |"))
    written = headers(twins.table(), "en")
    assert (written["women"], written["men"]) == ("Women [women]", "Women [men]")
    row = {
        "Report date": datetime(2016, 12, 5),
        "Place": "Gao",
        "Activity": "Cash",
        "Women [women]": 1,
        "Women [men]": 2,
    }
    [one] = load(fill(write_template(twins, PLACES, "en"), {"monthly": [row]}), twins)
    assert (one.rows[""][0]["women"], one.rows[""][0]["men"]) == (1, 2)


def test_a_bare_csv_has_the_questions_names() -> None:
    assert write_csv_template(SCHEMA).decode("utf-8-sig").strip().split(",")[:3] == ["report_date", "place", "activity"]


def test_an_exported_form_is_the_same_form() -> None:
    exported = read_form(export_xlsx(read_book(WATER_POINT.encode(), "water_point.md")), "water_point.xlsx")
    assert exported.schema is not None
    assert exported.schema.digest == good(WATER_POINT).digest


def test_lists_come_from_the_pack_and_leave_out_what_has_ended(tmp_path: Path) -> None:
    schema = good(WATER_POINT)
    (tmp_path / "places.csv").write_text(
        "pcode,slug,name_en,name_fr,valid_to\nML07,gao,Gao,Gao,\nML06,tim,Timbuktu,Tombouctou,\nML99,old,Old,Vieux,2015-01-01\n"
    )
    assert read_lists(tmp_path, schema, "fr") == {"places": [("ML06", "Tombouctou"), ("ML07", "Gao")]}


def test_the_verb_checks_writes_and_exports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "forms" / "water_point.md"
    form.parent.mkdir()
    form.write_text(WATER_POINT)
    (tmp_path / "places.csv").write_text("pcode,name_en\nML07,Gao\n")
    assert main(["forms", "check", str(form)]) == 0
    assert main(["forms", "template", str(form), "--language", "fr", "-o", str(tmp_path)]) == 0
    assert main(["forms", "export", str(form), "-o", str(tmp_path / "out")]) == 0
    book = openpyxl.load_workbook(tmp_path / "water_point.xlsx")
    assert book["_lists"]["A2"].value == "ML07 Gao"
    assert main(["forms", "check", str(tmp_path / "out" / "water_point.xlsx")]) == 0
    form.write_text(WATER_POINT.replace("select_one kind", "select_one kinds"))
    capsys.readouterr()
    assert main(["forms", "check", str(form), str(tmp_path / "none.md")]) == 1
    told = capsys.readouterr().err
    assert "line 9, row 5" in told
    assert "none.md" in told


def test_an_entity_is_offered_by_its_name_and_by_its_id_only_where_two_share_it() -> None:
    ids = [f"0b9a4b0c-6a0e-4d7e-9c0f-3b1f1f2c9b1{n}" for n in range(3)]
    lists = {"places": [(ids[0], "Forage Gao"), (ids[1], "Puits"), (ids[2], "Puits")]}
    book = openpyxl.load_workbook(io.BytesIO(write_template(SCHEMA, lists, "en")))
    listed = [cell.value for cell in book["_lists"]["A"]][1:4]
    assert listed == ["Forage Gao", f"Puits ({ids[1]})", f"Puits ({ids[2]})"]
