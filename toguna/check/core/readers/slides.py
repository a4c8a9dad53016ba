"""PowerPoint files (ECMA-376 part 1, PresentationML): the titles, texts and tables of the slides in their order.

A slide is a page. Charts, SmartArt and the speaker's notes are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toguna.check.core.document import Block, BlockKind, Document, Spot, Table, Text
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.tables import TableMaker
from toguna.kernel.core.ooxml import Package, local_name
from toguna.kernel.core.wordprocessing import RELATION

PRESENTATION = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})


def read_slides(content: bytes, name: str) -> Document:
    """Refuses what is no presentation or broken, or unpacks beyond reason. Hidden slides are left out."""
    with refusals(name):
        package = open_package(content)
        clock = Clock(name)
        parts: list[Block | Table] = []
        count = 0
        for count, slide in enumerate(_slides(package), 1):
            clock.look()
            root = package.root(slide)
            if root.get("show") not in {"0", "false"}:
                parts.extend(_Slide(count).parts(root))
        return Document(name=name, parts=tuple(parts), form="pptx", pages=count)


def _slides(package: Package) -> Iterator[str]:
    main = package.main(PRESENTATION)
    related = package.related(main)
    for slide in package.root(main).iter("{*}sldId"):
        kind, part = related.get(slide.get(RELATION, ""), ("", ""))
        if kind == "slide" and package.has(part):
            yield part


class _Slide:
    """One slide: its title first, then its shapes as the file has them. `line` of a place counts paragraphs."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._line = 0

    def parts(self, root: Any) -> Iterator[Block | Table]:
        shapes = list(_shapes(root))
        shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
        for shape in shapes:
            if local_name(shape) == "graphicFrame":
                for table in shape.iter("{*}tbl"):
                    yield self._table(table)
            else:
                yield from self._texts(shape)

    def _texts(self, shape: Any) -> Iterator[Block]:
        body = shape.find("{*}txBody")
        if body is None:
            return
        place = _placeholder(shape)
        for paragraph in body.findall("{*}p"):
            text = self._words([paragraph])
            if not text.text:
                continue
            level = paragraph.find("{*}pPr")
            depth = int(level.get("lvl", "0")) if level is not None and level.get("lvl", "0").isdigit() else 0
            kind: BlockKind = "heading" if place in _TITLES else "bullet" if place is not None else "paragraph"
            level_ = 1 if kind == "heading" else min(depth, 8) + 1
            yield Block(text=text.text, spots=text.spots, kind=kind, level=level_, aside=place is None)

    def _table(self, table: Any) -> Table:
        maker = TableMaker()
        headed = table.find("{*}tblPr")
        is_headed = headed is not None and headed.get("firstRow") in {"1", "true"}
        for at, row in enumerate(table.findall("{*}tr")):
            maker.begin_row()
            for cell in row.findall("{*}tc"):
                if cell.get("hMerge") in {"1", "true"}:
                    continue
                merged = cell.get("vMerge") in {"1", "true"}
                text = Text(text="") if merged else self._words(list(cell.iter("{*}p")))
                span = cell.get("gridSpan", "1")
                maker.add(text, header=is_headed and at == 0, span=int(span) if span.isdigit() else 1)
            maker.end_row()
        return maker.made()

    def _words(self, paragraphs: list[Any]) -> Text:
        self._line += 1
        lines = ("".join(_pieces(paragraph)).strip() for paragraph in paragraphs)
        return Text(text="\n".join(filter(None, lines)), spots=(Spot(start=0, page=self._page, line=self._line),))


def _shapes(root: Any) -> Iterator[Any]:
    """Shapes and frames, through groups; of alternatives the first."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name in {"sp", "graphicFrame"}:
            yield element
        elif name in {"cSld", "spTree", "grpSp", "AlternateContent", "Choice"}:
            stack.extend(reversed(element))


def _placeholder(shape: Any) -> str | None:
    """What the slide's layout keeps the shape's place for; none where somebody put it there."""
    found = next(shape.iter("{*}ph"), None)
    return None if found is None else found.get("type", "body")


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        yield {"br": "\n", "tab": " "}.get(local_name(element), element.text or "")
