"""The page with the findings marked: whole, escaped, readable without scripts."""

from __future__ import annotations

from lxml import html

from tests.check.readers.documents import pdf, read
from toguna.check.api import Checked, Document, Finding, check, read_document, render_html

HOSTILE = """Mopti <script>alert(1)</script> & "others": 187 persons (87 men, 28 women, 78 children) came.

Gao: 10 persons (4 men, 4 women) came, and 10 persons (4 men, 4 women) left.
"""


def checked(document: Document) -> Checked:
    return Checked(document, check(document))


def page_of(text: str, name: str = "update.txt") -> tuple[html.HtmlElement, tuple[Finding, ...]]:
    one = checked(read(text, name))
    return html.document_fromstring(render_html([one])), tuple(one.findings)


def test_every_finding_is_listed_marked_and_told_under_its_paragraph() -> None:
    page, findings = page_of(HOSTILE)
    assert len(findings) >= 2
    assert len(page.xpath("//ol/li")) == len(findings)
    assert len(page.xpath("//p[starts-with(@class, 'note')]")) == len(findings)
    marked = ["".join(mark.itertext()) for mark in page.xpath("//mark")]
    assert "187 persons (87 men, 28 women, 78 children)" in "".join(marked)


def test_the_whole_text_stands_in_it_and_nothing_of_it_is_markup() -> None:
    page, _ = page_of(HOSTILE, '<img src=x onerror="alert(1)">.txt')
    assert page.xpath("//script") == page.xpath("//img") == []
    words = " ".join("".join(page.xpath("//div[@class='words']")[0].itertext()).split())
    assert 'Mopti <script>alert(1)</script> & "others": 187 persons' in words


def test_it_needs_nothing_else() -> None:
    page, _ = page_of(HOSTILE)
    assert page.xpath("//link | //script | //iframe | //*[@src]") == []
    assert all(anchor.get("href", "").startswith("#") for anchor in page.xpath("//a"))
    targets = {element.get("id") for element in page.xpath("//*[@id]")}
    assert {anchor.get("href")[1:] for anchor in page.xpath("//a")} <= targets


def test_it_speaks_french_and_tells_the_pages() -> None:
    source = "#set page(width: 12cm, height: 8cm)\n= Protection\nAu total 187 personnes (87 hommes, 28 femmes, 78 enfants).\n#pagebreak()\nRien."
    one = checked(read_document(pdf(source), "bulletin.pdf"))
    page = html.document_fromstring(render_html([one], "fr"))
    assert page.get("lang") == "fr"
    assert [p.text for p in page.xpath("//p[@class='page']")] == ["Page 1", "Page 2"]
    assert "1 constat" in [p.text for p in page.xpath("//article/p")]
    assert page.xpath("//h4")[0].text == "Protection"


def test_overlapping_marks_keep_every_character() -> None:
    page, findings = page_of("Total 30 persons (10 men, 5 women, of whom 9 girls), 30 persons (10 men, 5 women).\n")
    words = " ".join("".join(page.xpath("//div[@class='words']/p[not(@class)]")[0].itertext()).split())
    for number in range(1, len(findings) + 1):
        words = words.replace(f"[{number}]", "")
    assert words == "Total 30 persons (10 men, 5 women, of whom 9 girls), 30 persons (10 men, 5 women)."


def test_a_document_without_findings_says_so() -> None:
    page, findings = page_of("Nothing to add up here.\n")
    assert findings == ()
    assert "No figures were found that do not agree." in "".join(page.itertext())
