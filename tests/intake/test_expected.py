"""What partners owe of a month, and the pre-filled returns with their reminders."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.intake.conftest import OWNER, table
from tests.intake.test_arrivals import keep
from toguna.access.api import acting
from toguna.cli.command import main
from toguna.collect.api import load_reference, review
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.kernel.api import parse_period

DECEMBER = parse_period("2016-12")


def agreement(number: int, organisation: str, **other: str) -> dict[str, str]:
    plain = {"sector": "WSH", "place": "ML07", "starts": "2016-01-01", "ends": "2016-12-31", "returns_due": "yes"}
    return {
        "id": f"{organisation}-{number}",
        "organisation": organisation,
        "agreement": f"{organisation}-2016",
        **plain,
        **other,
    }


@pytest.fixture
def owed(home: Instance) -> Instance:
    load_reference(
        "agreements",
        [
            agreement(1, "amss"),
            agreement(2, "stopsahel", sector="EDU"),
            agreement(3, "stopsahel", sector="HEA", ends="2016-11-30"),
            agreement(4, "stopsahel", sector="PRO", returns_due="no"),
        ],
        OWNER,
    )
    return home


def monthly(organisation: str, month: str, *rows: str, **options: str) -> intake.Arrival:
    head = "Activité;Lieu;Groupe de population;Femmes;Hommes"
    one = intake.arrive(
        table(head, *rows), f"{month}.csv", OWNER, organisation=organisation, form_id="monthly", period=month
    )
    keep(one, **options)
    intake.take_arrival(intake.preview_arrival(one.id, OWNER), OWNER)
    return one


def states(actor: str | None = None) -> list[tuple[str, str, str, str]]:
    found = intake.expected_returns(DECEMBER, acting(actor))
    return [(one.organisation, one.sector, one.state, one.validated_by) for one in found]


def test_what_is_expected_is_what_agreements_in_force_owe(owed: Instance) -> None:
    assert states() == [("amss", "WSH", "not_received", ""), ("stopsahel", "EDU", "not_received", "")]
    assert states("awa") == [("amss", "WSH", "not_received", "")]


def test_what_came_who_validated_it_and_what_went_back(owed: Instance) -> None:
    monthly("amss", "2016-12", "hygiene;Gao;REF;3;4")
    assert states()[0] == ("amss", "WSH", "received", "")
    found = intake.expected_returns(DECEMBER, OWNER)[0]
    review([found.instance_id], "approved", "late_return", OWNER)
    assert states()[0] == ("amss", "WSH", "received", "owner")
    wrong = table("Activité;Lieu;Groupe de population;Femmes", "hygiene;Nulle-Part;REF;3")
    one = intake.arrive(
        wrong, "décembre 2016.csv", OWNER, organisation="stopsahel", form_id="monthly", period="2016-12"
    )
    keep(one)
    intake.send_back(intake.preview_arrival(one.id, OWNER), OWNER)
    assert states()[1] == ("stopsahel", "EDU", "sent_back", "")


def test_a_month_of_another_year_is_not_this_one(owed: Instance) -> None:
    monthly("amss", "2016-11", "hygiene;Gao;REF;3;4")
    assert states()[0] == ("amss", "WSH", "not_received", "")


def test_the_pre_filled_return_names_last_months_rows_without_their_numbers(
    owed: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monthly("amss", "2016-11", "hygiene;Gao;REF;3;4", "school;Tombouctou;HST;5;6")
    folder = tmp_path / "out"
    words = ["--home", str(owed.home), "--period", "2016-12", "--language", "fr"]
    assert main(["returns", str(folder), *words]) == 0
    assert "Rapports de 2 partenaires" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == [
        f"monthly_{code}_2016-12{ending}"
        for code in ("amss", "stopsahel")
        for ending in (".mail.txt", ".message.txt", ".xlsx")
    ]
    content = (folder / "monthly_amss_2016-12.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    main_sheet, result = book.worksheets[:2]
    head = {cell.value: cell.column for cell in main_sheet[1]}
    assert main_sheet.cell(2, head["Organisation *"]).value == "amss AMSS"
    assert main_sheet.cell(2, head["Premier jour du mois *"]).value.isoformat()[:10] == "2016-12-01"
    rows = [list(row) for row in result.iter_rows(min_row=2, max_row=3, values_only=True)]
    assert rows == [
        ["1", "Séance d'hygiène", "ML07 Gao", "Réfugiés", None, None],
        ["1", "Appui à l'école", "ML06 Tombouctou", "Communauté hôte", None, None],
    ]
    assert result.data_validations.dataValidation
    mail = (folder / "monthly_amss_2016-12.mail.txt").read_text("utf-8")
    assert "Bonjour AMSS" in mail and "WSH" in mail and "12/2016" in mail
    assert "état néant" in (folder / "monthly_amss_2016-12.message.txt").read_text("utf-8")
    assert main(["returns", str(folder), *words]) == 2
    filled = openpyxl.load_workbook(io.BytesIO(content))
    nil = filled.worksheets[0]
    nil.cell(2, head["Rien à signaler *"]).value = "Oui"
    filled.worksheets[1].delete_rows(2, 10)
    filled.save(tmp_path / "nil.xlsx")
    assert main(["load", str(tmp_path / "nil.xlsx"), "--home", str(owed.home)]) == 0
    assert states()[0] == ("amss", "WSH", "nil", "")
    capsys.readouterr()
    assert main(["missing", *words]) == 1
    said = capsys.readouterr().out
    assert "stopsahel" in said and "non reçu" in said and "amss" not in said
