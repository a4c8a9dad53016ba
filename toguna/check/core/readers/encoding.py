"""Bytes to characters: UTF-8, UTF-16, and the two old encodings in which French offices still write."""

from __future__ import annotations

import re

from toguna.check import problems as fault
from toguna.check.core.readers.limits import MOST_CHARACTERS
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.encodings import marked_encoding, utf16_without_mark

#: Letters of French words; an encoding that yields more of them is the right one.
_ACCENTED = re.compile("[a-zA-Z][éèêëàâçùûüîïôœÉÈÀÇ’«»]|[éèêëàâçùûüîïôœÉÈÀÇ’«»][a-zA-Z ]")
#: Control characters that no text has.
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")


def decode(content: bytes, name: str, declared: str | None = None) -> str:
    """The text of a file, its line ends made `\\n`. Refuses what is no text in any encoding known here."""
    text = _decoded(content, declared)
    junk = len(_JUNK.findall(text))
    if text and junk > 0.02 * len(text) + 3:
        raise Refused(fault.NOT_TEXT.at(Place(file=name), share=max(1, round(100 * junk / len(text)))))
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            fault.TOO_MANY.at(
                Place(file=name), what="characters", what_fr="caractères", count=len(text), most=MOST_CHARACTERS
            )
        )
    return _JUNK.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "))


def _decoded(content: bytes, declared: str | None) -> str:
    if (marked := marked_encoding(content)) is not None:
        return content[marked[1] :].decode(marked[0], errors="replace")
    for encoding in filter(None, ("utf-8", declared, utf16_without_mark(content))):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    candidates = [content.decode(encoding, errors="replace") for encoding in ("cp1252", "mac-roman")]
    return max(candidates, key=lambda text: len(_ACCENTED.findall(text[:200_000])))
