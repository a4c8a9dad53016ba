"""One document checked in a process of its own, with limits of time and memory: for a server that other people send documents to.

Nothing of the document is written anywhere: it goes to the process by a pipe, and its findings come back by another.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import NamedTuple

from toguna.check import problems as fault
from toguna.check.core.engine import check
from toguna.check.core.marked import Checked, articles
from toguna.check.core.readers import read_document
from toguna.kernel.api import Language, Place, Refused
from toguna.web import problems

#: Seconds of processor and of the clock, and MB of memory, that one document may take.
SECONDS, PATIENCE, MEGABYTES = 30, 60, 1_500
#: Documents that are read at once, and seconds that another one waits for its turn.
_AT_ONCE, _TURN = 2, 20.0
_turns = threading.BoundedSemaphore(_AT_ONCE)
#: How the process ends when there is not enough memory.
_NO_MEMORY = 3


class Told(NamedTuple):
    """Why a document was not checked: what is wrong, what to do, the problem's id."""

    what: str
    cure: str
    id: str


class ConfinedResult(NamedTuple):
    """The findings and the text with its marks, as part of a page in which everything of the document is escaped; or why there is none."""

    marked: str
    findings: int
    told: tuple[Told, ...] = ()


def check_confined(
    content: bytes,
    name: str,
    language: Language,
    *,
    seconds: int = SECONDS,
    patience: float = PATIENCE,
    megabytes: int = MEGABYTES,
) -> ConfinedResult:
    """Check a document. Refuses one that takes more time or memory, and asks to come again while others are being checked."""
    if not _turns.acquire(timeout=_TURN):
        raise Refused(problems.CHECK_BUSY.at())
    try:
        command = [
            sys.executable,
            "-P",
            "-m",
            "toguna.web.parts.confined",
            language,
            name,
            str(seconds),
            str(megabytes),
        ]
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
        done = subprocess.run(
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience, cwd="/",
            env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Refused(fault.TOO_SLOW.at(Place(), seconds=round(patience))) from error
    finally:
        _turns.release()
    if done.returncode == 0:
        marked, findings, told = json.loads(done.stdout)
        return ConfinedResult(marked=marked, findings=findings, told=tuple(Told(*one) for one in told))
    if done.returncode == -signal.SIGXCPU:
        raise Refused(fault.TOO_SLOW.at(Place(), seconds=seconds))
    raise Refused(problems.DOCUMENT_TOO_HEAVY.at(most=megabytes))


def main(arguments: Sequence[str]) -> int:
    """In the process: limit it, read the document from standard input, write the result as JSON."""
    language, name, seconds, megabytes = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 2**20, int(megabytes) * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        result = _result(sys.stdin.buffer.read(), name, language)
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.write(json.dumps(result))
    return 0


def _result(content: bytes, name: str, language: Language) -> ConfinedResult:
    try:
        document = read_document(content, name)
        found = [finding for finding in check(document) if finding.confidence != "low"]
    except Refused as refused:
        told = tuple(Told(one.what(language), one.cure(language), one.id) for one in refused.problems)
        return ConfinedResult(marked="", findings=0, told=told)
    return ConfinedResult(marked=articles([Checked(document, found)], language), findings=len(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
