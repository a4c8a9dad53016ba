"""What becomes of each submission of a batch: taken in, known already, a correction, or refused. Pure.

The cases are those of ODK Central's `openRosaSubmission` (facts: an identical resend is one; other content under the same id is a
conflict; a correction names the current version), with one more: a form's key columns say which submission a row is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from toguna.collect import problems
from toguna.collect.core.submissions.values import Checked, Refusal
from toguna.kernel.api import Place, Problem

_LONGEST_ID = 255


@dataclass(kw_only=True, eq=False)
class Version:
    """One version of a submission, stored or about to be."""

    instance_id: str
    sha256: str
    form_id: str
    key: str
    number: int
    #: What it corrects; none of a first version and of one that is stored.
    corrects: Version | None = None
    #: Whether a later version is there.
    superseded: bool = False
    #: The later version, if it came in the same batch.
    successor: Version | None = None
    #: Of a stored one, the sequences of its receipt and of its lineage's first version.
    sequence: int = 0
    lineage: int = 0


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The outcome, in the order of the batch."""

    accepted: tuple[tuple[Checked, Version], ...]
    duplicates: tuple[Checked, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[Problem, ...]
    #: Laid over a version that is no longer the newest: to be laid over it again.
    stale: tuple[Checked, ...] = ()


@dataclass(kw_only=True)
class Known:
    """What is stored already of what a batch may touch; deciding adds to it what it accepts."""

    #: By instanceID.
    versions: dict[str, Version] = field(default_factory=dict)
    #: The version that holds each key now.
    holders: dict[str, Version] = field(default_factory=dict)
    #: The instanceID of the newest version of a stored one's lineage.
    newest_stored: Callable[[Version], str] = lambda version: version.instance_id

    def target(self, checked: Checked) -> Version | None:
        """The version that the submission is meant to correct, if it is known."""
        if checked.deprecated_id is not None:
            return self.versions.get(checked.deprecated_id)
        return self.holders.get(checked.key) if checked.key else None

    def newest(self, version: Version) -> str:
        while version.successor is not None:
            version = version.successor
        return self.newest_stored(version) if version.superseded else version.instance_id


def decide(batch: Iterable[Checked], known: Known) -> Decided:
    """Decide in order; an earlier submission of the batch counts as stored for a later one."""
    accepted: list[tuple[Checked, Version]] = []
    duplicates: list[Checked] = []
    refused: list[Refusal] = []
    warnings: list[Problem] = []
    stale: list[Checked] = []
    for checked in batch:
        there = known.versions.get(checked.instance_id)
        if there is not None and there.sha256 == checked.sha256:
            duplicates.append(checked)
            if there.superseded:
                place = _place(checked)
                newest = known.newest(there)
                warnings.append(problems.CONTENT_OLD.at(place, instance_id=checked.instance_id, newest=newest))
            continue
        corrects, fault = _corrected(checked, there, known)
        if fault is not None:
            refused.append(_refusal(checked, fault))
            continue
        if corrects is not None and checked.is_unchanged and checked.base == corrects.instance_id:
            duplicates.append(replace(checked, instance_id=corrects.instance_id))
            continue
        if _is_stale(checked, corrects):
            stale.append(checked)
            continue
        accepted.append((checked, _accept(checked, corrects, known)))
    return Decided(
        accepted=tuple(accepted), duplicates=tuple(duplicates), refused=tuple(refused), warnings=tuple(warnings),
        stale=tuple(stale),
    )  # fmt: skip


def _is_stale(checked: Checked, corrects: Version | None) -> bool:
    """Whether it was laid over another version than the one that is the newest now. What the same batch brings is newest at once."""
    if checked.base is None or (corrects is not None and not corrects.sequence):
        return False
    return checked.base != (corrects.instance_id if corrects else "")


def _corrected(checked: Checked, there: Version | None, known: Known) -> tuple[Version | None, Problem | None]:
    """The version that it corrects, if it does; or why it cannot be taken in."""
    place, old = _place(checked), checked.deprecated_id
    if not 0 < len(checked.instance_id) <= _LONGEST_ID or not checked.instance_id.isprintable():
        return None, problems.INSTANCE_ID_BROKEN.at(place, value=checked.instance_id[:80])
    if there is not None:
        return None, problems.CONTENT_CONFLICT.at(place, instance_id=checked.instance_id)
    holder = known.holders.get(checked.key) if checked.key else None
    if old is None:
        return holder, None
    version = known.versions.get(old)
    if version is None:
        return None, problems.DEPRECATED_UNKNOWN.at(place, deprecated_id=old)
    if version.form_id != checked.form_id:
        return None, problems.DEPRECATED_OTHER_FORM.at(place, deprecated_id=old, form=version.form_id)
    if version.superseded:
        return None, problems.DEPRECATED_OLD.at(place, deprecated_id=old, newest=known.newest(version))
    if holder is not None and holder is not version:
        return None, problems.KEY_HELD.at(place, holder=holder.instance_id, deprecated_id=old)
    return version, None


def _accept(checked: Checked, corrects: Version | None, known: Known) -> Version:
    version = Version(
        instance_id=checked.instance_id,
        sha256=checked.sha256,
        form_id=checked.form_id,
        key=checked.key,
        number=corrects.number + 1 if corrects else 1,
        corrects=corrects,
    )
    known.versions[version.instance_id] = version
    if corrects is not None:
        corrects.superseded, corrects.successor = True, version
        if corrects.key:
            known.holders.pop(corrects.key, None)
    if version.key:
        known.holders[version.key] = version
    return version


def _refusal(checked: Checked, fault: Problem) -> Refusal:
    return Refusal(
        name=checked.name,
        raw=checked.raw,
        problems=(fault,),
        source=checked.source,
        row=checked.row,
        waits_for=(checked.deprecated_id or "") if fault.id == problems.DEPRECATED_UNKNOWN.id else "",
    )


def _place(checked: Checked) -> Place:
    return Place(file=checked.name or None, row=checked.row or None)


def in_order(batch: Sequence[Checked]) -> list[Checked]:
    """The same submissions, each after the one that it corrects; otherwise as they stand."""
    by_id = {one.instance_id: one for one in batch if one.deprecated_id}
    if not by_id:
        return list(batch)
    ids = {one.instance_id for one in batch}
    done: set[str] = set()
    ordered: list[Checked] = []
    held: dict[str, list[Checked]] = {}
    for one in batch:
        if one.deprecated_id in ids and one.deprecated_id not in done and one.deprecated_id != one.instance_id:
            held.setdefault(one.deprecated_id or "", []).append(one)
            continue
        ready = [one]
        while ready:
            first = ready.pop(0)
            ordered.append(first)
            done.add(first.instance_id)
            ready += held.pop(first.instance_id, [])
    return [*ordered, *(one for rest in held.values() for one in rest)]
