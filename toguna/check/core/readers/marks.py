"""What a line says of itself: a list item, a caption, a figure alone."""

from __future__ import annotations

import re

#: What opens a list item: a bullet in any of the field's typefaces, a dash, a letter or number with its bracket.
MARK = re.compile(
    r"(?:[•●○◦▪▫■□►▶➢➤✓✔❖◆⁃∙·*\u2023\u25b8\u27a1\uf000-\uf0ff]+\s*|(?:[-–—]|o|§|Ø|ü|v|q)\s+|\(?(?:\d{1,2}|[a-z])\)\s+)"
)
#: Those that a line within a sentence may begin with, too.
WEAK_MARK = re.compile(r"(?:[-–—ovq]|\(?(?:\d{1,2}|[a-z])\))\s")

#: A figure as a cell of a table holds it: 1,234  12.5%  USD 3.4M  85.5% (47/55)  22 of 36  -  n/a.
_FIGURE = re.compile(
    r"[<>~≈≤≥+±-]?\s*(?:USD|US\$|\$|€|£|EUR|XOF|FCFA)?\s*\(?-?\d[\d\s\u00a0\u202f.,'’/–-]*\)?\s*"
    r"(?:(?:of|out of|sur)\s+\d[\d\s.,]*)?"
    r"(?:%|k|m|bn|million|USD|EUR|FCFA|F CFA)?\s*(?:\(\s*-?\d[\d\s.,/–-]*\s*%?\s*\))?[*¹²³⁴⁵]*"
    r"|[-–—‒]+|n/?a|nd|n\.d\.|%|x|✓",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:photos?\b.{0,30}(?:credit|©|:)|crédits? photo|©"
    r"|(?:figure|fig\.|table|tableau|graphique|graph|chart|map|carte)s?\s*(?:n[o°]\s*)?\d+(?:\s*&\s*\d+)?\s*(?:\(\w+\)\s*)?[.:–-])"
    r"|.{0,250}(?:photo credit|crédit photo|©).{0,40}$",
    re.IGNORECASE | re.DOTALL,
)


def is_figure(text: str) -> bool:
    """Whether the text is one figure and nothing else."""
    return len(text) < 60 and _FIGURE.fullmatch(text.strip()) is not None


def is_caption(text: str) -> bool:
    return _CAPTION.match(text) is not None


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """A raised mark as printed: the digits of a note's number, which must not join the figure before them."""
    return text.translate(_RAISED) if text.strip().isdigit() else text
