"""Ways of the field to say a relation: the true passage is silent, one wrong digit in it is found."""

from __future__ import annotations

import pytest

from toguna.check import Finding, check
from toguna.check.readers import read_document

#: The passage as it should be, the figure that is altered in it, and the figure put there.
ALTERED = {
    "a head that counts the names": (
        "So far 1,286 cases of measles are known. They come from three districts: Mora (702), Bassi (403) and Tene (181).",
        "403",
        "463",
    ),
    "the noun with the first name only": (
        "Des kits ont été remis à 4 972 individus à Mora (2 110 individus), Bassi (1 450) et Tene (1 412).",
        "1 450",
        "1 750",
    ),
    "sexes parted by a stroke": ("Nous avons formé 1.564 élèves (H 812 / F 752) à Mora.", "752", "757"),
    "count or share in one bracket": (
        "The round found 218,450 displaced persons. Most live in Mora (102,672 individuals or 47%), then Bassi (61,166 "
        "individuals or 28%) and Tene (54,612 individuals or 25%).",
        "28%",
        "23%",
    ),
    "part, target, coverage": (
        "The campaign reached 412,650 children aged 6 to 59 months against a target of 435,000, a coverage of 94.9%.",
        "94.9%",
        "91.9%",
    ),
    "part, cible, soit": ("4 300 ménages ont été assistés sur une cible de 8 600, soit 50 %.", "50 %", "53 %"),
    "the targeted": (
        "Partners reached 8,420 out of the targeted 16,000 children with books (53 per cent).",
        "53",
        "58",
    ),
    "rate in its own sentence": (
        "A total of 13,846 cases were notified, of which 12,905 have recovered, 418 have died and 523 remain active. "
        "The case fatality rate is 3.0%.",
        "3.0%",
        "8.0%",
    ),
    "rate whose cases stand before the verb": (
        "The number of suspected cases since January is 4,286, with 112 deaths (CFR 2.6%).",
        "2.6%",
        "7.6%",
    ),
    "rate of samples that were positive": (
        "In the last day 212 samples were tested and 19 were positive, a positivity rate of 9.0%.",
        "9.0%",
        "5.0%",
    ),
    "all outcomes": ("Le pays compte 758 cas, dont 412 guéris, 44 décès et 302 cas actifs.", "412", "112"),
    "a closing line of the list": (
        "Partners assisted 18,310 people in May. By sector:\n- Food: 12,340 people\n- Health: 3,105 people\n"
        "- Shelter: 2,865 people\nTotal: 18,310 people\n",
        "3,105",
        "3,705",
    ),
}


def _found(text: str) -> list[Finding]:
    return [finding for finding in check(read_document(text.encode(), "update.md")) if finding.confidence != "low"]


@pytest.mark.parametrize("name", ALTERED)
def test_a_true_passage_is_silent(name: str) -> None:
    assert _found(ALTERED[name][0]) == []


@pytest.mark.parametrize("name", ALTERED)
def test_one_wrong_digit_is_found(name: str) -> None:
    text, old, new = ALTERED[name]
    assert text.count(old) >= 1
    assert _found(text.replace(old, new, 1)) != []
