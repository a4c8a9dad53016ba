"""Which figures the newest text of the instance puts on its first page: what an operation looks at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from toguna.kernel.api import Language
from toguna.publish.core.parse import parse_update
from toguna.publish.core.tree import BlockKind, Bound, Fenced, Item, Paragraph, flat, walk
from toguna.publish.texts import UPDATES
from toguna.revisions.api import RevisionFiles, in_force
from toguna.revisions.recording import Revision

#: The blocks whose figures count as the first page's.
BLOCKS: tuple[BlockKind, ...] = ("key-figures", "highlights", "population", "funding")


def cover_figures(language: Language) -> Mapping[BlockKind, tuple[str, ...]]:
    """By block, the references of its figures in their order; of the newest text in the language, else in any. Empty where there is no text."""
    return _cover_figures(in_force().digest, language)


@lru_cache(maxsize=16)
def _cover_figures(digest: str, language: Language) -> Mapping[BlockKind, tuple[str, ...]]:
    revision = in_force()
    name = _newest(revision, language)
    if name is None:
        return {}
    update = parse_update(RevisionFiles(revision)[name].decode("utf-8"), name).update
    found: dict[BlockKind, tuple[str, ...]] = {}
    for block in update.blocks:
        if isinstance(block, Fenced) and block.kind in BLOCKS:
            options = [value for key, value in block.options.items() if key in ("funded", "gap", "received")]
            found[block.kind] = tuple(dict.fromkeys([*options, *_bound(block)]))
    return found


def _newest(revision: Revision, language: Language) -> str | None:
    texts = sorted((path for path in revision.files if path.startswith(UPDATES) and path.endswith(".md")), reverse=True)
    own = [path for path in texts if path.endswith(f".{language}.md")]
    return next(iter(own or texts), None)


def _bound(block: Fenced) -> Iterator[str]:
    """The first figure of each bullet; one that is nested stands for a result, and is not the bullet's own."""
    for node in walk(block.blocks):
        if isinstance(node, Item) and node.blocks and isinstance(node.blocks[0], Paragraph):
            bound = [one for one in flat(node.blocks[0].inlines) if isinstance(one, Bound) and one.binding == "fig"]
            yield from (one.reference for one in bound[:1])
