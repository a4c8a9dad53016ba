"""Which kinds, measures, dates and categories go together, and what a figure may be called (grammar 3 and 5; field practice).

Each rule says its fault and the checking goes on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from toguna.figures.core.definition import THRESHOLDS, Count, Distinct, DistinctPlace, Indicator, Latest, Total
from toguna.figures.core.expressions import Expression, Literal, Read, reads
from toguna.figures.core.expressions.tree import Arithmetic, children
from toguna.figures.core.figure import POINTS, is_currency
from toguna.figures.core.reading.fields import Reader
from toguna.figures.core.tables import SourceTable

_REACHED = re.compile(
    r"\b(persons?|people|individuals?|beneficiar\w+|personnes?|individus?|b[ée]n[ée]ficiaires?)\s+"
    r"(?:\w+\s+)?(reached|assisted|served|supported|helped|atteint|touch|assist|servi|soutenu|aid)",
    re.I,
)
_COUNTABLE = ("persons", "households")


def check(
    reader: Reader,
    indicator: Indicator,
    table: SourceTable,
    schemes: Collection[str],
    thresholds: Mapping[str, int],
) -> None:
    """Every rule for an indicator taken from a table."""
    _check_kind(reader, indicator)
    _check_persons(reader, indicator, table)
    _check_categories(reader, indicator, schemes)
    _check_basis(reader, indicator)
    check_withholding(reader, indicator, thresholds)
    if indicator.place is not None and not indicator.place.column.is_place:
        reader.say("place_needed", reader.at("place"), column=indicator.place.written)
    if isinstance(indicator.measure, Distinct | Count) and is_currency(indicator.unit):
        reader.say("money_counted", reader.at("measure"), unit=indicator.unit)


def check_target(reader: Reader, indicator: Indicator, of: Indicator) -> None:
    if of.unit != indicator.unit:
        reader.say("units_differ", reader.at("of"), units=f"{indicator.unit}, {of.unit}")
    if indicator.basis != "planned":
        reader.say("target_planned", reader.at("basis"))


def check_derived(reader: Reader, indicator: Indicator, of: Sequence[Indicator], *, is_open: bool) -> None:
    """Units of the parts; a percentage is of one unit. What a change may be of, and a rate.

    `is_open`: nothing of the parts is withheld; the change of a share of small numbers would tell them.
    """
    units = list(dict.fromkeys(part.unit for part in of))
    same = indicator.kind != "ratio" or indicator.unit == "percent"
    if same and len(units) > 1:
        reader.say("units_differ", reader.at("of"), units=", ".join(units))
    of_share = indicator.kind == "change" and indicator.unit == POINTS and of[0].is_share
    if indicator.kind != "ratio" and indicator.unit not in units and not (indicator.is_relative_change or of_share):
        reader.say("units_differ", reader.at("unit"), units=", ".join([indicator.unit, *units]))
    for part in of:
        refused = ("target",) if of_share and is_open else ("ratio", "target")
        if part.kind == "change" or (indicator.kind == "change" and part.kind in refused):
            reader.say("change_wrong", reader.at("of"), kind=indicator.kind, of=part.id, of_kind=part.kind)
    if indicator.unit == "percent" and (indicator.per or indicator.is_daily):
        reader.say("rate_percent", reader.at("per"))
    if indicator.is_daily and of[0].kind not in ("flow", "sum", "difference"):
        reader.say("rate_daily", reader.at("a_day"), of=of[0].id, kind=of[0].kind)
    check_withholding(reader, indicator, {})


def check_withholding(reader: Reader, indicator: Indicator, thresholds: Mapping[str, int]) -> None:
    """A threshold may only be raised; only what is confidential can be released."""
    demanded = thresholds.get(indicator.sensitivity, THRESHOLDS[indicator.sensitivity])
    if indicator.suppress_below is not None and indicator.suppress_below < demanded:
        reader.say(
            "threshold_lowered",
            reader.at("suppress_below"),
            value=indicator.suppress_below,
            sensitivity=indicator.sensitivity,
            demanded=demanded,
        )
    if indicator.release is not None and indicator.sensitivity != "confidential":
        reader.say("release_wrong", reader.at("release"), sensitivity=indicator.sensitivity)


def _check_kind(reader: Reader, indicator: Indicator) -> None:
    latest = isinstance(indicator.measure, Latest)
    dated, valid = reader.has("date"), reader.has("valid")
    if indicator.kind == "flow":
        if not dated:
            reader.say("flow_date", reader.node.at)
        if valid:
            reader.say("kind_key", reader.at("valid"), kind="flow", key="valid")
        if latest:
            reader.say("kind_measure", reader.at("measure"), kind="flow", measure="latest")
    elif indicator.kind in ("stock", "target"):
        if valid == latest:
            reader.say("stock_needs", reader.at("valid"), kind=indicator.kind)
        if valid and (dated or reader.has("latest_by")):
            key = "date" if dated else "latest_by"
            reader.say("kind_key", reader.at(key), kind=indicator.kind, key=key)
    elif valid:
        reader.say("kind_key", reader.at("valid"), kind="counter", key="valid")
    if reader.has("latest_by") and (not latest or dated):
        reader.say("latest_by_alone", reader.at("latest_by"))
    if indicator.since is not None and indicator.kind != "counter":
        reader.say("kind_key", reader.at("since"), kind=indicator.kind, key="since")


def _check_persons(reader: Reader, indicator: Indicator, table: SourceTable) -> None:
    own = indicator.basis in ("counted", "reported")
    at = reader.at("persons")
    if indicator.persons is None:
        if indicator.unit == "persons" and own and indicator.kind != "target":
            reader.say("persons_missing", reader.node.at)
    elif indicator.unit != "persons":
        reader.say("persons_unit", at, unit=indicator.unit)
    distinct = isinstance(indicator.measure, Distinct)
    if indicator.persons == "distinct" and not distinct and not _is_one_row_a_person(indicator, table):
        reader.say("persons_distinct", at)
    if indicator.persons in ("attendances", "newly_served") and distinct:
        reader.say("persons_not_distinct", at, persons=indicator.persons)
    if indicator.persons == "attendances" and any(_REACHED.search(text) for text in indicator.label.values()):
        reader.say("attendances_reached", reader.at("label"))
    if own and indicator.unit in _COUNTABLE and isinstance(indicator.measure, Total):
        for term in indicator.measure.terms:
            if _is_scaled(term):
                reader.say("converted", reader.at("measure"), unit=indicator.unit)


def _is_one_row_a_person(indicator: Indicator, table: SourceTable) -> bool:
    """An entity list holds each thing once; a stock of it counts each once."""
    return isinstance(indicator.measure, Count) and table.kind == "entities" and indicator.valid is not None


def _is_scaled(node: Expression) -> bool:
    """Whether a written number multiplies or divides: persons out of households, or the like."""
    if isinstance(node, Arithmetic) and node.op in "*/":
        sides = (node.left, node.right)
        return any(isinstance(side, Literal) and side.value not in (1, -1) for side in sides)
    return any(_is_scaled(child) for child in children(node))


def _check_categories(reader: Reader, indicator: Indicator, schemes: Collection[str]) -> None:
    total = indicator.measure if isinstance(indicator.measure, Total) else None
    plain = {term.column.name for term in (total.terms if total else ()) if isinstance(term, Read) and term.is_own}
    used = {read.column.name for read in (reads(total.expression) if total else ()) if read.is_own}
    at = reader.at("disaggregate")
    for category in indicator.categories.values():
        if category.age is not None:
            if category.age.brackets not in schemes:
                reader.say("brackets_unknown", at, brackets=category.age.brackets, known=", ".join(schemes))
            if (category.age.birth is None) == (category.age.years is None) and not category.wide:
                reader.say("age_needs", at, name=category.name)
            if category.age.birth is not None and not category.age.birth.column.birth:
                reader.say("birth_needed", at, column=category.age.birth.written)
        if category.wide is None:
            continue
        cells = set(category.wide.cells)
        if total is None:
            reader.say("wide_needs_sum", at, name=category.name)
        elif cells & used:
            _check_cover(reader, category.name, cells, plain, used, category.age is not None)


def _check_cover(reader: Reader, name: str, cells: set[str], plain: set[str], used: set[str], has_long: bool) -> None:
    """Wide cells over the sum's own columns name all of them, and the sum is a plain addition."""
    at = reader.at("disaggregate")
    if plain != used:
        reader.say("wide_plain_sum", at, name=name)
    missing, further = sorted(used - cells), sorted(cells - used)
    if missing and not has_long:
        reader.say("wide_missing", at, name=name, columns=", ".join(missing))
    if further:
        reader.say("wide_further", at, name=name, columns=", ".join(further))


def _check_basis(reader: Reader, indicator: Indicator) -> None:
    if indicator.expected is not None and indicator.basis != "reported":
        reader.say("basis_key", reader.at("expected"), key="expected", basis=indicator.basis)
    if indicator.stale_after is not None and indicator.basis in ("counted", "reported"):
        reader.say("basis_key", reader.at("stale_after"), key="stale_after", basis=indicator.basis)
    if indicator.basis == "quoted" and indicator.quoted.owner is None:
        reader.say("quoted_owner", reader.at("from"))
    if indicator.basis == "estimated" and indicator.quoted.method is None and not indicator.definition:
        reader.say("estimated_method", reader.node.at)
    if isinstance(indicator.measure, DistinctPlace) and indicator.unit in _COUNTABLE:
        reader.say("units_differ", reader.at("unit"), units=f"{indicator.unit}, places")
