"""Reads any document and finds the figures in it that do not agree: see README.md beside this file."""

from toguna.check.document import Block, Cell, Document, Spot, Table, Text, guess_language
from toguna.check.engine import check
from toguna.check.finding import Confidence, Finding, Kind, Span

__all__ = [
    "Block",
    "Cell",
    "Confidence",
    "Document",
    "Finding",
    "Kind",
    "Span",
    "Spot",
    "Table",
    "Text",
    "check",
    "guess_language",
]
