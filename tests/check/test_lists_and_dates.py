"""Bullets under a total, lists that say their length, funded and gap, and days that the calendar does not have."""

import pytest

from toguna.check.api import check, read_document


def pairs(text: str) -> list[tuple[str, str, str]]:
    found = check(read_document(text.encode(), "update.md"))
    return [(finding.kind, finding.expected, finding.found) for finding in found if finding.confidence != "low"]


BULLETS = """Partners distributed 1,450 kits in the three districts:

- 600 kits in Amudat
- 450 kits in Kitgum
- {last} kits in Lamwo
"""


def test_bullets_under_a_total() -> None:
    assert pairs(BULLETS.format(last=400)) == []
    assert pairs(BULLETS.format(last=300)) == [("sum", "1,350", "1,450")]


def test_bullets_with_labels() -> None:
    text = "On recense 340 cas dans la province :\n\n- Bunia : 210\n- Mongbwalu : 80\n- Rwampara : {n}\n"
    assert pairs(text.format(n=50)) == []
    assert pairs(text.format(n=60)) == [("sum", "350", "340")]


def test_bullets_that_are_not_a_breakdown() -> None:
    text = "In June the team of 12 did the following:\n\n- 340 visits to homes\n- 45 trainings\n- 3 radio broadcasts\n"
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cases came from five states (Ebonyi, Gombe, Kaduna, Kano and Yobe).", []),
        ("Cases came from six states (Ebonyi, Gombe, Kaduna, Kano and Yobe).", [("list", "5", "6")]),
        ("Elle couvre quatre provinces : Ituri, Nord-Kivu et Tshopo.", [("list", "3", "4")]),
        ("It covers two islands (Trinidad and Tobago, Saint Lucia).", []),
        ("It works in 12 countries (Mali, Niger, Chad, etc.).", []),
        ("It works in 12 countries (including Mali, Niger and Chad).", []),
    ],
)
def test_lists_that_say_their_length(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting was held on Tuesday, 28 October 2025.", []),
        ("The meeting was held on Monday, 28 October 2025.", [("date", "Tuesday", "Monday")]),
        ("La réunion a eu lieu le lundi 28 octobre 2025.", [("date", "mardi", "lundi")]),
        ("Figures are as of 31 November 2024.", [("date", "", "31 November 2024")]),
        ("Au 30 février, rien.", [("date", "", "30 février")]),
        ("Between 29 February and 1 March people may 31 times return.", []),
    ],
)
def test_days(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert pairs(text) == expected


def test_funded_and_gap() -> None:
    text = "# Funding\n\nFunded\n5%\n\nGap\n{gap}%\n"
    assert pairs(text.format(gap=95)) == []
    assert pairs(text.format(gap=85)) == [("percentage", "90", "100")]
