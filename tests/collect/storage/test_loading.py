"""Files as partners and phones send them: what a load takes in, what it tells, and that running it again changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.collect.forms.test_template import fill
from tests.collect.storage.conftest import OWNER, ids, take, xml
from tests.collect.storage.test_receiving import kinds
from tests.collect.submissions.forms import LAST_YEAR, MONTHLY
from toguna.access.api import Actor
from toguna.cli.command import main
from toguna.collect.arrivals import Folders, Options
from toguna.collect.core.forms.template import write_template
from toguna.collect.lists import lists_of
from toguna.collect.loading import load, preview
from toguna.collect.published import publish_form, schema_of
from toguna.collect.quarantine import quarantined
from toguna.collect.reviewing import review
from toguna.collect.store import models
from toguna.collect.store.counting import counted
from toguna.instance.api import Instance
from toguna.journal.api import head
from toguna.kernel.api import Refused
from toguna.places.api import load_places

PLACES = """pcode,slug,name_en,name_fr,level,kind,parent,valid_from,valid_to,aliases,lat,lon
ML,mali,Mali,Mali,0,country,,,,,,
ML07,gao,Gao,Gao,1,region,ML,,,,,
ML05,mopti,Mopti,Mopti,1,region,ML,,,,,
ML06,timbuktu,Timbuktu,Tombouctou,1,region,ML,,,Toumbouctou,,
"""
HEADER = "report_date,place,activity,women,men,amount"


@pytest.fixture
def home(published: Instance) -> Instance:
    load_places(list(csv.DictReader(io.StringIO(PLACES))))
    return published


def rows(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def test_a_folder_is_loaded_whatever_the_order_of_its_files(home: Instance, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    (folder / "b").mkdir(parents=True)
    (folder / "a-correction.xml").write_bytes(xml("uuid:2", women=5, corrects="uuid:1"))
    (folder / "b" / "original.xml").write_bytes(xml("uuid:1"))
    (folder / "rows.csv").write_bytes(rows("2016-12-05,Gao,cash,3,4,10", "05/12/2016,Toumbouctou,wash,1,1,"))
    (folder / "notes.docx").write_bytes(b"not ours")
    receipt = load([folder], OWNER)
    assert (len(receipt.received), receipt.corrected, receipt.refused) == (4, ("uuid:1",), 0)
    again = load([folder], OWNER)
    assert (len(again.received), len(again.duplicates), again.refused) == (0, 4, 0)
    assert kinds().count("submission.received") == 4


def test_a_correction_loaded_last_week_is_taken_in_when_its_original_comes(home: Instance, tmp_path: Path) -> None:
    (tmp_path / "late.xml").write_bytes(xml("uuid:2", women=5, corrects="uuid:1"))
    assert ids(load([tmp_path / "late.xml"], OWNER).problems) == ["collect.deprecated_unknown"]
    (tmp_path / "first.xml").write_bytes(xml("uuid:1"))
    assert load([tmp_path / "first.xml"], OWNER).corrected == ("uuid:1",)
    assert list(quarantined()) == []


def test_bad_rows_are_listed_and_good_ones_taken(home: Instance, tmp_path: Path) -> None:
    sheet = tmp_path / "december.csv"
    sheet.write_bytes(
        rows(
            "2016-12-05,Gao,cash,3,4,10",
            "31/02/2016,Gao,cash,3,4,10",
            "2016-12-05,Tomboctou,cash,-3,4,10",
            "=1+1,Gao,cash,1,1,1",
        )
    )
    report = tmp_path / "report.csv"
    assert main(["load", str(sheet), "--home", str(home.home), "--report", str(report)]) == 1
    told = list(csv.DictReader(report.read_text("utf-8-sig").splitlines()))
    assert [(row["row"], row["column"], row["value"]) for row in told] == [
        ("3", "report_date", "31/02/2016"),
        ("4", "place", "Tomboctou"),
        ("4", "women", "-3"),
        ("5", "report_date", "'=1+1"),
    ]
    assert "ML06 Timbuktu" in told[1]["reason"]
    assert models.Submission.objects.count() == 1
    assert [held.row for held in quarantined()] == [3, 4, 5]
    assert b"31/02/2016" in next(quarantined()).raw


def test_all_or_none_and_check_only_take_nothing(home: Instance, tmp_path: Path) -> None:
    sheet = tmp_path / "december.csv"
    sheet.write_bytes(rows("2016-12-05,Gao,cash,3,4,10", "31/02/2016,Gao,cash,3,4,10"))
    for option in ("--all-or-none", "--check-only"):
        assert main(["load", str(sheet), "--home", str(home.home), option]) == 1
        assert models.Submission.objects.count() == 0


def test_the_whole_file_of_a_row_is_kept(home: Instance, tmp_path: Path) -> None:
    sheet = tmp_path / "december.csv"
    sheet.write_bytes(rows("2016-12-05,Gao,cash,3,4,10"))
    load([sheet], OWNER)
    row = models.Submission.objects.get()
    assert home.files.get(row.source_sha256) == sheet.read_bytes()
    assert row.source_row == 2


def test_photos_beside_a_filled_form_are_kept_with_it_and_carried_forward(home: Instance, tmp_path: Path) -> None:
    publish_form(PHOTO.encode(), OWNER, name="photo.md")
    photo = b"\xff\xd8 a photo"
    (tmp_path / "p.jpg").write_bytes(photo)
    text = '<data id="photo" version="1"><on>2016-12-05</on><picture>%s</picture><meta><instanceID>%s</instanceID>%s</meta></data>'
    (tmp_path / "1.xml").write_text(text % ("p.jpg", "uuid:1", ""))
    (tmp_path / "2.xml").write_text(text % ("p.jpg", "uuid:2", "<deprecatedID>uuid:1</deprecatedID>"))
    (tmp_path / "3.xml").write_text(text % ("q.jpg", "uuid:3", ""))
    load([tmp_path / "1.xml"], OWNER)
    (tmp_path / "p.jpg").unlink()
    load([tmp_path], OWNER)
    kept = dict(models.Attachment.objects.values_list("submission__instance_id", "sha256"))
    assert home.files.get(kept["uuid:1"]) == photo
    assert kept["uuid:2"] == kept["uuid:1"]
    assert kept["uuid:3"] == ""
    (tmp_path / "q.jpg").write_bytes(photo)
    load([tmp_path / "3.xml"], OWNER)
    assert models.Attachment.objects.get(submission__instance_id="uuid:3").sha256 == kept["uuid:1"]
    assert kinds()[-1] == "attachment.received"


PHOTO = """
| survey | | | |
| | type | name | label |
| | date | on | Day |
| | image | picture | Picture |
| settings | | | |
| | form_id | version | |
| | photo | 1 | |
"""


def test_last_years_template_is_loaded_beside_this_years(home: Instance, tmp_path: Path) -> None:
    publish_form(LAST_YEAR.encode(), OWNER, name="monthly.md")
    old = schema_of("monthly", "2015")
    template = write_template(old, lists_of(old, "fr"), "fr")
    row = {
        "Date du rapport": "05/12/2015",
        "Lieu": "ML06 Tombouctou",
        "Activité": "Espèces",
        "Masculins": 4,
        "Femmes": 1,
    }
    (tmp_path / "old.xlsx").write_bytes(fill(template, {"monthly": [row]}))
    receipt = load([tmp_path / "old.xlsx"], OWNER)
    assert receipt.refused == 0
    [(_, [one])] = list(counted("monthly", 0, head().sequence))
    assert (one.form_version, one.rows[""][0]["males"], one.rows[""][0]["place"]) == ("2015", 4, "ML06")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("cut.xml", xml("uuid:1")[:-30], "collect.xml_broken"),
        ("doctype.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml("uuid:1"), "collect.xml_doctype"),
        ("other.xml", xml("uuid:1", form="montly"), "collect.form_unknown"),
        ("version.xml", xml("uuid:1").replace(b'version="2016"', b'version="1999"'), "collect.form_version_unknown"),
        ("photo.jpg", b"\xff\xd8\xff", "collect.file_kind_unknown"),
        ("strange.csv", b"a,b\n1,2\n", "collect.sheet_of_no_form"),
        ("broken.xlsx", b"PK\x03\x04nothing", "collect.file_unreadable"),
    ],
)
def test_a_bad_file_is_kept_whole_with_its_reason(
    home: Instance, tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.xml").write_bytes(xml("uuid:good"))
    receipt = load([tmp_path / name, tmp_path / "good.xml"], OWNER)
    assert receipt.received == ("uuid:good",)
    assert ids(receipt.problems) == [fault]
    [held] = quarantined()
    assert (held.raw, held.name, held.problems[0]["id"]) == (content, name, fault)


def test_nothing_at_a_path_and_a_form_unknown_are_refused(home: Instance, tmp_path: Path) -> None:
    for paths, form in (([tmp_path / "none"], None), ([tmp_path], "montly")):
        with pytest.raises(Refused):
            load(paths, OWNER, form_id=form)
    assert "monthly" in main_error(["load", str(tmp_path), "--form", "montly", "--home", str(home.home)])


def main_error(words: list[str]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        told = io.StringIO()
        patch.setattr("sys.stderr", told)
        (Path(words[1]) / "x.xml").write_bytes(xml("uuid:1"))
        assert main(words) == 2
    return told.getvalue()


def test_the_verb_reviews_and_tells_what_it_cannot(home: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    take(xml("uuid:a"), xml("uuid:b", 4, corrects="uuid:a"))
    common = ["--home", str(home.home), "--state", "rejected"]
    assert main(["review", "uuid:b", "--reason", "wrong_value", "--comment", "Autre mois.", *common]) == 0
    assert main(["review", "uuid:a", "uuid:x", "--reason", "other", *common]) == 2
    assert main(["review", "uuid:b", "--reason", "because", *common]) == 2
    told = capsys.readouterr().err
    assert "uuid:b" in told
    assert "uuid:x" in told
    assert "wrong_value" in told


def test_a_form_is_published_once_and_refused_when_it_may_not_be(instance: Instance, tmp_path: Path) -> None:
    assert publish_form(MONTHLY.encode(), OWNER).is_new
    assert not publish_form(MONTHLY.encode(), OWNER).is_new
    assert kinds() == []
    strict = PHOTO.replace("| label |", "| label | bind::tg:sensitivity |").replace(
        "| Day |", "| Day | strictly_confidential |"
    )
    with pytest.raises(Refused) as refusal:
        publish_form(strict.encode(), OWNER)
    assert "sealing" in refusal.value.problems[0].what()
    with pytest.raises(Refused) as refusal:
        publish_form(MONTHLY.replace("| Women |", "| Ladies |").encode(), OWNER)
    assert ids(refusal.value.problems) == ["forms.version_taken"]


@pytest.mark.parametrize("form", ["monthly", "keyed"])
def test_a_check_tells_what_a_load_would_tell(home: Instance, tmp_path: Path, form: str) -> None:
    sheet = tmp_path / "december.csv"
    lines = [
        "2016-12-05,Gao,cash,3,4,10",
        "05/12/2016,gao,cash,3,4,10",
        "2016-12-05,Gao,cash,9,4,10",
        "2016-12-06,x,cash,1,1,1",
    ]
    sheet.write_bytes(rows(*lines))
    seen = preview(Folders(paths=[sheet], actor=OWNER), OWNER, Options(form_id=form))
    assert models.Submission.objects.count() == 0
    assert load([sheet], OWNER, form_id=form) == seen.receipt
    assert seen.receipt.refused == (2 if form == "keyed" else 1)


def test_a_partner_sends_and_a_field_office_reviews_its_own_alone(home: Instance, tmp_path: Path) -> None:
    sheet = tmp_path / "december.csv"
    sheet.write_bytes(rows("2016-12-05,Gao,cash,3,4,10", "2016-12-05,Mopti,cash,3,4,10"))
    gao = Actor(name="gao-office", roles=("field_office",), places=("ML07",))
    receipt = load([sheet], gao)
    assert (len(receipt.received), ids(receipt.problems)) == (1, ["collect.out_of_scope"])
    load([sheet], OWNER)
    mopti = models.Submission.objects.get(source_row=3)
    with pytest.raises(Refused) as refusal:
        review([mopti.instance_id], "approved", "other", gao)
    assert ids(refusal.value.problems) == ["collect.out_of_scope"]
    assert review([receipt.received[0]], "approved", "other", gao) == 1
    with pytest.raises(Refused):
        load([sheet], Actor(name="r", roles=("reader",)))


def test_the_template_of_a_published_form_offers_the_instances_places(home: Instance, tmp_path: Path) -> None:
    words = ["forms", "template", "monthly", "--language", "fr", "--home", str(home.home), "-o", str(tmp_path)]
    assert main(words) == 0
    listed = [cell.value for cell in openpyxl.load_workbook(tmp_path / "monthly.xlsx")["_lists"]["A"]]
    assert listed == ["places", "ML Mali", "ML05 Mopti", "ML06 Tombouctou", "ML07 Gao"]
    assert main([*words[:2], "montly", *words[3:]]) == 2


RULED = """
| survey | | | | | |
| | type | name | label | constraint | calculation |
| | text | x | X | pulldata('a', 'b', 'c', .) = 1 | |
| | text | pattern | Pattern | | |
| | text | y | Y | regex(., ${pattern}) | |
| | date | born | Born | | |
| | calculate | month | | | format-date(${born}, '%b %Y') |
| settings | | | | | |
| | form_id | version | | | |
| | ruled | 1 | | | |
"""


def test_a_load_says_which_rules_it_did_not_check_and_no_rule_stops_it(home: Instance, tmp_path: Path) -> None:
    published = publish_form(RULED.encode(), OWNER, name="ruled.md")
    assert [problem.id for problem in published.problems] == ["collect.rule_not_checked"]
    (tmp_path / "ruled.csv").write_text("x,pattern,y,born\na,[a-z,b,2024-05-02\nb,[a-z],b,\nc,[a-z],9,\n")
    (tmp_path / "good.xml").write_bytes(xml("uuid:1"))
    receipt = load([tmp_path], OWNER)
    assert (len(receipt.received), receipt.refused) == (3, 1)
    told = [problem.what() for problem in receipt.problems if problem.id == "collect.rule_not_checked"]
    assert len(told) == 2 and "pulldata()" in told[0] and "some of these answers" in told[1]
    assert [problem.id for problem in receipt.problems if problem.is_error] == ["collect.constraint_broken"]
