"""Heads that were kept, compared with the journal. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from toguna.journal import problems
from toguna.journal.core.acts import Head
from toguna.kernel.api import Problem

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
#: Faults told one by one; a journal rewritten from its first act differs from every head.
MOST = 20


def parse_heads(text: str) -> Iterator[Head | None]:
    """The head of each whole line; None for a line that is none. What follows the last line end was not written whole and is left out."""
    lines = text.split("\n")
    for line in filter(None, lines[:-1]):
        matched = _HEAD.fullmatch(line)
        yield Head(sequence=int(matched[1]), digest=matched[2]) if matched else None


def differing(
    kept: Iterable[tuple[str, Head | None]], digests: Callable[[list[int]], Mapping[int, str]]
) -> Iterator[Problem]:
    """Each kept head (where, which) that the journal does not go through, at most `MOST`. `digests` gives the digests of acts by sequence."""
    wanted = list(kept)
    there = digests(sorted({head.sequence for _, head in wanted if head is not None}))
    wrong = [(where, head) for where, head in wanted if head is None or there.get(head.sequence) != head.digest]
    for where, head in wrong[:MOST]:
        if head is None:
            yield problems.HEADS_BROKEN.at(where=where)
        elif head.sequence in there:
            yield problems.KEPT_HEAD_DIFFERS.at(where=where, sequence=head.sequence)
        else:
            yield problems.KEPT_HEAD_GONE.at(where=where, sequence=head.sequence)
