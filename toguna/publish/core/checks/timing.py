"""Figures against time: numbers not to be had, stale sources, returns that have not come, other periods, restatements."""

from __future__ import annotations

from collections.abc import Iterator

from toguna.kernel.api import Language
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.figure_source import Fact, SourceLine
from toguna.publish.core.notes import SILENCES, date_words, period_words
from toguna.publish.core.numerals import value_of
from toguna.publish.core.tree import Bound

#: Bases whose period is the text's business; a quotation has the date of its source.
_OWN = frozenset({"counted", "reported"})


def unprintable(draft: Draft) -> Iterator[Finding]:
    """Numbers of the text that have no value to print."""
    for number, fact in _uses(draft):
        state = SILENCES[draft.language].get(fact.status)
        if state is not None:
            state += f" ({fact.too_fine.what(draft.language).rstrip('.')})" if fact.too_fine else ""
            problem = fault.NO_VALUE.at(
                draft.at(number.line), quote=number.reference, label=draft.label(fact), state=state
            )
            yield Finding(problem=problem, quote=number.reference)


def outdated(draft: Draft) -> Iterator[Finding]:
    """Numbers whose source shows something else than the figure."""
    for passage in draft.passages:
        for number in passage.numbers:
            shown = draft.resolution.resolved.of(number)
            silent = shown.status not in {"value", "nil"} and value_of(number.shown, draft.language) is None
            if number.binding == "fig" and draft.fact(number) and shown.text != number.shown and not silent:
                problem = fault.OUTDATED.at(draft.at(number.line), quote=number.shown, value=shown.text)
                yield Finding(problem=problem, quote=number.reference)


def stale(draft: Draft) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for number, fact in _uses(draft):
        for line in fact.sources:
            if line.stale_after is None or line.stale_after >= draft.today or (fact.reference, line.id) in told:
                continue
            told.add((fact.reference, line.id))
            problem = fault.STALE.at(
                draft.at(number.line),
                label=draft.label(fact),
                source=_named(line, "en"),
                source_fr=_named(line, "fr"),
                day=date_words(line.stale_after, draft.language),
            )
            yield Finding(problem=problem, quote=f"{fact.reference} {line.id}")


def missing_returns(draft: Draft) -> Iterator[Finding]:
    """Each missing return once, at the first figure that waits for it."""
    told: set[tuple[str, ...]] = set()
    for number, fact in _uses(draft):
        if fact.missing and fact.missing not in told:
            told.add(fact.missing)
            problem = fault.MISSING.at(draft.at(number.line), label=draft.label(fact), who=", ".join(fact.missing))
            yield Finding(problem=problem, quote=fact.reference)


def outside_period(draft: Draft) -> Iterator[Finding]:
    """A counted or reported figure whose period does not end in the text's, unless the sentence says when."""
    covers = draft.resolution.front.covers
    for passage in draft.passages:
        for number in passage.numbers:
            fact = draft.fact(number)
            if fact is None or fact.basis not in _OWN or fact.period.end in covers:
                continue
            words = period_words(fact.period, draft.language)
            if words.split(" ")[0] in f"{passage.title} {passage.text}":
                continue
            problem = fault.OUTSIDE.at(draft.at(number.line), quote=number.shown, period=words)
            yield Finding(problem=problem, quote=number.reference)


def restated(draft: Draft) -> Iterator[Finding]:
    """Figures that an earlier edition printed with another value."""
    told: set[str] = set()
    for number, fact in _uses(draft):
        before = draft.previous.get(fact.reference)
        if before is None or before.value == fact.value or fact.reference in told:
            continue
        told.add(fact.reference)
        problem = fault.RESTATED.at(
            draft.at(number.line),
            label=draft.label(fact),
            was=before.text,
            edition=before.edition,
            now=draft.resolution.resolved.of(number).text,
        )
        yield Finding(problem=problem, quote=fact.reference)


def _uses(draft: Draft) -> Iterator[tuple[Bound, Fact]]:
    for passage in draft.passages:
        for number in passage.numbers:
            fact = draft.fact(number)
            if fact is not None:
                yield number, fact


def _named(line: SourceLine, language: Language) -> str:
    told = line.in_language(language)
    return ", ".join(filter(None, (told.owner, told.title))) or line.id
