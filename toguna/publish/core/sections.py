"""Sections of a text and what must be cleared before it goes out. Pure: the words decide, storage keeps who cleared them.

A section begins at a heading of level 1 or 2. A paragraph that speaks of protection cases or of security needs clearance of its own, for that
topic, before the whole is cleared. Clearance is of words: a digest that a changed word voids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from toguna.kernel.api import digest
from toguna.publish.core.front import Front
from toguna.publish.core.translation import paragraph_digest
from toguna.publish.core.tree import Heading, Paragraph, Update, plain, walk

Topic = Literal["protection", "security"]
TOPICS: tuple[Topic, ...] = ("protection", "security")
#: A section's way: nothing yet, a translation that follows its original, its owner's word, its sensitive paragraphs', the whole's.
State = Literal["drafted", "translated", "section-cleared", "pre-cleared", "cleared"]

_WORDS: Mapping[Topic, re.Pattern[str]] = {
    "protection": re.compile(
        r"\b(SGBV|GBV|VBG|VSBG|survivors?|survivante?s?|sexual|sexuelles?|trafficking|traite|unaccompanied|non accompagnée?s?|detention|détention|"
        r"protection incidents?|incidents? de protection|statelessness|apatridie|recruitment|recrutement)\b",
        re.IGNORECASE,
    ),
    "security": re.compile(
        r"\b(kidnapp\w*|abduct\w*|enlev\w+|carjack\w*|armed|armée?s?|IED|EEI|attacks?|attaques?|robbed|robbery|braquage|vol à main armée|security forces|"
        r"forces de sécurité|terror\w*|patrols?|patrouilles?)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Sensitive:
    """A paragraph that needs clearance for a topic."""

    topic: Topic
    digest: str
    line: int
    words: str


@dataclass(frozen=True, kw_only=True)
class SectionText:
    """One section as it stands. The text before the first heading is the cover, titled with the text's own title."""

    title: str
    line: int
    digest: str
    sensitive: tuple[Sensitive, ...]
    #: The lines where its paragraphs begin.
    lines: tuple[int, ...] = ()


def text_id(front: Front) -> str:
    """``operational_update/ML/2016-12/en``: one language of one update, over all its editions."""
    return f"{front.product}/{front.place}/{front.slug}/{front.language}"


def sections_of(update: Update) -> tuple[SectionText, ...]:
    """The sections in reading order; equal titles get their line."""
    parts: list[tuple[str, int, list[Paragraph]]] = [(str(update.front.get("title", "")), 1, [])]
    for node in walk(update.blocks):
        if isinstance(node, Heading) and node.level <= 2:
            parts.append((plain(node.inlines), node.line, []))
        elif isinstance(node, Paragraph):
            parts[-1][2].append(node)
    titles = [title for title, _, _ in parts]
    return tuple(
        SectionText(
            title=title if titles.count(title) == 1 else f"{title} ({line})",
            line=line,
            digest=digest([title, [paragraph_digest(each.inlines) for each in paragraphs]]),
            sensitive=tuple(found for each in paragraphs for found in sensitive(each)),
            lines=tuple(each.line for each in paragraphs),
        )
        for title, line, paragraphs in parts
        if paragraphs
    )


def sensitive(paragraph: Paragraph) -> Iterator[Sensitive]:
    words = plain(paragraph.inlines)
    for topic, pattern in _WORDS.items():
        if pattern.search(words):
            yield Sensitive(topic=topic, digest=paragraph_digest(paragraph.inlines), line=paragraph.line, words=words)


def paragraph_at(update: Update, line: int) -> Paragraph | None:
    """The paragraph that stands on a line."""
    found = (node for node in walk(update.blocks) if isinstance(node, Paragraph) and node.line <= line <= node.end_line)
    return next(found, None)


def whole_digest(update: Update) -> str:
    """Digest of all that is said: words and references, not the shown numbers, which the cut-off fixes."""
    return digest([section.digest for section in sections_of(update)])


def state_of(section: SectionText, cleared: frozenset[str], whole: str, *, follows: bool = False) -> State:
    """The section's state, given the digests that somebody cleared, and whether it is a translation that follows its original."""
    if whole in cleared:
        return "cleared"
    pre_cleared = all(f"{each.topic}:{each.digest}" in cleared for each in section.sensitive)
    if section.digest in cleared:
        return "pre-cleared" if section.sensitive and pre_cleared else "section-cleared"
    return "translated" if follows else "drafted"


def lacking(update: Update, cleared: frozenset[str]) -> tuple[tuple[Sensitive, ...], bool]:
    """The sensitive paragraphs that nobody cleared, and whether the whole is cleared."""
    paragraphs = tuple(
        each
        for section in sections_of(update)
        for each in section.sensitive
        if f"{each.topic}:{each.digest}" not in cleared
    )
    return paragraphs, whole_digest(update) in cleared
