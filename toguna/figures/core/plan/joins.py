"""The tables that a query's columns stand in: the row's own, those above it, those that references name.

A reference is followed to the row known at the figure's act: of an entity its newest version, of a reference table the row of that key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from toguna.figures.core.expressions.sql import literal_sql, quoted, read_sql
from toguna.figures.core.expressions.tree import Hop, Read
from toguna.figures.core.plan.views import View
from toguna.figures.core.tables import SourceColumn, Sources, SourceTable

#: The alias of the rows that a query counts.
OWN = "r"


@dataclass(kw_only=True)
class Joins:
    """Collects, as expressions are written, the joins that they need. Aliases are in the order of need: the text is stable."""

    table: SourceTable
    sources: Sources
    zone: str
    views: list[View] = field(default_factory=list)
    _clauses: list[str] = field(default_factory=list)
    _aliases: dict[tuple[int, tuple[str, ...]], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._use(View(table=self.table.lake))

    def alias(self, read: Read) -> str:
        """The alias of the table that the read's column stands in; joins it when it is new."""
        return self._reach(read.up, read.hops)

    def column(self, read: Read) -> str:
        """The read as SQL."""
        return read_sql(read, self.alias, self.zone)

    def rolled(self, read: Read, level: int, on: date) -> str:
        """The place of this level in which the read's place lies on that day, as SQL; null where there is none."""
        key = (read.up, (*(hop.column.name for hop in read.hops), read.column.name, str(level)))
        if key not in self._aliases:
            code, alias = self.column(read), f"p{len(self._clauses) + 1}"
            self._clauses.append(
                f"LEFT JOIN places AS {alias} ON {alias}.code = {code} AND {alias}.ancestor_level = {level} "
                f"AND {holding(on, alias)}"
            )
            self._aliases[key] = alias
        return f"{self._aliases[key]}.ancestor"

    def sql(self) -> str:
        """``FROM`` and its joins."""
        return "\n".join([f"FROM {quoted(self.table.lake)} AS {OWN}", *self._clauses])

    def _reach(self, up: int, hops: tuple[Hop, ...]) -> str:
        key = (up, tuple(hop.column.name for hop in hops))
        if key not in self._aliases:
            self._aliases[key] = self._hop(up, hops) if hops else self._climb(up)
        return self._aliases[key]

    def _climb(self, up: int) -> str:
        if up == 0:
            return OWN
        below, above, alias = self._reach(up - 1, ()), self._above(up), f"u{up}"
        self._use(View(table=above.lake))
        self._clauses.append(
            f"JOIN {quoted(above.lake)} AS {alias} ON {alias}._lineage = {below}._lineage "
            f"AND {alias}._instance_id = {below}._instance_id AND {alias}._row = {below}._parent_row"
        )
        return alias

    def _hop(self, up: int, hops: tuple[Hop, ...]) -> str:
        last = hops[-1]
        standing = self._standing(up, hops[:-1])
        from_ = Read(up=up, hops=hops[:-1], column=last.column, table=standing.name)
        key = self.column(from_)
        alias = f"h{len(self._clauses) + 1}"
        to = self._table(last.to)
        view = View(table=to.lake, newest=to.kind == "entities")
        self._use(view)
        own = "_entity" if to.kind == "entities" else quoted(to.key or "")
        self._clauses.append(f"LEFT JOIN {quoted(view.name)} AS {alias} ON {alias}.{own} = {key}")
        return alias

    def _standing(self, up: int, hops: tuple[Hop, ...]) -> SourceTable:
        return self._table(hops[-1].to) if hops else self._above(up)

    def _above(self, up: int) -> SourceTable:
        table = self.table
        for _ in range(up):
            table = self._table(table.parent or "")
        return table

    def _table(self, name: str) -> SourceTable:
        found = self.sources.table(name)
        if found is None:
            raise KeyError(f"no table {name!r}: the definition was not checked against these sources")
        return found

    def _use(self, view: View) -> None:
        if view not in self.views:
            self.views.append(view)


def holding(on: date, alias: str) -> str:
    """The condition that a line of the place tree holds on that day."""
    day, start, end = literal_sql(on), f"{alias}.valid_from", f"{alias}.valid_to"
    return f"({start} IS NULL OR {start} <= {day}) AND ({end} IS NULL OR {end} >= {day})"


def own(column: SourceColumn, table: SourceTable) -> Read:
    """The read of a column of the row itself."""
    return Read(column=column, table=table.name)
