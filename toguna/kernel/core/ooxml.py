"""The package of a Word, Excel or PowerPoint file (ECMA-376 part 2, OPC), or of OpenDocument: a zip of parts, opened within limits.

In: bytes. Out: the parts by name, as bytes, as a parsed tree or as a stream of elements, and what one part says of its relations to others.
Refused: what is no zip, is damaged, unpacks beyond the limits, or declares a document type.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from shutil import copyfileobj
from typing import IO, Any, Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

#: What `zipfile` raises of a damaged or hostile archive.
ZIP_ERRORS = (
    BadZipFile, ZlibError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, LookupError,
)  # fmt: skip
_PORTION = 2**18
_LARGE = 5_000_000
ZIP_MAGIC = b"PK\x03\x04"


#: The namespaces of ISO 29500 Strict, and those of the same elements in the files that most programs write.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


class BrokenPackage(Exception):
    """The package cannot be read; the text says why."""


class DoctypeDeclared(BrokenPackage):
    """A part declares a document type, which no office program writes."""


class NestedTooDeep(BrokenPackage):
    """A part nests deeper than the parser goes (256 levels)."""


class PackageTooLarge(Exception):
    """The package has more parts, or unpacks to more, than the limits allow. `parts` and `unpacked` say how much it declares."""

    def __init__(self, what: str, found: int, most: int, *, parts: int = 0, unpacked: int = 0) -> None:
        super().__init__(f"{what}: {found}, at most {most}")
        self.what, self.found, self.most = what, found, most
        self.parts, self.unpacked = parts, unpacked


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that a package may have. Sizes are in bytes, as the archive declares them: `zipfile` never unpacks more than that."""

    parts: int
    unpacked: int
    #: Of one part; pictures (`xl/media/`, `word/media/`) do not count.
    part: int | None = None
    #: How many times larger the parts may be than the archive, for what unpacks to more than 5 MB.
    ratio: int | None = None
    #: Folders whose parts count for nothing and cannot be read: pictures, embedded files.
    closed: frozenset[str] = frozenset()


