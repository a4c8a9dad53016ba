"""Word files: headings, lists, tables, text boxes, notes; tracked changes as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from toguna.check import problems as fault
from toguna.check.core.document import Block, BlockKind, Document, Spot, Table, Text
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.marks import MARK, is_caption, is_figure, raised
from toguna.check.core.readers.package import open_package, refusals
from toguna.check.core.readers.tables import TableMaker, lays_out
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.ooxml import local_name
from toguna.kernel.core.wordprocessing import GONE, WRAPPERS, W, WordParts, is_on, style_name, value, written

_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s*(\d)")
_LISTED = re.compile(r"(?:list (?:bullet|number)|liste à (?:puces|numéros))\s*(\d)?")


def read_word(content: bytes, name: str) -> Document:
    """Refuses what is no Word file, is encrypted or broken, declares entities, or unpacks beyond reason.

    A place's page is the one that Word noted when it last laid the file out; its line counts paragraphs.
    """
    with refusals(name):
        word = WordParts(open_package(content))
        body = word.body()
        if body is None:
            raise Refused(
                fault.WORD_BROKEN.at(Place(file=name), reason="it has no body", reason_fr="il n'a pas de corps")
            )
        return WordWalk(word, name).read(body)


class _Style(NamedTuple):
    name: str
    outline: int | None
    listed: int | None
    bold: bool


class WordWalk:
    """Goes through a Word file in order; a text box follows the paragraph it hangs on."""

    def __init__(self, word: WordParts, name: str) -> None:
        self.parts: list[Block | Table] = []
        self.page: int | None = None
        self.paragraph = 0
        #: The paragraphs of the body, in the order of their numbers; and the parts read before the body, and up to its end.
        self.paragraphs: list[Any] = []
        self.first, self.last = 0, 0
        self._word = word
        self._name = name
        raw = word.styles()
        self._styles = {key: _style(raw, key) for key in raw}
        self._clock = Clock(name)
        self._aside = 0
        self._heads: set[str] = set()

    def read(self, body: Any) -> Document:
        """The whole file as a document: heads of pages, body, notes."""
        if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
            self.page = 1
        for part in self._word.headers():
            self.through(self._word.package.root(part), once=True)
        self.paragraph, self.first = 0, len(self.parts)
        self.paragraphs.clear()
        self.through(body)
        pages, self.last = self.page, len(self.parts)
        for note in ("footnote", "endnote"):
            root = self._word.root(f"{note}s")
            if root is not None:
                self.notes(root, note)
        title = self._word.property("title") or None
        return Document(name=self._name, parts=tuple(self.parts), form="docx", title=title, pages=pages)

    def through(self, container: Any, *, once: bool = False) -> None:
        """All paragraphs and tables of a container; `once` leaves out what another head said already."""
        for element in _flowing(container):
            start = len(self.parts)
            if local_name(element) == "p":
                self._take_paragraph(element)
            else:
                self._take_table(element)
            if once:
                told = {"".join(text.text for text in _texts(part)) for part in self.parts[start:]}
                if told <= self._heads:
                    del self.parts[start:]
                self._heads |= told

    def notes(self, root: Any, kind: str) -> None:
        for note in root.iter(f"{W}{kind}"):
            if note.get(f"{W}type") in {None, "normal"}:
                text = _joined([self._words(paragraph) for paragraph in note.iter(f"{W}p")])
                if text.text:
                    self.parts.append(Block(text=text.text, spots=text.spots, kind="note"))

    def _take_paragraph(self, element: Any) -> None:
        self._clock.look()
        text = self._words(element)
        if text.text:
            kind, level, cut = self._kind(element, text.text)
            if cut:
                text = Text(text=text.text[cut:], spots=text.spots[:1])
            self.parts.append(Block(text=text.text, spots=text.spots, kind=kind, level=level, aside=bool(self._aside)))
        self._take_boxes(element)

    def _take_boxes(self, element: Any) -> None:
        for box in _boxes(element):
            self._aside += 1
            if self._aside < 10:
                self.through(box)
            self._aside -= 1

    def _words(self, paragraph: Any) -> Text:
        """The paragraph's words, and the pages that begin in it."""
        self.paragraph += 1
        self.paragraphs.append(paragraph)
        text = ""
        spots = [Spot(start=0, page=self.page, line=self.paragraph)]
        for piece, _ in pieces(paragraph):
            if piece == "\f":
                if self.page is not None:
                    self.page += 1
                    spots.append(Spot(start=len(text), page=self.page, line=self.paragraph))
            else:
                text += piece
        stripped = text.strip()
        shift = len(text) - len(text.lstrip())
        kept = [Spot(start=max(0, spot.start - shift), page=spot.page, line=spot.line) for spot in spots]
        first = max((at for at, spot in enumerate(kept) if spot.start == 0), default=0)
        return Text(text=stripped, spots=tuple(spot for spot in kept[first:] if spot.start < len(stripped)))

    def _kind(self, element: Any, text: str) -> tuple[BlockKind, int, int]:
        """Kind, level, and how many characters a typed mark takes."""
        style = self._style(element)
        heading = _HEADING.match(style.name)
        if heading or style.name in {"title", "titre"}:
            return "heading", int(heading[1]) if heading else 1, 0
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        level = value(outline, 9) if outline is not None else style.outline
        if level is not None and level < 9:
            return "heading", min(6, level + 1), 0
        if style.name in {"caption", "légende"} or is_caption(text):
            return "caption", 1, 0
        listed = self._listed(element, style)
        if listed is not None:
            return "bullet", listed + 1, 0
        mark = MARK.match(text)
        if mark and text[mark.end() :]:
            return "bullet", 1, mark.end()
        if self._is_bold_title(element, style, text):
            return "heading", 6, 0
        return "paragraph", 1, 0

    def _style(self, element: Any) -> _Style:
        found = element.find(f"{W}pPr/{W}pStyle")
        unknown = _Style("", None, None, False)
        return self._styles.get(found.get(f"{W}val", ""), unknown) if found is not None else unknown

    @staticmethod
    def _listed(element: Any, style: _Style) -> int | None:
        numbered = element.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            number = numbered.find(f"{W}numId")
            if number is not None and number.get(f"{W}val") == "0":
                return None
            level = numbered.find(f"{W}ilvl")
            return value(level, style.listed or 0)
        match = _LISTED.match(style.name)
        return int(match[1] or 1) - 1 if match else style.listed

    @staticmethod
    def _is_bold_title(element: Any, style: _Style, text: str) -> bool:
        if len(text.split()) > 12 or text.endswith((".", ",", ";")) or is_figure(text) or text[:1].islower():
            return False
        runs = [run for run in element.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
        return bool(runs) and all(_is_bold(run, style.bold) for run in runs)

    # Tables

    def _take_table(self, element: Any) -> None:
        self._clock.look()
        rows = [list(_cells(row)) for row in _inner(element, "tr")]
        texts = [["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row] for row in rows]
        if lays_out(texts):
            for row, told in zip(rows, texts, strict=True):
                self._take_cells(row, told)
            return
        caption = self._caption()
        maker = TableMaker()
        for row in _inner(element, "tr"):
            maker.begin_row()
            titled = row.find(f"{W}trPr/{W}tblHeader") is not None
            for cell in _cells(row):
                self._add_cell(maker, cell, titled)
            maker.end_row()
        table = maker.made(caption, aside=bool(self._aside))
        if table.rows:
            self.parts.append(table)
        for cell in element.iter(f"{W}tc"):
            for paragraph in cell.iter(f"{W}p"):
                self._take_boxes(paragraph)

    def _take_cells(self, row: list[Any], texts: list[str]) -> None:
        """The cells of a table that only lays out; one with less than half the words of its neighbour stands aside."""
        most = max((len(text) for text in texts), default=0)
        for cell, text in zip(row, texts, strict=True):
            beside = len(text) < 0.5 * most
            self._aside += beside
            if self._aside < 10:
                self.through(cell)
            self._aside -= beside

    def _add_cell(self, maker: TableMaker, cell: Any, titled: bool) -> None:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        told = [] if continued else [self._words(paragraph) for paragraph in cell.iter(f"{W}p")]
        runs = [run for run in cell.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
        header = titled or (bool(runs) and all(_is_bold(run, False) for run in runs))
        maker.add(_joined(told), header=header, span=value(span, 1))

    def _caption(self) -> Text | None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Block) and last.kind == "caption":
            self.parts.pop()
            return Text(text=last.text, spots=last.spots)
        return None


def _texts(part: Block | Table) -> Iterator[Text]:
    if isinstance(part, Block):
        yield part
    else:
        for row in part.rows:
            yield from row


def _joined(texts: list[Text]) -> Text:
    """Paragraphs of one cell or note, a line each."""
    whole = ""
    spots: list[Spot] = []
    for text in texts:
        if text.text:
            whole += "\n" if whole else ""
            spots.extend(Spot(start=len(whole) + spot.start, page=spot.page, line=spot.line) for spot in text.spots)
            whole += text.text
    return Text(text=whole, spots=tuple(spots))


def _flowing(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a container, through what merely wraps them."""
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name in {"p", "tbl"}:
            yield element
        elif name in WRAPPERS:
            stack.extend(reversed(element))


def _inner(element: Any, name: str) -> Iterator[Any]:
    stack = list(reversed(element))
    while stack:
        inner = stack.pop()
        if local_name(inner) == name:
            yield inner
        elif local_name(inner) in WRAPPERS:
            stack.extend(reversed(inner))


def _cells(row: Any) -> Iterator[Any]:
    return _inner(row, "tc")


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on the paragraph itself, not on one inside a box."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name == "txbxContent":
            yield element
        elif name not in GONE:
            stack.extend(reversed(element))


def pieces(paragraph: Any) -> Iterator[tuple[str, Any]]:
    r"""Words of the paragraph in order, each with its element; `\f` where a page begins."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name == "t":
            yield _run_words(element), element
        elif name == "br" and element.get(f"{W}type") == "page":
            continue
        elif name == "lastRenderedPageBreak":
            yield "\f", element
        elif (words := written(element)) is not None:
            yield words, element
        elif name not in GONE and name not in {"txbxContent", "tabs"}:
            stack.extend(reversed(element))


def _run_words(element: Any) -> str:
    words = element.text or ""
    if words.strip().isdigit():
        placed = element.getparent().find(f"{W}rPr/{W}vertAlign")
        if placed is not None and placed.get(f"{W}val") == "superscript":
            return raised(words)
    return words


def _is_bold(run: Any, otherwise: bool) -> bool:
    return is_on(run.find(f"{W}rPr"), "b", otherwise)


def _style(raw: dict[str, Any], key: str) -> _Style:
    name, outline, listed, bold = "", None, None, None
    seen: set[str] = set()
    while key in raw and key not in seen:
        seen.add(key)
        style = raw[key]
        said = style_name(style)
        name = name or said
        if not _HEADING.match(name) and _HEADING.match(said):
            name = said
        level = style.find(f"{W}pPr/{W}outlineLvl")
        outline = value(level, 9) if outline is None and level is not None else outline
        number = style.find(f"{W}pPr/{W}numPr")
        if listed is None and number is not None:
            depth = number.find(f"{W}ilvl")
            listed = value(depth, 0)
        mark = style.find(f"{W}rPr/{W}b")
        bold = is_on(style.find(f"{W}rPr"), "b") if bold is None and mark is not None else bold
        base = style.find(f"{W}basedOn")
        key = base.get(f"{W}val", "") if base is not None else ""
    return _Style(name, outline, listed, bool(bold))
