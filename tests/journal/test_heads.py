"""Kept heads compared with the journal: each way in which one can be wrong, and the right one."""

from __future__ import annotations

import pytest

from toguna.journal.core.acts import Head
from toguna.journal.core.heads import differing

THERE = {0: "0" * 64, 7: "a" * 64, 8: "c" * 64}


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (Head(sequence=7, digest="a" * 64), None),
        (Head(sequence=7, digest="b" * 64), "kept_head_differs"),
        (Head(sequence=7, digest="c" * 64), "kept_head_differs"),
        (Head(sequence=9, digest="a" * 64), "kept_head_gone"),
        (None, "heads_broken"),
    ],
)
def test_a_kept_head_is_the_act_of_its_number_with_its_digest(head: Head | None, fault: str | None) -> None:
    found = [problem.id.rpartition(".")[2] for problem in differing([("heads", head)], lambda wanted: THERE)]
    assert found == ([fault] if fault else [])
