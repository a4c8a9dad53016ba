"""Who writes a section, who cleared what, who waived which finding: kept by name, each an act of the journal.

Clearing needs no account: "cleared by, on, by e-mail, recorded by". The journal holds codes and digests; names and reasons stay in these tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from toguna.access.api import Actor, require_permit
from toguna.instance.api import writing
from toguna.journal import api as journal
from toguna.kernel.api import Place, Refused, digest
from toguna.kernel.core import clock
from toguna.publish import problems as fault
from toguna.publish.build import Compiled
from toguna.publish.core.checks import Finding, Waiver
from toguna.publish.core.checks.findings import CLEARED_FOR, RELEASABLE
from toguna.publish.core.duties import duty_of_clearance, persons_of_clearance
from toguna.publish.core.notes import date_words
from toguna.publish.core.sections import (
    SectionText,
    Sensitive,
    State,
    Topic,
    paragraph_at,
    sections_of,
    state_of,
    text_id,
    whole_digest,
)
from toguna.publish.core.translation import aligned, paragraph_digest
from toguna.publish.core.tree import plain
from toguna.publish.pages.words import WORDS
from toguna.publish.row_digests import row_digest
from toguna.publish.store import models

Means = Literal["account", "e-mail", "telephone", "meeting"]


#: Who releases a barred sentence: one account of each role, two persons.
RELEASING_ROLES = ("protection_officer", "representative")
#: Before the finding, in the place of the digest of words, of a released sentence.
RELEASED_WORDS = "finding "


@dataclass(frozen=True, kw_only=True)
class Word:
    """Somebody's word: who, on which day, by which means; of an e-mail the SHA-256 of its bytes."""

    by: str
    on: date
    means: Means
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionState:
    section: SectionText
    owner: str
    state: State


def waivers_of(text: str) -> Mapping[str, Waiver]:
    """The waivers of one text by finding."""
    found = models.Waiver.objects.filter(text=text)
    return {each.finding: Waiver(finding=each.finding, name=each.name, reason=each.reason) for each in found}


def waive(compiled: Compiled, key: str, name: str, reason: str, actor: Actor) -> Finding:
    """Keep a waiver of one finding; the act `waiver.given`. Refuses an unknown finding, and one that may not be waived."""
    require_permit(actor, "waiver.given")
    finding = next((each for each in compiled.report.findings if each.key == key), None)
    if finding is None:
        raise Refused(fault.FINDING_UNKNOWN.at(Place(file=compiled.file), finding=key))
    if finding.weight != "waivable":
        raise Refused(fault.NOT_WAIVABLE.at(finding.problem.place, finding=key, what=finding.problem.what()))
    if not reason.strip():
        raise Refused(fault.REASON_NEEDED.at(finding.problem.place))
    text = text_id(compiled.front)
    kept = {"fault": finding.problem.id, "quote": finding.quote, "name": name, "reason": reason}
    with writing():
        row, _ = models.Waiver.objects.update_or_create(
            text=text, finding=key, defaults={**kept, "recorded_by": actor.name, "recorded_at": clock.now()}
        )
        detail = {"finding": key, "fault": finding.problem.id, "digest": digest(kept), "row": row_digest(row)}
        journal.append([journal.NewAct(kind="waiver.given", subject=text, detail=detail)], actor.name)
    return finding


def release_sentence(compiled: Compiled, key: str, reason: str, actor: Actor) -> tuple[Finding, bool]:
    """Keep the word of a protection officer or a Representative that a barred sentence is right all the same; the act `sentence.released`.

    Returns the finding, and whether it is released now: when one of each has said so, two persons with accounts of their own. Refuses an unknown
    finding, one that nobody may release, an account with neither role, and the same person or role a second time.
    """
    require_permit(actor, "sentence.released")
    here = Place(file=compiled.file)
    finding = next((each for each in compiled.report.findings if each.key == key), None)
    if finding is None:
        raise Refused(fault.FINDING_UNKNOWN.at(here, finding=key))
    if finding.problem.id not in RELEASABLE:
        raise Refused(fault.NOT_RELEASABLE.at(finding.problem.place, finding=key, what=finding.problem.what()))
    if not reason.strip():
        raise Refused(fault.REASON_NEEDED.at(finding.problem.place))
    text, words = text_id(compiled.front), _released_words(finding.key)
    given = {each.scope: each.recorded_by for each in models.Clearance.objects.filter(text=text, digest=words)}
    role = next((each for each in RELEASING_ROLES if each in actor.roles and each not in given), None)
    if role is None or actor.name in given.values():
        raise Refused(fault.RELEASE_NOT_YOURS.at(finding.problem.place, finding=key, actor=actor.name))
    kept = {"kind": "release", "scope": role, "digest": words, "cleared_by": actor.name, "means": "account"}
    now = clock.now()
    with writing():
        row = models.Clearance.objects.create(
            text=text, **kept, cleared_on=now.date(), recorded_by=actor.name, recorded_at=now
        )
        detail = {
            "finding": key,
            "fault": finding.problem.id,
            "role": role,
            "digest": digest({**kept, "reason": reason}),
            "row": row_digest(row),
        }
        journal.append([journal.NewAct(kind="sentence.released", subject=text, detail=detail)], actor.name)
    return finding, len(given) + 1 == len(RELEASING_ROLES)


