"""Where the lake's rows come from: one feed a form, entity list or reference table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from toguna.figures.core.lake_shape import LakeTable

#: A row's values by the lake's column; `_row` and `_parent_row` beside them.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """What one version of a lineage said while it counted: from act `seq_from` until before act `seq_to`."""

    seq_from: int
    seq_to: int | None
    happened: date | None
    #: By the table's `part`.
    rows: Mapping[str, Sequence[Row]]
    #: The system columns beyond the common ones: `_instance_id`, `_version`, ...
    system: Mapping[str, Any]


class Feed(Protocol):
    """One source of rows. What it says of an act never changes: a later act ends an interval or adds one."""

    @property
    def name(self) -> str:
        """Unique among the lake's feeds."""
        ...

    def tables(self) -> Sequence[LakeTable]:
        """Over all versions known now."""
        ...

    def touched(self, after: int, until: int) -> Iterator[tuple[str, Sequence[Interval]]]:
        """Each lineage that an act in (`after`, `until`] touched, with all its intervals as known at `until`."""
        ...
