"""A load killed at random moments and run again: nothing lost, nothing doubled (reliability facts, goal 1)."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.collect.storage.conftest import xml
from tests.collect.storage.test_loading import home, rows
from tests.house.code import ROOT
from toguna.collect.quarantine import quarantined
from toguna.collect.store import models
from toguna.collect.store.counting import counted
from toguna.instance.api import Instance
from toguna.journal.api import acts, head, verify

__all__ = ["home"]
FORMS, ROWS, KILLS = 400, 200, 4


def sent(folder: Path) -> dict[str, bytes]:
    """400 filled forms, every tenth a correction that stands before its original, two of them broken; and a sheet of 200 rows, one bad."""
    folder.mkdir()
    files: dict[str, bytes] = {}
    for number in range(FORMS):
        corrects = f"uuid:{number + 5}" if number % 10 == 0 else ""
        files[f"{number:04}.xml"] = xml(f"uuid:{number}", women=number, corrects=corrects)
    for broken in ("0123.xml", "0321.xml"):
        files[broken] = files[broken][:-9]
    lines = [f"2016-12-{number % 28 + 1:02},Gao,cash,{number},4,10" for number in range(ROWS)]
    files["z.csv"] = rows(*lines[:-1], "31/02/2016,Gao,cash,1,1,1")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return files


def start(instance: Instance, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.collect.storage.killed_load", str(instance.home), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def run_until(process: subprocess.Popen[str], portions: int, pause: float) -> bool:
    """Kill it that long after so many portions; whether it was done before."""
    assert process.stdout is not None
    for line in process.stdout:
        portions -= 1
        if line == "done\n":
            process.wait()
            return True
        if portions <= 0:
            time.sleep(pause)
            break
    process.kill()
    process.wait()
    return False


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_or_doubled(home: Instance, tmp_path: Path) -> None:
    files = sent(tmp_path / "sent")
    chance = random.Random(20161208)
    done = 0
    for _ in range(KILLS):
        done += run_until(start(home, tmp_path / "sent"), chance.randint(1, 6), chance.uniform(0, 0.12))
        assert verify() == ()
    assert done <= 2, "the load was done before it could be killed"
    assert run_until(start(home, tmp_path / "sent"), 10_000, 0)

    good = FORMS - 2 + ROWS - 1
    assert models.Submission.objects.count() == good
    told = Counter(act.kind for act in acts() if act.kind.startswith("submission"))
    assert told == {"submission.received": good, "submission.refused": 3}
    assert len({act.subject for act in acts(kinds=["submission.received"])}) == good
    for row in models.Submission.objects.filter(source_row=0):
        raw = files[f"{int(row.instance_id.removeprefix('uuid:')):04}.xml"]
        assert row.raw_sha256 == hashlib.sha256(raw).hexdigest()
        assert home.files.get(row.raw_sha256) == raw
    assert {held.raw for held in quarantined() if not held.row} == {files["0123.xml"], files["0321.xml"]}
    assert home.files.verify() == ()
    corrections = models.Submission.objects.exclude(deprecated_id="")
    assert corrections.count() == FORMS // 10
    assert models.Submission.objects.exclude(superseded=None).count() == FORMS // 10
    lineages = list(counted("monthly", 0, head().sequence))
    assert len(lineages) == good - FORMS // 10
    assert all(versions[-1].seq_to is None for _, versions in lineages)


@pytest.mark.slow
def test_two_loads_of_the_same_folder_at_once_take_each_submission_in_once(home: Instance, tmp_path: Path) -> None:
    sent(tmp_path / "sent")
    processes = [start(home, tmp_path / "sent") for _ in range(2)]
    told = [process.communicate()[0] for process in processes]
    assert [one.splitlines()[-1] for one in told] == ["done", "done"]
    good = FORMS - 2 + ROWS - 1
    assert models.Submission.objects.count() == good
    kinds = Counter(act.kind for act in acts() if act.kind.startswith("submission"))
    assert kinds == {"submission.received": good, "submission.refused": 3}
    assert verify() == ()
    assert len(list(counted("monthly", 0, head().sequence))) == good - FORMS // 10
