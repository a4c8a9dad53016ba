"""Field stories of an edition: cleared, waived, issued, restated, rebuilt, withdrawn; what stops an issue, what verify finds."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.publish.memory import PACK, MemoryFigures, desk
from toguna.access.api import Actor, acting
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.kernel.core import clock
from toguna.publish import clearing
from toguna.publish.build import Desk, compile_text
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.sections import sections_of, text_id
from toguna.publish.editions import folder_of, previous_values, restatements, verify, withdraw
from toguna.publish.issuing import issue, rebuild
from toguna.publish.store import models
from toguna.publish.texts import draft_text

OWNER = acting(None)
WORD = clearing.Word(by="the Representative", on=date(2017, 1, 14), means="e-mail", letter="a" * 64)
NIGHT = datetime(2017, 1, 15, 9, tzinfo=UTC)
CLEAN = (
    ("[USD 49.2 million]", "[49.2 million]"),
    ("in four regions of the north", "in the north"),
    ("| Mopti | [193](fig:session_participants) |", "| Mopti | - |"),
)


class Office:
    """One office with one update that is fit to be issued, but for clearance."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = Path(shutil.copytree(PACK, folder / "pack"))
        self.source = self.pack / "updates" / "2016-12.en.md"
        self.edit(*CLEAN)
        self.values: dict[str, object] = {}

    def edit(self, *changes: tuple[str, str]) -> None:
        text = self.source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.source.write_text(text, encoding="utf-8")

    @property
    def desk(self) -> Desk:
        found = desk(self.folder, MemoryFigures(self.values), self.pack)
        text = text_id(read_front(parse_update(self.source.read_text(encoding="utf-8"), "u.md").update))
        return replace(found, waivers=clearing.waivers_of(text), released=clearing.released_of(text))

    def compiled(self):  # type: ignore[no-untyped-def]
        return compile_text(draft_text(self.source), self.desk)

    def clear(self) -> None:
        compiled = self.compiled()
        for section in sections_of(compiled.parsed.update):
            for each in section.sensitive:
                clearing.clear_paragraph(compiled, each.line, each.topic, WORD, OWNER)
        clearing.clear_whole(compiled, WORD, OWNER)

    def issue(self, **how: str):  # type: ignore[no-untyped-def]
        with clock.at(NIGHT):
            return issue(draft_text(self.source), self.desk, OWNER, **how)


@pytest.fixture
def office(tmp_path: Path, instance: Instance) -> Office:
    return Office(tmp_path)


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id.removeprefix("publish.") for problem in refused.value.problems]


