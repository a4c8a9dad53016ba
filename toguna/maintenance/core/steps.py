"""What brings an instance from one format to the next: an ordered list, and the plan made of it. Pure.

The format number of `instance.toml` counts layouts of the folder. Tables are brought forward by Django's migrations; a step here is
for what lies beside the database. A step runs after the database is committed and may run again after a kill: it must be idempotent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toguna.kernel.api import Refused
from toguna.maintenance import problems


@dataclass(frozen=True, kw_only=True)
class FormatStep:
    """One step: the format that it belongs to, and its name. What it does stands in `migrating.py` under that name."""

    format: int
    name: str


#: In order. A new format gets its steps at the end, and `instance.opening.FORMAT` its number.
STEPS: tuple[FormatStep, ...] = (
    FormatStep(format=2, name="close_modes"),
    FormatStep(format=2, name="make_signing_key"),
    FormatStep(format=3, name="remove_pack"),
)


@dataclass(frozen=True, kw_only=True)
class MigrationPlan:
    """What is to be done to an instance."""

    found: int
    known: int
    #: ``app.name`` of migrations that are not applied.
    pending: tuple[str, ...]
    steps: tuple[FormatStep, ...]

    @property
    def is_needed(self) -> bool:
        return bool(self.pending) or self.found != self.known


def plan_migration(
    found: int, known: int, pending: Sequence[str], unknown: Sequence[str], steps: Sequence[FormatStep] = STEPS
) -> MigrationPlan:
    """The steps from the found format to the known one. Refuses an instance of a newer Toguna: by format, or by migrations unknown here."""
    if found > known:
        raise Refused(problems.FORMAT_NEWER.at(found=found, known=known))
    if unknown:
        raise Refused(problems.SCHEMA_NEWER.at(unknown=", ".join(sorted(unknown)[:3])))
    wanted = tuple(step for step in steps if found < step.format <= known)
    return MigrationPlan(found=found, known=known, pending=tuple(pending), steps=wanted)
