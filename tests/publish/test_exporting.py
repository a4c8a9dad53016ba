"""A readable copy of what was issued: whole or not at all, nothing that readers do not get, modes that a web server can read."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.publish.test_editions import OWNER, Office
from toguna.access.api import Actor
from toguna.cli import main
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.publish.editions import folder_of, withdraw
from toguna.publish.exporting import LIST, export_published


@pytest.fixture
def office(tmp_path: Path, instance: Instance) -> Office:
    made = Office(tmp_path)
    made.clear()
    return made


def modes(folder: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (folder, *folder.rglob("*"))}


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id.removeprefix("publish.") for problem in refused.value.problems]


def test_editions_are_written_readable_and_a_withdrawn_one_goes(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = office.issue()
    second = office.issue(nature="restated", reason="Gao's list came late.")
    public, before = tmp_path / "web" / "public", journal.head().sequence
    exported = export_published(public, OWNER)
    assert exported.editions == (first.edition, second.edition)
    assert modes(public) == {(True, 0o755), (False, 0o644)}
    assert exported.files == sum(path.is_file() for path in public.rglob("*"))
    names = {str(path.relative_to(public / first.edition)) for path in (public / first.edition).rglob("*")}
    assert {"update.pdf", "update.html", "update.docx", "figures.csv"} <= names
    assert not {"source.md", "around.json"} & names and not any(name.startswith("photos") for name in names)
    assert (public / first.edition / "update.pdf").read_bytes() == (first.folder / "update.pdf").read_bytes()
    listed = json.loads((public / LIST).read_text(encoding="utf-8"))
    assert [(one["edition"], one["state"]) for one in listed] == [
        (first.edition, "superseded"),
        (second.edition, "issued"),
    ]
    withdraw(first.edition, "asked by a person", OWNER)
    assert main(["published", "export", str(public), "--home", str(folder_of("x").parents[1])]) == 0
    assert "readable for everybody" in capsys.readouterr().out
    assert sorted(path.name for path in public.iterdir()) == sorted([second.edition, LIST])
    assert [path.name for path in public.parent.iterdir()] == ["public"], "nothing is left beside it"
    assert [act.kind for act in journal.acts(after=before)] == [
        "edition.exported",
        "edition.withdrawn",
        "edition.exported",
    ]


def test_what_cannot_be_exported_is_told_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    public = tmp_path / "public"
    with pytest.raises(Refused) as refused:
        export_published(public, OWNER)
    assert ids(refused) == ["export_nothing"]
    edition = office.issue()
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine", encoding="utf-8")
    head = journal.head()
    for folder in (taken, taken / "thesis.txt"):
        with pytest.raises(Refused) as refused:
            export_published(folder, OWNER)
        assert ids(refused) == ["export_taken"]
    for inside in (folder_of("x").parents[1], folder_of("x").parents[1] / "web"):
        with pytest.raises(Refused) as refused:
            export_published(inside, OWNER)
        assert ids(refused) == ["export_inside"]
    with pytest.raises(Refused, match="not_permitted"):
        export_published(public, Actor(name="x", roles=("reader",)))
    (edition.folder / "figures.csv").write_text("forged", encoding="utf-8")
    (edition.folder / "update.pdf").unlink()
    with pytest.raises(Refused) as refused:
        export_published(public, OWNER)
    assert sorted(ids(refused)) == ["edition_file_altered", "edition_file_missing"]
    assert not public.exists() and (taken / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert journal.head() == head