def released_of(text: str) -> frozenset[str]:
    """The keys of the barred findings of a text that a protection officer and a Representative released, two persons."""
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for each in models.Clearance.objects.filter(text=text, kind="release"):
        given[each.digest][each.scope] = each.recorded_by
    return frozenset(
        words.removeprefix(RELEASED_WORDS)
        for words, by in given.items()
        if set(by) == set(RELEASING_ROLES) and len(set(by.values())) == len(RELEASING_ROLES)
    )


def _released_words(key: str) -> str:
    return f"{RELEASED_WORDS}{key}"


def cleared_of(text: str) -> frozenset[str]:
    """The digests that somebody cleared: a paragraph's with its topic before it."""
    found = models.Clearance.objects.filter(text=text).exclude(kind="release")
    return frozenset(f"{each.scope}:{each.digest}" if each.kind == "paragraph" else each.digest for each in found)


def clear_whole(compiled: Compiled, word: Word, actor: Actor) -> None:
    """Record that the whole text may go out as it stands."""
    _record(compiled, "whole", "", whole_digest(compiled.parsed.update), word, actor)


def clear_section(compiled: Compiled, title: str, word: Word, actor: Actor) -> None:
    """Record a section owner's word. Refuses a title that the text does not have."""
    sections = {each.title: each for each in sections_of(compiled.parsed.update)}
    if title not in sections:
        raise Refused(fault.NO_SECTION.at(Place(file=compiled.file), title=title, known=", ".join(sections)))
    _record(compiled, "section", title, sections[title].digest, word, actor)


def clear_paragraph(compiled: Compiled, line: int, topic: Topic, word: Word, actor: Actor) -> None:
    """Record a clearance for protection or security of the paragraph that stands on a line."""
    paragraphs = [each for section in sections_of(compiled.parsed.update) for each in section.sensitive]
    wanted = {(each.line, each.topic): each.digest for each in (*to_clear(compiled), *paragraphs)}
    if (line, topic) not in wanted:
        raise Refused(fault.NO_PARAGRAPH.at(Place(file=compiled.file, line=line), line=line, topic=topic))
    _record(compiled, "paragraph", topic, wanted[line, topic], word, actor)


def to_clear(compiled: Compiled) -> list[Sensitive]:
    """The paragraphs that a finding wants cleared by a named person: security events, totals of harm."""
    found = []
    for finding in compiled.report.findings:
        topic = CLEARED_FOR.get(finding.problem.id)
        paragraph = paragraph_at(compiled.parsed.update, finding.problem.place.line or 0)
        if topic is not None and paragraph is not None:
            words = plain(paragraph.inlines)
            own = paragraph_digest(paragraph.inlines)
            found.append(Sensitive(topic=topic, digest=own, line=paragraph.line, words=words))
    return list(dict.fromkeys(found))


def set_owner(compiled: Compiled, title: str, owner: str, actor: Actor) -> None:
    """Say who writes a section."""
    require_permit(actor, "section.drafted")
    text = text_id(compiled.front)
    known = [each.title for each in sections_of(compiled.parsed.update)]
    if title not in known:
        raise Refused(fault.NO_SECTION.at(Place(file=compiled.file), title=title, known=", ".join(known)))
    with writing():
        kept = {"owner": owner, "set_at": clock.now()}
        row, _ = models.Section.objects.update_or_create(text=text, title=title, defaults=kept)
        detail = {"section": digest(title), "owner": digest(owner), "row": row_digest(row)}
        journal.append([journal.NewAct(kind="section.drafted", subject=text, detail=detail)], actor.name)


