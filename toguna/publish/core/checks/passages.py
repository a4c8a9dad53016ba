"""The pieces of text that a reader of the published files will see, with bound numbers as holes, and the lines they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.numerals import HOLE
from toguna.publish.core.tree import Bound, Break, Fenced, Heading, Item, Node, Text, Update, flat, inlines_of, walk

Where = Literal["text", "heading", "caption", "alternative text", "option", "front matter", "contacts", "picture"]

WHERE_WORDS: dict[Language, dict[Where, str]] = ByLanguage(
    {
        "en": {
            "text": "text",
            "heading": "heading",
            "caption": "caption",
            "alternative text": "alternative text",
            "option": "option of a block",
            "front matter": "front matter",
            "contacts": "contacts",
            "picture": "picture",
        },
        "fr": {
            "text": "texte",
            "heading": "titre",
            "caption": "légende",
            "alternative text": "texte de remplacement",
            "option": "option d'un bloc",
            "front matter": "en-tête",
            "contacts": "contacts",
            "picture": "image",
        },
    }
)

_BINDING = re.compile(r"\[[^\]]*\]\((?:fig|stated|text):[^)]*\)")
#: Options whose words are printed; the others are references, names of files and switches.
_PRINTED: dict[str, Where] = {"title": "option", "alt": "alternative text", "credit": "caption", "caption": "caption"}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One piece of text. Each bound number is one `HOLE` character."""

    where: Where
    text: str
    line: int
    numbers: tuple[Bound, ...] = ()
    #: The source's lines of the passage, bindings as holes.
    lines: tuple[str, ...] = field(default=(), repr=False)
    #: The title of the block that it stands in.
    title: str = ""
    #: Web addresses that its links lead to.
    targets: tuple[str, ...] = ()

    def line_of(self, offset: int, words: str) -> int:
        """The line where words that begin at an offset of the text stand in the source."""
        rank = self.text[:offset].count(words)
        for index, line in enumerate(self.lines):
            count = line.count(words)
            if rank < count:
                return self.line + index
            rank -= count
        return self.line

    def number_at(self, offset: int) -> Bound:
        """The bound number whose hole stands at an offset."""
        return self.numbers[self.text[:offset].count(HOLE)]

    def holes(self) -> Iterator[tuple[int, Bound]]:
        offsets = (index for index, letter in enumerate(self.text) if letter == HOLE)
        return zip(offsets, self.numbers, strict=True)

    def sentence(self, offset: int) -> str:
        """The sentence around an offset, holes in place."""
        start = max((match.end() for match in re.finditer(r"[.;!?]\s", self.text[:offset])), default=0)
        end = re.search(r"[.;!?](?:\s|$)", self.text[offset:])
        return self.text[start : offset + end.end() if end else None]


def passages(update: Update) -> Iterator[Passage]:
    """Every piece of printed text in reading order: front matter, headings, paragraphs, cells, captions, alternative texts."""
    lines = update.source.split("\n")
    for key in ("title", "subtitle"):
        words = str(update.front.get(key) or "")
        if words:
            line = update.front_lines.get(key, 1)
            yield Passage(where="front matter", text=words, line=line, lines=(lines[line - 1],))
    yield from _of(update.blocks, lines, "text")


def _of(blocks: tuple[Node, ...], lines: list[str], where: Where) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Fenced):
            yield from _options(block, lines)
            inner: Where = {"photo": "caption", "map": "caption", "contacts": "contacts"}.get(block.kind, where)  # type: ignore[assignment]
            title = block.options.get("title", "")
            yield from (replace(each, title=title) for each in _of(block.blocks, lines, inner))
            continue
        for node in walk((block,)):
            passage = _passage(node, lines, "heading" if isinstance(node, Heading) else where)
            if passage is not None:
                yield passage


def _options(block: Fenced, lines: list[str]) -> Iterator[Passage]:
    for option, where in _PRINTED.items():
        words = block.options.get(option)
        if words:
            line = next(
                (
                    number
                    for number in range(block.line, block.end_line + 1)
                    if lines[number - 1].strip().startswith(f"{option}:")
                ),
                block.line,
            )
            yield Passage(where=where, text=words, line=line, lines=(lines[line - 1],))


def _passage(node: Node | Item, lines: list[str], where: Where) -> Passage | None:
    inlines = inlines_of(node)
    if not inlines:
        return None
    leaves = list(flat(inlines))
    text = "".join(leaf.text if isinstance(leaf, Text) else " " if isinstance(leaf, Break) else HOLE for leaf in leaves)
    own = tuple(_BINDING.sub(HOLE, line) for line in lines[node.line - 1 : node.end_line])
    return Passage(
        where=where,
        text=text,
        line=node.line,
        numbers=tuple(leaf for leaf in leaves if isinstance(leaf, Bound)),
        lines=own,
        targets=tuple(re.findall(r"\]\(((?:https?|mailto):[^)\s]+)", "\n".join(own))),
    )
