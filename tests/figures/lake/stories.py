"""Records in memory, with a past: submissions that come, are corrected and rejected, act by act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from toguna.collect.core.schema import Column, Schema, Table
from toguna.figures.lake import Interval, LakeTable, form_tables

RECEIVED = datetime(2017, 1, 2, 9, 0, tzinfo=UTC)


def schema(*columns: Column, repeat: Sequence[Column] = (), version: str = "1") -> Schema:
    tables = [Table(name="", columns=columns)]
    if repeat:
        tables.append(Table(name="people", path=("people",), parent="", columns=tuple(repeat)))
    return Schema(
        form_id="visit",
        version=version,
        title={"en": "Visit"},
        languages=("en",),
        default_language="en",
        tables=tuple(tables),
        date_column="on",
    )


def column(name: str, kind: str, **more: Any) -> Column:
    return Column(name=name, type=kind, path=(name,), **{"sensitivity": "internal", **more})  # type: ignore[arg-type]


VISIT = schema(
    column("on", "date"),
    column("site", "select_one", reference="places"),
    column("users", "integer"),
    column("cost", "decimal"),
    repeat=[column("sex", "select_one"), column("born", "date", birth=True)],
)


@dataclass
class MemoryFeed:
    """A feed over a list of acts: (lineage, instance, happened, rows) makes a version, None rows end the newest."""

    schemas: tuple[Schema, ...] = (VISIT,)
    acts: list[tuple[str, date | None, dict[str, list[dict[str, Any]]] | None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.schemas[0].form_id

    def tables(self) -> Sequence[LakeTable]:
        return form_tables(self.schemas)

    def record(self, lineage: str, happened: date | None, rows: dict[str, list[dict[str, Any]]] | None) -> int:
        self.acts.append((lineage, happened, rows))
        return len(self.acts)

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        names = dict.fromkeys(lineage for lineage, _, _ in self.acts[after:until])
        for name in names:
            yield name, tuple(self._intervals(name, until))

    def _intervals(self, name: str, until: int) -> Iterator[Interval]:
        own = [(at, act) for at, act in enumerate(self.acts[:until], 1) if act[0] == name]
        for index, (at, (_, happened, rows)) in enumerate(own):
            if rows is not None:
                yield Interval(
                    seq_from=at,
                    seq_to=own[index + 1][0] if index + 1 < len(own) else None,
                    happened=happened,
                    rows=rows,
                    system={
                        "_instance_id": f"{name}-{at}",
                        "_version": index + 1,
                        "_form_version": "1",
                        "_received_at": RECEIVED,
                        "_state": "received",
                    },
                )


def visit(on: date, site: str = "ML07", users: int | None = 1, people: int = 0) -> dict[str, list[dict[str, Any]]]:
    head = {"_row": "", "on": on, "site": site, "users": users, "cost": Decimal("1.50")}
    born = [
        {"_row": str(n), "_parent_row": "", "sex": "f" if n % 2 else "m", "born": date(1990, 5, 17)}
        for n in range(people)
    ]
    return {"": [head], "people": born} if people else {"": [head]}


def drawn(seed: int, acts: int, lineages: int = 40) -> MemoryFeed:
    """A feed of random acts, always the same for a seed."""
    draw = Random(seed)
    feed = MemoryFeed()
    for _ in range(acts):
        on = date(2016, draw.randint(1, 12), draw.randint(1, 28))
        rows = (
            None
            if draw.random() < 0.15
            else visit(on, draw.choice(("ML07", "ML06")), draw.randint(0, 9), draw.randint(0, 3))
        )
        feed.record(f"l{draw.randrange(lineages)}", on, rows)
    return feed