def test_nothing_goes_out_uncleared(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.issue()
    assert sorted(set(ids(refused))) == ["issue_not_cleared", "issue_paragraph_not_cleared"]
    assert models.Edition.objects.count() == 0
    assert not folder_of("x").parent.exists()


def test_an_edition_freezes_everything_in_one_act(office: Office) -> None:
    office.clear()
    before = journal.head().sequence
    issued = office.issue()
    acts = list(journal.acts(before))
    assert [(act.kind, act.subject) for act in acts] == [("edition.issued", "operational_update-ML-2016-12-en-1")]
    names = set(issued.files)
    assert {"update.pdf", "update.html", "update.docx", "figures.csv", "source.md", "photos/road.svg"} <= names
    record = models.Edition.objects.get().record
    assert record["source"] == office.source.read_text(encoding="utf-8")
    assert all(number["definition"] for number in record["numbers"] if number["basis"] == "counted")
    assert record["clearances"][-1]["by"] == "the Representative"
    assert verify() == ()


def test_a_figure_leads_to_a_static_page_under_an_opaque_address(office: Office) -> None:
    office.clear()
    folder = office.issue().folder
    pages = sorted((folder / "figures").iterdir())
    html = (folder / "update.html").read_text(encoding="utf-8")
    assert len(pages) > 10 and all(f'href="figures/{page.name}"' in html for page in pages)
    for text in (html, *(page.read_text(encoding="utf-8") for page in pages)):
        assert "fig:" not in text and "cash_recipients" not in text and "definition" not in text


def test_a_changed_word_voids_the_clearance(office: Office) -> None:
    office.clear()
    office.edit(("after talks held in the months before", "after talks"))
    with pytest.raises(Refused) as refused:
        office.issue()
    assert ids(refused) == ["issue_not_cleared"]


def test_a_number_that_moved_must_be_refreshed_and_no_clearance_is_lost(office: Office) -> None:
    office.clear()
    office.values["certificates"] = 741
    with pytest.raises(Refused) as refused:
        office.issue()
    assert ids(refused) == ["issue_not_refreshed"]
    office.edit(("[730]", "[741]"))
    assert office.issue().edition.endswith("-1")


def test_an_open_finding_stops_and_a_waiver_lets_pass_with_its_name(office: Office) -> None:
    office.edit(("in the north.", "in 4 regions."))
    office.clear()
    with pytest.raises(Refused) as refused:
        office.issue()
    assert ids(refused) == ["check.loose_number", "issue_open_findings"]
    compiled = office.compiled()
    key = next(finding.key for finding in compiled.report.stopping)
    with pytest.raises(Refused, match="with a reason"):
        clearing.waive(compiled, key, "Awa", " ", OWNER)
    clearing.waive(compiled, key, "Awa", "the regions are named below", OWNER)
    office.issue()
    assert models.Edition.objects.get().record["waivers"][0]["name"] == "Awa"


def test_what_could_harm_somebody_cannot_be_waived(office: Office) -> None:
    office.edit(("in the north.", "in the north (case 123-12C04567)."))
    compiled = office.compiled()
    key = next(finding.key for finding in compiled.report.stopping)
    with pytest.raises(Refused) as refused:
        clearing.waive(compiled, key, "Awa", "why not", OWNER)
    assert ids(refused) == ["finding_not_waivable"]


def test_an_embargo_holds(office: Office) -> None:
    office.edit(("language: en\n", "language: en\nembargo: 2017-01-20T12:00\n"))
    office.clear()
    with pytest.raises(Refused) as refused:
        office.issue()
    assert ids(refused) == ["issue_embargoed"]
    with clock.at(datetime(2017, 1, 20, 13, tzinfo=UTC)):
        issue(draft_text(office.source), office.desk, OWNER)


def test_late_data_restates_sentences_and_an_edition_follows(office: Office) -> None:
    office.clear()
    office.issue()
    with pytest.raises(Refused) as refused:
        office.issue()
    assert ids(refused) == ["issue_done_before"]
    office.values["cash_recipients@2016"] = 8460
    found = restatements("operational_update-ML-2016-12-en-1", office.desk)
    assert [(each.was, each.now) for each in found] == [("8,453", "8,460")] * 2
    assert found[1].sentence == "They are 8,453 since January." and "received" in found[1].why
    office.edit(("[8,453]", "[8,460]"))
    with pytest.raises(Refused, match="with a reason"):
        office.issue(nature="restated")
    second = office.issue(nature="restated", reason="Gao's list came late.")
    assert second.edition.endswith("-2")
    assert models.Edition.objects.get(number=1).state == "superseded"
    assert "restates the one of 15 January 2017" in (second.folder / "update.html").read_text(encoding="utf-8")
    assert [act.kind for act in journal.acts(kinds=("edition.issued", "edition.restated"))] == [
        "edition.issued",
        "edition.restated",
    ]


def test_an_edition_is_rebuilt_to_the_byte_with_the_same_tools(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.clear()
    issued = office.issue()
    office.edit(("flew home", "went home"))
    again = rebuild(issued.edition, office.desk)
    assert (again.checked, again.differences) == ("bytes", ())
    monkeypatch.setattr("toguna.publish.issuing.toolchain", lambda: {"typst": "99"})
    again = rebuild(issued.edition, office.desk)
    assert (again.checked, again.differences) == ("values and sentences", ())
    office.values["certificates"] = 741
    assert rebuild(issued.edition, office.desk).differences


def test_the_next_text_is_compared_with_the_last_edition(office: Office) -> None:
    office.clear()
    office.issue()
    text = office.source.read_text(encoding="utf-8").replace("covers: 2016-12", "covers: 2017-01")
    front = read_front(parse_update(text, "2017-01.en.md").update)
    values = previous_values(front)
    assert values["certificates?period=2016-12"].text == "730"


def test_a_withdrawn_edition_leaves_digests_alone(office: Office) -> None:
    office.clear()
    issued = office.issue()
    withdraw(issued.edition, "a photo without consent", OWNER)
    kept = models.Edition.objects.get()
    assert not issued.folder.exists() and "source" not in kept.record and kept.record["files"]["update.pdf"]
    assert verify() == ()
    with pytest.raises(Refused, match="withdrawn"):
        restatements(issued.edition, office.desk)


def test_verify_finds_an_altered_file_a_missing_one_and_an_altered_record(office: Office) -> None:
    office.clear()
    folder = office.issue().folder
    (folder / "update.html").write_text("other", encoding="utf-8")
    (folder / "figures.csv").unlink()
    kept = models.Edition.objects.get()
    kept.record = {**kept.record, "account": {}}
    kept.save()
    assert sorted(problem.id for problem in verify()) == [
        "publish.edition_file_altered",
        "publish.edition_file_missing",
        "publish.edition_record_altered",
    ]


def test_sections_have_owners_and_states(office: Office) -> None:
    compiled = office.compiled()
    clearing.set_owner(compiled, "Protection", "field office Gao", OWNER)
    states = {each.section.title: (each.owner, each.state) for each in clearing.section_states(compiled)}
    assert states["Protection"] == ("field office Gao", "drafted")
    clearing.clear_section(compiled, "Protection", WORD, OWNER)
    clearing.clear_whole(compiled, WORD, OWNER)
    assert {each.state for each in clearing.section_states(compiled)} == {"cleared"}
    with pytest.raises(Refused, match="no section"):
        clearing.clear_section(compiled, "Health", WORD, OWNER)


def test_a_reader_may_neither_clear_nor_issue(office: Office) -> None:
    reader = Actor(name="reader", roles=("reader",))
    with pytest.raises(Refused):
        clearing.clear_whole(office.compiled(), WORD, reader)
    office.clear()
    with pytest.raises(Refused):
        issue(draft_text(office.source), office.desk, reader)


OFFICER = Actor(name="aminata", roles=("protection_officer",))
HEAD = Actor(name="moussa", roles=("representative",))
HARMFUL = "Two survivors of rape spoke on the radio under names of their own choice."


def barred(office: Office) -> str:
    """The key of the barred sentence that the office's text holds."""
    (found,) = [each for each in office.compiled().report.stopping if each.weight == "barred"]
    return str(found.key)


def test_a_barred_sentence_is_released_by_two_persons_together(office: Office) -> None:
    office.edit(("# Achievements", f"# Achievements\n\n{HARMFUL}"))
    key = barred(office)
    with pytest.raises(Refused, match="cannot be waived"):
        clearing.waive(office.compiled(), key, "somebody", "they agreed", OWNER)
    _, done = clearing.release_sentence(office.compiled(), key, "they agreed in writing", OFFICER)
    assert not done and barred(office) == key
    _, done = clearing.release_sentence(office.compiled(), key, "they agreed in writing", HEAD)
    assert done
    (found,) = [each for each in office.compiled().report.findings if each.key == key]
    assert found.released and not found.stops
    acts = journal.acts(kinds=("sentence.released",))
    assert [(act.actor, act.detail["role"]) for act in acts] == [
        ("aminata", "protection_officer"),
        ("moussa", "representative"),
    ]
    office.edit(("Two survivors", "Three survivors"))
    assert barred(office) != key


@pytest.mark.parametrize(
    "second",
    [
        OFFICER,
        Actor(name="aminata", roles=("protection_officer", "representative")),
        Actor(name="fanta", roles=("protection_officer",)),
        OWNER,
    ],
    ids=["the same person", "the same person with both roles", "another of the same role", "the owner"],
)
def test_one_person_or_one_role_releases_nothing(office: Office, second: Actor) -> None:
    office.edit(("# Achievements", f"# Achievements\n\n{HARMFUL}"))
    key = barred(office)
    clearing.release_sentence(office.compiled(), key, "they agreed", OFFICER)
    with pytest.raises(Refused, match="cannot release"):
        clearing.release_sentence(office.compiled(), key, "they agreed", second)
    assert barred(office) == key and len(list(journal.acts(kinds=("sentence.released",)))) == 1


def test_what_leads_to_a_person_cannot_be_released(office: Office) -> None:
    office.edit(("# Achievements", "# Achievements\n\nThe case 123-12C04567 is closed."))
    with pytest.raises(Refused, match="cannot be released"):
        clearing.release_sentence(office.compiled(), barred(office), "it is closed", OFFICER)
    with pytest.raises(Refused, match="no finding"):
        clearing.release_sentence(office.compiled(), "0123456789", "it is closed", OFFICER)


def test_a_security_event_stops_an_issue_until_its_paragraph_is_cleared(office: Office) -> None:
    office.clear()
    office.edit(("# Achievements", "# Achievements\n\nA car of an aid organisation was looted near the town."))
    compiled = office.compiled()
    clearing.clear_whole(compiled, WORD, OWNER)
    (wanted,) = [each for each in clearing.to_clear(compiled) if "looted" in each.words]
    assert wanted.topic == "security"
    with pytest.raises(Refused, match="security"):
        office.issue()
    clearing.clear_paragraph(compiled, wanted.line, "security", WORD, OWNER)
    assert office.issue().files
