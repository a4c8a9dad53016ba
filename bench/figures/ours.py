"""The hundred figures as Toguna computes them: references in, figures and tables of figures out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.figures.peers import Results, Values
from bench.figures.shape import FORMS, REGIONS, SITES, schema, table_of
from bench.figures.specs import Spec, indicator_yaml
from toguna.access.api import Actor
from toguna.figures.calculate import Calculator, Surroundings
from toguna.figures.context import Context, FigureTable
from toguna.figures.core.catalogue import offered_form
from toguna.figures.core.figure import AsOf, Figure
from toguna.figures.core.plan.ask import Setting
from toguna.figures.core.reading import read_indicators
from toguna.figures.engine import Engine, catalogue_of
from toguna.figures.lake import Cell, Interval, Lake
from toguna.figures.lake.writing import Writing
from toguna.kernel.api import parse_period
from toguna.places.api import Place, spans, tree_on

_OWNER = Actor(name="owner", roles=("owner",), is_owner=True)
_SECRET = b"b" * 32


def _place(code: str, level: int, parent: str | None) -> Place:
    return Place(code=code, slug=code.lower(), name={"en": code}, level=level, parent=parent)


PLACES = (
    _place("ML", 0, None),
    *(_place(region, 1, "ML") for region in REGIONS),
    *(_place(site, 4, site[:4]) for site in SITES),
)


def calculator(lake: Lake, specs: Sequence[Spec], last: int, cache: Path | None, *, cubes: bool) -> Calculator:
    """A process that has just opened the lake and read the definitions."""
    offered = [offer for form in FORMS for offer in offered_form([schema(form)], [table_of(form)])]
    catalogue = catalogue_of(offered, dict.fromkeys(FORMS, "on"))
    indicators, problems = read_indicators({"bench.yaml": "".join(map(indicator_yaml, specs))}, catalogue.sources)
    assert not problems, problems[0].written()
    lines = [
        (one.code, one.level, one.ancestor, one.ancestor_level, one.valid_from, one.valid_to) for one in spans(PLACES)
    ]
    engine = Engine(Lake(lake.folder, _SECRET), Cell(lake.folder), catalogue, Setting(), lines)
    if cubes:
        engine.use_cubes(indicators.values(), cache)
    tree = tree_on(PLACES, date(2016, 12, 31))
    around = Surroundings(
        engine=engine,
        indicators=indicators,
        root="ML",
        tree=lambda day: tree,
        until=last,
        as_of=int,
        known=lambda sequence: AsOf(sequence=sequence, head="", time=None),
    )
    return Calculator(around, Context(period=parse_period("2016-12"), actor=_OWNER))


def figures(calculator: Calculator, specs: Sequence[Spec], last: int) -> list[Figure | FigureTable]:
    """What is timed."""
    found: list[Figure | FigureTable] = []
    for spec in specs:
        at = "" if spec.known is None else f"&as_of={int(spec.known * last)}"
        reference = f"{spec.name}?period={spec.period}{at}"
        if spec.by:
            found.append(calculator.table(reference, spec.by.split(",")))
        else:
            figure, problems = calculator.figure(reference)
            assert figure is not None, problems[0].written()
            found.append(figure)
    return found


def results(found: Sequence[Figure | FigureTable], specs: Sequence[Spec]) -> Results:
    """In the form in which the peers' results stand."""
    return {spec.name: _values(one, spec) for one, spec in zip(found, specs, strict=True)}


def _values(found: Figure | FigureTable, spec: Spec) -> Values:
    if isinstance(found, Figure):
        return {(): int(found.value)} if found.value else {}
    names = {"region": "place", "sex": "sex", "month": "month"}
    rows: Values = {}
    for cell, figure in found.rows:
        if figure.value:
            rows[tuple(cell[names[by]] for by in spec.by.split(","))] = int(figure.value)
    return rows


def submit(lake: Lake, form: str, last: int) -> int:
    """One new submission through the lake's writer, as a sync does for the form that was touched; the act that it is."""
    until = last + 1
    on = date(2016, 12, 15)
    values: dict[str, Any] = {
        "_row": "",
        "on": on,
        "site": SITES[7],
        "partner": "partner_00",
        "topic": "topic_00",
        "status": "done",
        **dict.fromkeys(("women", "men", "girls", "boys"), 1),
        "amount": 1000,
        "person": f"new-{until}",
    }
    system = {
        "_instance_id": f"new-{until}",
        "_version": 1,
        "_form_version": "1",
        "_received_at": datetime(2017, 1, 5, tzinfo=UTC),
        "_state": "received",
    }
    interval = Interval(seq_from=until, seq_to=None, happened=on, rows={"": [values]}, system=system)
    writing = Writing(lake.folder / form, table_of(form), last, until, _SECRET)
    writing.take(f"new-{until}", [interval])
    writing.finish()
    return until
