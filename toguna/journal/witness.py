"""Heads of the journal that were kept when something relied on it: in the instance's file `heads`, and in later acts.

A journal that was rewritten and chained again to its end is a chain like any other. It differs from the heads that were seen before: by the
lake, by cut-offs, by editions, by backups, by an earlier `verify`. The file is only ever added to, one ``sequence:digest`` a line. It
is no part of the lake, so that whoever makes the lake anew keeps it; and of no backup, which is of an earlier moment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toguna.instance.api import current, flush_folder, replace_durably
from toguna.journal.core.acts import BEGINNING, Head
from toguna.journal.core.heads import differing, parse_heads
from toguna.journal.store import queries
from toguna.kernel.api import Problem, Refused

FILE = "heads"
#: In the folder `cache`.
VERIFIED = "verified"
#: The acts whose detail tells a head, as ``sequence:digest``.
TELLING = (
    "cutoff.set",
    "edition.issued",
    "edition.restated",
    "edition.replaced",
    "instance.backed_up",
)
_PART = 500


def keep_head(head: Head) -> None:
    """Add the head to the file, durably; nothing where it is the last line already, and nothing of an empty journal."""
    if head.sequence == 0:
        return
    path = current().home / FILE
    written = f"{head.written()}\n"
    is_new = not path.exists()
    if not is_new and path.read_text(encoding="ascii", errors="replace").endswith(written):
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, written.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        flush_folder(path.parent)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """The head up to which everything was found well, and when looking for it began."""

    head: Head
    at: float


def last_verified() -> Verified | None:
    """What `keep_verified` kept; None where nothing is kept or nobody can read it."""
    try:
        written, _, at = (current().cache / VERIFIED).read_text(encoding="ascii").partition(" ")
        return Verified(head=queries.parse_head(written), at=float(at))
    except (OSError, ValueError, Refused):
        return None


def keep_verified(found: Verified) -> None:
    """Keep, for the next `verify`, up to where everything was well. Deleted with the folder `cache`, all is verified again."""
    keep_head(found.head)
    replace_durably(current().cache / VERIFIED, f"{found.head.written()} {found.at!r}".encode())


def head_at(sequence: int) -> Head:
    """The journal's head when this act was the last; that of an empty journal for 0 and for a sequence that it has not."""
    act = next(queries.acts(after=sequence - 1, until=sequence), None) if sequence > 0 else None
    return Head(sequence=act.sequence, digest=act.digest, at=act.at) if act else Head()


def verify() -> tuple[Problem, ...]:
    """Heads that were kept, and that the journal no longer goes through."""
    return tuple(differing((*_in_file(current().home / FILE), *_in_acts()), _digests))


def _in_file(path: Path) -> Iterator[tuple[str, Head | None]]:
    """Each line of the file; a half line at its end is a write that a loss of power cut off."""
    if path.exists():
        yield from ((FILE, head) for head in parse_heads(path.read_text(encoding="ascii", errors="replace")))


def _in_acts() -> Iterator[tuple[str, Head | None]]:
    for act in queries.acts(kinds=TELLING):
        for head in parse_heads(f"{act.detail.get('head', '')}\n"):
            yield f"{act.kind} {act.sequence}", head


def _digests(sequences: list[int]) -> dict[int, str]:
    """The digest of each of these acts that is there; of 0 the beginning."""
    found = {0: BEGINNING}
    for start in range(0, len(sequences), _PART):
        found |= queries.digests_of(sequences[start : start + _PART])
    return found
