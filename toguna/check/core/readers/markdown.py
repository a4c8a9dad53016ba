"""Markdown, with its tables; what an update's source holds beside words (front matter, blocks of options) is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from toguna.check import problems as fault
from toguna.check.core.document import Block, BlockKind, Document, Spot, Table, Text
from toguna.check.core.readers.encoding import decode
from toguna.check.core.readers.html import read_html
from toguna.check.core.readers.limits import Clock
from toguna.check.core.readers.marks import MARK, is_caption, raised
from toguna.check.core.readers.tables import TableMaker
from toguna.kernel.api import Language, Place, Refused

MOST_LEVELS = 100
#: Beyond its deepest nesting the parser drops what it meets; `read_markdown` refuses then.
_PARSER = MarkdownIt("commonmark", {"maxNesting": MOST_LEVELS}).enable(["table", "strikethrough"])
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DECLARED = re.compile(r"^lang(?:uage)?\s*:\s*[\"']?(en|fr)\b", re.MULTILINE)
_TITLE = re.compile(r"^title\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_SUP = re.compile(r"</?(sup|br)\b[^>]*>", re.IGNORECASE)


def read_markdown(content: bytes, name: str) -> Document:
    """Refuses what is no text. HTML in it is read as HTML."""
    source = decode(content, name)
    front = _FRONT.match(source)
    skipped = source[: front.end()].count("\n") if front else 0
    clock = Clock(name)
    tokens = _PARSER.parse(source[front.end() :] if front else source)
    clock.look()
    if any(token.level >= MOST_LEVELS - 1 for token in tokens):
        raise Refused(fault.TOO_DEEP.at(Place(file=name), most=MOST_LEVELS))
    walk = _Walk(name, skipped)
    walk.through(tokens)
    declared = _DECLARED.search(front[1]) if front else None
    title = _TITLE.search(front[1]) if front else None
    language: Language | None = None
    if declared:
        language = "fr" if declared[1] == "fr" else "en"
    return Document(
        name=name,
        parts=tuple(walk.parts),
        language=language,
        form="markdown",
        title=title[1] if title else None,
    )


class _Walk:
    """Goes through the parser's tokens, which are flat."""

    def __init__(self, name: str, skipped: int) -> None:
        self.parts: list[Block | Table] = []
        self._name = name
        self._skipped = skipped
        self._lists = 0
        self._items = 0
        self._heading = 0
        self._table: TableMaker | None = None
        self._header = False

    def through(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._take(token)

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"}:
            self._lists += token.nesting
        elif kind in {"list_item_open", "list_item_close"}:
            self._items += token.nesting
        elif kind == "heading_open":
            self._heading = int(token.tag[1:])
        elif kind == "heading_close":
            self._heading = 0
        elif kind.startswith(("table", "tr", "th", "td")):
            self._take_table(token)
        elif kind == "inline":
            self._take_words(token)
        elif kind in {"code_block", "fence"} and not token.info.strip():
            self._add(Text(text=token.content.strip("\n"), spots=self._spots(token)))
        elif kind == "html_block":
            self._take_html(token)

    def _take_table(self, token: Token) -> None:
        if token.type == "table_open":
            self._table = TableMaker()
        elif self._table is None:
            return
        elif token.type == "tr_open":
            self._table.begin_row()
        elif token.type == "tr_close":
            self._table.end_row()
        elif token.type == "th_open":
            self._header = True
        elif token.type == "td_open":
            self._header = False
        elif token.type == "table_close":
            last = self.parts[-1] if self.parts else None
            caption = None
            if isinstance(last, Block) and last.kind == "caption":
                caption = Text(text=last.text, spots=last.spots)
                self.parts.pop()
            self.parts.append(self._table.made(caption))
            self._table = None

    def _take_words(self, token: Token) -> None:
        text = _words(token, self._line(token))
        if self._table is not None:
            self._table.add(text, header=self._header)
        else:
            self._add(text)

    def _add(self, text: Text) -> None:
        if not text.text:
            return
        kind: BlockKind = "paragraph"
        level = 1
        if self._heading:
            kind, level = "heading", self._heading
        elif self._items:
            kind, level = "bullet", max(1, self._lists)
        elif is_caption(text.text):
            kind = "caption"
        words, spots = text.text, text.spots
        if kind == "paragraph" and (mark := MARK.match(words)) and words[mark.end() :]:
            kind, words = "bullet", words[mark.end() :]
            spots = spots[:1] + tuple(
                Spot(start=spot.start - mark.end(), line=spot.line) for spot in spots[1:] if spot.start > mark.end()
            )
        self.parts.append(Block(text=words, spots=spots, kind=kind, level=level))

    def _take_html(self, token: Token) -> None:
        shift = self._line(token) - 1
        try:
            inner = read_html(token.content.encode(), self._name)
        except Refused as refused:
            if any(problem.id != "check.file_empty" for problem in refused.problems):
                raise
            return
        for part in inner.parts:
            if isinstance(part, Table):
                self.parts.append(part)
            else:
                spots = tuple(Spot(start=spot.start, line=(spot.line or 1) + shift) for spot in part.spots)
                self.parts.append(Block(text=part.text, spots=spots, kind=part.kind, level=part.level))

    def _line(self, token: Token) -> int:
        return self._skipped + (token.map[0] if token.map else 0) + 1

    def _spots(self, token: Token) -> tuple[Spot, ...]:
        return (Spot(start=0, line=self._line(token)),)


def _words(token: Token, line: int) -> Text:
    """Inline tokens as words: a link is its words, a picture its description, a soft line end a blank."""
    text = ""
    spots = [Spot(start=0, line=line)]
    sup = False
    for inner in token.children or ():
        if inner.type == "softbreak":
            text += " "
            line += 1
            spots.append(Spot(start=len(text), line=line))
        elif inner.type == "hardbreak":
            text += "\n"
            line += 1
            spots.append(Spot(start=len(text), line=line))
        elif inner.type == "html_inline":
            match = _SUP.fullmatch(inner.content)
            sup = bool(match and match[1].lower() == "sup" and not inner.content.startswith("</"))
            text += "\n" if match and match[1].lower() == "br" else ""
        elif inner.type in {"text", "code_inline", "image", "text_special"}:
            text += raised(inner.content) if sup else inner.content
    stripped = text.strip()
    shift = len(text) - len(text.lstrip())
    kept = [spot for spot in spots if spot.start - shift <= len(stripped)]
    return Text(
        text=stripped,
        spots=tuple(Spot(start=max(0, spot.start - shift), line=spot.line) for spot in kept) if stripped else (),
    )
