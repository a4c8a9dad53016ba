"""What the generator gives: filled forms as somebody would send them, and what the office does with them, each at its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

#: A value of a form, not yet text.
Value = object
Row = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class EntityNode:
    """What a phone writes about the entity that a visit makes or changes."""

    list_name: str
    entity_id: str
    label: str
    #: The version that the phone held; none when it makes the entity.
    base_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One filled form."""

    form: str
    header: Row
    #: By repeat.
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    #: Of forms filled on a phone; a row of a spreadsheet gets its own when it is loaded.
    instance_id: str = ""
    entity: EntityNode | None = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What arrives at once: one spreadsheet, or what one phone sends."""

    received_at: datetime
    #: The file's name without its ending.
    name: str
    form: str
    filled: tuple[Filled, ...]
    how: Literal["xlsx", "xml", "csv"]
    language: str = "en"
    #: Files of the pack's `photos/` that come with it.
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """Somebody of the office sets a review state."""

    at: datetime
    instance_ids: tuple[str, ...]
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Closing:
    """The office closes a period for drafting."""

    at: datetime
    period: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Everything, in the order in which it happened."""

    steps: tuple[Delivery | Ruling | Closing, ...]

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        return tuple(step for step in self.steps if isinstance(step, Delivery))


def moment_of(step: Delivery | Ruling | Closing) -> datetime:
    return step.received_at if isinstance(step, Delivery) else step.at
