"""`load --check-only` and the real load refuse alike: for the same account the same rows, for the same reasons, whatever the fault.

Every fault that taking in can say has an example here, or stands in `ELSEWHERE` with the reason.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.collect.storage.conftest import KEYED_FORM, OWNER
from tests.collect.storage.conftest import xml as phone
from tests.collect.storage.test_loading import PLACES
from tests.collect.submissions.forms import MONTHLY
from tests.collect.workbooks import by_xlsxwriter, changed
from toguna.access.api import add_account
from toguna.cli.command import main
from toguna.collect import problems
from toguna.collect.loading import load
from toguna.collect.published import publish_form
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.places.api import load_places

WIDE = """
| survey | | | | | | |
| | type | name | label | required | relevant | constraint |
| | integer | n | N | yes | | . >= 0 |
| | decimal | d | D | | | |
| | date | day | Day | | | |
| | dateTime | moment | Moment | | | |
| | time | hour | Hour | | | |
| | acknowledge | agreed | Agreed | | | |
| | geopoint | point | Point | | | |
| | image | photo | Photo | | | |
| | text | words | Words | | | |
| | select_one kind | kind | Kind | | ${n} > 1 | |
| choices | | | | | | |
| | list_name | name | label | | | |
| | kind | a | A | | | |
| settings | | | | | | |
| | form_id | version | | | | |
| | wide | 1 | | | | |
"""
COLUMNS = ("n", "d", "day", "moment", "hour", "agreed", "point", "photo", "words", "kind")
Files = Mapping[str, bytes]


def row(**values: str) -> Files:
    """A sheet of one row of the wide form."""
    given = {"n": "5", **values}
    return {"wide.csv": (",".join(COLUMNS) + "\n" + ",".join(given.get(name, "") for name in COLUMNS)).encode()}


def one(name: str, content: bytes | str) -> Files:
    return {name: content.encode() if isinstance(content, str) else content}


def wide_xml(inner: str = "<n>1</n>", head: str = "", form: str = "wide", version: str = "1", more: str = "") -> Files:
    return one("a.xml", f'{head}<data id="{form}" version="{version}"{more}>{inner}</data>')


def book(*rows: tuple[object, ...]) -> bytes:
    return by_xlsxwriter({"wide": [("n", "d", "day"), *rows]})


#: By fault, the files that have it.
CASES: Mapping[str, Callable[[], Files]] = {
    "value_not_whole": lambda: row(n="1.5"),
    "value_not_a_number": lambda: row(d="many"),
    "value_not_a_date": lambda: row(day="31/02/2016"),
    "value_not_a_moment": lambda: row(moment="noon"),
    "value_not_a_time": lambda: row(hour="25:00"),
    "value_not_a_point": lambda: row(point="here"),
    "value_not_a_file_name": lambda: row(photo="a/b.jpg"),
    "value_too_long": lambda: row(words="x" * 70_000),
    "choice_unknown": lambda: row(kind="z"),
    "value_missing": lambda: one("wide.csv", "n,words\n,x"),
    "value_not_relevant": lambda: row(n="1", kind="a"),
    "constraint_broken": lambda: row(n="-1"),
    "value_too_large": lambda: row(n="9223372036854775807"),
    "questioned": lambda: row(n="10000001"),
    "cell_error": lambda: one("wide.csv", "n,d\n1,#REF!"),
    "formula_without_value": lambda: one(
        "b.xlsx", changed(book((("=1+1", 7), 2, "")), "xl/worksheets/sheet1.xml", r"<v>7</v>", "")
    ),
    "cell_merged": lambda: one("c.xlsx", by_xlsxwriter({"wide": [("n", "d"), (1, 2), (None, 4)]}, {"wide": ["A2:A3"]})),
    "xml_doctype": lambda: wide_xml(head="<!DOCTYPE x []>"),
    "xml_broken": lambda: one("a.xml", '<data id="wide"><n>'),
    "xml_too_deep": lambda: one("a.xml", "<a>" * 400 + "</a>" * 400),
    "form_unknown": lambda: wide_xml(form="nothing"),
    "form_version_unknown": lambda: wide_xml(version="99"),
    "xml_encrypted": lambda: wide_xml(more=' encrypted="yes"'),
    "web_page": lambda: one("a.csv", "<!DOCTYPE html><html><body>log in</body></html>"),
    "spreadsheet_2003": lambda: one(
        "a.xml", '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    ),
    "file_kind_unknown": lambda: one("a.csv", b"\x00\x01\x02\x03" * 50),
    "file_unreadable": lambda: one("a.xlsx", b"PK\x03\x04 no workbook"),
    "sheet_of_no_form": lambda: one("a.csv", "apples,pears\n1,2"),
    "column_unknown": lambda: one("a.csv", "n,d,day,moment,hour,aple\n1,,,,,2"),
    "column_twice": lambda: one("a.csv", "n,d,n\n1,,2"),
    "parent_row_unknown": lambda: one(
        "m.xlsx",
        by_xlsxwriter(
            {
                "monthly": [("_row", "report_date", "place", "activity"), (1, "2016-12-05", "Gao", "wash")],
                "visit": [("_row", "_parent", "day"), (1, 9, "2016-12-06")],
            }
        ),
    ),
    "key_twice": lambda: one(
        "keyed.csv", "report_date,place,activity,women\n2016-12-09,Gao,wash,1\n2016-12-09,Gao,wash,9"
    ),
    "content_conflict": lambda: one("a.xml", phone("uuid:held", women=9)),
    "instance_id_broken": lambda: one("a.xml", phone("x" * 300)),
    "key_held": lambda: one("a.xml", phone("uuid:other", form="keyed", day="2016-12-08", corrects="uuid:keyed")),
    "deprecated_unknown": lambda: one("a.xml", phone("uuid:new", corrects="uuid:nowhere")),
    "deprecated_superseded": lambda: one("a.xml", phone("uuid:third", women=7, corrects="uuid:first")),
    "deprecated_of_other_form": lambda: one("a.xml", phone("uuid:new", corrects="uuid:keyed")),
    "out_of_scope": lambda: one("a.xml", phone("uuid:mine", place="ML05")),
}
#: Faults of taking in that have no example here, and why.
ELSEWHERE: Mapping[str, str] = {
    "value_not_yes_or_no": "no question of a form has this type; properties of entity lists do",
    "xml_too_large": "a file of its size would slow the tests (tests/collect/submissions)",
    "sheet_too_large": "likewise",
    "file_password": "an encrypted workbook is made by no library here (tests/collect/submissions)",
    "overtaken": "said when others write at the same time: a look is alone (test_loading)",
    "rows_ambiguous": "of a correction by a sheet (test_corrections)",
    "rows_of_other_version": "of a correction by a sheet (test_corrections)",
    "merge_unsound": "of a correction by a sheet (test_corrections)",
    "not_loaded": "of --all-or-none (test_loading)",
    "nothing_to_load": "a path at which there is nothing: both doors stop before they read",
    "reason_nameless": "of --reason (test_expectations)",
    "reason_unknown": "of --reason (test_expectations)",
    "preview_outdated": "said by the real load alone, of a look that is no longer true",
    "expectation_broken": "a fault of the operation's table (test_expectations)",
}
#: Not said when filled forms are taken in: of publishing, reviewing, reference tables and verifying.
OTHER_VERBS = (
    *("version_taken", "strictly_confidential", "disk_not_attested", "row_key_unknown"),
    *("reference_columns", "reference_twice", "reference_key_blank", "reference_value", "reference_supersedes"),
    *("instance_unknown", "review_of_superseded", "state_unknown"),
    *("raw_changed", "raw_missing", "submission_changed"),
)


@pytest.fixture
def home(instance: Instance) -> Instance:
    for text, name in ((MONTHLY, "monthly"), (KEYED_FORM, "keyed"), (WIDE, "wide")):
        publish_form(text.encode(), OWNER, name=f"{name}.md")
    load_places(list(csv.DictReader(io.StringIO(PLACES))))
    return instance


def sent(home: Instance, folder: Path, *words: str) -> tuple[int, list[tuple[str, ...]]]:
    """The exit status and every refused row with its reason."""
    report = folder.parent / "report.csv"
    report.unlink(missing_ok=True)
    status = main(["load", str(folder), "--home", str(home.home), "--report", str(report), "--format", "json", *words])
    rows = []
    if report.exists():
        with report.open(encoding="utf-8-sig", newline="") as stream:
            rows = sorted(tuple(line.values()) for line in csv.DictReader(stream))
    return status, rows


@pytest.mark.parametrize("name", CASES)
def test_both_doors_refuse_alike(home: Instance, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "1.xml").write_bytes(phone("uuid:held"))
    (first / "2.xml").write_bytes(phone("uuid:first", women=5))
    (first / "3.xml").write_bytes(phone("uuid:second", women=6, corrects="uuid:first"))
    (first / "4.xml").write_bytes(phone("uuid:keyed", form="keyed", day="2016-12-07"))
    (first / "5.xml").write_bytes(phone("uuid:keyed-too", form="keyed", day="2016-12-08"))
    assert load([first], OWNER).refused == 0
    add_account("gao", ["field_office"], OWNER, scope=["gao"])
    account = {"out_of_scope": ["--as", "gao"], "key_twice": ["--form", "keyed"]}.get(name, [])
    folder = tmp_path / "sent"
    folder.mkdir()
    files = CASES[name]()
    for each, content in files.items():
        (folder / each).write_bytes(content)
    stored = models.Submission.objects.count()
    capsys.readouterr()
    looked = sent(home, folder, "--check-only", *account)
    counts = json.loads(capsys.readouterr().out)
    assert models.Submission.objects.count() == stored, "a look stores nothing"
    taken = sent(home, folder, *account)
    assert (looked, counts) == (taken, json.loads(capsys.readouterr().out))
    assert looked[0] == 1 and f"collect.{name}" in {line[-1] for line in looked[1]}, looked
    assert sent(home, folder, "--check-only", *account)[1] == looked[1], "refused again, not forgotten"


def test_every_fault_of_taking_in_has_an_example() -> None:
    """A new fault is refused by both doors, or it says where that is tested."""
    errors = {name for name, fault in problems.FAULTS.items() if fault.severity == "error"}
    assert {name for name in errors if not name.endswith("_untold")} == {*CASES, *ELSEWHERE, *OTHER_VERBS}
