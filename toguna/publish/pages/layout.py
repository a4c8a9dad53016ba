"""The laid-out update: plain values that the HTML writer and the Typst template both read.

Cover: what stands before the first level-1 heading; key figures, funding and priorities go to its side column. A photo that follows a long
paragraph or list stands beside it. Numbers carry the index of their note; equal notes are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toguna.kernel.api import Language
from toguna.publish.core.blocks import first_number, items
from toguna.publish.core.resolved import Resolved
from toguna.publish.core.tree import (
    Bound,
    Break,
    BulletList,
    Emphasis,
    Fenced,
    Heading,
    Inline,
    Item,
    Link,
    Node,
    Paragraph,
    Strong,
    Table,
    Text,
    inlines_of,
    plain,
    walk,
)
from toguna.publish.pages.words import BASES, WORDS, account_sentence

#: A laid-out node: ``{"t": kind, ...}`` with plain values only.
Laid = dict[str, Any]

SIDE = frozenset({"key-figures", "funding", "priorities"})
#: Characters of a number in the notes; a list of names is cut.
LONGEST_IN_NOTES = 17
#: Characters from which a block is tall enough for a photo to stand beside it.
TALL = 420


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing or photo of one block, made beforehand: its file beside the page, alternative text, size in pixels."""

    file: str
    alt: str
    width: int
    height: int


@dataclass
class _Layout:
    resolved: Resolved
    pictures: Mapping[int, Picture]
    notes: dict[str, int] = field(default_factory=dict)
    rows: list[Laid] = field(default_factory=list)

    @property
    def language(self) -> Language:
        return self.resolved.front.language

    def nodes(self, blocks: Sequence[Node]) -> list[Laid]:
        laid: list[Laid] = []
        for block in blocks:
            node = self.node(block)
            if node["t"] == "photo" and laid and laid[-1].get("tall"):
                laid[-1] = {"t": "beside", "block": laid[-1], "photo": node}
            else:
                laid.append(node)
        return laid

    def node(self, block: Node) -> Laid:
        match block:
            case Heading():
                return {
                    "t": "heading",
                    "level": block.level,
                    "inlines": self.inlines(block.inlines),
                    "id": anchor(block),
                }
            case Paragraph():
                return {
                    "t": "paragraph",
                    "inlines": self.inlines(block.inlines),
                    "tall": len(plain(block.inlines)) > TALL,
                }
            case BulletList():
                size = sum(len(plain(inlines_of(node))) for node in walk((block,)))
                return {"t": "list", "items": [self.nodes(item.blocks) for item in block.items], "tall": size > TALL}
            case Table():
                header = [self.inlines(cell) for cell in block.header]
                return {
                    "t": "table",
                    "header": header,
                    "rows": [[self.inlines(cell) for cell in row] for row in block.rows],
                }
            case Fenced():
                return self.fenced(block)

    def fenced(self, block: Fenced) -> Laid:
        laid: Laid = {"t": block.kind, "title": block.options.get("title") or WORDS[self.language].get(block.kind, "")}
        picture = self.pictures.get(block.line)
        if picture is not None:
            laid["picture"] = {
                "file": picture.file,
                "alt": picture.alt,
                "width": picture.width,
                "height": picture.height,
            }
        match block.kind:
            case "key-figures" | "population" | "priorities":
                laid["items"] = [self.numbered(item) for item in items(block)]
                self.shares(laid["items"])
            case "highlights" | "contacts" | "links":
                laid["items"] = [self.nodes(item.blocks) for item in items(block)]
            case "funding":
                laid["words"] = self.nodes(block.blocks)
                laid["bar"] = self.funding(block)
            case "photo":
                laid |= {"words": self.nodes(block.blocks), "credit": block.options.get("credit", "")}
            case "chart" | "map":
                laid["words"] = self.nodes(block.blocks)
            case "table":
                laid |= self.table(block)
        return laid

    def numbered(self, item: Item) -> Laid:
        """A bullet that begins with a number: the number apart from its label, and its sub-bullets."""
        head, number = item.blocks[0], first_number(item)
        assert isinstance(head, Paragraph) and number is not None
        rest = self.inlines(tuple(_without_first(head.inlines)))
        shown = self.resolved.of(number)
        value = float(shown.value) if shown.value is not None else None
        return {"number": self.bound(number), "label": rest, "under": self.nodes(item.blocks[1:]), "value": value}

    @staticmethod
    def shares(rows: list[Laid]) -> None:
        """The length of each bar as a share of the longest; for drawing only, never printed."""
        most = max((row["value"] or 0 for row in rows), default=0)
        for row in rows:
            row["share"] = round((row.pop("value") or 0) / most, 4) if most else 0

    def funding(self, block: Fenced) -> list[Laid]:
        figures = self.resolved.blocks[block.line].rows
        parts = []
        for option in ("funded", "gap"):
            for row in figures.get(option, ()):
                share = min(max(float(row.shown.value or 0) / 100, 0), 1)
                parts.append(
                    {
                        "label": WORDS[self.language][option],
                        "text": row.shown.text,
                        "share": round(share, 4),
                        "note": self.note(row.shown.note, row.shown.text),
                    }
                )
        return parts

    def table(self, block: Fenced) -> Laid:
        caption = block.options.get("caption", "")
        written = next((node for node in block.blocks if isinstance(node, Table)), None)
        if written is not None:
            return {**self.node(written), "t": "table", "caption": caption}
        figures = self.resolved.blocks[block.line]
        header = [[{"t": "text", "text": name}] for name in (*figures.by, figures.title)]
        rows = [
            [*([{"t": "text", "text": label}] for label in row.labels), [self.number(row.shown.text, row.shown.note)]]
            for row in figures.rows.get("of", ())
        ]
        return {"t": "table", "caption": caption, "header": header, "rows": rows}

    def inlines(self, inlines: tuple[Inline, ...]) -> list[Laid]:
        laid: list[Laid] = []
        for inline in inlines:
            match inline:
                case Text(text=text):
                    laid.append({"t": "text", "text": typographic(text, self.language)})
                case Break():
                    laid.append({"t": "break"})
                case Strong(inlines=inner):
                    laid.append({"t": "strong", "inlines": self.inlines(inner)})
                case Emphasis(inlines=inner):
                    laid.append({"t": "emphasis", "inlines": self.inlines(inner)})
                case Link(target=target, inlines=inner):
                    laid.append({"t": "link", "target": target, "inlines": self.inlines(inner)})
                case Bound():
                    laid.append(self.bound(inline))
        return laid

    def bound(self, number: Bound) -> Laid:
        shown = self.resolved.of(number)
        return self.number(shown.text, shown.note)

    def number(self, text: str, note: str) -> Laid:
        return {"t": "number", "text": text, "note": self.note(note, text)} if note else {"t": "text", "text": text}

    def note(self, note: str, text: str) -> int:
        """The index of a note, from 1; 0 where there is none."""
        if not note:
            return 0
        if note not in self.notes:
            self.notes[note] = len(self.notes) + 1
            short = text if len(text) <= LONGEST_IN_NOTES else text[: LONGEST_IN_NOTES - 1].rstrip(" ,") + "…"
            self.rows.append({"index": self.notes[note], "text": short, "note": note})
        return self.notes[note]


