"""Findings written into the officer's own file: Word comments and PDF highlights."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml import parse_xml
from lxml import etree

from tests.check.readers.documents import pdf
from tests.check.readers.test_hostile import W, word
from toguna.check.api import annotated, check, read_document
from toguna.kernel.api import Refused
from toguna.kernel.core.ooxml import Limits, Package
from toguna.kernel.core.wordprocessing import WordParts

NS = f'xmlns:w="{W}"'
#: One sentence in which a run is cut in the middle of the figure, a tracked insertion, a tracked deletion and a comment of the officer's own.
TRACKED = (
    f'<w:p {NS}><w:r><w:t xml:space="preserve">At Mopti </w:t></w:r><w:commentRangeStart w:id="7"/><w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r>'
    '<w:ins w:id="1" w:author="Awa"><w:r><w:t xml:space="preserve">87 persons (87 men, </w:t></w:r></w:ins><w:commentRangeEnd w:id="7"/>'
    '<w:r><w:commentReference w:id="7"/></w:r><w:del w:id="2" w:author="Awa"><w:r><w:delText>99 women, </w:delText></w:r></w:del>'
    "<w:r><w:t>28 women, 78 children) took part.</w:t></w:r></w:p>"
)


def officers_file() -> bytes:
    made = docx.Document()
    made.add_paragraph("The month in short.")
    made.element.body.insert(1, parse_xml(TRACKED))
    table = made.add_table(4, 2)
    for row, cells in zip(
        table.rows, [("Region", "Men"), ("Gao", "40"), ("Mopti", "60"), ("Total", "90")], strict=True
    ):
        row.cells[0].text, row.cells[1].text = cells
    made.add_paragraph("• In Gao, 23 of 104 wells (32.1%) are dry.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_comment(content: bytes) -> bytes:
    """The file with the officer's own comment 7 in its part of comments."""
    made = docx.Document(io.BytesIO(content))
    made.add_comment(made.paragraphs[0].runs, text="Ask Awa.", author="Moussa")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def marked(content: bytes) -> dict[str, str]:
    """The words inside the range of each comment, by the comment's words."""
    parts = WordParts(Package(content, Limits(parts=500, unpacked=10**8)))
    body = parts.body()
    assert body is not None
    found, within = {}, {}
    for element in body.iter():
        name = etree.QName(element).localname
        number = element.get(f"{{{W}}}id")
        if name == "commentRangeStart":
            within[number] = ""
        elif name == "commentRangeEnd":
            found[number] = within.pop(number)
        elif name == "t":
            within = {key: words + (element.text or "") for key, words in within.items()}
    assert not within
    references = [element.get(f"{{{W}}}id") for element in body.iter(f"{{{W}}}commentReference")]
    comments = parts.comments()
    assert sorted(references) == sorted(found) and len(set(references)) == len(references)
    return {
        f"{comments[key].author}: {comments[key].words}" if key in comments else key: own for key, own in found.items()
    }


def commented(content: bytes, name: str = "update.docx") -> bytes:
    document = read_document(content, name)
    return annotated(content, document, check(document))


def test_each_finding_is_a_comment_at_its_words() -> None:
    content = with_comment(officers_file())
    made = commented(content)
    found = marked(made)
    claim = "187 persons (87 men, 28 women, 78 children)"
    whole = "In Gao, 23 of 104 wells (32.1%) are dry."
    assert sorted(found.values()) == sorted([claim, "187 persons (87 men, ", "90", whole, "The month in short."])
    by_words = {words: comment for comment, words in found.items()}
    assert by_words[claim].startswith("Toguna: The parts")
    assert by_words["The month in short."] == "Moussa: Ask Awa."
    assert "7" in found


def test_nothing_else_of_the_file_changes() -> None:
    content = with_comment(officers_file())
    made = commented(content)
    assert read_document(made, "update.docx").parts == read_document(content, "update.docx").parts
    old, new = (zipfile.ZipFile(io.BytesIO(own)) for own in (content, made))
    changed = {name for name in new.namelist() if name not in old.namelist() or new.read(name) != old.read(name)}
    assert changed == {"word/document.xml", "word/comments.xml"}
    assert new.read("word/document.xml").count(b"<w:ins ") == new.read("word/document.xml").count(b"<w:del ") == 1
    assert new.testzip() is None


def test_a_file_without_comments_gets_the_part() -> None:
    made = commented(officers_file())
    types = zipfile.ZipFile(io.BytesIO(made)).read("[Content_Types].xml")
    assert types.count(b"comments+xml") == 1
    assert sum(key.startswith("Toguna: ") for key in marked(made)) == 3
    assert next(iter(docx.Document(io.BytesIO(made)).comments)).text.startswith("The parts")


def test_two_runs_give_the_same_file_but_for_its_clock() -> None:
    content = officers_file()
    first, second = (zipfile.ZipFile(io.BytesIO(commented(content))) for _ in range(2))
    assert [first.read(name) for name in first.namelist()] == [second.read(name) for name in second.namelist()]


