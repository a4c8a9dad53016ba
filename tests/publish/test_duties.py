"""Which duties may not meet in one person for one text, and whose act a clearance is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import OPERATION
from tests.publish.test_editions import NIGHT, OWNER, Office
from toguna.access.api import Actor
from toguna.instance.api import Instance, parse_operation
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.kernel.core import clock
from toguna.publish import clearing
from toguna.publish.core.duties import duty_of_clearance, meetings, persons_of_clearance
from toguna.publish.core.sections import sections_of
from toguna.publish.issuing import issue, rebuild
from toguna.publish.store import models
from toguna.publish.texts import draft_text

AWA = Actor(name="awa", roles=("protection_officer", "reporting_officer"))
APART = (("clear_protection", "issue"),)


@pytest.mark.parametrize(
    ("means", "letter", "persons"),
    [
        ("account", "", {"awa"}),
        ("e-mail", "a" * 64, {"awa"}),
        ("e-mail", "", {"awa", "moussa"}),
        ("telephone", "", {"awa", "moussa"}),
        ("meeting", "a" * 64, {"awa", "moussa"}),
    ],
)
def test_a_letter_is_its_senders_act_and_hearsay_the_recorders_too(means: str, letter: str, persons: set[str]) -> None:
    assert persons_of_clearance(means, "awa", "moussa", letter) == persons


def test_each_clearance_is_a_duty() -> None:
    kinds = [("paragraph", "protection"), ("paragraph", "security"), ("section", "Protection"), ("whole", "")]
    assert [duty_of_clearance(*one) for one in kinds] == [
        "clear_protection",
        "clear_security",
        "clear_section",
        "clear_whole",
    ]


def test_duties_meet_in_one_person_only_where_the_pair_is_kept_apart() -> None:
    done = [("clear_protection", ["Awa  Diallo", "moussa"]), ("clear_security", ["ali"]), ("issue", ["awa diallo"])]
    found = meetings(APART, done)
    assert [(one.first, one.second, one.person) for one in found] == [("clear_protection", "issue", "awa diallo")]
    assert meetings((), done) == []
    assert meetings((("clear_security", "issue"),), done) == []
    assert meetings((("waive", "issue"),), done) == [], "what nobody did meets nothing"


def test_the_operation_says_what_is_kept_apart() -> None:
    assert parse_operation(OPERATION).apart == APART
    assert parse_operation(OPERATION + "[duties]\napart = []\n").apart == ()
    two = OPERATION + '[duties]\napart = [["waive", "issue"], ["clear_security", "clear_whole"]]\n'
    assert parse_operation(two).apart == (("waive", "issue"), ("clear_security", "clear_whole"))


@pytest.mark.parametrize(
    "wrong", ['"issue"', '["issue", "waive"]', '[["issue"]]', '[["issue", "issue"]]', '[["issue", "print"]]']
)
def test_pairs_that_are_none_are_refused_with_their_line(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_operation(OPERATION + f"[duties]\napart = {wrong}\n")
    (problem,) = refused.value.problems
    assert problem.place.line == OPERATION.count("\n") + 2
    assert "pairs" in problem.written() and "paires" in problem.written("fr")


@pytest.fixture
def office(tmp_path: Path, instance: Instance) -> Office:
    return Office(tmp_path)


def clear(office: Office, word: clearing.Word, recorder: Actor) -> None:
    compiled = office.compiled()
    for section in sections_of(compiled.parsed.update):
        for each in section.sensitive:
            clearing.clear_paragraph(compiled, each.line, each.topic, word, recorder)
    clearing.clear_whole(compiled, word, recorder)


def issued(office: Office, actor: Actor):  # type: ignore[no-untyped-def]
    with clock.at(NIGHT):
        return issue(draft_text(office.source), office.desk, actor)


def test_who_cleared_protection_does_not_issue(office: Office) -> None:
    clear(office, clearing.Word(by="awa", on=date(2017, 1, 14), means="account"), AWA)
    with pytest.raises(Refused) as refused:
        issued(office, AWA)
    assert [problem.id for problem in refused.value.problems] == ["publish.duties_meet"]
    assert models.Edition.objects.count() == 0
    assert issued(office, OWNER).edition.endswith("-1")


def word_of(folder: Path) -> str:
    """Everything that the Word file of an edition says."""
    return "\n".join(paragraph.text for paragraph in Document(str(folder / "update.docx")).paragraphs)


def test_hearsay_is_the_recorders_act_and_a_letter_is_not(office: Office) -> None:
    heard = clearing.Word(by="the Representative", on=date(2017, 1, 14), means="telephone")
    clear(office, heard, AWA)
    with pytest.raises(Refused, match="duties_meet"):
        issued(office, AWA)
    models.Clearance.objects.all().delete()
    written = replace(heard, means="e-mail", letter="b" * 64)
    clear(office, written, AWA)
    edition = issued(office, AWA)
    record = models.Edition.objects.get().record
    assert {one["letter"] for one in record["clearances"]} == {"b" * 64}
    assert {act.detail["letter"] for act in journal.acts(kinds=("section.cleared",)) if "letter" in act.detail} == {
        "b" * 64
    }
    html = (edition.folder / "update.html").read_text(encoding="utf-8")
    assert "Cleared by the Representative on 14 January 2017 by e-mail, recorded by awa." in html
    assert "no password attests" not in html
    assert "Cleared by the Representative on 14 January 2017 by e-mail, recorded by awa." in word_of(edition.folder)
    assert rebuild(edition.edition, office.desk).differences == ()


def test_an_edition_prints_what_no_password_attests(office: Office) -> None:
    written = clearing.Word(by="the Representative", on=date(2017, 1, 14), means="e-mail", letter="b" * 64)
    with journal.attesting("no"):
        clear(office, written, AWA)
        edition = issued(office, AWA)
    count = models.Clearance.objects.count() + 1
    html = (edition.folder / "update.html").read_text(encoding="utf-8")
    assert f"Acts that no password attests: awa {count}." in html
    assert f"Acts that no password attests: awa {count}." in word_of(edition.folder)


def test_a_clearance_by_letter_needs_the_letter_and_by_account_the_account(office: Office) -> None:
    before = journal.head()
    with pytest.raises(Refused, match="letter_needed"):
        clear(office, clearing.Word(by="the Representative", on=date(2017, 1, 14), means="e-mail"), AWA)
    with pytest.raises(Refused, match="not_own_account"):
        clear(office, clearing.Word(by="moussa", on=date(2017, 1, 14), means="account"), AWA)
    assert journal.head() == before
    assert models.Clearance.objects.count() == 0
