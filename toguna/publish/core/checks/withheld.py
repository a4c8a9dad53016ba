"""Withheld figures that the text prints, or that a reader can work out from what it prints.

Each relation (a total and its parts) is an equation over the figures of the text. A withheld figure is disclosed when the equations fix it: when
its unit vector lies in their row space once the printed figures are known. Exact arithmetic, no tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.relations import printed_relations
from toguna.publish.core.numerals import value_of


def withheld_figures(draft: Draft) -> Iterator[Finding]:
    """Withheld figures that stand in the source as numbers, and those that can be derived."""
    for passage in draft.passages:
        for _, number in passage.holes():
            fact = draft.fact(number)
            if fact is not None and fact.status == "withheld" and value_of(number.shown, draft.language) is not None:
                problem = fault.WITHHELD_PRINTED.at(draft.at(number.line), quote=number.shown)
                yield Finding(problem=problem, quote=number.reference)
    yield from _derivable(draft)


def _derivable(draft: Draft) -> Iterator[Finding]:
    facts = {fact.reference: fact for fact in draft.resolution.facts.values()}
    cells = draft.resolution.cells
    facts |= {fact.reference: fact for each in cells.values() for _, _, fact in each.rows}
    facts |= {each.total.reference: each.total for each in cells.values() if each.total}
    lines = {
        fact.reference: number.line
        for each in draft.passages
        for number in each.numbers
        if (fact := draft.fact(number))
    }
    withheld = [reference for reference, fact in facts.items() if fact.status == "withheld"]
    relations = printed_relations(draft)
    told = dict.fromkeys(
        [*fixed(withheld, relations), *(fact.reference for fact in draft.source.disclosed(list(facts.values())))]
    )
    for reference in told:
        printed = sorted(
            other
            for members in relations.values()
            if reference in members
            for other in members
            if other not in withheld
        )
        problem = fault.WITHHELD_DERIVABLE.at(
            draft.at(lines.get(reference) or min((lines[each] for each in printed if each in lines), default=1)),
            label=draft.label(facts[reference]),
            printed=", ".join(draft.label(facts[each]) for each in dict.fromkeys(printed)),
        )
        yield Finding(problem=problem, quote=reference)


def fixed(withheld: list[str], relations: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The withheld figures that the relations determine. Each relation is a total and then its parts."""
    columns = {reference: index for index, reference in enumerate(withheld)}
    rows = []
    for total, *parts in relations.values():
        row = [Fraction(0)] * len(withheld)
        for reference, sign in ((total, 1), *((part, -1) for part in parts)):
            if reference in columns:
                row[columns[reference]] += sign
        if any(row):
            rows.append(row)
    pivots = _reduced(rows)
    return [reference for reference, index in columns.items() if index in pivots and _is_alone(pivots[index], index)]


def _reduced(rows: list[list[Fraction]]) -> dict[int, list[Fraction]]:
    """Reduced row echelon form, rows by their pivot column."""
    pivots: dict[int, list[Fraction]] = {}
    for row in rows:
        for column, pivot in pivots.items():
            if row[column]:
                row = _minus(row, pivot, row[column])
        lead = next((index for index, value in enumerate(row) if value), None)
        if lead is None:
            continue
        row = [value / row[lead] for value in row]
        pivots = {column: _minus(other, row, other[lead]) for column, other in pivots.items()}
        pivots[lead] = row
    return pivots


def _minus(row: list[Fraction], other: list[Fraction], factor: Fraction) -> list[Fraction]:
    return [value - factor * each for value, each in zip(row, other, strict=True)]


def _is_alone(row: list[Fraction], index: int) -> bool:
    return all(not value for column, value in enumerate(row) if column != index)
