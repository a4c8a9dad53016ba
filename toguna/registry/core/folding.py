"""An entity's versions as they were known at each sequence: the fold of the operations that counted then. Pure.

Conflicts are ODK Central's: an update whose base is not the newest version is *hard* if it brings a value that differs from one
that changed since its base, else *soft*; one that stands on the newest is soft if another branch has come in between since its trunk. A create applied
as an update is always one or the other. Hard never becomes soft; a person resolves. What ceased to count is left out of the fold, and keeps its number.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from toguna.registry.core.numbering import HELD, Numbered, Reason, give_number
from toguna.registry.core.strands import Strand, Variant

#: How long an update of a branch waits for the one before it.
PATIENCE = timedelta(days=5)
#: The label of an entity that was made by force from an update without one (ODK Central).
AUTO_LABEL = "auto generated"
#: How a conflict over the label is named.
LABEL = "label"

Conflict = Literal["soft", "hard"]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an entity, folded."""

    number: int
    label: str
    #: All properties as of this version, not only those it brought.
    properties: Mapping[str, str]
    happened: date
    #: The submission that made it; blank for a person's own change.
    instance_id: str
    #: The number of the version it stands on.
    base: int | None = None
    branch_id: str | None = None
    forced: bool = False
    conflict: Conflict | None = None
    conflicting: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Span:
    """A version with exactly this content, from one sequence of knowledge up to but not including another."""

    version: Version
    #: Whether a person has settled its conflict.
    settled: bool
    seq_from: int
    seq_to: int | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An operation that cannot be applied yet. `due` is when it will be forced, if it will."""

    strand: Strand
    reason: Reason
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything that was ever known of one entity, and what waits."""

    spans: tuple[Span, ...]
    waiting: tuple[Waiting, ...]

    def at(self, sequence: int) -> tuple[Version, ...]:
        """The versions known at a sequence, in order; none where there was no such entity."""
        known = [
            one for one in self.spans if one.seq_from <= sequence and (one.seq_to is None or sequence < one.seq_to)
        ]
        return tuple(one.version for one in sorted(known, key=lambda one: one.version.number))

    def conflict(self, sequence: int) -> Conflict | None:
        """The worst conflict that nobody has settled."""
        found = {
            one.version.conflict
            for one in self.spans
            if not one.settled and one.seq_from <= sequence and (one.seq_to is None or sequence < one.seq_to)
        }
        return "hard" if "hard" in found else "soft" if "soft" in found else None


def derive(strands: Iterable[Strand], settled: Iterable[int], first_at: Callable[[datetime], int | None]) -> History:
    """The history of one entity.

    `settled` are the sequences at which a person resolved its conflicts; `first_at` gives the first sequence whose act is not before an
    instant, or none: what is forced after five days is forced with the first act after them, so that the same journal gives the same history.
    """
    walk = _Walk(first_at=first_at)
    for strand in strands:
        edges = list(strand.edges())
        if edges:
            walk.coming.setdefault(min(edges), []).append(strand)
            for edge in edges:
                walk.visit(edge)
    resolutions = set(settled)
    for sequence in resolutions:
        walk.visit(sequence)
    while walk.ahead:
        walk.step(resolutions)
    return walk.history()


