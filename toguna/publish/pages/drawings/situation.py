"""The situation map. Counts are circles by area, rates are shades of regions; names by rule; offices, neighbours, north, a scale.

A count is never painted over a region: an empty desert would look like the fullest place (look.md 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from toguna.kernel.api import Language
from toguna.publish.pages.drawings.ground import Box, Ground, Land, Masks, Point, Projection, outline
from toguna.publish.pages.drawings.labels import Label, Placer
from toguna.publish.pages.drawings.svg import Drawing, Pen, box, framed, measure, number, path, words
from toguna.publish.pages.drawings.values import Value, highest, told
from toguna.publish.pages.look import CLASSES
from toguna.publish.pages.words import WORDS

#: The radius of the largest circle as a share of the map's width.
_LARGEST = 0.08
_SQUARE = 4.2
_SCALES = (1000, 500, 300, 200, 100, 50, 20, 10, 5)
_COUNTRY = "country"


@dataclass
class SituationMap:
    """A map that is being made. `values` are by code of place; `rate`: they are shares of a hundred, drawn as shades."""

    ground: Ground
    values: Mapping[str, Value]
    pen: Pen
    language: Language
    width: float
    height: float
    rate: bool = False
    labels: list[Label] = field(default_factory=list)
    circles: dict[str, tuple[Point, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.projection = Projection.of(self.ground.regions, self.width, self.height)
        self.rings = {
            land.code: [self.projection.ring(ring) for ring in land.rings]
            for land in (*self.ground.regions, *self.ground.neighbours)
        }
        self.masks = Masks(self.width, self.height)
        for land in (*self.ground.regions, *self.ground.neighbours):
            self.masks.add(land.code, self.rings[land.code])
        for land in self.ground.regions:
            self.masks.add(_COUNTRY, self.rings[land.code])
        self.placer = Placer(self.masks, self.pen.size)

    def draw(self, title: str) -> Drawing:
        """The whole map; its words name every place that has a figure."""
        parts = [*self._lands(), *self._circles(), *self._offices(), *self._furniture()]
        self._place_valued()
        self._place_others()
        self._place_neighbours()
        parts += [self._written(label) for label in self.labels]
        colon = "\u00a0:" if self.language == "fr" else ":"
        named = told(list(self.values.values()), self.language)
        offices = ", ".join(spot.name for spot in self.ground.offices)
        alt = f"{title}{colon} {named}." if named else f"{title}."
        alt += f" {WORDS[self.language]['offices']} {offices}." if offices else ""
        return framed(self.width, self.height, "".join(parts), alt)

    def _lands(self) -> Iterator[str]:
        pen = self.pen
        yield box(0, 0, self.width, self.height, pen["land"])
        around = outline(ring for land in self.ground.neighbours for ring in self.rings[land.code])
        yield path(around, fill=pen["land"], stroke=pen["rule"], stroke_width=0.7)
        whole = outline(ring for land in self.ground.regions for ring in self.rings[land.code])
        yield path(whole, fill="none", stroke=pen["slate"], stroke_width=2.2, stroke_linejoin="round")
        border = {"stroke": pen["edge"], "stroke_width": 0.6, "stroke_linejoin": "round"}
        if not self.rate:
            yield path(whole, fill=pen["country"], **border)  # type: ignore[arg-type]
            return
        for land in self.ground.regions:
            yield path(outline(self.rings[land.code]), fill=self._shade(land.code) or pen["country"], **border)  # type: ignore[arg-type]

    def _shade(self, code: str) -> str:
        value = self.values.get(code)
        if not self.rate or value is None or value.amount is None:
            return ""
        return CLASSES[min(int(value.amount / 20), len(CLASSES) - 1)]

    def _circles(self) -> Iterator[str]:
        if self.rate:
            return
        most = highest(list(self.values.values()))
        anchors = {land.code: land.anchor for land in self.ground.regions}
        anchors |= {spot.code: spot.at for spot in self.ground.apart}
        for code, value in self.values.items():
            if code in anchors and value.amount is not None:
                middle = self.projection.point(anchors[code])
                radius = max(1.2, self.width * _LARGEST * sqrt(max(value.amount, 0) / most))
                self.circles[code] = (middle, radius)
        self._part_circles()
        for (x, y), radius in self.circles.values():
            circle = f"M{number(x - radius)} {number(y)}a{number(radius)} {number(radius)} 0 1 0 {number(2 * radius)} 0"
            d = f"{circle}a{number(radius)} {number(radius)} 0 1 0 {number(-2 * radius)} 0Z"
            yield path(d, fill=self.pen["blue"], stroke=self.pen["country"], stroke_width=1)
            self.placer.taken.append((x - radius, y - radius, x + radius, y + radius))

    def _part_circles(self) -> None:
        """Two circles that would lie on one another are moved apart along the line between them."""
        codes = list(self.circles)
        for _ in range(3):
            for at, one in enumerate(codes):
                for other in codes[at + 1 :]:
                    (x0, y0), r0 = self.circles[one]
                    (x1, y1), r1 = self.circles[other]
                    apart = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2) or 0.1
                    move = (r0 + r1 + 2 - apart) / 2
                    if move > 0:
                        step = ((x1 - x0) / apart * move, (y1 - y0) / apart * move)
                        self.circles[one] = ((x0 - step[0], y0 - step[1]), r0)
                        self.circles[other] = ((x1 + step[0], y1 + step[1]), r1)

    def _offices(self) -> Iterator[str]:
        half = _SQUARE / 2
        for spot in self.ground.offices:
            x, y = self.projection.point(spot.at)
            yield box(
                x - half, y - half, _SQUARE, _SQUARE, self.pen["ochre"], stroke=self.pen["country"], stroke_width=0.8
            )
            self.placer.taken.append((x - half, y - half, x + half, y + half))

    def _furniture(self) -> Iterator[str]:
        """The arrow to the north and the bar of kilometres, each in its corner."""
        pen, size, ground = self.pen, self.pen.size, self.pen["land"]
        yield path(f"M{number(self.width - 12)} 7l3.4 9l-3.4-2.2l-3.4 2.2Z", fill=pen["slate"])
        yield words("N", self.width - 12, 17 + size, pen["slate"], size, weight=600, anchor="middle", halo=ground)
        self.placer.taken.append((self.width - 18, 4, self.width - 6, 20 + size))
        distance = next((each for each in _SCALES if self.projection.kilometres(each) < self.width * 0.24), _SCALES[-1])
        long = self.projection.kilometres(distance)
        x, y = self.width - long - 8, self.height - 9
        d = f"M{number(x)} {number(y - 3)}v3h{number(long)}v-3"
        yield path(d, fill="none", stroke=pen["slate"], stroke_width=0.9)
        name = f"{distance}\u00a0km"
        yield words(name, x + long / 2, y - 4.5, pen["slate"], size, anchor="middle", halo=ground)
        wide = max(long, measure(name, size))
        self.placer.taken.append((x + long / 2 - wide / 2 - 2, y - 5 - size, x + long / 2 + wide / 2 + 2, y + 2))

    def _place_valued(self) -> None:
        """Names of places with a figure: above the circle with the number inside, else name and number beside it."""
        names = {land.code: land for land in self.ground.regions}
        points = {spot.code: spot for spot in self.ground.apart}
        size = self.pen.size
        for code in sorted(self.circles, key=lambda each: -self.circles[each][1]):
            (x, y), radius = self.circles[code]
            name = (names.get(code) or points[code]).name
            value = self.values[code]
            inside = radius > size * 1.25 and measure(value.text, size, 700) < radius * 1.8
            label = f"{name} {value.text}" if not inside else name
            if inside:
                self._number_inside(value.text, (x, y + size * 0.36))
            found = self._above(label, x, y, radius) if inside else None
            found = found or self.placer.near(label, (x, y), 700, (_COUNTRY,), radius)
            self._kept(found or self._with_leader(label, (x, y), 700))
        for land in self.ground.regions if self.rate else ():
            if land.code in self.values:
                label = f"{land.name} {self.values[land.code].text}"
                at = self.projection.point(land.anchor)
                found = self.placer.near(label, at, 700, (land.code, _COUNTRY))
                self._kept(found or self._with_leader(label, at, 700))

    def _above(self, name: str, x: float, y: float, radius: float) -> Label | None:
        label = self.placer.fixed(name, (x, y - radius - self.pen.size * 0.42), "middle", 700)
        return label if label is not None and self.masks.holds(_COUNTRY, label.box) else None

    def _number_inside(self, text: str, at: Point) -> None:
        """A number in its circle needs no place of its own: the circle has taken it."""
        self.labels.append(
            Label(words=text, at=at, anchor="middle", weight=700, box=self.placer.box(text, at, "middle", 700))
        )

    def _place_others(self) -> None:
        """Regions without a figure: always named, if need be beside a line that leads to them."""
        silent = [
            land for land in self.ground.regions if land.code not in self.circles and land.code not in self.values
        ]
        withheld = [land for land in self.ground.regions if land.code in self.values and land.code not in self.circles]
        for land in [*silent, *(withheld if not self.rate else ())]:
            at = self.projection.point(land.anchor)
            name = land.name
            if land.code in self.values:
                name = f"{land.name} ({WORDS[self.language][self.values[land.code].known]})"
            found = self.placer.near(name, at, 400, (land.code, _COUNTRY))
            self._kept(found or self._with_leader(name, at, 400))

    def _place_neighbours(self) -> None:
        """A neighbour's name where it fits within what is seen of its land; else it is left out."""
        for land in self.ground.neighbours:
            found = self.placer.anywhere(land.name, land.code, 400)
            if found is not None:
                self.labels.append(self.placer.keep(found))

    def _with_leader(self, name: str, at: Point, weight: int) -> Label | None:
        """The nearest free place anywhere on the map, with a line to the anchor."""
        size, best = self.pen.size, None
        for x in range(10, int(self.width) - 10, 8):
            for y in range(14, int(self.height) - 6, 8):
                label = self.placer.fixed(name, (float(x), float(y)), "middle", weight)
                if label is None or label.box[0] < 2 or label.box[2] > self.width - 2:
                    continue
                far = sqrt((x - at[0]) ** 2 + (y - size * 0.3 - at[1]) ** 2)
                if best is None or far < best[0]:
                    best = (far, label)
        if best is None:
            return None
        label = best[1]
        return Label(words=name, at=label.at, anchor="middle", weight=weight, box=label.box, leader=at)

    def _kept(self, label: Label | None) -> None:
        if label is not None:
            self.labels.append(self.placer.keep(label))

    def _written(self, label: Label) -> str:
        pen, size = self.pen, self.pen.size
        in_circle = any(_within(label.box, middle, radius) for middle, radius in self.circles.values())
        if in_circle and label.weight == 700:
            return words(label.words, *label.at, pen["country"], size, weight=700, anchor="middle")
        neighbour = any(label.words == land.name for land in self.ground.neighbours)
        ground = pen["land"] if neighbour else pen["country"]
        fill = pen["ink"] if label.weight == 700 else pen["slate"]
        line = ""
        if label.leader is not None:
            x = min(max(label.leader[0], label.box[0]), label.box[2])
            y = label.box[1] if label.leader[1] < label.box[1] else label.box[3]
            d = f"M{number(label.leader[0])} {number(label.leader[1])}L{number(x)} {number(y)}"
            line = path(d, fill="none", stroke=pen["slate"], stroke_width=0.6)
        return line + words(
            label.words, *label.at, fill, size, weight=label.weight, anchor=label.anchor, italic=neighbour, halo=ground
        )


def _within(inner: Box, middle: Point, radius: float) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return (x - middle[0]) ** 2 + (y - middle[1]) ** 2 < (radius * 0.5) ** 2


def region_of(shape: Mapping[str, Any], name: str, anchor: Point | None) -> Land:
    """A GeoJSON feature as a land; without an anchor its name stands at the middle of its largest ring."""
    geometry: Mapping[str, Any] = shape["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = tuple(tuple((point[0], point[1]) for point in polygon[0]) for polygon in polygons)
    return Land(code=str(shape["id"]), name=name, rings=rings, anchor=anchor or centre(rings))


def centre(rings: tuple[tuple[Point, ...], ...]) -> Point:
    """The centroid of the largest ring."""
    best, area_of_best = (0.0, 0.0), 0.0
    for ring in rings:
        twice = x_sum = y_sum = 0.0
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            twice, x_sum, y_sum = twice + cross, x_sum + (x0 + x1) * cross, y_sum + (y0 + y1) * cross
        if abs(twice) > area_of_best:
            best, area_of_best = (x_sum / (3 * twice), y_sum / (3 * twice)), abs(twice)
    return best
