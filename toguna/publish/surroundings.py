"""What an update's blocks draw on beside figures: photos, the map's polygons, names and points of places. Read from the pack's folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toguna.kernel.api import LANGUAGES, Language, Place, Problem, Refused
from toguna.publish import problems as fault
from toguna.publish.core.resolved import BlockFigures, Resolved
from toguna.publish.core.tree import Fenced, walk
from toguna.publish.pages.charts import Drafter, alt_text, chart, situation_map
from toguna.publish.pages.layout import Picture
from toguna.publish.pages.pictures import prepare_picture, svg_picture
from toguna.publish.pages.words import WORDS


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place that a map may mark."""

    names: Mapping[Language, str]
    longitude: float
    latitude: float


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The pack's pictures and map. `shapes` is a GeoJSON FeatureCollection keyed by p-code and country code."""

    photos: Path
    shapes: Mapping[str, Any] | None = None
    #: Names of places and neighbouring countries by code.
    names: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)

    @classmethod
    def of_json(cls, photos: Path, kept: Mapping[str, Any]) -> Surroundings:
        """What an edition kept of them."""
        points = {code: Point(**point) for code, point in kept["points"].items()}
        return cls(photos=photos, shapes=kept["shapes"], names=kept["names"], points=points)


#: Neighbours that the map's polygons name by ISO code.
_COUNTRIES: Mapping[Language, Mapping[str, str]] = {
    "en": {"BFA": "Burkina Faso", "CIV": "Côte d'Ivoire", "DZA": "Algeria", "GIN": "Guinea", "MRT": "Mauritania", "NER": "Niger", "SEN": "Senegal"},
    "fr": {"BFA": "Burkina Faso", "CIV": "Côte d'Ivoire", "DZA": "Algérie", "GIN": "Guinée", "MRT": "Mauritanie", "NER": "Niger", "SEN": "Sénégal"},
}  # fmt: skip


def read_surroundings(pack: Path) -> Surroundings:
    """The pack's photos, ``places.csv`` and ``places.geojson``; what is not there is told by the block that needs it."""
    names: dict[Language, dict[str, str]] = {language: dict(_COUNTRIES[language]) for language in LANGUAGES}
    points: dict[str, Point] = {}
    places = pack / "places.csv"
    if places.is_file():
        with places.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                each: dict[Language, str] = {
                    language: row.get(f"name_{language}") or row["pcode"] for language in LANGUAGES
                }
                for language in LANGUAGES:
                    names[language][row["pcode"]] = each[language]
                if row.get("lat") and row.get("lon"):
                    point = Point(names=each, longitude=float(row["lon"]), latitude=float(row["lat"]))
                    points[row["pcode"]] = points[row.get("slug") or row["pcode"]] = point
    shapes = pack / "places.geojson"
    found = json.loads(shapes.read_text(encoding="utf-8")) if shapes.is_file() else None
    return Surroundings(photos=pack / "photos", shapes=found, names=names, points=points)


def read_terms(pack: Path) -> tuple[str, ...]:
    """The pack's ``protected_terms.txt``: words that no text of the operation may print, one a line; none where there is no such file."""
    path = pack / "protected_terms.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Pictures by the line of their block, and what could not be drawn."""

    pictures: Mapping[int, Picture]
    problems: tuple[Problem, ...]


def draw_pictures(resolved: Resolved, around: Surroundings, drafter: Drafter, folder: Path) -> Drawn:
    """Every photo, chart and map of the text, written into the page's folder."""
    pictures: dict[int, Picture] = {}
    problems: list[Problem] = []
    for node in walk(resolved.update.blocks):
        if not isinstance(node, Fenced) or node.kind not in {"photo", "chart", "map"}:
            continue
        place = Place(file=resolved.update.file, line=node.line)
        try:
            pictures[node.line] = _picture(node, resolved, around, drafter, folder, place)
        except Refused as refused:
            problems += refused.problems
    return Drawn(pictures=pictures, problems=tuple(problems))


def _picture(
    node: Fenced, resolved: Resolved, around: Surroundings, drafter: Drafter, folder: Path, place: Place
) -> Picture:
    language = resolved.front.language
    if node.kind == "photo":
        name = node.options.get("file", "")
        if Path(name).name != name:
            raise Refused(fault.PICTURE_MISSING.at(place, file=name))
        return prepare_picture(around.photos / name, node.options.get("alt", ""), place, folder)
    figures = resolved.blocks.get(node.line)
    given = node.options.get("alt")
    if node.kind == "chart":
        if figures is None or not figures.rows:
            raise Refused(fault.NOTHING_TO_DRAW.at(place, kind=node.kind))
        spec = chart(figures, node.options.get("type", "bar"), language)
        return svg_picture(drafter.draw(spec), given or alt_text(figures, language), folder)
    if around.shapes is None:
        raise Refused(fault.NO_POLYGONS.at(place))
    offices = list(_offices(node, around, language, place))
    apart = list(_apart(figures, around, language))
    svg = drafter.draw(situation_map(around.shapes, figures, around.names.get(language, {}), offices, apart))
    words = [WORDS[language]["map"] + "."]
    words += [alt_text(figures, language)] if figures and figures.rows else []
    words += (
        [WORDS[language]["offices"] + " " + ", ".join(office["name"] for office in offices) + "."] if offices else []
    )
    return svg_picture(svg, given or " ".join(words), folder)


def _apart(figures: BlockFigures | None, around: Surroundings, language: Language) -> Iterator[dict[str, Any]]:
    """Places that have a figure and no polygon: Menaka where a map of its time draws it within Gao."""
    drawn = {str(shape["id"]) for shape in (around.shapes or {}).get("features", ())}
    for row in figures.rows.get("of", ()) if figures else ():
        point = around.points.get(row.codes[-1])
        if row.codes[-1] not in drawn and point is not None:
            at = {"longitude": point.longitude, "latitude": point.latitude}
            yield {"name": point.names[language], "shown": row.shown.text, **at}


def _offices(node: Fenced, around: Surroundings, language: Language, place: Place) -> Iterator[dict[str, Any]]:
    for code in filter(None, (word.strip() for word in node.options.get("offices", "").split(","))):
        point = around.points.get(code)
        if point is None:
            raise Refused(fault.PLACE_UNKNOWN.at(place, code=code))
        yield {"name": point.names[language], "longitude": point.longitude, "latitude": point.latitude}