@dataclass(kw_only=True)
class _Walk:
    """The journal walked once, from one sequence at which something changes to the next."""

    first_at: Callable[[datetime], int | None]
    ahead: list[int] = field(default_factory=list)
    #: Strands by the sequence at which they first count.
    coming: dict[int, list[Strand]] = field(default_factory=dict)
    pending: list[Strand] = field(default_factory=list)
    reasons: dict[int, Reason] = field(default_factory=dict)
    due: dict[int, int | None] = field(default_factory=dict)
    numbered: list[Numbered] = field(default_factory=list)
    settled_to: int = 0
    counting: list[tuple[Numbered, Variant]] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    open: dict[int, Span] = field(default_factory=dict)
    closed: list[Span] = field(default_factory=list)

    def visit(self, sequence: int) -> None:
        heapq.heappush(self.ahead, sequence)

    def step(self, resolutions: set[int]) -> None:
        sequence = heapq.heappop(self.ahead)
        while self.ahead and self.ahead[0] == sequence:
            heapq.heappop(self.ahead)
        self.pending += self.coming.pop(sequence, [])
        self._number_what_can_be(sequence)
        if sequence in resolutions:
            self.settled_to = len(self.numbered)
        self._fold(sequence)
        self._record(sequence)

    def history(self) -> History:
        spans = sorted([*self.closed, *self.open.values()], key=lambda one: (one.version.number, one.seq_from))
        waiting = [
            Waiting(strand=strand, reason=reason, due=_due(strand, reason))
            for strand in self.pending
            if (reason := self.reasons.get(id(strand))) is not None
        ]
        return History(spans=tuple(spans), waiting=tuple(waiting))

    def _number_what_can_be(self, sequence: int) -> None:
        """Try all that wait, the first that came first, again after each that could be applied."""
        index = 0
        while index < len(self.pending):
            strand = self.pending[index]
            due = self.due.get(id(strand))
            outcome = give_number(strand, self.numbered, sequence, force=due is not None and due <= sequence)
            if isinstance(outcome, Numbered):
                self.numbered.append(outcome)
                self.reasons.pop(id(strand), None)
                del self.pending[index]
                index = 0
                continue
            self._wait(strand, outcome)
            index += 1

    def _wait(self, strand: Strand, reason: Reason | None) -> None:
        if reason is None:
            self.reasons.pop(id(strand), None)
            return
        self.reasons[id(strand)] = reason
        instant = _due(strand, reason)
        if instant is not None and self.due.get(id(strand)) is None:
            due = self.first_at(instant)
            self.due[id(strand)] = due
            if due is not None:
                self.visit(due)

    def _fold(self, sequence: int) -> None:
        """The versions at this sequence; where nothing but new versions at the end has changed, only those are applied."""
        counting = [(one, variant) for one in self.numbered if (variant := one.variant(sequence)) is not None]
        root = next((pair for pair in counting if pair[0].kind == "create"), None)
        ordered = [] if root is None else [root, *(pair for pair in counting if pair is not root)]
        if ordered[: len(self.counting)] != self.counting:
            self.versions = []
        for one, variant in ordered[len(self.versions) :]:
            self.versions.append(_applied(self.versions, one, variant))
        self.counting = ordered

    def _record(self, sequence: int) -> None:
        now = {version.number: version for version in self.versions}
        for number, span in list(self.open.items()):
            version = now.get(number)
            if version != span.version or span.settled != (number <= self.settled_to):
                del self.open[number]
                if span.seq_from < sequence:
                    self.closed.append(_ended(span, sequence))
        for number, version in now.items():
            if number not in self.open:
                settled = number <= self.settled_to
                self.open[number] = Span(version=version, settled=settled, seq_from=sequence, seq_to=None)


def _applied(versions: Sequence[Version], one: Numbered, variant: Variant) -> Version:
    """The version that the operation makes of those before it."""
    operation = variant.operation
    label = (operation.label or "").strip()
    before = versions[-1] if versions else None
    received = {**operation.properties, **({LABEL: label} if label else {})}
    conflict, conflicting = _conflict(versions, one, received) if versions else (None, ())
    merged = {**(before.properties if before else {}), **operation.properties}
    return Version(
        number=one.number,
        label=label or (before.label if before else AUTO_LABEL),
        properties={name: value for name, value in merged.items() if value},
        happened=variant.happened,
        instance_id=variant.instance_id,
        base=one.base,
        branch_id=one.branch_id,
        forced=one.forced,
        conflict=conflict,
        conflicting=conflicting,
    )


def _conflict(
    versions: Sequence[Version], one: Numbered, received: Mapping[str, str]
) -> tuple[Conflict | None, tuple[str, ...]]:
    now = _values(versions[-1])
    if one.kind != "update":
        return _clash(received, now, now)
    if one.base is None:
        return None, ()
    since = [version for version in versions if version.number > one.base]
    if since:
        base = next((version for version in reversed(versions) if version.number <= one.base), versions[0])
        before = _values(base)
        return _clash(received, now, {name for name in now | before if now.get(name) != before.get(name)})
    if one.branch_id is not None:
        trunk = one.trunk or 1
        if any(version.number > trunk and version.branch_id != one.branch_id for version in versions):
            return "soft", ()
    return None, ()


def _clash(
    received: Mapping[str, str], now: Mapping[str, str], changed: Collection[str]
) -> tuple[Conflict, tuple[str, ...]]:
    """Hard over what is received otherwise than it stands now, among what has changed. A blank is as good as none."""
    conflicting = tuple(
        sorted(name for name, value in received.items() if name in changed and now.get(name, "") != value)
    )
    return ("hard" if conflicting else "soft"), conflicting


def _values(version: Version) -> dict[str, str]:
    return {**version.properties, LABEL: version.label}


def _due(strand: Strand, reason: Reason) -> datetime | None:
    """When it will be forced: a branch's update, five days after its receipt."""
    held = reason in HELD and strand.first.operation.update and strand.first.operation.branch_id is not None
    return strand.first.received_at + PATIENCE if held else None


def _ended(span: Span, sequence: int) -> Span:
    return Span(version=span.version, settled=span.settled, seq_from=span.seq_from, seq_to=sequence)
