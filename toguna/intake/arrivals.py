"""Arrivals: a file as it came, by whom, for which organisation, by which channel. Acts of the journal and contents; no table of its own.

An arrival is the act ``arrival.received``: its detail names two contents, the bytes and a record of what is known of them. What becomes of
it is the newest act on it. The same bytes from the same organisation are the same arrival, whenever they come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from toguna.access.api import Actor, Subject, permits, require_permit
from toguna.instance.api import current, writing
from toguna.intake import problems
from toguna.journal.api import Act, NewAct, acts, acts_on, append
from toguna.kernel.api import Problem, Refused, canonical_json, digest
from toguna.organisations.api import require_organisation

Channel = Literal["mail", "upload", "phone", "pull", "usb"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
State = Literal["received", "taken", "sent_back", "discarded"]
Kind = Literal["table", "narrative"]

RECEIVED, TAKEN, SENT_BACK, DISCARDED = "arrival.received", "arrival.taken", "arrival.sent_back", "arrival.discarded"
_STATES: Mapping[str, State] = {RECEIVED: "received", TAKEN: "taken", SENT_BACK: "sent_back", DISCARDED: "discarded"}
_CLOSED = {"taken": ("taken in", "intégrée"), "discarded": ("discarded", "écartée")}
#: An arrival may have so many bytes.
LARGEST = 256 * 2**20
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One file as it came, and what became of it."""

    id: str
    organisation: str
    channel: Channel
    kind: Kind
    sha256: str
    name: str
    received_at: datetime
    by: str
    #: The address it was sent from; what was said with it.
    sender: str = ""
    note: str = ""
    #: The form that it fills in and the month it reports (``2016-12``), where the sender or the mapping said.
    form_id: str = ""
    period: str = ""
    state: State = "received"
    #: The act of its state, and when.
    sequence: int = 0
    decided_at: datetime | None = None
    decided_by: str = ""
    #: Whether it had come before, when it was added.
    known: bool = False
    #: What the act of its state says besides.
    detail: Mapping[str, Any] | None = None
    #: What the act says that took it in, also when it was sent back afterwards.
    taken: Mapping[str, Any] | None = None


def arrive(
    content: bytes,
    name: str,
    actor: Actor,
    *,
    organisation: str = "",
    channel: Channel = "upload",
    kind: Kind | None = None,
    form_id: str = "",
    period: str = "",
    sender: str = "",
    note: str = "",
) -> Arrival:
    """Keep a file that came; act ``arrival.received``. The same bytes of the same organisation are `known`: nothing is written.

    A scoped actor sends for its own organisation. Refuses an empty or too large file, and an organisation that is unknown.
    """
    code = organisation or actor.organisation or ""
    require_permit(actor, RECEIVED, Subject(organisation=code or None))
    shown = safe_name(name)
    _require_sound(content, shown, code)
    sha256 = hashlib.sha256(content).hexdigest()
    arrival_id = f"a{digest([sha256, code])[:11]}"
    files = current().files
    record = {
        "name": shown, "organisation": code, "channel": channel, "kind": kind or kind_of(content, shown),
        "form": form_id, "period": period, "sender": sender[:300], "note": note[:2000],
    }  # fmt: skip
    kept, described = files.put(content), files.put(canonical_json(record))
    with writing():
        before = next(acts_on(arrival_id, (RECEIVED,)), None)
        if before is not None:
            return replace(arrival(arrival_id, actor), known=True)
        detail = {"content": kept, "record": described, "channel": channel, "organisation": code}
        append([NewAct(kind=RECEIVED, subject=arrival_id, detail=detail)], actor.name)
    return arrival(arrival_id, actor)


