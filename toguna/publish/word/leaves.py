"""The leaves of an update: the pieces of text an officer edits in Word, each with an id that travels in the file.

A leaf is a heading, a paragraph or a bullet's words. Fenced blocks and tables travel whole, under one id, and are not to be edited in Word. Ids count from 1 in
reading order, so they mean something only together with the build they came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from toguna.publish.core.tree import (
    BulletList,
    Fenced,
    Heading,
    Inline,
    Node,
    Paragraph,
    Table,
    Update,
    inlines_of,
    plain,
)

#: ``continued`` is a further paragraph of a bullet.
Kind = Literal["heading", "paragraph", "bullet", "continued", "block"]


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One piece of text, or one block that travels whole."""

    id: int
    kind: Kind
    #: Heading level, or depth of a bullet (0 is the outer list); 0 otherwise.
    level: int
    node: Node
    inlines: tuple[Inline, ...]
    line: int
    end_line: int

    @property
    def words(self) -> str:
        return plain(self.inlines)


def leaves(update: Update) -> tuple[Leaf, ...]:
    """Every leaf in reading order."""
    return tuple(
        Leaf(
            id=index,
            kind=kind,
            level=level,
            node=node,
            inlines=inlines_of(node),
            line=node.line,
            end_line=node.end_line,
        )
        for index, (kind, level, node) in enumerate(_walk(update.blocks, -1), start=1)
    )


def _walk(nodes: tuple[Node, ...], depth: int) -> Iterator[tuple[Kind, int, Node]]:
    for index, node in enumerate(nodes):
        match node:
            case Heading(level=level):
                yield "heading", level, node
            case Paragraph() if depth < 0:
                yield "paragraph", 0, node
            case Paragraph():
                yield "bullet" if index == 0 else "continued", depth, node
            case Fenced() | Table():
                yield "block", 0, node
            case BulletList(items=items):
                for item in items:
                    yield from _walk(item.blocks, depth + 1)
