"""What the house's tests read: its rooms and modules, as text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

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
