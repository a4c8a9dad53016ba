"""Markdown, HTML and Word."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml

from tests.check.readers.documents import blocks, read, tables
from toguna.check.core.document import Block, Document, Table
from toguna.check.core.readers import read_document

MARKDOWN = """---
title: December
language: fr
---
# Protection

Le partenaire a aidé [94](fig:people?sex=f) réfugiés
(39 femmes, 55 hommes).<sup>2</sup>

- un : 12
  - deux : 13

Tableau 1. Cas par région

| Région | F | H | Total |
|---|---:|---:|---:|
| Gao | 1 | 2 | 3 |

```chart
figure: not words
```
"""


def test_markdown() -> None:
    document = read(MARKDOWN, "2016-12.fr.md")
    assert (document.title, document.spoken(), document.form) == ("December", "fr", "markdown")
    assert blocks(document, "heading") == ["Protection"]
    assert blocks(document, "paragraph") == ["Le partenaire a aidé 94 réfugiés (39 femmes, 55 hommes).²"]
    assert [
        (part.text, part.level) for part in document.parts if isinstance(part, Block) and part.kind == "bullet"
    ] == [
        ("un : 12", 1),
        ("deux : 13", 2),
    ]
    assert tables(document) == [[["Région", "F", "H", "Total"], ["Gao", "1", "2", "3"]]]
    table = document.parts[-1]
    assert isinstance(table, Table) and table.caption and table.caption.text == "Tableau 1. Cas par région"
    paragraph = document.parts[1]
    assert isinstance(paragraph, Block) and paragraph.place(paragraph.text.index("55")).line == 8


HTML = """<!doctype html><html lang="fr"><head><title>Rapport</title><style>p{color:red}</style>
<script>var hidden = 12</script></head><body>
<h2>Eau</h2>
<p>Au total 474&nbsp;231<sup>1</sup> personnes,
 soit <b>187</b> femmes.</p><p style="display: none">999 cachés</p>
<ul><li>un : 12<ul><li>deux : 13</ul></ul>
<aside><p>193<br>personnes</p></aside>
<table><caption>Cas</caption><tr><th rowspan=2>A<th colspan=2>B</tr><tr><td>1<td>2</tr><tr><td>x<td>3<td>4</tr></table>
<table><tr><td><p>Une page mise en colonnes.</p><td><p>Encore.</p></table>
</body></html>"""


def test_html() -> None:
    document = read(HTML, "page.html")
    assert (document.title, document.language) == ("Rapport", "fr")
    assert blocks(document, "paragraph")[0] == "Au total 474\u00a0231¹ personnes, soit 187 femmes."
    assert not any("cachés" in text or "hidden" in text for text in blocks(document))
    assert [
        (part.text, part.level) for part in document.parts if isinstance(part, Block) and part.kind == "bullet"
    ] == [
        ("un : 12", 1),
        ("deux : 13", 2),
    ]
    aside = next(part for part in document.parts if isinstance(part, Block) and part.aside)
    assert aside.text == "193\npersonnes"
    table = next(part for part in document.parts if isinstance(part, Table))
    assert [[(cell.text, cell.span) for cell in row] for row in table.rows] == [
        [("A", 1), ("B", 2)],
        [("", 1), ("1", 1), ("2", 1)],
        [("x", 1), ("3", 1), ("4", 1)],
    ]
    assert blocks(document)[-2:] == ["Une page mise en colonnes.", "Encore."]


def made_word() -> Document:
    word = docx.Document()
    word.core_properties.title = "Update"
    word.sections[0].header.paragraphs[0].text = "Operational update, December 2016"
    word.add_heading("Protection", 1)
    paragraph = word.add_paragraph("187 persons (87 men, 28 women, 78 children)")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" were reached.")
    word.add_paragraph().add_run("A bold title").bold = True
    word.add_paragraph("first 12", style="List Bullet")
    word.add_paragraph("second 13", style="List Bullet 2")
    word.add_paragraph("Table 1: Cases by region", style="Caption")
    table = word.add_table(rows=3, cols=4)
    for at, row in enumerate([["Region", "Sex", "", "Total"], ["Gao", "1", "2", "3"], ["Total", "1", "2", "3"]]):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    layout = word.add_table(rows=1, cols=2)
    layout.cell(0, 0).text = "193\npersons"
    layout.cell(0, 1).text = "The sessions were held. " * 30
    box = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>730 birth certificates</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    anchor = word.add_paragraph("Struck ")
    anchor._p.append(box)
    anchor._p.append(
        parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a">'
            "<w:r><w:delText>999</w:delText></w:r></w:del>"
        )
    )
    out = BytesIO()
    word.save(out)
    return read_document(out.getvalue(), "update.docx")


def test_word() -> None:
    document = made_word()
    assert document.title == "Update"
    assert blocks(document)[0] == "Operational update, December 2016"
    assert blocks(document, "heading") == ["Protection", "A bold title"]
    assert "187 persons (87 men, 28 women, 78 children)¹ were reached." in blocks(document)
    assert blocks(document, "bullet") == ["first 12", "second 13"]
    table = next(part for part in document.parts if isinstance(part, Table))
    assert table.caption and table.caption.text == "Table 1: Cases by region"
    assert [cell.span for cell in table.rows[0]] == [1, 2, 1]
    assert [cell.text for cell in table.rows[1]] == ["Gao", "1", "2", "3"]
    asides = [part.text for part in document.parts if isinstance(part, Block) and part.aside]
    assert asides == ["193\npersons", "730 birth certificates"]
    assert not any("999" in text for text in blocks(document))


@pytest.mark.parametrize("name", ["notes.markdown", "page.htm"])
def test_other_endings(name: str) -> None:
    assert read("<p>12 wells</p>", name).form == ("html" if name.endswith("htm") else "markdown")
