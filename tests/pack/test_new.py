"""An instance from the pack: everything in it, in the order in which it happened; and never half of one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.pack.mali import PACK, ZONE, drawn, plan
from toguna.access.api import list_accounts
from toguna.collect.api import forms, reference_rows
from toguna.instance.api import Instance
from toguna.journal.api import acts, sequence_at, verify
from toguna.kernel.api import Refused, digest
from toguna.pack.core.generate import Delivery
from toguna.pack.new import Made, new
from toguna.places.api import tree
from toguna.revisions.api import head

pytestmark = pytest.mark.slow


def test_everything_of_the_pack_is_there(made: Made, mali: Instance) -> None:
    assert made.submissions == sum(len(delivery.filled) for delivery in drawn().deliveries)
    assert {form.form_id for form in forms()} == {path.stem for path in (PACK / "forms").glob("*.md")}
    assert len(reference_rows("targets")) == 4
    assert "information-manager" in {account.name for account in list_accounts()}
    assert not (mali.home / "pack").exists() and "ledger.csv" in head().files


def test_what_was_sent_stands_in_the_journal_at_its_moment(made: Made, mali: Instance) -> None:
    assert not verify(None)
    replayed = [act for act in acts() if act.kind == "submission.replayed"]
    assert len(replayed) == made.submissions
    moments = sorted({delivery.received_at for delivery in drawn().deliveries})
    assert {act.at for act in replayed} == set(moments)
    closed = datetime(2017, 1, 8, 18, tzinfo=ZONE)
    late = sum(len(step.filled) for step in drawn().steps if isinstance(step, Delivery) and step.received_at > closed)
    assert len([act for act in replayed if act.sequence > sequence_at(closed)]) == late > 0


def test_the_lake_has_every_act_before_anybody_asks(made: Made, tmp_path: Path) -> None:
    reached = (made.home / "lake" / "head").read_text()
    assert reached.startswith(f"{made.sequence}:")


def test_photos_come_with_their_return(mali: Instance) -> None:
    sent = [name for step in drawn().deliveries for name in step.photos]
    assert len(sent) == 4, "three versions of one return, and another"
    assert all(mali.files.has(digest((PACK / "photos" / name).read_bytes())) for name in sent)


def test_rulings_are_acts(mali: Instance) -> None:
    reviewed = [act for act in acts() if act.kind == "submission.reviewed"]
    assert sorted(act.detail["reason"] for act in reviewed) == ["duplicate", "test"]


def test_menaka_was_part_of_gao_until_the_law(mali: Instance) -> None:
    law = datetime(2016, 1, 19).date()
    assert tree(law).at_level("ML1001", 1) == "ML10"
    assert tree(law.replace(day=18)).at_level("ML1001", 1) == "ML07"


def test_an_instance_that_is_there_is_not_touched(made: Made, mali: Instance) -> None:
    with pytest.raises(Refused, match="already"):
        new(PACK, made.home)
    assert (made.home / "operation.toml").is_file()


def test_killed_while_it_is_made_there_is_no_instance(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "toguna", "new", "--pack", str(PACK), "--home", str(home)]
    process = subprocess.Popen(command, cwd=PACK.parents[1], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not any(tmp_path.glob(".home.building-*/toguna.sqlite3")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    process.kill()
    assert process.wait() == -9
    assert not home.exists()


def test_a_record_that_a_form_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, home = tmp_path / "pack", tmp_path / "home"
    shutil.copytree(PACK, folder)
    form = folder / "forms" / "source_register.md"
    form.write_text(form.read_text(encoding="utf-8").replace("| . >= 0 |", "| . < 0 |", 1), encoding="utf-8")
    with pytest.raises(Refused, match="was not taken in"):
        new(folder, home)
    assert not home.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]
    assert plan().seed
