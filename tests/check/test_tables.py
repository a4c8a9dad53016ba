"""Tables: a cell that is altered is found through its total or its rate; a table that holds is silent."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.check.api import Finding, check, read_document

PLACES = ["Gao", "Kidal", "Mopti", "Menaka", "Ségou", "Kayes"]


def findings(text: str) -> list[Finding]:
    return [finding for finding in check(read_document(text.encode(), "t.md")) if finding.confidence != "low"]


def markdown(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["# Tables", "", head, "|" + " --- |" * len(rows[0]), *body, ""])


def table_of(numbers: list[list[int]]) -> list[list[str]]:
    """Rows of places with women, men and their total, and a row of totals."""
    rows = [["Place", "Women", "Men", "Total"]]
    for place, (women, men) in zip(PLACES, numbers, strict=False):
        rows.append([place, f"{women:,}", f"{men:,}", f"{women + men:,}"])
    women, men = (sum(pair[side] for pair in numbers) for side in (0, 1))
    return [*rows, ["Total", f"{women:,}", f"{men:,}", f"{women + men:,}"]]


NUMBERS = st.lists(st.lists(st.integers(11, 9999), min_size=2, max_size=2), min_size=3, max_size=6)


@settings(max_examples=60)
@given(NUMBERS)
def test_a_table_that_holds_is_silent(numbers: list[list[int]]) -> None:
    assert findings(markdown(table_of(numbers))) == []


@settings(max_examples=60)
@given(NUMBERS, st.data())
def test_an_altered_cell_is_found(numbers: list[list[int]], data: st.DataObject) -> None:
    rows = table_of(numbers)
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(1, 3))
    old = int(rows[row][column].replace(",", ""))
    rows[row][column] = f"{data.draw(st.integers(11, 19999).filter(lambda new: new != old)):,}"
    found = findings(markdown(rows))
    assert any(
        rows[row][column] in finding.quote or rows[row][0] in finding.quote or "Total" in finding.quote
        for finding in found
    )


RATES = [
    ["Province", "Contacts", "Vus", "Taux de suivi (%)"],
    ["Ituri", "3 837", "2 032", "53,0"],
    ["Nord", "533", "343", "64,4"],
    ["Sud", "181", "150", "82,9"],
    ["Total", "4 551", "2 525", "55,5"],
]


def test_a_rate_that_its_row_does_not_bear_out() -> None:
    assert findings(markdown(RATES)) == []
    rows = [list(row) for row in RATES]
    rows[2][3] = "46,4"
    assert [(finding.kind, finding.expected, finding.found) for finding in findings(markdown(rows))] == [
        ("percentage", "64.4", "46.4")
    ]


def test_shares_of_one_base() -> None:
    rows = [["Need", "Households", "Share"], ["Water", "410", "82%"], ["Food", "305", "61%"], ["Shelter", "120", "42%"]]
    text = markdown(rows).replace("# Tables", "The 500 households that were interviewed named their needs.")
    assert [(finding.expected, finding.found) for finding in findings(text)] == [("24", "42")]


def test_a_row_that_is_the_sum_of_others_in_the_other_columns() -> None:
    rows = [
        ["Exits", "Ituri", "Nord", "Sud", "All"],
        ["Dead", "11", "10", "20", "41"],
        ["Cured", "15", "31", "12", "58"],
        ["Escaped", "19", "12", "31", "62"],
        ["All exits", "45", "53", "63", "161"],
    ]
    assert findings(markdown(rows)) == []
    rows[4][2] = "35"
    assert {(finding.expected, finding.found) for finding in findings(markdown(rows))} >= {("53", "35")}


def test_sites_are_not_added_up() -> None:
    rows = [
        ["Wave", "Locations", "Families", "People"],
        ["First", "783", "79,610", "477,660"],
        ["Second", "918", "79,106", "474,636"],
        ["Third", "982", "175,295", "1,051,770"],
        ["Total", "2,002", "334,011", "2,004,066"],
    ]
    assert findings(markdown(rows)) == []


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(3, 10), st.integers(2, 6), st.sampled_from([9, 60, 3000]))
def test_a_table_without_relations_is_silent(rng: random.Random, height: int, width: int, most: int) -> None:
    rows = [["Item", *(f"C{column}" for column in range(width))]]
    rows += [[f"Row {chr(65 + row)}", *(str(rng.randint(0, most)) for _ in range(width))] for row in range(height)]
    assert findings(markdown(rows)) == []
