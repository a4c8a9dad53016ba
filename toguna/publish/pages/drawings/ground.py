"""The ground of a map: lands as rings of degrees, projected onto the drawing and cut at its edge; which land a box of the drawing lies in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, radians

from PIL import Image, ImageDraw

from toguna.publish.pages.drawings.svg import number

Point = tuple[float, float]
Ring = Sequence[Point]
#: Left, top, right, bottom on the drawing.
Box = tuple[float, float, float, float]
#: Kilometres in a degree of latitude.
DEGREE = 111.32
#: Points of a border nearer than this to the last one are left out.
_NEAR = 0.4
#: Room around the country, as shares of its width and height: left, bottom, right, top.
_ROOM = (0.03, 0.015, 0.035, 0.01)


@dataclass(frozen=True, kw_only=True)
class Land:
    """A region or a neighbouring country. `anchor` is where its name or circle stands: longitude and latitude."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    anchor: Point


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place that is a point: an office, or a place with a figure whose borders the map does not have."""

    code: str
    name: str
    at: Point


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a map is drawn on."""

    regions: tuple[Land, ...]
    neighbours: tuple[Land, ...]
    offices: tuple[Spot, ...] = ()
    #: Points for places that have a figure and no polygon.
    apart: tuple[Spot, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Degrees to points: equal in both directions at the country's middle latitude, the country in the middle of the drawing."""

    width: float
    height: float
    scale: float
    squeeze: float
    west: float
    north: float

    @classmethod
    def of(cls, regions: Iterable[Land], width: float, height: float) -> Projection:
        points = [point for land in regions for ring in land.rings for point in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        across, up = east - west, north - south
        west, east = west - across * _ROOM[0], east + across * _ROOM[2]
        south, north = south - up * _ROOM[1], north + up * _ROOM[3]
        squeeze = cos(radians((south + north) / 2))
        scale = min(width / ((east - west) * squeeze), height / (north - south))
        spare_x, spare_y = width / scale / squeeze - (east - west), height / scale - (north - south)
        return cls(
            width=width, height=height, scale=scale, squeeze=squeeze, west=west - spare_x / 2, north=north + spare_y / 2
        )

    def point(self, degrees: Point) -> Point:
        return (degrees[0] - self.west) * self.squeeze * self.scale, (self.north - degrees[1]) * self.scale

    def ring(self, ring: Ring) -> list[Point]:
        """The ring on the drawing, cut a little outside its edge, without points that fall together."""
        cut = _cut([self.point(point) for point in ring], (-4.0, -4.0, self.width + 4, self.height + 4))
        kept: list[Point] = []
        for x, y in cut:
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > _NEAR:
                kept.append((x, y))
        return kept if len(kept) > 2 else []

    def kilometres(self, distance: float) -> float:
        """The length on the drawing of so many kilometres."""
        return distance / DEGREE * self.scale


def outline(rings: Iterable[Sequence[Point]]) -> str:
    """Rings as the data of a path, from point to point, to a tenth."""
    written = []
    for ring in rings:
        if not ring:
            continue
        x, y = round(ring[0][0], 1), round(ring[0][1], 1)
        d = f"M{number(x)} {number(y)}"
        for to_x, to_y in ring[1:]:
            step_x, step_y = round(to_x - x, 1), round(to_y - y, 1)
            x, y = round(x + step_x, 1), round(y + step_y, 1)
            d += f"l{number(step_x)} {number(step_y)}"
        written.append(f"{d}z")
    return "".join(written)


def _cut(points: list[Point], edge: Box) -> list[Point]:
    """A polygon cut by a rectangle, side by side (Sutherland and Hodgman)."""
    left, top, right, bottom = edge
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        found: list[Point] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            inside, was = (point[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                found.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if inside:
                found.append(point)
        points = found
        if not points:
            break
    return points


@dataclass
class Masks:
    """Which pixels of the drawing belong to which land, one pixel a point: a box lies in a land where all its pixels do."""

    width: float
    height: float
    _lands: dict[str, Image.Image] = field(default_factory=dict)

    def add(self, name: str, rings: Iterable[Sequence[Point]]) -> None:
        image = self._lands.setdefault(name, Image.new("L", (int(self.width), int(self.height)), 0))
        draw = ImageDraw.Draw(image)
        for ring in rings:
            if len(ring) > 2:
                draw.polygon([(x, y) for x, y in ring], fill=255)

    def holds(self, name: str, box: Box) -> bool:
        """Whether the box lies within the land and within the drawing."""
        left, top, right, bottom = box
        if left < 1 or top < 1 or right > self.width - 1 or bottom > self.height - 1 or name not in self._lands:
            return False
        part = self._lands[name].crop((int(left), int(top), int(right) + 1, int(bottom) + 1))
        return part.getextrema() == (255, 255)

    def extent(self, name: str) -> Box | None:
        """The smallest box around what is seen of a land."""
        return self._lands[name].getbbox() if name in self._lands else None
