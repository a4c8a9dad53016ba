"""Which encoding the first bytes of a file say that its text is in."""

from __future__ import annotations

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def marked_encoding(content: bytes) -> tuple[str, int] | None:
    """The encoding that a byte-order mark names, and the mark's length."""
    return next(((encoding, len(bom)) for bom, encoding in _BOMS if content.startswith(bom)), None)


def utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 has a zero in every second byte of a Latin text."""
    start = content[:2000]
    if len(start) >= 4 and start[1::2].count(0) > 0.7 * len(start[1::2]):
        return "utf-16-le"
    if len(start) >= 4 and start[::2].count(0) > 0.7 * len(start[::2]):
        return "utf-16-be"
    return None


def decode_utf(content: bytes) -> str:
    """Text in UTF-8 or UTF-16, with or without a mark; its mark is left out. Raises `UnicodeDecodeError` of any other."""
    marked = marked_encoding(content)
    if marked is not None:
        return content[marked[1] :].decode(marked[0])
    return content.decode(utf16_without_mark(content) or "utf-8")
