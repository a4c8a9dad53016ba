"""PDF by its text layer: pages, columns, tables and boxes by where the words stand."""

from __future__ import annotations

import pypdfium2

from toguna.check import problems as fault
from toguna.check.core.document import Document
from toguna.check.core.readers.flow import blocks_of
from toguna.check.core.readers.layout import lay_out
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.pages import Page, page_of
from toguna.check.core.readers.pdfium import read_sheet
from toguna.kernel.api import Place, Refused

MOST_PAGES = 3_000


def read_pdf(content: bytes, name: str) -> Document:
    """Refuses what is no PDF, is encrypted, has no text layer, or takes too long."""
    here = Place(file=name)
    clock = Clock(name)
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused((fault.PDF_ENCRYPTED if encrypted else fault.PDF_BROKEN).at(here)) from error
    try:
        if len(pdf) > MOST_PAGES:
            raise Refused(fault.TOO_MANY.at(here, what="pages", what_fr="pages", count=len(pdf), most=MOST_PAGES))
        pages: list[Page] = []
        for at in range(len(pdf)):
            clock.look()
            pages.extend(_read_page(pdf, at))
        if not any(page.parts for page in pages):
            raise Refused(fault.PDF_SCANNED.at(here, pages=len(pdf)))
        title = str(pdf.get_metadata_dict().get("Title", "")).strip() or None
        return Document(name=name, parts=blocks_of(pages), form="pdf", title=title, pages=len(pdf))
    finally:
        pdf.close()


def _read_page(pdf: pypdfium2.PdfDocument, at: int) -> list[Page]:
    """The page, and beside it what is written on it in another direction; nothing of a page that is broken."""
    try:
        page = pdf[at]
    except pypdfium2.PdfiumError:
        return []
    try:
        sheet = read_sheet(page)
    finally:
        page.close()
    parts = lay_out(sheet.words, sheet.strokes, sheet.width, sheet.height)
    found = [page_of(parts, at + 1, sheet.height)]
    found += [page_of(lay_out(words), at + 1, 0, turned=True) for words in sheet.turned]
    return [page for page in found if page.parts]
