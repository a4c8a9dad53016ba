"""Drawings of the printed products on a page of the application, whose policy lets nothing carry a style of its own."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString

from toguna.publish.pages.drawings.signs import icon, mark, toguna
from toguna.publish.pages.drawings.svg import PAGE, Drawing

_STYLE = re.compile(r' style="([^"]*)"')


def inline(drawing: Drawing) -> SafeString:
    """The drawing as a part of the page: what it styles becomes attributes, which may name the page's variables."""
    return SafeString(_STYLE.sub(_as_attributes, drawing.labelled()))


def mark_of(basis: str, words: str) -> SafeString:
    """The sign of how a number is known."""
    return inline(mark(basis, PAGE, words))  # type: ignore[arg-type]


def icon_of(name: str) -> SafeString:
    """An icon that stands beside words."""
    return inline(icon(name, PAGE))


def own_mark() -> SafeString:
    """Toguna's own mark."""
    return inline(toguna(PAGE))


def _as_attributes(found: re.Match[str]) -> str:
    pairs = (part.partition(":") for part in found[1].split(";") if part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
