"""Reads any document and finds the figures in it that do not agree: `from toguna.check import check, read_file`."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.check.api import annotated, check, read_document, read_file, render_html

__all__ = ["annotated", "check", "read_document", "read_file", "render_html"]

__getattr__ = door(__name__, __file__)
