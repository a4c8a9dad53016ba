"""Texts of updates: those of the instance, which are files of the pack's revision, and drafts in a working folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toguna.access.api import Actor
from toguna.kernel.api import Place, Refused, nearest
from toguna.publish import problems as fault
from toguna.publish.core.update_text import UpdateText, decoded
from toguna.revisions.api import FolderFiles, Revision, RevisionFiles, in_force, record
from toguna.revisions.folders import FilesUnder

#: The pack's folder of texts.
UPDATES = "updates/"
_ENDING = ".md"
#: Names that a fault lists.
_MOST_NAMES = 8


@dataclass(frozen=True, kw_only=True)
class InstanceText:
    """A text of the instance, and the revision in which it was read."""

    text: UpdateText
    revision: Revision


def instance_text(name: str) -> InstanceText:
    """The instance's text of that name: ``2016-12.en``, ``2016-12.en.md`` or ``updates/2016-12.en.md``. Refuses one unknown."""
    revision = in_force()
    texts = FilesUnder(RevisionFiles(revision), UPDATES)
    file = text_name(name)
    if file not in texts:
        near = nearest(file, list(texts))
        known = ", ".join(each.removesuffix(_ENDING) for each in sorted(texts, reverse=True)[:_MOST_NAMES])
        raise Refused(
            fault.TEXT_UNKNOWN.at(
                name=name, near=f" ({near.removesuffix(_ENDING)}?)" if near else "", known=known or "-"
            )
        )
    return InstanceText(text=decoded(texts[file], file, texts), revision=revision)


def texts_in_force() -> list[UpdateText]:
    """Every text of the instance, as the pack's revision in force has it."""
    texts = FilesUnder(RevisionFiles(in_force()), UPDATES)
    return [decoded(texts[file], file, texts) for file in texts if file.endswith(_ENDING)]


def text_name(name: str) -> str:
    """The file of a text by any of its names: ``2016-12.en.md``. Refuses what is no name of a text."""
    file = name.removeprefix(UPDATES).removesuffix(_ENDING) + _ENDING
    if "/" in file or file.startswith(".") or file == _ENDING:
        raise Refused(fault.TEXT_NAME.at(name=name))
    return file


def draft_text(path: Path) -> UpdateText:
    """The text in a file of a working folder, with those beside it. Refuses a file that is not there."""
    if not path.is_file():
        raise Refused(fault.SOURCE_MISSING.at(Place(file=path.name), file=path.name))
    return decoded(path.read_bytes(), path.name, FolderFiles(path.parent))


def replace_source(text: UpdateText, source: str, actor: Actor, *, if_match: str, why: str = "") -> Revision:
    """Write a text of the instance as the next revision. `if_match` is the digest of the revision in which it was read: a text that somebody
    has changed since is refused, and nothing is lost."""
    return record({f"{UPDATES}{text.name}": source.encode()}, actor, if_match=if_match, why=why)


def replace_file(path: Path, source: str) -> None:
    """Write a draft of a working folder in one step: a reader sees the old text or the new one."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(source, encoding="utf-8")
    part.replace(path)
