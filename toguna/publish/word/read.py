"""A returned Word file as plain values: paragraphs in order, tracked changes taken as accepted, comments kept.

Hostile files are refused before they are unpacked: too many parts, parts that unpack too large, macros, external entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from lxml import etree

from toguna.kernel.api import Place, Refused
from toguna.publish import problems as fault

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARK = re.compile(r"tg_([pkeb])(\d+)")
_IDENTITY = re.compile(r"toguna-build\W{1,3}([0-9a-f]{16})")
_HEADING = re.compile(r"heading (\d)")
_LISTED = re.compile(r"list (bullet|number|continue)(?: (\d))?")

#: Styles of what the build wrote around the text.
_OURS = frozenset({"title", "subtitle", "toguna note", "toguna kind", "toguna label"})

MOST_PARTS = 3_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 200


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words of one look. `number` is the index of the bound number whose link the words stand in; `target` a web address."""

    text: str
    number: int | None = None
    target: str | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, kw_only=True)
class Comment:
    author: str
    date: str
    words: str


@dataclass(frozen=True, kw_only=True)
class WordParagraph:
    """One paragraph as it stands after all changes are accepted."""

    kind: Literal["heading", "bullet", "continued", "paragraph"]
    #: Heading level, or bullet depth from 0.
    level: int
    runs: tuple[Run, ...]
    #: The leaf whose bookmark the paragraph holds, and the block whose region it lies in; block 0 is what the build wrote around the text (title, notes).
    leaf: int | None = None
    block: int | None = None
    comments: tuple[Comment, ...] = ()
    #: The words that a tracked change had struck out.
    struck: str = ""

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


def read_docx(path: Path) -> tuple[WordParagraph, ...]:
    """The paragraphs of the file's body, tables' included, up to the notes that the build wrote.

    Refuses (`Refused`) what is no Word file, is encrypted, holds macros, or unpacks beyond reason.
    """
    parts = _open(path)
    document = _xml(parts, "word/document.xml", path)
    body = document.find(f"{{{_W}}}body")
    if body is None:
        raise Refused(fault.WORD_UNREADABLE.at(Place(file=path.name), reason="it has no body"))
    return tuple(_Reader(parts, path).paragraphs(body))


def identity_of(path: Path) -> str:
    """The id of the build that the file comes from; empty when its keywords do not tell."""
    parts = _open(path)
    if "docProps/core.xml" not in parts:
        return ""
    keywords = _xml(parts, "docProps/core.xml", path).findtext("{*}keywords") or ""
    match = _IDENTITY.search(keywords)
    return match[1] if match else ""


def _open(path: Path) -> Mapping[str, bytes]:
    here = Place(file=path.name)
    try:
        with ZipFile(BytesIO(path.read_bytes())) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            if (
                len(entries) > MOST_PARTS
                or unpacked > MOST_UNPACKED
                or (unpacked > 5_000_000 and unpacked / packed > MOST_RATIO)
            ):
                raise Refused(fault.WORD_BOMB.at(here, parts=len(entries), size=unpacked // 1_000_000))
            names = {entry.filename for entry in entries}
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".ole")) for name in names):
                raise Refused(fault.WORD_MACROS.at(here))
            wanted = [
                name for name in names if name.startswith(("word/", "docProps/")) and name.endswith((".xml", ".rels"))
            ]
            return {name: archive.read(name) for name in wanted}
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Refused(fault.WORD_UNREADABLE.at(here, reason=str(error)[:120])) from error


