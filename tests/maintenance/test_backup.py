"""A backup is whole, is of one instant, and comes back; what is damaged or hostile leaves nothing behind. On both engines."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from tests import postgresql
from tests.conftest import with_database
from toguna.access.api import acting, add_account
from toguna.cli import main
from toguna.instance.api import Instance, open_instance, writing
from toguna.instance.opening import placing
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.maintenance.api import backup, check_archive, read_manifest, restore
from toguna.maintenance.backing_up import write_backup
from toguna.revisions.api import RevisionFiles, head
from toguna.revisions.api import verify as revisions_verify

OWNER = acting(None)


@pytest.fixture
def elsewhere(engine: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Names an empty database for what is restored next; SQLite needs none."""
    made: list[str] = []

    def turn() -> None:
        connections.close_all()
        if engine:
            made.append(f"restored_{os.getpid()}_{len(made)}")
            postgresql.run(engine, f"CREATE DATABASE {made[-1]}")
            monkeypatch.setenv("TOGUNA_DATABASE", with_database(engine, made[-1]))

    yield turn
    connections.close_all()
    for name in made:
        postgresql.run(engine, f"DROP DATABASE {name} WITH (FORCE)")


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id.removeprefix("maintenance.") for problem in refused.value.problems]


def tables() -> dict[str, list[Any]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(cursor.fetchall(), key=repr)
    return found


def folder(home: Path) -> dict[str, bytes]:
    left_out = ("toguna.sqlite3", "instance.toml", "lake", "cache", "backups")
    paths = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in paths
        if not path.relative_to(home).parts[0].startswith(left_out)
    }


def test_everything_comes_back(past: Instance, elsewhere: Callable[[], None], tmp_path: Path) -> None:
    made = backup(tmp_path / "b.zip", OWNER)
    kept, pack = journal.head().written(), head()
    rows, files = tables(), folder(past.home)
    assert kept.startswith("25:"), "the backup is an act itself, after what it holds"
    elsewhere()
    restored = restore(tmp_path / "b.zip", tmp_path / "again", digest=made.sha256)
    assert restored.is_current
    again = open_instance(tmp_path / "again")
    assert journal.head().written() == made.manifest.head and again.id == past.id
    assert folder(again.home) == files
    assert pack.files and head() == pack and set(RevisionFiles(head())) == set(pack.files) and revisions_verify() == ()
    now = tables()
    assert {name for name in rows if rows[name] != now[name]} == {"journal_act"}
    assert [row for row in rows["journal_act"] if row[0] < 25] == now["journal_act"]
    add_account("new", ["enumerator"], OWNER)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (again.home, *again.home.rglob("*"))}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600


