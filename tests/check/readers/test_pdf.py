"""PDFs by where their words stand: columns, tables, boxes, notes, pages."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.check.readers.documents import blocks, pdf, read_pdf, tables
from toguna.check.core.document import Block, Table
from toguna.check.core.readers import read_document

PAGE = '#set page(paper: "a4", margin: 2cm)\n#set text(size: 10pt, lang: "en")\n#set par(justify: true)\n'
PROSE = (
    "The partner held twenty-two sessions in the region with the support of the regional authorities and reached 187 persons, "
    "of whom 28 were women, in the villages around the new water points that were handed over in the autumn. "
)
ROWS = [["Region", "Women", "Men", "Total"], ["Gao", "12", "13", "25"], ["Ménaka", "2,512", "1,313", "3,825"]]
CELLS = ",".join(f"[{cell}]" for row in ROWS for cell in row)


def test_a_side_column_does_not_interleave_with_the_body() -> None:
    side = "*KEY FIGURES*\n\n#text(size: 22pt)[193] \\\nreturned refugees took part in sessions\n\n#text(size: 22pt)[730] \\\nbirth certificates"
    document = read_pdf(
        f"{PAGE}#grid(columns: (4cm, 1fr), gutter: 1cm, [{side}], [== Highlights\n- {PROSE}\n- {PROSE}\n\n{PROSE * 3}])"
    )
    found = blocks(document)
    assert "193 returned refugees took part in sessions" in found
    assert "730 birth certificates" in found
    assert blocks(document, "bullet") == [PROSE.strip()] * 2
    assert (PROSE * 3).strip() in found
    asides = [part.text for part in document.parts if isinstance(part, Block) and part.aside]
    assert asides[0].startswith(("KEY", "193")) and not any("twenty-two" in text for text in asides)


def test_two_columns_are_read_one_after_the_other_and_a_sentence_goes_on_over_them() -> None:
    document = read_pdf(f"{PAGE}#set page(columns: 2)\n{PROSE * 14}")
    words = " ".join(blocks(document)).split()
    assert words == (PROSE * 14).split()


@pytest.mark.parametrize(
    "stroke",
    [
        "",
        "stroke: none, ",
        "stroke: (x, y) => (bottom: 0.5pt), ",
        "fill: (x, y) => if y == 0 { luma(200) }, stroke: none, ",
    ],
)
def test_tables_with_and_without_rules(stroke: str) -> None:
    document = read_pdf(f"{PAGE}Before the table.\n#table(columns: 4, {stroke}{CELLS})\nAfter the table.")
    assert tables(document) == [ROWS]
    assert blocks(document) == ["Before the table.", "After the table."]


def test_a_table_over_two_pages_is_one_table() -> None:
    rows = [[f"District {at}", f"{at}", f"{at + 1}", f"{2 * at + 1}"] for at in range(70)]
    cells = ",".join(f"[{cell}]" for row in rows for cell in row)
    head = ",".join(f"[*{cell}*]" for cell in ROWS[0])
    document = read_pdf(f"{PAGE}#table(columns: 4, table.header({head}), {cells})")
    assert document.pages == 2
    assert tables(document) == [[ROWS[0], *rows]]
    table = document.parts[0]
    assert isinstance(table, Table)
    assert all(cell.header for cell in table.rows[0]) and not any(cell.header for cell in table.rows[1])
    assert table.rows[-1][0].place(0).page == 2


def test_labels_beside_figures() -> None:
    pairs = [
        ("IDP returnees (government)", "474,231"),
        ("Malian refugees", "135 985"),
        ("Asylum seekers (mixed origin)", "363"),
    ]
    lines = "".join(f"{label} #h(1fr) {figure} \\\n" for label, figure in pairs)
    document = read_pdf(f"{PAGE}#block(width: 8cm)[#set par(justify: false)\n{lines}]")
    assert tables(document) == [[list(pair) for pair in pairs]]


def test_boxes_are_read_by_themselves() -> None:
    boxed = "#rect(width: 5cm)[*74* protection incidents were identified in the regions of the north since June.]"
    document = read_pdf(f"{PAGE}#grid(columns: (1fr, 5cm), gutter: 0.4cm, [{PROSE * 2}], [{boxed}])")
    assert "74 protection incidents were identified in the regions of the north since June." in blocks(document)


def test_headings_captions_notes_and_marks() -> None:
    document = read_pdf(
        f"{PAGE}= Mali\n== Protection\n{PROSE}474,231#super[2] and 12 345#footnote[As of 30 November.] persons.\n\n"
        "#text(size: 8pt)[Photo credit © The agency]\n\n*Water and sanitation*\n\nText again, with some words in it."
    )
    headings = [
        (part.text, part.level) for part in document.parts if isinstance(part, Block) and part.kind == "heading"
    ]
    assert headings == [("Mali", 1), ("Protection", 2), ("Water and sanitation", 6)]
    assert any("474,231² and 12 345¹ persons." in text for text in blocks(document))
    assert blocks(document, "caption") == ["Photo credit © The agency"]
    assert any("As of 30 November." in text for text in blocks(document, "note"))


def test_hyphens_of_the_lines_end_go_and_those_of_names_stay() -> None:
    narrow = '#set page(width: 7cm, height: 20cm)\n#set text(size: 10pt, lang: "fr", hyphenate: true)\n#set par(justify: true)\n'
    text = "La responsabilisation des communautés environnantes du Nord-Kivu et du Sud-Kivu " * 4
    words = " ".join(blocks(read_pdf(narrow + text)))
    assert words.split() == text.split()


def test_running_heads_stand_once_and_page_numbers_nowhere() -> None:
    head = '#set page(paper: "a5", header: [Operational update, December 2016], footer: context [Page #counter(page).display()])\n'
    document = read_pdf(
        head + "#pagebreak()\n".join(f"In month {at} there were {at * 7} arrivals.\n" for at in range(1, 6))
    )
    found = blocks(document)
    assert found.count("Operational update, December 2016") == 1
    assert not any("Page" in text for text in found)
    assert len(found) == 6


def test_a_list_item_begins_with_its_mark_and_a_dash_within_a_sentence_does_not() -> None:
    states = "There were 21 cases in nine states (" + ", ".join(f"Ebonyi – {at}" for at in range(1, 40)) + ")."
    document = read_pdf(f"{PAGE}#set page(width: 11cm)\n{states}\n\n– first item\n\n– second item")
    assert blocks(document, "bullet") == ["first item", "second item"]
    assert states in blocks(document)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_read_as_upright_ones(rotation: int) -> None:
    made = pdf(f"{PAGE}= Protection\n{PROSE * 2}\n#table(columns: 4, {CELLS})")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as opened:
        for page in opened.pages:
            page.Rotate = rotation
        opened.save(out)
    upright, turned = read_document(made, "a.pdf"), read_document(out.getvalue(), "a.pdf")
    assert blocks(turned) == blocks(upright)
    assert tables(turned) == tables(upright) == [ROWS]


def test_words_written_sideways_stand_apart() -> None:
    document = read_pdf(f"{PAGE}{PROSE}\n\n#rotate(-90deg, reflow: true)[Source: partners, 31 December]")
    assert PROSE.strip() in blocks(document)
    assert "Source: partners, 31 December" in blocks(document)


def test_a_place_is_a_page_and_its_line() -> None:
    document = read_pdf(f"{PAGE}First line.\n\nSecond line.\n#pagebreak()\nOn page two.")
    places = [(part.place(0).page, part.place(0).line) for part in document.parts if isinstance(part, Block)]
    assert places == [(1, 1), (1, 2), (2, 1)]


def test_a_word_that_begins_with_a_dash_stays_in_its_line() -> None:
    document = read_pdf(f"{PAGE}{PROSE}The intra -governorate movements of 12 families went on - as before - in Gao.")
    assert len(document.parts) == 1


def test_a_line_of_a_list_item_may_begin_with_a_bracket() -> None:
    places = ", ".join(f"Katwa ({at})" for at in range(1, 30))
    for width in range(80, 150, 7):
        document = read_pdf(f"#set page(width: {width}mm, height: 30cm)\n- Province (44 cases): {places}.\n- Other")
        assert len(blocks(document, "bullet")) == 2, width


def test_a_table_without_rules_whose_cells_wrap() -> None:
    rows = [
        ["Ituri", "1020", "22 of 36 (61.1 %)", "23"],
        ["Nord-Kivu", "95", "11 of 34 (32.3 %)", "1"],
        ["Sud-Kivu", "3", "1 of 34 (2.9 %)", "0"],
    ]
    broken = [cell.replace(" (", " \\ (") for row in rows for cell in row]
    cells = ",".join(f"[{cell}]" for cell in broken)
    document = read_pdf(
        f"{PAGE}{PROSE}\n#table(columns: (3cm, 2cm, 3cm, 2cm), stroke: none, inset: (x: 3pt, y: 1pt), {cells})\nAfter."
    )
    assert tables(document) == [rows]
