"""A returned Word file as plain values: paragraphs in order, tracked changes taken as accepted, comments kept.

Hostile files are refused before they are unpacked: too many parts, parts that unpack too large, macros, external entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from toguna.kernel.api import Place, Refused
from toguna.kernel.core.ooxml import BrokenPackage, Limits, Package, PackageTooLarge, local_name
from toguna.kernel.core.wordprocessing import (
    RELATION,
    W,
    WordComment,
    WordParts,
    is_on,
    style_name,
    written,
)
from toguna.publish import problems as fault

_MARK = re.compile(r"tg_([pkeb])(\d+)")
_IDENTITY = re.compile(r"toguna-build\W{1,3}([0-9a-f]{16})")
_HEADING = re.compile(r"heading (\d)")
_LISTED = re.compile(r"list (bullet|number|continue)(?: (\d))?")

#: Styles of what the build wrote around the text.
_OURS = frozenset({"title", "subtitle", "toguna note", "toguna kind", "toguna label"})

_LIMITS = Limits(parts=3_000, unpacked=200_000_000, ratio=200)


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words of one look. `number` is the index of the bound number whose link the words stand in; `target` a web address."""

    text: str
    number: int | None = None
    target: str | None = None
    bold: bool = False
    italic: bool = False


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
    comments: tuple[WordComment, ...] = ()
    #: The words that a tracked change had struck out.
    struck: str = ""

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


def read_docx(path: Path) -> tuple[WordParagraph, ...]:
    """The paragraphs of the file's body, tables' included, up to the notes that the build wrote.

    Refuses (`Refused`) what is no Word file, is encrypted, holds macros, or unpacks beyond reason.
    """
    with _refusals(path):
        word = _open(path)
        body = word.body()
        if body is None:
            raise Refused(fault.WORD_UNREADABLE.at(Place(file=path.name), reason="it has no body"))
        return tuple(_Reader(word).paragraphs(body))


def identity_of(path: Path) -> str:
    """The id of the build that the file comes from; empty when its keywords do not tell."""
    with _refusals(path):
        match = _IDENTITY.search(_open(path).property("keywords"))
    return match[1] if match else ""


def _open(path: Path) -> WordParts:
    package = Package(path.read_bytes(), _LIMITS)
    if package.has_macros():
        raise Refused(fault.WORD_MACROS.at(Place(file=path.name)))
    return WordParts(package)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    here = Place(file=path.name)
    try:
        yield
    except PackageTooLarge as error:
        size = error.unpacked // 1_000_000
        raise Refused(fault.WORD_BOMB.at(here, parts=error.parts, size=size)) from error
    except (BrokenPackage, OSError) as error:
        raise Refused(fault.WORD_UNREADABLE.at(here, reason=str(error)[:120])) from error


class _Reader:
    def __init__(self, word: WordParts) -> None:
        self.styles = {key: style_name(style) for key, style in word.styles().items()}
        self.comments = word.comments()
        self.targets = word.links()
        #: The block whose region the reader is in.
        self.block: int | None = None

    def paragraphs(self, body: Any) -> Iterator[WordParagraph]:
        for element in body.iter(f"{W}p"):
            if not element.xpath("ancestor::w:p", namespaces={"w": W[1:-1]}):
                yield self._paragraph(element)

    def _paragraph(self, element: Any) -> WordParagraph:
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
            struck="".join(text.text or "" for text in element.iter(f"{W}delText")),
        )

    @staticmethod
    def _marks(element: Any) -> dict[str, int]:
        """Our bookmarks that begin in the paragraph, by their letter."""
        names = (mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart"))
        return {match[1]: int(match[2]) for name in names if (match := _MARK.fullmatch(name))}

    def _runs(self, element: Any, number: int | None = None, target: str | None = None) -> Iterator[Run]:
        for child in element:
            name = local_name(child)
            if name == "hyperlink":
                match = _MARK.fullmatch(child.get(f"{W}anchor", ""))
                bound = int(match[2]) if match and match[1] == "b" else None
                yield from self._runs(child, bound, self.targets.get(child.get(RELATION, "")))
            elif name in {"ins", "smartTag", "sdt", "sdtContent", "moveTo", "fldSimple"}:
                yield from self._runs(child, number, target)
            elif name == "r":
                text = "".join(written(piece) or "" for piece in child)
                if text:
                    look = child.find(f"{W}rPr")
                    yield Run(text=text, number=number, target=target, bold=is_on(look, "b"), italic=is_on(look, "i"))

    def _kind(self, element: Any) -> tuple[Literal["heading", "bullet", "continued", "paragraph"], int]:
        style = self._style_name(element)
        heading = _HEADING.fullmatch(style)
        if heading:
            return "heading", int(heading[1])
        listed = _LISTED.fullmatch(style)
        if listed:
            return ("continued" if listed[1] == "continue" else "bullet"), int(listed[2] or 1) - 1
        numbered = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if numbered is not None:
            return "bullet", int(numbered.get(f"{W}val", "0"))
        return "paragraph", 0

    def _style_name(self, element: Any) -> str:
        style = element.find(f"{W}pPr/{W}pStyle")
        return self.styles.get(style.get(f"{W}val", ""), "") if style is not None else ""

    def _told(self, element: Any) -> tuple[WordComment, ...]:
        ids = (mark.get(f"{W}id", "") for mark in element.iter(f"{W}commentReference"))
        return tuple(self.comments[mark] for mark in ids if mark in self.comments)


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
