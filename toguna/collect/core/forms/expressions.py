"""XPath as forms write it: is it an expression, does it call what phones know, with as many arguments as they take.

Syntax is libxml2's judgement; the functions are those of the one table that the evaluators read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from toguna.collect.core.submissions.xpath.functions import FUNCTIONS as TABLE

#: Least and most arguments; no most where any number will do.
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    name: (function.least, function.most) for name, function in TABLE.items()
}
MOST_CHARACTERS = 32_767

_REFERENCE = re.compile(r"\$\{[^}]*\}")
_TOKEN = re.compile(
    r"""("[^"]*"|'[^']*')|([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(|([()\[\],])|(\d[\w.]*|[A-Za-z_][\w.:-]*)|([^\s])"""
)
_OPERATORS = frozenset(("and", "or", "div", "mod"))


@lru_cache(maxsize=4096)
def is_xpath(expression: str) -> bool:
    """Whether it reads as XPath, ``${name}`` taken for a node."""
    if len(expression) > MOST_CHARACTERS:
        return False
    try:
        etree.XPath(_REFERENCE.sub(" x ", expression))
    except (etree.XPathError, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def calls(expression: str) -> tuple[tuple[str, int], ...]:
    """Each function called and how many arguments it is given. Refuses nothing: ask `is_xpath` first."""
    return tuple(_calls(_REFERENCE.sub(" x ", expression)))


def _calls(expression: str) -> Iterator[tuple[str, int]]:
    #: Open brackets: the function's name (none of a bare bracket), commas so far, whether anything stands inside.
    open_: list[tuple[str | None, int, bool]] = []
    for match in _TOKEN.finditer(expression):
        function, mark = match[2], match[3]
        if open_ and mark not in (")", "]", ","):
            name, commas, _ = open_[-1]
            open_[-1] = (name, commas, True)
        if function is not None:
            open_.append((None if function in _OPERATORS else function, 0, False))
        elif mark in ("(", "["):
            open_.append((None, 0, False))
        elif mark == "," and open_:
            name, commas, filled = open_[-1]
            open_[-1] = (name, commas + 1, filled)
        elif mark in (")", "]") and open_:
            name, commas, filled = open_.pop()
            if name is not None:
                yield name, commas + 1 if filled else 0


def why_not(expression: str) -> tuple[str, str]:
    """What most likely is wrong with an expression that is no XPath, in English and French."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "''", expression)
    if len(expression) > MOST_CHARACTERS:
        return f"it is longer than {MOST_CHARACTERS} characters", f"elle dépasse {MOST_CHARACTERS} caractères"
    if "'" in bare.replace("''", "") or '"' in bare:
        return "a quotation mark is not closed", "un guillemet n'est pas fermé"
    for mark, right in (("==", "="), ("&&", "and"), ("||", "or"), ("<>", "!="), ("=>", ">="), ("=<", "<="), (";", ",")):
        if mark in bare:
            return f"XPath writes {right} for {mark}", f"XPath écrit {right} au lieu de {mark}"
    if match := re.search(r"\b(AND|OR|And|Or|DIV|MOD|NOT)\b", bare):
        return f"write {match[1].lower()} for {match[1]}", f"écrivez {match[1].lower()} au lieu de {match[1]}"
    for left, right in ("()", "[]", "{}"):
        if (more := bare.count(left) - bare.count(right)) != 0:
            mark = left if more > 0 else right
            return f"a {mark} has no partner", f"un {mark} n'a pas de vis-à-vis"
    if re.search(r"(\b(and|or|div|mod)|[-+*=<>,])\s*$", bare):
        return "something is missing at its end", "il manque quelque chose à la fin"
    return "something is missing between two parts", "il manque quelque chose entre deux éléments"
