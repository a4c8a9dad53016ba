"""Column paths: ``status``, ``holder.population`` over a reference, ``^exercise.year`` from a repeat's parent (grammar 3)."""

from __future__ import annotations

import re

from toguna.collect.core.forms.nearest import did_you_mean
from toguna.figures.core.expressions.tree import Hop, Read
from toguna.figures.core.tables import PLACES, Sources, SourceTable
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Place, Problem

_PATH = re.compile(r"(\^*)([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)")
_LONGEST = 5


def parse_path(text: str, table: SourceTable, sources: Sources, at: Place) -> tuple[Read | None, list[Problem]]:
    """The column read, or the one fault that stops it."""
    match = _PATH.fullmatch(text)
    if match is None or len(text) > 200:
        return None, [FAULTS["path_wrong"].at(at, near=text[:80])]
    steps = match[2].split(".")
    if len(steps) > _LONGEST:
        return None, [FAULTS["path_wrong"].at(at, near=text[:80])]
    standing = table
    for _ in match[1]:
        above = sources.table(standing.parent) if standing.parent is not None else None
        if above is None:
            return None, [FAULTS["path_no_parent"].at(at, near=text, table=standing.name)]
        standing = above
    return _follow(text, len(match[1]), steps, standing, sources, at)


def _follow(
    text: str, up: int, steps: list[str], table: SourceTable, sources: Sources, at: Place
) -> tuple[Read | None, list[Problem]]:
    hops: list[Hop] = []
    for index, step in enumerate(steps):
        column = table.column(step)
        if column is None:
            return None, [unknown_column(step, table, sources, at)]
        if index == len(steps) - 1:
            if column.type is None:
                types = ", ".join(stored.type for stored in column.stored)
                return None, [FAULTS["column_not_readable"].at(at, near=text, types=types)]
            return Read(up=up, hops=tuple(hops), column=column, table=table.name), []
        following = sources.table(column.reference) if column.reference not in (None, PLACES) else None
        if following is None:
            return None, [FAULTS["path_no_reference"].at(at, near=step, table=table.name, path=text)]
        hops.append(Hop(column=column, to=following.name))
        table = following
    raise AssertionError("a path has a step")


def unknown_column(name: str, table: SourceTable, sources: Sources, at: Place) -> Problem:
    """No such column: the nearest name, and which other tables could give it."""
    able = [other for other in sources.names() if other != table.name and _has(sources.table(other), name)]
    near = did_you_mean(
        name,
        table.columns,
        (f"It has {', '.join(sorted(table.columns)[:15])}.", f"Elle a {', '.join(sorted(table.columns)[:15])}."),
    )
    if able:
        return FAULTS["column_elsewhere"].at(at, column=name, table=table.name, able=", ".join(able), **near)
    return FAULTS["column_unknown"].at(at, column=name, table=table.name, **near)


def _has(table: SourceTable | None, name: str) -> bool:
    return table is not None and name in table.columns
