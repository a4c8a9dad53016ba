"""Editions as they are kept: found, compared with now, verified, withdrawn. Issuing stands in `issuing`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any

from toguna.access.api import Actor, require_permit
from toguna.figures.comparing import KeptFigure
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.kernel.api import Language, Period, Problem, Refused, digest
from toguna.kernel.core.languages import ByLanguage
from toguna.publish import problems as fault
from toguna.publish.build import Compiled, Desk, compile_text
from toguna.publish.core.checks import Printed
from toguna.publish.core.front import Front
from toguna.publish.core.frozen import Restated, differences, printed
from toguna.publish.core.update_text import UpdateText
from toguna.publish.store import models
from toguna.revisions.api import reading

ISSUING = ("edition.issued", "edition.restated", "edition.replaced")
#: Why a figure differs when neither its definition nor its source changed.
_LATER: Mapping[Language, str] = ByLanguage(
    {
        "en": "records were received, corrected or rejected since",
        "fr": "des enregistrements ont été reçus, corrigés ou rejetés depuis",
    }
)


def folder_of(edition: str) -> Path:
    """Where an edition's files are kept."""
    return current().home / "editions" / edition


def find(edition: str) -> models.Edition:
    """The edition of that id. Refuses one unknown."""
    found = models.Edition.objects.filter(id=edition).first()
    if found is None:
        known = models.Edition.objects.order_by("-issued_at").values_list("id", flat=True)[:10]
        raise Refused(fault.EDITION_UNKNOWN.at(edition=edition, known=", ".join(known) or "-"))
    return found


def latest(text: str) -> models.Edition | None:
    """The last edition of one text, withdrawn ones aside."""
    found = models.Edition.objects.filter(text=text).exclude(state="withdrawn")
    return found.order_by("-number").first()  # type: ignore[no-any-return]


def previous_values(front: Front) -> Mapping[str, Printed]:
    """What the last edition before this text's period printed, by canonical reference."""
    before = (
        models.Edition.objects.filter(
            product=front.product, place=front.place, language=front.language, end__lt=front.covers.end
        )
        .exclude(state="withdrawn")
        .order_by("-end", "-number")
        .first()
    )
    return printed(before.record, before.id) if before is not None else {}


def restatements(edition: str, desk: Desk) -> list[Restated]:
    """The sentences of an edition whose number would now differ: old, new, why. Refuses a withdrawn edition."""
    kept = find(edition)
    _refuse_withdrawn(kept)
    now = recompute(kept, desk, None)
    return differences(kept.record, now.resolution, _LATER)


def built_from(edition: str) -> AbstractContextManager[object]:
    """Within the block the instance reads the revision of the pack that the edition was built from; the newest for one that kept none."""
    digest = find(edition).record.get("revision")
    return reading(digest) if digest else nullcontext()


def recompute(kept: models.Edition, desk: Desk, sequence: int | None) -> Compiled:
    """The frozen source compiled again, as of a sequence of the journal or of now."""
    name = f"{kept.start:%Y-%m}.{kept.language}.md"
    text = UpdateText(name=name, source=kept.record["source"])
    return compile_text(text, _as_of(desk, sequence), is_within_plan=False)


def _as_of(desk: Desk, sequence: int | None) -> Desk:
    return Desk(figures=desk.figures, around=desk.around, kept=desk.kept, today=desk.today, as_of=lambda _: sequence)


def withdraw(edition: str, reason: str, actor: Actor) -> None:
    """Withdraw an edition for somebody's safety or consent: files and words destroyed, digests kept; the act `edition.withdrawn`."""
    require_permit(actor, "edition.withdrawn")
    kept = find(edition)
    if not reason.strip():
        raise Refused(fault.REASON_NEEDED.at())
    _refuse_withdrawn(kept)
    with writing():
        kept.state = "withdrawn"
        kept.record = {"files": kept.record["files"], "reason": reason, "withdrawn": True}
        kept.save(update_fields=["state", "record"])
        detail = {"digest": kept.digest, "reason": digest(reason), "record": digest(kept.record)}
        journal.append([journal.NewAct(kind="edition.withdrawn", subject=kept.id, detail=detail)], actor.name)
    shutil.rmtree(folder_of(kept.id), ignore_errors=True)


def verify() -> tuple[Problem, ...]:
    """Editions whose record or files are not those that were issued."""
    found: list[Problem] = []
    for kept in models.Edition.objects.order_by("id").iterator(chunk_size=10):
        acts = list(journal.acts_on(kept.id, ISSUING))
        issued = acts[-1].detail.get("digest") if acts else None
        if kept.digest != issued or (kept.state != "withdrawn" and digest(kept.record) != kept.digest):
            found.append(fault.RECORD_ALTERED.at(edition=kept.id))
        if kept.state != "withdrawn":
            found += _files_altered(kept)
    return tuple(found)


def _files_altered(kept: models.Edition) -> list[Problem]:
    found = []
    # A record that was changed may name no files at all.
    named = kept.record.get("files", {}) if isinstance(kept.record, dict) else {}
    for name, sha256 in named.items():
        path = folder_of(kept.id) / name
        if not path.is_file():
            found.append(fault.FILE_MISSING.at(edition=kept.id, file=name))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            found.append(fault.FILE_ALTERED.at(edition=kept.id, file=name))
    return found


def _refuse_withdrawn(kept: models.Edition) -> None:
    if kept.state == "withdrawn":
        raise Refused(fault.EDITION_WITHDRAWN.at(edition=kept.id))


def list_editions() -> list[dict[str, Any]]:
    """Every edition, newest first."""
    found = models.Edition.objects.order_by("-issued_at", "id")
    names = ("id", "state", "nature", "language", "number", "issued_at", "issued_by", "sequence", "digest")
    return [{name: getattr(kept, name) for name in names} for kept in found]


def kept_figures() -> list[KeptFigure]:
    """Every computed number of the issued editions, as each keeps it; the same figure as of the same act once."""
    found: dict[tuple[str, str, int], KeptFigure] = {}
    for row in models.Edition.objects.exclude(state="withdrawn").order_by("issued_at"):
        for number in (*row.record["numbers"], *row.record["cells"]):
            if number["definition"]:
                one = KeptFigure(
                    reference=number["reference"],
                    edition=row.id,
                    period=Period(start=row.start, end=row.end),
                    place=row.place,
                    at=row.sequence,
                    value=None if number["value"] is None else Decimal(number["value"]),
                    definition=number["definition"],
                    revision=row.record.get("revision") or "",
                )
                found.setdefault((one.reference, one.period.written(), one.at), one)
    return list(found.values())
