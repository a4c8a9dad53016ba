"""Averages, numbers told respectively, and days behind the period: found where the sentence claims it, silent otherwise."""

import pytest

from toguna.check.api import check
from toguna.check.core.readers.plain import read_plain


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.expected, each.found) for each in check(read_plain(text.encode(), "report.txt"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On average, 25 persons attended each of the 10 sessions, 400 persons in all.", ("ratio", "40", "25")),
        ("En moyenne, 25 personnes par séance ont suivi les 10 séances, soit 400 personnes.", ("ratio", "40", "25")),
        ("In Gao and Mopti, 120 and 80 households respectively were given kits, a total of 210 households.", ("sum", "200", "210")),
        ("À Gao et Mopti, 120 et 80 ménages respectivement ont reçu des kits, soit 210 ménages.", ("sum", "200", "210")),
        ("In Gao, Mopti and Kidal, 120 and 80 households respectively were given kits.", ("list", "3", "2")),
    ],
)  # fmt: skip
def test_a_claim_that_does_not_hold_is_found(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "On average, 40 persons attended each of the 10 sessions, 400 persons in all.",
        "An average of 8.5 attendees per session came to the 22 sessions, 187 attendees in all.",
        "On average, 25 persons are registered per day; 400 persons live in the 10 sites.",
        "In Gao and Mopti, 120 and 80 households respectively were given kits, a total of 200 households.",
        "Girls and boys, 120 and 80 respectively, came from 3 villages.",
        "En moyenne, 40 personnes par séance ont suivi les 10 séances, soit 400 personnes.",
    ],
)
def test_a_claim_that_holds_or_is_none_is_silent(text: str) -> None:
    assert found(text) == []


PERIOD = "Reporting period: 1 to 31 December 2016.\n\n"


def test_a_day_behind_the_period_is_told_and_one_ahead_of_it_is_not() -> None:
    assert found(PERIOD + "On 14 February 2017 a mission visited the site.") == [
        ("date", "2016-12-31", "14 February 2017")
    ]
    assert found(PERIOD + "A mission will visit the site on 14 February 2017.") == []
    assert found(PERIOD + "On 14 December 2016 a mission visited the site.") == []
