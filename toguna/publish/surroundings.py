"""What an update's blocks draw on beside figures: photos, the map's polygons, names and points of places. Read from the pack's files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from toguna.instance.core.names import names_in
from toguna.kernel.api import LANGUAGES, Language, Place, Problem, Refused
from toguna.kernel.core.languages import FALLBACK, Labels
from toguna.publish import problems as fault
from toguna.publish.core.notes import month_name
from toguna.publish.core.resolved import BlockFigures, Resolved
from toguna.publish.core.series import months_before
from toguna.publish.core.tree import Fenced, walk
from toguna.publish.pages.drawings.ground import Ground, Land, Spot
from toguna.publish.pages.drawings.situation import region_of
from toguna.publish.pages.look import Look, read_look
from toguna.publish.pages.pictures import Picture, prepare_picture
from toguna.publish.pages.sketches import Sketch, chart_sketch, map_sketch
from toguna.publish.pages.words import WORDS
from toguna.revisions.folders import FilesUnder

_SHAPES = "places.geojson"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place that a map may mark."""

    names: Mapping[Language, str]
    longitude: float
    latitude: float


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The pack's pictures and map. `shapes` is a GeoJSON FeatureCollection keyed by p-code and country code."""

    #: The pictures by name.
    photos: Mapping[str, bytes] = field(repr=False)
    shapes: Mapping[str, Any] | None = None
    #: Names of places and neighbouring countries by code.
    names: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    #: Where a map writes a place's name or puts its circle: longitude and latitude by code.
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    look: Look = field(default_factory=Look)

    @classmethod
    def of_json(cls, photos: Mapping[str, bytes], kept: Mapping[str, Any]) -> Surroundings:
        """What an edition kept of them."""
        points = {code: Point(**{**point, "names": Labels(point["names"])}) for code, point in kept["points"].items()}
        anchors = {code: (at[0], at[1]) for code, at in kept.get("anchors", {}).items()}
        look = Look(**kept.get("look", {}))
        names = Labels(kept["names"])
        return cls(photos=photos, shapes=kept["shapes"], names=names, points=points, anchors=anchors, look=look)

    def as_json(self) -> dict[str, Any]:
        """What an edition keeps of them, so that it can be made again."""
        look = self.look
        return {
            "shapes": self.shapes,
            "names": self.names,
            "points": {code: asdict(point) for code, point in self.points.items()},
            "anchors": self.anchors,
            "look": {
                "accent": look.accent,
                "mark": look.mark,
                "text": look.text,
                "faces": look.faces,
                "demonstration": look.demonstration,
            },
        }


def read_surroundings(pack: Mapping[str, bytes], kept: Path, languages: Sequence[Language] = LANGUAGES) -> Surroundings:
    """The pack's photos, ``places.csv`` and ``places.geojson``; what is not there is told by the block that needs it.

    `kept` is a folder of ours, for the files of the look's typeface. A shape without a row in ``places.csv`` (a neighbouring country) has its
    names in the properties `name_en`, `name_fr` ...; `languages` are the operation's.
    """
    shapes = json.loads(pack[_SHAPES]) if _SHAPES in pack else None
    points: dict[str, Point] = {}
    anchors: dict[str, tuple[float, float]] = {}
    rows = list(csv.DictReader(StringIO(pack.get("places.csv", b"").decode("utf-8-sig"), newline="")))
    names = _names(shapes or {}, rows, languages)
    for row in rows:
        if row.get("lat") and row.get("lon"):
            point = Point(
                names=names_in(row, languages) or {FALLBACK: row["pcode"]},
                longitude=float(row["lon"]),
                latitude=float(row["lat"]),
            )
            points[row["pcode"]] = points[row.get("slug") or row["pcode"]] = point
        if row.get("label_lat") and row.get("label_lon"):
            anchors[row["pcode"]] = (float(row["label_lon"]), float(row["label_lat"]))
    photos, look = FilesUnder(pack, "photos/"), read_look(pack, kept)
    return Surroundings(photos=photos, shapes=shapes, names=names, points=points, anchors=anchors, look=look)


def _names(
    shapes: Mapping[str, Any], rows: Sequence[Mapping[str, str]], languages: Sequence[Language]
) -> Labels[dict[str, str]]:
    """What shapes and places are called, by language and code, in Toguna's languages and the operation's."""
    found: dict[str, Mapping[str, str]] = {
        str(shape["id"]): names_in(shape.get("properties") or {}, languages) for shape in shapes.get("features", ())
    }
    found |= {row["pcode"]: names_in(row, languages) or {FALLBACK: row["pcode"]} for row in rows}
    spoken = dict.fromkeys((*languages, *LANGUAGES))
    return Labels({language: {code: each[language] for code, each in found.items() if each} for language in spoken})


