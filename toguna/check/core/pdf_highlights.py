"""A copy of a PDF with the words of each finding highlighted, and what is wrong with them as the highlight's note."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium

from toguna.check import problems as fault
from toguna.check.core.document import Document, Text
from toguna.check.core.finding import Finding
from toguna.check.core.readers.pdfium import SOFT_HYPHEN, TAKEN_HYPHEN, characters
from toguna.kernel.api import Language, Place, Refused

AUTHOR = "Toguna"
_YELLOW, _ORANGE = (255, 224, 80), (255, 170, 60)
#: So many characters around the words tell one place of a page from another.
_AROUND = (80, 40, 20, 8, 0)
_FLAT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", f"{SOFT_HYPHEN}{TAKEN_HYPHEN}\x00")
Rectangle = tuple[float, float, float, float]


def highlighted_pdf(
    content: bytes, document: Document, findings: Sequence[Finding], language: Language = "en"
) -> bytes:
    """The bytes of the copy. `document` is what was read of this content, `findings` are its own. Annotations that the file has are kept.

    Words that pdfium gives in another order than the reader are not found again: their finding is a note at the top of its page.
    """
    texts = tuple(document.texts())
    by_page: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_page[(finding.place.page or 1) - 1].append(finding)
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused(fault.PDF_BROKEN.at(Place(file=document.name))) from error
    try:
        for at, own in sorted(by_page.items()):
            page = pdf[at]
            _highlight(page, texts, own, language)
            page.close()
        made = BytesIO()
        pdf.save(made)
        return made.getvalue()
    finally:
        pdf.close()


def _highlight(page: pypdfium2.PdfPage, texts: Sequence[Text], findings: Sequence[Finding], language: Language) -> None:
    words = _Words(page)
    noted = 0
    for finding in findings:
        span = finding.spans[0]
        boxes = words.boxes(texts[span.text].text, span.start, span.end)
        note = f"{finding.message(language)} {finding.cure(language)} [{finding.id}]"
        if boxes:
            _annotate(page, boxes, note, _ORANGE if finding.confidence == "high" else _YELLOW)
        else:
            left, _, _, top = page.get_cropbox()
            _annotate(
                page,
                [],
                f"« {finding.quote} »\n{note}",
                _YELLOW,
                (left + 10 + 24 * noted, top - 30, left + 30 + 24 * noted, top - 10),
            )
            noted += 1
    words.close()


class _Words:
    """The characters of one page without blanks, as pdfium counts them, and which were highlighted before."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._textpage = page.get_textpage()
        shown = ((at, _flat(one)) for at, one in enumerate(characters(self._textpage)))
        kept = [(at, one) for at, one in shown if one]
        self._indexes = [at for at, _ in kept]
        self._text = "".join(one for _, one in kept)
        self._used: set[int] = set()

    def boxes(self, text: str, start: int, end: int) -> list[Rectangle]:
        """The rectangles of the characters `start` to `end` of a text, found by the words around them; none where they are not found."""
        wanted = _flat(text[start:end])
        for around in _AROUND if wanted else ():
            before = _flat(text[max(0, start - around) : start])
            needle = before + wanted + _flat(text[end : end + around])
            for found in self._occurrences(needle):
                first = found + len(before)
                if first not in self._used:
                    self._used.add(first)
                    return list(self._rectangles(self._indexes[first], self._indexes[first + len(wanted) - 1]))
        return []

    def _occurrences(self, needle: str) -> Iterator[int]:
        at = self._text.find(needle)
        while at >= 0:
            yield at
            at = self._text.find(needle, at + 1)

    def _rectangles(self, first: int, last: int) -> Iterator[Rectangle]:
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        for at in range(pdfium.FPDFText_CountRects(self._textpage.raw, first, last - first + 1)):
            if pdfium.FPDFText_GetRect(self._textpage.raw, at, left, top, right, bottom):
                yield left.value, bottom.value, right.value, top.value

    def close(self) -> None:
        self._textpage.close()


def _flat(text: str) -> str:
    return "".join(text.translate(_FLAT).split())


def _annotate(
    page: pypdfium2.PdfPage,
    boxes: Sequence[Rectangle],
    note: str,
    colour: tuple[int, int, int],
    frame: Rectangle | None = None,
) -> None:
    """A highlight over the boxes; without boxes a note in the frame."""
    kind = pdfium.FPDF_ANNOT_HIGHLIGHT if boxes else pdfium.FPDF_ANNOT_TEXT
    annotation = pdfium.FPDFPage_CreateAnnot(page.raw, kind)
    for left, bottom, right, top in boxes:
        quad = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    if boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        frame = min(lefts), min(bottoms), max(rights), max(tops)
    if frame:
        left, bottom, right, top = frame
        pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left, top, right, bottom))
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, 255)
    pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
    for key, words in ((b"Contents", note), (b"T", AUTHOR)):
        wide = words.encode("utf-16-le") + b"\0\0"
        buffer = ctypes.create_string_buffer(wide, len(wide))
        pdfium.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPage_CloseAnnot(annotation)
