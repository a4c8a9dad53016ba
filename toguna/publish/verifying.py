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
from toguna.publish.row_digests import row_digest
from toguna.publish.store import models


def verify() -> tuple[Problem, ...]:
    """Everything of published texts that the journal tells of otherwise or not at all, and files that are not those issued."""
    return tuple(chain(editions.verify(), _editions(), _clearances(), _waivers(), _owners()))


def _editions() -> Iterator[Problem]:
    """Editions whose row says other than their acts, and editions that are gone."""
    rows = {row.id: row for row in models.Edition.objects.order_by("id").defer("record")}
    told: dict[str, journal.Act] = {}
    ended: dict[str, str] = {}
    for act in journal.acts(kinds=(*editions.ISSUING, "edition.withdrawn")):
        if act.kind == "edition.withdrawn":
            ended[act.subject] = "withdrawn"
            row = rows.get(act.subject)
            if row is not None and "record" in act.detail and digest(row.record) != act.detail["record"]:
                yield fault.RECORD_ALTERED.at(edition=act.subject)
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
    if row.start > row.end:
        return False
    covers = Period(start=row.start, end=row.end).written()
    return (
        (digest(row.text), row.sequence, row.state) == (detail["text"], detail["sequence"], state)
        and (row.supersedes_id or "") == detail["supersedes"]
        and detail.get("covers", covers) == covers
        and detail.get("row") in (None, row_digest(row))
    )


def _clearances() -> Iterator[Problem]:
    """As many clearances with the same words as acts tell, of each text; an act without its clearance, a clearance without its act.

    Acts of an older Toguna hold the digest of the words alone.
    """
    told: Counter[tuple[str, ...]] = Counter()
    for act in journal.acts(kinds=("section.cleared", "sentence.released")):
        detail = act.detail
        if "row" in detail:
            told[act.subject, "row", detail["row"]] += 1
        elif act.kind == "section.cleared":
            told[act.subject, "cleared", detail["digest"], act.actor] += 1
        else:
            told[act.subject, "released", f"{detail['role']} {detail['finding']}", act.actor] += 1
    stored: Counter[tuple[str, ...]] = Counter()
    for row in models.Clearance.objects.order_by("id").iterator():
        own = (row.text, "row", row_digest(row))
        stored[own if told[own] > stored[own] else _cleared(row)] += 1
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
    told = {(act.subject, str(act.detail["finding"])): act.detail for act in journal.acts(kinds=("waiver.given",))}
    for key in sorted({*rows, *told}):
        row, detail = rows.get(key), told.get(key)
        kept = {"fault": row.fault, "quote": row.quote, "name": row.name, "reason": row.reason} if row else None
        if row is None or detail is None or digest(kept) != detail["digest"] or not _has_row(row, detail):
            yield fault.WAIVER_UNTOLD.at(text=key[0], finding=key[1])


def _owners() -> Iterator[Problem]:
    """Who writes a section is whom the journal names last."""
    rows = {(row.text, digest(row.title)): row for row in models.Section.objects.all()}
    told = {(act.subject, str(act.detail["section"])): act.detail for act in journal.acts(kinds=("section.drafted",))}
    for key in sorted({*rows, *told}):
        row, detail = rows.get(key), told.get(key)
        if row is None or detail is None or digest(row.owner) != detail["owner"] or not _has_row(row, detail):
            yield fault.OWNER_UNTOLD.at(text=key[0])


def _has_row(row: models.Waiver | models.Section, detail: Mapping[str, Any]) -> bool:
    """Whether the row is the one of which the act has the digest; acts of an older Toguna have none."""
    return detail.get("row") in (None, row_digest(row))
