"""What was received and not taken in: the bytes as they came, and why. Kept once, released when the same bytes are taken in after all."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toguna.access.api import Actor
from toguna.collect.core.submissions.values import Refusal
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.instance.store.bulk import insert_rows
from toguna.journal.api import NewAct, append
from toguna.kernel.api import LANGUAGES, Problem, digest

_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One thing in quarantine."""

    sequence: int
    name: str
    row: int
    raw: bytes
    #: Each with `id`, `place` and its sentences, `en` and `fr`.
    problems: Sequence[Mapping[str, Any]]


def keep(refused: Collection[Refusal], actor: Actor, at: datetime | None) -> None:
    """Record the refusals; act ``submission.refused`` for each that is new. Their bytes are kept already. Inside `writing()`."""
    named = {_digest(refusal): refusal for refusal in refused}
    there: set[str] = set()
    digests = list(named)
    for start in range(0, len(digests), _ROWS):
        some = digests[start : start + _ROWS]
        there.update(models.Quarantined.objects.filter(digest__in=some).values_list("digest", flat=True))
    new = [(own, refusal) for own, refusal in named.items() if own not in there]
    if not new:
        return
    rows = [_row(own, refusal) for own, refusal in new]
    acts = [
        NewAct(
            kind="submission.refused",
            subject=digest(refusal.raw),
            detail={"reasons": sorted({problem.id for problem in refusal.problems}), "row": digest(row)},
            at=at,
        )
        for (_, refusal), row in zip(new, rows, strict=True)
    ]
    first = append(acts, actor.name).first
    insert_rows(
        models.Quarantined,
        ("sequence", *_COLUMNS),
        ((sequence, *row) for sequence, row in enumerate(rows, start=first)),
    )


def refusal_digest(row: models.Quarantined) -> str:
    """What the act of a refusal holds of its row: everything but when the same bytes were taken in after all."""
    return digest([getattr(row, name) for name in _COLUMNS])


def release(taken: Mapping[str, int]) -> None:
    """Bytes that were taken in, with the sequence of their receipt, are no longer in quarantine. Inside `writing()`."""
    held = models.Quarantined.objects.filter(released=None)
    if not held.exists():
        return
    digests = list(taken)
    for start in range(0, len(digests), _ROWS):
        for row in held.filter(raw_sha256__in=digests[start : start + _ROWS]):
            row.released = taken[row.raw_sha256]
            row.save(update_fields=["released"])


def quarantined() -> Iterator[Kept]:
    """Everything that is still in quarantine, in the order in which it came, its bytes as they came."""
    files = current().files
    for row in models.Quarantined.objects.filter(released=None).order_by("sequence").iterator(chunk_size=_ROWS):
        yield Kept(
            sequence=row.sequence,
            name=row.name,
            row=row.source_row,
            raw=files.get(row.raw_sha256),
            problems=json.loads(row.problems),
        )


def is_waiting() -> bool:
    """Whether anything in quarantine waits for a submission to come."""
    return models.Quarantined.objects.filter(released=None).exclude(waits_for="").exists()


def waiting_for(instance_ids: Sequence[str]) -> list[tuple[str, bytes]]:
    """Name and bytes of what waits in quarantine for one of these submissions to come."""
    files = current().files
    found: list[tuple[str, bytes]] = []
    for start in range(0, len(instance_ids), _ROWS):
        some = instance_ids[start : start + _ROWS]
        rows = models.Quarantined.objects.filter(released=None, waits_for__in=some, source_row=0).order_by("sequence")
        found += [(row.name, files.get(row.raw_sha256)) for row in rows]
    return found


def _digest(refusal: Refusal) -> str:
    return digest(
        [refusal.name, digest(refusal.raw), refusal.source, refusal.row, [problem.id for problem in refusal.problems]]
    )


_COLUMNS = ("digest", "raw_sha256", "name", "source_sha256", "source_row", "problems", "waits_for")


def _row(own: str, refusal: Refusal) -> tuple[Any, ...]:
    """The refusal's row, in the order of `_COLUMNS`."""
    told = json.dumps([_told(problem) for problem in refusal.problems], ensure_ascii=False)
    return (
        own,
        digest(refusal.raw),
        refusal.name[:255],
        refusal.source,
        refusal.row,
        told,
        refusal.waits_for[:255],
    )


def _told(problem: Problem) -> dict[str, Any]:
    sentences: dict[str, str] = {word: f"{problem.what(word)} {problem.cure(word)}" for word in LANGUAGES}
    return {"id": problem.id, "place": problem.place.as_json(), **sentences}
