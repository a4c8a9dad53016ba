"""The fenced blocks: which options each takes, what its body is, which figures its options ask for.

One table says it for the parser's faults, the resolver and docs/updates.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from toguna.kernel.api import Place, Problem
from toguna.publish import problems as fault
from toguna.publish.core.tree import (
    BlockKind,
    Bound,
    BulletList,
    Fenced,
    Item,
    Node,
    Paragraph,
    Table,
    Update,
    flat,
    walk,
)

#: What a block's body may be: bullets, words (paragraphs), bullets and words, a table, or nothing.
Body = Literal["bullets", "words", "mixed", "table", "none"]

CHART_TYPES = ("bar", "column", "line", "multiples", "slope", "stack", "paired")
#: How a photo may say whether those shown agreed: nobody can be recognised, or the consent is kept.
CONSENTS = ("given", "nobody_shown")
_FOCUS = re.compile(r"\d{1,3}% \d{1,3}%")
_SERIES = re.compile(r"([3-9]|1\d|2[0-4])m")
_BY = re.compile(r"[a-z_]+(@\d)?(\s*,\s*[a-z_]+(@\d)?)*")


@dataclass(frozen=True, kw_only=True)
class BlockRule:
    """How one kind of block is written."""

    body: Body
    needed: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    #: Options whose value is a figure reference.
    figures: tuple[str, ...] = ()
    #: Whether every bullet begins with a bound number, which is printed large or drawn.
    number_first: bool = False


RULES: Mapping[BlockKind, BlockRule] = {
    "key-figures": BlockRule(body="bullets", may=("series",), number_first=True),
    "highlights": BlockRule(body="bullets"),
    "funding": BlockRule(
        body="words", needed=("funded",), may=("gap", "received"), figures=("funded", "gap", "received")
    ),
    "population": BlockRule(body="bullets", may=("title", "alt"), number_first=True),
    "priorities": BlockRule(body="bullets", number_first=True),
    "chart": BlockRule(body="none", needed=("of", "by"), may=("type", "title", "alt"), figures=("of",)),
    "map": BlockRule(body="words", may=("of", "by", "title", "offices", "alt"), figures=("of",)),
    "photo": BlockRule(body="words", needed=("file", "credit", "alt"), may=("consent", "focus")),
    "table": BlockRule(body="table", may=("of", "by", "caption"), figures=("of",)),
    "contacts": BlockRule(body="bullets"),
    "links": BlockRule(body="bullets"),
}


def check_blocks(update: Update) -> list[Problem]:
    """Every fault of the update's fenced blocks: options, bodies, bullets without a number first."""
    found: list[Problem] = []
    for node in walk(update.blocks):
        if isinstance(node, Fenced):
            found += _options(node, update.file) + _body(node, update.file)
    return found


def first_number(item: Item) -> Bound | None:
    """The bound number that a bullet begins with, if it does."""
    head = item.blocks[0] if item.blocks else None
    first = next(flat(head.inlines), None) if isinstance(head, Paragraph) else None
    return first if isinstance(first, Bound) else None


def items(fenced: Fenced) -> tuple[Item, ...]:
    """The bullets of a block, of all its lists in order."""
    return tuple(item for block in fenced.blocks if isinstance(block, BulletList) for item in block.items)


def _options(block: Fenced, file: str) -> list[Problem]:
    rule, place = RULES[block.kind], Place(file=file, line=block.line)
    found = []
    for option in block.options:
        if option not in (*rule.needed, *rule.may):
            near = get_close_matches(option, (*rule.needed, *rule.may), 1)
            known = ", ".join((*rule.needed, *rule.may)) or "-"
            found.append(
                fault.OPTION_UNKNOWN.at(place, kind=block.kind, option=option, known=near[0] if near else known)
            )
    found += [
        fault.OPTION_MISSING.at(place, kind=block.kind, option=option)
        for option in rule.needed
        if not block.options.get(option)
    ]
    kind = block.options.get("type", CHART_TYPES[0])
    if block.kind == "chart" and kind not in CHART_TYPES:
        found.append(fault.OPTION_VALUE.at(place, option="type", value=kind, known=", ".join(CHART_TYPES)))
    by = block.options.get("by")
    if by is not None and not _BY.fullmatch(by):
        found.append(fault.OPTION_VALUE.at(place, option="by", value=by, known="category, category@1, a,b"))
    found += _shapes(block, place)
    if ("of" in block.options) != ("by" in block.options) and "of" not in rule.needed:
        absent = "by" if "of" in block.options else "of"
        found.append(fault.OPTION_MISSING.at(place, kind=block.kind, option=absent))
    return found


def _shapes(block: Fenced, place: Place) -> list[Problem]:
    """Options whose value has a form of its own."""
    patterns = {"focus": (_FOCUS, "50% 85%"), "series": (_SERIES, "12m (3m to 24m)")}
    found = [
        fault.OPTION_VALUE.at(place, option=option, value=block.options[option], known=known)
        for option, (pattern, known) in patterns.items()
        if option in block.options and not pattern.fullmatch(block.options[option])
    ]
    consent = block.options.get("consent")
    if consent is not None and consent not in CONSENTS:
        found.append(fault.OPTION_VALUE.at(place, option="consent", value=consent, known=", ".join(CONSENTS)))
    return found


def _body(block: Fenced, file: str) -> list[Problem]:
    rule = RULES[block.kind]
    allowed: Mapping[Body, tuple[type[Node], ...]] = {
        "bullets": (BulletList,),
        "words": (Paragraph,),
        "mixed": (Paragraph, BulletList),
        "table": (Table,),
        "none": (),
    }
    found = [
        fault.BODY_WRONG.at(Place(file=file, line=node.line), kind=block.kind, body=rule.body)
        for node in block.blocks
        if not isinstance(node, allowed[rule.body])
    ]
    if rule.body == "bullets" and not items(block):
        found.append(fault.BODY_WRONG.at(Place(file=file, line=block.line), kind=block.kind, body=rule.body))
    if rule.number_first:
        found += [
            fault.NUMBER_NOT_FIRST.at(Place(file=file, line=item.line), kind=block.kind)
            for item in items(block)
            if first_number(item) is None
        ]
    return found
