"""Any document as a `Document`: plain text, Markdown, HTML, PDF, Word, Excel, PowerPoint, OpenDocument text."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePath

from toguna.check import problems as fault
from toguna.check.core.document import Document
from toguna.check.core.readers.limits import MOST_BYTES
from toguna.kernel.api import Place, Refused

Reader = Callable[[bytes, str], Document]

#: By what a file is, the module and the function that read it: a run loads those that its documents need.
_READERS: dict[str, tuple[str, str]] = {
    "html": ("html", "read_html"),
    "markdown": ("markdown", "read_markdown"),
    "opendocument": ("opendocument", "read_opendocument"),
    "pdf": ("pdf", "read_pdf"),
    "plain": ("plain", "read_plain"),
    "slides": ("slides", "read_slides"),
    "word": ("word", "read_word"),
    "workbook": ("workbook", "read_workbook"),
}
_BY_SUFFIX = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "word",
    ".docm": "word",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".pptx": "slides",
    ".odt": "opendocument",
}
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
    module, function = _READERS[_kind(content, name)]
    read: Reader = getattr(import_module(f"{__name__}.{module}"), function)
    document = read(content, name)
    if not any(text.text.strip() for text in document.texts()):
        raise Refused(fault.FILE_EMPTY.at(here))
    return document


def _kind(content: bytes, name: str) -> str:
    suffix = PurePath(name.lower()).suffix
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024] and (suffix == ".pdf" or start.startswith(b"%PDF-")):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        if suffix in _STRANGE_SUFFIXES and suffix != ".zip":
            raise _strange(name, *_STRANGE_SUFFIXES[suffix])
        kind: str = import_module(f"{__name__}.packages").kind_of(content, name)
        return kind
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
    return "html" if start[:15].lower().startswith((b"<!doctype html", b"<html")) else "plain"


def _strange(name: str, kind: str, kind_fr: str) -> Refused:
    return Refused(fault.KIND_UNKNOWN.at(Place(file=name), kind=kind, kind_fr=kind_fr))