def _require_sound(content: bytes, name: str, organisation: str) -> None:
    if not content:
        raise Refused(problems.ARRIVAL_EMPTY.at(file=name))
    if len(content) > LARGEST:
        raise Refused(problems.ARRIVAL_TOO_LARGE.at(file=name, most=LARGEST // 2**20))
    if not organisation:
        raise Refused(problems.ORGANISATION_NEEDED.at(file=name))
    require_organisation(organisation)


def arrival(arrival_id: str, actor: Actor) -> Arrival:
    """The arrival of that id, as it stands. Refuses one that is unknown, and another organisation's."""
    told = list(acts_on(arrival_id, tuple(_STATES)))
    if not told or told[0].kind != RECEIVED:
        raise Refused(problems.ARRIVAL_UNKNOWN.at(arrival=arrival_id[:60]))
    require_permit(actor, RECEIVED, Subject(organisation=str(told[0].detail["organisation"])))
    return _of(told)


def arrivals(actor: Actor, state: State | None = None) -> list[Arrival]:
    """The arrivals that the actor may see, the newest first."""
    return [one for one in every_arrival() if (state is None or one.state == state) and _may_see(actor, one)][::-1]


def every_arrival() -> Iterator[Arrival]:
    """All of them, in the order in which they came."""
    told: dict[str, list[Act]] = {}
    for act in acts(kinds=tuple(_STATES)):
        told.setdefault(act.subject, []).append(act)
    return (_of(own) for own in told.values())


def content_of(one: Arrival) -> bytes:
    """The bytes as they came. Refuses what was changed or lost on the disk."""
    return kept_content(one.sha256, one.id)


def discard(arrival_id: str, actor: Actor, reason: str) -> Arrival:
    """Set an arrival aside for good, with a reason of the operation; its bytes stay. Act ``arrival.discarded``. Refuses one that was taken in."""
    one = arrival(arrival_id, actor)
    require_permit(actor, DISCARDED, Subject(organisation=one.organisation))
    require_open(one)
    return settle(one, DISCARDED, actor, {"reason": current().files.put(reason.encode())})


def settle(one: Arrival, kind: str, actor: Actor, detail: Mapping[str, Any]) -> Arrival:
    """Append what became of an arrival."""
    with writing():
        append([NewAct(kind=kind, subject=one.id, detail=detail)], actor.name)
    return arrival(one.id, actor)


def require_open(one: Arrival) -> None:
    """Refuses an arrival that was discarded or taken in."""
    state = "discarded" if one.state == "discarded" else "taken"
    if one.taken is not None or one.state == "discarded":
        raise Refused(problems.ARRIVAL_CLOSED.at(arrival=one.id, state=_CLOSED[state][0], state_fr=_CLOSED[state][1]))


def kind_of(content: bytes, name: str) -> Kind:
    """Whether a file is a table or words, by what it is and not only by its name."""
    lower = name.lower()
    if content.startswith(b"%PDF") or lower.endswith(
        (".docx", ".doc", ".odt", ".rtf", ".txt", ".md", ".pdf", ".eml", ".msg")
    ):
        return "narrative"
    return "table"


def safe_name(name: str) -> str:
    """A file's name for people: no folder, no control or direction-changing characters, not too long."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in plain if letter.isprintable()).strip(" .")
    return plain[-_LONGEST_NAME:] or "file"


def verify() -> Iterator[Problem]:
    """Arrivals whose bytes, or the record of what is known of them, are gone or were changed."""
    for act in acts(kinds=(*_STATES, "mapping.kept")):
        names = [
            str(act.detail[key]) for key in ("content", "record", "reason", "letter", "mapping") if act.detail.get(key)
        ]
        if any(not _is_whole(sha256) for sha256 in names):
            yield problems.ARRIVAL_ENDED.at(arrival=act.subject)


def record_of(sha256: str, arrival_id: str) -> Any:
    """A JSON record that an act names."""
    return json.loads(kept_content(sha256, arrival_id))


def _of(told: list[Act]) -> Arrival:
    first, last = told[0], told[-1]
    taken = next((act.detail for act in reversed(told) if act.kind == TAKEN), None)
    record = record_of(str(first.detail["record"]), first.subject)
    return Arrival(
        id=first.subject,
        organisation=record["organisation"],
        channel=record["channel"],
        kind=record["kind"],
        sha256=str(first.detail["content"]),
        name=record["name"],
        received_at=first.at,
        by=first.actor,
        sender=record["sender"],
        note=record["note"],
        form_id=str((taken or {}).get("form", "")) or record["form"],
        period=str((taken or last.detail).get("period", "")) or record["period"],
        state=_STATES[last.kind],
        sequence=last.sequence,
        decided_at=last.at if len(told) > 1 else None,
        decided_by=last.actor if len(told) > 1 else "",
        detail=last.detail,
        taken=taken,
    )


def _may_see(actor: Actor, one: Arrival) -> bool:
    return permits(actor, RECEIVED, Subject(organisation=one.organisation))


def kept_content(sha256: str, arrival_id: str) -> bytes:
    """A content that an act of the arrival names. Refuses what was changed or lost on the disk."""
    if not _is_whole(sha256):
        raise Refused(problems.ARRIVAL_ENDED.at(arrival=arrival_id))
    return current().files.get(sha256)


def _is_whole(sha256: str) -> bool:
    files = current().files
    return files.has(sha256) and hashlib.sha256(files.get(sha256)).hexdigest() == sha256


def as_json(one: Arrival) -> dict[str, Any]:
    """What a verb prints of an arrival."""
    shown = asdict(one)
    shown.pop("detail")
    shown.pop("taken")
    return shown
