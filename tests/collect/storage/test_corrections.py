"""A correction never removes in silence (issue 9, section 3): a file adds and corrects the rows that it names; the others stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.collect.storage.conftest import OWNER, ids
from tests.collect.storage.test_loading import PLACES
from tests.collect.storage.test_receiving import kinds
from toguna.access.api import Actor
from toguna.cli.command import main
from toguna.collect.arrivals import Folders, Options, Received
from toguna.collect.loading import Preview, load, preview, take
from toguna.collect.published import publish_form
from toguna.collect.seen import submission_as_seen
from toguna.collect.store import models
from toguna.collect.store.counting import counted
from toguna.instance.api import Instance
from toguna.journal.api import head
from toguna.kernel.api import Refused
from toguna.places.api import load_places

RETURN = """
| survey | | | | | | | |
| | type | name | label | required | relevant | constraint | calculation |
| | text | organisation | Organisation | yes | | | |
| | date | month | Month | yes | | | |
| | select_one yes_no | nil | Nil | yes | | | |
| | text | narrative | Narrative | | | | |
| | calculate | attended | | | | | sum(${women}) |
| | begin_repeat | result | Results | | ${nil} = 'no' | | |
| | select_one activity | activity | Activity | yes | | | |
| | select_one_from_file places.csv | place | Place | yes | | | |
| | integer | women | Women | | | . >= 0 | |
| | integer | men | Men | | | . >= 0 | |
| | select_one yes_no | none | None | | | | |
| | end_repeat | | | | | | |
| | begin_repeat | photo | Photos | | | | |
| | text | caption | Caption | | | | |
| | end_repeat | | | | | | |
| choices | | | |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | activity | prenatal | Prenatal |
| | activity | birth | Birth |
| | activity | hygiene | Hygiene |
| settings | | | |
| | form_id | version | tg:key |
| | ret | 1 | organisation month |
"""
#: Fifteen places of three activities: the return of 45 rows.
VILLAGES = [f"ML07{number:02}" for number in range(15)]
ACTIVITIES = ("prenatal", "birth", "hygiene")
Line = Mapping[str, object]


@pytest.fixture
def home(instance: Instance) -> Instance:
    rows = list(csv.DictReader(io.StringIO(PLACES)))
    villages = [{**rows[1], "pcode": code, "slug": code.lower(), "name_en": code, "name_fr": code} for code in VILLAGES]
    load_places([*rows, *({**row, "level": "2", "kind": "circle", "parent": "ML07"} for row in villages)])
    publish_form(RETURN.encode(), OWNER, name="ret.md")
    return instance


def whole() -> list[dict[str, object]]:
    return [
        {"activity": activity, "place": place, "women": number + 1, "men": 2}
        for number, (activity, place) in enumerate((a, p) for a in ACTIVITIES for p in VILLAGES)
    ]


def book(lines: Sequence[Line], photos: Sequence[Line] = (), **header: object) -> bytes:
    """A workbook as a partner sends it."""
    stream = io.BytesIO()
    main_row = {"organisation": "stop", "month": "2016-12-01", "nil": "no"} | header
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as written:
        for name, rows in (("ret", [main_row]), ("result", lines), ("photo", photos)):
            if not rows:
                continue
            sheet = written.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows, 1):
                for place, column in enumerate(columns):
                    if row.get(column) is not None:
                        sheet.write(at, place, row[column])
    return stream.getvalue()


def look(*contents: bytes, actor: Actor = OWNER, replaces: bool = False) -> Preview:
    received = [Received(name=f"{n}.xlsx", content=content, actor=actor) for n, content in enumerate(contents)]
    return preview(received, actor, Options(replaces=replaces))


def now() -> dict[tuple[str, str], tuple[Any, Any]]:
    """Women and men by activity and place, as they count now."""
    found = [
        version for _, versions in counted("ret", 0, head().sequence) for version in versions if version.seq_to is None
    ]
    return {
        (row["activity"], row["place"]): (row.get("women"), row.get("men"))
        for one in found
        for row in one.rows.get("result", ())
    }


def newest() -> models.Submission:
    return models.Submission.objects.get(superseded=None)


def test_a_file_of_five_rows_changes_those_five_and_no_other_of_forty_five(home: Instance) -> None:
    take(look(book(whole(), narrative="Much was done.")))
    before = now()
    assert len(before) == 45
    five = [{**row, "women": 100} for row in whole()[10:15]]
    seen = look(book(five))
    [correction] = seen.receipt.corrections
    assert [correction.count(kind) for kind in ("new", "changed", "unchanged", "gone")] == [0, 5, 1, 40]
    assert ids(seen.receipt.problems) == ["collect.rows_stay"]
    assert models.Submission.objects.count() == 1
    assert take(seen) == seen.receipt
    after = now()
    named = {(row["activity"], row["place"]) for row in five}
    assert {key for key in after if after[key] != before[key]} == named
    assert all(after[key] == (100, 2) for key in named)


def test_the_new_version_says_of_each_row_from_which_version_it_stands(home: Instance) -> None:
    take(look(book(whole(), narrative="Much was done.")))
    first = newest()
    take(look(book([{**whole()[0], "women": 100}])))
    second = newest()
    take(look(book([{**whole()[1], "women": 200}, {"activity": "birth", "place": "ML05", "women": 3}])))
    seen = submission_as_seen(newest().instance_id, OWNER, "audit")
    since = [row.get("_since") for row in seen.rows["result"]]
    assert since[:3] == [second.instance_id, None, first.instance_id]
    assert (set(since[2:45]), since[45]) == ({first.instance_id}, None)
    assert seen.rows[""][0]["narrative"] == "Much was done."
    assert seen.rows[""][0]["attended"] == str(sum(range(1, 46)) + 99 + 198 + 3)
    assert (seen.version, newest().lineage) == (3, first.lineage)
    sent = home.files.get(newest().raw_sha256)
    assert sent.count(b"activity") == 2, "the bytes are the file's, not the merge's"


def test_rows_that_the_file_does_not_have_go_with_replace_alone(home: Instance) -> None:
    take(look(book(whole())))
    five = book(whole()[:5])
    kept = look(five)
    assert (kept.receipt.received, len(kept.receipt.duplicates), ids(kept.receipt.problems)) == ((), 1, [])
    take(kept)
    assert len(now()) == 45
    seen = look(five, replaces=True)
    assert ids(seen.receipt.problems) == ["collect.rows_removed"]
    assert "hygiene, ML0714" not in now() or len(now()) == 45
    take(seen)
    assert len(now()) == 5
    again = look(five, replaces=True)
    assert (again.receipt.received, len(again.receipt.duplicates)) == ((), 1)
    take(look(book(whole()), replaces=True))
    assert len(now()) == 45, "an older version is taken again where that is asked"


def test_a_confirmed_preview_that_removes_is_refused_when_something_changed_since(home: Instance) -> None:
    take(look(book(whole())))
    seen = look(book(whole()[:5]), replaces=True)
    take(look(book([{**whole()[44], "men": 9}])))
    with pytest.raises(Refused) as refusal:
        take(seen)
    assert ids(refusal.value.problems) == ["collect.preview_outdated"]
    assert len(now()) == 45


def test_what_changes_nothing_writes_nothing(home: Instance) -> None:
    take(look(book(whole())))
    acts = kinds()
    receipt = take(look(book([whole()[3], whole()[7]])))
    assert (receipt.received, len(receipt.duplicates), receipt.corrections) == ((), 1, ())
    assert kinds() == acts


def test_answers_left_blank_are_told_and_questions_not_asked_stay(home: Instance) -> None:
    take(look(book(whole(), narrative="Much.")))
    row = whole()[0]
    seen = look(book([{"activity": row["activity"], "place": row["place"], "women": 8}]))
    assert ids(seen.receipt.problems) == ["collect.rows_stay"]
    take(seen)
    assert now()["prenatal", "ML0700"] == (8, 2)
    second = whole()[1]
    seen = look(book([{**row, "women": 9}, {**second, "women": None}]))
    told = {problem.id: problem for problem in seen.receipt.problems}
    assert "women" in told["collect.answers_emptied"].what("fr")
    take(seen)
    assert now()["prenatal", "ML0701"] == (None, 2)


def test_a_nil_return_after_a_return_with_rows_is_refused_unless_it_replaces(home: Instance) -> None:
    take(look(book(whole())))
    nil = book([], nil="yes")
    assert ids(look(nil).receipt.problems)[0] == "collect.merge_unsound"
    assert take(look(nil)).refused == 1
    assert len(now()) == 45
    take(look(nil, replaces=True))
    assert now() == {}


def test_rows_without_a_row_key_are_added_or_asked_about_never_guessed(home: Instance) -> None:
    take(look(book(whole(), photos=[{"caption": "a"}, {"caption": "b"}])))
    added = look(book(whole(), photos=[{"caption": "a"}, {"caption": "b"}, {"caption": "c"}]))
    assert added.receipt.refused == 0
    take(added)
    seen = look(book(whole(), photos=[{"caption": "a"}, {"caption": "x"}]))
    assert ids(seen.receipt.problems) == ["collect.rows_ambiguous"]
    assert look(book(whole(), photos=[{"caption": "a"}, {"caption": "x"}]), replaces=True).receipt.refused == 0


def test_two_rows_of_one_key_are_corrected_together_or_not_at_all(home: Instance) -> None:
    twice = [{"activity": "birth", "place": "ML07", "women": women} for women in (1, 2)]
    take(look(book(twice)))
    assert ids(look(book([{**twice[0], "women": 5}])).receipt.problems) == ["collect.rows_ambiguous"]
    both = look(book([{**twice[0], "women": 5}, {**twice[1], "women": 6}]))
    assert [both.receipt.corrections[0].count(kind) for kind in ("changed", "gone")] == [2, 0]


def test_the_form_says_which_questions_tell_its_rows_apart(home: Instance) -> None:
    keyed = RETURN.replace(
        "| ret | 1 | organisation month |", "| ret | 2 | organisation month | result: activity; photo: caption |"
    )
    keyed = keyed.replace("| form_id | version | tg:key |", "| form_id | version | tg:key | tg:rows |")
    publish_form(keyed.encode(), OWNER, name="ret.md")
    take(look(book([{"activity": "birth", "place": "ML07", "women": 1}])))
    take(look(book([{"activity": "birth", "place": "ML05", "women": 1}])))
    assert set(now()) == {("birth", "ML05")}
    for wrong in ("result: activty", "results: activity", "result:"):
        with pytest.raises(Refused) as refusal:
            publish_form(keyed.replace("| ret | 2 |", "| ret | 3 |").replace("result: activity", wrong).encode(), OWNER)
        assert ids(refusal.value.problems) == ["collect.row_key_unknown"]


def test_an_edit_from_a_phone_replaces_whole(home: Instance, tmp_path: Path) -> None:
    xml = (
        '<data id="ret" version="1"><organisation>stop</organisation><month>2016-12-01</month><nil>no</nil>{rows}'
        "<meta><instanceID>{own}</instanceID>{old}</meta></data>"
    )
    row = "<result><activity>{}</activity><place>ML07</place><women>4</women></result>"
    (tmp_path / "1.xml").write_text(xml.format(rows=row.format("birth") + row.format("prenatal"), own="uuid:1", old=""))
    (tmp_path / "2.xml").write_text(
        xml.format(rows=row.format("birth"), own="uuid:2", old="<deprecatedID>uuid:1</deprecatedID>")
    )
    load([tmp_path], OWNER)
    assert set(now()) == {("birth", "ML07")}


def test_who_acts_for_one_organisation_does_not_correct_anothers_submission(home: Instance) -> None:
    take(look(book([{"activity": "birth", "place": "ML05", "women": 1}])))
    gao = Actor(name="gao-office", roles=("field_office",), places=("ML07",))
    theirs = book([{"activity": "birth", "place": "ML07", "women": 9}])
    seen = look(theirs, actor=gao)
    assert ids(seen.receipt.problems)[-1] == "collect.out_of_scope"
    assert take(seen).refused == 1
    assert now() == {("birth", "ML05"): (1, None)}


def test_an_earlier_instant_still_shows_what_was_known_then(home: Instance) -> None:
    take(look(book(whole())))
    then = head().sequence
    take(look(book([{**whole()[0], "women": 100}])))
    [(_, versions)] = list(counted("ret", 0, then))
    assert [one.seq_to for one in versions] == [None]
    assert versions[0].rows["result"][0]["women"] == 1


def test_the_verb_shows_what_a_file_changes_before_it_writes(
    home: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_first, file = tmp_path / "first.xlsx", tmp_path / "five.xlsx"
    load_first.write_bytes(book(whole()))
    file.write_bytes(book([{**row, "women": 100} for row in whole()[:5]]))
    words = ["--home", str(home.home), "--language", "fr"]
    assert main(["load", str(load_first), *words]) == 0
    capsys.readouterr()
    assert main(["load", str(file), "--check-only", *words]) == 0
    told = capsys.readouterr()
    assert "5 changées, 1 inchangée, 40 absentes du fichier" in told.err
    assert "changée result: prenatal, ML0700, (women)".replace(", (", " (") in told.err
    assert "rien n'a été écrit" in told.out
    assert models.Submission.objects.count() == 1
    assert main(["load", str(file), *words]) == 0
    assert len(now()) == 45
    assert main(["load", str(file), "--replace", *words]) == 0
    assert len(now()) == 5


def test_a_check_refuses_what_the_load_refuses_for_the_same_account(home: Instance, tmp_path: Path) -> None:
    file = tmp_path / "december.xlsx"
    file.write_bytes(book([{"activity": "birth", "place": "ML05", "women": 1}]))
    gao = Actor(name="gao-office", roles=("field_office",), places=("ML07",))
    seen = preview(Folders(paths=[file], actor=gao), gao)
    assert seen.receipt == take(seen)
    assert seen.receipt.refused == 1
    reader = Actor(name="reader", roles=("reader",))
    with pytest.raises(Refused):
        preview(Folders(paths=[file], actor=reader), reader)
