"""A long report says many things in the same words: figures that are close by chance are no repeats, a restated fact still is."""

import random

import pytest

from toguna.check.api import Block, Document, Finding, Spot, check, read_document
from toguna.check.core.linerows import line_drafts

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


def chapters(seed: int) -> list[str]:
    """The same deeds for one group after another, place by place and month by month."""
    chance = random.Random(seed)
    groups = ["displaced people", "refugees", "returnees", "students", "farmers", "households", "children"]
    parts = []
    for section in range(100):
        parts.append(f"# Chapter {section}")
        for _ in range(6):
            count, who = chance.choice([chance.randint(20, 900), chance.randint(900, 80_000)]), chance.choice(groups)
            where, when = chance.choice(REGIONS), chance.choice(["January", "March", "May"])
            parts.append(
                f"In {where} district, {count:,} {who} {chance.choice(DEEDS)} in {when} with the technical services."
            )
    return parts


@pytest.mark.parametrize("seed", range(2))
def test_the_same_deed_for_others_elsewhere_is_no_repeat(seed: int) -> None:
    assert findings(chapters(seed)) == []


def lines_of(text: str, page: int, first: int = 1) -> Block:
    """A block whose lines stand under one another on a page."""
    starts = [0, *(at + 1 for at, letter in enumerate(text[:-1]) if letter == "\n")]
    spots = tuple(Spot(start=start, page=page, line=first + at) for at, start in enumerate(starts))
    return Block(text=text, spots=spots)


def test_lines_of_two_columns_are_no_rows_of_a_table() -> None:
    """A key figure beside the line of a breakdown that was cut from its total."""
    whole, cut = (
        "5,060 persons (2,176 women, 220 men, 2,664 children)\n",
        "(2,176 women, 220 men, 2,664 children) received kits\n",
    )
    parts = (lines_of("9,152\n", 1, first=3), lines_of(f"{whole}{whole}{cut}{whole}", 1))
    assert list(line_drafts(Document(name="two.pdf", parts=parts))) == []


def test_a_row_of_a_lost_table_is_found() -> None:
    columns = ("120\n210\n500\n310\n", "340\n330\n100\n120\n", "460\n540\n600\n930\n")
    parts = tuple(lines_of(column, 1) for column in columns)
    found = list(line_drafts(Document(name="lost.pdf", parts=parts)))
    assert [(draft.expected, draft.found) for draft in found] == [("430", "930")]
