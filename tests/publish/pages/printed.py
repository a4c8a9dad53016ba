"""What stands on the pages of a PDF: the sizes and faces of its characters, its empty bands."""

from __future__ import annotations

import ctypes
import re
from math import ceil, hypot

import numpy as np
import pypdfium2
from pypdfium2 import raw

DOTS = 50
_KEPT = re.compile(r"(\[[^\]]*\]\([^)]*\))")
_WORD = re.compile(r"[^\W\d_]{4,}")


def lengthened(source: str, share: float = 0.2) -> str:
    """The text of an update with its words longer by a share, as a translation makes them; figures, options and front matter stay."""
    lines, in_front, in_block = [], 0, False
    for line in source.splitlines():
        in_front += line == "---"
        in_block ^= line.startswith("```")
        option = in_block and re.match(r"[a-z_]+:", line) is not None and not line.startswith("title:")
        if in_front < 2 or line.startswith("```") or option:
            lines.append(line)
            continue
        head, words = ("title: ", line[7:]) if in_block and line.startswith("title: ") else ("", line)
        longer = [
            part if at % 2 else _WORD.sub(lambda word: word[0] + "é" * ceil(len(word[0]) * share), part)
            for at, part in enumerate(_KEPT.split(words))
        ]
        lines.append(head + "".join(longer))
    return "\n".join(lines) + "\n"


def outside(pdf: bytes, margin: float = 12.0) -> list[str]:
    """Characters that stand nearer to an edge of their page than the margin, in points, or beyond it."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text, (width, height) = page.get_textpage(), page.get_size()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            character = chr(raw.FPDFText_GetUnicode(text, at))
            inside = margin <= left and right <= width - margin and margin <= bottom and top <= height - margin
            if character.strip() and right > left and not inside:
                found.append(character)
    return found


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


def words_at(pdf: bytes, words: str) -> tuple[int, float]:
    """The last page on which these words stand, from 0, and how far below its top they begin, in points."""
    document = pypdfium2.PdfDocument(pdf)
    for at in reversed(range(len(document))):
        page = document[at]
        text = page.get_textpage()
        found = text.search(words, match_case=True).get_next()
        if found is not None:
            return at, page.get_height() - text.get_charbox(found[0])[3]
    raise AssertionError(f"{words!r} is printed nowhere")


def share_of_notes(pdf: bytes, first: str, after: str) -> float:
    """The share of all pages that stands from the title of the notes down to the words after them."""
    document = pypdfium2.PdfDocument(pdf)
    height = document[0].get_height()
    start, end = words_at(pdf, first), words_at(pdf, after)
    return ((end[0] - start[0]) * height + end[1] - start[1]) / (len(document) * height)
