"""All indicators of an operation, read together: those made of others are checked last, in their order of need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toguna.collect.core.schema import highest
from toguna.figures.core.adding import may_sum
from toguna.figures.core.definition import BASES, DERIVED, KINDS, PERSONS, Basis, Indicator, Kind
from toguna.figures.core.disclosure.suppression import threshold_of
from toguna.figures.core.expressions import Expression, parse_expression
from toguna.figures.core.reading import parts, rules
from toguna.figures.core.reading.fields import Reader
from toguna.figures.core.reading.nodes import Fields, as_plain, read_nodes
from toguna.figures.core.tables import Sources, SourceTable, root_of
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Problem, digest, errors, is_slug
from toguna.kernel.core.likeness import did_you_mean
from toguna.kernel.core.periods import GRAINS, Grain

_COMMON = ("label", "short", "icon", "definition", "unit", "basis", "kind", "suppress_below", "release", "on_violence")
_OF_TABLES = (
    *("from", "measure", "where", "date", "valid", "place", "disaggregate", "persons", "currency", "convert"),
    *("provisional", "nil", "nil_form", "expected", "stale_after", "latest_by", "since", "source", "grain"),
)
KEYS: Mapping[str, tuple[str, ...]] = {
    "ratio": (*_COMMON, "of", "where", "per", "a_day"),
    "sum": (*_COMMON, "of"),
    "difference": (*_COMMON, "of"),
    "change": (*_COMMON, "of"),
    "target": (*_COMMON, "of", *_OF_TABLES),
    "flow": (*_COMMON, *_OF_TABLES),
    "stock": (*_COMMON, *_OF_TABLES),
    "counter": (*_COMMON, *_OF_TABLES),
}
#: From the firmest to the least firm: what is derived is as firm as its least firm part.
_FIRMNESS: tuple[Basis, ...] = ("counted", "reported", "quoted", "planned", "estimated")


def read_indicators(
    texts: Mapping[str, str],
    sources: Sources,
    schemes: Collection[str] = ("unhcr",),
    thresholds: Mapping[str, int] | None = None,
) -> tuple[Mapping[str, Indicator], list[Problem]]:
    """The indicators by id, and every fault with file and line. One that has a fault is left out, and so is what needs it.

    `texts`: YAML by file name. `schemes`: names of the operation's age brackets. `thresholds`: below which each sensitivity
    is withheld, where the operation raised them.
    """
    reading = _Reading(sources=sources, schemes=schemes, thresholds=thresholds or {})
    for file, text in texts.items():
        node, problems = read_nodes(text, file)
        reading.problems += problems
        if isinstance(node, Fields):
            for name in node.fields:
                reading.declare(name, node, file)
        elif node is not None:
            reading.problems.append(FAULTS["indicators_wanted"].at(node.at))
    for name in list(reading.declared):
        reading.indicator(name, ())
    found = {name: one for name in reading.declared if (one := reading.done.get(name)) is not None}
    return found, reading.problems


@dataclass
class _Reading:
    sources: Sources
    schemes: Collection[str]
    thresholds: Mapping[str, int]
    declared: dict[str, Fields] = field(default_factory=dict)
    done: dict[str, Indicator | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def declare(self, name: str, node: Fields, file: str) -> None:
        at, given = node.keys_at[name], node.fields[name]
        if not is_slug(name):
            self.problems.append(FAULTS["indicator_name"].at(at, name=name[:80]))
        elif name in self.declared:
            self.problems.append(
                FAULTS["indicator_twice"].at(at, indicator=name, first=self.declared[name].at.written())
            )
        elif not isinstance(given, Fields):
            self.problems.append(FAULTS["indicators_wanted"].at(at))
        else:
            self.declared[name] = Fields(fields=given.fields, keys_at=given.keys_at, at=at)

    def indicator(self, name: str, needed_by: Sequence[str]) -> Indicator | None:
        """The indicator, read on first need; None if it has a fault, which is then said."""
        if name in self.done:
            return self.done[name]
        self.done[name] = None
        reader = Reader(id=name, node=self.declared[name], sources=self.sources)
        self.done[name] = self._read(reader, (*needed_by, name))
        self.problems += reader.problems
        return self.done[name]

    def _read(self, reader: Reader, chain: Sequence[str]) -> Indicator | None:
        kind = reader.word("kind", KINDS)
        if kind is None:
            return None
        reader.known_keys(KEYS[kind])
        of = self._of(reader, kind, chain)
        given = _given(reader, kind)
        if kind in DERIVED:
            return self._derived(reader, kind, of, given) if of is not None else None
        table = parts.source_table(reader, "from")
        basis = reader.word("basis", BASES)
        if table is None:
            return None
        indicator = _from_table(reader, kind, basis, table, given)
        if indicator is None:
            return None
        rules.check(reader, indicator, table, self.schemes, self.thresholds)
        if kind == "target" and of is not None:
            rules.check_target(reader, indicator, of[0])
        return None if errors(reader.problems) else _with_of(indicator, of)

    def _of(self, reader: Reader, kind: Kind, chain: Sequence[str]) -> list[Indicator] | None:
        """The indicators that `of` names; None if one cannot be had, which is then said."""
        if "of" not in KEYS[kind]:
            return None
        names = reader.words("of")
        least = {"sum": 2, "ratio": 2, "difference": 2, "change": 1, "target": 1}[kind]
        if names is None or len(names) < least or (kind != "sum" and len(names) > least):
            reader.say("of_wrong", reader.at("of"), kind=kind, wanted=least)
            return None
        found: list[Indicator] = []
        for name in names:
            if name not in self.declared:
                near = did_you_mean(name, self.declared, ("Declare it, or take it out.", "Déclarez-le, ou ôtez-le."))
                reader.say("of_unknown", reader.at("of"), of=name, **near)
            elif name in chain:
                reader.say("of_circle", reader.at("of"), of=" > ".join([*chain, name]))
            elif (part := self.indicator(name, chain)) is not None:
                found.append(part)
            else:
                reader.say("of_faulty", reader.at("of"), of=name)
        return found if len(found) == len(names) else None

    def _derived(self, reader: Reader, kind: Kind, of: list[Indicator], given: dict[str, object]) -> Indicator | None:
        basis = reader.word("basis", BASES, max((part.basis for part in of), key=_FIRMNESS.index))
        narrowed = self._numerator(reader, of[0]) if reader.has("where") else None
        per = reader.whole("per", 2)
        is_daily = reader.has("a_day") and reader.word("a_day", ("true", "false")) == "true"
        if basis is None or errors(reader.problems):
            return None
        indicator = Indicator(
            **given,  # type: ignore[arg-type]
            kind=kind,
            basis=basis,
            of=tuple(part.id for part in of),
            numerator_where=narrowed,
            per=per,
            is_daily=is_daily,
            sensitivity=highest(*(part.sensitivity for part in of)),
            persons=of[0].persons if kind in ("sum", "change") else None,
        )
        rules.check_derived(reader, indicator, of, is_open=all(map(self._is_open, of)))
        if kind in ("sum", "difference"):
            reader.problems += may_sum(indicator, of)
        return None if errors(reader.problems) else indicator

    def _is_open(self, indicator: Indicator) -> bool:
        """Whether nothing of it, nor of what it is made of, is withheld for being small."""
        made_of = [part for name in indicator.of if (part := self.done.get(name)) is not None]
        return threshold_of(indicator, self.thresholds) <= 1 and all(map(self._is_open, made_of))

    def _numerator(self, reader: Reader, numerator: Indicator) -> Expression | None:
        table = self.sources.table(numerator.table) if numerator.table else None
        if table is None:
            reader.say("where_of_derived", reader.at("where"), of=numerator.id)
            return None
        tree, problems = parse_expression(
            reader.text("where") or "", table, self.sources, "condition", reader.at("where")
        )
        reader.problems += problems
        return tree


def _counted(node: Fields) -> object:
    """What a digest is taken of: all but what only says how a figure looks in print."""
    return {name: as_plain(field) for name, field in node.fields.items() if name not in ("short", "icon")}


def _given(reader: Reader, kind: Kind) -> dict[str, object]:
    """What every kind has."""
    label = reader.texts("label")
    if not reader.has("label"):
        reader.say("label_missing", reader.node.at)
        label = {language: reader.id.replace("_", " ") for language in ("en", "fr")}
    unit = reader.text("unit") or ""
    if not reader.has("unit"):
        reader.say("key_missing", reader.node.at, key="unit")
    definition = reader.texts("definition") if reader.has("definition") else {}
    return {
        "id": reader.id,
        "label": label,
        "definition": definition,
        "short": reader.texts("short") if reader.has("short") else {},
        "icon": reader.text("icon") or "",
        "unit": unit,
        "suppress_below": reader.whole("suppress_below", 1),
        "release": parts.release(reader),
        "on_violence": parts.owner_agreement(reader),
        "digest": digest({"kind": kind, "written": _counted(reader.node)}),
        "at": reader.node.at,
    }


def _from_table(
    reader: Reader, kind: Kind, basis: Basis | None, table: SourceTable, given: dict[str, object]
) -> Indicator | None:
    """The definition with its columns; None once a fault was said."""
    root = root_of(table, reader.sources)
    stale = reader.text("stale_after")
    stale_after = (
        reader.whole("stale_after", 1) if stale and stale.isdigit() else reader.read("stale_after", table, ("date",))
    )
    built: dict[str, object] = {
        "measure": parts.measure(reader, table),
        "where": reader.expression("where", table),
        "date": reader.read("latest_by" if reader.has("latest_by") else "date", table, ("date",)),
        "valid": parts.validity(reader, table),
        "place": reader.read("place", table),
        "categories": parts.categories(reader, table),
        "persons": reader.word("persons", PERSONS) if reader.has("persons") else None,
        "money": parts.money(reader, table, str(given["unit"])),
        "provisional": reader.expression("provisional", table),
        "nil": reader.expression("nil", table),
        "nil_form": reader.expression("nil_form", root),
        "expected": parts.expected(reader, table),
        "since": _day(reader, "since"),
        "stands_for": reader.word("grain", GRAINS) if reader.has("grain") else None,
        "quoted": parts.quoted(reader, table, reader.sources),
    }
    if basis is None or built["measure"] is None or errors(reader.problems):
        return None
    indicator = Indicator(**given, **built, kind=kind, basis=basis, table=table.name, stale_after=stale_after)  # type: ignore[arg-type]
    return _with_sensitivity(_replaced(indicator, date_grain=_date_grain(indicator, table)))


def _date_grain(indicator: Indicator, table: SourceTable) -> Grain:
    """For how long the day stands by which a row is put into a period."""
    dated = indicator.date or (indicator.valid.since if indicator.valid is not None else None)
    return dated.column.grain if dated is not None else table.happened


def _with_sensitivity(indicator: Indicator) -> Indicator:
    levels = [read.column.sensitivity for read in indicator.read_columns()]
    levels += [hop.column.sensitivity for read in indicator.read_columns() for hop in read.hops]
    return _replaced(indicator, sensitivity=highest(*levels))


def _with_of(indicator: Indicator, of: list[Indicator] | None) -> Indicator:
    return _replaced(indicator, of=tuple(part.id for part in of)) if of else indicator


def _replaced(indicator: Indicator, **changed: object) -> Indicator:
    fields = {name: getattr(indicator, name) for name in indicator.__dataclass_fields__}
    return Indicator(**{**fields, **changed})


def _day(reader: Reader, key: str) -> date | None:
    written = reader.text(key)
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        reader.say(
            "key_wants",
            reader.at(key),
            key=key,
            wanted="a day such as 2016-01-01",
            wanted_fr="un jour comme 2016-01-01",
        )
        return None
