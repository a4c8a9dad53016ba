"""The laid-out update: plain values that the web page's template and the Typst templates both read.

Cover: what stands before the first level-1 heading, by kind of block, numbered in the order in which the first page is read. Body: text, and what
stands beside it or across the page. Numbers carry the index of their note; equal notes are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toguna.instance.core.languages import is_right_to_left
from toguna.publish.core.front import Front
from toguna.publish.core.resolved import Resolved
from toguna.publish.core.tree import (
    Fenced,
    Heading,
    Node,
)
from toguna.publish.pages.block_layout import BlockLayout, Laid
from toguna.publish.pages.dates import covers_words, known_words
from toguna.publish.pages.noted import grouped
from toguna.publish.pages.pictures import Picture
from toguna.publish.pages.setting import (
    place_and_period,
)
from toguna.publish.pages.sketches import Sketch
from toguna.publish.pages.words import BASES, LEGEND, WORDS, account_sentence

#: Blocks of the first page, in the order in which it is read.
COVER = ("key-figures", "photo", "highlights", "funding", "priorities", "population", "map")
#: Blocks that stand after the notes.
LAST = ("contacts", "links")


def lay_out(
    resolved: Resolved,
    pictures: Mapping[int, Picture],
    sketches: Mapping[int, Sketch] | None = None,
    months: Mapping[int, Sequence[str]] | None = None,
) -> Laid:
    """The whole update laid out. Pictures, drawings and the months of series are by the line of the block they belong to."""
    layout = BlockLayout(resolved, pictures, sketches or {}, months or {})
    blocks = resolved.update.blocks
    first = next(
        (at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1), len(blocks)
    )
    layout.notes.section = (WORDS[layout.language]["page_one"], "cover")
    chosen = {kind: block for kind in COVER if (block := _first_of(kind, blocks[:first])) is not None}
    cover = {kind: layout.node(block) for kind, block in chosen.items()}
    after = [block for block in blocks if isinstance(block, Fenced) and block.kind in LAST]
    taken = {id(block) for block in (*chosen.values(), *after)}
    body = [_annexed(node) for node in layout.nodes([block for block in blocks if id(block) not in taken])]
    # A text cut out of another may begin with its sections: the first level is one all the same.
    above = min((node["level"] for node in body if node["t"] == "heading"), default=1) - 1
    body = [{**node, "level": node["level"] - above} if node["t"] == "heading" else node for node in body]
    return {
        **_titles(resolved.front),
        "cover": cover,
        "body": body,
        "after": layout.nodes(after),
        "owners": layout.notes.owners(),
        "notes": layout.notes.rows,
        "entries": grouped(layout.notes),
        "account": account_sentence(resolved.account(), layout.language),
        "counts": [{"basis": basis, "count": count} for basis, count in resolved.account().most_common()],
    }


def _titles(front: Front) -> Laid:
    """What the document is of, and the words that the pages say themselves."""
    language = front.language
    place, period = place_and_period(front.subtitle, front.title)
    return {
        "language": language,
        "right_to_left": is_right_to_left(language),
        "product": front.product,
        "title": front.title,
        "subtitle": front.subtitle,
        "place": place,
        "period": period,
        "covers": covers_words(front.covers, language),
        "known": known_words(front.cut_off, language),
        "also": WORDS[language]["also"] if len(front.languages) > 1 else "",
        "other": next((each for each in front.languages if each != language), ""),
        "numbered": front.product not in {"factsheet", "dashboard"},
        "words": dict(WORDS[language]),
        "bases": {basis: names[0] for basis, names in BASES[language].items()},
        "legend": dict(LEGEND[language]),
    }


def _first_of(kind: str, blocks: Sequence[Node]) -> Fenced | None:
    return next((block for block in blocks if isinstance(block, Fenced) and block.kind == kind), None)


def _annexed(node: Laid) -> Laid:
    """A map that does not stand on the first page goes across the page, with larger names."""
    if node["t"] != "map" or node["sketch"] is None:
        return node
    return {**node, "slot": "wide", "sketch": replace(node["sketch"], slot="annex")}
