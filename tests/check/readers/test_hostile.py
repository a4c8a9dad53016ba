"""Files that are broken, hostile or something else: a sentence for each, and soon."""

from __future__ import annotations

import io
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import docx
import pikepdf
import pytest

from tests.check.readers.documents import blocks, pdf, read
from toguna.check.core.readers import limits, read_document
from toguna.kernel.api import Refused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def refusal(content: bytes, name: str) -> str:
    """The id of the one problem; each must speak both languages, with what to do."""
    with pytest.raises(Refused) as caught:
        read_document(content, name)
    (problem,) = caught.value.problems
    for language in ("en", "fr"):
        assert problem.what(language).endswith(".") and problem.cure(language).endswith(".")
        assert "{" not in problem.written(language)
    assert problem.place.file == name
    return problem.id


@contextmanager
def within(calls: int) -> Iterator[None]:
    """The block calls at most so many functions, Python's and C's: the same number on every machine, unlike seconds."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
    assert counted <= calls, f"{counted:,} calls"


@contextmanager
def in_memory(mebibytes: int) -> Iterator[None]:
    """The block holds at most so many bytes at once beyond what it began with."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= mebibytes * 2**20, f"{peak:,} bytes"


def word(document: str, **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name, content)
    return out.getvalue()


def protected(**passwords: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("12 wells"))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner=passwords["owner"], user=passwords["user"]))
    return out.getvalue()


JUNK = bytes(range(256)) * 40