def _xml(parts: Mapping[str, bytes], name: str, path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(parts[name], parser)
    except KeyError as error:
        raise Refused(fault.WORD_UNREADABLE.at(Place(file=path.name), reason=f"{name} is missing")) from error
    except etree.XMLSyntaxError as error:
        raise Refused(fault.WORD_UNREADABLE.at(Place(file=path.name), reason=str(error)[:120])) from error
    if tree.getroottree().docinfo.doctype:
        raise Refused(fault.WORD_UNREADABLE.at(Place(file=path.name), reason="it has a DOCTYPE"))
    return tree


class _Reader:
    def __init__(self, parts: Mapping[str, bytes], path: Path) -> None:
        self.path = path
        self.styles = self._styles(parts)
        self.comments = self._comments(parts)
        self.targets = self._targets(parts)
        #: The block whose region the reader is in.
        self.block: int | None = None

    def paragraphs(self, body: etree._Element) -> Iterator[WordParagraph]:
        for element in body.iter(f"{{{_W}}}p"):
            if not element.xpath("ancestor::w:p", namespaces={"w": _W}):
                yield self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> WordParagraph:
        marks = self._marks(element)
        if "k" in marks:
            self.block = marks["k"]
        elif "p" in marks:
            self.block = None
        block = self.block
        if marks.get("e") == self.block:
            self.block = None
        kind, level = self._kind(element)
        ours = "b" in marks or self._style_name(element) in _OURS
        return WordParagraph(
            kind=kind,
            level=level,
            runs=tuple(_joined(self._runs(element))),
            leaf=marks.get("p"),
            block=0 if ours and block is None else block,
            comments=self._told(element),
            struck="".join(text.text or "" for text in element.iter(f"{{{_W}}}delText")),
        )

    @staticmethod
    def _marks(element: etree._Element) -> dict[str, int]:
        """Our bookmarks that begin in the paragraph, by their letter."""
        names = (mark.get(f"{{{_W}}}name", "") for mark in element.iter(f"{{{_W}}}bookmarkStart"))
        return {match[1]: int(match[2]) for name in names if (match := _MARK.fullmatch(name))}

    def _runs(self, element: etree._Element, number: int | None = None, target: str | None = None) -> Iterator[Run]:
        for child in element:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "hyperlink":
                match = _MARK.fullmatch(child.get(f"{{{_W}}}anchor", ""))
                bound = int(match[2]) if match and match[1] == "b" else None
                yield from self._runs(child, bound, self.targets.get(child.get(f"{{{_R}}}id", "")))
            elif name in {"ins", "smartTag", "sdt", "sdtContent", "moveTo", "fldSimple"}:
                yield from self._runs(child, number, target)
            elif name == "r":
                text = "".join(map(_text, child))
                if text:
                    look = child.find(f"{{{_W}}}rPr")
                    yield Run(text=text, number=number, target=target, bold=_on(look, "b"), italic=_on(look, "i"))

    def _kind(self, element: etree._Element) -> tuple[Literal["heading", "bullet", "continued", "paragraph"], int]:
        style = self._style_name(element)
        heading = _HEADING.fullmatch(style)
        if heading:
            return "heading", int(heading[1])
        listed = _LISTED.fullmatch(style)
        if listed:
            return ("continued" if listed[1] == "continue" else "bullet"), int(listed[2] or 1) - 1
        numbered = element.find(f"{{{_W}}}pPr/{{{_W}}}numPr/{{{_W}}}ilvl")
        if numbered is not None:
            return "bullet", int(numbered.get(f"{{{_W}}}val", "0"))
        return "paragraph", 0

    def _style_name(self, element: etree._Element) -> str:
        style = element.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
        return self.styles.get(style.get(f"{{{_W}}}val", ""), "") if style is not None else ""

    def _told(self, element: etree._Element) -> tuple[Comment, ...]:
        ids = (mark.get(f"{{{_W}}}id", "") for mark in element.iter(f"{{{_W}}}commentReference"))
        return tuple(self.comments[mark] for mark in ids if mark in self.comments)

    def _styles(self, parts: Mapping[str, bytes]) -> dict[str, str]:
        """Style id to its name in small letters: LibreOffice renames the ids, never the names."""
        if "word/styles.xml" not in parts:
            return {}
        found = {}
        for style in _xml(parts, "word/styles.xml", self.path).iter(f"{{{_W}}}style"):
            name = style.find(f"{{{_W}}}name")
            if name is not None:
                found[style.get(f"{{{_W}}}styleId", "")] = name.get(f"{{{_W}}}val", "").lower()
        return found

    def _comments(self, parts: Mapping[str, bytes]) -> dict[str, Comment]:
        if "word/comments.xml" not in parts:
            return {}
        return {
            comment.get(f"{{{_W}}}id", ""): Comment(
                author=comment.get(f"{{{_W}}}author", ""),
                date=comment.get(f"{{{_W}}}date", "")[:10],
                words=" ".join(
                    "".join(text.text or "" for text in p.iter(f"{{{_W}}}t")) for p in comment.iter(f"{{{_W}}}p")
                ),
            )
            for comment in _xml(parts, "word/comments.xml", self.path).iter(f"{{{_W}}}comment")
        }

    def _targets(self, parts: Mapping[str, bytes]) -> dict[str, str]:
        name = "word/_rels/document.xml.rels"
        if name not in parts:
            return {}
        return {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in _xml(parts, name, self.path)
            if relation.get("TargetMode") == "External"
        }


def _text(element: etree._Element) -> str:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    return {"t": element.text or "", "tab": " ", "br": "\n", "noBreakHyphen": "-", "softHyphen": ""}.get(name, "")


def _on(look: etree._Element | None, name: str) -> bool:
    found = look.find(f"{{{_W}}}{name}") if look is not None else None
    return found is not None and found.get(f"{{{_W}}}val", "true") not in {"0", "false", "off"}


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbouring runs of one look as one: editors cut runs at every keystroke."""
    kept: Run | None = None
    for run in runs:
        if kept is not None and (kept.number, kept.target, kept.bold, kept.italic) == (
            run.number,
            run.target,
            run.bold,
            run.italic,
        ):
            kept = Run(
                text=kept.text + run.text, number=run.number, target=run.target, bold=run.bold, italic=run.italic
            )
        else:
            if kept is not None:
                yield kept
            kept = run
    if kept is not None:
        yield kept
