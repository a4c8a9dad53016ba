"""``routes.csv``: every address, what is shown there, and the act of ``access/roles.csv`` that somebody needs to see it. Pure.

A view without a line cannot be reached; a line names what is asked of `access` before the view runs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from toguna.access.core.roles import rights

#: Nobody need sign in; any account may; or the word of an act.
PUBLIC, ANYBODY = "(public)", "(account)"
LogIn = Literal["no", "yes", "fresh"]
#: no-store: it may hold what is not everybody's. immutable: it never changes under this address.
Cache = Literal["no-store", "hour", "immutable"]
METHODS = ("GET", "POST")


@dataclass(frozen=True, kw_only=True)
class Route:
    """One line of the table."""

    #: As Django writes a path, without the first slash.
    path: str
    name: str
    #: Module and function below `toguna.web`, or a full dotted name of a library's view.
    view: str
    act: str
    #: Which part of the address names what is asked about, for acts that hold within a scope; none otherwise.
    subject: str
    methods: tuple[str, ...]
    log_in: LogIn
    cache: Cache
    #: Megabytes that a request may carry.
    most: float


@cache
def routes() -> tuple[Route, ...]:
    """The table."""
    with Path(__file__).parents[1].joinpath("routes.csv").open(encoding="utf-8", newline="") as file:
        return read_routes(csv.DictReader(file, strict=True))


def read_routes(rows: Iterable[dict[str, str]]) -> tuple[Route, ...]:
    """Lines of the table. Refuses (`ValueError`) one that names no act, no method or no way to keep a page."""
    found = tuple(_route(row) for row in rows)
    names = [one.name for one in found]
    if len(set(names)) != len(names) or len({one.path for one in found}) != len(found):
        raise ValueError("two lines of routes.csv have one name or one path")
    return found


def _route(row: dict[str, str]) -> Route:
    methods = tuple(row["methods"].split())
    act, log_in, kept = row["act"], row["log_in"], row["cache"]
    if act not in (PUBLIC, ANYBODY) and act not in rights().by_act:
        raise ValueError(f"{row['path']}: {act!r} is no act of roles.csv")
    if (act == PUBLIC) != (log_in == "no"):
        raise ValueError(f"{row['path']}: what is public needs no sign-in, and only that")
    if not methods or not set(methods) <= set(METHODS) or log_in not in get_args(LogIn) or kept not in get_args(Cache):
        raise ValueError(f"{row['path']}: methods, log_in or cache is none that we know")
    return Route(
        path=row["path"].removeprefix("/"),
        name=row["name"],
        view=row["view"],
        act=act,
        subject=row["subject"],
        methods=methods,
        log_in=log_in,  # type: ignore[arg-type]
        cache=kept,  # type: ignore[arg-type]
        most=float(row["most"] or 1),
    )