REFUSED = {
    "nothing": (b"", "a.txt", "check.file_empty"),
    "blanks": (b" \n\t \n", "a.txt", "check.file_empty"),
    "html without words": (b"<html><body><img src=x></body></html>", "a.html", "check.file_empty"),
    "markdown without words": (b"---\ntitle: x\n---\n", "a.md", "check.file_empty"),
    "binary junk named as text": (JUNK, "a.txt", "check.not_text"),
    "binary junk named as markdown": (JUNK, "a.md", "check.not_text"),
    "binary junk named as html": (JUNK, "a.html", "check.not_text"),
    "junk named as pdf": (JUNK, "a.pdf", "check.pdf_broken"),
    "junk named as word": (JUNK, "a.docx", "check.word_broken"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + JUNK, "scan.txt", "check.kind_unknown"),
    "rich text": (b"{\\rtf1 12 wells}", "a.rtf", "check.kind_unknown"),
    "old word or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + JUNK, "a.docx", "check.word_encrypted"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + JUNK, "a.xls", "check.kind_unknown"),
    "an old spreadsheet": (word("<x/>"), "a.ods", "check.kind_unknown"),
    "pdf without an end": (b"%PDF-1.7\n1 0 obj\n<<", "a.pdf", "check.pdf_broken"),
    "word without a body": (word(f'<w:document xmlns:w="{W}"/>'), "a.docx", "check.word_broken"),
    "word cut off": (word(f'<w:document xmlns:w="{W}"><w:body><w:p>'), "a.docx", "check.word_broken"),
    "word with a doctype": (
        word(
            f'<!DOCTYPE w:document [<!ENTITY a "12 wells"><!ENTITY b "{"&a;" * 50}">]><w:document xmlns:w="{W}">'
            "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
        ),
        "a.docx",
        "check.xml_doctype",
    ),
    "word nested deep": (
        word(f'<w:document xmlns:w="{W}"><w:body>{"<w:sdt>" * 10_000}{"</w:sdt>" * 10_000}</w:body></w:document>'),
        "a.docx",
        "check.too_deep",
    ),
    "markdown nested deep": (b"> " * 5_000 + b"12 wells", "a.md", "check.too_deep"),
    "html nested deep": (b"<div>" * 10_000 + b"12 wells" + b"</div>" * 10_000, "a.html", "check.too_deep"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_sentence(case: str) -> None:
    content, name, expected = REFUSED[case]
    with within(calls=100_000):
        assert refusal(content, name) == expected


def test_a_zip_without_word_in_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "12 wells")
    assert refusal(out.getvalue(), "a.docx") == "check.kind_unknown"


def test_zip_bombs() -> None:
    large = word("\0" * 150_000_000)
    many = word(f'<w:document xmlns:w="{W}"/>', **{f"p{at}": b"" for at in range(4_000)})
    with in_memory(8), within(calls=200_000):
        assert refusal(large, "a.docx") == "check.word_bomb"
        assert refusal(many, "a.docx") == "check.word_bomb"


def test_a_part_that_unpacks_to_more_than_it_says() -> None:
    content = bytearray(word("\0" * 150_000_000))
    size = (150_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1_000).to_bytes(4, "little")
    assert refusal(bytes(content), "a.docx") in {"check.word_bomb", "check.word_broken"}


def test_passwords() -> None:
    assert refusal(protected(owner="a", user="b"), "a.pdf") == "check.pdf_encrypted"
    assert blocks(read_document(protected(owner="a", user=""), "a.pdf")) == ["12 wells"]


def test_a_pdf_of_pictures() -> None:
    assert refusal(pdf("#rect(width: 5cm, height: 3cm, fill: gray)"), "scan.pdf") == "check.pdf_scanned"


def test_a_pdf_cut_off_gives_what_is_left_or_a_sentence() -> None:
    whole = pdf("12 wells\n#pagebreak()\n13 pumps")
    for end in range(100, len(whole), len(whole) // 25):
        try:
            read_document(whole[:end], "cut.pdf")
        except Refused as refused:
            assert {problem.id for problem in refused.problems} <= {"check.pdf_broken", "check.pdf_scanned"}


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toguna.check.core.readers.MOST_BYTES", 1_000)
    assert refusal(b"12 wells " * 200, "a.txt") == "check.file_too_large"


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", -1.0)
    assert refusal(pdf("12 wells"), "a.pdf") == "check.too_slow"


SLOW = {
    "one long line": ("12 wells " * 400_000, "a.txt"),
    "one long word": ("1" * 2_000_000, "a.txt"),
    "blanks before a tab": ("a" + " " * 900_000 + "b\tc", "a.txt"),
    "many lines laid out": ("Gao        12        13       25\n" * 5_000, "a.txt"),
    "many tabs": ("\t".join("123456789" * 10) + "\n", "a.txt"),
    "open brackets": ("[" * 20_000, "a.md"),
    "stars": ("*a " * 50_000, "a.md"),
    "a wide table": ("|a" * 500 + "|\n" + "|-" * 500 + "|\n" + ("|b" * 500 + "|\n") * 100, "a.md"),
    "breaks": ("<table><tr><td>1<td>" + "<br>" * 100_000 + "</table>", "a.html"),
    "tables in tables": ("<table><tr><td>" * 400 + "12 wells", "a.html"),
    "cells that span the world": ("<table><tr>" + "<td colspan=99999 rowspan=99999>1" * 300 + "</table>", "a.html"),
    "entities": ("<p>" + "&amp;" * 500_000, "a.html"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", SLOW)
def test_read_soon(case: str) -> None:
    text, name = SLOW[case]
    with within(calls=20_000_000):
        read(text, name)


def test_a_page_with_words_everywhere() -> None:
    scattered = "".join(f"#place(dx: {at * 37 % 460}pt, dy: {at * 7.3 % 700}pt)[{at}]\n" for at in range(3_000))
    content = pdf(scattered)
    with within(calls=20_000_000):
        assert blocks(read_document(content, "a.pdf"))


def test_a_word_file_with_the_strict_names() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>12 wells</w:t></w:r></w:p></w:body></w:document>'
    assert blocks(read_document(word(text), "a.docx")) == ["12 wells"]


def test_no_entity_is_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>12 wells &x;</p>'
    assert "root:" not in " ".join(blocks(read(page, "a.html")))


def test_word_of_many_paragraphs_is_read_soon() -> None:
    made = docx.Document()
    for at in range(1_500):
        made.add_paragraph(f"In district {at} the partner reached 12 women.")
    out = io.BytesIO()
    made.save(out)
    with within(calls=1_000_000):
        assert len(blocks(read_document(out.getvalue(), "a.docx"))) == 1_500
