"""Which paragraph of a translation stands for which of the original: digests that forget the shown numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toguna.kernel.api import digest
from toguna.publish.core.references import split_show
from toguna.publish.core.tree import Bound, Inline, Paragraph, Update, flat, plain, walk

_LETTERS = 10


@dataclass(frozen=True, kw_only=True)
class Translated:
    """A paragraph of a translation with the one it says it translates; None where that is no longer there."""

    paragraph: Paragraph
    original: Paragraph | None


def paragraph_digest(inlines: tuple[Inline, ...]) -> str:
    """Ten letters for a paragraph's words and references; the same after a refresh of its numbers."""
    words = [
        (leaf.binding, leaf.reference) if isinstance(leaf, Bound) else getattr(leaf, "text", "\n")
        for leaf in flat(inlines)
    ]
    return digest(words)[:_LETTERS]


def paragraphs(update: Update) -> tuple[Paragraph, ...]:
    """The paragraphs that are translated one by one: all of them, bullets and captions among them."""
    return tuple(node for node in walk(update.blocks) if isinstance(node, Paragraph) and plain(node.inlines).strip())


def aligned(translation: Update, original: Update) -> Iterator[Translated]:
    """The translation's paragraphs that carry a digest, each with its original where that stands unchanged."""
    known = {paragraph_digest(each.inlines): each for each in paragraphs(original)}
    for paragraph in paragraphs(translation):
        if paragraph.translates is not None:
            yield Translated(paragraph=paragraph, original=known.get(paragraph.translates[:_LETTERS]))


def in_place(translation: Update, original: Update) -> tuple[tuple[Paragraph, Paragraph], ...]:
    """Paragraphs in the same place of both texts; empty when the texts do not have as many."""
    ours, theirs = paragraphs(translation), paragraphs(original)
    return tuple(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else ()


def references(paragraph: Paragraph) -> list[str]:
    """The figures of a paragraph, in any order: words and manner of showing belong to each language."""
    return sorted(
        split_show(leaf.reference).reference
        for leaf in flat(paragraph.inlines)
        if isinstance(leaf, Bound) and leaf.binding == "fig"
    )
