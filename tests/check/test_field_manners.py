"""Ways of the field to say a relation: the true passage is silent, one wrong digit in it is found."""

from __future__ import annotations

import pytest

from toguna.check.api import Finding, check
from toguna.check.core.readers import read_document

#: The passage as it should be, the figure that is altered in it, and the figure put there.
ALTERED = {
    "a head that counts the names": (
        "So far 1,286 cases of measles are known. They come from three districts: Mora (702), Bassi (403) and Tene (181).",
        "403",
        "463",
    ),
    "the change told before the figure of the week before": (
        "In all 2,318 cases were notified, an increase of 412 compared to last week (1,906).",
        "412",
        "432",
    ),
    "une baisse dite avant le chiffre de la semaine passée": (
        "Au total, 1 906 cas ont été notifiés, soit une baisse de 412 comparé à la semaine dernière (2 318).",
        "1 906",
        "1 706",
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
    "women and girls, men and boys": (
        "Women and girls account for 54 per cent of the displaced, and men and boys for 46 per cent.",
        "46",
        "41",
    ),
    "a share of a base told after it": (
        "Depuis janvier, 9 418 rapatriés ont été accueillis, soit 47 % de la prévision annuelle de 20 000.",
        "47 %",
        "41 %",
    ),
    "two shares of one figure": (
        "Le nombre de déplacés est de 375 539. Mora accueille 153 971 déplacés (41 %) et Bassi 101 396 déplacés (27 %).",
        "27 %",
        "57 %",
    ),
    "soit behind the parts": ("Les crues ont fait 56 morts et 104 blessés, soit 160 victimes.", "160", "164"),
    "a box of labels": (
        "Total IDPs: 64,320 | Men: 14,793 | Women: 17,366 | Boys: 15,437 | Girls: 16,724",
        "15,437",
        "15,537",
    ),
    "a total behind a comma": ("Arrivées : 1 720 F et 1 480 M, total 3 200.", "1 480", "1 460"),
    "for a total of": (
        "Distributions reached 121,500 people while nutrition reached 38,400 and schools 26,400, for a total of 186,300 people.",
        "38,400",
        "34,400",
    ),
    "among those counted before": (
        "La campagne a vacciné 186 340 enfants. Parmi les enfants vaccinés, 94 102 sont des filles et 92 238 des garçons.",
        "92 238",
        "92 638",
    ),
    "against, an increase": (
        "Semaine 32 : 146 nouveaux cas ont été rapportés, contre 118 cas la semaine précédente, soit une augmentation de 24 %.",
        "24 %",
        "34 %",
    ),
    "from, to, an increase of": (
        "The allocation went from CHF 250,000 to CHF 410,000, an increase of CHF 160,000.",
        "160,000",
        "140,000",
    ),
    "two parts of thousands": ("Nous avons aidé 4 812 arrivés, dont 2 103 logés et 2 709 nourris.", "2 709", "2 209"),
    "received of required": (
        "The plan requires $2.7 billion. As of 30 April, $432 million had been received, or 16 per cent of it.",
        "16 per",
        "46 per",
    ),
    "reçus du requis": (
        "Le plan requiert 686 millions de dollars ; au 31 mars, 72,7 millions ont été reçus, soit 10,6 %.",
        "10,6",
        "60,6",
    ),
    "required, available, gap": (
        "The appeal requires US$ 54.6 million; US$ 21.3 million is available, leaving a funding gap of US$ 33.3 million.",
        "33.3",
        "83.3",
    ),
}

#: True passages whose figures nearly make a relation that the words do not claim.
SILENT = (
    "Of the 4,812 arrivals, 2,100 stayed in Mora and 2,510 went on to Bassi, while the rest live with relatives.",
    "A total of 6,120 people came: 3,210 by road and 2,710 by river. Another 200 came by air.",
    "45% of women and 38% of men have no papers.",
    "4 500 personnes ciblées. Activités :\n- 1 200 personnes formées\n- 1 850 personnes nourries\n- 1 250 personnes soignées\n",
    "One patient is pregnant. Among the patients, 1 is in a grave state, 1 in a severe state and 1 in a moderate state.",
    "The team held 24 workshops, 9 courses and 12 campaigns, reaching 4,312 people in total.",
    "The plan requires USD 120.5 million and has 60% unfunded. Last year's plan was funded at 51%.",
    "In week 34 there were 120 cases and 3 deaths (CFR 2.5%). Worldwide the case fatality rate is 2.1%.",
    "WFP assisted 84,000 people, of whom 52,000 received cash and 28,000 received food in the first round.",
    "340 latrines et 45 douches ont été construites, soit 61 % du plan de 2 600 ouvrages.",
    "Sur les 2 400 ménages, 1 500 ont reçu des vivres et 630 ont reçu des kits.",
    "Les 4 870 ménages (29 220 personnes) sont à Mora (2 310 ménages), Bassi (1 640) et Tene (920).",
    "En 2022, nous avons réinstallé 1 284 réfugiés, contre 1 070 en 2021 (+20 %).",
    "Sur 5 240 personnes, 3 144 (60 %) veulent rentrer et 1 048 (20 %) rester ; les autres n'ont pas décidé.",
    "Funding 2023\n\nRequired: USD 45.2 million\n\nReceived: USD 18.1 million\n\nGap: USD 27.1 million\n",
)


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


@pytest.mark.parametrize("text", SILENT)
def test_what_the_words_do_not_claim_is_silent(text: str) -> None:
    assert _found(text) == []
