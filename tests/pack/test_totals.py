"""No total of the reference publication stands anywhere but where margins, sources, targets and the ledger are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pack.mali import PACK, table

ROOT = PACK.parents[1]
#: What may hold a total: the plan's margins, other people's values, decisions, and the numbers that were printed.
HOLDERS = {"plan.toml", "sources.csv", "targets.csv", "ledger.csv"}
#: Below this a number stands in any text by chance.
LEAST = 100


def totals() -> re.Pattern[str]:
    """Every printed number from `LEAST` on, in the ways in which it may be written."""
    values = {int(row["value"]) for row in table("ledger.csv") if int(row["value"]) >= LEAST}
    plain = {str(value) for value in values} | {f"{value:,}" for value in values} | {f"{value:_}" for value in values}
    spaced = {f"{value:,}".replace(",", " ") for value in values}
    written = "|".join(sorted(map(re.escape, plain | spaced), key=len, reverse=True))
    return re.compile(rf"(?<![\w.,-])(?:{written})(?![\w]|[.,]\d)")


def files() -> list[Path]:
    """Texts of the pack (an update shows its last values, by design) and of the code that makes records from it."""
    found = [path for path in PACK.rglob("*") if path.is_file() and path.suffix in (".md", ".csv", ".yaml", ".toml")]
    found = [path for path in found if path.name not in HOLDERS and "updates" not in path.relative_to(PACK).parts]
    return sorted([*found, *(ROOT / "toguna" / "pack").rglob("*.py"), *(ROOT / "tests" / "pack").rglob("*.py")])


#: How a number is written, in an operation's settings.
SAMPLES = re.compile(r'^(en|fr) = "6.954"$')


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_total_stands_here(path: Path) -> None:
    pattern = totals()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not SAMPLES.search(line.strip())]
    found = [line for line in lines if pattern.search(line)]
    assert not found, f"take the total out of {path.name}; a margin stands in plan.toml: {found[:3]}"


def test_the_search_finds_a_total_however_it_is_written() -> None:
    pattern = totals()
    value = max(int(row["value"]) for row in table("ledger.csv"))
    for text in (f"{value}", f"{value:,}", f"{value:_}", f"{value:,}".replace(",", " ")):
        assert pattern.search(f"it was {text} then")
    assert not pattern.search(f"a{value}")
