"""The lists that a form reads from files, as CSV beside it: ``places.csv``, ``organisations.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from toguna.collect.core.schema import Schema


def needed_lists(schema: Schema) -> tuple[str, ...]:
    """The references that the form's questions choose from, in the order of the sheet."""
    return tuple(dict.fromkeys(column.reference for _, column in schema.columns() if column.reference))


def read_lists(folder: Path, schema: Schema, language: str) -> dict[str, list[tuple[str, str]]]:
    """Code and name of each line that is still valid, for those of the form's lists that the folder holds as .csv."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in needed_lists(schema):
        path = folder / f"{name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as lines:
                named = {code: title for code, title in (_line(row, language) for row in csv.DictReader(lines)) if code}
            found[name] = sorted(named.items())
    return found


def _line(row: Mapping[str | None, str | None], language: str) -> tuple[str, str]:
    """The first column is the code; a line with an end is no longer chosen."""
    cells = {name: (value or "").strip() for name, value in row.items() if name}
    if cells.get("valid_to"):
        return "", ""
    code = next(iter(cells.values()), "")
    names = (f"name_{language}", f"label_{language}", "name", "label", "name_en", "label_en", "title")
    return code, next((cells[name] for name in names if cells.get(name)), "")
