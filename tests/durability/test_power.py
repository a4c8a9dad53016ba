"""A loss of power at any moment loses nothing that was acknowledged. Tried by replaying what was flushed, up to each moment."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability import power
from tests.durability.trials import copied, drive


def lost(home: Path, said: list[str]) -> Iterator[str]:
    """What was acknowledged and is not there, and what is there and not whole."""
    database = sqlite3.connect(home / "toguna.sqlite3")
    try:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "the database is damaged"
            return
        there = dict(database.execute("SELECT sequence, digest FROM journal_act"))
        contents = [row[0] for row in database.execute("SELECT raw_sha256 FROM collect_submission")]
        contents += [row[0] for row in database.execute("SELECT sha256 FROM collect_block")]
        editions = dict(database.execute("SELECT id, record FROM publish_edition"))
    finally:
        database.close()
    for line in said:
        _, verb, head = line.split()
        sequence, _, digest = head.partition(":")
        if there.get(int(sequence)) != digest:
            yield f"{verb}: act {sequence} was acknowledged and is gone"
    packs = b"".join(path.read_bytes() for path in (home / "files").glob("packs/*.pack"))
    for sha256 in contents:
        path = home / "files" / sha256[:2] / sha256[2:]
        if bytes.fromhex(sha256) not in packs and (not path.exists() or _digest(path) != sha256):
            yield f"the content {sha256} is not whole"
    for edition, record in editions.items():
        for name, sha256 in json.loads(record)["files"].items():
            path = home / "editions" / edition / name
            if not path.exists() or _digest(path) != sha256:
                yield f"the file {name} of {edition} is not whole"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def losses(ready: Path, strace: str, tmp_path: Path, *verbs: str) -> tuple[int, list[str]]:
    """Power is lost after each call that changes what is kept: how many moments were tried, and what was lost."""
    home, log = copied(ready, "powered"), tmp_path / "power.strace"
    disk = power.Disk(home=home)
    disk.begin()
    under = (strace, "-f", "-qq", "-y", "-xx", "-s", "2000000", "-e", f"trace={power.CALLS}", "-o", str(log))
    done = drive(home, *verbs, under=under)
    assert done.returncode == 0, done.stderr
    moments, found = 0, []
    target = home.with_name("after-loss")
    for call in power.calls(log):
        if disk.apply(call):
            moments += 1
            disk.after_loss(target)
            found += lost(target, disk.said)
    assert len(disk.said) == len([verb for verb in verbs if not verb.startswith("--")])
    return moments, found


@pytest.mark.proof
def test_nothing_acknowledged_is_lost(ready: Path, strace: str, tmp_path: Path) -> None:
    moments, found = losses(ready, strace, tmp_path, "load", "review", "load", "issue")
    assert moments > 20
    assert found == []


@pytest.mark.proof
def test_the_trial_sees_a_database_that_does_not_flush(ready: Path, strace: str, tmp_path: Path) -> None:
    _, found = losses(ready, strace, tmp_path, "load", "review", "--normal")
    assert any("was acknowledged and is gone" in one for one in found), found
