"""What stands on the pages of a PDF: the sizes and faces of its characters, its empty bands."""

from __future__ import annotations

import ctypes
from math import hypot

import numpy as np
import pypdfium2
from pypdfium2 import raw

DOTS = 50


def smallest_character(pdf: bytes) -> tuple[float, str]:
    """The size of the smallest character that is printed, in points after all scaling, and the character."""
    found = (1000.0, "")
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, at))
            if not character.strip() or character in "\u200b\ufffe\x02":
                continue
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
            size = raw.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
            found = min(found, (round(size, 2), character))
    return found


def faces(pdf: bytes) -> set[str]:
    """The names of the faces that characters are set in, without subset tags."""
    found = set()
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
            length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, ctypes.byref(flags))
            if length > 1 and chr(raw.FPDFText_GetUnicode(text, at)).strip():
                found.add(buffer.value.decode().split("+")[-1])
    return found


def tallest_band(pdf: bytes, page: int) -> float:
    """The tallest band without ink across the whole page, between its first and last ink, in millimetres."""
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=DOTS / 72, grayscale=True).to_numpy()
    inked = np.flatnonzero((image.reshape(image.shape[0], -1) < 245).any(axis=1))
    return float(np.diff(inked).max(initial=1) - 1) / DOTS * 25.4
