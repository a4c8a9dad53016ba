"""Area and distance of points on the earth, as ODK Collect and Enketo work them out: on a sphere, to the centimetre."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

#: Metres.
_RADIUS = 6_378_100.0

#: Latitude and longitude, in degrees.
Point = tuple[float, float]


def points(texts: Iterable[str]) -> list[Point] | None:
    """The points of traces, shapes and single points, in order; None where one is no point."""
    found = []
    for text in texts:
        for written in text.split(";"):
            if not written.strip():
                continue
            try:
                latitude, longitude = (float(part) for part in written.split()[:2])
            except ValueError:
                return None
            if abs(latitude) > 90 or abs(longitude) > 180:
                return None
            found.append((latitude, longitude))
    return found


def area(corners: Sequence[Point]) -> float:
    """Square metres within; 0 of fewer than three points."""
    if len(corners) < 3:
        return 0.0
    total = 0.0
    for (phi, lambda_), (phi_2, lambda_2) in pairwise([*corners, corners[0]]):
        sines = math.sin(math.radians(phi_2)) + math.sin(math.radians(phi))
        total += math.radians(lambda_2 - lambda_) * (2 + sines)
    return _to_centimetres(abs(total * _RADIUS * _RADIUS / 2))


def distance(along: Sequence[Point]) -> float:
    """Metres along the points; 0 of fewer than two."""
    total = 0.0
    for (phi, lambda_), (phi_2, lambda_2) in pairwise(along):
        a, b = math.radians(phi), math.radians(phi_2)
        cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(lambda_ - lambda_2))
        total += math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS
    return _to_centimetres(total)


def _to_centimetres(value: float) -> float:
    return math.floor(value * 100 + 0.5) / 100
