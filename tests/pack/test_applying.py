"""A pack that changes while its instance runs: compared, tried, brought in whole or not at all, written out, brought in again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.db import connections

from tests.pack.test_new_operation import PACK
from toguna.access.api import acting, add_account
from toguna.cli import main
from toguna.collect.api import forms, reference_rows
from toguna.collect.store.counting import counted
from toguna.figures.api import indicators
from toguna.instance.api import current, open_instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.organisations.api import find_organisation
from toguna.pack.applying import apply_pack, diff_pack
from toguna.pack.consumers import catch_up
from toguna.pack.new import new
from toguna.places.api import all_places
from toguna.revisions.api import head, record, verify


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("savania") / "home"
    new(PACK, home)
    connections.close_all()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    connections.close_all()
    shutil.copytree(made, tmp_path / "home")
    open_instance(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "savania"))


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, fresh in changes:
        assert old in text, old
        text = text.replace(old, fresh)
    path.write_text(text, encoding="utf-8")


def grown(folder: Path) -> None:
    """A new place, an organisation, a word of a form with its new version, an indicator's label, a source, a setting, a text."""
    with (folder / "places.csv").open("a", encoding="utf-8") as file:
        file.write("XS03,west,West,Ouest,1,region,XS,,,,,\n")
    with (folder / "organisations.csv").open("a", encoding="utf-8") as file:
        width = (folder / "organisations.csv").read_text(encoding="utf-8").partition("\n")[0].count(",")
        file.write("sunrise,Sunrise" + "," * (width - 1) + "\n")
    form = folder / "forms" / "monthly_return.md"
    version = next(line for line in form.read_text(encoding="utf-8").splitlines() if "| monthly_return |" in line)
    edit(form, (version, version.replace("2020.1", "2020.2")))
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(
            "census-2020-04,Government of Savania,Extract of April,1,2020-05-10,2020-04-30,refugees,XS,All,register,41300,persons,2020-08-31\n"
        )
    edit(folder / "operation.toml", ('time = "12:00"', 'time = "18:00"'))
    edit(folder / "indicators" / "savania.yaml", ("school meals served", "meals served at school"))
    (folder / "updates").mkdir()
    (folder / "updates" / "2020-04.en.md").write_text("---\n---\n", encoding="utf-8")


def registered() -> int:
    return sum(
        len(rows)
        for _, versions in counted("source_register", 0, journal.head().sequence)
        for one in versions
        for rows in one.rows.values()
    )


def test_the_folder_that_it_was_made_from_brings_nothing(home: Path, folder: Path) -> None:
    before = journal.head().sequence
    done = apply_pack(folder, acting(None))
    assert done.diff.comparison.is_same and done.revision == head() and not done.effects
    assert journal.head().sequence == before


@pytest.mark.slow
def test_what_grew_is_brought_into_every_room_in_one_revision(home: Path, folder: Path) -> None:
    grown(folder)
    before, first = head(), journal.head().sequence
    done = apply_pack(folder, acting(None), why="the west was opened")
    acts = [act.kind for act in journal.acts(first)]
    assert acts.count("pack.recorded") == 1 and {"places.replaced", "organisations.replaced", "form.published"} <= set(
        acts
    )
    assert "XS03" in {place.code for place in all_places()} and find_organisation("sunrise") is not None
    assert [row.key for row in reference_rows("places") if row.key == "XS03"] == ["XS03"]
    assert {form.version for form in forms() if form.form_id == "monthly_return"} == {"2020.1", "2020.2"}
    assert registered() == 2 and "18:00" in current().operation.source
    assert (head().parent, head().why, head().digest) == (before.digest, "the west was opened", done.revision.digest)
    assert done.effects["indicators/savania.yaml"] == "changed=school_meals"
    assert (
        done.effects["sources.csv"] == "rows=1" and done.effects["forms/monthly_return.md"] == "monthly_return=2020.2"
    )
    assert apply_pack(folder, acting(None)).diff.comparison.is_same
    assert not [outcome.error for outcome in catch_up() if outcome.error] and "hygiene_participants" in indicators()
    assert main(["verify", "--home", str(home)]) == 0


