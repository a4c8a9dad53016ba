"""A disk without any room still answers, and a backup of it goes to another disk: on a real file system that is full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.durability.trials import ROOT

#: A file system of its own for this command alone: the instance copied there, every byte and then every block of it taken.
_FILLED = (
    'mount -t tmpfs -o size="$3" tmpfs "$1" && cp -r "$2" "$1/home" && { dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null; '
    'cat /dev/zero > "$1/rest" 2>/dev/null; shift 3; exec "$@"; }'
)


def run(ready: Path, disk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount: run as root to try a full disk")
    disk.mkdir(exist_ok=True)
    size = sum(path.stat().st_size + 4096 for path in ready.rglob("*")) + 200_000
    command = [sys.executable, "-m", "toguna", *words, "--home", str(disk / "home")]
    return subprocess.run(
        [unshare, "-m", "sh", "-c", _FILLED, "sh", str(disk), str(ready), str(size), *command],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.slow
def test_a_full_disk_answers_from_the_lake(ready: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    figures = run(ready, disk, "figures", "attended", "--period", "2016-12", "--format", "csv")
    assert figures.returncode == 0 and ",16," in figures.stdout, figures.stderr
    assert "cannot be written" in figures.stderr
    verified = run(ready, disk, "verify")
    assert "Head:" in verified.stdout and "could not be written" not in verified.stderr, verified.stderr
    changed = run(ready, disk, "cutoff", "2016-12")
    assert changed.returncode == 2 and "Nothing of this was kept" in changed.stderr, changed.stderr


@pytest.mark.slow
def test_a_full_disk_is_backed_up_to_another_one(ready: Path, tmp_path: Path) -> None:
    disk, elsewhere = tmp_path / "disk", tmp_path / "b.zip"
    there = run(ready, disk, "backup", str(disk / "b.zip"))
    assert there.returncode == 2 and "the disk has 0 left" in there.stderr, there.stderr
    done = run(ready, disk, "backup", str(elsewhere))
    assert done.returncode == 0 and elsewhere.is_file(), done.stderr
