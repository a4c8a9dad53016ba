"""Plain text: typed, extracted line by line, laid out by blanks or tabs."""

from __future__ import annotations

import pytest

from tests.check.readers.documents import blocks, read, tables
from toguna.check.core.document import Block
from toguna.check.core.readers import read_document


def test_lines_of_a_paragraph_stay_together_and_keep_their_numbers() -> None:
    document = read("Gao\n\nThe mission met 187 persons\n(87 men, 28 women and 72 children)\nin two villages.\n")
    assert blocks(document) == [
        "Gao",
        "The mission met 187 persons (87 men, 28 women and 72 children) in two villages.",
    ]
    paragraph = document.parts[1]
    assert isinstance(paragraph, Block)
    assert paragraph.place(paragraph.text.index("28 women")).line == 4


def test_list_items_by_any_mark() -> None:
    text = "• 12 wells\n\uf0b7 13 pumps\n- 14 taps\n  going on\no 15 latrines\n1) 16 tanks\n"
    assert blocks(read(text), "bullet") == ["12 wells", "13 pumps", "14 taps going on", "15 latrines", "16 tanks"]


def test_a_negative_or_a_range_is_no_list_item() -> None:
    assert blocks(read("Change over the year:\n-12 per cent\n"), "bullet") == []


def test_headings_are_numbered_or_in_capitals() -> None:
    text = "1. CONTEXT\n\nNothing new.\n\n3.2 Cases by district\n\nKEY FIGURES\n\n193\npersons trained\n"
    assert blocks(read(text), "heading") == ["1. CONTEXT", "3.2 Cases by district", "KEY FIGURES"]
    assert "193 persons trained" in blocks(read(text), "paragraph")


def test_form_feeds_begin_pages() -> None:
    document = read("First page.\n\fSecond page.\n")
    assert document.pages == 2
    assert [part.place(0).page for part in document.parts if isinstance(part, Block)] == [1, 2]


COLUMNS = """
 KEY FIGURES              The partner held twenty-two sessions in the region, with
                          the support of the regional authorities, and reached
 193                      187 persons, of whom 28 were women. The sessions were
 persons reached          about clean water at home and at the new water points
                          that were handed over to the villages in the autumn.
 22                       Three more sessions are planned for the month to come,
 sessions held            as soon as the road is open again.
"""


def test_columns_side_by_side_do_not_interleave() -> None:
    document = read(COLUMNS)
    body = " ".join(blocks(document))
    assert "reached 187 persons, of whom 28 were women. The sessions were about clean water" in body
    assert "193 persons reached" in blocks(document)
    assert "22 sessions held" in blocks(document)


TABLE = """
Table 1. Cases by province

                                     Confirmed
  Province         Cases             deaths         Fatality
  Ituri             1 020             238            23,3%
  Nord-Kivu            95              52            54,7%
  Sud-Kivu              3               1            33,3%
  Total             1 118             291            26,0%

The table was made on 23 June.
"""


def test_a_table_laid_out_by_blanks_has_its_cells_and_heads() -> None:
    document = read(TABLE)
    assert tables(document) == [
        [
            ["Province", "Cases", "Confirmed deaths", "Fatality"],
            ["Ituri", "1 020", "238", "23,3%"],
            ["Nord-Kivu", "95", "52", "54,7%"],
            ["Sud-Kivu", "3", "1", "33,3%"],
            ["Total", "1 118", "291", "26,0%"],
        ]
    ]
    assert blocks(document)[-1] == "The table was made on 23 June."


@pytest.mark.parametrize("bar", ["\t", " | ", "\t \t"])
def test_tabs_and_bars_part_cells(bar: str) -> None:
    rows = [["Region", "F", "H", "Total"], ["Gao", "1", "2", "3"], ["Total", "1", "2", "3"]]
    text = "Before.\n\n" + "\n".join(bar.join(row) for row in rows) + "\n\nAfter.\n"
    document = read(text)
    assert tables(document) == [rows]
    assert blocks(document) == ["Before.", "After."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"])
def test_french_in_the_encodings_of_the_field(encoding: str) -> None:
    text = "Les réfugiés rapatriés à Ségou : 135 personnes, dont l’été a été pénible.\r\nDéjà 12 forages achevés.\r\n"
    assert "réfugiés rapatriés à Ségou" in blocks(read_document(text.encode(encoding), "bulletin.txt"))[0]
