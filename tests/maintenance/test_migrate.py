"""An instance of commit 9907250 brought forward: once, wholly, and whole again after a kill at any moment. On both engines."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from toguna.cli import main
from toguna.instance.api import FileStore, configure, open_instance, writing
from toguna.instance.opening import FORMAT, read_settings
from toguna.instance.store.files import file_digest
from toguna.journal import api as journal
from toguna.kernel.api import Refused, canonical_json
from toguna.maintenance.api import check_archive, migrate, read_manifest, verify
from toguna.maintenance.core.attestation import parse_attestation
from toguna.maintenance.store.digests import measure_tables
from toguna.revisions.api import RevisionFiles, head
from toguna.revisions.api import verify as revisions_verify


def act() -> Any:
    [found] = journal.acts(kinds=("instance.migrated",))
    return found


def test_an_older_instance_is_refused_by_verbs_and_told_of_migrate(
    past_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, word in (("en", "toguna migrate"), ("fr", "Lancez `toguna migrate`")):
        assert main(["user", "list", "--home", str(past_home), "--language", language]) == 2
        assert word in capsys.readouterr().err
    assert main(["migrate", "--home", str(past_home), "--as", "awa"]) == 2
    assert read_settings(past_home)["format"] == 1


@pytest.mark.slow
def test_it_is_brought_forward_once_with_a_backup_and_verifies(
    past_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(past_home)
    before = {name: table for name, table in measure_tables().items() if name != "journal_act"}
    assert main(["migrate", "--home", str(past_home)]) == 0
    assert "from format 1 to" in capsys.readouterr().out
    [backup] = (past_home / "backups").iterdir()
    assert read_manifest(backup).head.startswith("23:") and check_archive(backup).format == 1
    instance = open_instance(past_home)
    attested = parse_attestation(instance.files.get(act().detail["attested"]))
    assert {name: table for name, table in attested.items() if name != "journal_act"} == before
    assert (act().sequence, act().detail["from"], act().detail["to"]) == (24, 1, FORMAT)
    assert sorted(read_settings(past_home)) == ["format", "id"]
    assert main(["migrate", "--home", str(past_home)]) == 0
    assert "nothing to do" in capsys.readouterr().out and journal.head().sequence == 24
    assert main(["verify", "--editions", "--home", str(past_home)]) == 0


def test_its_folder_is_closed_and_gets_a_signing_key(past_home: Path) -> None:
    (past_home / "editions").chmod(0o755)
    migrate(past_home)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (past_home, *past_home.rglob("*"))}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert len((past_home / "secrets" / "signing").read_bytes()) == 32


def test_its_plain_files_become_the_first_revision_and_are_no_longer_read(past_home: Path) -> None:
    plain = {
        path.relative_to(past_home / "pack").as_posix(): path.read_bytes() for path in (past_home / "pack").rglob("*.*")
    }
    plain["operation.toml"] = (past_home / "operation.toml").read_bytes()
    done = migrate(past_home)
    open_instance(past_home)
    assert dict(RevisionFiles(head())) == plain and (head().sequence, head().parent) == (24, "")
    assert not (past_home / "pack").exists() and revisions_verify() == ()
    assert done.backup is not None and any(
        name.name.startswith("home/pack/indicators/") for name in read_manifest(done.backup).members
    )


def test_plain_files_edited_since_they_were_recorded_are_refused_unless_they_are_meant(
    past_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(past_home)
    files = sorted(path for path in (past_home / "pack").rglob("*") if path.is_file())
    listed = {
        path.relative_to(past_home).as_posix(): file_digest(path) for path in (*files, past_home / "operation.toml")
    }
    with writing():
        told = FileStore(folder=past_home / "files").put(canonical_json(listed))
        journal.append([journal.NewAct(kind="pack.recorded", subject="pack", detail={"pack": told})], "owner")
    files[0].write_bytes(files[0].read_bytes() + b"\n")
    files[1].unlink()
    (past_home / "pack" / "more.csv").write_text("x")
    with pytest.raises(Refused) as refused:
        migrate(past_home)
    assert sorted(problem.id.partition("_file_")[2] for problem in refused.value.problems) == [
        "added",
        "changed",
        "gone",
    ]
    assert not (past_home / "backups").exists() and (past_home / "pack").exists()
    assert main(["migrate", "--accept-pack", "--home", str(past_home)]) == 0, capsys.readouterr().err
    open_instance(past_home)
    assert "more.csv" in head().files and head().sequence == 25


def test_a_newer_one_and_one_whose_journal_is_broken_are_left_alone(past_home: Path) -> None:
    settings = past_home / "instance.toml"
    written = settings.read_text()
    settings.write_text(written.replace("format = 1", "format = 99"))
    with pytest.raises(Refused, match="up to"):
        migrate(past_home)
    settings.write_text(written)
    configure(past_home)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_act_no_update")
        else:
            cursor.execute("ALTER TABLE journal_act DISABLE TRIGGER journal_act_no_update")
        cursor.execute("UPDATE journal_act SET actor = 'other' WHERE sequence = 5")
    with pytest.raises(Refused) as refused:
        migrate(past_home)
    assert [problem.id for problem in refused.value.problems] == ["maintenance.journal_broken"]
    assert settings.read_text() == written and not (past_home / "backups").exists()


def test_a_database_of_a_newer_toguna_is_refused(past_home: Path) -> None:
    configure(past_home)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '0999_later', '2030-01-01')"
        )
    with pytest.raises(Refused, match=r"journal\.0999_later"):
        migrate(past_home)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (
            "collect_submission",
            "UPDATE collect_submission SET happened = '2016-01-01' WHERE sequence = (SELECT MIN(sequence) FROM collect_submission)",
        ),
        ("collect_comment", "UPDATE collect_comment SET text = 'other'"),
        ("figures_cutoff", "DELETE FROM figures_cutoff"),
    ],
)
def test_an_attested_row_that_is_changed_later_is_found(past_home: Path, table: str, change: str) -> None:
    migrate(past_home)
    open_instance(past_home)
    assert verify() == ()
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert [(problem.id, problem.details["table"]) for problem in verify()] == [("maintenance.attested_differs", table)]


def test_what_is_added_and_what_may_change_later_is_no_fault(past_home: Path) -> None:
    migrate(past_home)
    open_instance(past_home)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE collect_submission SET state = 'approved', superseded = 99")
        cursor.execute("INSERT INTO registry_approval (sequence, list_name, required) VALUES (99, 'wells', true)")
    assert verify() == ()


#: Where the process is killed, by the name that is replaced there, and whether the new format is reached by then.
KILLS = {
    "before the backup": "take_snapshot",
    "after the backup": "backed_up",
    "in the transaction": "append",
    "after the commit": "committed",
    "between two steps": "make_signing_key",
    "before the folder is removed": "remove_pack",
    "before the number": "write_settings",
}
_SCRIPT = """
import os, signal, sys
from pathlib import Path
home, where = Path(sys.argv[1]), sys.argv[2]
from toguna.instance.api import configure
configure(home)
from toguna.maintenance import backing_up, migrating
def kill(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
if where == "take_snapshot":
    backing_up.take_snapshot = kill
elif where == "backed_up":
    migrating._bring_database = kill
elif where == "append":
    migrating.journal.append = kill
elif where in ("committed", "make_signing_key", "remove_pack"):
    name = "close_modes" if where == "committed" else where
    migrating._STEPS = {**migrating._STEPS, name: kill}
else:
    migrating.write_settings = kill
migrating.migrate(home)
"""


@pytest.mark.slow
@pytest.mark.parametrize("where", KILLS.values(), ids=KILLS)
def test_killed_at_any_moment_it_goes_on_where_it_stood(past_home: Path, where: str) -> None:
    connections.close_all()
    killed = subprocess.run([sys.executable, "-c", _SCRIPT, str(past_home), where], capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    assert read_settings(past_home)["format"] == 1, "the number is written last"
    configure(past_home)
    done = migrate(past_home)
    assert done.backup is not None and read_manifest(done.backup).head.startswith("23:"), "the backup of the older one"
    assert [path.name for path in (past_home / "backups").iterdir()] == [done.backup.name]
    open_instance(past_home)
    assert act().sequence == 24 == journal.head().sequence and verify() == () == journal.verify(None)
    assert not (past_home / "migrating.json").exists() and read_settings(past_home)["format"] == FORMAT


def test_a_backup_that_was_lost_after_a_kill_is_made_again(past_home: Path) -> None:
    (past_home / "migrating.json").write_text(
        json.dumps({"found": 1, "backup": str(past_home / "x"), "sha256": "0" * 64})
    )
    done = migrate(past_home)
    assert (
        done.backup is not None and done.backup.is_file() and list((past_home / "backups").iterdir()) == [done.backup]
    )
