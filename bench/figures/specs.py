"""The hundred figures that every engine computes: what, over which months, of which rows, by what, as of when. Always the same."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from bench.figures.shape import FORMS, MONTHS, PARTNERS, STATUSES, TOPICS

Measure = Literal["count", "people", "amount", "distinct"]
By = Literal["", "region", "sex", "region,sex", "month"]
COUNTED, DISTINCT = 71, 29
WINDOWS = (1, 3, 12, 36)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One figure, or one table of figures. `where`: column and the values it may have."""

    name: str
    form: str
    first: str
    last: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    measure: Measure
    by: By
    #: Share of the journal that is known; None: all of it.
    known: float | None

    @property
    def period(self) -> str:
        return f"{self.first}..{self.last}"


def specs() -> list[Spec]:
    draw = Random("toguna")
    return [_spec(draw, number) for number in range(COUNTED + DISTINCT)]


def _spec(draw: Random, number: int) -> Spec:
    distinct = number >= COUNTED
    measure: Measure = "distinct" if distinct else draw.choice(("count", "people", "people", "amount"))
    sexed: tuple[By, ...] = ("sex", "region,sex") if measure == "people" else ()
    by = draw.choice(("", "", "region", "month", *sexed))
    window = draw.choice(WINDOWS)
    end = draw.randrange(window, len(MONTHS) + 1)
    where = [("topic", tuple(sorted(draw.sample(TOPICS, draw.randint(1, 3)))))]
    if draw.random() < 0.5:
        where.append(("status", (draw.choice(STATUSES[:3]),)))
    if draw.random() < 0.3:
        where.append(("partner", (draw.choice(PARTNERS),)))
    return Spec(
        name=f"figure_{number:03}",
        form=FORMS[number % len(FORMS)],
        first=MONTHS[end - window],
        last=MONTHS[end - 1],
        where=tuple(where),
        measure=measure,
        by=by,
        known=draw.choice((None, None, None, None, None, None, None, None, 0.8, 0.95)),
    )


def indicator_yaml(spec: Spec) -> str:
    """The spec as an indicator of ours."""
    where = " and ".join(f"{column} in ({', '.join(map(repr, values))})" for column, values in spec.where)
    measure = {
        "count": "count",
        "people": "sum women + men + girls + boys",
        "amount": "sum amount",
        "distinct": "distinct person",
    }[spec.measure]
    sex = "  disaggregate: {sex: {women: f, girls: f, men: m, boys: m}}\n" if spec.measure == "people" else ""
    unit = {"count": "visits", "amount": "packets"}.get(spec.measure, "persons")
    return (
        f"{spec.name}:\n  label: {{en: {spec.name}, fr: {spec.name}}}\n  definition: {{en: Measured., fr: Mesuré.}}\n"
        f"  unit: {unit}\n  basis: counted\n  kind: flow\n  from: {spec.form}\n  measure: {measure}\n"
        f'  where: "{where}"\n  date: on\n  place: site\n{sex}'
        + ("  persons: attendances\n" if spec.measure == "people" else "")
        + ("  persons: distinct\n" if spec.measure == "distinct" else "")
    )
