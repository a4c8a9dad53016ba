"""Source text to tree. CommonMark by markdown-it-py, with a rule of ours that records where a link's words stand.

What the language does not have (raw HTML, images, quotations, code) is a fault, not silence; so is nesting that the parser would drop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from toguna.kernel.api import Fault, Place, Problem, Refused
from toguna.publish import problems as fault
from toguna.publish.core.tree import (
    Binding,
    BlockKind,
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
    Span,
    Strong,
    Table,
    Text,
    Update,
)

#: Characters of a source. The reference update has 20,000.
MOST_CHARACTERS = 400_000
#: Levels of markdown-it's own count: a bullet's paragraph stands at 2 more than its list.
MOST_NESTING = 24

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_OPTION = re.compile(r"([a-z][a-z_-]*):(?:\s+(.*))?")
_TRANSLATES = re.compile(r"<!--\s*translates\s+([0-9a-f]{8,64})\s*-->\s*")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_KINDS = get_args(BlockKind)
_NAMES = {
    "blockquote": "quotation",
    "code_block": "code",
    "html_block": "raw HTML",
    "hr": "ruler",
    "html_inline": "raw HTML",
    "image": "image outside a photo block",
    "code_inline": "code",
}


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """The tree, and every fault found on the way; with errors in it the tree is for showing only."""

    update: Update
    problems: tuple[Problem, ...]


def parse_update(source: str, file: str) -> Parsed:
    """Parse one source. Refuses (`Refused`) a source that is too large, too deep, or has no front matter."""
    if len(source) > MOST_CHARACTERS:
        raise Refused(fault.TOO_LARGE.at(Place(file=file), size=len(source), most=MOST_CHARACTERS))
    match = _FRONT.match(source)
    if match is None:
        raise Refused(fault.NO_FRONT.at(Place(file=file, line=1)))
    front, front_lines = _front_matter(match[1], file)
    reader = _Reader(file=file, lines=source.split("\n"))
    first = source[: match.end()].count("\n")
    blocks = reader.blocks(source[match.end() :], first)
    update = Update(file=file, source=source, front=front, front_lines=front_lines, blocks=blocks)
    return Parsed(update=update, problems=tuple(reader.problems))


def _front_matter(text: str, file: str) -> tuple[dict[str, object], dict[str, int]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not YAML"
        raise Refused(
            fault.FRONT_BROKEN.at(Place(file=file, line=(mark.line if mark else 0) + 2), reason=reason)
        ) from error
    if not isinstance(value, dict) or not isinstance(node, yaml.MappingNode):
        raise Refused(fault.FRONT_BROKEN.at(Place(file=file, line=2), reason="it has no keys"))
    return {str(key): item for key, item in value.items()}, {
        key.value: key.start_mark.line + 2 for key, _ in node.value
    }


def _link_with_span(state: StateInline, silent: bool) -> bool:
    """markdown-it's link rule, which also keeps where the link's words begin and end in the inline source."""
    start, count = state.pos, len(state.tokens)
    end = state.md.helpers.parseLinkLabel(state, start, True) if state.src[start] == "[" else -1
    if not link(state, silent):
        return False
    if not silent:
        opened = next(token for token in state.tokens[count:] if token.type == "link_open")
        opened.meta = {"start": start + 1, "end": end}
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable("table")
    parser.inline.ruler.at("link", _link_with_span)
    return parser


@dataclass
class _Reader:
    """Walks markdown-it's tokens once. `lines` are the whole source's; `base` is the line before the text being read."""

    file: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    _cells: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def blocks(self, text: str, base: int) -> tuple[Node, ...]:
        tokens = _parser().parse(text)
        deep = next((token for token in tokens if token.level >= MOST_NESTING - 2), None)
        if deep is not None:
            place = Place(file=self.file, line=base + (deep.map[0] if deep.map else 0) + 1)
            raise Refused(fault.TOO_DEEP.at(place, most=MOST_NESTING // 4))
        nodes, rest = self._nodes(tokens, 0, base, until=None)
        assert rest == len(tokens)
        return nodes

    def _nodes(self, tokens: Sequence[Token], at: int, base: int, until: str | None) -> tuple[tuple[Node, ...], int]:
        """Nodes from token `at` up to the closing token `until`; returns them and the index after it."""
        nodes: list[Node] = []
        translates: str | None = None
        while at < len(tokens):
            token = tokens[at]
            if token.type == until:
                return tuple(nodes), at + 1
            if token.type == "html_block" and _COMMENT.fullmatch(token.content):
                mark = _TRANSLATES.fullmatch(token.content)
                translates = mark[1] if mark else None
                at += 1
                continue
            node, at = self._node(tokens, at, base, translates)
            translates = None
            if node is not None:
                nodes.append(node)
        return tuple(nodes), at

    def _node(self, tokens: Sequence[Token], at: int, base: int, translates: str | None) -> tuple[Node | None, int]:
        token = tokens[at]
        first, last = token.map or (0, 0)
        line, end_line = base + first + 1, base + last
        match token.type:
            case "heading_open":
                inlines = self._inlines(tokens[at + 1], base)
                return Heading(level=int(token.tag[1]), inlines=inlines, line=line, end_line=end_line), at + 3
            case "paragraph_open":
                inlines = _without_trailing_blank(self._inlines(tokens[at + 1], base))
                own = _TRANSLATES.search(tokens[at + 1].content)
                translates = own[1] if own else translates
                return Paragraph(inlines=inlines, line=line, end_line=end_line, translates=translates), at + 3
            case "bullet_list_open" | "ordered_list_open":
                items, at = self._items(tokens, at + 1, base, token.type.replace("open", "close"))
                ordered = token.type.startswith("ordered")
                return BulletList(items=items, line=line, end_line=end_line, ordered=ordered), at
            case "table_open":
                return self._table(tokens, at, base)
            case "fence":
                return self._fenced(token, base), at + 1
        name = token.type.removesuffix("_open")
        self._fault(fault.NOT_ALLOWED, line, what=_NAMES.get(name, name))
        return None, _after(tokens, at)

    def _items(self, tokens: Sequence[Token], at: int, base: int, until: str) -> tuple[tuple[Item, ...], int]:
        items: list[Item] = []
        while tokens[at].type != until:
            first, last = tokens[at].map or (0, 0)
            blocks, at = self._nodes(tokens, at + 1, base, until="list_item_close")
            items.append(Item(blocks=blocks, line=base + first + 1, end_line=base + last))
        return tuple(items), at + 1

    def _table(self, tokens: Sequence[Token], at: int, base: int) -> tuple[Table, int]:
        first, last = tokens[at].map or (0, 0)
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        cells: list[tuple[Inline, ...]] = []
        while tokens[at].type != "table_close":
            if tokens[at].type == "inline":
                cells.append(self._inlines(tokens[at], base, cell=True))
            elif tokens[at].type == "tr_close":
                rows.append(tuple(cells))
                cells = []
            at += 1
        return Table(header=rows[0], rows=tuple(rows[1:]), line=base + first + 1, end_line=base + last), at + 1

    def _fenced(self, token: Token, base: int) -> Fenced | None:
        first, last = token.map or (0, 0)
        line = base + first + 1
        kind = token.info.strip()
        if kind not in _KINDS:
            self._fault(fault.UNKNOWN_BLOCK, line, kind=kind, known=", ".join(_KINDS))
            return None
        options: dict[str, str] = {}
        body = token.content.split("\n")
        count = 0
        while count < len(body) and (match := _OPTION.fullmatch(body[count].strip())):
            if match[1] in options:
                self._fault(fault.OPTION_TWICE, line + count + 1, option=match[1])
            options[match[1]] = (match[2] or "").strip()
            count += 1
        blocks = self.blocks("\n".join(body[count:]), base + first + 1 + count)
        return Fenced(kind=cast(BlockKind, kind), options=options, blocks=blocks, line=line, end_line=base + last)

    def _inlines(self, token: Token, base: int, *, cell: bool = False) -> tuple[Inline, ...]:
        line = base + (token.map or [0, 0])[0]
        place = _Offsets(self, token.content, line, cell=cell)
        children = iter(token.children or [])
        return tuple(self._inline_nodes(children, place, until=None))

    def _inline_nodes(self, tokens: Iterator[Token], place: _Offsets, until: str | None) -> Iterator[Inline]:
        for token in tokens:
            if token.type == until:
                return
            match token.type:
                case "text" | "text_special":
                    yield Text(text=token.content)
                case "softbreak":
                    yield Text(text=" ")
                case "hardbreak":
                    yield Break()
                case "strong_open":
                    yield Strong(inlines=tuple(self._inline_nodes(tokens, place, "strong_close")))
                case "em_open":
                    yield Emphasis(inlines=tuple(self._inline_nodes(tokens, place, "em_close")))
                case "link_open":
                    yield self._link(token, tuple(self._inline_nodes(tokens, place, "link_close")), place)
                case "html_inline" if _COMMENT.fullmatch(token.content):
                    continue
                case _:
                    self._fault(fault.NOT_ALLOWED, place.line + 1, what=_NAMES.get(token.type, token.type))

    def _link(self, token: Token, inlines: tuple[Inline, ...], place: _Offsets) -> Inline:
        target = str(token.attrs.get("href", ""))
        scheme, _, rest = target.partition(":")
        line = place.line_of(token.meta["start"])
        if scheme in {"http", "https", "mailto"}:
            return Link(target=target, inlines=inlines)
        if scheme not in get_args(Binding):
            self._fault(fault.UNKNOWN_SCHEME, line, target=target)
            return Text(text="".join(inline.text for inline in inlines if isinstance(inline, Text)))
        span = place.span(token.meta["start"], token.meta["end"])
        if span is None or not all(isinstance(inline, Text) for inline in inlines):
            self._fault(fault.SHOWN_NOT_PLAIN, line, target=target)
            span = Span(start=0, end=0)
        shown = "".join(inline.text for inline in inlines if isinstance(inline, Text))
        return Bound(binding=cast(Binding, scheme), reference=rest, shown=shown, line=line, span=span)

    def _fault(self, which: Fault, line: int, **details: object) -> None:
        """Tell a fault once a line, however often the construct stands in it."""
        problem = which.at(Place(file=self.file, line=line), **details)
        if problem not in self.problems:
            self.problems.append(problem)

    def cell_offset(self, line: int, content: str) -> int | None:
        """Where a table cell's content stands in its line, cells taken from left to right."""
        found = self.lines[line].find(content, self._cells.get(line, 0))
        if found >= 0:
            self._cells[line] = found + len(content)
        return self._starts[line] + found if found >= 0 else None

    def line_offset(self, line: int, content: str) -> int | None:
        """Where the inline content of a line stands in the source: markers and indent come before it."""
        found = self.lines[line].rfind(content) if line < len(self.lines) else -1
        return self._starts[line] + found if found >= 0 else None


