"""An instance copied for a trial, and the driver run on it in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CALL = re.compile(r"\d+\s+(\w+)\(")


def copied(home: Path, name: str) -> Path:
    """The instance again under another name beside it."""
    target = home.with_name(name)
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(home, target))


def drive(home: Path, *verbs: str, under: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    words = [*under, sys.executable, "-m", "tests.durability.driver", str(home), *verbs]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env=surroundings)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One system call of a run that touches the instance: its name, and which of its name it is."""

    call: str
    ordinal: int
    line: str


def steps(strace: str, home: Path, verb: str, calls: str) -> list[Step]:
    """The calls of these names with which the verb, done to this copy, touches the instance's folder; in order."""
    log = home.with_name(f"{home.name}.strace")
    drive(home, verb, under=(strace, "-f", "-qq", "-y", "-s", "0", "-e", f"trace={calls}", "-o", str(log)))
    counted: Counter[str] = Counter()
    found = []
    for line in log.read_text().splitlines():
        matched = _CALL.match(line)
        if matched is None:
            continue
        counted[matched[1]] += 1
        if str(home) in line:
            found.append(Step(call=matched[1], ordinal=counted[matched[1]], line=line))
    return found


def injected(strace: str, step: Step, fault: str) -> tuple[str, ...]:
    """The words before a command that let this happen at the step."""
    when = f"inject={step.call}:{fault}:when={step.ordinal}"
    return strace, "-f", "-qq", "-o", os.devnull, "-e", f"trace={step.call}", "-e", when
