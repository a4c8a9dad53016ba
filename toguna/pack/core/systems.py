"""`systems.toml`: the kinds of work of an operation that leave records, each with its owner, its forms and what guards against its dangers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toguna.kernel.api import Place, Problem
from toguna.pack.core.generate.shape import Shaper
from toguna.pack.problems import TOML_BROKEN

#: Where the records of a system come from: others' documents, a partner's return, a list that the operation keeps, an agreed table, a
#: cleared note, a visit to the field, a reference table, the publication itself.
Origin = Literal["source", "return", "list", "table", "note", "visit", "reference", "publication"]

#: What no form, indicator or check guards, and which part of Toguna does; docs/packs.md says each in a sentence.
RULES: Mapping[str, str] = {
    "review": "A reviewer rejects the second with the reason `duplicate`; the figure moves at once, both stay readable.",
    "conflict": "Two updates of one version are kept as a conflict, soft or hard, which a person resolves.",
    "edition": "An issued edition is never changed: a correction is a new edition, restated, replaced or withdrawn.",
    "late": "What comes after the cut-off is named as late, and restates the next edition.",
    "versions": "A filled form of an older version is read by that version; an indicator reads both.",
}


@dataclass(frozen=True, kw_only=True)
class Danger:
    """What goes wrong in practice, and what catches it: ``form:F.Q``, ``indicator:I.KEY``, ``fault:ID``, ``table:T.COLUMN``, ``rule:NAME``."""

    what: str
    by: str


@dataclass(frozen=True, kw_only=True)
class System:
    """One kind of work."""

    id: str
    name: str
    owner: str
    comes_from: Origin
    sees: tuple[str, ...]
    printed: tuple[str, ...]
    wrong: tuple[Danger, ...]
    forms: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    #: Beside those of its forms.
    indicators: tuple[str, ...] = ()
    #: Rows of the partners' return that are its own.
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _File:
    systems: tuple[System, ...]


def parse_systems(text: str, file: str = "systems.toml") -> tuple[tuple[System, ...], tuple[Problem, ...]]:
    """The systems in their order, and every fault of the file itself."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (), (TOML_BROKEN.at(Place(file=file), reason=str(error)),)
    shaper = Shaper(file)
    found = shaper.read(_File, written)
    return (found.systems if found else ()), tuple(shaper.problems)


def read_systems(folder: Path) -> tuple[tuple[System, ...], tuple[Problem, ...]]:
    """The pack's systems; none where it does not list them."""
    path = folder / "systems.toml"
    return parse_systems(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else ((), ())
