"""Factsheet and dashboard: sources cut out of an update's own, so that each number is the same link and agrees by being the same.

A factsheet has the cover's blocks, the annexes, and the bullets with a figure that open each section; a dashboard has the cover's numbers,
charts and map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.front import Front
from toguna.publish.core.tree import (
    BlockKind,
    Bound,
    BulletList,
    Fenced,
    Heading,
    Item,
    Node,
    Paragraph,
    Update,
    flat,
    inlines_of,
)

#: Charts of one axis that a dashboard has room for.
MOST_CHARTS = 2

_TITLES: Mapping[str, Mapping[Language, str]] = {
    "factsheet": ByLanguage({"en": "Factsheet", "fr": "Fiche d'information"}),
    "dashboard": ByLanguage({"en": "Snapshot", "fr": "Tableau de bord"}),
}
_COVER: tuple[BlockKind, ...] = ("key-figures", "funding", "population", "priorities")
_FIRST_PAGE: tuple[BlockKind, ...] = (*_COVER, "highlights", "map", "contacts", "links")


def factsheet(update: Update, front: Front, most: int = 2) -> str:
    """The source of a factsheet of two pages: the cover with map, contacts and links; then `most` bullets of each section."""
    lines = update.source.splitlines()
    parts = [_front(front, "factsheet"), *_blocks(update, lines, _FIRST_PAGE)]
    told = [part for heading, items in _sections(update) for part in _section(heading, items, lines, most)]
    parts += told or [part for heading, words in _prose(update, lines, most) for part in (heading, words)]
    return "\n\n".join(parts) + "\n"


def dashboard(update: Update, front: Front, without: int = 0) -> str:
    """The source of a dashboard of one page: key figures, funding, population, targets, the charts and the map.

    The block of line `without` is left out.
    """
    lines = update.source.splitlines()
    charts = [_written(node, lines) for node in _charts(update) if node.line != without]
    parts = [_front(front, "dashboard"), *_blocks(update, lines, (*_COVER, "map"), without), *charts]
    if not any(isinstance(node, Fenced) and node.kind in (*_COVER, "map") for node in update.blocks) and not charts:
        # A text of prose alone: what each section says first stands where figures would.
        said = [words.removeprefix("- ").replace("\n", " ") for _, words in _prose(update, lines, 1)]
        parts.append("```highlights\n" + "\n".join(f"- {words}" for words in said) + "\n```")
    return "\n\n".join([*parts, *_blocks(update, lines, ("contacts",))]) + "\n"


def dashboard_blocks(update: Update) -> list[Fenced]:
    """The blocks of an update's dashboard, in the order in which one would do without them."""
    charts = list(reversed(_charts(update)))
    return charts + [
        node
        for kind in reversed((*_COVER, "map"))
        for node in update.blocks
        if isinstance(node, Fenced) and node.kind == kind
    ]


def _charts(update: Update) -> list[Fenced]:
    """The first charts of one axis."""
    found = (node for node in update.blocks if isinstance(node, Fenced) and node.kind == "chart")
    return [node for node in found if "," not in node.options.get("by", "")][:MOST_CHARTS]


def _front(front: Front, product: str) -> str:
    keys: dict[str, object] = {
        "product": product,
        "title": _TITLES[product][front.language],
        "subtitle": front.subtitle,
        "place": front.place,
        "covers": front.covers.written(),
        "language": front.language,
        "languages": [front.language],
    }
    if front.cut_off is not None:
        keys["cut_off"] = front.cut_off.strftime("%Y-%m-%dT%H:%M")
    return f"---\n{yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)}---"


def _blocks(update: Update, lines: list[str], kinds: tuple[BlockKind, ...], without: int = 0) -> Iterator[str]:
    """The fenced blocks of these kinds as they are written, in the order of the kinds; not the one of line `without`."""
    for kind in kinds:
        for node in update.blocks:
            if isinstance(node, Fenced) and node.kind == kind and node.line != without:
                yield _written(node, lines)


def _written(node: Node | Item, lines: list[str]) -> str:
    return "\n".join(lines[node.line - 1 : node.end_line]).rstrip()


def _sections(update: Update) -> Iterator[tuple[Heading, list[Item]]]:
    """Each heading with the bullets under it, up to the next heading."""
    heading: Heading | None = None
    items: list[Item] = []
    for node in update.blocks:
        if isinstance(node, Heading):
            if heading is not None:
                yield heading, items
            heading, items = node, []
        elif isinstance(node, BulletList):
            items += node.items
    if heading is not None:
        yield heading, items


def _prose(update: Update, lines: list[str], most: int) -> Iterator[tuple[str, str]]:
    """Of each section its heading and its first bullets, or its first paragraph where it has none: for a text without figures."""
    heading: Heading | None = None
    for node in update.blocks:
        if isinstance(node, Heading):
            heading = node
        elif heading is not None and isinstance(node, BulletList):
            yield _written(heading, lines), "\n".join(_own_words(item, lines) for item in node.items[:most])
            heading = None
        elif heading is not None and isinstance(node, Paragraph):
            yield _written(heading, lines), _written(node, lines)
            heading = None


def _section(heading: Heading, items: list[Item], lines: list[str], most: int) -> Iterator[str]:
    """The heading and its first bullets that print a figure; nothing of a section without one."""
    told = [told for item in items if (told := _told(item, lines))][:most]
    if told:
        yield _written(heading, lines)
        yield "\n".join(told)


def _told(item: Item, lines: list[str]) -> str:
    """The bullet without the bullets inside it; with the first of them that prints a figure where it prints none itself. Else nothing."""
    if _prints_figure(item):
        return _own_words(item, lines)
    inner = (each for block in item.blocks if isinstance(block, BulletList) for each in block.items)
    first = next((each for each in inner if _prints_figure(each)), None)
    return "\n".join([_own_words(item, lines), _own_words(first, lines)]) if first else ""


def _own_words(item: Item, lines: list[str]) -> str:
    """The bullet without the bullets inside it."""
    inner = next((block.line for block in item.blocks if isinstance(block, BulletList)), item.end_line + 1)
    return "\n".join(lines[item.line - 1 : inner - 1]).rstrip()


def _prints_figure(item: Item) -> bool:
    own = (block for block in item.blocks if isinstance(block, Paragraph))
    return any(isinstance(leaf, Bound) and leaf.binding == "fig" for block in own for leaf in flat(inlines_of(block)))
