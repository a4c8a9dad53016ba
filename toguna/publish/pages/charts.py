"""Charts and the map as Vega-Lite specifications: data in, drawing out, alternative text made from the same figures.

No JavaScript reaches a page: `vl-convert` draws the SVG here, and a drawing is kept under the digest of its specification.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

import font_lato
import vl_convert

from toguna.kernel.api import Language, digest
from toguna.publish.core.resolved import BlockFigures, Row

Spec = dict[str, Any]

BLUE, PALE, GREY, INK = "#1c5d99", "#e9f0f6", "#5c6b78", "#1b2733"
#: Shares of the largest value at which the map's blue deepens; the last class holds the largest.
SHADES = ("#d6e4f0", "#a6c5e0", "#6a9dc9", BLUE)

_CONFIG = {
    "font": "Lato",
    "axis": {
        "labelFont": "Lato",
        "titleFont": "Lato",
        "labelFontSize": 12,
        "labelColor": INK,
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": PALE,
    },
    "text": {"font": "Lato", "fontSize": 12, "color": INK},
    "view": {"stroke": None},
}


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """An SVG and what it says in words."""

    svg: str
    alt: str


class Drafter:
    """Draws specifications; keeps each drawing in a folder under the digest of what it was drawn from."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        kept.mkdir(parents=True, exist_ok=True)

    def draw(self, spec: Spec) -> str:
        """The SVG of a specification, drawn once."""
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
        file = self.kept / f"{digest([vl_convert.get_vega_version(), text])}.svg"
        if file.exists():
            return file.read_text(encoding="utf-8")
        know_fonts()
        svg = _numbered_anew(str(vl_convert.vegalite_to_svg(text, allowed_base_urls=[])))
        part = file.with_suffix(".part")
        part.write_text(svg, encoding="utf-8")
        part.replace(file)
        return svg


@cache
def know_fonts() -> None:
    """Make the pages' typeface known to what draws, once a process."""
    vl_convert.register_font_directory(str(Path(font_lato.__file__).parent / "files"))


def png_of(svg: str) -> bytes:
    """A drawing as a picture that every reader shows, at twice its size."""
    know_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=2))


def _numbered_anew(svg: str) -> str:
    """The drawing with coordinates to a tenth of a pixel and its clip paths counted from 1: Vega counts them over the whole process, and one specification has one drawing."""
    names = dict.fromkeys(re.findall(r'id="(clip\d+)"', svg))
    order = {name: f"clip{index}" for index, name in enumerate(names, start=1)}
    svg = re.sub(r"clip\d+", lambda match: order.get(match[0], match[0]), svg)
    return re.sub(r"(?<=\d)\.(\d)\d{2,}", r".\1", svg)


def alt_text(figures: BlockFigures, language: Language) -> str:
    """``Refugee returnees paid: Gao 962; Mopti 141; Kidal withheld.``: every figure that the drawing shows, in its order."""
    silent = {"en": "not published", "fr": "non publié"}[language]
    colon = " :" if language == "fr" else ":"
    rows = figures.rows.get("of", ())
    return (
        f"{figures.title}{colon} "
        + "; ".join(f"{', '.join(row.labels)} {row.shown.text or silent}" for row in rows)
        + "."
    )


def chart(figures: BlockFigures, kind: str, language: Language) -> Spec:
    """A bar, column or line chart of the figures in the order given. A withheld figure keeps its place and has no mark."""
    rows = figures.rows.get("of", ())
    values = [
        {
            "label": ", ".join(row.labels),
            "value": float(row.shown.value) if row.shown.value is not None else None,
            "text": row.shown.text,
        }
        for row in rows
    ]
    category = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelLimit": 220, "labelAngle": 0},
    }
    quantity = {"field": "value", "type": "quantitative", "title": None, "axis": None}
    upright = kind in {"column", "line"}
    mark: Spec = {"type": "line", "point": True, "color": BLUE} if kind == "line" else {"type": "bar", "color": BLUE}
    place = {"dy": -8, "baseline": "bottom"} if upright else {"dx": 5, "align": "left"}
    axes = {"x": category, "y": quantity} if upright else {"x": quantity, "y": category}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": max(60 * len(values), 300) if upright else 420,
        "height": 200 if upright else 26 * max(len(values), 1),
        "data": {"values": values},
        "encoding": axes,
        "layer": [{"mark": mark}, {"mark": {"type": "text", **place}, "encoding": {"text": {"field": "text"}}}],
        "config": _CONFIG,
    }


def situation_map(
    shapes: Mapping[str, Any],
    figures: BlockFigures | None,
    names: Mapping[str, str],
    offices: Sequence[Spec],
    apart: Sequence[Spec] = (),
) -> Spec:
    """Regions as polygons in four shades, their names and figures, offices, neighbours, a scale.

    `shapes` is a GeoJSON FeatureCollection whose features are keyed by p-code (`kind` region) or country code (`kind` neighbour);
    `names` gives a name for each; `offices` are ``{"name", "longitude", "latitude"}``, and so with ``"shown"`` are `apart`: places that have a
    figure and no polygon, drawn as rings.
    """
    regions = [shape for shape in shapes["features"] if shape["properties"].get("kind") == "region"]
    around = [shape for shape in shapes["features"] if shape["properties"].get("kind") == "neighbour"]
    rows = {row.codes[-1]: row for row in (figures.rows.get("of", ()) if figures else ())}
    west, south, east, north = frame(regions)
    corners = {"type": "MultiPoint", "coordinates": [[west, south], [east, north]]}
    filled = [_filled(shape, rows) for shape in regions]
    layers: list[Spec] = [
        _layer(around, {"type": "geoshape", "fill": "#f4f4f2", "stroke": "#c9c9c4", "clip": True}),
        _layer(filled, {"type": "geoshape", "stroke": "white", "strokeWidth": 1.2})
        | {"encoding": {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}}},
        _words([_neighbour(shape, regions, names) for shape in around], "name", color="#8b8b85", fontStyle="italic"),
    ]
    for ink, dark in ((INK, False), ("white", True)):
        labels = [_label(shape, rows, names) for shape in filled if (shape["properties"]["fill"] == BLUE) is dark]
        layers.append(_words(labels, "name", color=ink, dy=-7, fontWeight="bold"))
        layers.append(_words(labels, "shown", color=ink, dy=8, fontSize=13))
    regional = {names.get(str(shape["id"])) for shape in regions}
    layers += _points(offices, apart, regional)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 700,
        "height": 560,
        "projection": {"type": "mercator", "fit": {"type": "Feature", "properties": {}, "geometry": corners}},
        "layer": layers + _scale_bar(regions),
        "config": _CONFIG,
    }


