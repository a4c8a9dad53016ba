"""The tree of an update: what its source says, before any figure is resolved.

Frozen values only. Every block keeps its lines (from 1, as an editor shows them) and every number its place in the source, so that
a fault can be shown and a shown value rewritten. A renderer reads this tree and the resolved figures; it never reads the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

#: ``fig:`` a figure of an indicator, ``stated:`` a count in prose with initials and source, ``text:`` part of a name or quotation (grammar 2).
Binding = Literal["fig", "stated", "text"]

#: The fenced blocks of the language; each has its rules in `blocks`.
BlockKind = Literal[
    "key-figures",
    "highlights",
    "funding",
    "population",
    "priorities",
    "chart",
    "map",
    "photo",
    "table",
    "contacts",
    "links",
]


@dataclass(frozen=True, kw_only=True)
class Span:
    """Characters `start` to `end` (excluded) of the source."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Text:
    text: str


@dataclass(frozen=True, kw_only=True)
class Break:
    """A line end that the author asked for."""


@dataclass(frozen=True, kw_only=True)
class Strong:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True)
class Emphasis:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to a page of the web; its target was checked to be http, https or mailto."""

    target: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A number of the text that is bound to something. `reference` is what stands behind the scheme, not yet parsed."""

    binding: Binding
    reference: str
    #: What the source shows now: the value of the last refresh.
    shown: str
    line: int
    #: Where `shown` stands in the source.
    span: Span


Inline = Text | Break | Strong | Emphasis | Link | Bound


@dataclass(frozen=True, kw_only=True)
class Heading:
    level: int
    inlines: tuple[Inline, ...]
    line: int
    end_line: int


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    inlines: tuple[Inline, ...]
    line: int
    end_line: int
    #: Digest of the paragraph that this one translates, from a comment ``<!-- translates 1f3a... -->`` before it.
    translates: str | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    blocks: tuple[Node, ...]
    line: int
    end_line: int


@dataclass(frozen=True, kw_only=True)
class BulletList:
    items: tuple[Item, ...]
    line: int
    end_line: int
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    line: int
    end_line: int


@dataclass(frozen=True, kw_only=True)
class Fenced:
    """A fenced block: options (``key: value`` lines) and then Markdown."""

    kind: BlockKind
    options: Mapping[str, str]
    blocks: tuple[Node, ...]
    line: int
    end_line: int


Node = Heading | Paragraph | BulletList | Table | Fenced


@dataclass(frozen=True, kw_only=True)
class Update:
    """One language of one update: its front matter as written, its blocks, its source."""

    file: str
    source: str
    front: Mapping[str, object]
    #: The line of each front matter key.
    front_lines: Mapping[str, int]
    blocks: tuple[Node, ...] = field(default=())


def walk(blocks: tuple[Node, ...]) -> Iterator[Node | Item]:
    """Every block, depth first, in reading order."""
    for block in blocks:
        yield block
        match block:
            case BulletList(items=items):
                for item in items:
                    yield item
                    yield from walk(item.blocks)
            case Fenced(blocks=inner):
                yield from walk(inner)
            case _:
                pass


def inlines_of(block: Node | Item) -> tuple[Inline, ...]:
    """The block's own inlines, not those of blocks inside it; a table's cells in reading order."""
    match block:
        case Heading(inlines=inlines) | Paragraph(inlines=inlines):
            return inlines
        case Table(header=header, rows=rows):
            return tuple(inline for row in (header, *rows) for cell in row for inline in cell)
        case _:
            return ()


def flat(inlines: tuple[Inline, ...]) -> Iterator[Text | Break | Bound]:
    """Leaves in reading order."""
    for inline in inlines:
        if isinstance(inline, Strong | Emphasis | Link):
            yield from flat(inline.inlines)
        else:
            yield inline


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words as a reader sees them."""
    return "".join(
        leaf.text if isinstance(leaf, Text) else leaf.shown if isinstance(leaf, Bound) else "\n"
        for leaf in flat(inlines)
    )


def bound(update: Update) -> Iterator[Bound]:
    """Every bound number of the update, in reading order."""
    for block in walk(update.blocks):
        yield from (leaf for leaf in flat(inlines_of(block)) if isinstance(leaf, Bound))
