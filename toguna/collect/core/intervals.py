"""When a version counts: while it is the newest of its lineage and its review state is one that the operation counts (grammar 1).

Instants are journal sequences; an end is the sequence at which it was no longer so. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

#: The state of a first version and of a correction, as ODK Central sets them.
RECEIVED, EDITED = "received", "edited"
#: The state in which a list that requires approval takes an entity.
APPROVED = "approved"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """From `seq_from` on, up to but not including `seq_to`; without an end it still counts."""

    seq_from: int
    seq_to: int | None
    state: str


def intervals(
    *,
    received: int,
    first: bool,
    superseded: int | None,
    reviews: Iterable[tuple[int, str]],
    until: int,
    counting: Collection[str],
) -> tuple[Interval, ...]:
    """The intervals of one version as known at `until`, one for each state that counts.

    `received` and `superseded` are the sequences of its receipt and of its correction's; `reviews` its (sequence, state) in order.
    """
    if received > until:
        return ()
    end = superseded if superseded is not None and superseded <= until else None
    states = [(received, RECEIVED if first else EDITED)]
    states += [
        (sequence, state) for sequence, state in reviews if sequence <= until and (end is None or sequence < end)
    ]
    ends = [sequence for sequence, _ in states[1:]]
    return tuple(
        Interval(seq_from=begin, seq_to=until_, state=state)
        for (begin, state), until_ in zip(states, [*ends, end], strict=True)
        if state in counting
    )


def merged(found: Sequence[Interval]) -> tuple[tuple[int, int | None], ...]:
    """The intervals without their states: what touches is one."""
    spans: list[tuple[int, int | None]] = []
    for interval in found:
        if spans and spans[-1][1] == interval.seq_from:
            spans[-1] = (spans[-1][0], interval.seq_to)
        else:
            spans.append((interval.seq_from, interval.seq_to))
    return tuple(spans)
