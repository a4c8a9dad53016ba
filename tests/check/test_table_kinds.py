"""Tables in every format: years as heads, a row left out, one row alone, rows below their subtotal, cells parted by tabs."""

import pytest

from toguna.check.api import Finding, check, read_document

Rows = list[list[str]]


def as_text(rows: Rows) -> str:
    widths = [max(len(row[at]) for row in rows) + 4 for at in range(len(rows[0]))]
    return "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows) + "\n"


def as_markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def as_html(rows: Rows) -> str:
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return "<table>" + "".join(lines) + "</table>"


FORMATS = {"update.txt": as_text, "update.md": as_markdown, "update.html": as_html}


def found(rows: Rows, name: str) -> list[Finding]:
    return [own for own in check(read_document(FORMATS[name](rows).encode(), name)) if own.confidence != "low"]


YEARS: Rows = [
    ["Region", "2023", "2024"],
    ["North", "12,041", "13,017"],
    ["South", "8,302", "9,144"],
    ["Lake", "6,110", "7,255"],
    ["Total", "26,453", "29,416"],
]


@pytest.mark.parametrize("name", FORMATS)
def test_years_that_head_columns_are_added_to_no_total(name: str) -> None:
    assert found(YEARS, name) == []
    wrong = [*YEARS[:-1], ["Total", "26,453", "29,461"]]
    assert [(own.found, own.expected) for own in found(wrong, name)] == [("29,461", "29,416")]


@pytest.mark.parametrize("name", FORMATS)
def test_years_under_a_second_head_are_heads_too(name: str) -> None:
    rows: Rows = [["", "As at 30 June", ""], ["", "2023", "2024"], *YEARS[1:]]
    assert found(rows, name) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_total_that_leaves_out_one_row_in_every_column_is_found(name: str) -> None:
    rows: Rows = [
        ["Site", "Lits", "Occupés", "Taux"],
        ["Centre A", "29", "8", "27,6%"],
        ["Centre B", "4", "3", "75,0%"],
        ["Centre C", "3", "3", "100,0%"],
        ["Total", "33", "11", "33,3%"],
    ]
    assert [(own.found, own.expected) for own in found(rows, name)] == [("33", "36"), ("11", "14")]
    right = [*rows[:-1], ["Total", "36", "14", "38,9%"]]
    assert found(right, name) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_of_one_row_has_that_row_as_its_total(name: str) -> None:
    rows: Rows = [
        ["Region", "Zone", "Contacts", "Seen"],
        ["Kasa", "Bula", "654", "591"],
        ["Total", "", "652", "591"],
    ]
    assert [(own.found, own.expected) for own in found(rows, name)] == [("652", "654")]
    assert found([*rows[:-1], ["Total", "", "654", "591"]], name) == []


@pytest.mark.parametrize("name", FORMATS)
def test_rows_below_their_total_make_it_up(name: str) -> None:
    rows: Rows = [
        ["Area", "Men", "Women"],
        ["Total", "1,430", "1,731"],
        ["North", "620", "811"],
        ["South", "480", "520"],
        ["Lake", "330", "400"],
    ]
    assert found(rows, name) == []
    wrong: Rows = [rows[0], ["Total", "1,430", "1,781"], *rows[2:]]
    assert [(own.found, own.expected) for own in found(wrong, name)] == [("1,781", "1,731")]


def test_a_blank_and_a_tab_part_two_figures_where_pairs_of_tabs_part_cells() -> None:
    text = (
        "Date \t \tIncidents\t \tOn board\t \tRescued\t \tBodies\n6/7/16\t \t1 \t117\t \t117\t \t0\n"
        "5/28/16\t \t1 \t200\t \t200\t \t0\n5/27/16\t \t1 \t122\t \t120\t \t2\n5/26/16\t \t1 \t713\t \t580\t \t133\n"
        "Total:\t  \t4 1,152\t \t1,017\t \t135\n"
    )
    assert [own for own in check(read_document(text.encode(), "update.txt")) if own.confidence != "low"] == []
