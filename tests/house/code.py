"""What the house's tests read: its rooms and modules, as text."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

from toguna.kernel.core.messages import LOCALE, Counted, translated

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "toguna"


def modules() -> list[Path]:
    """Every module that we wrote; migrations are written by Django."""
    return sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def rooms() -> list[Path]:
    """The rooms that have something to do: a room of `__init__.py` alone is only announced."""
    folders = (path for path in HOUSE.iterdir() if (path / "__init__.py").exists())
    return sorted(room for room in folders if len(list(room.glob("*.py"))) > 1)


def forms_of(text: str | Counted, language: str, domain: str) -> list[str]:
    """Every form of a sentence in a language: one, or those for the numbers 0, 1 and 2."""
    if isinstance(text, str):
        return [translated(text, language, domain)]
    plurals = gettext.translation(domain, LOCALE, languages=[language], fallback=True)
    return [plurals.ngettext(text.one, text.many, number) for number in (0, 1, 2)]
