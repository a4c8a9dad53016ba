"""Web pages: what a reader of the page sees, without scripts, styles and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from toguna.check import problems as fault
from toguna.check.core.document import Block, BlockKind, Document, Spot, Table, Text
from toguna.check.core.readers.encoding import decode
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.marks import MARK, is_caption, raised
from toguna.check.core.readers.tables import TableMaker, lays_out
from toguna.kernel.api import Language, Place, Refused

MOST_LEVELS = 2_048

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "canvas", "object", "iframe", "select", "textarea"}
)
#: Elements that words do not run across.
_BLOCKS = frozenset(
    {"html", "body", "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address"}
    | {"blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "details"}
    | {"summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "center", "button", "legend"}
    | {"option", *_HEADINGS}
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(content: bytes, name: str) -> Document:
    """Refuses what is no text, and what nests too deep. Entities of a DOCTYPE are not read, nothing is fetched."""
    declared = _CHARSET.search(content[:4096])
    text = decode(content, name, declared[1].decode("ascii") if declared else None)
    parser = etree.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text) or "<p></p>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(fault.FILE_EMPTY.at(Place(file=name))) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused(fault.TOO_DEEP.at(Place(file=name), most=MOST_LEVELS))
    if root is None:
        raise Refused(fault.FILE_EMPTY.at(Place(file=name)))
    title = root.findtext(".//title")
    walk = _Walk(name)
    walk.through(root)
    return Document(
        name=name,
        parts=tuple(walk.parts),
        language=_language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        form="html",
        title=_BLANKS.sub(" ", title).strip() if title else None,
    )


def _language(code: str | None) -> Language | None:
    start = (code or "").lower()[:2]
    return "en" if start == "en" else "fr" if start == "fr" else None


class _Words:
    """A text that grows, its blanks run together, each piece with its line."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spots: list[Spot] = []
        self._blank = True

    def add(self, words: str, line: int | None, *, keep: bool = False) -> None:
        """Append words; `keep` keeps their line ends (preformatted text, a forced line break)."""
        words = words if keep else _BLANKS.sub(" ", words)
        if self._blank and not keep:
            words = words.lstrip(" ")
        if not words:
            return
        if not self._spots or self._spots[-1].line != line:
            self._spots.append(Spot(start=self._length, line=line))
        self._pieces.append(words)
        self._length += len(words)
        self._blank = words[-1] in " \n"

    def taken(self) -> Text:
        """What has grown; begins anew."""
        text = "".join(self._pieces)
        stripped = text.strip(" \n\t")
        shift = text.find(stripped) if stripped else 0
        spots = [Spot(start=max(0, spot.start - shift), line=spot.line) for spot in self._spots]
        first = max((at for at, spot in enumerate(spots) if spot.start == 0), default=0)
        kept = tuple(spot for spot in spots[first:] if spot.start <= len(stripped)) if stripped else ()
        self._clear()
        return Text(text=stripped, spots=kept)


