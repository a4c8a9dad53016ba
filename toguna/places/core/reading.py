"""`places.csv` to places, with every fault and its line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from toguna.instance.core.names import name_columns, names_in, needed_names
from toguna.instance.core.tables import Source, TableRow, listed, read_day, read_table
from toguna.kernel.api import LANGUAGES, Problem, nearest
from toguna.kernel.api import Place as Where
from toguna.places import problems
from toguna.places.core.tree import Place

_BEFORE = ("pcode", "slug")
_AFTER = ("level", "kind", "parent", "valid_from", "valid_to", "aliases", "lat", "lon", "label_lat", "label_lon")
#: Of an operation in Toguna's own languages.
COLUMNS = (*_BEFORE, *name_columns(LANGUAGES), *_AFTER)
_CODE = re.compile(r"[A-Z]{2}[A-Za-z0-9_-]{0,30}")
_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_LEVELS = ("0", "1", "2", "3", "4")


def read_places(source: Source, languages: Sequence[str] = LANGUAGES) -> tuple[tuple[Place, ...], tuple[Problem, ...]]:
    """The places of the table, and every fault in it: of a cell, of a row among the rows of its code, of the tree.

    `languages` are the operation's: a column ``name_LL`` of another language is refused, and each place needs a name in the first.
    """
    columns, needed = (*_BEFORE, *name_columns(languages), *_AFTER), (*_BEFORE, needed_names(languages), "level")
    rows, found = read_table(source, columns, needed, "places.csv")
    if found:
        return (), tuple(found)
    placed = [(place, row.where) for row in rows if (place := _place(row, languages, found)) is not None]
    by_code: dict[str, list[tuple[Place, Where]]] = defaultdict(list)
    for place, where in placed:
        by_code[place.code].append((place, where))
    _check_slugs(placed, found)
    for same in by_code.values():
        _check_overlaps(same, found)
    for place, where in placed:
        _check_parent(place, where, {code: [one for one, _ in same] for code, same in by_code.items()}, found)
    return tuple(place for place, _ in placed), tuple(found)


def _place(row: TableRow, languages: Sequence[str], found: list[Problem]) -> Place | None:
    before = len(found)
    for column, pattern in (("pcode", _CODE), ("slug", _SLUG)):
        if not pattern.fullmatch(row[column]):
            found.append(problems.CODE_BROKEN.at(row.where, value=row[column], what=column))
    if row["level"] not in _LEVELS:
        found.append(problems.LEVEL_BROKEN.at(row.where, value=row["level"]))
    start, end = read_day(row, "valid_from", found), read_day(row, "valid_to", found)
    if start and end and end < start:
        found.append(problems.DATES_CROSSED.at(row.where, code=row["pcode"], start=start, end=end))
    lat, lon = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
    if (lat is None) != (row["lat"] == "") or (lon is None) != (row["lon"] == "") or (lat is None) != (lon is None):
        found.append(problems.POINT_BROKEN.at(row.where, lat=row["lat"], lon=row["lon"]))
    if len(found) > before:
        return None
    return Place(
        code=row["pcode"],
        slug=row["slug"],
        name=names_in(row.cells, languages),
        level=int(row["level"]),
        kind=row["kind"],
        parent=row["parent"] or None,
        valid_from=start,
        valid_to=end,
        aliases=listed(row["aliases"]),
        lat=lat,
        lon=lon,
    )


def _check_slugs(placed: Sequence[tuple[Place, Where]], found: list[Problem]) -> None:
    owner: dict[str, str] = {}
    for place, where in placed:
        if owner.setdefault(place.slug, place.code) != place.code:
            found.append(problems.SLUG_TWICE.at(where, slug=place.slug, other=owner[place.slug]))


def _check_overlaps(same: Sequence[tuple[Place, Where]], found: list[Problem]) -> None:
    ordered = sorted(same, key=lambda one: one[0].start)
    for (earlier, _), (later, where) in pairwise(ordered):
        if later.start <= earlier.end:
            found.append(problems.DATES_OVERLAP.at(where, code=later.code, day=_written(later.start)))


def _check_parent(place: Place, where: Where, by_code: Mapping[str, Sequence[Place]], found: list[Problem]) -> None:
    if place.parent is None:
        if place.level > 0:
            found.append(problems.PARENT_MISSING.at(where, code=place.code, level=place.level))
        return
    parents = by_code.get(place.parent)
    if parents is None:
        near = nearest(place.parent, by_code)
        found.append(
            problems.PARENT_UNKNOWN.at(where, code=place.code, parent=place.parent, near=f" ({near}?)" if near else "")
        )
        return
    for parent in parents:
        if parent.level >= place.level and parent.start <= place.end and place.start <= parent.end:
            details = {"code": place.code, "level": place.level, "parent": parent.code, "parent_level": parent.level}
            found.append(problems.PARENT_LEVEL.at(where, **details))
    if (day := _uncovered(place, parents)) is not None:
        found.append(problems.PARENT_NOT_THEN.at(where, code=place.code, parent=place.parent, day=_written(day)))


def _uncovered(place: Place, parents: Sequence[Place]) -> date | None:
    """The first day of the place's life on which its parent is no place."""
    day = place.start
    for parent in sorted(parents, key=lambda parent: parent.start):
        if parent.start <= day <= parent.end:
            if parent.end >= place.end:
                return None
            day = parent.end + timedelta(days=1)
    return day


def _degrees(text: str, most: int) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= most else None


def _written(day: date) -> str:
    return "..." if day == date.min else day.isoformat()