class _Offsets:
    """From a position in a block's inline text to one in the source."""

    def __init__(self, reader: _Reader, content: str, line: int, *, cell: bool) -> None:
        self.line = line
        self._lines: list[tuple[int, int | None]] = []
        position = 0
        for count, text in enumerate(content.split("\n")):
            offset = reader.cell_offset(line, text) if cell else reader.line_offset(line + count, text)
            self._lines.append((position, offset))
            position += len(text) + 1

    def _row(self, position: int) -> int:
        return max(index for index, (start, _) in enumerate(self._lines) if start <= position)

    def line_of(self, position: int) -> int:
        return self.line + self._row(position) + 1

    def span(self, start: int, end: int) -> Span | None:
        """None when the words run over a line end or the line could not be found."""
        row = self._row(start)
        begin, offset = self._lines[row]
        if offset is None or self._row(end) != row:
            return None
        return Span(start=offset + start - begin, end=offset + end - begin)


def _without_trailing_blank(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without the blank that stood before a comment at the end."""
    if inlines and isinstance(inlines[-1], Text) and inlines[-1].text.endswith(" "):
        rest = inlines[-1].text.rstrip()
        return (*inlines[:-1], Text(text=rest)) if rest else inlines[:-1]
    return inlines


def _after(tokens: Sequence[Token], at: int) -> int:
    """The index after the block that token `at` opens (or is)."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index + 1
    return len(tokens)