def lay_out(resolved: Resolved, pictures: Mapping[int, Picture]) -> Laid:
    """The whole update laid out. `pictures` are by the line of the block they belong to."""
    layout = _Layout(resolved, pictures)
    blocks = resolved.update.blocks
    first = next(
        (index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1), len(blocks)
    )
    side = [block for block in blocks[:first] if isinstance(block, Fenced) and block.kind in SIDE]
    main = [block for block in blocks[:first] if block not in side]
    front, language = resolved.front, resolved.front.language
    return {
        "language": language,
        "product": front.product,
        "title": front.title,
        "subtitle": front.subtitle,
        "words": dict(WORDS[language]),
        "main": layout.nodes(main),
        "side": layout.nodes(side),
        "body": layout.nodes(blocks[first:]),
        "notes": layout.rows,
        "account": account_sentence(resolved.account(), language),
        "bases": {basis: names[0] for basis, names in BASES[language].items()},
    }


def anchor(heading: Heading) -> str:
    """An id for a heading: its words in small letters, with its line so that it is alone."""
    words = "".join(letter if letter.isalnum() else "-" for letter in plain(heading.inlines).lower())
    return f"s{heading.line}-{'-'.join(filter(None, words.split('-')))}"


def typographic(text: str, language: Language) -> str:
    """French puts an unbreakable blank before high punctuation and inside guillemets."""
    if language != "fr":
        return text
    for mark in ":;!?»%":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")


def _without_first(inlines: tuple[Inline, ...]) -> list[Inline]:
    """The inlines without their first leaf (a bound number), and without the blank after it."""
    head, *rest = inlines
    if isinstance(head, Strong | Emphasis | Link):
        rest = [*_without_first(head.inlines), *rest]
    if rest and isinstance(rest[0], Text):
        rest[0] = Text(text=rest[0].text.lstrip())
    return rest
