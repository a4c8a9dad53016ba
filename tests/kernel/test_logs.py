"""What is logged, and that no name, answer or token ever is."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from toguna.cli.logs import start_log
from toguna.kernel.core.logs import SafeFormatter

SECRET = "Fatoumata-Keita"


def line(name: str, message: str, *arguments: Any, **extra: Any) -> dict[str, Any]:
    record = logging.getLogger(name).makeRecord(
        name, logging.WARNING, "/home/x/a.py", 7, message, arguments, None, extra=extra
    )
    return dict(json.loads(SafeFormatter().format(record)))


def test_an_event_of_ours_keeps_the_fields_of_the_list() -> None:
    fields = {"verb": "load", "status": 0, "problems": ["a.b"], "name": "awa", "count": SECRET, "kind": [SECRET]}
    found = line("toguna.cli", "verb.ended", fields=fields)
    assert found["event"] == "verb.ended" and found["level"] == "warning"
    assert {name: found[name] for name in found if name not in ("at", "level", "logger", "event")} == {
        "verb": "load", "status": 0, "problems": ["a.b"],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["django.db.backends", "asyncio", "toguna.cli", f"toguna.{SECRET}"])
def test_a_sentence_is_never_written(name: str) -> None:
    found = line(name, f"account {SECRET} did %s", SECRET, fields={"kind": SECRET})
    assert SECRET.lower() not in json.dumps({**found, "logger": ""}).lower() and found["place"] == "a.py:7"


def test_an_event_of_another_library_is_not_written_however_it_looks() -> None:
    found = line("django.request", "keita.awa", fields={"kind": "keita.awa"})
    assert "keita" not in json.dumps(found) and found["place"] == "a.py:7"


def test_an_exception_is_told_by_its_class_alone() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError:
        record = logging.LogRecord("toguna.x", logging.ERROR, "/a/b.py", 1, "verb.failed", (), sys.exc_info())
    found = SafeFormatter().format(record)
    assert SECRET not in found and json.loads(found)["exception"] == "KeyError"
    assert json.loads(found)["through"][0].startswith("test_logs.py:")


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="debug"):
        start_log("loud")


@pytest.mark.slow
def test_a_whole_verb_logs_no_secret_at_the_most_talkative_level(tmp_path: Path) -> None:
    """Names in the path, the account, the file, its values; Django logs its SQL with values at this level."""
    home, log = tmp_path / SECRET / "var", tmp_path / "log.jsonl"
    home.parent.mkdir()
    pack = Path(__file__).parents[1] / "pack" / "savania"
    (tmp_path / f"{SECRET}.csv").write_text(
        f"organisation,month,nil,narrative\nwellwater,2020-04-01,no,{SECRET}\n{SECRET},x,y,z\n"
    )
    for words in (
        ["new", "--pack", str(pack)],
        ["user", "add", SECRET.lower(), "--role", "reporting_officer"],
        ["load", str(tmp_path / f"{SECRET}.csv"), "--form", "monthly_return"],
        ["user", "disable", f"{SECRET}-unknown"],
        ["figures", SECRET, "--period", "2020-04"],
        ["doctor"],
        ["backup", str(tmp_path / f"{SECRET}.zip")],
    ):
        environment = {**os.environ, "TOGUNA_LOG": "debug", "TOGUNA_LOG_FILE": str(log)}
        subprocess.run(
            [sys.executable, "-m", "toguna", *words, "--home", str(home)],
            env=environment,
            capture_output=True,
            check=False,
        )
    written = log.read_text()
    lines = [json.loads(one) for one in written.splitlines()]
    events = [one.get("event") for one in lines]
    assert events.count("verb.started") == 7 and "verb.refused" in events and "journal.appended" in events
    assert any(one["logger"].startswith("django.") for one in lines)
    assert SECRET.lower() not in written.lower() and "wellwater" not in written and str(tmp_path) not in written
    assert log.stat().st_mode & 0o077 == 0
