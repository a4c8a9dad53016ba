"""Editions as readers get them: what is known of each, and its files byte by byte as they were issued."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from toguna.journal import api as journal
from toguna.kernel.api import Language, Period, Refused
from toguna.publish import problems as fault
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.editions import find, folder_of
from toguna.publish.store import models

#: Of an edition's folder, what it is made again from; readers get what was made.
_NOT_FOR_READERS = ("source.md", "around.json")
_PHOTOS = "photos/"


@dataclass(frozen=True, kw_only=True)
class PublishedEdition:
    """One edition as everybody may know it. A withdrawn one has neither title nor files."""

    id: str
    title: str
    subtitle: str
    place: str
    language: Language
    period: Period
    number: int
    nature: str
    state: str
    issued_at: datetime
    #: By name, the digest with which each file was issued.
    files: dict[str, str]
    #: The edition that replaces it; blank where none does.
    replaced_by: str = ""
    withdrawn_at: datetime | None = None


def published_editions() -> list[PublishedEdition]:
    """Every edition, the newest period first."""
    found = models.Edition.objects.prefetch_related("superseded_by").order_by("-end", "place", "language", "-number")
    return [_shown(kept) for kept in found]


def published_edition(edition: str) -> PublishedEdition:
    """The edition of that id. Refuses one unknown."""
    return _shown(find(edition))


def published_file(edition: str, name: str) -> bytes:
    """A file of an edition as it was issued. Refuses one that the edition does not have for readers, one of a withdrawn edition, and one that is
    no longer what was issued. Only names that the edition's record has are looked for: no name leads out of its folder.
    """
    kept = find(edition)
    if kept.state == "withdrawn":
        raise Refused(fault.EDITION_WITHDRAWN.at(edition=kept.id))
    sha256 = files_for_readers(kept).get(name)
    if sha256 is None:
        raise Refused(fault.FILE_UNKNOWN.at(edition=kept.id, file=name[:100]))
    path = folder_of(kept.id) / name
    if not path.is_file():
        raise Refused(fault.FILE_MISSING.at(edition=kept.id, file=name))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(fault.FILE_ALTERED.at(edition=kept.id, file=name))
    return content


def files_for_readers(kept: models.Edition) -> dict[str, str]:
    """What of an edition's files readers get, with their digests; nothing of a withdrawn one."""
    if kept.state == "withdrawn":
        return {}
    files = kept.record["files"].items()
    return {name: sha256 for name, sha256 in files if name not in _NOT_FOR_READERS and not name.startswith(_PHOTOS)}


def _shown(kept: models.Edition) -> PublishedEdition:
    is_withdrawn = kept.state == "withdrawn"
    title, subtitle = ("", "") if is_withdrawn else _titles(kept.record["source"])
    after = next(iter(sorted(one.id for one in kept.superseded_by.all() if one.state != "withdrawn")), "")
    acts = list(journal.acts_on(kept.id, ("edition.withdrawn",))) if is_withdrawn else []
    return PublishedEdition(
        id=kept.id,
        title=title,
        subtitle=subtitle,
        place=kept.place,
        language=kept.language,
        period=Period(start=kept.start, end=kept.end),
        number=kept.number,
        nature=kept.nature,
        state=kept.state,
        issued_at=kept.issued_at,
        files=files_for_readers(kept),
        replaced_by=after,
        withdrawn_at=acts[-1].at if acts else None,
    )


@lru_cache(maxsize=256)
def _titles(source: str) -> tuple[str, str]:
    """Title and subtitle that stand on the first page."""
    front = read_front(parse_update(source, "update.md").update)
    return front.title, front.subtitle
