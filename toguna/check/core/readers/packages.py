"""Which office program's file an archive is, by the part that it names as its document: loaded for archives only."""

from __future__ import annotations

from toguna.check import problems as fault
from toguna.check.core.readers.package import open_package, refusals
from toguna.kernel.api import Place, Refused

_OPENDOCUMENT = b"application/vnd.oasis.opendocument.text"
#: The folder of an office file's document, and its usual part.
_FOLDERS = {"word": "word", "xl": "workbook", "ppt": "slides"}
_USUAL = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")


def kind_of(content: bytes, name: str) -> str:
    """`word`, `workbook`, `slides` or `opendocument`. Refuses (`Refused`) every other archive, and what cannot be unpacked within limits."""
    with refusals(name):
        package = open_package(content)
        if package.has("mimetype") and package.read("mimetype").strip() == _OPENDOCUMENT:
            return "opendocument"
        for part in (package.main(""), *_USUAL):
            if package.has(part) and part.split("/")[0] in _FOLDERS:
                return _FOLDERS[part.split("/")[0]]
    raise Refused(
        fault.KIND_UNKNOWN.at(
            Place(file=name),
            kind="an archive without a Word, Excel, PowerPoint or OpenDocument text in it",
            kind_fr="une archive sans document Word, Excel, PowerPoint ou texte OpenDocument",
        )
    )
