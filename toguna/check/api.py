"""Reads any document and finds the figures in it that do not agree: see README.md beside this file."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.check.core.annotated import annotated
    from toguna.check.core.document import Block, Cell, Document, Spot, Table, Text, guess_language
    from toguna.check.core.engine import check
    from toguna.check.core.finding import Confidence, Finding, Kind, Span
    from toguna.check.core.marked import Checked, render_html
    from toguna.check.core.readers import read_document, read_file

__all__ = [
    "Block",
    "Cell",
    "Checked",
    "Confidence",
    "Document",
    "Finding",
    "Kind",
    "Span",
    "Spot",
    "Table",
    "Text",
    "annotated",
    "check",
    "guess_language",
    "read_document",
    "read_file",
    "render_html",
]

__getattr__ = door(__name__, __file__)
