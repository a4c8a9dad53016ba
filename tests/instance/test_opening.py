"""An instance is made all or not at all, and opened only when it is safe."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.conftest import OPERATION
from toguna.instance import api as rooms
from toguna.instance import settings as instance_settings
from toguna.instance.api import Instance, building, configure, open_instance, parse_operation, writing
from toguna.instance.opening import FORMAT
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import Refused

OURS = parse_operation(OPERATION)


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id for problem in refused.value.problems]


def test_an_instance_is_opened_with_what_it_was_made_with(instance: Instance) -> None:
    assert rooms.current() is instance
    assert instance.operation == OURS
    assert (instance.home / "operation.toml").read_text() == OPERATION
    assert instance.lake.is_dir() and instance.cache.is_dir()


def test_folders_and_files_are_for_the_owner_alone(instance: Instance) -> None:
    with writing():
        journal.append([NewAct(kind="a.b", subject="x")], "awa")
    instance.files.put(b"content")
    instance.secret("keys")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (instance.home, *instance.home.rglob("*"))}
    assert len(modes) > 8
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


@pytest.mark.parametrize("name", [".", "secrets", "instance.toml"])
def test_a_folder_that_others_may_read_is_refused(instance: Instance, name: str) -> None:
    (instance.home / name).chmod(0o755 if (instance.home / name).is_dir() else 0o644)
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.mode_open"]
    assert "chmod" in refused.value.problems[0].cure()


def test_no_instance_and_another_format_are_refused(instance: Instance, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_instance(tmp_path / "elsewhere")
    assert ids(refused) == ["instance.none_here"]
    written = (instance.home / "instance.toml").read_text()
    (instance.home / "instance.toml").write_text(written.replace(f"format = {FORMAT}", "format = 99"))
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.format_unknown"]
    (instance.home / "instance.toml").write_text(written.replace(f"format = {FORMAT}", "format = 1"))
    with pytest.raises(Refused, match="toguna migrate") as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.format_old"]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("instance.toml", b"format = 1", "settings_broken"),
        ("instance.toml", b"format = ", "settings_broken"),
        ("instance.toml", b"\xff\xfe", "settings_broken"),
        ("operation.toml", None, "settings_broken"),
        ("operation.toml", b"[operation]", "key_missing"),
        ("toguna.sqlite3", None, "database_missing"),
    ],
)
def test_a_folder_of_which_something_is_lost_is_told(
    instance: Instance, name: str, content: bytes | None, fault: str
) -> None:
    if connection.vendor != "sqlite" and name == "toguna.sqlite3":
        pytest.skip("a file of SQLite")
    connections.close_all()
    if content is None:
        (instance.home / name).unlink()
    else:
        (instance.home / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused)[0] == f"instance.{fault}"
    assert not (instance.home / name).exists() or content is not None, "a lost database is not made anew in silence"


@pytest.mark.parametrize(
    ("safe", "unsafe"),
    [
        ("journal_mode=WAL", "journal_mode=DELETE"),
        ("synchronous=FULL", "synchronous=NORMAL"),
        ("foreign_keys=ON", "foreign_keys=OFF"),
        ("secure_delete=ON", "secure_delete=OFF"),
    ],
)
def test_settings_that_would_lose_or_leak_records_are_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, safe: str, unsafe: str
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("settings of SQLite")
    options = instance_settings._SQLITE
    monkeypatch.setitem(options, "init_command", str(options["init_command"]).replace(safe, unsafe))
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.database_unsafe"]
    assert safe.split("=")[0] in refused.value.problems[0].what()


def test_a_deferred_transaction_mode_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("settings of SQLite")
    monkeypatch.setitem(instance_settings._SQLITE, "transaction_mode", "DEFERRED")
    with pytest.raises(Refused, match="transaction_mode"):
        open_instance(instance.home)


def test_an_older_and_a_newer_schema_are_refused(instance: Instance) -> None:
    def change(statement: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(Refused) as refused:
            open_instance(instance.home)
        return ids(refused)

    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '0999_later', '2030-01-01')"
    assert change(newer) == ["instance.schema_new"]
    assert change("DELETE FROM django_migrations WHERE name = '0002_append_only'") == ["instance.schema_old"]


def test_a_file_that_is_no_database_is_told(instance: Instance) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    connections.close_all()
    for name in ("toguna.sqlite3-wal", "toguna.sqlite3-shm"):
        (instance.home / name).unlink(missing_ok=True)
    (instance.home / "toguna.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused)[0].startswith("instance.database_")


def test_building_leaves_nothing_when_it_fails(blank_instance: Path, tmp_path: Path, engine: str) -> None:
    if engine:
        pytest.skip("see test_building_on_postgresql")
    with pytest.raises(ZeroDivisionError), building(tmp_path / "home", OURS) as made:
        assert made.home != tmp_path / "home" and made.home.is_dir()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with building(tmp_path / "home", OURS) as made:
        made.files.put(b"kept")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert rooms.current().home == tmp_path / "home"


def test_building_refuses_what_is_there(instance: Instance) -> None:
    before = sorted(instance.home.rglob("*"))
    with pytest.raises(Refused) as refused, building(instance.home, OURS):
        raise AssertionError("must not begin")
    assert ids(refused) == ["instance.exists"]
    assert sorted(instance.home.rglob("*")) == before


def test_building_on_postgresql_takes_its_schema_back(new_instance: Callable[[], Instance], tmp_path: Path) -> None:
    """A database that has an instance is refused and left alone; one whose making failed is as empty as before."""
    new_instance()
    if connection.vendor != "postgresql":
        pytest.skip("schemas of PostgreSQL")
    with pytest.raises(Refused) as refused, building(tmp_path / "second", OURS):
        raise AssertionError("must not begin")
    assert ids(refused) == ["instance.database_taken"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM toguna.journal_act")
        cursor.execute("DROP SCHEMA toguna CASCADE")
    with pytest.raises(ZeroDivisionError), building(tmp_path / "third", OURS):
        raise ZeroDivisionError
    with building(tmp_path / "fourth", OURS) as made:
        assert made.operation == OURS
    assert not (tmp_path / "second").exists() and not (tmp_path / "third").exists()


_MAKER = """
import os, signal, sys
from pathlib import Path
from toguna.instance.api import building, configure, parse_operation
home = Path(sys.argv[1])
configure(home)
OPERATION = sys.argv[2]
with building(home, parse_operation(OPERATION)) as made:
    made.files.put(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_making_that_was_killed_leaves_nothing_at_home_and_the_next_one_sweeps(
    new_instance: Callable[[], Instance], tmp_path: Path
) -> None:
    new_instance()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA toguna CASCADE")
    made = tmp_path / "made"
    made.mkdir()
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "TOGUNA_DATABASE")}
    root = Path(__file__).parents[2]
    killed = [sys.executable, "-c", _MAKER, str(made / "home"), OPERATION]
    ended = subprocess.run(killed, cwd=root, env=environment, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert not (made / "home").exists()
    assert len(list(made.iterdir())) == 1
    with building(made / "home", OURS):
        pass
    assert [path.name for path in made.iterdir()] == ["home"]


def test_a_full_database_keeps_nothing_and_says_so(instance: Instance) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite can be told to be full")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    with pytest.raises(Refused) as refused, writing():
        journal.append([NewAct(kind="a.b", subject=f"x{number}") for number in range(5000)], "awa")
    assert ids(refused) == ["instance.database_not_written"]
    assert journal.head().sequence == 0 and journal.verify() == ()


def test_a_server_that_is_not_there_is_told(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGUNA_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.database_unreachable"]


def test_a_database_of_another_instance_is_refused(instance: Instance) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("schemas of PostgreSQL")
    written = (instance.home / "instance.toml").read_text()
    (instance.home / "instance.toml").write_text(written.replace(instance.id, "another"))
    with pytest.raises(Refused) as refused:
        open_instance(instance.home)
    assert ids(refused) == ["instance.database_of_another"]


def test_an_address_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGUNA_DATABASE", "mysql:/what?")
    with pytest.raises(Refused) as refused:
        configure(tmp_path)
    assert ids(refused) == ["instance.dsn_broken"]


def test_a_secret_is_made_once_and_differs_by_name(instance: Instance) -> None:
    assert instance.secret("lake") == instance.secret("lake")
    assert len(instance.secret("lake")) == 32
    assert instance.secret("lake") != instance.secret("web")
    with pytest.raises(ValueError):
        instance.secret("../operation")


def test_one_writer_at_a_time(instance: Instance) -> None:
    """Threads that each read the head and append inside `writing` make one chain without a gap."""
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(10):
                with writing():
                    journal.append([NewAct(kind="a.b", subject=f"{name}-{number}")] * 3, name)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [act.sequence for act in journal.acts()] == list(range(1, 181))
    assert journal.verify(journal.head()) == ()


def test_a_writer_that_waits_too_long_is_told(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first keeps the lock; the second is refused and has written nothing."""
    monkeypatch.setitem(instance_settings._SQLITE, "timeout", 0.1)
    monkeypatch.setattr(instance_settings, "BUSY_SECONDS", 0.1)
    open_instance(instance.home)
    refusals: list[str] = []

    def second() -> None:
        try:
            with writing():
                journal.append([NewAct(kind="a.b", subject="second")], "awa")
        except Refused as refused:
            refusals.extend(problem.id for problem in refused.problems)
        finally:
            connections.close_all()

    with writing():
        journal.append([NewAct(kind="a.b", subject="first")], "awa")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refusals == ["instance.database_busy"]
    assert [act.subject for act in journal.acts()] == ["first"]


def test_modes_hold_whatever_the_umask(blank_instance: Path, tmp_path: Path, engine: str) -> None:
    if engine:
        pytest.skip("the folder is the same on both engines")
    before = os.umask(0)
    try:
        with building(tmp_path / "home", OURS):
            pass
    finally:
        os.umask(before)
    assert [path for path in (tmp_path / "home").rglob("*") if path.stat().st_mode & 0o077] == []
