"""Reads any document and finds the figures in it that do not agree: `from toguna.check import check`."""

from toguna.check.api import check

__all__ = ["check"]
