"""Which version of an entity an operation makes: the rules of ODK Entities and of Central for offline branches. Pure.

A version's number is given once and never again, in the order in which operations can be applied. An operation that cannot be
applied yet waits, and is tried again whenever something changes: nothing is lost for having come out of order.

- Create makes version 1. It needs a label and a UUID of version 4; one for an entity that exists waits, unless that entity was made
  by force from an update: then it is applied as an update.
- An update without a branch stands on its base version. One that names no base (a row of a spreadsheet) stands on the newest.
- An update of a branch stands on version 1 if its base is 1, on the trunk if its base is the trunk, else on the branch's own update
  before it. While that has not come it waits; after five days it is forced: onto the newest version, or as a create.
- Update and create both: an update where the entity exists, a create where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toguna.registry.core.strands import Strand, Variant

Kind = Literal["create", "update", "create_as_update"]
Reason = Literal["no_entity", "no_version", "no_predecessor", "trunk_ahead", "exists", "no_label", "bad_id"]
#: Reasons for which an update of a branch is forced in the end.
HELD: tuple[Reason, ...] = ("no_entity", "no_predecessor")

_UUID_4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """An operation with the number of the version that it makes."""

    number: int
    strand: Strand
    kind: Kind
    #: The number of the version it stands on; none for a create, and for an update that named none.
    base: int | None = None
    #: Applied before its time, for having waited too long.
    forced: bool = False
    branch_id: str | None = None
    branch_base: int | None = None
    trunk: int | None = None

    def variant(self, sequence: int) -> Variant | None:
        """What of its strand counts then."""
        return self.strand.creating(sequence) if self.kind == "create" else self.strand.updating(sequence)


def give_number(
    strand: Strand, numbered: Sequence[Numbered], sequence: int, *, force: bool
) -> Numbered | Reason | None:
    """The operation with its number, after those that have one; or why it waits; none while it does not count."""
    updating, creating = strand.updating(sequence), strand.creating(sequence)
    if updating is not None and updating.operation.update:
        base = _base(updating, numbered, force=force)
        if isinstance(base, _Base):
            return _update(strand, updating, numbered, base)
        if base == "no_entity" and creating is not None and (creating.operation.create or force):
            return _create(strand, creating, numbered, forced=not creating.operation.create)
        return base
    if creating is not None and creating.operation.create:
        return _create_only(strand, creating, numbered, sequence)
    return None


@dataclass(frozen=True, kw_only=True)
class _Base:
    """What an update stands on: a version's number, or the newest that it did not name."""

    number: int | None
    forced: bool = False


def _base(variant: Variant, numbered: Sequence[Numbered], *, force: bool) -> _Base | Reason:
    operation = variant.operation
    number, latest = operation.base_version, len(numbered)
    if not numbered:
        return "no_entity"
    if operation.branch_id is None:
        if number is None:
            return _Base(number=None)
        return _Base(number=number) if 0 < number <= latest else "no_version"
    forced = False
    found = _base_in_branch(operation.branch_id, number, operation.trunk_version, numbered)
    if found is None and force:
        found, forced = latest, True
    if found is None:
        return "no_predecessor"
    if operation.trunk_version is not None and operation.trunk_version > latest:
        return "trunk_ahead"
    return _Base(number=found, forced=forced)


def _base_in_branch(branch_id: str, number: int | None, trunk: int | None, numbered: Sequence[Numbered]) -> int | None:
    if number is None or number == 1:
        return 1
    if number == trunk:
        return number if number <= len(numbered) else None
    before = (branch_id, number - 1)
    return next((one.number for one in numbered if (one.branch_id, one.branch_base) == before), None)


def _create_only(strand: Strand, variant: Variant, numbered: Sequence[Numbered], sequence: int) -> Numbered | Reason:
    standing = [one for one in numbered if one.kind == "create" and one.variant(sequence) is not None]
    if not standing:
        return _create(strand, variant, numbered, forced=False)
    if standing[0].forced:
        return Numbered(number=len(numbered) + 1, strand=strand, kind="create_as_update", base=len(numbered))
    return "exists"


def _create(strand: Strand, variant: Variant, numbered: Sequence[Numbered], *, forced: bool) -> Numbered | Reason:
    operation = variant.operation
    if not _UUID_4.fullmatch(operation.entity_id):
        return "bad_id"
    if not forced and not (operation.label or "").strip():
        return "no_label"
    return Numbered(
        number=len(numbered) + 1,
        strand=strand,
        kind="create",
        forced=forced,
        branch_id=operation.branch_id,
        branch_base=operation.base_version if forced else None,
        trunk=operation.trunk_version,
    )


def _update(strand: Strand, variant: Variant, numbered: Sequence[Numbered], base: _Base) -> Numbered:
    operation = variant.operation
    return Numbered(
        number=len(numbered) + 1,
        strand=strand,
        kind="update",
        base=base.number,
        forced=base.forced,
        branch_id=operation.branch_id,
        branch_base=operation.base_version if operation.branch_id else None,
        trunk=operation.trunk_version,
    )
