"""The package of a Word or Excel file (ECMA-376 part 2, OPC): a zip of parts, opened within limits.

In: bytes. Out: the parts by name, as bytes, as a parsed tree or as a stream of elements, and what one part says of its relations to others.
Refused: what is no zip, is damaged, unpacks beyond the limits, or declares a document type.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
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
ZIP_MAGIC = b"PK\x03\x04"


class BrokenPackage(Exception):
    """The package cannot be read; the text says why."""


class PackageTooLarge(Exception):
    """The package has more parts, or unpacks to more, than the limits allow."""

    def __init__(self, what: str, found: int, most: int) -> None:
        super().__init__(f"{what}: {found}, at most {most}")
        self.what, self.found, self.most = what, found, most


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that a package may have. Sizes are in bytes, as the archive declares them: `zipfile` never unpacks more than that."""

    parts: int
    unpacked: int
    #: Of one part; pictures (`xl/media/`, `word/media/`) do not count.
    part: int | None = None


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
        self.sizes = {entry.filename: entry.file_size for entry in entries}
        unpacked = sum(entry.file_size for entry in entries)
        largest = max((size for name, size in self.sizes.items() if "/media/" not in name), default=0)
        for what, found, most in (
            ("parts", len(entries), limits.parts),
            ("unpacked", unpacked, limits.unpacked),
            ("part", largest, limits.part or largest),
        ):
            if found > most:
                raise PackageTooLarge(what, found, most)

    def has(self, part: str) -> bool:
        return part in self.sizes

    def open(self, part: str) -> IO[bytes]:
        """The part as a stream. What is damaged further in raises one of `ZIP_ERRORS` when it is read."""
        try:
            return self._archive.open(part)
        except ZIP_ERRORS as error:
            raise BrokenPackage(f"{part}: {error}"[:200]) from error

    def read(self, part: str) -> bytes:
        try:
            with self._archive.open(part) as stream:
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
                        raise BrokenPackage(f"{part} declares a document type")
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
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if not self.has(rels):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.root(rels):
            target = relation.get("Target", "")
            if local_name(relation) == "Relationship" and relation.get("TargetMode") != "External" and target:
                inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = kind, posixpath.normpath(inside)
        return found


def replaced(content: bytes, part: str, written: bytes) -> bytes:
    """The package with other bytes in one part, quickly packed. Raises `BrokenPackage`."""
    made = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as new:
            for entry in old.infolist():
                with old.open(entry) as stream, new.open(entry.filename, "w") as target:
                    copyfileobj(BytesIO(written) if entry.filename == part else stream, target)
    except ZIP_ERRORS as error:
        raise BrokenPackage(str(error)[:200]) from error
    return made.getvalue()


def parse(content: bytes, part: str = "") -> Any:
    """The root element of XML, no entity resolved. Raises `BrokenPackage` of a document type and of what is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenPackage(f"{part}: {error}"[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenPackage(f"{part} declares a document type")
    return root


def _refuse_doctype(*_: object) -> None:
    raise BrokenPackage("it declares a document type")


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
