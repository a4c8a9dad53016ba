"""An expression's text cut into words, before any parser sees it: what is not on the list is refused here.

Text in single quotes, numbers, column paths, a handful of operators and brackets; no comment, no semicolon, no other quote, no
cast, no bracket of a list or structure. Columns are then quoted and functions marked, so that no word of SQL can hide in a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 4000
MOST_WORDS = 400
DEEPEST = 16

#: Written in front of a function's name, so that the parser knows none of them by its own lights.
MARK = "TOGUNA_"

_WORD = re.compile(
    r"""
    (?P<blank>[ \t\r\n]+)
  | (?P<text>'(?:[^'\x00-\x1f\x7f]|'')*')
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))
  | (?P<path>\^*[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?![A-Za-z0-9_.^]))
  | (?P<sign><=|>=|<>|!=|[=<>+\-*/(),])
    """,
    re.VERBOSE,
)
_SQL = {"and", "or", "not", "in", "between", "is", "null", "true", "false"}
_NOT_SIGNS = ("--", "/*", "*/")

Kind = Literal["text", "number", "path", "sign"]


class NotWords(ValueError):
    """The text holds what no expression may hold. `fault` is the catalogue's name, `near` what was found."""

    def __init__(self, fault: str, near: str) -> None:
        super().__init__(f"{fault}: {near}")
        self.fault, self.near = fault, near


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def cut(text: str) -> list[Piece]:
    """The words, in order. Refuses (`NotWords`) any other sign, what is too long and what is nested too deeply."""
    if len(text) > LONGEST:
        raise NotWords("expression_too_long", f"{len(text)}")
    pieces: list[Piece] = []
    position = 0
    while position < len(text):
        match = _WORD.match(text, position)
        comment = text.startswith(_NOT_SIGNS, position)
        if match is None or comment:
            raise NotWords("expression_character", text[position : position + (2 if comment else 1)])
        if match.lastgroup != "blank":
            pieces.append(Piece(match.lastgroup, match[0]))  # type: ignore[arg-type]
        position = match.end()
    if len(pieces) > MOST_WORDS:
        raise NotWords("expression_too_long", f"{len(text)}")
    _refuse_depth(pieces)
    return pieces


def guarded(pieces: list[Piece], functions: frozenset[str]) -> str:
    """The words as a parser may read them: columns quoted, functions marked. Refuses (`NotWords`) an unknown function."""
    written: list[str] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        word = piece.text.lower()
        if piece.text == "," and (following is None or following.text in (")", ",")):
            raise NotWords("expression_not_read", ", )")
        if piece.kind != "path" or word in _SQL:
            written.append(piece.text)
        elif word == "date" and following is not None and following.kind == "text":
            written.append("DATE")
        elif following is not None and following.text == "(":
            if word not in functions:
                raise NotWords("function_unknown", piece.text)
            written.append(MARK + word)
        else:
            written.append(f'"{piece.text}"')
    return " ".join(written)


def _refuse_depth(pieces: list[Piece]) -> None:
    """Open brackets and rows of signs in front of a value, each a step down for a parser."""
    depth = run = 0
    for piece in pieces:
        depth += {"(": 1, ")": -1}.get(piece.text, 0)
        run = run + 1 if piece.text.lower() in ("not", "-", "+") else 0
        if depth + run > DEEPEST:
            raise NotWords("expression_too_deep", str(DEEPEST))
