"""Figures that may not be published: those that the text prints as numbers or no publication plan has, and those that can be worked out.

What can be worked out is the question of the disclosure audit in the room `figures`; it knows the rows behind every figure, and what
earlier editions have printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.figure_source import Disclosed, Fact
from toguna.publish.core.numerals import value_of
from toguna.publish.core.resolve import Resolution
from toguna.publish.core.tree import Bound

#: What a finding calls the publication plan.
_PLAN: Mapping[Language, str] = ByLanguage({"en": "the publication plan", "fr": "le plan de publication"})


def withheld_figures(draft: Draft) -> Iterator[Finding]:
    """Withheld figures that stand in the source as numbers, small numbers that can be worked out, and figures outside the plan.

    What is outside the plan is audited as well: a figure that gives something away is told so, with the cure, and needs no other finding.
    """
    for number in _numbers(draft):
        fact = draft.fact(number)
        if fact is None or fact.is_outside_plan or fact.status != "withheld":
            continue
        if value_of(number.shown, draft.language) is not None:
            problem = fault.WITHHELD_PRINTED.at(draft.at(number.line), quote=number.shown)
            yield Finding(problem=problem, quote=number.reference)
    facts = [*printed_facts(draft.resolution), *draft.resolution.unplanned]
    told: set[str] = set()
    for one in draft.source.disclosed(facts, draft.resolution.asked):
        told |= set(one.references)
        yield _derivable(draft, one, {fact.reference: fact for fact, _ in facts})
    for number in _numbers(draft):
        fact = draft.fact(number)
        if fact is not None and fact.is_outside_plan and fact.reference not in told:
            covers = draft.resolution.front.covers.written()
            details = {"label": draft.label(fact), "period": covers, "reference": number.reference}
            yield Finding(problem=fault.OUTSIDE_PLAN.at(draft.at(number.line), **details), quote=number.reference)
    yield from _cells_outside_plan(draft)


def _numbers(draft: Draft) -> Iterator[Bound]:
    for passage in draft.passages:
        for _, number in passage.holes():
            yield number


def _cells_outside_plan(draft: Draft) -> Iterator[Finding]:
    """Blocks of which some cells are in no plan: one finding each, which names the first."""
    for line, cells in draft.resolution.cells.items():
        outside = [fact for _, _, fact in cells.rows if fact.is_outside_plan]
        if outside:
            problem = fault.CELLS_OUTSIDE_PLAN.at(
                draft.at(line),
                count=len(outside),
                period=draft.resolution.front.covers.written(),
                reference=outside[0].reference,
            )
            yield Finding(problem=problem, quote=outside[0].reference)


def printed_facts(resolution: Resolution) -> list[tuple[Fact, str]]:
    """Every fact of the text and of its blocks, each with its manner of showing, once."""
    found: dict[tuple[str, str], tuple[Fact, str]] = {}
    for span, fact in resolution.facts.items():
        show = resolution.shows[span]
        found[fact.reference, show] = (fact, show)
    for cells in resolution.cells.values():
        every = [fact for _, _, fact in cells.rows] + ([cells.total] if cells.total else [])
        found.update({(fact.reference, "number"): (fact, "number") for fact in every})
    return list(found.values())


def _known(one: Disclosed, language: Language) -> list[str]:
    """What readers have that does its part: earlier editions, and the publication plan."""
    return [*one.editions, *([_PLAN[language]] if one.is_with_plan else [])]


def _derivable(draft: Draft, one: Disclosed, facts: dict[str, Fact]) -> Finding:
    lines = [
        number.line
        for passage in draft.passages
        for number in passage.numbers
        if (fact := draft.fact(number)) is not None and fact.reference in one.references
    ]
    labels = [draft.label(facts[each]) for each in one.references if each in facts]
    printed = ", ".join(dict.fromkeys(labels))
    problem = fault.WITHHELD_DERIVABLE.at(
        draft.at(min(lines, default=1)),
        label=one.cell["en"],
        label_fr=one.cell["fr"],
        printed=printed,
        editions=f" together with {' and '.join(_known(one, 'en'))}" if _known(one, "en") else "",
        editions_fr=f" avec {' et '.join(_known(one, 'fr'))}" if _known(one, "fr") else "",
        cure=one.cure["en"],
        cure_fr=one.cure["fr"],
    )
    return Finding(problem=problem, quote=f"{one.cell['en']}: {', '.join(one.references)}")
