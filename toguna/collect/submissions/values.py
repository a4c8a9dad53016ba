"""What passes through this part of the room: a checked submission, its entity operations, and the receipt for many of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from toguna.kernel import Problem

#: The review states of ODK Central's API.
STATES = ("received", "has_issues", "edited", "approved", "rejected")
State = Literal["received", "has_issues", "edited", "approved", "rejected"]

#: A row of checked values: `_row` ("" for the form itself, else "0", "0.2"), `_parent_row`, and a value for each answered column.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class EntityOperation:
    """What a submission does to one entity (ODK Entities 2025.1). Values are strings, as the specification says."""

    list_name: str
    entity_id: str
    create: bool
    update: bool
    label: str | None
    properties: Mapping[str, str]
    base_version: int | None = None
    trunk_version: int | None = None
    branch_id: str | None = None
    #: The table and row of the form that made it.
    table: str = ""
    row: str = ""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One submission whose every value is good, with the bytes it was read from."""

    instance_id: str
    form_id: str
    form_version: str
    raw: bytes
    sha256: str
    received_at: datetime
    rows: Mapping[str, Sequence[Row]]
    deprecated_id: str | None = None
    #: Drawn from the form's key columns; a row of the same lineage and other content is a correction.
    lineage: str = ""
    happened: date | None = None
    #: Names of the files that its attachment questions name.
    attachments: tuple[str, ...] = ()
    entities: tuple[EntityOperation, ...] = ()
    #: Where it came from, for messages and the quarantine.
    name: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Received bytes that are not taken in, and why."""

    name: str
    raw: bytes
    problems: tuple[Problem, ...]
    #: Its row, if it is one of a spreadsheet.
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch: instanceIDs by outcome."""

    received: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
