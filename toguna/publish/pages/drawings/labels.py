"""Where a map's names stand: within their land, clear of everything else. Eight places around an anchor are tried, then farther ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from toguna.publish.pages.drawings.ground import Box, Masks, Point
from toguna.publish.pages.drawings.svg import measure

Anchor = Literal["start", "middle", "end"]
#: Where a label may stand beside its anchor, the best place first: across, up, how it is aligned.
_AROUND: tuple[tuple[float, float, Anchor], ...] = (
    (0, 0, "middle"),
    (0, -1, "middle"),
    (0, 1, "middle"),
    (-1, 0, "end"),
    (1, 0, "start"),
    (-0.7, -0.7, "end"),
    (0.7, -0.7, "start"),
    (-0.7, 0.7, "end"),
    (0.7, 0.7, "start"),
)
_FAR = (1.0, 1.8, 2.6)
#: How high a line of words stands above its baseline and hangs below it, in sizes.
_RISE, _FALL = 0.72, 0.24
_CLEAR = 1.5


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words with their place: the baseline's point, how they are aligned, and the box that they take."""

    words: str
    at: Point
    anchor: Anchor
    weight: int
    box: Box
    #: From where a line leads to a label that stands away from its land.
    leader: Point | None = None


@dataclass
class Placer:
    """Places labels one after the other; what stands already is in nobody's way."""

    masks: Masks
    size: float
    taken: list[Box] = field(default_factory=list)

    def box(self, words: str, at: Point, anchor: Anchor, weight: int) -> Box:
        wide = measure(words, self.size, weight)
        left = at[0] - (wide / 2 if anchor == "middle" else wide if anchor == "end" else 0)
        return (left, at[1] - self.size * _RISE, left + wide, at[1] + self.size * _FALL)

    def free(self, box: Box) -> bool:
        return not any(overlap(box, other, _CLEAR) for other in self.taken)

    def keep(self, label: Label) -> Label:
        self.taken.append(label.box)
        return label

    def fixed(self, words: str, at: Point, anchor: Anchor, weight: int) -> Label | None:
        """The label at just this place, if it is free."""
        box = self.box(words, at, anchor, weight)
        if not self.free(box):
            return None
        return Label(words=words, at=at, anchor=anchor, weight=weight, box=box)

    def near(self, words: str, anchor: Point, weight: int, lands: Sequence[str], apart: float = 0) -> Label | None:
        """The best free place around an anchor that lies in the first of the lands that has one; `apart` keeps it off a circle."""
        for land in lands:
            for at, aligned in self._places(anchor, apart):
                label = self.fixed(words, at, aligned, weight)
                if label is not None and self.masks.holds(land, label.box):
                    return label
        return None

    def anywhere(self, words: str, land: str, weight: int) -> Label | None:
        """The roomiest free place within what is seen of a land; None where the words do not fit."""
        extent = self.masks.extent(land)
        if extent is None:
            return None
        wide, tall = measure(words, self.size, weight), self.size * (_RISE + _FALL)
        best: tuple[float, Label] | None = None
        for x in range(int(extent[0] + wide / 2) + 2, int(extent[2] - wide / 2) - 1, 6):
            for y in range(int(extent[1] + tall), int(extent[3]) - 2, 6):
                label = self.fixed(words, (float(x), float(y)), "middle", weight)
                if label is None or not self.masks.holds(land, label.box):
                    continue
                room = next((grown for grown in (24, 16, 10, 6, 3) if self._roomy(land, label.box, grown)), 0)
                middle = abs((extent[0] + extent[2]) / 2 - x) + abs((extent[1] + extent[3]) / 2 - y)
                if best is None or room - middle / 1000 > best[0]:
                    best = (room - middle / 1000, label)
        return best[1] if best else None

    def _roomy(self, land: str, box: Box, by: float) -> bool:
        grown = (box[0] - by, box[1] - by, box[2] + by, box[3] + by)
        return self.masks.holds(land, grown) and self.free(grown)

    def _places(self, anchor: Point, apart: float) -> Iterator[tuple[Point, Anchor]]:
        drop = self.size * (_RISE - _FALL) / 2
        if not apart:
            yield (anchor[0], anchor[1] + drop), "middle"
        for far in _FAR:
            away = apart + self.size * far * (0.55 if apart else 0.8)
            for x, y, aligned in _AROUND[1:]:
                across, up = x * away, y * (away + self.size * 0.3)
                yield (anchor[0] + across, anchor[1] + up + drop), aligned


def overlap(one: Box, other: Box, clear: float = 0) -> bool:
    """Whether two boxes share a point, or come nearer than `clear`."""
    return (
        one[0] < other[2] + clear
        and other[0] < one[2] + clear
        and one[1] < other[3] + clear
        and other[1] < one[3] + clear
    )
