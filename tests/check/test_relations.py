"""Relations that a text claims: found where they break, silent where they hold."""

import pytest

from toguna.check.api import Finding, check, read_document


def findings(text: str, name: str = "update.md") -> list[Finding]:
    return [finding for finding in check(read_document(text.encode(), name)) if finding.confidence != "low"]


def pairs(text: str) -> list[tuple[str, str, str]]:
    return [(finding.kind, finding.expected, finding.found) for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sessions reached 187 persons (87 men, 28 women, 78 children).", [("sum", "193", "187")]),
        ("Returns came from Niger (2,445), Togo (5) and Mali (1,925): 4,357 in all.", []),
        ("In all 6,945 people returned from Niger (2,445), Togo (2,575) and Mali (1,925).", []),
        (
            "In all 6,954 people returned from Niger (2,445), Togo (2,575) and Mali (1,925).",
            [("sum", "6,945", "6,954")],
        ),
        ("Twelve (13) new cases were confirmed.", [("repeat", "12", "13")]),
        ("812 personnes inscrites dont 300 H et 521 F.", [("sum", "821", "812")]),
        ("812 personnes inscrites dont 300 H et 512 F.", []),
        (
            "We reached 311 persons, of whom 272 were refugees and 93 were host community members.",
            [("sum", "365", "311")],
        ),
        (
            "Each household gets USD 192 – USD 100 from the first donor and USD 82 from the second.",
            [("sum", "182", "192")],
        ),
        ("Of 5,783 students (2,993 girls; 4,495 in primary and 1,288 in secondary) all came.", []),
        ("Only 36 out of 63 schools (41.7%) are open.", [("percentage", "57.1", "41.7")]),
        ("Only 15 out of 36 schools (41.7%) are open.", []),
        ("The assessed were 58 per cent women and 24 per cent men.", [("percentage", "82", "100")]),
        ("There were 2,790 cases and 50 deaths, a CFR of 1.8%.", []),
        ("There were 2,790 cases and 80 deaths, a CFR of 1.8%.", [("percentage", "2.9", "1.8")]),
        ("Arrivals rose from 1,200 to 1,344, an increase of 12%.", []),
        ("Arrivals rose from 1,200 to 1,344, an increase of 21%.", [("percentage", "12", "21")]),
        ("Arrivals rose from 1,344 to 1,200 in May.", [("percentage", "1,200", "increase")]),
        ("We gave 45 out of 32 families a tent.", [("cumulative", "45", "32")]),
    ],
)
def test_a_relation(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "More than 2,000 people (990 men and 1,050 women) came.",
        "About 1.2 million people (604,000 men and 611,000 women) are affected.",
        "Nearly 83% (382 of 464 beds) are occupied.",
    ],
)
def test_rounding_and_hedges_are_allowed_as_far_as_they_go(text: str) -> None:
    assert pairs(text) == []


UPDATE = """# Key figures

212 tenants and landlords took part in hygiene lessons around the new wells of Arua district.

About 300 children came to the festival in Lira.

64 thefts were recorded among displaced people in Lira, Gulu, Kitgum, Arua and Moyo.

# Protection

The monitors recorded 64 thefts among displaced people in Lira, Gulu, Arua and Moyo.

# Water

Arua: hygiene lessons reached 206 tenants and landlords around the new wells of Arua district.

Some 48,217 Burundian refugees remain in neighbouring districts.

# Population

48,342 Burundian refugees in neighbouring districts.
"""


def test_one_fact_in_two_places() -> None:
    found = findings(UPDATE)
    values = {frozenset((finding.expected, finding.found)) for finding in found if finding.found[0].isdigit()}
    assert values == {frozenset(("206", "212")), frozenset(("48,217", "48,342"))}
    lists = [finding for finding in found if "Kitgum" in finding.expected + finding.found]
    assert len(lists) == 1
    assert len(found) == 3


def test_a_hedge_that_the_headline_drops() -> None:
    text = (
        UPDATE.replace("About 300", "300")
        + "\nApproximately 300 children came to the festival that was held in Lira.\n"
    )
    assert [finding.found for finding in findings(text) if "300" in finding.quote] == ["300"]


def test_a_ratio_that_the_document_keeps_to() -> None:
    text = (
        "North: 210 families (1,260 people).\n\nSouth: 340 families (2,040 people).\n\nEast: 125 families (570 people)."
    )
    assert pairs(text) == [("ratio", "750", "570")]


def test_an_identity_stays_while_the_words_do() -> None:
    text = "Sessions reached 187 persons (87 men, 28 women, 78 children)."
    alone, moved = findings(text)[0], findings(f"An introduction.\n\n{text}\n\nMore text.")[0]
    assert alone.id == moved.id
    assert moved.place.line == 3
    assert findings(text.replace("187", "186"))[0].id != alone.id


def test_both_languages_say_what_to_do() -> None:
    finding = findings("Sessions reached 187 persons (87 men, 28 women, 78 children).")[0]
    assert "add up to 193" in finding.message("en")
    assert "font 193" in finding.message("fr")
    assert finding.cure("en") != finding.cure("fr")
    assert set(finding.as_json()) >= {
        "id",
        "file",
        "kind",
        "quote",
        "page",
        "line",
        "expected",
        "found",
        "confidence",
        "message",
    }


def test_a_period_that_exceeds_what_was_counted_since() -> None:
    text = "In May, {n} thefts were recorded in Arua district. Since June 2022, 431 thefts have been recorded there."
    assert pairs(text.format(n=74)) == []
    assert pairs(text.format(n=740)) == [("cumulative", "431", "740")]
