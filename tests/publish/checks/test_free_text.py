"""Sentences that may harm somebody: judged by their words, the same for every number below the threshold, each with a wording that can stand."""

import re
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest

from tests.publish.checks.test_checks import FRONT
from tests.publish.memory import TODAY, MemoryFigures
from toguna.kernel.api import Language
from toguna.publish.core.checks import Draft, Finding, PackWords, check_draft
from toguna.publish.core.checks.free_text import PROPOSALS, harmful_sentences
from toguna.publish.core.checks.harm import Statement, clauses, is_barred, statements
from toguna.publish.core.checks.sensitive_words import read_word_list, sensitive_words
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve

HERE = Path(__file__).parent / "sentences"
PLACES = ("Gao", "Kidal", "Kayes", "Menaka", "Ménaka", "Mopti", "Timbuktu", "Tombouctou", "Bamako", "Sikasso")
WORDS = sensitive_words(places=PLACES)
#: From the cases that passed before.
BARRED: tuple[tuple[Language, str], ...] = (
    ("en", "On 8 December in Gao, [four](stated:im?source=x) women were helped after violence; [nine](stated:im?source=x) girls were given kits."),
    ("en", "Four survivors were helped; of nine students, five are survivors."),
    ("en", "Just over 55 per cent of the students were survivors."),
    ("en", "[4](text:) women referred after violence."),
    ("fr", "Le 8 décembre à Gao, l'AMSS a aidé quatre femmes, toutes survivantes de violences."),
    ("en", "[9](stated:im?source=kayes-note-2016-12-31) survivors of rape were reported in Kayes."),
    ("en", "Of [74](fig:incidents) incidents, [70](fig:incidents?type=other) were other."),
    ("en", "[4](fig:survivors) survivors were referred to the hospital."),
    ("en", "Sexual violence was reported. Four women were helped."),
    ("en", "A girl was raped."),
    ("en", "Five per cent of 40 women said that they were raped."),
    ("fr", "Un viol a été signalé."),
    ("fr", "Violences sexuelles uniquement à Gao."),
)  # fmt: skip


