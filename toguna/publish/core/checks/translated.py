"""A translation against its original: paragraphs that have changed since, and figures that are not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.translation import aligned, in_place, paragraph_digest, paragraphs, references
from toguna.publish.core.tree import Paragraph, Update, plain


def translated(draft: Draft) -> Iterator[Finding]:
    original = draft.original
    if original is None:
        return
    pairs = list(aligned(draft.update, original))
    for pair in pairs:
        if pair.original is not None:
            yield from _figures(draft, pair.paragraph, pair.original, original)
    yield from _outdated(draft, [pair.paragraph for pair in pairs if pair.original is None], original)
    unmarked = len(paragraphs(draft.update)) - len(pairs)
    if unmarked:
        yield Finding(problem=fault.TRANSLATION_UNMARKED.at(draft.at(1), count=unmarked, other=original.file))
        if not pairs:
            for ours, theirs in in_place(draft.update, original):
                yield from _figures(draft, ours, theirs, original)


def _outdated(draft: Draft, changed: list[Paragraph], original: Update) -> Iterator[Finding]:
    marks = {paragraph.translates for paragraph in paragraphs(draft.update)}
    new = [each for each in paragraphs(original) if paragraph_digest(each.inlines) not in marks]
    for paragraph in changed:
        near = min(new, key=lambda each: abs(each.line - paragraph.line), default=None)
        problem = fault.TRANSLATION_OLD.at(
            draft.at(paragraph.line), line=near.line if near else "-", other=original.file
        )
        yield Finding(problem=problem, quote=plain(paragraph.inlines)[:60])


def _figures(draft: Draft, ours: Paragraph, theirs: Paragraph, original: Update) -> Iterator[Finding]:
    here, there = Counter(references(ours)), Counter(references(theirs))
    if here == there:
        return
    difference = [f"+ {each}" for each in (here - there).elements()]
    difference += [f"- {each}" for each in (there - here).elements()]
    problem = fault.TRANSLATION_FIGURES.at(
        draft.at(ours.line), line=theirs.line, other=original.file, difference="; ".join(difference)
    )
    yield Finding(problem=problem, quote="; ".join(difference))