def section_states(compiled: Compiled) -> list[SectionState]:
    """Every section with its owner and its state."""
    text = text_id(compiled.front)
    owners = dict(models.Section.objects.filter(text=text).values_list("title", "owner"))
    cleared, whole = cleared_of(text), whole_digest(compiled.parsed.update)
    following = _following(compiled)
    return [
        SectionState(
            section=each,
            owner=owners.get(each.title, ""),
            state=state_of(each, cleared, whole, follows=set(each.lines) <= following),
        )
        for each in sections_of(compiled.parsed.update)
    ]


def _following(compiled: Compiled) -> set[int]:
    """The lines of a translation's paragraphs whose originals stand as they were translated."""
    if compiled.original is None:
        return set()
    pairs = aligned(compiled.parsed.update, compiled.original)
    return {pair.paragraph.line for pair in pairs if pair.original is not None}


def clearances_of(text: str) -> list[dict[str, str]]:
    """Every clearance of a text, for its edition's record."""
    return [
        {
            "kind": each.kind,
            "scope": each.scope,
            "digest": each.digest,
            "by": each.cleared_by,
            "on": each.cleared_on.isoformat(),
            "means": each.means,
            "letter": each.letter,
            "recorded_by": each.recorded_by,
        }
        for each in models.Clearance.objects.filter(text=text).order_by("id")
    ]


def duties_done(compiled: Compiled) -> list[tuple[str, frozenset[str]]]:
    """The duties done for a text as its words stand, each with whose act it is: clearances that still hold, and waivers."""
    text = text_id(compiled.front)
    standing = {whole_digest(compiled.parsed.update), *(paragraph.digest for paragraph in to_clear(compiled))}
    for section in sections_of(compiled.parsed.update):
        standing |= {section.digest, *(paragraph.digest for paragraph in section.sensitive)}
    done = [
        (
            duty_of_clearance(each.kind, each.scope),
            persons_of_clearance(each.means, each.cleared_by, each.recorded_by, each.letter),
        )
        for each in models.Clearance.objects.filter(text=text, digest__in=standing)
    ]
    waivers = models.Waiver.objects.filter(text=text).values_list("name", "recorded_by")
    return [*done, *(("waive", frozenset(names)) for names in waivers)]


def imprint_of(compiled: Compiled, actor: Actor) -> str:
    """What an edition prints of who let it out: words that somebody else recorded, and acts that no password attests."""
    language, text = compiled.front.language, text_id(compiled.front)
    words = WORDS[language]
    recorded = dict.fromkeys(
        words["recorded"].format(
            by=each.cleared_by,
            day=date_words(each.cleared_on, language),
            means=words[each.means],
            name=each.recorded_by,
        )
        for each in models.Clearance.objects.filter(text=text).order_by("id")
        if each.means != "account"
    )
    names = Counter(act.actor for act in journal.unattested() if act.subject == text)
    names.update([actor.name] if journal.is_unattested() else [])
    told = ", ".join(f"{name} {count}" for name, count in sorted(names.items()))
    unattested = [words["unattested"].format(names=told)] if told else []
    return " ".join([*recorded, *unattested])


def _record(compiled: Compiled, kind: str, scope: str, words: str, word: Word, actor: Actor) -> None:
    """Refuses an e-mail that is not there, and an account's word under another name than the actor's."""
    require_permit(actor, "section.cleared")
    here = Place(file=compiled.file)
    if word.means == "e-mail" and not word.letter:
        raise Refused(fault.LETTER_NEEDED.at(here, by=word.by))
    if word.means == "account" and word.by != actor.name:
        raise Refused(fault.NOT_OWN_ACCOUNT.at(here, by=word.by, actor=actor.name))
    text = text_id(compiled.front)
    kept = {"kind": kind, "scope": scope, "digest": words, "cleared_by": word.by, "means": word.means}
    kept |= {"letter": word.letter} if word.letter else {}
    with writing():
        row = models.Clearance.objects.create(
            text=text, **kept, cleared_on=word.on, recorded_by=actor.name, recorded_at=clock.now()
        )
        detail = {
            "kind": kind,
            "words": words,
            "digest": digest({**kept, "cleared_on": word.on}),
            "row": row_digest(row),
        }
        detail |= {"letter": word.letter} if word.letter else {}
        journal.append([journal.NewAct(kind="section.cleared", subject=text, detail=detail)], actor.name)
