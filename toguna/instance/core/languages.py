"""Which languages an operation and its texts may be in: those of which CLDR knows how dates and numbers are written."""

from __future__ import annotations

import re

from babel import Locale
from babel.localedata import exists

_CODE = re.compile(r"[a-z]{2,3}")


def is_language(code: str) -> bool:
    """Whether this is the code of such a language: ``es``, ``ar``, ``fr``. Neither ``xx`` nor ``es_ES`` is."""
    return bool(_CODE.fullmatch(code)) and bool(exists(code))


def is_right_to_left(code: str) -> bool:
    """Whether the language is written from right to left, as Arabic is."""
    return is_language(code) and Locale.parse(code).text_direction == "rtl"
