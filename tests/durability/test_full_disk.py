"""A disk that is full or fails at any write: what is acknowledged is kept, and what is not kept is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.test_kill import faults, sample
from tests.durability.trials import copied, drive, injected, steps
from toguna.journal import api as journal

CALLS = "write,pwrite64,fsync,fdatasync,rename,ftruncate"


@pytest.mark.proof
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("verb", ["load", "review", "cutoff"])
def test_a_failing_write_is_no_success(ready: Path, strace: str, verb: str, error: str) -> None:
    found = steps(strace, copied(ready, "counted"), verb, CALLS)
    told = 0
    for step in sample(found, f"{verb} {error}"):
        home = copied(ready, f"{verb}-{step.call}-{step.ordinal}")
        done = drive(home, verb, under=injected(strace, step, f"error={error}"))
        assert "Traceback" not in done.stderr, (step.line, done.stderr)
        assert faults(home) == set(), (step.line, done.stderr)
        if "ACK" in done.stdout:
            head = journal.parse_head(done.stdout.split()[-1])
            assert journal.head_at(head.sequence).digest == head.digest, step.line
        else:
            told += 1
            assert done.returncode == 2 and done.stderr.strip(), step.line
    assert told, "no write failed"