@pytest.mark.slow
def test_the_verbs_say_what_they_did_and_figures_are_the_same(
    past: Instance,
    elsewhere: Callable[[], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, home = str(tmp_path / "b.zip"), str(tmp_path / "again")

    def figure(of: str) -> Any:
        assert (
            main(
                [
                    "figures",
                    "hygiene_participants",
                    "--period",
                    "2020-04",
                    "--as-of",
                    "23",
                    "--home",
                    of,
                    "--format",
                    "json",
                ]
            )
            == 0
        )
        return json.loads(capsys.readouterr().out)

    before = figure(str(past.home))
    assert main(["backup", file, "--home", str(past.home)]) == 0
    assert "SHA-256" in capsys.readouterr().out
    assert main(["restore", file, "--list", "--home", home]) == 0
    assert "home/operation.toml" in capsys.readouterr().out and not (tmp_path / "again").exists()
    elsewhere()
    assert main(["restore", file, "--home", home, "--language", "fr"]) == 0
    assert "est restauré" in capsys.readouterr().out
    assert figure(home) == before
    assert [act.kind for act in journal.acts(24)] == ["instance.restored"]


def test_it_is_of_one_instant_while_another_process_writes(instance: Instance, tmp_path: Path) -> None:
    """A writer appends acts and files without a pause; the backup's journal, tables and files belong together all the same."""
    script = """
import sys
from pathlib import Path
from toguna.instance.api import configure
configure(Path(sys.argv[1]))
from toguna.instance.api import open_instance, writing
from toguna.journal.api import NewAct, advance, append
instance = open_instance(Path(sys.argv[1]))
for number in range(1, 100_000):
    sha256 = instance.files.put(f"content {number}".encode())
    with writing():
        appended = append([NewAct(kind="a.b", subject="x", detail={"sha256": sha256})], "awa")
        advance("follower", appended.last)
    if number == 20:
        print("going", flush=True)
"""
    command = [sys.executable, "-c", script, str(instance.home)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == "going\n"
        made = write_backup(instance.home, tmp_path / "b.zip")
        reached = journal.head().sequence
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    sequence = int(made.manifest.head.partition(":")[0])
    assert 20 <= sequence <= reached
    assert made.manifest.tables["journal_act"].rows == sequence
    names = {member.name for member in made.manifest.members}
    for act in journal.acts(until=sequence):
        sha256 = act.detail["sha256"]
        assert f"home/files/{sha256[:2]}/{sha256[2:]}" in names


def test_the_lake_comes_only_when_asked_and_no_password_ever(past: Instance, tmp_path: Path) -> None:
    (past.lake / "table").mkdir()
    (past.lake / "table" / "part").write_text("x")
    settings = past.home / "instance.toml"
    settings.write_text(settings.read_text() + 'note = "postgresql://u:hunter2@h/d"\n')
    without, with_lake = (
        write_backup(past.home, tmp_path / "a.zip"),
        write_backup(past.home, tmp_path / "b.zip", lake=True),
    )
    assert not [one for one in without.manifest.members if one.name.startswith("home/lake/")]
    assert [one.name for one in with_lake.manifest.members if one.name.startswith("home/lake/")] == [
        "home/lake/table/part"
    ]
    for path in (without.path, with_lake.path):
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if b"hunter2" in archive.read(name)]


def test_nothing_is_written_over_or_half_written(past: Instance, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(Refused) as refused:
        backup(tmp_path / "b.zip", OWNER)
    assert ids(refused) == ["backup_exists"] and (tmp_path / "b.zip").read_text() == "mine"
    with pytest.raises(Refused) as refused:
        backup(past.home / "b.zip", OWNER)
    assert ids(refused) == ["backup_inside"]
    (past.home / "editions" / "link").symlink_to("/etc/hostname")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused) as refused:
        backup(tmp_path / "c.zip", OWNER)
    assert ids(refused) == ["backup_link"]
    assert sorted(tmp_path.iterdir()) == before


def test_no_instance_lies_in_another(past: Instance, elsewhere: Callable[[], None], tmp_path: Path) -> None:
    backup(tmp_path / "b.zip", OWNER)
    outer = past.home
    elsewhere()
    with pytest.raises(Refused) as refused:
        restore(tmp_path / "b.zip", outer / "inner" / "deep")
    assert ids(refused) == ["instance.inside_another"]
    assert not (outer / "inner").exists() and not list(outer.glob(".*building*"))


def test_only_the_owner_copies_everything(past: Instance, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        backup(tmp_path / "b.zip", acting("awa"))
    assert not (tmp_path / "b.zip").exists()


@pytest.fixture
def file(instance: Instance, tmp_path: Path) -> Path:
    """A good backup of a fresh instance with one act and some files."""
    instance.files.put_many([f"content {number}".encode() for number in range(9)])
    with writing():
        journal.append([journal.NewAct(kind="a.b", subject="x")], "awa")
    return write_backup(instance.home, tmp_path / "b.zip").path


def refused_restore(path: Path, elsewhere: Callable[[], None], tmp_path: Path) -> list[str]:
    """The faults that a restore reports; nothing is left of it, on the disk or in the database."""
    elsewhere()
    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(Refused) as refused:
        restore(path, tmp_path / "again")
    assert sorted(one.name for one in tmp_path.iterdir()) == before
    if os.environ.get("TOGUNA_DATABASE"):
        with placing(tmp_path / "another") as making:
            making.mkdir()
    return ids(refused)


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], *more: tuple[str, bytes]) -> Path:
    """The archive with its members changed; `more` is added."""
    other = path.with_name("hostile.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if changed := change(name, source.read(name)):
                target.writestr(*changed)
        for name, content in more:
            target.writestr(name, content)
    return other


def listed(name: str, size: int) -> Callable[[str, bytes], tuple[str, bytes]]:
    """The manifest with one member more."""

    def change(found: str, content: bytes) -> tuple[str, bytes]:
        if found != "manifest.json":
            return found, content
        read = json.loads(content)
        read["members"].append({"name": name, "size": size, "sha256": "0" * 64})
        return found, json.dumps(read).encode()

    return change


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_backup_cut_short_or_with_a_flipped_byte_is_refused(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.zip"
    for at in (0, 40, len(whole) // 3, len(whole) // 2, len(whole) - 30):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            damaged.write_bytes(content)
            try:
                check_archive(damaged)
            except Refused as refused:
                assert {problem.id for problem in refused.problems} <= {
                    "maintenance.backup_damaged",
                    "maintenance.backup_unreadable",
                }
            else:
                # A field that nobody reads, such as a member's time in its local header: what is restored is the same.
                assert members(damaged) == members(file)
    damaged.write_bytes(whole[: len(whole) // 2])
    assert refused_restore(damaged, elsewhere, tmp_path) == ["backup_unreadable"]


@pytest.mark.parametrize("name", ["home/../../evil", "/tmp/evil", "home/instance.toml", "evil"])
def test_a_member_that_leaves_its_place_is_refused(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path, name: str
) -> None:
    hostile = rewritten(file, listed(name, 1), (name, b"x"))
    assert "backup_unsafe" in refused_restore(hostile, elsewhere, tmp_path)


def test_a_member_that_is_not_what_it_was_is_refused(file: Path, elsewhere: Callable[[], None], tmp_path: Path) -> None:
    hostile = rewritten(file, lambda name, content: (name, content[::-1] if name == "home/operation.toml" else content))
    assert refused_restore(hostile, elsewhere, tmp_path) == ["backup_damaged"]


def test_a_bomb_is_refused_before_it_goes_off(file: Path, elsewhere: Callable[[], None], tmp_path: Path) -> None:
    """One that says how large it is does not fit on the disk; one that lies is found at the size it gave."""
    huge = rewritten(file, listed("home/files/bomb", 10**15))
    with pytest.raises(Refused, match=r"size|missing"):
        read_manifest(huge)
    bomb = rewritten(file, listed("home/files/bomb", 10), ("home/files/bomb", b"\0" * 50_000_000))
    assert bomb.stat().st_size < 2_000_000
    assert refused_restore(bomb, elsewhere, tmp_path) == ["backup_damaged"]


def test_a_backup_that_does_not_fit_is_refused(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = os.statvfs(tmp_path)
    assert usage.f_bavail
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1000})())
    assert refused_restore(file, elsewhere, tmp_path) == ["backup_too_large"]


def test_a_place_that_is_taken_and_another_digest_are_refused(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    elsewhere()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("x")
    with pytest.raises(Refused, match="already"):
        restore(file, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["x"]
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with pytest.raises(Refused, match="already"):
        restore(file, tmp_path / "nowhere")
    with pytest.raises(Refused) as refused:
        restore(file, tmp_path / "again", digest="0" * 64)
    assert ids(refused) == ["backup_digest"]


@pytest.mark.parametrize(
    ("change", "fault"), [({"format": 99}, "format_newer"), ({"head": f"1:{'0' * 64}"}, "backup_damaged")]
)
def test_a_newer_one_and_one_with_another_journal_are_refused(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path, change: dict[str, Any], fault: str
) -> None:
    def changed(name: str, content: bytes) -> tuple[str, bytes]:
        return name, json.dumps({**json.loads(content), **change}).encode() if name == "manifest.json" else content

    assert refused_restore(rewritten(file, changed), elsewhere, tmp_path) == [fault]


def test_another_engine_is_refused_in_a_sentence(
    file: Path, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine:
        monkeypatch.delenv("TOGUNA_DATABASE")
    else:
        monkeypatch.setenv("TOGUNA_DATABASE", "postgresql://nobody@nowhere.invalid/none")
    with pytest.raises(Refused, match="TOGUNA_DATABASE") as refused:
        restore(file, tmp_path / "again")
    assert ids(refused) == ["backup_other_engine"]


def test_the_database_of_the_original_is_never_touched(
    instance: Instance, engine: str, file: Path, tmp_path: Path
) -> None:
    """TOGUNA_DATABASE still names the original's database: refused, and everything is still there."""
    if not engine:
        pytest.skip("only PostgreSQL has a database beside the folder")
    with pytest.raises(Refused, match="already"):
        restore(file, tmp_path / "again")
    assert open_instance(instance.home).id == instance.id and journal.head().sequence == 1


_KILLED = """
import os, signal, sys
from pathlib import Path
from toguna.instance.api import configure
configure(Path("no-instance"))
from toguna.maintenance import restoring
def kill(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
restoring.load_sqlite = restoring.load_postgresql = kill
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_while_it_is_restored_there_is_no_instance(
    file: Path, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    """The next restore to the same place takes away what is left, on PostgreSQL the half-made schema too."""
    elsewhere()
    home = tmp_path / "again"
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(file), str(home)], capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    assert not home.exists() and list(tmp_path.glob(".again.building-*"))
    assert restore(file, home).is_current and not list(tmp_path.glob(".again.building-*"))
    open_instance(home)
    assert journal.head().sequence == 1