def read(name: str) -> list[tuple[str, Language, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(verdict, "fr" if language == "fr" else "en", text) for verdict, language, text in (line.split("\t") for line in lines)]  # fmt: skip


def said(text: str, language: Language) -> list[Statement]:
    found: list[Statement] = []
    before = ""
    for sentence in clauses(text):
        found += statements(sentence, language, WORDS, before)
        before = sentence
    return found


def check(text: str, language: Language = "en", pack: PackWords | None = None) -> list[Finding]:
    parsed = parse_update(FRONT.format(language=language) + text + "\n", f"u.{language}.md")
    source = MemoryFigures()
    resolution = resolve(parsed.update, source)
    draft = Draft(resolution=resolution, source=source, today=TODAY, pack=pack or PackWords(sensitive=WORDS))
    return list(check_draft(draft, syntax=parsed.problems).findings)


@pytest.mark.parametrize("name", ["harm_build.tsv", "harm_held.tsv", "harm_more.tsv"])
def test_harmful_sentences_are_barred_and_harmless_ones_pass(name: str) -> None:
    """At most one false bar and three misses in all; the sentences were written before the rules."""
    wrong = [(verdict, text) for verdict, language, text in read(name) if any(map(is_barred, said(text, language))) != (verdict == "harmful")]  # fmt: skip
    assert len([each for each in wrong if each[0] == "harmless"]) <= 1, wrong
    assert len([each for each in wrong if each[0] == "harmful"]) <= 1, wrong


@pytest.mark.parametrize(("language", "text"), BARRED)
def test_what_passed_is_barred_whatever_the_number_is_bound_to(language: Language, text: str) -> None:
    found = [each for each in check(text, language) if each.weight == "barred"]
    assert found and all(each.stops for each in found)


#: A number is typed where the star stands.
TYPED: tuple[tuple[Language, str], ...] = (
    ("en", "[*](text:) women referred after violence in Gao."),
    ("en", "[*](stated:im?source=x) survivors of rape were reported."),
    ("en", "[*](fig:incidents?type=theft) survivors were referred."),
    ("en", "* girls were raped."),
    ("en", "Of [74](fig:incidents) incidents of rape, * were in Gao."),
    ("en", "* of the nine girls are survivors."),
    ("en", "On 14 December, [*](stated:im?source=x) survivors received help."),
    ("fr", "* femmes ont été violées à Gao."),
    ("fr", "[*](stated:im?source=x) réfugiés sont en détention à Kayes."),
)


@pytest.mark.parametrize(("language", "text"), TYPED)
def test_every_number_below_the_threshold_gives_the_same_findings(language: Language, text: str) -> None:
    """A drafter who types 0 to 9 in turn learns nothing: only the quotation differs."""

    def findings(digit: int) -> list[tuple[str, str, bool, str]]:
        barred = [each for each in check(text.replace("*", str(digit)), language) if each.weight == "barred"]
        assert barred
        cut = re.compile(rf"\b{digit}\b")
        return [(each.problem.id, cut.sub("*", each.problem.what(language)), each.stops, cut.sub("*", each.problem.cure(language))) for each in barred]  # fmt: skip

    assert all(findings(digit) == findings(0) for digit in range(1, 10))


def steps(text: str, language: Language, hidden: object) -> Counter[str]:
    """How often each function of the free-text check is called for a text, whatever a withheld figure hides."""
    parsed = parse_update(FRONT.format(language=language) + text + "\n", f"u.{language}.md")
    source = MemoryFigures({"incidents?type=theft": hidden})
    resolution = resolve(parsed.update, source)
    draft = Draft(resolution=resolution, source=source, today=TODAY, pack=PackWords(sensitive=WORDS))
    called: Counter[str] = Counter()

    def count(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and "checks" in frame.f_code.co_filename and frame.f_code.co_name[0] != "<":
            called[f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"] += 1

    list(harmful_sentences(draft))  # what is read once is read before
    sys.setprofile(count)
    try:
        list(harmful_sentences(draft))
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize(("language", "text"), TYPED)
def test_every_number_below_the_threshold_asks_for_the_same_work(language: Language, text: str) -> None:
    """Steps, not seconds: nobody can time what the check does with 0 to 9, nor whether a number is the hidden one."""
    done = [steps(text.replace("*", str(digit)), language, digit if digit % 2 else "withheld") for digit in range(10)]
    assert done[0].total() > 5 and all(one == done[0] for one in done)


def test_the_value_of_a_withheld_figure_changes_nothing() -> None:
    text = "[4](fig:survivors) survivors were referred. [4](fig:incidents?type=theft) women were raped."

    def barred(value: object) -> list[tuple[str, str]]:
        parsed = parse_update(FRONT.format(language="en") + text + "\n", "u.md")
        source = MemoryFigures({"incidents?type=theft": value, "survivors": value})
        draft = Draft(resolution=resolve(parsed.update, source), source=source, today=TODAY)
        found = check_draft(draft).findings
        return [(each.problem.id, each.problem.what()) for each in found if each.problem.id.endswith("_harmed")]

    assert barred("withheld") == barred(4) == barred("not_reported") and len(barred(4)) == 2


def test_each_finding_proposes_a_wording_that_passes_every_check() -> None:
    for verdict, language, text in read("harm_build.tsv"):
        for finding in check(text, language) if verdict == "harmful" else ():
            proposal = finding.problem.details.get("proposal")
            if proposal is not None:
                assert proposal in finding.problem.cure(language)
                assert not check(str(proposal), language), proposal
    for proposals in PROPOSALS.values():
        for language in ("en", "fr"):
            assert not check(proposals[language], language)


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Staff of two organisations were robbed by armed men in Timbuktu.", "security_event"),
        ("fr", "Le 24 décembre, un travailleur humanitaire a été enlevé à Gao.", "security_event"),
        ("en", "By the data owner, 1,204 survivors of gender-based violence were helped in 2016.", "harm_total"),
    ],
)
def test_security_events_and_totals_are_lifted_by_a_clearance(language: Language, text: str, topic: str) -> None:
    found = [each for each in check(text, language) if each.problem.id == f"publish.check.{topic}"]
    assert [each.weight for each in found] == ["clearance"] and not found[0].stops


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("en", "The hostage is a nurse of MSF.", "hostage_described"),
        ("en", "A woman was kidnapped in Gao.", "hostage_described"),
        ("fr", "L'otage, de nationalité suisse, est en captivité.", "hostage_described"),
        ("en", "The safe house in Gao is full.", "shelter_placed"),
        ("fr", "Le foyer pour femmes de Ménaka est plein.", "shelter_placed"),
        ("en", "On 9 January, USD 50 a family will be paid in Gao.", "payment_announced"),
        ("fr", "Le 9 janvier, 30 000 FCFA par ménage seront versés à Gao.", "payment_announced"),
        ("en", "Rape was reported only in Gao.", "only_harmed"),
        ("en", "Of the 50 girls, 47 are not survivors.", "share_of_harmed"),
    ],
)
def test_what_else_may_harm_is_barred_by_its_own_fault(language: Language, text: str, fault: str) -> None:
    assert f"publish.check.{fault}" in {each.problem.id for each in check(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An aid worker was abducted in Gao."),
        ("en", "The safe house is full."),
        ("en", "On 9 January, families will be paid in Gao."),
        ("en", "In Gao, USD 50 a family was paid."),
        ("en", "Ten women were trained as mediators."),
        ("en", "Of the 500 girls, 47 were trained against rape."),
    ],
)
def test_half_of_what_harms_passes(language: Language, text: str) -> None:
    assert not [each for each in said(text, language) if is_barred(each)]


def test_a_small_number_in_a_table_is_read_with_its_heads() -> None:
    table = "| Region | Survivors of rape | Sessions on rape |\n| --- | --- | --- |\n| Gao | [4](stated:im?source=x) | [4](stated:im?source=x) |\n"
    (found,) = [each for each in check(table) if each.weight == "barred"]
    assert found.problem.id == "publish.check.few_harmed" and "rape" in found.quote and "Sessions" not in found.quote


def test_ten_is_no_small_number_and_nine_is() -> None:
    assert not [each for each in said("Ten girls were raped.", "en") if is_barred(each)]
    assert [each for each in said("Nine girls were raped.", "en") if is_barred(each)]


def test_a_pack_adds_words_and_takes_none_away(tmp_path: Path) -> None:
    listed = tmp_path / "sensitive_words.csv"
    listed.write_text("kind,language,words\nharm,en,whipped*; branded\n", encoding="utf-8")
    own = sensitive_words(read_word_list(listed.read_bytes()))
    assert list(statements("Two girls were whipped.", "en", own))
    assert not list(statements("Two girls were whipped.", "en", WORDS))
    assert list(statements("Two girls were raped.", "en", own))
    assert not read_word_list(b"")


def test_a_higher_threshold_of_the_operation_holds_in_text_too() -> None:
    assert list(map(is_barred, statements("Twelve girls were raped.", "en", sensitive_words(few=15)))) == [True]
    assert not any(map(is_barred, statements("Twelve girls were raped.", "en", WORDS)))
