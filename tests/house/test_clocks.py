"""No test asserts how long something takes by the clock on the wall: on a loaded machine it fails by chance. Count calls, steps or bytes."""

from __future__ import annotations

import re

from tests.house.code import ROOT

_CLOCK = re.compile(r"\b(?:time\.(?:time|monotonic|perf_counter)(?:_ns)?\(|perf_counter\(|monotonic\(|timeit\b)")
#: Files that may look at the clock, and why: none of them asserts what it says.
WAITING = {
    "tests/postgresql.py": "waits for a server to answer, and gives up",
    "tests/figures/dialects/test_lost_engines.py": "waits for a command to reach an engine, and gives up",
    "tests/figures/dialects/apache.py": "waits for a server to answer, and gives up",
    "tests/pack/test_new.py": "waits for a process to have begun, before it is killed",
    "tests/house/test_clocks.py": "names what it looks for",
}


def test_no_test_measures_time_by_the_clock() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if _CLOCK.search(path.read_text(encoding="utf-8"))
    }
    assert found <= set(WAITING), (
        "count calls, steps or bytes instead: see `within` in tests/check/readers/test_hostile.py"
    )
