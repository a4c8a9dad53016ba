"""Any document as a `Document`: plain text, Markdown, HTML, PDF, Word, Excel, PowerPoint, OpenDocument text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from toguna.check import problems as fault
from toguna.check.core.document import Document
from toguna.check.core.readers.html import read_html
from toguna.check.core.readers.limits import MOST_BYTES
from toguna.check.core.readers.markdown import read_markdown
from toguna.check.core.readers.opendocument import read_opendocument
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.pdf import read_pdf
from toguna.check.core.readers.plain import read_plain
from toguna.check.core.readers.slides import PRESENTATION, read_slides
from toguna.check.core.readers.word import read_word
from toguna.check.core.readers.workbook import WORKBOOK, read_workbook
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.wordprocessing import DOCUMENT

Reader = Callable[[bytes, str], Document]

_BY_SUFFIX: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".docm": read_word,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".pptx": read_slides,
    ".odt": read_opendocument,
}
_OPENDOCUMENT = b"application/vnd.oasis.opendocument.text"

#: What else comes by mail, told by its first bytes: what it is, in English and French.
_STRANGERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a picture", "une image"),
    (b"\xff\xd8\xff", "a picture", "une image"),
    (b"GIF8", "a picture", "une image"),
    (b"II*\x00", "a picture", "une image"),
    (b"MM\x00*", "a picture", "une image"),
    (b"{\\rtf", "a file in Rich Text Format", "un fichier RTF"),
    (b"%!PS", "a PostScript file", "un fichier PostScript"),
    (b"Rar!", "an archive", "une archive"),
    (b"7z\xbc\xaf", "an archive", "une archive"),
    (b"\x1f\x8b", "an archive", "une archive"),
)
_STRANGE_SUFFIXES: dict[str, tuple[str, str]] = {
    ".xls": ("a spreadsheet", "un tableur"),
    ".ods": ("a spreadsheet", "un tableur"),
    ".ppt": ("a presentation", "une présentation"),
    ".odp": ("a presentation", "une présentation"),
    ".zip": ("an archive", "une archive"),
}


def read_file(path: Path) -> Document:
    """The document in a file. Refuses (`Refused`) what cannot be read, with the reason and what to do."""
    here = Place(file=path.name)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(fault.FILE_TOO_LARGE.at(here, size=size // 1_000_000, most=MOST_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(fault.FILE_MISSING.at(here, **fault.reasons(error))) from error
    return read_document(content, path.name)


def read_document(content: bytes, name: str) -> Document:
    """The document in `content`; its kind is told by its first bytes, else by the ending of `name`.

    Refuses (`Refused`) what is none of these kinds, broken, encrypted, without text or beyond the limits.
    """
    here = Place(file=name)
    if len(content) > MOST_BYTES:
        raise Refused(fault.FILE_TOO_LARGE.at(here, size=len(content) // 1_000_000, most=MOST_BYTES // 1_000_000))
    if not content.strip():
        raise Refused(fault.FILE_EMPTY.at(here))
    document = _reader(content, name)(content, name)
    if not any(text.text.strip() for text in document.texts()):
        raise Refused(fault.FILE_EMPTY.at(here))
    return document


def _reader(content: bytes, name: str) -> Reader:
    suffix = PurePath(name.lower()).suffix
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024] and (suffix == ".pdf" or start.startswith(b"%PDF-")):
        return read_pdf
    if start.startswith(b"PK\x03\x04"):
        if suffix in _STRANGE_SUFFIXES and suffix != ".zip":
            raise _strange(name, *_STRANGE_SUFFIXES[suffix])
        return _packaged(content, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if suffix in _STRANGE_SUFFIXES:
            raise _strange(name, *_STRANGE_SUFFIXES[suffix])
        raise Refused(fault.WORD_ENCRYPTED.at(Place(file=name)))
    for magic, kind, kind_fr in _STRANGERS:
        if start.startswith(magic):
            raise _strange(name, kind, kind_fr)
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if suffix in _STRANGE_SUFFIXES:
        raise _strange(name, *_STRANGE_SUFFIXES[suffix])
    return read_html if start[:15].lower().startswith((b"<!doctype html", b"<html")) else read_plain


def _packaged(content: bytes, name: str) -> Reader:
    """Which office program's package it is, by the part that it names as its document."""
    with refusals(name):
        package = open_package(content)
        if package.has("mimetype") and package.read("mimetype").strip() == _OPENDOCUMENT:
            return read_opendocument
        readers = {"word": read_word, "xl": read_workbook, "ppt": read_slides}
        for part in (package.main(""), DOCUMENT, WORKBOOK, PRESENTATION):
            if package.has(part) and part.split("/")[0] in readers:
                return readers[part.split("/")[0]]
    raise _strange(
        name,
        "an archive without a Word, Excel, PowerPoint or OpenDocument text in it",
        "une archive sans document Word, Excel, PowerPoint ou texte OpenDocument",
    )


def _strange(name: str, kind: str, kind_fr: str) -> Refused:
    return Refused(fault.KIND_UNKNOWN.at(Place(file=name), kind=kind, kind_fr=kind_fr))
