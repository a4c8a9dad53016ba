"""A copy of a document with its findings written into it, where the officer works: comments in Word, highlights in PDF."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from toguna.check import problems as fault
from toguna.check.core.document import Document
from toguna.check.core.finding import Finding
from toguna.kernel.api import Language, Place, Refused

#: By the form of a document, the module and the function that write into it: loaded when something is written.
_WRITERS = {
    "docx": ("toguna.check.core.word_comments", "commented_word"),
    "pdf": ("toguna.check.core.pdf_highlights", "highlighted_pdf"),
}


def annotated(content: bytes, document: Document, findings: Sequence[Finding], language: Language = "en") -> bytes:
    """The bytes of the copy. `content` is the file that `document` was read from. Refuses (`Refused`) every other kind than Word and PDF."""
    if document.form not in _WRITERS:
        raise Refused(fault.NO_COMMENTS.at(Place(file=document.name)))
    module, function = _WRITERS[document.form]
    written: bytes = getattr(import_module(module), function)(content, document, findings, language)
    return written
