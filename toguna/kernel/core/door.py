"""A room's public door that loads a module only when one of its names is asked for.

``api.py`` imports its names under ``if TYPE_CHECKING:``, where type checkers, editors and the test of layers read them, and ends with
``__getattr__ = door(__name__, __file__)``. A verb then pays for the modules it uses and for no others (the idea of SPEC 1 of
Scientific Python, "lazy loading of submodules").
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def door(name: str, file: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of the module `name`: the value of a name that `file` imports for type checking. Raises `AttributeError`
    for every other name."""
    places: dict[str, tuple[str, str]] = {}

    def get(wanted: str) -> Any:
        if wanted.startswith("__"):
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        if not places:
            places.update(imported_for_typing(Path(file).read_text(encoding="utf-8")))
        if wanted not in places:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        module, original = places[wanted]
        value = getattr(import_module(module), original)
        setattr(sys.modules[name], wanted, value)
        return value

    return get


def imported_for_typing(source: str) -> dict[str, tuple[str, str]]:
    """Each name that stands in an ``if TYPE_CHECKING:`` block, with its module and its name there."""
    found: dict[str, tuple[str, str]] = {}
    for block in ast.parse(source).body:
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING":
            for line in block.body:
                if isinstance(line, ast.ImportFrom) and line.module:
                    found |= {alias.asname or alias.name: (line.module, alias.name) for alias in line.names}
    return found