def state(home: Path) -> tuple[object, ...]:
    """What must be as it was when nothing was kept."""
    connections.close_all()
    copy = (home / "operation.toml").read_bytes()
    return (journal.head(), head(), copy, current().operation.source, len(all_places()), len(forms()), registered())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: edit(folder / "indicators" / "savania.yaml", ("measure:", "mesure:")),
        lambda folder: edit(folder / "forms" / "monthly_return.md", ("2020.2", "2020.1"), ("Women", "Ladies")),
        lambda folder: edit(folder / "sources.csv", ("census-2020-04", "Census 2020 04")),
        lambda folder: edit(folder / "operation.toml", ('place = "XS"', "place = 3")),
        lambda folder: (folder / "link.csv").symlink_to("places.csv"),
    ],
    ids=["an indicator", "a form of a published version", "a source", "a setting", "a link"],
)
def test_one_fault_anywhere_and_nothing_is_kept(home: Path, folder: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    grown(folder)
    spoil(folder)
    before = state(home)
    for commits in (True, False):
        with pytest.raises(Refused):
            apply_pack(folder, acting(None), commits=commits)
        assert state(home) == before and verify() == ()


def test_a_trial_keeps_nothing_and_says_what_would_be(home: Path, folder: Path) -> None:
    grown(folder)
    before = state(home)
    done = apply_pack(folder, acting(None), commits=False)
    assert "places.csv" in done.diff.comparison.changed and done.effects["places.csv"] == "rows=1"
    assert state(home) == before and verify() == ()


def test_files_that_the_folder_lacks_stay_unless_all_is_replaced(home: Path, folder: Path) -> None:
    (folder / "agreements.csv").unlink()
    assert diff_pack(folder).comparison.gone == ("agreements.csv",)
    apply_pack(folder, acting(None))
    assert "agreements.csv" in head().files
    with pytest.raises(Refused, match="agreements"):
        apply_pack(folder, acting(None), replace_all=True)
    yaml = folder / "indicators" / "savania.yaml"
    kept = [line for line in yaml.read_text(encoding="utf-8").splitlines() if "expected:" not in line]
    yaml.write_text("\n".join(kept), encoding="utf-8")
    assert apply_pack(folder, acting(None), replace_all=True).effects == {
        "agreements.csv": "rows=1",
        "indicators/savania.yaml": "changed=hygiene_participants",
    }
    assert "agreements.csv" not in head().files and all(row.seq_to for row in reference_rows("agreements"))
    assert verify() == ()


def test_a_pack_changed_since_it_was_exported_is_refused(home: Path, folder: Path) -> None:
    exported = head().digest
    record({"glossary.csv": b"term\n"}, acting(None))
    edit(folder / "operation.toml", ('time = "12:00"', 'time = "18:00"'))
    with pytest.raises(Refused, match="changed_meanwhile"):
        apply_pack(folder, acting(None), base=exported)
    assert "12:00" in current().operation.source and verify() == ()
    apply_pack(folder, acting(None), base=head().digest)


def test_who_may_not_is_refused(home: Path, folder: Path) -> None:
    add_account("awa", ["reporting_officer"], acting(None))
    add_account("moussa", ["data_manager"], acting(None))
    edit(folder / "operation.toml", ('time = "12:00"', 'time = "18:00"'))
    with pytest.raises(Refused, match="not_permitted"):
        apply_pack(folder, acting("awa"))
    apply_pack(folder, acting("moussa"))
    with (folder / "places.csv").open("a", encoding="utf-8") as file:
        file.write("XS03,west,West,Ouest,1,region,XS,,,,,\n")
    before = state(home)
    with pytest.raises(Refused, match="not_permitted"):
        apply_pack(folder, acting("moussa"))
    assert state(home) == before


def test_what_is_exported_is_the_folder_byte_for_byte_and_changes_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, at = tmp_path / "out", ["--home", str(home)]
    assert main(["pack", "export", str(out), *at]) == 0
    files = {path.relative_to(PACK): path.read_bytes() for path in PACK.rglob("*") if path.is_file()}
    assert {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} == files
    assert main(["pack", "export", str(out), *at]) == 2 and "not empty" in capsys.readouterr().err
    assert main(["pack", "diff", str(out), *at]) == 0
    assert main(["pack", "apply", str(out), *at]) == 0
    assert "Nothing to change" in capsys.readouterr().out


def test_the_command_says_each_file_and_the_history_who_and_why(
    home: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, first = ["--home", str(home)], head().digest
    (folder / "agreements.csv").unlink()
    edit(folder / "operation.toml", ('time = "12:00"', 'time = "18:00"'))
    assert main(["pack", "diff", str(folder), *at, "--format", "json"]) == 0
    assert {row["file"]: row["state"] for row in json.loads(capsys.readouterr().out)} == {
        "agreements.csv": "not in the folder: stays", "operation.toml": "changed",
    }  # fmt: skip
    assert main(["pack", "apply", str(folder), "--check-only", *at]) == 0
    assert "Nothing was kept" in capsys.readouterr().out and head().digest == first
    assert main(["pack", "apply", str(folder), "--why", "later hours", *at]) == 0
    assert "Applied: 1 files changed" in capsys.readouterr().out
    assert main(["pack", "history", "operation.toml", *at, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["actor"], row["state"], row["why"]) for row in rows] == [
        ("owner", "changed", "later hours"),
        ("owner", "new", ""),
    ]
    assert main(["pack", "export", str(tmp_path / "then"), "--revision", first[:12], *at]) == 0
    assert (tmp_path / "then" / "operation.toml").read_bytes() == (PACK / "operation.toml").read_bytes()
    assert main(["pack", "apply", str(tmp_path / "nowhere"), *at]) == 2
    assert "no folder" in capsys.readouterr().err
