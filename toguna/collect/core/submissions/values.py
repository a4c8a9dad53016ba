"""What passes through this part of the room: a checked submission, its entity operations, and the receipt for many of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any, Literal, overload

from toguna.kernel.api import Problem

#: The review states of ODK Central's API.
STATES = ("received", "has_issues", "edited", "approved", "rejected")
State = Literal["received", "has_issues", "edited", "approved", "rejected"]

#: In a row of a merged version: the instanceID of the earlier version from which the row stands as it is.
SINCE = "_since"

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
    #: The id was drawn here, for a row of a spreadsheet: a correction keeps the id of what it corrects.
    is_drawn: bool = False


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
    #: Drawn from the form's key columns: of the same key and other content, it corrects what is there. Empty without key columns.
    key: str = ""
    happened: date | None = None
    #: Names of the files that its attachment questions name.
    attachments: tuple[str, ...] = ()
    #: Of those, the ones that came with it and are kept: name to SHA-256.
    files: Mapping[str, str] = field(default_factory=dict)
    entities: tuple[EntityOperation, ...] = ()
    #: Where it came from, for messages and the quarantine.
    name: str = ""
    #: SHA-256 of the spreadsheet that it is a row of, and the row.
    source: str = ""
    row: int = 0
    #: Of a row of a spreadsheet that was compared with what is held: the version that it is laid over, "" where there is none.
    #: Of what replaces whole (a phone's edit): none.
    base: str | None = None
    #: It says nothing that its base does not say.
    is_unchanged: bool = False
    #: What of it is unexpected, and what it claims that only one may claim, as (expectation, answers).
    doubts: tuple[Problem, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    #: The way it came: a file, a phone, a mail.
    channel: str = "file"
    #: The code of the reason with which it is taken in all the same.
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Received bytes that are not taken in, and why."""

    name: str
    raw: bytes
    problems: tuple[Problem, ...]
    #: SHA-256 of the spreadsheet that it is a row of, and the row.
    source: str = ""
    row: int = 0
    #: The submission that it corrects and that has not come.
    waits_for: str = ""


Kind = Literal["new", "changed", "unchanged", "gone"]


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """What becomes of one row. Values are left out: whoever sent the file has them, and others may not see them."""

    table: str
    kind: Kind
    #: The row's key as it is written, such as ``prenatal_session, ML01, REF``; empty for the form itself.
    key: str
    #: Questions whose answers differ, and those of them that had an answer and have none now.
    columns: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What one row of a file changes of the submission that it corrects."""

    instance_id: str
    corrects: str
    form_id: str
    name: str
    row: int
    changes: tuple[RowChange, ...]
    #: Rows that the file does not have are removed.
    replaces: bool

    def count(self, kind: Kind) -> int:
        return sum(change.kind == kind for change in self.changes)


class Ids(Sequence[str]):
    """So many ids, which are drawn when somebody looks at them: most only count them. Equal to any sequence of the same ids."""

    def __init__(self, count: int, drawn: Callable[[], Iterable[str]]) -> None:
        self._count, self._drawn = count, drawn
        self._ids: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._all()[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[str, ...]:
        if self._ids is None:
            self._ids = tuple(self._drawn())
        return self._ids


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch: instanceIDs by outcome, how many were refused, and everything that was found."""

    received: Sequence[str] = ()
    duplicates: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    #: What files change of what they correct.
    corrections: tuple[Correction, ...] = ()
    #: The rows of spreadsheets that say nothing new, as (file, row).
    known_rows: tuple[tuple[str, int], ...] = ()
    #: Of a batch that was taken in, the row of each of `received`; 0 of what is no row of a spreadsheet.
    received_rows: tuple[int, ...] = field(default=(), compare=False)


def join(receipts: Iterable[Receipt]) -> Receipt:
    """One receipt for all."""
    every = list(receipts)
    return Receipt(
        received=_joined([receipt.received for receipt in every]),
        duplicates=tuple(one for receipt in every for one in receipt.duplicates),
        corrected=tuple(one for receipt in every for one in receipt.corrected),
        refused=sum(receipt.refused for receipt in every),
        problems=tuple(problem for receipt in every for problem in receipt.problems),
        corrections=tuple(one for receipt in every for one in receipt.corrections),
        known_rows=tuple(row for receipt in every for row in receipt.known_rows),
        received_rows=tuple(row for receipt in every for row in receipt.received_rows),
    )


def _joined(every: Sequence[Sequence[str]]) -> Sequence[str]:
    if any(isinstance(one, Ids) for one in every):
        return Ids(sum(map(len, every)), lambda: chain.from_iterable(every))
    return tuple(chain.from_iterable(every))
