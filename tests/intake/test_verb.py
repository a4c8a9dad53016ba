"""``toguna arrivals``, as a person at the keyboard uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.conftest import table
from tests.intake.test_arrivals import LAST_YEAR
from toguna.cli.command import main
from toguna.instance.api import Instance


def test_a_month_by_the_command(home: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str, language: str = "en") -> tuple[int, str]:
        status = main(["arrivals", *words, "--home", str(home.home), "--language", language])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    file = tmp_path / "retour.xlsx"
    file.write_bytes(LAST_YEAR)
    status, said = run("add", str(file), "--organisation", "amss")
    one = said.split()[1].rstrip(":")
    assert (status, said) == (0, f"Arrival {one}: retour.xlsx, from amss.\n")
    assert "Known: retour.xlsx came before" in run("add", str(file), "--organisation", "amss")[1]
    status, said = run("map", one)
    assert status == 0
    assert "Bénéficiaires / Femmes" in said and "women" in said and "(kept as a note)" in said
    written = tmp_path / "kits.toml"
    assert run("map", one, "-o", str(written), "--column", "Visa du chef=remarks")[0] == 0
    assert '"Visa du chef" = "remarks"' in written.read_text("utf-8")
    status, said = run("map", one, "--from", str(written), "--keep")
    assert (status, "Kept the mapping mappings/amss/kits.toml." in said) == (0, True)
    status, said = run("preview", one)
    assert status == 1
    assert "'Tombouktou' x 1 -> ML06 Timbuktu" in said
    assert "kits: 2 rows new, 0 changed, 0 unchanged, 0 not in the file, 0 nil, 1 wrong, 2 set aside." in said
    status, said = run("preview", one, language="fr")
    assert "9 (total), 10 (signature)" in said
    assert "Le total de Bénéficiaires / Hommes est 39" in said
    assert run("word", one, "places", "Tombouktou", "ML06")[0] == 0
    status, said = run("take", one)
    assert (status, f"Arrival {one}: 3 taken in, 0 known already, 0 refused." in said) == (0, True)
    status, said = run("take", one, language="fr")
    assert (status, f"L'arrivée {one} est déjà intégrée." in said) == (2, True)
    assert "taken" in run("list")[1]
    assert "retour.xlsx" in run("show", one)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "a0"), 'There is no arrival "a0".'),
        (("map", "{one}", "--column", "Lieux=place"), 'The file has no column "Lieux" (Lieu?).'),
        (("map", "{one}", "--column", "Lieu=plase"), 'The form kits has no question "plase" (place?).'),
        (("map", "{one}", "--rows", "results", "--keep"), 'The form kits has no question "results"'),
        (("map", "{one}", "--form", "kit"), "No form 'kit' is published"),
        (("word", "{one}", "places", "Gaoh", "ML99"), 'The list places has no code "ML99"'),
        (("word", "{one}", "towns", "Gaoh", "ML07"), 'The form kits chooses from no list "towns".'),
        (("preview", "{one}", "--sheet", "Autre"), 'has no sheet "Autre"'),
    ],
)
def test_bad_input_gets_a_sentence(
    home: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(table("Jour de distribution;Lieu;Kit;Femmes", "2016-12-01;Gao;school;3"))
    main(["arrivals", "add", str(file), "--organisation", "amss", "--form", "kits", "--home", str(home.home)])
    one = capsys.readouterr().out.split()[1].rstrip(":")
    status = main(["arrivals", *(word.replace("{one}", one) for word in words), "--home", str(home.home)])
    assert (status, said in capsys.readouterr().err) == (2, True)