def read_terms(pack: Mapping[str, bytes]) -> tuple[str, ...]:
    """The pack's ``protected_terms.txt``: words that no text of the operation may print, one a line; none where there is no such file."""
    lines = pack.get("protected_terms.txt", b"").decode("utf-8-sig").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@dataclass(frozen=True, kw_only=True)
class Illustrations:
    """Photos, drawings to be made and the months of series by the line of their block, and what could not be shown."""

    pictures: Mapping[int, Picture]
    sketches: Mapping[int, Sketch]
    months: Mapping[int, tuple[str, ...]]
    problems: tuple[Problem, ...]


def illustrate(resolved: Resolved, around: Surroundings, folder: Path) -> Illustrations:
    """Every photo of the text, made ready in the page's folder; every chart and map, to be drawn where it is shown."""
    pictures: dict[int, Picture] = {}
    sketches: dict[int, Sketch] = {}
    months: dict[int, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for node in walk(resolved.update.blocks):
        if not isinstance(node, Fenced):
            continue
        try:
            if node.kind == "photo":
                pictures[node.line] = _photo(node, around, Place(file=resolved.update.file, line=node.line), folder)
            elif node.kind in {"chart", "map"}:
                sketches[node.line] = _sketch(node, resolved, around)
            elif node.options.get("series"):
                months[node.line] = _months(node, resolved)
        except Refused as refused:
            problems += refused.problems
    return Illustrations(pictures=pictures, sketches=sketches, months=months, problems=tuple(problems))


def _photo(node: Fenced, around: Surroundings, place: Place, folder: Path) -> Picture:
    name = node.options.get("file", "")
    if "/" in name:
        raise Refused(fault.PICTURE_MISSING.at(place, file=name))
    return prepare_picture(around.photos, name, node.options.get("alt", ""), place, folder)


def _months(node: Fenced, resolved: Resolved) -> tuple[str, ...]:
    """Every month of the block's series with its name, ``2016-12|Dec``: those without a figure keep their place."""
    length = int(node.options["series"].rstrip("m"))
    whole = months_before(resolved.front.covers, length)
    return tuple(f"{month}|{month_name(month, resolved.front.language)}" for month in map(str, whole.months()))


def _sketch(node: Fenced, resolved: Resolved, around: Surroundings) -> Sketch:
    place = Place(file=resolved.update.file, line=node.line)
    language = resolved.front.language
    figures = resolved.blocks.get(node.line)
    given = node.options.get("alt", "")
    if node.kind == "chart":
        if figures is None or not figures.rows:
            raise Refused(fault.NOTHING_TO_DRAW.at(place, kind=node.kind))
        return chart_sketch(figures, node.options.get("type", ""), language, given)
    if around.shapes is None:
        raise Refused(fault.NO_POLYGONS.at(place))
    names = around.names.get(language, {})
    title = figures.title if figures and figures.title else node.options.get("title") or WORDS[language]["map"]
    return map_sketch(_ground(node, figures, around, language, place), figures, title, language, names, given)


def _ground(
    node: Fenced, figures: BlockFigures | None, around: Surroundings, language: Language, place: Place
) -> Ground:
    """The lands of the pack's polygons with their names, the offices that the block names, places that have a figure and no polygon."""
    names = around.names.get(language, {})
    lands: dict[str, list[Land]] = {"region": [], "neighbour": []}
    for shape in (around.shapes or {}).get("features", ()):
        code, kind = str(shape["id"]), str(shape["properties"].get("kind"))
        if kind in lands:
            lands[kind].append(region_of(shape, names.get(code, code), around.anchors.get(code)))
    drawn = {land.code for land in lands["region"]}
    rows = figures.rows.get("of", ()) if figures else ()
    apart = [
        Spot(code=code, name=point.names[language], at=around.anchors.get(code) or (point.longitude, point.latitude))
        for code in (row.codes[-1] for row in rows)
        if code not in drawn and (point := around.points.get(code)) is not None
    ]
    offices = tuple(_offices(node, around, language, place))
    return Ground(
        regions=tuple(lands["region"]), neighbours=tuple(lands["neighbour"]), offices=offices, apart=tuple(apart)
    )


def _offices(node: Fenced, around: Surroundings, language: Language, place: Place) -> Iterator[Spot]:
    for code in filter(None, (word.strip() for word in node.options.get("offices", "").split(","))):
        point = around.points.get(code)
        if point is None:
            raise Refused(fault.PLACE_UNKNOWN.at(place, code=code))
        yield Spot(code=code, name=point.names[language], at=(point.longitude, point.latitude))
