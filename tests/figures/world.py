"""A small world in memory: forms, an entity list and a reference table with a past, their lake, and figures asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from toguna.access.api import Actor
from toguna.collect.core.schema import Choice, Column, Schema, Table
from toguna.figures.calculate import Calculator, Surroundings
from toguna.figures.context import Context
from toguna.figures.core.catalogue import Offered, offered_form
from toguna.figures.core.figure import AsOf, Figure
from toguna.figures.core.lake_shape import list_table, reference_table
from toguna.figures.core.plan.ask import Setting
from toguna.figures.core.reading import read_indicators
from toguna.figures.engine import Engine, catalogue_of
from toguna.figures.lake import Cell, Interval, Lake, LakeTable, form_tables
from toguna.instance.api import Bracket, Rate
from toguna.kernel.api import parse_period
from toguna.places.api import Place, spans, tree_on

OWNER = Actor(name="owner", roles=("owner",), is_owner=True)
SECRET = b"w" * 32
BRACKETS = {
    "unhcr": tuple(Bracket(min_age=a, max_age=b) for a, b in ((0, 4), (5, 11), (12, 17), (18, 59), (60, None))),
    "children": (Bracket(min_age=0, max_age=17), Bracket(min_age=18)),
}
RATES = (
    Rate(source="XOF", target="USD", rate=Decimal("0.002"), on=date(2016, 1, 1)),
    Rate(source="XOF", target="USD", rate=Decimal("0.001"), on=date(2016, 12, 1)),
)


def place(code: str, level: int, parent: str | None, since: date | None = None, until: date | None = None) -> Place:
    return Place(
        code=code,
        slug=code.lower(),
        name={"en": code, "fr": code},
        level=level,
        parent=parent,
        valid_from=since,
        valid_to=until,
    )


#: Menaka was part of Gao until a law made it a region.
LAW = date(2016, 1, 19)
PLACES = (
    place("ML", 0, None),
    place("ML07", 1, "ML"),
    place("ML06", 1, "ML"),
    place("ML09", 2, "ML07", None, LAW - timedelta(days=1)),
    place("ML09", 1, "ML", LAW),
    place("ML0701", 4, "ML07"),
    place("ML0601", 4, "ML06"),
    place("ML0901", 4, "ML09"),
)
SITES = ("ML0701", "ML0601", "ML0901")


def column(name: str, kind: str, **more: Any) -> Column:
    return Column(name=name, type=kind, path=(name,), **{"sensitivity": "internal", **more})  # type: ignore[arg-type]


def choices(**lists: Sequence[str]) -> dict[str, tuple[Choice, ...]]:
    return {name: tuple(Choice(name=item) for item in items) for name, items in lists.items()}


def form(
    form_id: str,
    columns: Sequence[Column],
    repeats: Mapping[str, Sequence[Column]] | None = None,
    *,
    day: str | None = None,
    version: str = "1",
    **lists: Sequence[str],
) -> Schema:
    tables = [Table(name="", columns=tuple(columns))]
    tables += [Table(name=name, path=(name,), parent="", columns=tuple(own)) for name, own in (repeats or {}).items()]
    return Schema(
        form_id=form_id,
        version=version,
        title={"en": form_id},
        languages=("en",),
        default_language="en",
        tables=tuple(tables),
        choices=choices(**lists),
        date_column=day,
    )


@dataclass(kw_only=True)
class Journal:
    """Acts, of which only the number matters."""

    last: int = 0

    def act(self) -> int:
        self.last += 1
        return self.last


@dataclass(kw_only=True)
class StoryFeed:
    """Lineages of intervals, each begun and ended by acts of one journal."""

    name: str
    journal: Journal
    shapes: Sequence[LakeTable]
    offers: Sequence[Offered]
    lineages: dict[str, list[Interval]] = field(default_factory=dict)

    def tables(self) -> Sequence[LakeTable]:
        return self.shapes

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        for name, intervals in self.lineages.items():
            marks = {one.seq_from for one in intervals} | {one.seq_to for one in intervals if one.seq_to}
            if any(after < mark <= until for mark in marks):
                yield name, intervals

    def say(
        self, lineage: str, happened: date | None, rows: Mapping[str, Sequence[Mapping[str, Any]]], **system: Any
    ) -> int:
        """A version; it ends the one before it."""
        sequence = self.stop(lineage)
        self._add(lineage, sequence, happened, rows, system)
        return sequence

    def also(
        self, lineage: str, happened: date | None, rows: Mapping[str, Sequence[Mapping[str, Any]]], **system: Any
    ) -> int:
        """A further version that leaves those before it: of an entity."""
        sequence = self.journal.act()
        self._add(lineage, sequence, happened, rows, system)
        return sequence

    def stop(self, lineage: str) -> int:
        """The newest version no longer counts."""
        sequence = self.journal.act()
        own = self.lineages.setdefault(lineage, [])
        if own and own[-1].seq_to is None:
            last = own.pop()
            own.append(
                Interval(
                    seq_from=last.seq_from,
                    seq_to=sequence,
                    happened=last.happened,
                    rows=last.rows,
                    system=last.system,
                )
            )
        return sequence

    def _add(
        self, lineage: str, sequence: int, happened: date | None, rows: Mapping[str, Any], system: Mapping[str, Any]
    ) -> None:
        own = self.lineages.setdefault(lineage, [])
        number = len(own) + 1
        told = {
            "_instance_id": f"{lineage}/{number}",
            "_version": number,
            "_form_version": "1",
            "_received_at": datetime(2017, 1, 1, tzinfo=UTC) + timedelta(minutes=sequence),
            "_state": "received",
            "_entity": lineage,
            "_label": lineage,
        }
        own.append(Interval(seq_from=sequence, seq_to=None, happened=happened, rows=rows, system={**told, **system}))


class World:
    """Feeds, one journal, one lake."""

    def __init__(self, folder: Path, setting: Setting | None = None, places: Sequence[Place] = PLACES) -> None:
        self.journal = Journal()
        self.feeds: dict[str, StoryFeed] = {}
        self.lake = Lake(folder / "lake", SECRET)
        self.setting = setting or Setting(zone="Africa/Bamako", brackets=BRACKETS, rates=RATES)
        self.places = places
        self.dates: dict[str, str | None] = {}
        self.cell: Cell | None = None

    def form(self, *schemas: Schema) -> StoryFeed:
        shapes = form_tables(schemas)
        name = schemas[0].form_id
        self.dates[name] = schemas[-1].date_column
        return self._feed(name, shapes, offered_form(schemas, shapes))

    def entities(self, name: str, columns: Sequence[Column]) -> StoryFeed:
        """A list whose every property is saved to by a form that asks it so."""
        saver = [Column(**{**vars(one), "saveto": one.name, "saveto_list": name}) for one in columns]
        schema = form(f"{name}_form", saver)
        shape = list_table(name, [schema], {one.name: one.type for one in columns})
        return self._feed(name, [shape], [Offered(name=name, kind="entities", table=shape)])

    def reference(
        self, name: str, types: Mapping[str, Any], refers: Mapping[str, str | None] | None = None
    ) -> StoryFeed:
        shape = reference_table(name, types, refers)
        return self._feed(name, [shape], [Offered(name=name, kind="reference", table=shape, key=next(iter(types)))])

    def _feed(self, name: str, shapes: Sequence[LakeTable], offers: Sequence[Offered]) -> StoryFeed:
        feed = StoryFeed(name=name, journal=self.journal, shapes=shapes, offers=offers)
        self.feeds[name] = feed
        return feed

    def around(self, yaml: str) -> Surroundings:
        """The lake brought up to date, the indicators read; a fault in them fails the test."""
        self.lake.sync(list(self.feeds.values()), self.journal.last)
        offered = [offer for feed in self.feeds.values() for offer in feed.offers]
        catalogue = catalogue_of(offered, self.dates)
        indicators, problems = read_indicators({"test.yaml": yaml}, catalogue.sources, tuple(BRACKETS))
        assert not [problem for problem in problems if problem.is_error], "\n".join(p.written() for p in problems)
        if self.cell is None:
            self.cell = Cell(self.lake.folder, memory="1GB", threads=1)
        rows = [tuple(vars(span).values()) for span in spans(self.places)]
        engine = Engine(self.lake, self.cell, catalogue, self.setting, rows)
        return Surroundings(
            engine=engine,
            indicators=indicators,
            root="ML",
            tree=lambda day: tree_on(self.places, day),
            until=self.journal.last,
            as_of=int,
            known=lambda sequence: AsOf(sequence=sequence, head="", time=None),
        )

    def calculator(self, yaml: str, period: str = "2016-12", **context: Any) -> Calculator:
        own = Context(period=parse_period(period), actor=OWNER, **context)
        return Calculator(self.around(yaml), own)


def value(calculator: Calculator, reference: str) -> Any:
    """A figure's value when it has one, else its state."""
    figure, problems = calculator.figure(reference)
    assert figure is not None, "\n".join(problem.written() for problem in problems)
    return told(figure)


def told(figure: Figure) -> Any:
    return figure.value if figure.status == "value" else figure.status


def row(**values: Any) -> dict[str, Any]:
    return {"_row": "", "_parent_row": None, **values}


def below(number: int, **values: Any) -> dict[str, Any]:
    return {"_row": str(number), "_parent_row": "", **values}
