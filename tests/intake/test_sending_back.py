"""A file that goes back: the partner's own workbook, its faults marked, nothing in it that runs; corrected, it comes again and is taken in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.intake.conftest import OWNER, table, workbook
from tests.intake.test_arrivals import keep
from toguna.access.api import acting
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.journal.api import acts
from toguna.kernel.api import Refused

ROWS = (
    ["Jour de distribution", "Commune / Lieu", "Type de kit", "Femmes", "Hommes"],
    ["05/12/2016", "Gao", "Kit scolaire", 3, 4],
    ["31/02/2016", "Gao", "Kit scolaire", 5, 6],
    ["06/12/2016", "Nulle-Part", "Kit d'hygiène", 7, -8],
    ["07/12/2016", "=1+1", "Kit scolaire", "=SUM(D2:D4)", 1],
    ["TOTAL", None, None, 99, 11],
)


def sent(content: bytes, name: str = "décembre 2016.xlsx") -> tuple[intake.Arrival, intake.ArrivalPreview]:
    one = intake.arrive(content, name, OWNER, organisation="amss", form_id="kits")
    keep(one)
    return one, intake.preview_arrival(one.id, OWNER)


def test_the_same_workbook_goes_back_with_its_faults_marked(home: Instance) -> None:
    one, seen = sent(workbook(*ROWS, fill=True, first="Notice"))
    back = intake.send_back(seen, OWNER, note="À vendredi.")
    assert back.language == "fr"
    book = openpyxl.load_workbook(io.BytesIO(back.workbook))
    assert book.sheetnames == ["_À corriger", "Notice", "Feuil1"]
    sheet = book["Feuil1"]
    assert sheet["A1"].fill.fgColor.rgb == "00FFD966" or sheet["A1"].fill.fgColor.rgb == "FFFFD966"
    assert sheet["F1"].value == "À corriger / To correct"
    assert sheet["F2"].value is None
    assert "31/02/2016" in sheet["F3"].value and "31/02/2016" in sheet["A3"].comment.text
    assert "Nulle-Part" in sheet["B4"].comment.text
    assert "Pas moins" in sheet["E4"].comment.text or sheet["E4"].comment is not None
    assert "99" in sheet["D6"].comment.text
    summary = list(book["_À corriger"].iter_rows(values_only=True))
    assert summary[2] == ("Ligne", "Colonne", "Valeur", "Ce qu'il faut corriger")
    assert {row[0] for row in summary[3:]} == {"3", "4", "5", "6"}
    assert back.subject.startswith("décembre 2016.xlsx")
    assert "À vendredi." in back.letter and "Bonjour AMSS" in back.letter
    assert intake.arrival(one.id, OWNER).state == "sent_back"
    assert [act.kind for act in acts(kinds=("arrival.sent_back",))] == ["arrival.sent_back"]
    assert list(intake.verify()) == []


def test_nothing_in_it_runs(home: Instance) -> None:
    _, seen = sent(workbook(*ROWS))
    book = openpyxl.load_workbook(io.BytesIO(intake.send_back(seen, OWNER).workbook))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    _, seen = sent(
        table("Jour de distribution;Commune / Lieu;Type de kit;Femmes", "x;=cmd|' /C calc'!A0;+1+1;@x"), "x.csv"
    )
    book = openpyxl.load_workbook(io.BytesIO(intake.send_back(seen, OWNER, "en").workbook))
    texts = [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert any(cell.value.startswith("=cmd") for cell in texts)
    assert all(cell.data_type == "s" for cell in texts)


def test_the_corrected_file_is_recognised_by_the_same_mapping(home: Instance) -> None:
    _one, seen = sent(workbook(*ROWS))
    back = intake.send_back(seen, OWNER)
    book = openpyxl.load_workbook(io.BytesIO(back.workbook))
    sheet = book["Feuil1"]
    for cell, value in {"A3": "30/12/2016", "B4": "Kidal", "E4": 8, "B5": "Gao", "D5": 12, "D6": 27, "E6": 19}.items():
        sheet[cell] = value
    content = io.BytesIO()
    book.save(content)
    again = intake.arrive(content.getvalue(), back.name, OWNER, organisation="amss")
    seen = intake.preview_arrival(again.id, OWNER, form_id="kits")
    assert seen.understood.is_kept
    assert (seen.counts["wrong"], seen.counts["new"]) == (0, 4)
    assert len(intake.take_arrival(seen, OWNER).received) == 4


def test_nothing_wrong_is_not_sent_back_and_only_by_who_may(home: Instance) -> None:
    _, seen = sent(workbook(ROWS[0], ROWS[1]))
    with pytest.raises(Refused) as refused:
        intake.send_back(seen, OWNER)
    assert [problem.id for problem in refused.value.problems] == ["intake.nothing_wrong"]
    _, seen = sent(workbook(*ROWS))
    with pytest.raises(Refused):
        intake.send_back(seen, acting("moussa"))
