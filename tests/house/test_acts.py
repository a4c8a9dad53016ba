"""One dotted word: the act that is appended, the right to do it. Every act in the code has its line in the table of rights."""

from __future__ import annotations

import re

from tests.house.code import HOUSE, ROOT, modules
from toguna.access.api import rights

#: How the code names an act: appended, asked for, or chosen among several.
_WORD = re.compile(r'"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)"')
_LINE = re.compile(r"kind=|NewAct\(|permit|permits\(|ACT\b|\bact = ")


def words() -> dict[str, str]:
    """Each word and where it stands first."""
    found: dict[str, str] = {}
    for path in modules():
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if _LINE.search(line):
                for word in _WORD.findall(line):
                    found.setdefault(word, f"{path.relative_to(ROOT)}:{number}")
    return found


def test_every_act_has_its_line_in_the_table_of_rights() -> None:
    found = words()
    assert len(found) > 15
    missing = {word: place for word, place in found.items() if word not in rights().by_act}
    assert missing == {}, f"add a line to {(HOUSE / 'access' / 'roles.csv').relative_to(ROOT)} for: {missing}"


def test_the_table_has_no_line_twice() -> None:
    lines = [line.split(",")[0] for line in (HOUSE / "access" / "core" / "roles.csv").read_text().splitlines()[1:]]
    assert len(lines) == len(set(lines))
