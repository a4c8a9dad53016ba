"""Documents made for the tests, and how a test looks at what was read."""

from __future__ import annotations

from functools import cache

import typst

from toguna.check.core.document import Block, Document, Table
from toguna.check.core.readers import read_document


def blocks(document: Document, kind: str | None = None) -> list[str]:
    """The blocks' texts, line ends as blanks."""
    return [
        part.text.replace("\n", " ")
        for part in document.parts
        if isinstance(part, Block) and (kind is None or part.kind == kind)
    ]


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text.replace("\n", " ") for cell in row] for row in part.rows]
        for part in document.parts
        if isinstance(part, Table)
    ]


@cache
def pdf(source: str) -> bytes:
    """A PDF set by typst."""
    return typst.compile(source.encode())


def read_pdf(source: str) -> Document:
    return read_document(pdf(source), "update.pdf")


def read(text: str, name: str = "update.txt") -> Document:
    return read_document(text.encode(), name)
