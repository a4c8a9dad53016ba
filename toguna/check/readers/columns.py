"""Columns: segments that stand under one another, one below the other and nothing else beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toguna.check.readers.geometry import Box, Segment, around
from toguna.check.readers.marks import is_figure


class Column(NamedTuple):
    """Lines of one column, from top to bottom."""

    box: Box
    lines: tuple[Segment, ...]


def columns_of(segments: Sequence[Segment]) -> list[Column]:
    """Chains of segments: each has one below it and is the only one above that."""
    below = _neighbours(segments)
    above: dict[int, list[int]] = {}
    for one, others in below.items():
        for other in others:
            above.setdefault(other, []).append(one)
    chained: dict[int, int] = {
        one: others[0] for one, others in below.items() if len(others) == 1 and len(above[others[0]]) == 1
    }
    followers = set(chained.values())
    columns = []
    for at in range(len(segments)):
        if at in followers:
            continue
        chain = [at]
        while chain[-1] in chained:
            chain.append(chained[chain[-1]])
        lines = tuple(segments[one] for one in chain)
        columns.append(Column(around(lines), lines))
    return columns


def _neighbours(segments: Sequence[Segment]) -> dict[int, list[int]]:
    """For each segment those directly below it: within two lines, overlapping sideways, nothing between."""
    found: dict[int, list[int]] = {}
    boxes = [segment.box for segment in segments]
    bases = [segment.base for segment in segments]
    for one, box in enumerate(boxes):
        near: list[int] = []
        covered: list[tuple[float, float]] = []
        for other in range(one + 1, len(segments)):
            size = max(segments[one].size, min(segments[other].size, 1.6 * segments[one].size))
            if bases[other] - bases[one] > 6 * segments[one].size and bases[other] - bases[one] > 40:
                break
            if bases[other] - bases[one] < 0.35 * min(segments[one].size, segments[other].size):
                continue
            start, end = max(box.x0, boxes[other].x0), min(box.x1, boxes[other].x1)
            if start >= end or any(s < end and start < e for s, e in covered):
                continue
            covered.append((boxes[other].x0, boxes[other].x1))
            if boxes[other].top - box.bottom <= (1.5 if is_figure(segments[one].text) else 1.0) * size:
                near.append(other)
        found[one] = near
    return found
