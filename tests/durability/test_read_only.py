"""A folder that cannot be written still answers: figures, trace and verify from what the lake holds, with a note; nothing is changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.durability.trials import ROOT, copied

_MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


def mounted() -> tuple[str, ...]:
    """Words before a command that sees the folder named next as a read-only mount. Skips where nobody may mount."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount: run as root to try a read-only disk")
    return unshare, "-m", "sh", "-c", _MOUNT


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*mounted(), str(home), sys.executable, "-m", "toguna", *words, "--home", str(home)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=surroundings)


def content(home: Path) -> dict[str, str]:
    files = (path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.proof
@pytest.mark.parametrize("cache", ["cache kept", "cache deleted"])
def test_a_read_only_disk_answers_from_the_lake(ready: Path, cache: str) -> None:
    home = copied(ready, "mounted")
    if cache == "cache deleted":
        shutil.rmtree(home / "cache")
    before = content(home)
    for words in (
        ("figures", "attended", "--period", "2016-12", "--format", "csv"),
        ("trace", "attended", "--period", "2016-12"),
    ):
        done = run(home, *words)
        assert done.returncode == 0, done.stderr
        assert "cannot be written" in done.stderr and "1 acts came later" not in done.stdout
        assert "Traceback" not in done.stderr
    figures = run(home, "figures", "attended", "--period", "2016-12", "--format", "csv").stdout
    assert ",16," in figures, figures
    verified = run(home, "verify", "--all")
    assert "Traceback" not in verified.stderr and "database" not in verified.stderr.replace("wrote to the database", "")
    for words in (
        ("cutoff", "2016-12"),
        ("review", "uuid:1", "--state", "approved", "--reason", "other"),
        ("user", "add", "awa", "--role", "reader"),
    ):
        done = run(home, *words)
        assert done.returncode == 2 and "Traceback" not in done.stderr, (words, done.stderr)
        assert "could not be written" in done.stderr and "Nothing of this was kept" in done.stderr, done.stderr
    assert content(home) == before