class _Walk:
    """Goes through the elements in order, without recursion into what is deep: a stack of what is open."""

    def __init__(self, name: str) -> None:
        self.parts: list[Block | Table] = []
        self._words = _Words()
        self._clock = Clock(name)
        self._kind: BlockKind = "paragraph"
        self._level = 1
        self._lists = 0
        self._aside = 0

    def through(self, root: Any) -> None:
        skipped: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._tail(element)
                continue
            if event == "start":
                if _is_unseen(element) or self._takes_table(element):
                    skipped = element
                    continue
                self._open(element)
            else:
                self._close(element)
                self._tail(element)
        self._flush()

    def _takes_table(self, element: Any) -> bool:
        """Whether the element is a table of cells; it is then told whole."""
        if element.tag != "table" or element.get("role") in {"presentation", "none"}:
            return False
        if element.find(".//table") is not None or lays_out(
            [[_told(cell).text for cell in row] for row in _rows(element)]
        ):
            return False
        self._clock.look()
        self._flush()
        caption = element.find("caption")
        told = _told(caption) if caption is not None else self._caption()
        table = _table(element, told, aside=bool(self._aside))
        if table.rows:
            self.parts.append(table)
        return True

    def _caption(self) -> Text | None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Block) and last.kind == "caption":
            self.parts.pop()
            return Text(text=last.text, spots=last.spots)
        return None

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._words.add("\n", element.sourceline, keep=True)
        elif tag in _BLOCKS:
            self._flush()
            self._aside += tag in {"aside", "nav"}
            self._lists += tag in {"ul", "ol", "dl"}
            self._kind, self._level = self._kind_of(element)
        if tag == "img" and element.get("alt"):
            self._words.add(f" {element.get('alt')} ", element.sourceline)
        if element.text:
            words = raised(element.text) if tag == "sup" else element.text
            self._words.add(words, element.sourceline, keep=_is_kept(element))

    def _kind_of(self, element: Any) -> tuple[BlockKind, int]:
        tag = element.tag
        if tag in _HEADINGS:
            return "heading", _HEADINGS[tag]
        if tag in {"li", "dd"}:
            return "bullet", max(1, self._lists)
        if tag in {"figcaption", "caption"}:
            return "caption", 1
        if tag == "p" and self._kind == "bullet" and element.getparent().tag == "li":
            return "bullet", max(1, self._lists)
        return "paragraph", 1

    def _close(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            self._aside -= element.tag in {"aside", "nav"}
            self._lists -= element.tag in {"ul", "ol", "dl"}
            self._kind, self._level = "paragraph", 1

    def _tail(self, element: Any) -> None:
        if element.tail:
            self._words.add(element.tail, element.sourceline, keep=_is_kept(element.getparent()))

    def _flush(self) -> None:
        text = self._words.taken()
        if not text.text:
            return
        kind, level = self._kind, self._level
        if kind == "paragraph":
            mark = MARK.match(text.text)
            if mark and text.text[mark.end() :]:
                kind, text = "bullet", _cut(text, mark.end())
            elif is_caption(text.text):
                kind = "caption"
        self.parts.append(Block(text=text.text, spots=text.spots, kind=kind, level=level, aside=bool(self._aside)))


def _cut(text: Text, start: int) -> Text:
    """The text without its first characters."""
    spots = [Spot(start=max(0, spot.start - start), page=spot.page, line=spot.line) for spot in text.spots]
    first = max((at for at, spot in enumerate(spots) if spot.start == 0), default=0)
    return Text(text=text.text[start:], spots=tuple(spots[first:]))


def _is_unseen(element: Any) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _is_kept(element: Any) -> bool:
    return element is not None and (
        element.tag == "pre" or (element.getparent() is not None and element.getparent().tag == "pre")
    )


def _rows(table: Any) -> Iterator[list[Any]]:
    for row in table.iter("tr"):
        if not _is_unseen(row):
            yield [cell for cell in row if cell.tag in {"td", "th"} and not _is_unseen(cell)]


def _told(element: Any) -> Text:
    """The words of an element; blocks in it end a line."""
    words = _Words()
    skipped: Any = None
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if skipped is None and event == "start":
            if _is_unseen(inner) and inner is not element:
                skipped = inner
                continue
            if inner is not element and (inner.tag == "br" or inner.tag in _BLOCKS):
                words.add("\n", inner.sourceline, keep=True)
            if inner.text:
                words.add(raised(inner.text) if inner.tag == "sup" else inner.text, inner.sourceline)
        elif event == "end" and (skipped is None or inner is skipped):
            skipped = None
            if inner is not element and inner.tag in _BLOCKS:
                words.add("\n", inner.sourceline, keep=True)
            if inner is not element and inner.tail:
                words.add(inner.tail, inner.sourceline)
    return _tidied(words.taken())


def _tidied(text: Text) -> Text:
    """Without blank lines; only a text of several lines is looked at."""
    if "\n" not in text.text or not re.search(r"\n\s*\n| \n", text.text):
        return text
    kept = re.sub(r"[ \n]*\n[ \n]*", "\n", text.text)
    return Text(text=kept, spots=text.spots[:1])


def _table(element: Any, caption: Text | None, *, aside: bool) -> Table:
    maker = TableMaker()
    for row in _rows(element):
        maker.begin_row()
        for cell in row:
            header = cell.tag == "th" or (cell.getparent().getparent().tag == "thead")
            maker.add(_told(cell), header=header, span=_count(cell, "colspan"), rows=_count(cell, "rowspan"))
        maker.end_row()
    return maker.made(caption, aside=aside)


def _count(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
