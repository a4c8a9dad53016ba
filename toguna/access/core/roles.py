"""Who may do what: `roles.csv` is the table, one line an act, one column a role. Pure.

A right is the dotted word of the act it allows. What a role may see is told by two of them, `internal.read` and `confidential.read`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

OWNER = "owner"

Sight = Literal["all", "categories", "count", "none"]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a person or a device, with its roles and where they hold."""

    name: str
    roles: tuple[str, ...]
    #: Acts only on what is this organisation's; none means any.
    organisation: str | None = None
    #: Acts only on what lies in these places, by p-code; none means anywhere.
    places: tuple[str, ...] = ()
    is_owner: bool = False


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is acted upon, as far as permission asks: whose it is, and the places it lies in with all their ancestors."""

    organisation: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rights:
    """The table: each act with what it does and the roles that may."""

    what: Mapping[str, str]
    by_act: Mapping[str, frozenset[str]] = field(repr=False)
    roles: tuple[str, ...]


@cache
def rights() -> Rights:
    with (Path(__file__).parent / "roles.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
        roles = tuple(name for name in reader.fieldnames or () if name not in ("act", "what"))
    by_act = {row["act"]: frozenset(role for role in roles if row[role] == "x") for row in rows}
    what = {row["act"]: row["what"] for row in rows}
    return Rights(what=MappingProxyType(what), by_act=MappingProxyType(by_act), roles=roles)


def permits(actor: Actor, act: str, subject: Subject | None = None) -> bool:
    """Whether the actor may do this, to this. Refuses (`ValueError`) a word that stands in no line of the table."""
    allowed = rights().by_act.get(act)
    if allowed is None:
        raise ValueError(f"{act!r} is no act of roles.csv: add its line")
    return not allowed.isdisjoint(actor.roles) and within_scope(actor, subject)


def within_scope(actor: Actor, subject: Subject | None) -> bool:
    """Whether the subject is the actor's organisation's and lies in its places. What has neither is in everybody's scope."""
    if subject is None or actor.is_owner:
        return True
    if actor.organisation and subject.organisation and actor.organisation != subject.organisation:
        return False
    return not (actor.places and subject.places and set(actor.places).isdisjoint(subject.places))


def sees(actor: Actor, sensitivity: str) -> Sight:
    """What the actor may see of values of this sensitivity (design, Sensitivity): all, categories alone, the number of rows, nothing.

    Strictly confidential values are nobody's to see here, the owner included. A sensitivity that is unknown is kept like the closest.
    """
    internal, confidential = permits(actor, "internal.read"), permits(actor, "confidential.read")
    match sensitivity:
        case "public":
            return "all"
        case "internal":
            return "all" if internal else "count"
        case "confidential":
            if confidential:
                return "all"
            return "categories" if internal else "count"
    return "count" if internal else "none"
