"""The December update of the made instance: whole, the same in both languages, silent on what would point at persons, followed and restated."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from lxml import html as lxml_html

from tests.pack.mali import PACK, plan, table
from toguna.access.api import acting
from toguna.cli import main
from toguna.instance.api import Instance, open_instance
from toguna.kernel.api import LANGUAGES, Language, parse_period
from toguna.pack.ledger import ledger
from toguna.pack.new import Made
from toguna.publish import clearing
from toguna.publish.build import Compiled, Desk, compile_text
from toguna.publish.core.checks.withheld import printed_facts
from toguna.publish.core.figure_source import Asked, Fact
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve
from toguna.publish.core.sections import lacking
from toguna.publish.core.tree import bound
from toguna.publish.editions import restatements
from toguna.publish.instance_figures import as_of_cut_off, instance_desk
from toguna.publish.issuing import issue
from toguna.publish.texts import draft_text

pytestmark = pytest.mark.slow

TEXTS: dict[Language, Path] = {language: PACK / "updates" / f"2016-12.{language}.md" for language in LANGUAGES}
PRODUCTS = ("factsheet.pdf", "factsheet.html", "factsheet.csv", "dashboard.pdf", "dashboard.html", "dashboard.csv", "3w.csv", "3w.xlsx", "line-sheet.pdf")  # fmt: skip
#: What is withheld is spoken of without a number, in every language.
SILENT = re.compile(r"survivor|school kit|survivant|kits? scolaire", re.IGNORECASE)
COUNTS = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix"
COUNT = re.compile(rf"\b(?:{COUNTS})\b", re.IGNORECASE)
#: Five were helped to open workshops; how many of them women and men is withheld.
WORKSHOPS = re.compile(r"tailoring|couture", re.IGNORECASE)


#: Lines of the ledger that the payments which came late would raise.
PAID = ("cash_returnees_sep_dec", "cash_returnees_2016_to_date", "cash_returnees_timbuktu")


def printed(line: str) -> int:
    """What the reference printed, of a line of the ledger."""
    return next(int(row["value"]) for row in table("ledger.csv") if row["id"] == line)


def desk_of(path: Path) -> Desk:
    text = draft_text(path)
    return instance_desk(acting(None), read_front(parse_update(text.source, text.name).update))


@pytest.fixture
def compiled(mali: Instance) -> dict[Language, Compiled]:
    return {language: compile_text(draft_text(path), desk_of(path)) for language, path in TEXTS.items()}


@dataclass(frozen=True, kw_only=True)
class Output:
    """What a reader can take from one file: its words, and the cells of its tables."""

    file: Path
    words: str
    rows: tuple[dict[str, str], ...] = ()


@pytest.fixture(scope="module")
def outputs(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Output]:
    """Every file of the update and of its by-products, in both languages, by the command."""
    out = tmp_path_factory.mktemp("build") / "2016-12"
    common = ["2016-12.en", "--all", "-o", str(out), "--home", str(made.home)]
    assert main(["update", "build", *common]) == 0
    assert main(["update", "products", *common]) == 0
    return {file.relative_to(out): read(file) for file in sorted(out.rglob("*")) if file.is_file()}


def read(file: Path) -> Output:
    if file.suffix == ".pdf":
        words = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
        return Output(file=file, words=" ".join(words.split()))
    if file.suffix == ".html":
        page = lxml_html.fromstring(file.read_text(encoding="utf-8"))
        for block in page.iter("p", "li", "ul", "td", "th", "dt", "dd", "h1", "h2", "h3", "figcaption"):
            block.text, block.tail = f"\n{block.text or ''}", f"\n{block.tail or ''}"
        return Output(file=file, words=str(page.text_content()))
    if file.suffix == ".docx":
        document = docx.Document(str(file))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return Output(file=file, words="\n".join([*(each.text for each in document.paragraphs), *cells]))
    if file.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(file)
        cells = [str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value]
        return Output(file=file, words="\n".join(cells))
    text = file.read_text(encoding="utf-8")
    return Output(file=file, words=text, rows=tuple(csv.DictReader(text.splitlines())))


#: An amount with the association and the village that got it points at persons: the text does not print it.
LEFT_OUT = {"iga_grant_alamanfoua_cfa"}


def facts_of(compiled: Compiled) -> list[Fact]:
    cells = [fact for found in compiled.resolution.cells.values() for _, _, fact in found.rows]
    return [*compiled.resolution.facts.values(), *cells]


def test_every_printed_number_that_may_be_printed_stands_in_the_text_bound(compiled: dict[Language, Compiled]) -> None:
    judged = [each for each in ledger(acting(None)).lines if each.status in ("equal", "differs") and each.line.figure]
    assert len(judged) > 110
    asked = Asked(period=parse_period("2016-12"), place="ML", language="en", as_of=None)
    for language, text in compiled.items():
        printed = {fact.reference for fact in facts_of(text)}
        answer = desk_of(TEXTS[language]).figures.facts([each.line.reference for each in judged], asked)
        # A bare 1 of the ledger is an article of the reference's prose ("a campaign"): no number there, none here.
        lacking = [
            each.line.id
            for each, fact in zip(judged, answer.facts, strict=True)
            if fact is not None
            and fact.reference not in printed
            and each.line.printed != "1"
            and each.line.id not in LEFT_OUT
        ]
        assert not lacking, (language, lacking)


def test_every_file_of_both_languages_is_there_and_no_longer_than_it_may_be(outputs: dict[Path, Output]) -> None:
    names = {*PRODUCTS, "update.pdf", "update.html", "update.docx", "figures.csv"}
    assert set(outputs) == {Path(name) for name in names} | {Path("fr") / name for name in names}
    for name, most in (("factsheet.pdf", 2), ("dashboard.pdf", 1), ("line-sheet.pdf", 1)):
        for folder in (Path(), Path("fr")):
            assert len(pypdfium2.PdfDocument(outputs[folder / name].file)) <= most, folder / name
    present = [row for row in outputs[Path("3w.csv")].rows if not row["location_code"].startswith("#")]
    assert {"ACTED", "Stop Sahel", "Mercy Corps"} <= {row["org_acronym"] or row["org_name"] for row in present}


def test_a_line_sheet_says_what_changed_what_came_late_and_what_may_be_taken_back(outputs: dict[Path, Output]) -> None:
    english, french = outputs[Path("line-sheet.pdf")].words, outputs[Path("fr/line-sheet.pdf")].words
    payments = plan().payments
    assert payments is not None
    late = [each for each in payments.late if each.month == "2016-12"]
    assert late and re.search(r"Cash payment: \d+ new", english) and "Monthly return: 1 corrected" in english
    handed = printed("doc_birth_certificates_distributed_kayes")
    # How it is known stands under the label; a reader of the PDF may give it before or behind the values.
    row = re.search(rf"Birth certificates handed to their holders, Kayes (.{{0,24}}\d+ {handed}\b.{{24}})", english)
    assert row and "counted from records" in row[1]
    assert (
        f"September to December 2016: {printed('cash_returnees_sep_dec'):,}" in english
        and "septembre à décembre 2016" in french
    )
    assert "INTERNAL" in english and "INTERNE" in french


def test_an_estimate_says_its_range_and_how_it_is_made(outputs: dict[Path, Output]) -> None:
    english, french = outputs[Path("update.html")].words, outputs[Path("fr/update.html")].words
    assert "Between 14,900 and 15,600. Present at an identification" in english and "Head count by eye" in english
    assert re.search(r"Entre 14\s900 et 15\s600\. Présents", french) and "Comptage à vue" in french


def sentences(words: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?;•])\s+|\n+", words)


def test_what_would_point_at_persons_can_be_read_in_no_output(outputs: dict[Path, Output]) -> None:
    spoken: Counter[Path] = Counter()
    for name, output in outputs.items():
        for sentence in sentences(output.words):
            if SILENT.search(sentence):
                spoken[name] += 1
                assert not COUNT.search(sentence), (name, sentence)
            if WORKSHOPS.search(sentence):
                # on paper, the number of the note stands in the margin before the paragraph
                said = re.sub(r"^\d+ ", "", sentence) if name.suffix == ".pdf" else sentence
                assert {word.lower() for word in COUNT.findall(said)} <= {"five", "cinq"}, (name, sentence)
        for row in output.rows:
            figure = row.get("figure", "")
            assert not SILENT.search(figure), (name, row)
            assert row.get("status") != "withheld" and not (
                row.get("place_code") == "ML09" and "sex" in row["categories"]
            )
    told = {Path(folder) / f"update.{kind}" for folder in ("", "fr") for kind in ("pdf", "html", "docx")}
    assert told <= set(spoken), "the text speaks of them, without a number"


def test_what_would_point_at_persons_can_be_worked_out_from_no_output(compiled: dict[Language, Compiled]) -> None:
    withheld = [each.line.reference for each in ledger(acting(None)).lines if each.status == "withheld"]
    assert len(withheld) == 6
    figures = desk_of(TEXTS["en"]).figures
    asked = Asked(period=parse_period("2016-12"), place="ML", language="en", as_of=as_of_cut_off(compiled["en"].front))
    hidden = [fact for fact in figures.facts(withheld, asked).facts if fact is not None]
    assert [fact.status for fact in hidden] == ["withheld"] * 6
    printed = [shown for text in compiled.values() for shown in printed_facts(text.resolution)]
    assert figures.disclosed([*printed, *((fact, "") for fact in hidden)], asked) == ()
    # The audit is awake: one of the two parts printed, the other follows from the five.
    women = "income_support_persons?place=ML09&sex=f"
    shown = figures.facts([women], replace(asked, public=False)).facts
    others = [fact for reference, fact in zip(withheld, hidden, strict=True) if reference != women]
    further = [(fact, "") for fact in (*others, *shown) if fact is not None]
    disclosed = figures.disclosed([*printed, *further], asked)
    assert shown[0] is not None and any(shown[0].reference in one.references for one in disclosed)


def test_both_languages_print_the_same_facts(compiled: dict[Language, Compiled], outputs: dict[Path, Output]) -> None:
    same = ("period_start", "period_end", "place_code", "categories", "value", "unit", "status", "provisional", "basis", "as_of")  # fmt: skip
    for name in ("figures.csv", "factsheet.csv", "dashboard.csv"):
        rows = [
            Counter(tuple(row[key] for key in same) for row in outputs[path / name].rows)
            for path in (Path(), Path("fr"))
        ]
        assert rows[0] == rows[1] and sum(rows[0].values()) > 14
    english, french = (
        Counter(
            (number.binding, number.reference.partition("&show")[0].partition("?show")[0])
            for number in bound(text.resolution.update)
        )
        for text in compiled.values()
    )
    assert {key for key in english if key[0] == "stated"} == {key for key in french if key[0] == "stated"}


@pytest.mark.parametrize(("language", "since", "subtitle"), [("en", "Since January 2016", "Mali, January 2017"), ("fr", "Depuis janvier 2016", "Mali, janvier 2017")])  # fmt: skip
def test_january_is_drafted_from_december(
    made: Made, mali: Instance, tmp_path: Path, language: Language, since: str, subtitle: str
) -> None:
    draft = tmp_path / f"2017-01.{language}.md"
    assert main(["update", "next", str(TEXTS[language]), "-o", str(draft), "--home", str(made.home)]) == 0
    text = draft.read_text(encoding="utf-8")
    assert since in text and f"subtitle: {subtitle}\n" in text and "cut_off: 2017-02-08T18:00\n" in text
    parsed = parse_update(text, draft.name)
    assert not parsed.problems
    periods = Counter(re.findall(r"period=([^&)\s]+)", text))
    # Counters that began in the old year end with it; nothing is carried over the turn of the year.
    assert "2016-09..2016-12" in periods and not [each for each in periods if each.endswith("2017-01")]
    resolution = resolve(parsed.update, desk_of(draft).figures)
    year = {fact.period for span, fact in resolution.facts.items() if span in {n.span for n in bound(parsed.update) if "period=ytd" in n.reference}}  # fmt: skip
    assert [(period.start, period.end) for period in year] == [(date(2017, 1, 1), date(2017, 1, 31))]


def test_what_came_after_the_cut_off_restates_december_and_no_other_month(made: Made, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(made.home, home)
    open_instance(home)
    actor, path = acting(None), TEXTS["en"]
    cleared = clearing.Word(by="Representative", on=date(2017, 1, 16), means="e-mail", letter="a" * 64)
    compiled = compile_text(draft_text(path), desk_of(path))
    for each in lacking(compiled.parsed.update, frozenset())[0]:
        clearing.clear_paragraph(compiled, each.line, each.topic, cleared, actor)
    clearing.clear_whole(compiled, cleared, actor)
    issued = issue(draft_text(path), desk_of(path), actor)
    found = restatements(issued.edition, desk_of(path))
    moved = {(each.was, each.now) for each in found}
    payments = plan().payments
    assert payments is not None
    late = sum(each.persons for each in payments.late if each.month == "2016-12")
    # The late payments move the four months, their region and the year; the correction moves one row of a return.
    assert {
        *((f"{then:,}", f"{then + late:,}") for then in map(printed, PAID)),
        ("62", "65"),
    } == moved
    assert all("records were received, corrected or rejected since" in each.why for each in found)
    assert all(each.was in each.sentence for each in found)
    figures = desk_of(path).figures
    later = Asked(period=parse_period("2017-01"), place="ML", language="en", public=False)
    references = ["cash_persons?period=2016", "cash_persons?period=2017-01"]
    year, january = figures.facts(references, later).facts
    # The pack's rule: late records restate the year to date, and are not counted a second time in the month they came in.
    assert year is not None and year.value == printed("cash_returnees_2016_to_date") + late
    assert january is not None and january.value in (None, Decimal(0))