BOX = (
    f'<w:document {NS} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>'
    "<w:p><w:r><w:t>Key figures</w:t></w:r><w:r><wps:txbx><w:txbxContent><w:p><w:r><w:t>187 persons (87 men, 28 women, 78 children)</w:t>"
    "</w:r></w:p></w:txbxContent></wps:txbx></w:r></w:p></w:body></w:document>"
)


def test_a_finding_in_a_text_box_is_a_comment_at_the_paragraph_that_holds_it() -> None:
    ((comment, words),) = marked(commented(word(BOX))).items()
    assert words.startswith("Key figures") and "« 187 persons" in comment


def test_a_finding_in_a_note_is_a_comment_at_the_first_paragraph() -> None:
    body = f"<w:document {NS}><w:body><w:p><w:r><w:t>First.</w:t></w:r></w:p><w:p><w:r><w:t>Second.</w:t></w:r></w:p></w:body></w:document>"
    notes = f"<w:footnotes {NS}><w:footnote><w:p><w:r><w:t>187 persons (87 men, 28 women, 78 children)</w:t></w:r></w:p></w:footnote></w:footnotes>"
    made = commented(word(body, **{"word/footnotes.xml": notes.encode()}))
    ((comment, words),) = marked(made).items()
    assert words == "First." and "« 187 persons" in comment


def test_a_strict_file_stays_strict() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = word(
        f"<w:document {NS}><w:body><w:p><w:r><w:t>187 persons (87 men, 28 women, 78 children)</w:t></w:r></w:p></w:body></w:document>".replace(
            W, strict
        )
    )
    made = commented(content)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for part in ("word/document.xml", "word/comments.xml"):
            assert strict.encode() in archive.read(part) and W.encode() not in archive.read(part)
    assert list(marked(made).values()) == ["187 persons (87 men, 28 women, 78 children)"]


@pytest.mark.slow
def test_libreoffice_opens_the_file_and_sees_the_comments(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: soffice is missing")
    (tmp_path / "a.docx").write_bytes(commented(with_comment(officers_file())))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fodt", "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    root = etree.parse(str(tmp_path / "a.fodt"))
    notes = {
        note.findtext("{*}creator"): " ".join("".join(p.itertext()) for p in note.iter("{*}p"))
        for note in root.iter("{*}annotation")
    }
    told = [" ".join("".join(p.itertext()) for p in note.iter("{*}p")) for note in root.iter("{*}annotation")]
    assert notes["Moussa"] == "Ask Awa."
    assert sum(words.startswith(("The parts", "The rows", "23 of 104")) for words in told) == 3, told
    assert len(list(root.iter("{*}changed-region"))) == 2


SOURCE = "#set text(size: 11pt)\n187 persons (87 men, 28 women, 78 children) took part.\n\nIn Gao, 23 of 104 wells (32.1%) are dry.\n#pagebreak()\nOn 31 November, 12 wells were dug."


def highlights(content: bytes) -> list[tuple[int, str, list[float]]]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [
            (at, str(note.Contents), [float(own) for own in note.QuadPoints])
            for at, page in enumerate(opened.pages, 1)
            for note in page.get("/Annots", [])
            if note.Subtype == "/Highlight" and note.T == "Toguna"
        ]


def test_a_pdf_gets_highlights_with_the_message() -> None:
    content = pdf(SOURCE)
    document = read_document(content, "a.pdf")
    findings = check(document)
    made = annotated(content, document, findings, "fr")
    told = highlights(made)
    assert [(page, note) for page, note, _ in told] == [
        (finding.place.page, f"{finding.message('fr')} {finding.cure('fr')} [{finding.id}]") for finding in findings
    ]
    assert [page for page, *_ in told] == [1, 1, 2]
    assert read_document(made, "a.pdf").parts == document.parts


@pytest.mark.slow
def test_a_highlight_is_seen_where_the_words_are(tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None or shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed: pdftoppm is missing")
    content = pdf(SOURCE)
    document = read_document(content, "a.pdf")
    (tmp_path / "a.pdf").write_bytes(annotated(content, document, check(document)))
    subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", "a.pdf", "p"], cwd=tmp_path, check=True)
    image = next(tmp_path.glob("p*.ppm")).read_bytes()
    match = re.match(rb"P6\s+(\d+) (\d+)\s+255\s", image)
    assert match
    width = int(match[1])
    pixels = image[match.end() :]
    coloured = {
        (at % width, at // width) for at in range(len(pixels) // 3) if pixels[3 * at] > 200 and pixels[3 * at + 2] < 140
    }
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    places = {
        found[5]: [float(found[at]) for at in range(1, 5)]
        for found in re.finditer(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes
        )
    }
    for shown, is_marked in (("187", True), ("children)", True), ("(32.1%)", True), ("took", False)):
        left, top, right, bottom = places[shown]
        inside = [(x, y) for x, y in coloured if left + 1 <= x <= right - 1 and top <= y <= bottom]
        assert bool(inside) == is_marked, shown


def test_other_kinds_are_refused() -> None:
    document = read_document(b"187 persons (87 men, 28 women, 78 children)", "a.txt")
    with pytest.raises(Refused, match="Word"):
        annotated(b"", document, check(document))
