"""Every bound figure of a text against the words of its sentence: a contradiction is to be mended or waived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.bound_sentence import About, Contradiction, Declaration, contradictions
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.checks.subjects import subject_stems
from toguna.publish.core.figure_source import Fact
from toguna.publish.core.tree import Bound

_ABOUT: Mapping[About, Mapping[Language, str]] = {
    "place": ByLanguage({"en": "place", "fr": "le lieu est"}),
    "unit": ByLanguage({"en": "unit", "fr": "l'unité est"}),
    "category": ByLanguage({"en": "category", "fr": "la catégorie est"}),
    "subject": ByLanguage({"en": "subject", "fr": "le sujet est"}),
    "period": ByLanguage({"en": "period", "fr": "la période est"}),
    "direction": ByLanguage({"en": "change", "fr": "l'évolution est"}),
    "as_of": ByLanguage({"en": "source day", "fr": "le jour de la source est"}),
}


def bound_sentences(draft: Draft) -> Iterator[Finding]:
    """What sentences say of their figures that the figures deny."""
    words, covers = draft.pack.figures, draft.resolution.front.covers
    subjects = subject_stems(draft.source.labels(), words, draft.language)
    for passage in draft.passages:
        for offset, number in passage.holes():
            fact = draft.fact(number)
            if fact is None:
                continue
            sentence, at = _sentence(passage, offset)
            figure = replace(declared(draft, fact), shown=draft.resolution.resolved.of(number).text)
            for each in contradictions(sentence, at, draft.language, figure, words, covers, subjects):
                yield _finding(draft, number, each)


def declared(draft: Draft, fact: Fact) -> Declaration:
    """What the figure is."""
    meaning = draft.source.meaning(fact.indicator)
    return Declaration(
        label=fact.label,
        unit=fact.unit,
        basis=fact.basis,
        kind=meaning.kind if meaning else "flow",
        places=tuple(code for code in (fact.place or "").split(",") if code),
        within=fact.within,
        period=fact.period,
        categories=fact.categories,
        known=frozenset(meaning.categories) if meaning else frozenset(),
        value=fact.value,
        as_of=tuple(line.as_of for line in fact.sources if line.as_of) if fact.basis == "quoted" else (),
    )


def _sentence(passage: Passage, offset: int) -> tuple[str, int]:
    """The sentence around a hole, and where the hole stands in it."""
    sentence = passage.sentence(offset)
    start = passage.text.rfind(sentence, 0, offset + len(sentence))
    return sentence, offset - start


def _finding(draft: Draft, number: Bound, each: Contradiction) -> Finding:
    shown = draft.resolution.resolved.of(number).text
    problem = fault.SENTENCE_CONTRADICTS.at(
        draft.at(number.line),
        said=each.said,
        quote=shown,
        about=_ABOUT[each.about]["en"],
        about_fr=_ABOUT[each.about]["fr"],
        declared=each.declared,
        declared_fr=each.declared,
    )
    return Finding(problem=problem, quote=f"{number.reference} {each.about} {each.said}")
