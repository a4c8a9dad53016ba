"""The doctor's report says what is wrong, also of an instance that does not open, and nothing that may not be mailed."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from toguna.access.api import acting
from toguna.cli import main
from toguna.instance.api import Instance, writing
from toguna.journal.api import NewAct, append
from toguna.kernel.api import clock
from toguna.maintenance.api import backup, examine
from toguna.maintenance.core.report import Examined
from toguna.maintenance.problems import DISK_LOW, NOT_EXAMINED


def states(home: Path) -> dict[str, str]:
    return {one.check: one.state for one in examine(home).examined}


def test_a_good_instance_lacks_only_its_backup(instance: Instance, tmp_path: Path) -> None:
    found = states(instance.home)
    assert found.pop("last_backup") == "warning"
    assert found.pop("disk") in ("good", "warning")
    assert set(found.values()) == {"good"} and len(found) == 8
    backup(tmp_path / "b.zip", acting(None))
    assert states(instance.home)["last_backup"] == "good"


def test_an_older_instance_is_told_to_be_migrated(past_home: Path) -> None:
    found = {one.check: one for one in examine(past_home).examined}
    assert found["opens"].state == "fault" and "toguna migrate" in found["migrations"].problem.cure()  # type: ignore[union-attr]
    assert found["clock"].state == "good" == found["integrity"].state


def _no_settings(home: Path) -> None:
    (home / "instance.toml").unlink()


def _broken_settings(home: Path) -> None:
    (home / "instance.toml").write_text("format = ")


def _open_modes(home: Path) -> None:
    (home / "secrets").chmod(0o755)


def _no_operation(home: Path) -> None:
    (home / "operation.toml").unlink()


@pytest.mark.parametrize("harm", [_no_settings, _broken_settings, _open_modes, _no_operation])
def test_what_does_not_open_is_reported_all_the_same(instance: Instance, harm: Callable[[Path], None]) -> None:
    connections.close_all()
    harm(instance.home)
    found = states(instance.home)
    assert found["opens"] == "fault" and found["version"] == "good" and len(found) == 10
    assert main(["doctor", "--home", str(instance.home)]) == 1


def test_a_folder_that_is_no_instance_and_an_old_one_are_told_what_to_do(instance: Instance, tmp_path: Path) -> None:
    connections.close_all()
    [nothing] = [each.problem for each in examine(tmp_path / "nothing").examined if each.check == "opens"]
    assert nothing is not None and "--home" in nothing.written() and "--home" in nothing.written("fr")
    settings = instance.home / "instance.toml"
    settings.write_text(re.sub(r"format = \d+", "format = 1", settings.read_text()))
    [old] = [each.problem for each in examine(instance.home).examined if each.check == "opens"]
    assert old is not None and "toguna migrate" in old.written()


@pytest.mark.parametrize("kind", ["instance.backed_up", "instance.migrated", "instance.restored"])
def test_a_backup_that_another_verb_wrote_or_read_is_a_backup(instance: Instance, kind: str) -> None:
    assert states(instance.home)["last_backup"] == "warning"
    with writing():
        append([NewAct(kind=kind, subject=instance.id, detail={})], "owner")
    assert states(instance.home)["last_backup"] == "good"


def test_a_damaged_and_a_missing_database_file_are_found(instance: Instance, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    connections.close_all()
    file = instance.home / "toguna.sqlite3"
    whole = file.read_bytes()
    for name in ("toguna.sqlite3-wal", "toguna.sqlite3-shm"):
        (instance.home / name).unlink(missing_ok=True)
    file.write_bytes(whole[:8192] + b"\xff" * 60_000 + whole[68_192:])
    assert states(instance.home)["integrity"] in ("fault", "unknown")
    connections.close_all()
    file.unlink()
    assert states(instance.home)["integrity"] == "unknown" and not file.exists()


def test_a_clock_behind_the_journal_is_a_fault(past_home: Path) -> None:
    with clock.at(datetime(2020, 5, 1, tzinfo=UTC)):
        assert states(past_home)["clock"] == "fault"


def test_no_name_value_or_path_is_in_the_report(
    past_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "fatoumata-keita" / "var"
    named.parent.mkdir()
    past_home.rename(named)
    for broken in (False, True):
        if broken:
            connections.close_all()
            monkeypatch.setenv("TOGUNA_DATABASE", "postgresql://keita:hunter2@keita.invalid:1/keita?connect_timeout=1")
        report = tmp_path / f"report-{broken}.json"
        assert main(["doctor", "--home", str(named), "-o", str(report), "--format", "json"]) == 1
        written = report.read_text() + capsys.readouterr().out.partition("\n")[2]
        for secret in ("keita", "hunter2", str(tmp_path), "awa", "Well Water", "savania", "Savania"):
            assert secret not in written
        assert json.loads(report.read_text())["report"] == "toguna doctor"
        assert stat.S_IMODE(report.stat().st_mode) == 0o600


@pytest.mark.parametrize("value", ["Awa Keita", "/home/awa", "awa@example.org", "", None, ["a"]])
def test_a_value_that_is_no_number_and_no_code_cannot_be_reported(value: Any) -> None:
    if value == "":
        Examined(check="x", state="good", measured={"a": value})
        return
    with pytest.raises(ValueError, match="neither"):
        Examined(check="x", state="good", measured={"a": value})
    with pytest.raises(ValueError, match="neither"):
        Examined(check="x", state="good", problem=NOT_EXAMINED.at(reason=value))
    assert (
        Examined(check="x", state="warning", problem=DISK_LOW.at(megabytes=3)).as_json()["id"] == "maintenance.disk_low"
    )
