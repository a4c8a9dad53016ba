"""A pack under review: everything that is wrong is found in one run, and the pages are made from the pack alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pack.mali import PACK
from toguna.kernel.api import errors
from toguna.pack.pages import system_pages
from toguna.pack.review import review_pack

PAGES = Path(__file__).parents[2] / "docs" / "mali"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "mali"))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_pack_that_we_ship_has_no_fault_and_all_31_kinds_of_work() -> None:
    reviewed = review_pack(PACK)
    assert [problem.written() for problem in errors(reviewed.problems)] == []
    assert [system.id for system in reviewed.systems] == [f"S{number}" for number in range(1, 32)]
    assert all(system.wrong for system in reviewed.systems)


def test_planted_faults_are_all_found_in_one_run(copy: Path) -> None:
    changed(copy / "indicators" / "cash.yaml", "label: {en: cash paid, fr: montant payé}", "label: {en: cash paid}")
    changed(copy / "systems.toml", 'owner = "govmli"', 'owner = "govmil"')
    changed(copy / "systems.toml", 'by = "form:repatriation.nationality"', 'by = "form:repatriation.nation"')
    changed(copy / "systems.toml", 'by = "fault:source_stale"', 'by = "fault:source_old"')
    changed(copy / "systems.toml", 'forms = ["grant"]', 'forms = ["grants"]')
    changed(copy / "systems.toml", 'tables = ["targets"]\n', "")
    changed(copy / "indicators" / "cash.yaml", "fr: ménages payés", "fr: foyers payés")
    changed(copy / "places.csv", ",cercle,ML01,", ",cercle,ML77,")
    changed(copy / "forms" / "grant.md", "| Subvention |", "| |")
    found = [problem.id.removeprefix("pack.") for problem in review_pack(copy).problems]
    wanted = [
        "figures.language_missing",
        "places.parent_unknown",
        "forms.translation_missing",
        "owner_unknown",
        "guard_unknown",
        "guard_unknown",
        "system_names",
        "system_empty",
        "form_of_none",
        "word_avoided",
    ]
    for name in set(wanted):
        assert found.count(name) == wanted.count(name), (name, found)


def test_a_question_that_nothing_uses_is_told_with_its_row(copy: Path) -> None:
    form = copy / "forms" / "repatriation.md"
    lines = form.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "| destination |" in line)
    cells = lines[at].split("|")
    cells[2:6] = [" integer ", " luggage ", " Pieces of luggage ", " Bagages "]
    before = len(review_pack(copy).problems)
    form.write_text("\n".join([*lines[: at + 1], "|".join(cells), *lines[at + 1 :]]) + "\n", encoding="utf-8")
    told = [problem for problem in review_pack(copy).problems if problem.details.get("name") == "luggage"]
    assert len(told) == 1 and told[0].place.row is not None
    assert len(review_pack(copy).problems) == before + 1


def test_the_pages_in_docs_are_those_of_the_pack() -> None:
    pages = system_pages(review_pack(PACK))
    kept = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert kept == pages, "write them anew: toguna pack pages operations/mali -o docs/mali"


def test_a_label_is_not_judged_by_the_words_of_another_language(tmp_path: Path) -> None:
    """The label stands in Spanish alone: neither its English nor its French is there to be compared."""
    pack = Path(shutil.copytree(Path(__file__).parent / "costa_verde", tmp_path / "costa_verde"))
    (pack / "glossary.csv").write_text("en,fr,avoid_fr,note\nparticipantes,participants,sesiones,\n", encoding="utf-8")
    assert "pack.word_avoided" not in [problem.id for problem in review_pack(pack).problems]
