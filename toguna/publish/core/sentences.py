"""Sentences of a source, as written: where a paragraph's words stand, and where one sentence ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toguna.publish.core.tree import Bound, Paragraph, Update, flat, plain, walk

#: A stop, closing marks, blanks, and then what begins a sentence.
_ENDS = re.compile(r"(?<=[.!?…])(?:[\"”»)*]+)?(\s+)(?=[A-ZÀ-ÖØ-Þ\[*«“\"])")
#: Stops that end no sentence.
_SHORT = re.compile(r"(?:\b(?:i\.e|e\.g|M|Mme|Dr|Mr|Mrs|No|St|p|art|etc|cf|env|al)|\b[A-Z])\.$")
_PREFIX = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)*")
BINDING = re.compile(r"\[([^\]]*)\]\((fig|stated|text):([^)\s]*)\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:https?|mailto):[^)\s]*\)")
COMMENT = re.compile(r"\s*<!--.*?-->")


@dataclass(frozen=True, kw_only=True)
class Written:
    """One paragraph of a source as written, without the marks of its bullet."""

    paragraph: Paragraph
    prefix: str
    text: str

    @property
    def sentences(self) -> tuple[str, ...]:
        return split_sentences(self.text)


def written_paragraphs(update: Update) -> Iterator[Written]:
    """Every paragraph, bullet and caption that has words, in reading order."""
    lines = update.source.split("\n")
    for node in walk(update.blocks):
        if isinstance(node, Paragraph) and plain(node.inlines).strip():
            text = "\n".join(lines[node.line - 1 : node.end_line])
            match = _PREFIX.match(text)
            prefix = match[0] if match else ""
            yield Written(paragraph=node, prefix=prefix, text=text[len(prefix) :])


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences, each with the blanks after it; joined they are the text."""
    parts: list[str] = []
    start = 0
    for match in _ENDS.finditer(text):
        head = text[start : match.start(1)]
        if not _SHORT.search(head.rstrip('"”»)*')):
            parts.append(text[start : match.end(1)])
            start = match.end(1)
    return (*parts, text[start:])


def as_read(sentence: str) -> str:
    """The words of a written sentence as a reader sees them."""
    words = _LINK.sub(lambda match: match[1], BINDING.sub(lambda match: match[1], sentence))
    return " ".join(COMMENT.sub("", words).replace("**", "").split())


def references_of(sentence: str) -> list[str]:
    """The figures that a written sentence shows."""
    return [reference for _, binding, reference in BINDING.findall(sentence) if binding == "fig"]


def bound_of(paragraph: Paragraph) -> list[Bound]:
    return [leaf for leaf in flat(paragraph.inlines) if isinstance(leaf, Bound)]
