"""Regular expressions of forms: Java's, in which the whole value must match (ODK Collect)."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from toguna.collect.core.submissions.xpath.tree import NotEvaluable

#: Classes that Java names and Python does not, as ranges that stand inside a bracket.
_CLASSES = {
    "L": r"^\W\d_",
    "Alpha": "a-zA-Z",
    "Lower": "a-z",
    "Upper": "A-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Space": r" \t\n\x0b\f\r",
    "Punct": r"!-/:-@\[-`{-~",
}
_CLASS = re.compile(r"\\p\{(?:Is)?(\w+)\}|\\p([A-Z])")
#: In Java these mean ASCII alone.
_SHORT = {"d": "0-9", "w": "a-zA-Z0-9_", "s": r" \t\n\x0b\f\r"}
#: And these all the rest, as ranges that stand inside a bracket.
_LONG = {
    "D": r"\x00-/:-\U0010ffff",
    "W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    "S": r"\x00-\x08\x0e-\x1f!-\U0010ffff",
}
#: Escapes that Python writes in another way, outside a bracket.
_ELSEWHERE = {
    "z": r"\Z",
    "h": r"[ \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]",
    "R": r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])",
}
_FIRST_BRACKET = re.compile(r"\[\^?\]")
_GROUP_NAME = re.compile(r"\(\?<([a-zA-Z][a-zA-Z0-9]*)>")
_PYTHON_ONLY = re.compile(r"\(\?P|\(\?\(|\{(?!\d+(?:,\d*)?\})[^}]{0,10}\}?")
_BRACED = re.compile(r"\\[pPxNk][{<][^}>]*[}>]")


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready. Refuses (`NotEvaluable`) one that is broken, or uses what only Java knows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(_as_python(pattern))
    except (re.error, _PythonOnly, RecursionError, OverflowError, Warning) as error:
        shown = pattern if len(pattern) <= 60 else f"{pattern[:57]}..."
        english = f'the regular expression "{shown}" ({error})'
        raise NotEvaluable(english, f"l'expression régulière « {shown} »") from error


def why_broken(pattern: str) -> tuple[str, str] | None:
    """What is wrong with the pattern wherever it is read, in English and French; None of a good one, and of one that uses what Python does not know."""
    try:
        with warnings.catch_warnings():
            # A pattern that was compiled once is kept by the library, and is not warned of again: so none is compiled that warns.
            warnings.simplefilter("error")
            re.compile(_as_python(pattern))
    except re.error as error:
        if _ONLY_JAVA.search(pattern) or error.msg in _JAVA_ALLOWS:
            return None
        at = (error.pos or 0) + 1
        return f"{error.msg} (character {at})", f"erreur au caractère {at}"
    except _PythonOnly as error:
        return f"{error} means nothing there", f"{error} n'y a pas de sens"
    except (RecursionError, OverflowError, Warning):
        return None
    return None


#: What Java reads and Python does not, so that a failure here says nothing of phones.
_ONLY_JAVA = re.compile(r"\\[pPGHXvVNkcxu0]|&&|\(\?[a-zA-Z-]*[dUc]")
_JAVA_ALLOWS = ("multiple repeat", "look-behind requires fixed-width pattern")


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text is of the pattern."""
    return compiled(pattern).fullmatch(text) is not None


class _PythonOnly(Exception):
    """What Python reads and Java refuses: groups and conditions of its own, a brace that is no count."""


def _as_python(pattern: str) -> str:
    """The pattern as Python writes it. Raises `_PythonOnly`."""
    parts: list[str] = []
    bracket, at = False, 0
    while at < len(pattern):
        taken, written, bracket = _next(pattern, at, bracket)
        parts.append(written)
        at += taken
    return "".join(parts)


def _next(pattern: str, at: int, bracket: bool) -> tuple[int, str, bool]:
    """How many characters stand for the next one, how Python writes them, and whether what follows stands in a bracket."""
    mark = pattern[at]
    if mark == "\\":
        return *_escape(pattern, at, bracket), bracket
    if bracket:
        return 1, mark, mark != "]"
    if mark == "[":
        # A bracket that stands first is itself.
        first = _FIRST_BRACKET.match(pattern, at)
        return (len(first[0]), first[0][:-1] + r"\]", True) if first else (1, mark, True)
    if (found := _GROUP_NAME.match(pattern, at)) is not None:
        return len(found[0]), f"(?P<{found[1]}>", False
    if (other := _PYTHON_ONLY.match(pattern, at)) is not None:
        raise _PythonOnly(f'"{other[0]}"')
    return 1, mark, False


def _escape(pattern: str, at: int, bracket: bool) -> tuple[int, str]:
    """How many characters the escape takes, and how Python writes it."""
    letter = pattern[at + 1 : at + 2]
    if letter == "Q":
        quoted = pattern[at + 2 :].partition(r"\E")
        return 2 + len(quoted[0]) + len(quoted[1]), re.escape(quoted[0])
    if letter in _SHORT or (letter and letter.lower() in _SHORT):
        inside = _SHORT.get(letter) or (_LONG[letter] if bracket else f"^{_SHORT[letter.lower()]}")
        return 2, inside if bracket else f"[{inside}]"
    if letter in _ELSEWHERE and not bracket:
        return 2, _ELSEWHERE[letter]
    if letter == "p" and (match := _CLASS.match(pattern, at)):
        inside = _CLASSES.get(match[1] or match[2], "")
        if inside and not (bracket and inside.startswith("^")):
            return len(match[0]), f"[{inside}]" if not bracket else inside
    long = _BRACED.match(pattern, at)
    return (len(long[0]), long[0]) if long else (2, pattern[at : at + 2])
