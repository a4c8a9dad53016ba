"""Whether editions, clearances, waivers and section owners are what the journal tells. Words and names stay in the tables; acts hold digests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from toguna.journal import api as journal
from toguna.kernel.api import Period, Problem, digest
from toguna.publish import editions
from toguna.publish import problems as fault
from toguna.publish.clearing import RELEASED_WORDS
from toguna.publish.store import models


def verify() -> tuple[Problem, ...]:
    """Everything of published texts that the journal tells of otherwise or not at all, and files that are not those issued."""
    return tuple(chain(editions.verify(), _editions(), _clearances(), _waivers(), _owners()))


def _editions() -> Iterator[Problem]:
    """Editions whose row says other than their acts, and editions that are gone."""
    rows = {row.id: row for row in models.Edition.objects.order_by("id")}
    told: dict[str, journal.Act] = {}
    ended: dict[str, str] = {}
    for act in journal.acts(kinds=(*editions.ISSUING, "edition.withdrawn")):
        if act.kind == "edition.withdrawn":
            ended[act.subject] = "withdrawn"
            continue
        told[act.subject] = act
        before = str(act.detail.get("supersedes") or "")
        if before and ended.get(before) != "withdrawn":
            ended[before] = "superseded"
    for edition in sorted({*rows, *told}):
        row, issued = rows.get(edition), told.get(edition)
        if row is None:
            yield fault.EDITION_GONE.at(edition=edition)
        elif issued is not None and not _is_told(row, issued.detail, ended.get(edition, "issued")):
            yield fault.RECORD_ALTERED.at(edition=edition)


def _is_told(row: models.Edition, detail: Mapping[str, Any], state: str) -> bool:
    covers = Period(start=row.start, end=row.end).written()
    return (
        (digest(row.text), row.sequence, row.state) == (detail["text"], detail["sequence"], state)
        and (row.supersedes_id or "") == detail["supersedes"]
        and detail.get("covers", covers) == covers
    )


def _clearances() -> Iterator[Problem]:
    """As many clearances with the same words as acts tell, of each text; an act without its clearance, a clearance without its act."""
    stored = Counter(_cleared(row) for row in models.Clearance.objects.order_by("id"))
    told: Counter[tuple[str, ...]] = Counter()
    for act in journal.acts(kinds=("section.cleared", "sentence.released")):
        detail = act.detail
        if act.kind == "section.cleared":
            told[act.subject, "cleared", detail["digest"], act.actor] += 1
        else:
            told[act.subject, "released", f"{detail['role']} {detail['finding']}", act.actor] += 1
    for key in sorted({*stored, *told}):
        if stored[key] != told[key]:
            yield fault.CLEARANCE_UNTOLD.at(text=key[0])


def _cleared(row: models.Clearance) -> tuple[str, ...]:
    """What an act tells of the clearance: the digest of its words, or of a released sentence who let it go."""
    if row.kind == "release":
        finding = row.digest.removeprefix(RELEASED_WORDS)
        return row.text, "released", f"{row.scope} {finding}", row.cleared_by
    kept = {"kind": row.kind, "scope": row.scope, "digest": row.digest, "cleared_by": row.cleared_by}
    kept |= {"letter": row.letter} if row.letter else {}
    own = digest({**kept, "means": row.means, "cleared_on": row.cleared_on})
    return row.text, "cleared", own, row.recorded_by


def _waivers() -> Iterator[Problem]:
    """The waiver of a finding is the last one that the journal tells."""
    rows = {(row.text, row.finding): row for row in models.Waiver.objects.all()}
    told = {
        (act.subject, str(act.detail["finding"])): str(act.detail["digest"])
        for act in journal.acts(kinds=("waiver.given",))
    }
    for key in sorted({*rows, *told}):
        row = rows.get(key)
        kept = {"fault": row.fault, "quote": row.quote, "name": row.name, "reason": row.reason} if row else None
        if kept is None or digest(kept) != told.get(key):
            yield fault.WAIVER_UNTOLD.at(text=key[0], finding=key[1])


def _owners() -> Iterator[Problem]:
    """Who writes a section is whom the journal names last."""
    rows = {(row.text, digest(row.title)): row for row in models.Section.objects.all()}
    told = {
        (act.subject, str(act.detail["section"])): str(act.detail["owner"])
        for act in journal.acts(kinds=("section.drafted",))
    }
    for key in sorted({*rows, *told}):
        row = rows.get(key)
        if row is None or digest(row.owner) != told.get(key):
            yield fault.OWNER_UNTOLD.at(text=key[0])
