"""The Mali operation's November and December texts, from a new instance to their files, by the command."""

import csv
import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from lxml import html as lxml_html

from tests.instance.test_private import open_paths
from tests.publish.pages.printed import share_of_notes, smallest_character, tallest_band, words_at
from tests.revised import revise
from toguna.cli import main

PACK = Path(__file__).parents[2] / "operations" / "mali"
TEXTS = [PACK / "updates" / f"{month}.{language}.md" for month in ("2016-11", "2016-12") for language in ("en", "fr")]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mali") / "var"
    assert main(["new", "--pack", str(PACK), "--home", str(folder)]) == 0
    return folder


def test_no_finding_stops_an_issue_and_no_shown_value_is_old(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in TEXTS:
        status = main(["update", "check", text.name.removesuffix(".md"), "--home", str(home)])
        told = capsys.readouterr().out
        # November's counts are drawn, December's are margins of the plan.
        outdated = "shown_outdated" in told and "2016-12" in text.name
        assert (status, outdated, "translation" in told) == (0, False, False), told


def test_both_languages_are_built_and_light_enough_for_the_field(home: Path, tmp_path: Path) -> None:
    source = "2016-12.en"
    assert main(["update", "build", source, "--all", "-o", str(tmp_path / "out"), "--home", str(home)]) == 0
    for folder in (tmp_path / "out", tmp_path / "out" / "fr"):
        page = (folder / "update.html").read_text(encoding="utf-8")
        tree = lxml_html.fromstring(page)
        photos = sum(len(source) for source in tree.xpath("//img/@src"))
        assert len(page.encode()) - photos <= 250_000
        numbers = tree.xpath("//*[@class='entry']//*[starts-with(@id, 'n')]")
        assert len(numbers) > 90 and len(tree.xpath("//img")) == 5
        rows = list(csv.DictReader((folder / "figures.csv").open(encoding="utf-8")))
        assert len(rows) > 80 and all(row["status"] in {"value", "nil", "#status"} for row in rows)
        assert (folder / "update.pdf").read_bytes().startswith(b"%PDF") and (folder / "update.docx").exists()


def test_quoted_figures_are_cited_in_the_language(home: Path, tmp_path: Path) -> None:
    assert main(["update", "build", "2016-12.en", "--all", "-o", str(tmp_path / "out"), "--home", str(home)]) == 0
    for folder, cited, other in (
        (".", "Population Movements", "Mouvements de populations"),
        ("fr", "Mouvements de populations", "Population Movements"),
    ):
        page = lxml_html.parse(str(tmp_path / "out" / folder / "update.html")).getroot().text_content()
        assert cited in page and other not in page
        owners = {
            row["owner"] for row in csv.DictReader((tmp_path / "out" / folder / "figures.csv").open(encoding="utf-8"))
        }
        assert any(cited in owner for owner in owners) and not any(other in owner for owner in owners)


@pytest.mark.parametrize(
    ("language", "title", "after"),
    [
        ("en", "How each number is known", "Provisional: may still"),
        ("fr", "Comment chaque chiffre est connu", "Provisoire : peut encore"),
    ],
)
def test_the_printed_update_is_full_and_its_notes_take_a_sixth_of_it(
    home: Path, tmp_path: Path, language: str, title: str, after: str
) -> None:
    source = str(PACK / "updates" / f"2016-12.{language}.md")
    assert main(["update", "build", source, "--to", "pdf", "-o", str(tmp_path / "out"), "--home", str(home)]) == 0
    pdf = next((tmp_path / "out").rglob("update.pdf")).read_bytes()
    pages = len(pypdfium2.PdfDocument(pdf))
    # The panel of page 1 has the title of the notes too.
    assert share_of_notes(pdf, title, after) <= 1 / 6
    assert words_at(pdf, after)[0] == pages - 1, "contacts stand beneath the notes, on no page of their own"
    assert smallest_character(pdf)[0] >= 7.99
    for page in range(pages - 1):
        assert tallest_band(pdf, page) <= (15 if page == 0 else 30), page


def test_a_pdf_that_is_asked_alone_comes_alone(home: Path, tmp_path: Path) -> None:
    source = "updates/2016-11.fr.md"
    assert main(["update", "build", source, "--to", "pdf", "-o", str(tmp_path / "out"), "--home", str(home)]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["figures.csv", "update.pdf"]


def test_what_could_point_at_persons_is_barred(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four persons helped after a referral, students in one town: below the threshold, whatever the author writes."""
    pack = tmp_path / "mali"
    shutil.copytree(PACK, pack)
    source = pack / "updates" / "2016-12.en.md"
    text = source.read_text(encoding="utf-8")
    safe = "Survivors referred by AMSS in the region of Gao were helped to earn a living"
    told = (
        "[Four](fig:referred_income_support?place=ML07&show=words) survivors referred in Gao were helped on 14 December"
    )
    assert safe in text
    source.write_text(text.replace(safe, told), encoding="utf-8")
    assert main(["update", "check", str(source), "--home", str(home), "--format", "json"]) == 1
    found = {row["id"]: row["weight"] for row in json.loads(capsys.readouterr().out)}
    assert found["publish.check.withheld_printed"] == "barred"
    out = tmp_path / "out"
    assert main(["update", "build", str(source), "--to", "html", "-o", str(out), "--home", str(home)]) == 0
    assert "Not published survivors" in lxml_html.parse(out / "update.html").getroot().text_content()
    assert not [
        row for row in csv.DictReader((out / "figures.csv").open()) if row["status"] == "withheld" and row["value"]
    ]


def test_a_translation_that_follows_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "sections", "2016-12.fr", "--home", str(home), "--format", "json"]) == 0
    assert {row["state"] for row in json.loads(capsys.readouterr().out)} == {"translated"}


def test_the_next_month_is_drafted(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "2017-01.en.md"
    source = "2016-12.en"
    assert main(["update", "next", source, "-o", str(draft), "--home", str(home)]) == 0
    text, told = draft.read_text(encoding="utf-8"), capsys.readouterr().out
    assert "covers: 2017-01\n" in text and "subtitle: Mali, January 2017" in text
    assert (
        "<!-- event of last month: delete? -->" in text and "<!-- no data -->" in text and "since 2016-11 -->" in text
    )
    assert "no data" in told
    assert main(["update", "next", source, "-o", str(draft), "--home", str(home)]) == 2


def test_an_update_goes_through_the_office_by_the_command(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refresh it, see what must be cleared, clear it, issue, list, rebuild, restate, withdraw; then verify."""
    source = "2016-12.en"
    at = ["--home", str(home)]

    def run(*words: str) -> tuple[int, str]:
        status = main(["update", *words, *at])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    assert run("refresh", source)[1].endswith("0 shown values rewritten.\n")
    assert "issue_paragraph_not_cleared" in run("issue", source)[1]
    rows = json.loads(run("sections", source, "--format", "json")[1])
    assert {"Protection", "Operational context"} <= {row["section"] for row in rows}
    word = ("--by", "the security adviser", "--on", "2017-01-14", "--means", "telephone")
    word = (*word, "--as", "protection-officer")
    letter = tmp_path / "letter.eml"
    letter.write_text("It may go out.", encoding="utf-8")
    for row in rows:
        for each in row["to_clear"]:
            line, topic = each.removeprefix("line ").split(": ")
            assert run("clear", source, "--line", line, "--topic", topic, *word)[0] == 0
    assert "letter_needed" in run("clear", source, "--by", "the Representative", "--on", "2017-01-15")[1]
    assert run("clear", source, "--by", "the Representative", "--on", "2017-01-15", "--letter", str(letter))[0] == 0
    status, told = run("issue", source)
    assert status == 0, told
    assert open_paths(home) == [], "whoever wrote it, the instance is its owner's"
    edition = json.loads(run("editions", "--format", "json")[1])[0]["id"]
    assert edition == "operational_update-ML-2016-12-en-1"
    settings = (PACK / "operation.toml").read_text(encoding="utf-8")
    assert 'en = "6,954"' in settings
    revise({"operation.toml": settings.replace('en = "6,954"', 'en = "6 954"')})
    status, told = run("rebuild", edition)
    assert (status, "the same; checked: bytes" in told) == (0, True), "from the pack that it was built from: " + told
    revise({"operation.toml": settings})
    assert main(["verify", "--editions", *at]) == 0
    assert f"{edition}: the same bytes." in capsys.readouterr().out
    status, told = run("restate", edition, "--format", "json")
    late = json.loads(told)
    assert status == 1 and any(row["was"] == "2,437" and row["now"] == "2,450" for row in late), told
    assert run("withdraw", edition, "--reason", "asked by a person in a picture")[0] == 0
    assert main(["verify", *at]) == 0
