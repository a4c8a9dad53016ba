"""Plain values (as TOML gives them) into frozen dataclasses, every fault with its path: what the classes declare is the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from toguna.kernel.api import Place, Problem
from toguna.pack.problems import PLAN_KEY_MISSING, PLAN_KEY_UNKNOWN, PLAN_VALUE

T = TypeVar("T")

_WORDS: Mapping[Any, tuple[str, str]] = {
    str: ("a text", "un texte"),
    int: ("a whole number", "un nombre entier"),
    float: ("a number", "un nombre"),
    datetime: ("a moment such as 2016-12-08T18:00", "un instant tel que 2016-12-08T18:00"),
}


class Shaper:
    """Reads one document; `problems` are every fault found so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def read(self, kind: type[T], value: Mapping[str, Any], path: str = "") -> T | None:
        """The dataclass; none when something of it is wrong, which `problems` then tells."""
        before = len(self.problems)
        hints = get_type_hints(kind)
        known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
        for key in value:
            if _attribute(key) not in known:
                self._tell(PLAN_KEY_UNKNOWN, key=_joined(path, key), known=", ".join(map(_key, known)))
        found: dict[str, Any] = {}
        for name, field in known.items():
            where = _joined(path, _key(name))
            if _key(name) in value:
                found[name] = self._value(hints[name], value[_key(name)], where)
            elif field.default is MISSING and field.default_factory is MISSING:
                self._tell(PLAN_KEY_MISSING, key=where)
        return kind(**found) if len(self.problems) == before else None

    def _tell(self, fault: Any, **details: object) -> None:
        self.problems.append(fault.at(Place(file=self.file), **details))

    def _value(self, kind: Any, value: Any, path: str) -> Any:
        origin = get_origin(kind)
        if origin in (Union, UnionType):
            return self._one_of([each for each in get_args(kind) if each is not type(None)], value, path)
        if origin is Literal:
            return value if value in get_args(kind) else self._wrong(", ".join(get_args(kind)), value, path)
        if origin is tuple and isinstance(value, list):
            item = get_args(kind)[0]
            return tuple(self._value(item, each, f"{path}[{at}]") for at, each in enumerate(value, 1))
        if origin is not None and isinstance(value, Mapping) and issubclass(origin, Mapping):
            return {key: self._value(get_args(kind)[1], each, f"{path}.{key}") for key, each in value.items()}
        if kind in (Any, object):
            return value
        if hasattr(kind, "__dataclass_fields__") and isinstance(value, Mapping):
            return self.read(kind, value, path)
        return self._plain(kind, value, path)

    def _one_of(self, kinds: list[Any], value: Any, path: str) -> Any:
        for kind in kinds:
            attempt = Shaper(self.file)
            found = attempt._value(kind, value, path)
            if not attempt.problems:
                return found
        return self._value(kinds[-1], value, path)

    def _plain(self, kind: Any, value: Any, path: str) -> Any:
        if kind is datetime and isinstance(value, str):
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                return self._wrong(kind, value, path)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if isinstance(kind, type) and type(value) is kind:
            return value
        return self._wrong(kind, value, path)

    def _wrong(self, kind: Any, value: Any, path: str) -> None:
        wanted = _WORDS.get(kind) or (
            (kind, kind) if isinstance(kind, str) else ("a list or table", "une liste ou table")
        )
        self._tell(PLAN_VALUE, key=path, value=str(value)[:60], wanted=wanted[0], wanted_fr=wanted[1])


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _key(name: str) -> str:
    """The key of an attribute: Python keeps some words for itself, so `from_` is `from`."""
    return name.rstrip("_")


def _attribute(key: str) -> str:
    return f"{key}_" if key in ("from", "in") else key
