"""What an act is, and how acts are chained. Pure.

The digest of an act is SHA-256 over a zero byte and the canonical JSON of ``[sequence, kind, subject, detail, at, actor, previous]``,
where `detail` is the canonical JSON of the detail as a string, `at` an ISO instant in UTC with microseconds, and `previous` the digest of
the act before (64 zeros for the first).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from toguna.journal import problems
from toguna.kernel.api import Problem, canonical_json

#: The digest before the first act.
BEGINNING = "0" * 64

_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
#: A code, a digest, a date, an id: no blanks, so no sentence and no "name surname".
_CODE = re.compile(r"[^\s\x00-\x1f\x7f]{0,200}")
_SUBJECT = re.compile(r"[^\x00-\x1f\x7f]{1,255}")


@dataclass(frozen=True, kw_only=True)
class NewAct:
    """Something that happened, to be appended. Refuses (`ValueError`) a kind that is no dotted word, and words in the detail."""

    kind: str
    #: What it was done to: an id.
    subject: str
    #: Codes, digests, counts; never free text or personal data.
    detail: Mapping[str, Any] = field(default_factory=dict)
    #: This instant when none is given; a replay gives the record's `received_at`.
    at: datetime | None = None

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind) or len(self.kind) > 100:
            raise ValueError(f"the kind of an act is a dotted word: {self.kind!r}")
        if not _SUBJECT.fullmatch(self.subject):
            raise ValueError(f"the subject of an act is an id of at most 255 characters: {self.subject!r}")
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError(f"an instant needs its offset: {self.at!r}")
        _refuse_words(self.detail)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One line of the journal."""

    sequence: int
    kind: str
    subject: str
    detail: Mapping[str, Any]
    at: datetime
    actor: str
    previous: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The journal's end: what to keep elsewhere. `sequence` 0 is an empty journal."""

    sequence: int = 0
    digest: str = BEGINNING
    at: datetime | None = None

    def written(self) -> str:
        return f"{self.sequence}:{self.digest}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act as it is stored: `detail` is its canonical JSON."""

    sequence: int
    kind: str
    subject: str
    detail: str
    at: datetime
    actor: str
    previous: str
    digest: str

    def act(self) -> Act:
        return Act(**{**vars(self), "detail": json.loads(self.detail)})


def chained(acts: Sequence[NewAct], actor: str, head: Head, now: datetime) -> list[Line]:
    """The acts as lines that follow the head.

    `at` only moves forward: an act without one gets `now`, or the head's where the clock has gone back. Refuses (`ValueError`) an `at`
    before the act before it.
    """
    lines: list[Line] = []
    sequence, previous, last = head.sequence, head.digest, head.at
    for act in acts:
        if last is not None and act.at is not None and act.at < last:
            raise ValueError(
                f"{act.kind} of {act.at.isoformat()} comes after an act of {last.isoformat()}: replay in order"
            )
        sequence += 1
        last = (act.at or (now if last is None else max(now, last))).astimezone(UTC)
        detail = canonical_json(act.detail).decode()
        own = digest_of(sequence, act.kind, act.subject, detail, last, actor, previous)
        lines.append(
            Line(
                sequence=sequence,
                kind=act.kind,
                subject=act.subject,
                detail=detail,
                at=last,
                actor=actor,
                previous=previous,
                digest=own,
            )
        )
        previous = own
    return lines


def digest_of(sequence: int, kind: str, subject: str, detail: str, at: datetime, actor: str, previous: str) -> str:
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    written = json.dumps(
        [sequence, kind, subject, detail, instant, actor, previous], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(b"\x00" + written.encode("utf-8", "surrogatepass")).hexdigest()


def check_chain(lines: Iterable[Line], against: Head | None = None, since: Head | None = None) -> Iterator[Problem]:
    """Everything in which the lines are not a chain from the beginning, or not one that goes through the head kept elsewhere.

    With `since` the lines begin with that head's own act, which must have its digest.
    """
    lines = iter(lines)
    sequence, previous, last = 0, BEGINNING, None
    if since is not None and since.sequence:
        first = next(lines, None)
        if first is None or (first.sequence, first.digest) != (since.sequence, since.digest):
            yield problems.KEPT_HEAD_DIFFERS.at(where="verified", sequence=since.sequence)
            return
        sequence, previous, last = first.sequence, first.digest, first.at
    met = against is None or against.sequence == 0
    for line in lines:
        if line.sequence != sequence + 1:
            yield problems.ACT_DROPPED.at(before=sequence, sequence=line.sequence)
        if line.previous != previous:
            yield problems.ACT_UNLINKED.at(sequence=line.sequence)
        own = digest_of(line.sequence, line.kind, line.subject, line.detail, line.at, line.actor, line.previous)
        if own != line.digest:
            yield problems.ACT_EDITED.at(sequence=line.sequence)
        if last is not None and line.at < last:
            yield problems.ACT_BACKWARD.at(sequence=line.sequence)
        if against is not None and line.sequence == against.sequence:
            met = True
            if line.digest != against.digest:
                yield problems.HEAD_DIFFERS.at(sequence=line.sequence)
        sequence, previous, last = line.sequence, line.digest, line.at
    if not met and against is not None:
        yield problems.TRUNCATED.at(last=sequence, sequence=against.sequence)


def is_code(text: str) -> bool:
    """Whether an act's detail may hold the text: one word, at most 200 characters."""
    return _CODE.fullmatch(text) is not None


def _refuse_words(value: Any) -> None:
    match value:
        case str():
            if not is_code(value):
                raise ValueError(f"an act holds codes, digests and counts, no words: {value!r}")
        case Mapping():
            for key, item in value.items():
                _refuse_words(key)
                _refuse_words(item)
        case list() | tuple() | set() | frozenset():
            for item in value:
                _refuse_words(item)
