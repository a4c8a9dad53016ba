"""The parts of a Word file, unpacked within limits."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from toguna.check import problems as fault
from toguna.kernel.api import Fault, Place, Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

MOST_PARTS = 3_000
#: Of one part, and of all that are read.
MOST_UNPACKED = 100_000_000
MOST_LEVELS = 256
_READ = re.compile(r"word/(?:document|styles|footnotes|endnotes|header\d*)\.xml|docProps/core\.xml")


def name_of(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """Refuses what is no Word file, is encrypted, or unpacks beyond reason; reads only the parts that hold words."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            with ZipFile(BytesIO(content)) as archive:
                self._parts = self._unpacked(archive)
        except (
            BadZipFile,
            ZlibError,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
            LookupError,
        ) as error:
            raise self._broken("it cannot be unpacked", "il ne se décompresse pas") from error
        if "word/document.xml" not in self._parts:
            raise Refused(
                fault.KIND_UNKNOWN.at(
                    Place(file=name),
                    kind="an archive without a Word document in it",
                    kind_fr="une archive sans document Word",
                )
            )

    def _unpacked(self, archive: ZipFile) -> dict[str, bytes]:
        entries = archive.infolist()
        wanted = {entry.filename: entry for entry in entries if _READ.fullmatch(entry.filename)}
        size = sum(entry.file_size for entry in wanted.values())
        if len(entries) > MOST_PARTS or size > MOST_UNPACKED:
            raise self._refused(fault.WORD_BOMB, size=size // 1_000_000, parts=len(entries))
        parts = {}
        left = MOST_UNPACKED
        for part, entry in wanted.items():
            with archive.open(entry) as stream:
                parts[part] = stream.read(left + 1)
            left -= len(parts[part])
            if left < 0:
                raise self._refused(fault.WORD_BOMB, size=MOST_UNPACKED // 1_000_000, parts=len(entries))
        return parts

    def has(self, part: str) -> bool:
        return part in self._parts

    def parts(self, pattern: str) -> list[str]:
        return [part for part in self._parts if re.fullmatch(pattern, part)]

    def xml(self, part: str) -> Any:
        """The part's root element."""
        content = self._parts[part].replace(_STRICT, W[1:-1].encode())
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:2000]:
            raise self._refused(fault.XML_DOCTYPE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if any("depth" in entry.message for entry in parser.error_log):
                raise self._refused(fault.TOO_DEEP, most=MOST_LEVELS) from error
            raise self._broken(f"{part} cannot be parsed", f"{part} ne se lit pas") from error
        if root.getroottree().docinfo.doctype:
            raise self._refused(fault.XML_DOCTYPE)
        return root

    def title(self) -> str | None:
        """What the file's properties say, if they can be read."""
        if not self.has("docProps/core.xml"):
            return None
        title = self.xml("docProps/core.xml").findtext(_TITLE)
        return title.strip() or None if title else None

    def _broken(self, reason: str, reason_fr: str) -> Refused:
        return self._refused(fault.WORD_BROKEN, reason=reason, reason_fr=reason_fr)

    def _refused(self, what: Fault, **details: object) -> Refused:
        return Refused(what.at(Place(file=self._name), **details))
