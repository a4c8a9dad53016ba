"""Properties of what becomes of submissions and of when they count, over random histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from toguna.collect.core.deciding import Known, Version, decide
from toguna.collect.core.intervals import Interval, intervals, merged
from toguna.collect.core.submissions.values import STATES, Checked
from toguna.kernel.api import digest

NOW = datetime(2016, 12, 31, tzinfo=UTC)
COUNTING = ("received", "edited", "approved")


def checked(instance: int, content: int, corrects: int | None, key: int) -> Checked:
    raw = f"{content} {corrects} {key}".encode()
    return Checked(
        instance_id=f"uuid:{instance}",
        form_id="f",
        form_version="1",
        raw=raw,
        sha256=digest(raw),
        received_at=NOW,
        rows={"": [{"_row": "", "_parent_row": ""}]},
        deprecated_id=None if corrects is None else f"uuid:{corrects}",
        key=f"k{key}" if key else "",
    )


SMALL = st.integers(0, 5)
HISTORIES = st.lists(st.builds(checked, SMALL, st.integers(0, 2), st.none() | SMALL, st.integers(0, 2)), max_size=14)


class Stored:
    """What a database would hold, in memory."""

    def __init__(self) -> None:
        self.versions: dict[str, Version] = {}

    def receive(self, batch: Sequence[Checked]) -> list[tuple[str, str]]:
        """Instance and outcome of each."""
        fresh = {name: replace(one, successor=None, corrects=None) for name, one in self.versions.items()}
        holders = {one.key: one for one in fresh.values() if one.key and not one.superseded}
        decided = decide(batch, Known(versions=fresh, holders=holders))
        self.versions = fresh
        told = [(one.instance_id, f"taken {version.number}") for one, version in decided.accepted]
        told += [(one.instance_id, "known") for one in decided.duplicates]
        return told + [("", problem.id) for one in decided.refused for problem in one.problems]


@given(HISTORIES, st.integers(1, 5))
def test_portions_do_not_matter(history: list[Checked], size: int) -> None:
    whole, parts = Stored(), Stored()
    told = whole.receive(history)
    in_parts = [one for start in range(0, len(history), size) for one in parts.receive(history[start : start + size])]
    assert sorted(told) == sorted(in_parts)
    assert {name: one.superseded for name, one in whole.versions.items()} == {
        name: one.superseded for name, one in parts.versions.items()
    }


@given(HISTORIES)
def test_run_again_nothing_is_doubled_and_what_was_refused_changes_nothing(history: list[Checked]) -> None:
    stored = Stored()
    stored.receive(history)
    before = {name: (one.number, one.superseded) for name, one in stored.versions.items()}
    taken = {one.sha256 for one in stored.versions.values()}
    again = stored.receive([one for one in history if one.sha256 in taken and one.instance_id in before])
    assert not any(outcome.startswith("taken") for _, outcome in again)
    assert {name: (one.number, one.superseded) for name, one in stored.versions.items()} == before


@given(HISTORIES)
def test_each_key_is_held_once(history: list[Checked]) -> None:
    stored = Stored()
    stored.receive(history)
    held = [one.key for one in stored.versions.values() if one.key and not one.superseded]
    assert len(held) == len(set(held))


REVIEWS = st.lists(
    st.tuples(st.integers(2, 30), st.sampled_from(STATES)), max_size=6, unique_by=lambda review: review[0]
)


def counts_at(found: Sequence[Interval], sequence: int) -> str | None:
    """The state in which it counts at the sequence, if it does."""
    holding = [one.state for one in found if one.seq_from <= sequence and (one.seq_to is None or sequence < one.seq_to)]
    assert len(holding) <= 1
    return holding[0] if holding else None


@given(REVIEWS, st.none() | st.integers(2, 30), st.booleans(), st.integers(1, 32))
def test_what_was_known_then_does_not_change_with_what_came_later(
    reviews: list[tuple[int, str]], superseded: int | None, first: bool, until: int
) -> None:
    history = sorted((at, state) for at, state in reviews if superseded is None or at < superseded)

    def known(at: int) -> tuple[Interval, ...]:
        return intervals(received=1, first=first, superseded=superseded, reviews=history, until=at, counting=COUNTING)

    now, then = known(32), known(until)
    for sequence in range(1, until + 1):
        last = [state for at, state in history if at <= sequence]
        state = last[-1] if last else ("received" if first else "edited")
        expected = state if state in COUNTING and (superseded is None or sequence < superseded) else None
        assert counts_at(then, sequence) == counts_at(now, sequence) == expected
        assert any(begin <= sequence and (end is None or sequence < end) for begin, end in merged(then)) == (
            expected is not None
        )