def _points(offices: Sequence[Spec], apart: Sequence[Spec], regional: Collection[str | None]) -> list[Spec]:
    """Offices as squares, named where no region beside them has the name; places with a figure and no polygon as rings."""
    square = {"type": "point", "shape": "square", "filled": True, "color": INK, "size": 45}
    ring = {"type": "point", "shape": "circle", "filled": True, "color": "white", "stroke": BLUE, "size": 90}
    named = [office for office in offices if office["name"] not in regional]
    return [
        _layer(list(offices), square) | {"encoding": _AT},
        _layer(list(apart), ring) | {"encoding": _AT},
        _words(list(apart), "name", color="white", dx=-9, dy=-6, align="right", fontWeight="bold"),
        _words(list(apart), "shown", color="white", dx=-9, dy=8, align="right", fontSize=13),
        _words(named, "name", dx=7, align="left", fontSize=11),
    ]


_AT = {
    "longitude": {"field": "longitude", "type": "quantitative"},
    "latitude": {"field": "latitude", "type": "quantitative"},
}


def _layer(values: list[Spec], mark: Spec) -> Spec:
    return {"data": {"values": values}, "mark": mark}


def _words(values: list[Spec], field: str, **style: Any) -> Spec:
    """A layer that writes a field of each value at its place."""
    mark = {"type": "text", "fontSize": 12, "color": INK, **style}
    return _layer(values, mark) | {"encoding": {**_AT, "text": {"field": field, "type": "nominal"}}}


def _filled(shape: Mapping[str, Any], rows: Mapping[str, Row]) -> Spec:
    row = rows.get(str(shape["id"]))
    most = max((float(row.shown.value) for row in rows.values() if row.shown.value is not None), default=0)
    fill = PALE
    if row is not None and row.shown.value is not None and most > 0:
        fill = SHADES[min(int(float(row.shown.value) / most * len(SHADES)), len(SHADES) - 1)]
    return {**shape, "properties": {**shape["properties"], "fill": fill}}


def _label(shape: Mapping[str, Any], rows: Mapping[str, Row], names: Mapping[str, str]) -> Spec:
    longitude, latitude = centre(shape["geometry"])
    code = str(shape["id"])
    shown = rows[code].shown.text if code in rows else ""
    return {"name": names.get(code, code), "shown": shown, "longitude": longitude, "latitude": latitude}


def frame(regions: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east, north of the picture: the regions and room around them for the neighbours' names."""
    points = [point for region in regions for ring in _outer(region["geometry"]) for point in ring]
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across) - 1.9, min(up) - 1.2, max(across) + 2.1, max(up) + 0.5


def _neighbour(shape: Mapping[str, Any], regions: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Spec:
    """A neighbour's name at its middle, or at the edge of the picture nearest to it."""
    west, south, east, north = frame(regions)
    longitude, latitude = centre(shape["geometry"])
    return {
        "name": names.get(str(shape["id"]), str(shape["id"])),
        "longitude": min(max(longitude, west + 1.0), east - 0.9),
        "latitude": min(max(latitude, south + 0.4), north - 0.4),
    }


def _scale_bar(regions: Sequence[Mapping[str, Any]]) -> list[Spec]:
    """A bar of 300 kilometres in the south-east corner, true at its own latitude."""
    _, south, east, _ = frame(regions)
    east, south = east - 0.3, south + 0.25
    west = east - 300 / (111.32 * cos(radians(south)))
    bar = [{"longitude": west, "latitude": south, "longitude2": east, "latitude2": south}]
    ends = {**_AT, "longitude2": {"field": "longitude2"}, "latitude2": {"field": "latitude2"}}
    rule = _layer(bar, {"type": "rule", "strokeWidth": 2, "color": INK}) | {"encoding": ends}
    return [rule, _words([{"longitude": (west + east) / 2, "latitude": south, "name": "300 km"}], "name", dy=-8)]


def centre(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The centroid of the largest ring, in degrees: where a region's name is written."""
    best, area_of_best = (0.0, 0.0), 0.0
    for ring in _outer(geometry):
        twice = x_sum = y_sum = 0.0
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            twice, x_sum, y_sum = twice + cross, x_sum + (x0 + x1) * cross, y_sum + (y0 + y1) * cross
        if abs(twice) > area_of_best:
            best, area_of_best = (x_sum / (3 * twice), y_sum / (3 * twice)), abs(twice)
    return round(best[0], 4), round(best[1], 4)


def _outer(geometry: Mapping[str, Any]) -> list[Sequence[tuple[float, float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in polygons]
