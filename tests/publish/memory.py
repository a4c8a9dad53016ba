"""Figures held in memory, from tests/publish/pack/figures.yaml: what the compiler's tests ask instead of the room `figures`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml
from num2words import num2words

from toguna.kernel.api import Catalogue, Language, Period, digest, parse_period
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.build import Desk
from toguna.publish.core.figure_source import Answer, Asked, Cells, Disclosed, Fact, Meaning, SourceLine
from toguna.publish.core.references import split_show
from toguna.publish.surroundings import read_surroundings
from toguna.revisions.api import FolderFiles

PACK = Path(__file__).parent / "pack"
FAULTS = Catalogue("memory")
UNKNOWN = FAULTS.error(
    "unknown",
    "There is no indicator {reference!r}.",
    "Write one that exists.",
)


class MemoryFigures:
    """Answers from a table of values. Keys are references without period; ``@2016-11`` after one gives another period's value."""

    def __init__(self, table: Mapping[str, Any] | None = None) -> None:
        read: dict[str, Any] = yaml.safe_load((PACK / "figures.yaml").read_text(encoding="utf-8"))
        self.indicators: dict[str, Any] = read["indicators"]
        self.sources: dict[str, Any] = read["sources"]
        self.places: dict[str, Any] = {code: ByLanguage(names) for code, names in read["places"].items()}
        self.values: dict[str, Any] = {**read["values"], **(table or {})}
        self.given_away: list[dict[str, Any]] = read.get("given_away", [])
        #: Indicators that no publication plan lets be printed.
        self.outside_plan: set[str] = set()
        self.asked = 0
        self.kept: dict[str, list[str]] = {}

    def facts(self, references: Sequence[str], asked: Asked) -> Answer:
        self.asked += 1
        found = [self._fact(split_show(reference).reference, asked) for reference in references]
        problems = [
            UNKNOWN.at(reference=reference) if fact is None else None
            for reference, fact in zip(references, found, strict=True)
        ]
        return Answer(facts=tuple(found), problems=tuple(problems))

    def cells(self, reference: str, by: Sequence[str], asked: Asked) -> Cells:
        key = by[0].partition("@")[0]
        rows = []
        for written in self.values:
            name, _, keys = written.partition("?")
            if name == reference and keys.startswith(f"{key}=") and "&" not in keys:
                fact = self._fact(written, asked)
                code = keys.partition("=")[2]
                label = self.places[code][asked.language] if key == "place" else code
                assert fact is not None
                rows.append(((label,), (code,), fact))
        total = self._fact(reference, asked)
        assert total is not None
        return Cells(by=(by[0],), rows=tuple(rows), total=total, title=total.label[asked.language])

    def meaning(self, indicator: str) -> Meaning | None:
        spec = self.indicators.get(indicator)
        if spec is None:
            return None
        return Meaning(
            id=indicator,
            kind=spec.get("kind", "flow"),
            of=tuple(spec.get("of", ())),
            partitions={key: tuple(values) for key, values in spec.get("partitions", {}).items()},
            adds=spec.get("adds", True),
            persons=spec.get("unit") == "persons",
            categories=tuple(spec.get("partitions", {})),
        )

    def labels(self) -> Mapping[str, Mapping[Language, str]]:
        return {name: _labels(spec) for name, spec in self.indicators.items()}

    def within_plan(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Fact, ...]:
        """Everything may be printed, but for what the table of values calls outside the plan."""
        return tuple(
            replace(fact, value=None, status="withheld", is_outside_plan=True)
            if fact.indicator in self.outside_plan
            else fact
            for fact, _ in printed
        )

    def disclosed(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Disclosed, ...]:
        """What the table of values itself calls given away."""
        known = {fact.reference.partition("period=")[0].rstrip("?&") for fact, _ in printed if fact.value is not None}
        return tuple(
            Disclosed(
                cell={"en": one["cell"], "fr": one["cell"]},
                references=tuple(fact.reference for fact, _ in printed if fact.indicator == one["indicator"]),
                editions=tuple(one.get("editions", ())),
                cure={"en": "Leave one out.", "fr": "Retirez-en un."},
            )
            for one in self.given_away
            if set(one["by"]) <= known
        )

    def keep_printed(self, printed: Sequence[tuple[Fact, str]], edition: str) -> str:
        self.kept[edition] = [fact.reference for fact, _ in printed]
        return digest([])

    def shown(self, fact: Fact, language: Language, show: str) -> str:
        value = fact.value
        if value is None:
            return ""
        if show == "words":
            return str(num2words(int(value), lang=language))
        if show == "about":
            return ("about " if language == "en" else "environ ") + self.shown(fact, language, "number")
        if show.startswith("digits="):
            value = round(value / 10 ** -int(show[7:])) * Decimal(10) ** -int(show[7:])
        if show == "percent":
            return f"{value.quantize(Decimal(1), ROUND_HALF_UP)}" + ("%" if language == "en" else " %")
        if show == "million":
            return (
                f"{(value / 10**6).quantize(Decimal('0.1'), ROUND_HALF_UP):f}".replace(
                    ".", "." if language == "en" else ","
                )
                + " million"
                + ("s" if language == "fr" else "")
            )
        return f"{value:,.0f}".replace(",", "," if language == "en" else "\u202f")

    def _fact(self, reference: str, asked: Asked) -> Fact | None:
        name, _, keys = reference.partition("?")
        pairs = dict(pair.split("=") for pair in keys.split("&") if pair)
        period = parse_period(pairs.pop("period"), asked.period) if "period" in pairs else asked.period
        spec = self.indicators.get(name)
        rest = "&".join(f"{key}={value}" for key, value in sorted(pairs.items()))
        plain = name + (f"?{rest}" if rest else "")
        value = self.values.get(f"{plain}@{period.written()}", self.values.get(plain))
        if spec is None or value is None:
            return None
        place = pairs.pop("place", None)
        return self._made(name, spec, value, pairs, place or asked.place, period, plain)

    def _made(
        self, name: str, spec: Any, value: Any, categories: dict[str, str], place: str, period: Period, plain: str
    ) -> Fact:
        status = value if isinstance(value, str) else "value"
        source = categories.get("source") or spec.get("source")
        lines = [SourceLine(id=source, **self.sources[source])] if source else []
        label = _labels(spec)
        mark = "&" if "?" in plain else "?"
        return Fact(
            reference=f"{plain}{mark}period={period.written()}",
            indicator=name,
            label=label,
            period=period,
            place=place,
            within=("ML",) if place != "ML" else (),
            place_name=self.places.get(place, ByLanguage({"en": "", "fr": ""})),
            categories=categories,
            value=None if isinstance(value, str) else Decimal(str(value)),
            status=status,  # type: ignore[arg-type]
            unit=spec.get("unit", "persons"),
            basis=spec.get("basis", "counted"),
            owner_hedge=spec.get("owner_hedge"),
            provisional=spec.get("provisional", False),
            is_sensitive=spec.get("sensitive", False),
            sources=tuple(lines),
            definition=f"digest of {name}",
            missing=tuple(spec.get("missing", ())),
        )


def desk(folder: Path, figures: MemoryFigures | None = None, pack: Path = PACK) -> Desk:
    """The example pack on a desk; the map's polygons are Mali's."""
    around = read_surroundings(FolderFiles(pack), folder / "kept")
    shapes = json.loads(POLYGONS.read_text(encoding="utf-8"))
    return Desk(
        figures=figures or MemoryFigures(), around=replace(around, shapes=shapes), kept=folder / "kept", today=TODAY
    )


def _labels(spec: Mapping[str, Any]) -> ByLanguage[str]:
    return ByLanguage({language: spec[language] for language in ("en", "fr", "es") if language in spec})


POLYGONS = Path(__file__).parents[2] / "vendor" / "mali-polygons" / "mali.geojson"
TODAY = date(2017, 1, 12)
