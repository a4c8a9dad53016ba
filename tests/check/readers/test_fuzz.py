"""No bytes, given as any of the five kinds, let out anything but `Refused`; and what is read holds together."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.check.readers.documents import pdf
from toguna.check.api import Checked, Document, check, read_document, render_html
from toguna.check.core.document import Block
from toguna.kernel.api import Refused

NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a", "a.xyz"])

#: Pieces of which hostile and ordinary documents are made.
PIECES = st.sampled_from(
    [
        "187 persons (87 men, 28 women, 78 children)",
        " 12 ", "1 234,5", "5%", "\t", "\n", "\n\n", "    ", "          ", "|", "| 1 | 2 |", "|---|---|", "\f", "• ", "- ",
        "* ", "1) ", "\uf0b7", "o ", "# ", "> ", "`", "```\n", "---\n", "title: x\n", "[94](fig:a)", "![x](y)", "<", ">", "&",
        "&nbsp;", "&#x0;", "&#1114112;", "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<td colspan=3>",
        "<th rowspan='9'>", "</table>", "<ul><li>", "</ul>", "<br>", "<sup>1</sup>", "<script>", "</script>", "<!--", "-->",
        "<!DOCTYPE html>", "<aside>", "<caption>", "<h2>", "<pre>", "<img alt='3 wells'>", "\x00", "\u00ad", "\ufffe", "é", "²",
        "Total", "Photo ©", "Tableau 1. ", "KEY FIGURES\n",
    ]
)  # fmt: skip


def held(content: bytes, name: str) -> Document | None:
    """The document, if there is one; its places must be true, and findings and page must come without a fault."""
    try:
        document = read_document(content, name)
    except Refused as refused:
        for problem in refused.problems:
            assert problem.written("en") and problem.written("fr")
        return None
    for text in document.texts():
        assert all(0 <= spot.start <= len(text.text) for spot in text.spots)
    assert any(text.text.strip() for text in document.texts())
    assert all(part.text for part in document.parts if isinstance(part, Block))
    findings = check(document)
    assert render_html([Checked(document, findings)]).endswith("</html>\n")
    return document


@given(st.binary(max_size=400), NAMES)
def test_any_bytes(content: bytes, name: str) -> None:
    held(content, name)


@given(st.lists(PIECES, max_size=40).map("".join), NAMES)
@settings(max_examples=300)
def test_any_text(text: str, name: str) -> None:
    held(text.encode("utf-8"), name)


@given(
    st.lists(PIECES, max_size=20).map("".join), st.sampled_from(["utf-16", "cp1252", "mac-roman", "utf-32", "latin-1"])
)
def test_any_encoding(text: str, encoding: str) -> None:
    held(text.encode(encoding, errors="replace"), "a.txt")


def made_word() -> bytes:
    word = docx.Document()
    word.add_heading("Protection", 1)
    word.add_paragraph("187 persons (87 men, 28 women, 78 children)", style="List Bullet")
    word.add_table(rows=2, cols=2).cell(1, 1).text = "12"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


WORD = made_word()
PDF = pdf("= Protection\n187 persons (87 men, 28 women, 78 children)\n#table(columns: 2)[a][1][b][2]")


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few bytes changed, dropped or doubled."""
    damage = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(damage) - 1)))
        length = draw(st.integers(0, 40))
        how = draw(st.sampled_from(["change", "drop", "double", "cut"]))
        if how == "change":
            damage[at : at + length] = draw(st.binary(min_size=length, max_size=length))
        elif how == "drop":
            del damage[at : at + length]
        elif how == "double":
            damage[at:at] = damage[at : at + length]
        elif draw(st.booleans()):
            del damage[at:]
    return bytes(damage)


@given(damaged(PDF))
@settings(max_examples=150, deadline=None)
def test_a_damaged_pdf(content: bytes) -> None:
    held(content, "a.pdf")


@given(damaged(WORD))
@settings(max_examples=150, deadline=None)
def test_a_damaged_word_file(content: bytes) -> None:
    held(content, "a.docx")


TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "gridSpan",
        "vMerge",
        "pPr",
        "pStyle",
        "numPr",
        "ilvl",
        "outlineLvl",
        "br",
        "tab",
        "txbxContent",
        "sdt",
        "sdtContent",
        "del",
        "ins",
        "drawing",
        "pict",
        "lastRenderedPageBreak",
        "body",
        "hyperlink",
        "rPr",
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    """Word's elements in any order and nesting, which no word processor writes."""
    tag = draw(TAGS)
    value = draw(
        st.sampled_from(["", ' w:val="1"', ' w:val="-3"', ' w:val="x"', ' w:val="99999999999"', ' w:type="page"'])
    )
    words = draw(st.sampled_from(["", "12 wells", " ", "&lt;", "187 persons (87 men, 28 women, 78 children)"]))
    inner = "".join(draw(st.lists(elements(depth + 1), max_size=2))) if depth < 5 else ""
    return f"<w:{tag}{value}>{words}{inner}</w:{tag}>"


@given(st.lists(elements(), max_size=6).map("".join))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_word_elements_in_any_order(body: str) -> None:
    out = io.BytesIO()
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{namespace}">{body}</w:styles>')
    held(out.getvalue(), "a.docx")


PLACES = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(0, 24), st.integers(5, 22), st.sampled_from(["", " persons", " Gao", "%"])
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda place: place[:2],
)


@given(PLACES)
@settings(max_examples=25, deadline=None)
def test_no_word_of_a_page_is_lost_or_doubled(places: list[tuple[int, int, int, str]]) -> None:
    source = "#set page(margin: 0pt)\n" + "".join(
        f"#place(dx: {x * 80}pt, dy: {y * 30 + 4}pt, text(size: {size / 2}pt)[{at + 100}{words}])\n"
        for at, (x, y, size, words) in enumerate(places)
    )
    document = held(pdf.__wrapped__(source), "a.pdf")
    assert document is not None
    read = Counter(re.findall(r"\d{3}", "\n".join(text.text for text in document.texts())))
    assert read == Counter(str(at + 100) for at in range(len(places)))
