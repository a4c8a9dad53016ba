"""Shares whose base stands in another section, and lists whose items imply it; tables that only their own structure bears out."""

import pytest

from tests.check.test_hostile_text import work_of
from tests.check.test_table_kinds import FORMATS, Rows, found
from toguna.check.api import Finding, check, read_document

METHOD = """PROTECTION MONITORING
Methodology
A total of 1,600 key informants were interviewed across 12 districts.

Documents
Lack of papers remains the first concern. {first} key informants ({share}%) said that families lack birth certificates.

Movement
480 key informants (30%) reported limits on movement.
"""
ITEMS = """Population by settlement
• Kolo: 48,000 (32%)
• Tamba: 36,000 ({share}%)
• Norba: 27,000 (18%)
• Sulva: 39,000 (26%)
"""


def findings(text: str) -> list[Finding]:
    return [own for own in check(read_document(text.encode(), "update.txt")) if own.confidence != "low"]


@pytest.mark.parametrize(("share", "expected"), [(70, []), (50, ["70"]), (40, ["70"])])
def test_a_share_of_a_base_told_in_another_section(share: int, expected: list[str]) -> None:
    told = findings(METHOD.format(first="1,120", share=share))
    assert [own.expected for own in told] == expected
    assert all(own.confidence == "medium" for own in told)


def test_a_share_that_one_digit_does_not_explain_has_another_base() -> None:
    assert findings(METHOD.format(first="1,120", share=92)) == []


def test_a_far_base_needs_a_second_share_of_it() -> None:
    assert (
        findings(METHOD.format(first="1,120", share=50).replace("480 key informants (30%)", "480 key informants")) == []
    )


def test_the_items_of_a_list_imply_one_base() -> None:
    assert findings(ITEMS.format(share=24)) == []
    told = findings(ITEMS.format(share=42))
    assert [(own.expected, own.found) for own in told] == [("24", "42")]


SUBTOTALS: Rows = [
    ["Region", "Households", "Individuals"],
    ["North", "1,250", "6,480"],
    ["Kolo", "700", "3,620"],
    ["Tamba", "550", "2,860"],
    ["South", "930", "4,710"],
    ["Norba", "610", "3,080"],
    ["Sulva", "320", "1,630"],
]
ONE_ROW: Rows = [["Suspected", "Confirmed", "Probable", "Total"], ["34", "18", "5", "57"]]
SMALL: Rows = [["Village", "Cases"], ["Kolo", "4"], ["Tamba", "6"], ["Norba", "9"], ["Total", "19"]]
COVERAGE: Rows = [
    ["Zone", "Target", "Vaccinated", "Coverage"],
    ["Kolo", "4,000", "3,600", "90%"],
    ["Tamba", "2,500", "2,125", "85%"],
    ["Norba", "5,000", "4,700", "94%"],
]


def altered(rows: Rows, row: int, column: int, value: str) -> Rows:
    return [
        [value if (at, place) == (row, column) else cell for place, cell in enumerate(own)]
        for at, own in enumerate(rows)
    ]


@pytest.mark.parametrize("rows", [SUBTOTALS, ONE_ROW, SMALL, COVERAGE])
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_tables_that_add_up_are_left_alone(rows: Rows, name: str) -> None:
    assert found(rows, name) == []


@pytest.mark.parametrize(
    ("rows", "value", "expected"),
    [
        (altered(SUBTOTALS, 4, 1, "390"), "390", "930"),
        (altered(ONE_ROW, 1, 3, "75"), "75", "57"),
        (altered(SMALL, 4, 1, "29"), "29", "19"),
        (altered(COVERAGE, 2, 3, "58%"), "58", "85"),
    ],
)
@pytest.mark.parametrize("name", ["update.md", "update.html"])
def test_one_wrong_digit_in_a_small_table_is_found(rows: Rows, value: str, expected: str, name: str) -> None:
    assert (value, expected) in {(own.found, own.expected) for own in found(rows, name)}


def test_a_table_of_one_column_is_not_judged_beyond_a_slip() -> None:
    """The total may count places that the table does not list."""
    assert found(altered(SMALL, 4, 1, "52"), "update.md") == []


def test_subtotals_are_not_read_into_small_figures() -> None:
    """`10 = 6 + 4` by chance bears nothing out."""
    rows: Rows = [
        ["Zone", "Cases", "Deaths"],
        ["A", "18", "10"],
        ["B", "10", "6"],
        ["C", "8", "6"],
        ["D", "7", "3"],
        ["E", "4", "2"],
        ["F", "3", "1"],
    ]
    assert found(rows, "update.md") == []


def test_a_rest_told_right_behind_the_bracket_belongs_to_the_parts() -> None:
    assert findings("The death toll rose to 45 (32 men, 9 women), with 4 bodies not yet identified.") == []
    assert findings("The death toll rose to 48 (32 men, 9 women), with 4 bodies not yet identified.") != []


def test_a_list_twice_as_long_takes_twice_the_work() -> None:
    def items(many: int) -> str:
        return "\n".join(f"• {at} people ({at % 90}%)" for at in range(1, many)) + "\nend"

    assert work_of(items(800)) < 2.5 * work_of(items(400))
