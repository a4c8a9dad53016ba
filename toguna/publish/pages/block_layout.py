"""Blocks laid out: text, numbers with their notes, and each fenced block as the values that a page needs of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toguna.kernel.api import Language
from toguna.publish.core.blocks import first_number, items
from toguna.publish.core.resolved import BlockFigures, Resolved, Row, Shown
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
    plain,
)
from toguna.publish.pages.noted import Notes
from toguna.publish.pages.pictures import Picture
from toguna.publish.pages.setting import (
    anchor,
    hedge_and_digits,
    label_and_owner,
    numeric_columns,
    place_and_period,
    typographic,
    without_first,
    words_after,
)
from toguna.publish.pages.sketches import Sketch, bullet_sketch, series_sketch
from toguna.publish.pages.words import WORDS, axis_names

#: A laid-out node: ``{"t": kind, ...}`` with plain values, pictures and drawings to be made.
Laid = dict[str, Any]


@dataclass
class BlockLayout:
    """Lays out one text; its notes are numbered as its numbers are met."""

    resolved: Resolved
    pictures: Mapping[int, Picture]
    sketches: Mapping[int, Sketch]
    months: Mapping[int, Sequence[str]]
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        front = self.resolved.front
        self.notes = Notes(self.language, home=place_and_period(front.subtitle, front.title)[0])

    @property
    def language(self) -> Language:
        return self.resolved.front.language

    @property
    def words(self) -> Mapping[str, str]:
        return WORDS[self.language]

    def nodes(self, blocks: Sequence[Node]) -> list[Laid]:
        return [self.node(block) for block in blocks]

    def node(self, block: Node) -> Laid:
        match block:
            case Heading():
                if block.level <= 2:
                    self.notes.section = (plain(block.inlines), anchor(block))
                inlines = self.inlines(block.inlines)
                return {"t": "heading", "level": block.level, "inlines": inlines, "id": anchor(block)}
            case Paragraph():
                self.notes.fresh = []
                inlines = self.inlines(block.inlines)
                return {"t": "paragraph", "inlines": inlines, "margin": self.notes.margin()}
            case BulletList():
                return {"t": "list", "items": [self.nodes(item.blocks) for item in block.items]}
            case Table():
                header = [self.inlines(cell) for cell in block.header]
                rows = [[self.inlines(cell) for cell in row] for row in block.rows]
                return {"t": "table", "header": header, "rows": rows, "slot": "text", "numeric": numeric_columns(block)}
            case Fenced():
                return self.fenced(block)

    def fenced(self, block: Fenced) -> Laid:
        title = block.options.get("title") or self.words.get(block.kind, "")
        laid: Laid = {"t": block.kind, "title": typographic(title, self.language)}
        match block.kind:
            case "key-figures":
                laid["items"] = [self.key_figure(block, at, item) for at, item in enumerate(items(block))]
            case "population":
                laid["items"] = [self.counted_group(item) for item in items(block)]
                self.shares(laid["items"])
                laid |= self.known_as(block)
            case "priorities":
                laid["items"] = [self.priority(item) for item in items(block)]
                laid |= self.known_as(block)
                if laid["bases"] == ["planned"]:
                    laid["as_of"] = self.words["targets"].format(year=self.resolved.front.covers.end.year)
                laid["silent"] = any(item["sketch"] for item in laid["items"]) and not all(
                    item["sketch"] for item in laid["items"]
                )
            case "highlights":
                laid["items"] = [self.highlight(item) for item in items(block)]
            case "contacts" | "links":
                laid["items"] = [self.nodes(item.blocks) for item in items(block)]
            case "funding":
                laid |= self.funding(block)
            case "photo":
                laid |= self.photo(block)
            case "chart" | "map":
                laid |= self.drawing(block)
            case "table":
                laid |= self.table(block)
        return laid

    def photo(self, block: Fenced) -> Laid:
        picture = self.pictures.get(block.line)
        shown = {"picture": picture.__dict__} if picture else {}
        focus = block.options.get("focus", "50% 50%").split()
        return {
            "words": self.nodes(block.blocks),
            "credit": block.options.get("credit", ""),
            "focus": [int(share.rstrip("%")) / 100 for share in focus],
            "slot": "side",
            **shown,
        }

    def drawing(self, block: Fenced) -> Laid:
        """A chart or map with its title, what is drawn in words, how its figures are known, and the one note of them all."""
        figures, sketch = self.resolved.blocks.get(block.line), self.sketches.get(block.line)
        rows = figures.rows.get("of", ()) if figures else ()
        title = figures.title if figures and figures.title else block.options.get("title") or self.words["map"]
        return {
            "title": typographic(title, self.language),
            "sketch": sketch,
            "slot": sketch.slot if sketch else "wide",
            "words": self.nodes(block.blocks),
            "note": self.shared_note(figures, rows) if figures and rows else 0,
            "first": bool(figures and rows) and self.notes.is_new,
            **self.known_of(rows),
            "what": self.what_is_drawn(rows),
            "offices": bool(block.options.get("offices")),
        }

    def what_is_drawn(self, rows: Sequence[Row]) -> str:
        """Measure and period of what is drawn."""
        parts = rows[0].shown.parts if rows else None
        if parts is None:
            return ""
        label = parts.label[:1].upper() + parts.label[1:]
        return f"{label}, {self.period_of(rows)}"

    def shared_note(self, figures: BlockFigures, rows: Sequence[Row]) -> int:
        """The one note that the values of a drawing share; the data file has a row for each."""
        parts = rows[0].shown.parts
        by = axis_names(figures.by, self.language, "axis")
        if parts is None:
            return 0
        series = figures.by == ("month",) and len(rows) > 1
        noted = replace(parts, categories=(), where=parts.where if series else "", when_short=self.period_of(rows))
        text = ", ".join(by)
        note = f"{self.what_is_drawn(rows)} ({', '.join((*by, *([parts.where] if series else [])))})."
        provisional = any(row.shown.provisional for row in rows)
        return self.notes.add(note, text, rows[0].shown.basis, noted, provisional, drawn=True)

    def period_of(self, rows: Sequence[Row]) -> str:
        ends = [row.shown.parts.when_short for row in (rows[0], rows[-1]) if row.shown.parts]
        if len(set(ends)) == 1:
            return ends[0]
        start, year = ends[0].rpartition(" ")[::2]
        return f"{start if ends[-1].endswith(year) else ends[0]}–{ends[-1]}"

    def known_of(self, rows: Sequence[Row]) -> Laid:
        bases = list(dict.fromkeys(row.shown.basis for row in rows))
        return {"bases": bases, "provisional": any(row.shown.provisional for row in rows)}

    def known_as(self, block: Fenced) -> Laid:
        """How the numbers of a block are known and of which day they are, where that is one for all of them."""
        shown = [self.resolved.of(number) for item in items(block) if (number := first_number(item)) is not None]
        bases = list(dict.fromkeys(each.basis for each in shown))
        days = {each.parts.as_of for each in shown if each.parts}
        return {"bases": bases, "as_of": days.pop() if len(days) == 1 else ""}

    def key_figure(self, block: Fenced, at: int, item: Item) -> Laid:
        laid = self.numbered(item)
        figures = self.resolved.blocks.get(block.line)
        rows = figures.rows.get(str(at), ()) if figures else ()
        if rows:
            parts = rows[0].shown.parts
            title = ", ".join(filter(None, (parts.label, parts.where))) if parts else ""
            laid["sketch"] = series_sketch(rows, title, self.language, self.months.get(block.line, ()))
            laid["note"] = self.shared_note(BlockFigures(title=title, unit="", by=("month",)), rows)
            laid["first"] = self.notes.is_new
        return laid

    def numbered(self, item: Item) -> Laid:
        """A bullet that begins with a number: the number apart from its label, and its sub-bullets."""
        head, number = item.blocks[0], first_number(item)
        assert isinstance(head, Paragraph) and number is not None
        shown = self.resolved.of(number)
        label = self.inlines(tuple(without_first(head.inlines)))
        parts = shown.parts
        return {
            "number": self.split(self.bound(number)),
            "basis": shown.basis,
            "label": label,
            "icon": parts.icon if parts else "",
            "how": parts.method if parts and shown.basis == "estimated" else "",
            "under": self.nodes(item.blocks[1:]),
            "value": float(shown.value) if shown.value is not None else None,
            "withheld": shown.status == "withheld",
            "provisional": shown.provisional,
            "sketch": None,
        }

    @staticmethod
    def split(number: Laid) -> Laid:
        """A hedge or currency before the digits is printed smaller: ``about 300``."""
        before, digits = hedge_and_digits(number["text"])
        return {**number, "before": before, "digits": digits}

    def counted_group(self, item: Item) -> Laid:
        """A row of the population: who, whose count, how many."""
        laid = self.numbered(item)
        last = laid["label"][-1] if laid["label"] else {}
        if last.get("t") == "text":
            last["text"], laid["owner"] = label_and_owner(last["text"])
        return laid

    @staticmethod
    def shares(rows: list[Laid]) -> None:
        """The length of each bar as a share of the longest; for drawing only, never printed."""
        most = max((row["value"] or 0 for row in rows), default=0)
        for row in rows:
            row["share"] = round(max((row.get("value") or 0) / most, 0.005), 4) if most and row["value"] else 0

    def priority(self, item: Item) -> Laid:
        """A target, and the result under it where one is printed: drawn against it."""
        laid = self.numbered(item)
        found = _first_bound(item.blocks[1:])
        if found is not None and laid["value"]:
            shown = self.resolved.of(found)
            if shown.value is not None:
                alt = self.words["against"].format(result=shown.text, target=laid["number"]["text"])
                laid["sketch"] = bullet_sketch(float(shown.value), laid["value"], alt)
                laid["result_basis"] = shown.basis
        return laid

    def highlight(self, item: Item) -> Laid:
        """A sentence with its number hung before it; one without a number hangs a dash."""
        head = item.blocks[0] if item.blocks else None
        number = first_number(item)
        found = number or _first_bound(item.blocks)
        basis = self.resolved.of(found).basis if found is not None else ""
        if number is None or not isinstance(head, Paragraph):
            return {"number": None, "basis": basis, "blocks": self.nodes(item.blocks)}
        hung = self.bound(number)
        inlines = self.inlines(tuple(without_first(head.inlines)))
        first: Laid = {"t": "paragraph", "inlines": inlines, "margin": {}}
        return {"number": hung, "basis": basis, "blocks": [first, *self.nodes(item.blocks[1:])]}

    def funding(self, block: Fenced) -> Laid:
        figures = self.resolved.blocks.get(block.line)
        laid: Laid = {"words": self.nodes(block.blocks), "share": 0, "bases": [], "as_of": ""}
        for option in ("funded", "gap", "received"):
            for row in figures.rows.get(option, ()) if figures else ():
                laid[option] = self.number(row.shown)
                laid["bases"] = list(dict.fromkeys([*laid["bases"], row.shown.basis]))
                laid["as_of"] = laid["as_of"] or (row.shown.parts.as_of if row.shown.parts else "")
                if option == "funded":
                    laid["share"] = round(max(float(row.shown.value or 0) / 100, 0), 4)
        return laid

    def table(self, block: Fenced) -> Laid:
        caption = block.options.get("caption", "")
        written = next((node for node in block.blocks if isinstance(node, Table)), None)
        if written is not None:
            return {**self.node(written), "t": "table", "caption": caption}
        figures = self.resolved.blocks[block.line]
        header = [
            [{"t": "text", "text": name}] for name in (*axis_names(figures.by, self.language, "head"), figures.title)
        ]
        rows = [
            [*([{"t": "text", "text": label}] for label in row.labels), [self.number(row.shown)]]
            for row in figures.rows.get("of", ())
        ]
        numeric = [False] * len(figures.by) + [True]
        return {"t": "table", "caption": caption, "header": header, "rows": rows, "slot": "text", "numeric": numeric}

    def inlines(self, inlines: tuple[Inline, ...]) -> list[Laid]:
        laid: list[Laid] = []
        for at, inline in enumerate(inlines):
            match inline:
                case Text(text=""):
                    continue
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
                    after = inlines[at + 1] if at + 1 < len(inlines) else None
                    laid.append(self.number(self.resolved.of(inline), words_after(after)))
        return laid

    def bound(self, number: Bound) -> Laid:
        return self.number(self.resolved.of(number))

    def number(self, shown: Shown, after: str = "") -> Laid:
        """A number with its note; what is withheld or silent is a word, set apart from numbers. `after`: the words that follow it."""
        silent = shown.status not in {"value", "nil"} and shown.basis not in {"stated", "text"}
        index = self.notes.index(shown, after if shown.basis == "stated" else "")
        if not index and not silent:
            return {"t": "text", "text": shown.text}
        return {"t": "number", "text": shown.text, "note": index, "silent": silent, "first": self.notes.is_new}


def _first_bound(blocks: Sequence[Node]) -> Bound | None:
    for block in blocks:
        if isinstance(block, BulletList):
            found = next((each for item in block.items if (each := _first_bound(item.blocks)) is not None), None)
        elif isinstance(block, Paragraph):
            found = next((each for each in _leaves(block.inlines) if isinstance(each, Bound)), None)
        else:
            found = None
        if found is not None:
            return found
    return None


def _leaves(inlines: tuple[Inline, ...]) -> Sequence[Inline]:
    found: list[Inline] = []
    for inline in inlines:
        found += _leaves(inline.inlines) if isinstance(inline, Strong | Emphasis | Link) else [inline]
    return found