class Handler(Protocol):
    """What is told of each element, by its name with its prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def local_name(element: Any) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """An opened package. Raises `BrokenPackage` and `PackageTooLarge`, here and in every method."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._archive = ZipFile(BytesIO(content))
            entries = self._archive.infolist()
        except ZIP_ERRORS as error:
            raise BrokenPackage(str(error)[:200] or type(error).__name__) from error
        self._closed = limits.closed
        self.sizes = {entry.filename: entry.file_size for entry in entries}
        counted = [entry for entry in entries if not self._is_closed(entry.filename)]
        unpacked = sum(entry.file_size for entry in counted)
        packed = sum(entry.compress_size for entry in counted) or 1
        largest = max((size for name, size in self.sizes.items() if "/media/" not in name), default=0)
        for what, found, most in (
            ("parts", len(entries), limits.parts),
            ("unpacked", unpacked, limits.unpacked),
            ("part", largest, limits.part or largest),
            ("ratio", unpacked // packed if unpacked > _LARGE else 0, limits.ratio or unpacked),
        ):
            if found > most:
                raise PackageTooLarge(what, found, most, parts=len(entries), unpacked=unpacked)

    def has(self, part: str) -> bool:
        return part in self.sizes

    def parts(self, pattern: str) -> list[str]:
        """The parts whose whole name the expression matches, in the order of the archive."""
        return [part for part in self.sizes if re.fullmatch(pattern, part)]

    def has_macros(self) -> bool:
        """Whether it holds a program: macros, or an embedded file that can be run."""
        return any(part.lower().endswith(("vbaproject.bin", ".exe", ".ole")) for part in self.sizes)

    def _is_closed(self, part: str) -> bool:
        return not self._closed.isdisjoint(part.split("/")[:-1])

    def open(self, part: str) -> IO[bytes]:
        """The part as a stream. What is damaged further in raises one of `ZIP_ERRORS` when it is read."""
        if self._is_closed(part):
            raise BrokenPackage(f"{part} is in a folder of pictures")
        try:
            return self._archive.open(part)
        except ZIP_ERRORS as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error

    def read(self, part: str) -> bytes:
        try:
            with self.open(part) as stream:
                return stream.read()
        except ZIP_ERRORS as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error

    def holds(self, part: str, mark: bytes) -> bool:
        """Whether these bytes stand in the part."""
        before = b""
        try:
            with self.open(part) as stream:
                while portion := stream.read(_PORTION):
                    if mark in before + portion:
                        return True
                    before = portion[-len(mark) :]
        except ZIP_ERRORS as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error
        return False

    def root(self, part: str) -> Any:
        """The part's root element."""
        return parse(self.read(part), part)

    def elements(self, part: str, names: Collection[str]) -> Iterator[Any]:
        """Each element of these local names when it is complete; it is emptied afterwards, so that memory stays small."""
        tags = [f"{{*}}{name}" for name in names]
        try:
            with self.open(part) as stream:
                walk = etree.iterparse(
                    stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
                )
                is_first = True
                for _, element in walk:
                    if is_first and element.getroottree().docinfo.doctype:
                        raise DoctypeDeclared(f"{part} declares a document type")
                    is_first = False
                    yield element
                    _forget(element)
        except (etree.XMLSyntaxError, *ZIP_ERRORS) as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error

    def pushed(self, part: str, handler: Handler) -> Iterator[None]:
        """The part's elements given to a handler as they are read, a portion at a time: for sheets, which are large."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with self.open(part) as stream:
                while portion := stream.read(_PORTION):
                    parser.Parse(portion, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (expat.ExpatError, *ZIP_ERRORS) as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: by id, the last word of its type (`worksheet`, `sharedStrings`) and the part that it leads to."""
        folder = part.rpartition("/")[0]
        found: dict[str, tuple[str, str]] = {}
        for relation in self._relations(part):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = kind, posixpath.normpath(inside)
        return found

    def links(self, part: str) -> dict[str, str]:
        """The addresses outside the package that a part names, by the relationship's id. Nothing ever opens them."""
        return {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self._relations(part)
            if relation.get("TargetMode") == "External"
        }

    def main(self, otherwise: str) -> str:
        """The part that the package names as its document; `otherwise` where it names none that it has."""
        leads = (target for kind, target in self.related("").values() if kind == "officeDocument")
        return next(filter(self.has, leads), otherwise)

    def _relations(self, part: str) -> Iterator[Any]:
        rels = relations_of(part)
        if self.has(rels):
            yield from (relation for relation in self.root(rels) if local_name(relation) == "Relationship")


def relations_of(part: str) -> str:
    """The part in which a part's relationships stand; those of the package itself for an empty name."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def replaced(content: bytes, written: Mapping[str, bytes]) -> bytes:
    """The package with other bytes in these parts, and those that it had not at its end; quickly packed. Raises `BrokenPackage`."""
    made = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as new:
            names = [entry.filename for entry in old.infolist()]
            for name in dict.fromkeys((*names, *written)):
                with new.open(name, "w") as target:
                    if name in written:
                        target.write(written[name])
                    else:
                        with old.open(name) as stream:
                            copyfileobj(stream, target)
    except ZIP_ERRORS as error:
        raise BrokenPackage(str(error)[:200]) from error
    return made.getvalue()


def is_strict(content: bytes) -> bool:
    """Whether a part is written with the namespaces of ISO 29500 Strict."""
    return any(name in content for name in _STRICT)


def strict_again(content: bytes) -> bytes:
    """A part that was read from Strict (`parse`), with the namespaces that it had."""
    for strict, usual in _STRICT.items():
        content = content.replace(usual, strict)
    return content


def parse(content: bytes, part: str = "") -> Any:
    """The root element of XML, no entity resolved, namespaces of Strict as the usual ones. Raises `BrokenPackage` (`DoctypeDeclared`,
    `NestedTooDeep`) of a document type, of too many levels and of what is no XML."""
    if b"http://purl.oclc.org/ooxml/" in content:
        for strict, usual in _STRICT.items():
            content = content.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:2000]:
            raise DoctypeDeclared(f"{part} declares a document type") from error
        if any("depth" in entry.message for entry in parser.error_log):
            raise NestedTooDeep(f"{part} nests too deep") from error
        raise BrokenPackage(f"{part}: {error}"[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise DoctypeDeclared(f"{part} declares a document type")
    return root


def _refuse_doctype(*_: object) -> None:
    raise DoctypeDeclared("it declares a document type")


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
