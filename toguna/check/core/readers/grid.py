"""Tables that are ruled: strokes to a grid of cells, words to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toguna.check.core.readers.geometry import Box, Word

#: How far apart two strokes may be, in points, and still meet.
NEAR = 3.0
#: A stroke no thicker than this is a rule; anything thicker is a frame or a shade and lends its four edges.
THIN = 3.0
MOST_RULES = 600
MOST_LINES = 120


class Rule(NamedTuple):
    """A rule at `at`, from `start` to `end`; across it is horizontal."""

    across: bool
    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """A ruled table: `cells[row][column]` holds its words; a cell that spans others holds the words of all."""

    box: Box
    cells: list[list[list[Word]]]
    #: How many cells there are when spanned ones count once.
    areas: int


def rules_of(strokes: Iterable[Box], width: float, height: float) -> list[Rule]:
    """Rules, and the edges of frames and shades that are smaller than the page."""
    rules: list[Rule] = []
    for stroke in strokes:
        across, down = stroke.x1 - stroke.x0, stroke.bottom - stroke.top
        if down <= THIN and across > 12:
            rules.append(Rule(True, (stroke.top + stroke.bottom) / 2, stroke.x0, stroke.x1))
        elif across <= THIN and down > 6:
            rules.append(Rule(False, (stroke.x0 + stroke.x1) / 2, stroke.top, stroke.bottom))
        elif across > 12 and down > 6 and (across < 0.95 * width or down < 0.7 * height):
            rules.append(Rule(True, stroke.top, stroke.x0, stroke.x1))
            rules.append(Rule(True, stroke.bottom, stroke.x0, stroke.x1))
            rules.append(Rule(False, stroke.x0, stroke.top, stroke.bottom))
            rules.append(Rule(False, stroke.x1, stroke.top, stroke.bottom))
    return _joined(rules)[:MOST_RULES]


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that continue or cover one another as one: many programs draw each cell's edges by themselves."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.across, round(rule.at), rule.start)):
        last = joined[-1] if joined else None
        if last and last.across == rule.across and abs(last.at - rule.at) <= 1 and rule.start <= last.end + NEAR:
            joined[-1] = last._replace(end=max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def grids_of(rules: Sequence[Rule], words: Sequence[Word]) -> list[Grid]:
    """The grids that the rules draw, largest first, each with the words that stand in it; no word is in two."""
    left = set(words)
    grids = []
    for group in _meeting(rules):
        grid = _grid(group, left)
        if grid is not None:
            grids.append(grid)
            left -= {word for row in grid.cells for cell in row for word in cell}
    return grids


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that touch one another."""
    root = list(range(len(rules)))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    across = [at for at, rule in enumerate(rules) if rule.across]
    down = [at for at, rule in enumerate(rules) if not rule.across]
    for one in across:
        for other in down:
            if _touch(rules[one], rules[other]):
                root[top(one)] = top(other)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(top(at), []).append(rule)
    return sorted((group for group in groups.values() if len(group) >= 4), key=len, reverse=True)


def _touch(across: Rule, down: Rule) -> bool:
    return across.start - NEAR <= down.at <= across.end + NEAR and down.start - NEAR <= across.at <= down.end + NEAR


def _grid(group: Sequence[Rule], words: set[Word]) -> Grid | None:
    xs = _places(rule.at for rule in group if not rule.across)
    ys = _places(rule.at for rule in group if rule.across)
    if not (2 <= len(xs) <= MOST_LINES and 2 <= len(ys) <= MOST_LINES):
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    columns, rows = len(xs) - 1, len(ys) - 1
    area = _areas(group, xs, ys)
    cells: list[list[list[Word]]] = [[[] for _ in range(columns)] for _ in range(rows)]
    first: dict[int, tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            first.setdefault(area[row][column], (row, column))
    for word in words:
        if box.holds(word):
            row = _band(ys, word.base - word.size * 0.3)
            column = _band(xs, (word.x0 + word.x1) / 2)
            at = first[area[row][column]]
            cells[at[0]][at[1]].append(word)
    return Grid(box, cells, len(first)) if any(cell for line in cells for cell in line) else None


def _places(values: Iterable[float]) -> list[float]:
    """Distinct places; those nearer than a stroke's width are one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _band(edges: Sequence[float], value: float) -> int:
    return max(0, min(len(edges) - 2, sum(edge <= value for edge in edges) - 1))


def _areas(group: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> list[list[int]]:
    """For each place of the grid the number of the area it belongs to: places that no rule parts are one area."""
    columns, rows = len(xs) - 1, len(ys) - 1
    down = [[rule for rule in group if not rule.across and abs(rule.at - x) <= NEAR] for x in xs]
    across = [[rule for rule in group if rule.across and abs(rule.at - y) <= NEAR] for y in ys]
    root = list(range(columns * rows))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column and not _covers(down[column], (ys[row] + ys[row + 1]) / 2):
                root[top(here)] = top(here - 1)
            if row and not _covers(across[row], (xs[column] + xs[column + 1]) / 2):
                root[top(here)] = top(here - columns)
    return [[top(row * columns + column) for column in range(columns)] for row in range(rows)]


def _covers(rules: Iterable[Rule], middle: float) -> bool:
    return any(rule.start <= middle <= rule.end for rule in rules)
