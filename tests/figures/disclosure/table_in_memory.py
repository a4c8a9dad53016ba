"""A small sensitive table held in memory: incidents by month, region and kind, and the indicators over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.figures.world import column, form
from toguna.figures.core.catalogue import offered_form, sources_of
from toguna.figures.core.definition import UNKNOWN, Category, Indicator
from toguna.figures.core.disclosure.conditions import ROWS, PlaceRules, Scope
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.core.disclosure.space import Amount, RowKey
from toguna.figures.core.expressions import Expression, Read
from toguna.figures.core.expressions.evaluate import evaluate
from toguna.figures.core.reading import read_indicators
from toguna.figures.core.reference import parse_reference
from toguna.figures.core.tables import SourceTable
from toguna.figures.lake import form_tables
from toguna.kernel.api import parse_period

KINDS = ("theft", "extortion", "injury")
SCHEMA = form(
    "incident_table",
    [column("month", "date")],
    {
        "incident": [
            column("kind", "select_one", choice_list="kind"),
            column("region", "select_one", reference="places"),
            column("women", "integer", sensitivity="confidential"),
            column("men", "integer", sensitivity="confidential"),
        ]
    },
    day="month",
    kind=KINDS,
)
SOURCES = sources_of(offered_form([SCHEMA], form_tables([SCHEMA])))
_COMMON = "unit: incidents, basis: reported, kind: flow, from: incident_table/incident, date: ^month, place: region"
YAML = f"""
incidents: {{label: {{en: incidents, fr: incidents}}, {_COMMON}, measure: sum women + men,
  disaggregate: {{kind: kind, sex: {{women: f, men: m}}}}}}
thefts: {{label: {{en: thefts, fr: vols}}, {_COMMON}, measure: sum women + men, where: kind = 'theft'}}
regions: {{label: {{en: regions, fr: régions}}, {_COMMON}, measure: distinct place@1, disaggregate: {{kind: kind}}}}
kinds: {{label: {{en: kinds, fr: sortes}}, {_COMMON}, measure: distinct kind, disaggregate: {{kind: kind}}}}
theft_share: {{label: {{en: share, fr: part}}, kind: ratio, of: [thefts, incidents], unit: percent}}
growth: {{label: {{en: growth, fr: hausse}}, kind: change, of: [incidents], unit: percent}}
change: {{label: {{en: change, fr: évolution}}, kind: change, of: [incidents], unit: incidents}}
rate: {{label: {{en: rate, fr: taux}}, kind: ratio, of: [thefts, incidents], unit: per 1000 a day, per: 1000, a_day: true}}
others: {{label: {{en: others, fr: autres}}, kind: difference, of: [incidents, thefts], unit: incidents}}
"""
INDICATORS, _FAULTS = read_indicators({"test.yaml": YAML}, SOURCES, ("unhcr",))
assert not [fault for fault in _FAULTS if fault.is_error], _FAULTS
OWN = parse_period("2016-12")


@dataclass(frozen=True, kw_only=True)
class MemoryRecords:
    """Rows by act: each a dictionary of columns, with its month."""

    rows: Mapping[int, Sequence[Mapping[str, Any]]]
    every_region: Sequence[str] = ("ML06", "ML07")
    places: PlaceRules = field(
        default_factory=lambda: PlaceRules(
            lies_in=lambda code, places, _: code in places or "ML" in places,
            ancestor=lambda code, level, _: code if level == 1 else None,
        )
    )

    def table(self, name: str) -> SourceTable:
        found = SOURCES.table(name)
        assert found is not None
        return found

    def row_amounts(
        self, indicator: Indicator, terms: Sequence[Expression], columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[Expression, Mapping[RowKey, Amount]]:
        return {term: self._amounts(term, columns, at) for term in terms}

    def _amounts(self, term: Expression, columns: Mapping[str, Read | Category], at: int) -> dict[RowKey, Amount]:
        found: dict[RowKey, Amount] = {}
        for row in self.rows[at]:
            value = 1 if term == ROWS else evaluate(term, lambda read, row=row: row[read.written])
            key = (tuple(str(row.get(name, UNKNOWN)) for name in columns), row["^month"])
            before = found.get(key, Amount(value=0, rows=0))
            found[key] = Amount(value=before.value + (value or 0), rows=before.rows + 1)
        return found

    def own_amounts(
        self, indicator: Indicator, scope: Scope, columns: Mapping[str, Read | Category], at: int
    ) -> Mapping[RowKey, Amount]:
        raise NotImplementedError

    def last_change(self, table: str, at: int) -> int:
        return at

    def regions(self, day: date) -> Sequence[str]:
        return self.every_region


def row(region: str, kind: str, women: int, men: int = 0, month: date = date(2016, 12, 1)) -> dict[str, Any]:
    return {"region": region, "kind": kind, "women": women, "men": men, "^month": month}


def printed(
    reference: str, value: Any, *, at: int = 1, edition: str = "", listed: tuple[str, ...] | None = None
) -> PrintedFigure:
    """A print of a reference; `value` may be the two bounds between which a reader knows it."""
    parsed, problems = parse_reference(reference)
    assert parsed is not None, problems
    low, high = value if isinstance(value, tuple) else (value, value)
    return PrintedFigure(
        reference=reference,
        indicator=parsed.indicator,
        period=parsed.resolved_period(OWN),
        places=parsed.place,
        categories=parsed.categories,
        at=at,
        low=Decimal(str(low)),
        high=Decimal(str(high)),
        listed=listed,
        edition=edition,
    )


def audit(records: MemoryRecords, *prints: PrintedFigure, threshold: int = 5) -> JointAudit:
    return JointAudit(prints, INDICATORS, lambda one: threshold if one.sensitivity == "confidential" else 1, records)
