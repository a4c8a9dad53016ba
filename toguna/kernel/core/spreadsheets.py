"""Texts that a spreadsheet would run as a formula, made harmless in every file that we write for one."""

from __future__ import annotations

import re

#: What begins a formula in Excel or LibreOffice (CWE-1236), full-width forms included; a tab or line break may stand before one.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: A number with its sign begins like a formula and is none.
_NUMBER = re.compile(r"[-+]?\d[\d.,\u00a0\u202f ]*(?:[eE][-+]?\d+)?\s?%?")


def defused(text: str) -> str:
    """The text as a cell shows it, with an apostrophe before one that would be run; signed numbers stay as they are."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) and not _NUMBER.fullmatch(text.strip(" ")) else text
