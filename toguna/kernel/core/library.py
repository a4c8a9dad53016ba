"""A third-party library that is loaded when it is first used.

Only for libraries that cost more than 30 ms to import (``[tool.toguna] loaded_by_name`` in pyproject.toml lists them with the modules
that may do so): a verb that never uses one never pays for it. The module imports the library for type checkers as usual.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Library:
    """Stands for a module by its name; the module is imported when an attribute is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        value = getattr(import_module(self._name), wanted)
        if not wanted.startswith("_"):
            setattr(self, wanted, value)
        return value


def library(name: str) -> Any:
    """The module of that name, not yet imported."""
    return Library(name)
