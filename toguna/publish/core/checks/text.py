"""What only the text itself can say: the figure checker, run over the resolved text as a reader will see it."""

from __future__ import annotations

from collections.abc import Iterator

from toguna.check.api import Block, Cell, Document, Spot, Table, check
from toguna.check.core.document import BlockKind
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.relations import figure_uses, values_of_one_fact, wholes
from toguna.publish.core.numerals import value_of
from toguna.publish.core.resolved import Resolved
from toguna.publish.core.tree import Bound as BoundNumber
from toguna.publish.core.tree import BulletList, Fenced, Heading, Inline, Node, Paragraph, flat
from toguna.publish.core.tree import Table as WrittenTable
from toguna.publish.core.tree import Text as Words

_SIDE = frozenset({"key-figures", "funding", "priorities", "population"})


def document_of(resolved: Resolved) -> Document:
    """The text as the checker reads documents, numbers as they will be printed."""
    parts = tuple(_parts(resolved, resolved.update.blocks, 1, "paragraph", aside=False))
    front = resolved.front
    return Document(name=resolved.update.file, parts=parts, language=front.language, form="markdown", title=front.title)


def _parts(
    resolved: Resolved, blocks: tuple[Node, ...], level: int, kind: BlockKind, *, aside: bool
) -> Iterator[Block | Table]:
    for block in blocks:
        match block:
            case Heading():
                yield _block(resolved, block.inlines, block.line, "heading", block.level, aside=aside)
            case Paragraph():
                yield _block(resolved, block.inlines, block.line, kind, level, aside=aside)
            case BulletList(items=items):
                for item in items:
                    head, *rest = item.blocks or (None,)
                    if isinstance(head, Paragraph):
                        yield _block(resolved, head.inlines, head.line, "bullet", level, aside=aside)
                        yield from _parts(resolved, tuple(rest), level + 1, kind, aside=aside)  # type: ignore[arg-type]
                    else:
                        yield from _parts(resolved, item.blocks, level + 1, kind, aside=aside)
            case WrittenTable():
                yield _table(resolved, block)
            case Fenced():
                inner: BlockKind = "caption" if block.kind in {"photo", "map", "chart"} else kind
                yield from _parts(resolved, block.blocks, 1, inner, aside=aside or block.kind in _SIDE)


def _block(
    resolved: Resolved, inlines: tuple[Inline, ...], line: int, kind: BlockKind, level: int, *, aside: bool
) -> Block:
    return Block(text=_words(resolved, inlines), spots=(Spot(start=0, line=line),), kind=kind, level=level, aside=aside)


def _words(resolved: Resolved, inlines: tuple[Inline, ...]) -> str:
    return "".join(
        leaf.text if isinstance(leaf, Words) else resolved.of(leaf).text if isinstance(leaf, BoundNumber) else " "
        for leaf in flat(inlines)
    )


def _table(resolved: Resolved, table: WrittenTable) -> Table:
    rows = [
        tuple(
            Cell(text=_words(resolved, cell), spots=(Spot(start=0, line=table.line),), header=index == 0)
            for cell in row
        )
        for index, row in enumerate((table.header, *table.rows))
    ]
    return Table(rows=tuple(rows))


def text_disagreements(draft: Draft) -> Iterator[Finding]:
    """The figure checker's findings, each at its line of the source; the unsure ones are left to a reader.

    A sum whose parts the indicators' definitions know is theirs to judge (`relations`).
    """
    judged = {passage.line for passage in draft.passages if next(wholes(figure_uses(draft, passage)), None) is not None}
    known = values_of_one_fact(draft)
    for finding in check(document_of(draft.resolution.resolved)):
        if finding.confidence == "low" or (finding.kind == "sum" and finding.place.line in judged):
            continue
        pair = {value_of(finding.expected, draft.language), value_of(finding.found, draft.language)}
        if finding.kind in {"repeat", "headline_vs_body"} and any(pair <= values for values in known):
            continue
        problem = fault.TEXT_DISAGREES.at(
            draft.at(finding.place.line or 1),
            message=finding.message("en"),
            message_fr=finding.message("fr"),
            quote=finding.quote,
        )
        yield Finding(problem=problem, quote=finding.id)
