"""The pack we ship, read once for the tests."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from toguna.collect.core.forms import read_form
from toguna.collect.core.schema import Schema
from toguna.pack.core.generate import Drawn, Plan, draw, parse_plan

PACK = Path(__file__).parents[2] / "operations" / "mali"
ZONE = ZoneInfo("Africa/Bamako")


def table(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def plan() -> Plan:
    read, problems = parse_plan((PACK / "plan.toml").read_text(encoding="utf-8"))
    assert read is not None, [problem.written() for problem in problems]
    return read


@cache
def drawn() -> Drawn:
    names = {row["pcode"]: row["name_en"] for row in table("places.csv")}
    return draw(plan(), table("sources.csv"), names, ZONE)


@cache
def schemas() -> Mapping[str, Schema]:
    found = {}
    for path in sorted((PACK / "forms").glob("*.md")):
        read = read_form(path)
        assert read.schema is not None, [problem.written() for problem in read.problems]
        found[read.schema.form_id] = read.schema
    return found
