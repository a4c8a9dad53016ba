"""No operation stands in the code: its country, places and neighbours come from its pack."""

from __future__ import annotations

import csv
import re

from tests.house.code import HOUSE, modules
from tests.pack.mali import PACK

#: The demonstration, which is one operation; and the reader of settings, whose cures show a value as an example.
EXAMPLES = {HOUSE / "pack" / "demo.py", HOUSE / "instance" / "core" / "reading.py"}


def test_no_name_of_the_shipped_operation_is_a_value_in_code() -> None:
    """Docstrings and comments may say it as an example; no string that a rule compares with or prints may."""
    with (PACK / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {
            row[column]
            for row in csv.DictReader(file)
            for column in ("name_en", "name_fr", "pcode")
            if len(row[column]) > 3
        }
    names |= {"Mali", "mali", "Burkina Faso", "Mauritania", "Algeria", "XOF"}
    pattern = re.compile("|".join(rf"[\"'](?:{re.escape(name)})[\"']" for name in sorted(names)))
    found = [
        f"{path.relative_to(HOUSE)}: {match[0]}"
        for path in modules()
        if path not in EXAMPLES and path.is_relative_to(HOUSE)
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.strip().startswith("#")
        for match in pattern.finditer(line)
    ]
    assert not found, found


def test_no_verb_has_the_path_of_a_pack_as_its_default() -> None:
    found = [
        path.name
        for path in (HOUSE / "cli").glob("*.py")
        if re.search(r"default=Path\(\"operations", path.read_text(encoding="utf-8"))
    ]
    assert not found
