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


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready. Refuses (`NotEvaluable`) one that is broken, or uses what only Java knows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(_as_python(pattern))
    except (re.error, RecursionError, OverflowError, Warning) as error:
        shown = pattern if len(pattern) <= 60 else f"{pattern[:57]}..."
        english = f'the regular expression "{shown}" ({error})'
        raise NotEvaluable(english, f"l'expression régulière « {shown} »") from error


def why_broken(pattern: str) -> tuple[str, str] | None:
    """What is wrong with the pattern wherever it is read, in English and French; None of a good one, and of one that uses what Python does not know."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(_as_python(pattern))
    except re.error as error:
        if _ONLY_JAVA.search(pattern) or error.msg in _JAVA_ALLOWS:
            return None
        at = (error.pos or 0) + 1
        return f"{error.msg} (character {at})", f"erreur au caractère {at}"
    except (RecursionError, OverflowError):
        return None
    return None


#: What Java reads and Python does not, so that a failure here says nothing of phones.
_ONLY_JAVA = re.compile(r"\\[pPQEGhHRXzvVNkcxu0]|&&|\(\?<[A-Za-z]|\(\?[a-zA-Z-]*[dUc]")
_JAVA_ALLOWS = ("multiple repeat", "look-behind requires fixed-width pattern")


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text is of the pattern."""
    return compiled(pattern).fullmatch(text) is not None


def _as_python(pattern: str) -> str:
    """Java's classes as Python writes them."""
    parts: list[str] = []
    bracket, at = False, 0
    while at < len(pattern):
        mark = pattern[at]
        if mark == "\\":
            taken, written = _escape(pattern, at, bracket)
            parts.append(written)
            at += taken
            continue
        if mark == "[" and not bracket:
            bracket = True
            # A bracket that stands first is itself.
            start = 2 if pattern[at + 1 : at + 2] == "^" else 1
            if pattern[at + start : at + start + 1] == "]":
                parts.append(pattern[at : at + start] + r"\]")
                at += start + 1
                continue
        elif mark == "]":
            bracket = False
        parts.append(mark)
        at += 1
    return "".join(parts)


def _escape(pattern: str, at: int, bracket: bool) -> tuple[int, str]:
    """How many characters the escape takes, and how Python writes it."""
    letter = pattern[at + 1 : at + 2]
    if letter in _SHORT:
        inside = _SHORT[letter]
        return 2, inside if bracket else f"[{inside}]"
    if letter.lower() in _SHORT and letter and not bracket:
        return 2, f"[^{_SHORT[letter.lower()]}]"
    if letter == "p" and (match := _CLASS.match(pattern, at)):
        inside = _CLASSES.get(match[1] or match[2], "")
        if inside and not (bracket and inside.startswith("^")):
            return len(match[0]), f"[{inside}]" if not bracket else inside
    return 2, pattern[at : at + 2]
