"""A field story: operations on one entity, in the order in which they came, and what is known after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from toguna.collect.core.submissions.values import EntityOperation
from toguna.kernel.api import drawn_id
from toguna.registry.core.folding import History, Version, derive
from toguna.registry.core.strands import Spans, Variant, strands

WELL = drawn_id("well")
FIRST_DAY = datetime(2016, 12, 1, 8, tzinfo=UTC)


@dataclass(kw_only=True)
class Story:
    """One act an hour, unless `days` go by; sequences count from 1."""

    entity_id: str = WELL
    operations: list[tuple[str, Variant]] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)

    def act(self, days: float = 0) -> int:
        """Something happens that does not touch the entity; returns its sequence."""
        last = self.times[-1] if self.times else FIRST_DAY
        self.times.append(last + timedelta(days=days, hours=1))
        return len(self.times)

    def create(self, label: str | None = "Well", days: float = 0, **more: object) -> int:
        return self._came(True, bool(more.pop("update", False)), label, days, **more)

    def update(self, base: int | None = None, days: float = 0, **more: object) -> int:
        label = more.pop("label", None)
        return self._came(False, True, label if isinstance(label, str) else None, days, base=base, **more)

    def correct(self, sequence: int, **properties: str) -> int:
        """A correction of the submission that came as that sequence: the same operation with other values."""
        lineage, before = next(one for one in self.operations if one[1].sequence == sequence)
        now = self.act()
        self.cease(sequence, now)
        operation = EntityOperation(**{**vars(before.operation), "properties": properties})
        self._add(lineage, operation, now, ((now, None),), ((now, None),))
        return now

    def reject(self, sequence: int) -> int:
        now = self.act()
        self.cease(sequence, now)
        return now

    def approve(self, sequence: int) -> int:
        """In a list that requires approval."""
        return self._changed(sequence, creating=((self.act(), None),))

    def restore(self, sequence: int) -> int:
        """What was rejected counts again."""
        now = self.act()
        before = next(one for _, one in self.operations if one.sequence == sequence)
        return self._changed(
            sequence, counting=(*before.counting, (now, None)), creating=(*before.creating, (now, None))
        )

    def resolve(self) -> int:
        self.settled.append(self.act())
        return self.settled[-1]

    def cease(self, sequence: int, now: int) -> None:
        before = next(one for _, one in self.operations if one.sequence == sequence)
        ended = [
            tuple((start, now if end is None else end) for start, end in spans)
            for spans in (before.counting, before.creating)
        ]
        self._changed(sequence, counting=ended[0], creating=ended[1])

    def history(self) -> History:
        return derive(strands(self.operations), self.settled, self._first_at)

    def versions(self, at: int | None = None) -> tuple[Version, ...]:
        return self.history().at(len(self.times) if at is None else at)

    def newest(self, at: int | None = None) -> dict[str, str]:
        """Properties and label; empty where there is no such entity."""
        versions = self.versions(at)
        return {**versions[-1].properties, "label": versions[-1].label} if versions else {}

    def conflict(self, at: int | None = None) -> str | None:
        return self.history().conflict(len(self.times) if at is None else at)

    def reasons(self) -> list[str]:
        return [waiting.reason for waiting in self.history().waiting]

    def _came(self, create: bool, update: bool, label: str | None, days: float, **more: object) -> int:
        now = self.act(days)
        base, branch, trunk = (more.pop(name, None) for name in ("base", "branch", "trunk"))
        approved = more.pop("approved", True)
        operation = EntityOperation(
            list_name="well",
            entity_id=self.entity_id,
            create=create,
            update=update,
            label=label,
            properties={name: str(value) for name, value in more.items()},
            base_version=base if isinstance(base, int) else None,
            trunk_version=trunk if isinstance(trunk, int) else None,
            branch_id=branch if isinstance(branch, str) else None,
        )
        self._add(str(now), operation, now, ((now, None),), ((now, None),) if approved else ())
        return now

    def _add(self, lineage: str, operation: EntityOperation, now: int, counting: Spans, creating: Spans) -> None:
        at = self.times[now - 1]
        variant = Variant(
            operation=operation,
            instance_id=f"uuid:{now}",
            happened=at.date(),
            received_at=at,
            sequence=now,
            counting=counting,
            creating=creating,
        )
        self.operations.append((lineage, variant))

    def _changed(self, sequence: int, **spans: Sequence[tuple[int, int | None]]) -> int:
        index = next(index for index, (_, one) in enumerate(self.operations) if one.sequence == sequence)
        lineage, before = self.operations[index]
        self.operations[index] = (lineage, Variant(**{**vars(before), **spans}))
        return len(self.times)

    def _first_at(self, instant: datetime) -> int | None:
        return next((number for number, at in enumerate(self.times, start=1) if at >= instant), None)
