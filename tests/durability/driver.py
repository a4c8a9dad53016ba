"""Does one thing to an instance in a process of its own, and says so when it is done: what is said is acknowledged.

python -m tests.durability.driver HOME load|review|sync|cutoff|issue|restate ... [--normal]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from toguna.instance.api import configure

configure(Path(sys.argv[1]))

# Models can be imported only now.
from django.db import connection  # noqa: E402

from tests.collect.storage.conftest import OWNER, take, xml  # noqa: E402
from tests.publish.test_editions import Office  # noqa: E402
from toguna.collect.api import review  # noqa: E402
from toguna.figures.api import cutoff  # noqa: E402
from toguna.instance.api import open_instance  # noqa: E402
from toguna.journal import api as journal  # noqa: E402
from toguna.kernel.api import Refused, parse_period  # noqa: E402
from toguna.kernel.core import clock  # noqa: E402
from toguna.pack.consumers import catch_up  # noqa: E402

# Copies as reads and writes, which a trace shows with their bytes.
shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
LATER = datetime(2017, 2, 9, tzinfo=UTC)


def _load() -> None:
    found = take(*(xml(f"uuid:load-{journal.head().sequence}-{n}") for n in range(3)), at=LATER)
    assert len(found.received) == 3


def _review() -> None:
    with clock.at(LATER):
        state = "approved" if journal.head().sequence % 2 else "rejected"
        assert review(["uuid:1", "uuid:3"], state, "duplicate", OWNER)


def _sync() -> None:
    for outcome in catch_up():
        if outcome.error is not None:
            raise outcome.error


def _cutoff() -> None:
    with clock.at(LATER):
        cutoff(parse_period("2016-12"), None, OWNER)


def _issue() -> None:
    with tempfile.TemporaryDirectory() as name:
        Office(Path(name)).issue()


def _restate() -> None:
    with tempfile.TemporaryDirectory() as name:
        Office(Path(name)).issue(nature="restated", reason="late returns")


VERBS: Mapping[str, Callable[[], None]] = {
    "load": _load,
    "review": _review,
    "sync": _sync,
    "cutoff": _cutoff,
    "issue": _issue,
    "restate": _restate,
}


def _open(home: Path) -> None:
    open_instance(home)
    if "--normal" in sys.argv:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def main() -> int:
    home, verbs = Path(sys.argv[1]), [word for word in sys.argv[2:] if word != "--normal"]
    for verb in verbs:
        try:
            if verb == verbs[0]:
                _open(home)
            VERBS[verb]()
        except Refused as refused:
            print(" ".join(problem.written() for problem in refused.problems), file=sys.stderr)
            return 2
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
            return 2
        sys.stdout.write(f"ACK {verb} {journal.head().written()}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
