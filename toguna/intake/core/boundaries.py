"""Administrative boundaries and population as HDX publishes them (common operational datasets, COD-AB and COD-PS), made into tables of the pack.

In: a sheet of cells with a column of p-codes and names for each level (``admin1Pcode``, ``ADM1_PCODE``, ``admin1Name_fr``, ``ADM1_FR``).
Out: rows of ``places.csv``, a place once, its parent the level above; and of a population table one row for each p-code and group (``F_TL``, ``T_00_04``).
Pure. Refused: a sheet without p-codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toguna.intake import problems
from toguna.intake.core.numbers import read_number
from toguna.kernel.api import Place, Refused, as_slug

_CODE = re.compile(r"adm(?:in)?_?(\d)_?p_?code", re.IGNORECASE)
_NAME = re.compile(r"adm(?:in)?_?(\d)_?(?:name)?(?:_?([a-z]{2}))?", re.IGNORECASE)
_POPULATION = re.compile(r"([TFM])_(TL|\d\d(?:_\d\d|plus|PLUS|\+)?)", re.IGNORECASE)
_POSITION = {
    "center_lat": "lat",
    "center_lon": "lon",
    "lat": "lat",
    "lon": "lon",
    "latitude": "lat",
    "longitude": "lon",
}
_KINDS = ("country", "region", "district", "commune", "village")
COLUMNS = (
    "pcode",
    "slug",
    "name_en",
    "name_fr",
    "level",
    "kind",
    "parent",
    "valid_from",
    "valid_to",
    "aliases",
    "lat",
    "lon",
)


@dataclass(frozen=True, kw_only=True)
class PulledTables:
    """Rows of `places.csv`, and of the population by p-code and group."""

    places: tuple[Mapping[str, str], ...]
    population: tuple[Mapping[str, str], ...]


@dataclass(kw_only=True)
class _Columns:
    codes: dict[int, int] = field(default_factory=dict)
    #: By level and language ("" where the header names none).
    names: dict[tuple[int, str], int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    position: dict[str, int] = field(default_factory=dict)


def read_boundaries(headers: Sequence[str], rows: Iterable[Sequence[str | None]], file: str = "") -> PulledTables:
    """The places and the population of a sheet."""
    columns = _columns(headers)
    if not columns.codes:
        raise Refused(problems.NO_PCODES.at(Place(file=file or None)))
    places: dict[str, Mapping[str, str]] = {}
    population: dict[tuple[str, str], Mapping[str, str]] = {}
    deepest = max(columns.codes)
    for row in rows:
        parent = ""
        for level in sorted(columns.codes):
            code = _cell(row, columns.codes[level])
            if not code:
                break
            if code not in places:
                places[code] = _place(row, columns, level, code, parent, is_deepest=level == deepest)
            parent = code
        code = _cell(row, columns.codes[deepest])
        for group, at in columns.groups.items() if code else ():
            number = read_number(_cell(row, at), whole=True).text if _cell(row, at) else None
            if number:
                population[code, group] = {"pcode": code, "group": group, "population": number}
    return PulledTables(places=_with_own_slugs(list(places.values())), population=tuple(population.values()))


def _columns(headers: Sequence[str]) -> _Columns:
    found = _Columns()
    for at, header in enumerate(headers):
        plain = header.strip()
        if code := _CODE.fullmatch(plain):
            found.codes.setdefault(int(code[1]), at)
        elif group := _POPULATION.fullmatch(plain):
            found.groups[f"{group[1].upper()}_{group[2].upper()}"] = at
        elif plain.lower() in _POSITION:
            found.position.setdefault(_POSITION[plain.lower()], at)
        elif name := _NAME.fullmatch(plain):
            found.names.setdefault((int(name[1]), (name[2] or "").lower()), at)
    return found


def _place(
    row: Sequence[str | None], columns: _Columns, level: int, code: str, parent: str, *, is_deepest: bool
) -> dict[str, str]:
    names = {language: _cell(row, at) for (own, language), at in columns.names.items() if own == level}
    any_name = next((name for name in names.values() if name), code)
    english, french = names.get("en") or any_name, names.get("fr") or any_name
    others = {
        name
        for language, name in names.items()
        if name and language not in ("en", "fr") and name not in (english, french)
    }
    position = {name: _cell(row, at) for name, at in columns.position.items()} if is_deepest else {}
    return {
        "pcode": code, "slug": as_slug(any_name).replace("_", "-"), "name_en": english, "name_fr": french, "level": str(level),
        "kind": _KINDS[min(level, len(_KINDS) - 1)], "parent": parent, "valid_from": "", "valid_to": "",
        "aliases": ";".join(sorted(others)), "lat": position.get("lat", ""), "lon": position.get("lon", ""),
    }  # fmt: skip


def _with_own_slugs(places: list[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """A slug that two places share is told apart by the p-code."""
    often: dict[str, int] = {}
    for place in places:
        often[place["slug"]] = often.get(place["slug"], 0) + 1
    return tuple(
        {**place, "slug": f"{place['slug']}-{place['pcode'].lower()}"} if often[place["slug"]] > 1 else place
        for place in places
    )


def _cell(row: Sequence[str | None], at: int) -> str:
    return (row[at] or "").strip() if at < len(row) else ""
