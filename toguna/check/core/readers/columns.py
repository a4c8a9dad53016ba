"""Columns: segments that stand under one another, one below the other and nothing else beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toguna.check.core.readers.geometry import Box, Segment, around
from toguna.check.core.readers.marks import is_figure


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
    highest = max((segment.size for segment in segments), default=0.0)
    for one, segment in enumerate(segments):
        near: list[int] = []
        covered: list[tuple[float, float]] = []
        figure = is_figure(segment.text)
        for other in range(one + 1, len(segments)):
            below = segments[other]
            step = below.base - segment.base
            if step > 0.8 * highest + 5 * segment.size:
                break
            if below.x0 >= segment.x1 or below.x1 <= segment.x0:
                continue
            start, end = max(segment.x0, below.x0), min(segment.x1, below.x1)
            if start >= end or step < 0.35 * min(segment.size, below.size):
                continue
            if any(left < end and start < right for left, right in covered):
                continue
            covered.append((below.x0, below.x1))
            size = max(segment.size, min(below.size, 1.6 * segment.size))
            reach = 1.0 if not figure else 4.0 if _in_line(segment, below) else 1.5
            if below.top - segment.bottom <= reach * size:
                near.append(other)
        found[one] = near
    return found


def _in_line(segment: Segment, below: Segment) -> bool:
    """Whether two figures begin, end or are centred in one line, as those of a table's column, whose labels may wrap."""
    middles = abs(segment.x0 + segment.x1 - below.x0 - below.x1) / 2
    edges = abs(segment.x0 - below.x0), abs(segment.x1 - below.x1)
    return min(middles, *edges) < 0.3 * segment.size and is_figure(below.text) and abs(segment.size - below.size) < 1
