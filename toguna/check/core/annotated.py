"""A copy of a document with its findings written into it, where the officer works: comments in Word, highlights in PDF."""

from __future__ import annotations

from collections.abc import Sequence

from toguna.check import problems as fault
from toguna.check.core.document import Document
from toguna.check.core.finding import Finding
from toguna.check.core.pdf_highlights import highlighted_pdf
from toguna.check.core.word_comments import commented_word
from toguna.kernel.api import Language, Place, Refused


def annotated(content: bytes, document: Document, findings: Sequence[Finding], language: Language = "en") -> bytes:
    """The bytes of the copy. `content` is the file that `document` was read from. Refuses (`Refused`) every other kind than Word and PDF."""
    if document.form == "docx":
        return commented_word(content, document.name, findings, language)
    if document.form == "pdf":
        return highlighted_pdf(content, document, findings, language)
    raise Refused(fault.NO_COMMENTS.at(Place(file=document.name)))
