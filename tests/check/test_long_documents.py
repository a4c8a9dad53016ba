"""A long report says many things in the same words: figures that are close by chance are no repeats, a restated fact still is."""

import random

import pytest

from toguna.check import Finding, check, read_document

REGIONS = ["Gao", "Kayes", "Kidal", "Ménaka", "Mopti", "Ségou", "Sikasso", "Taoudéni", "Timbuktu"]
DEEDS = [
    "received shelter kits",
    "took part in hygiene sessions",
    "were vaccinated",
    "received seeds",
    "were enrolled in school",
]


def report(seed: int, sections: int = 60) -> list[str]:
    """Paragraphs: a heading, key figures and sentences a section, every figure a fact of its own."""
    chance = random.Random(seed)
    parts = []
    for section in range(sections):
        parts.append(f"# Sector {section}")
        for _ in range(6):
            ward, persons = chance.randint(1, 9_999), chance.randint(2_000, 30_000)
            where, deed = chance.choice(REGIONS), chance.choice(DEEDS)
            parts.append(f"In ward {ward} of {where}, with the regional services, {persons:,} persons {deed}.")
        parts.append(
            f"{chance.randint(200, 9_000):,}\n\npersons of ward {chance.randint(1, 9_999)} {chance.choice(DEEDS)}"
        )
    return parts


def findings(parts: list[str]) -> list[Finding]:
    text = "\n\n".join(parts)
    return [finding for finding in check(read_document(text.encode(), "report.md")) if finding.confidence != "low"]


@pytest.mark.parametrize("seed", range(3))
def test_close_figures_of_a_long_report_are_no_repeats(seed: int) -> None:
    assert findings(report(seed)) == []


def test_a_restated_fact_is_found_across_a_long_report() -> None:
    parts = report(3)
    parts.insert(1, "Some 135,985 Malian refugees remain registered in the neighbouring countries.")
    parts.append("At the end of the month 135,834 Malian refugees remain registered in the neighbouring countries.")
    found = findings(parts)
    assert [(finding.kind, {finding.expected, finding.found}) for finding in found] == [
        ("headline_vs_body", {"135,834", "135,985"})
    ]
