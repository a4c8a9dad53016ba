"""Cells of a spreadsheet that hold no value although they are not blank: what stands for them in a table of texts."""

from __future__ import annotations

import re

import polars as pl

from toguna.collect import problems
from toguna.kernel.api import Fault

#: A formula whose result the file does not hold; a cell that a merge covers.
NOT_CALCULATED = "#FORMULA!"
MERGED = "#MERGED!"

#: The errors of Excel, LibreOffice and Google Sheets, in English and French; a CSV holds them as text.
ERRORS = (
    r"#(DIV/0!|N/A|NA|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!|ERROR!"
    r"|NOM\?|NUL!|NOMBRE!|VALEUR!|EN_ATTENTE|PROPAGATION!|CHAMP!|BLOQUE!|INCONNU!|OCCUPE!)|Err:\d{3}"
)
_WHOLE = rf"^\s*({ERRORS})\s*$"

#: By kind, the texts that it covers and its fault, each before the other faults of the cell.
_KINDS: tuple[tuple[str, Fault], ...] = (
    (rf"^\s*{re.escape(NOT_CALCULATED)}\s*$", problems.FORMULA_WITHOUT_VALUE),
    (rf"^\s*{re.escape(MERGED)}\s*$", problems.CELL_MERGED),
    (_WHOLE, problems.CELL_ERROR),
)


def is_error(text: str) -> bool:
    """Whether a spreadsheet shows this where a formula failed."""
    return re.match(_WHOLE, text) is not None


def without_value(texts: pl.Series, lines: pl.Series) -> list[tuple[pl.Series, Fault]]:
    """Of a column of a sheet, which cells hold no value, by fault. `lines`: their rows in the sheet; an answer of a phone has none (0)."""
    if not texts.str.contains(r"^\s*(#|Err:)").any():
        return []
    found = []
    for pattern, fault in _KINDS:
        bad = texts.str.contains(pattern).fill_null(False) & (lines > 0)
        if bad.any():
            found.append((bad, fault))
    return found
