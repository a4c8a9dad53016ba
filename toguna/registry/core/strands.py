"""What one submission does to one entity, through all its corrections, and when that counts. Pure.

A *strand* is one row's operation on one entity. A correction's operation takes the place of the one it corrects: it is the same strand, and at
any sequence at most one of its variants counts. Spans are journal sequences: from, and up to but not including; an open end is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from toguna.collect.core.submissions.values import EntityOperation

Spans = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One version of a submission, as far as it touches the entity. A person's own change has no `instance_id`."""

    operation: EntityOperation
    instance_id: str
    happened: date
    received_at: datetime
    #: The sequence of its receipt.
    sequence: int
    #: When it counts as an update.
    counting: Spans
    #: When it counts as a create: where the list requires approval, while it is approved.
    creating: Spans


@dataclass(frozen=True, kw_only=True)
class Strand:
    """A submission's operation with those of its corrections, the first first."""

    lineage: str
    variants: tuple[Variant, ...]

    @property
    def first(self) -> Variant:
        return self.variants[0]

    def updating(self, sequence: int) -> Variant | None:
        """The variant that counts then."""
        return next((one for one in self.variants if covers(one.counting, sequence)), None)

    def creating(self, sequence: int) -> Variant | None:
        """The variant that counts as a create then."""
        return next((one for one in self.variants if covers(one.creating, sequence)), None)

    def edges(self) -> Iterable[int]:
        """The sequences at which something begins or ceases to count."""
        for one in self.variants:
            for span in (*one.counting, *one.creating):
                yield from (edge for edge in span if edge is not None)


def strands(operations: Iterable[tuple[str, Variant]]) -> list[Strand]:
    """The strands of one entity's operations, given each with its lineage, in the order in which the first of each came."""

    def row_of(one: tuple[str, Variant]) -> tuple[str, str, str]:
        return one[0], one[1].operation.table, one[1].operation.row

    ordered = sorted(operations, key=lambda one: (*row_of(one), one[1].sequence))
    found = [
        Strand(lineage=lineage, variants=tuple(variant for _, variant in same))
        for (lineage, _, _), same in groupby(ordered, key=row_of)
    ]
    return sorted(found, key=lambda strand: (strand.first.sequence, strand.first.operation.table, _row(strand.first)))


def covers(spans: Spans, sequence: int) -> bool:
    return any(start <= sequence and (end is None or sequence < end) for start, end in spans)


def _row(variant: Variant) -> Sequence[int]:
    return [int(part) for part in variant.operation.row.split(".") if part.isdigit()]
