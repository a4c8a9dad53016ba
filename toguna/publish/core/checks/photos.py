"""Photos: those who are shown agreed, and the picture came. A drawing shows nobody and needs no consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.tree import Fenced, walk

_DRAWN = ".svg"


def photos(draft: Draft) -> Iterator[Finding]:
    """Photographs whose block does not say that those shown agreed or that nobody is shown, and pictures that are not in the pack."""
    for node in walk(draft.resolution.update.blocks):
        name = node.options.get("file", "") if isinstance(node, Fenced) and node.kind == "photo" else ""
        if not name or not isinstance(node, Fenced):
            continue
        if Path(name).suffix.lower() != _DRAWN and not node.options.get("consent"):
            yield Finding(problem=fault.PHOTO_CONSENT.at(draft.at(node.line), file=name), quote=name)
        if draft.photos is not None and "/" not in name and name not in draft.photos:
            yield Finding(problem=fault.PHOTO_ABSENT.at(draft.at(node.line), file=name), quote=name)
