"""The journal's one door for writing, `append`, and its readers."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from toguna.instance.store.bulk import insert_rows
from toguna.instance.store.database import lock
from toguna.instance.store.sql import triggers_of
from toguna.journal import problems
from toguna.journal.attesting import with_attested
from toguna.journal.core.acts import Act, Head, Line, NewAct, chained, check_chain
from toguna.journal.store import models
from toguna.kernel.api import NotAPeriod, Problem, Refused, parse_period
from toguna.kernel.core import clock

_log = logging.getLogger("toguna.journal")
_COLUMNS = ("sequence", "kind", "subject", "detail", "at", "actor", "previous", "digest")
#: An account signs its acts up to one of them.
SIGNED = "acts.attested"
#: Lines fetched at a time.
_CHUNK = 2000
#: Lines fetched first where the last one is likely to be enough.
_FEW = 4
#: The triggers without which the journal could be rewritten, by engine.
_TRIGGERS = {
    "sqlite": ("journal_act_follows", "journal_act_no_delete", "journal_act_no_update"),
    "postgresql": ("journal_act_follows", "journal_act_no_delete", "journal_act_no_truncate", "journal_act_no_update"),
}


@dataclass(frozen=True, kw_only=True)
class Appended:
    """The sequences that a batch got, and the digest of its last act. An empty batch has `last` = `first` - 1."""

    first: int
    last: int
    head: str


def append(acts: Sequence[NewAct], actor: str) -> Appended:
    """Append the acts, chained, in the transaction of the change they tell of. Refuses (`RuntimeError`) to run outside one."""
    if not connection.in_atomic_block:
        raise RuntimeError("acts are appended in the transaction of the change: use instance.writing()")
    lock()
    before = head()
    lines = chained([with_attested(act) for act in acts], actor, before, clock.now())
    insert_rows(models.Act, _COLUMNS, ([getattr(line, name) for name in _COLUMNS] for line in lines))
    last = lines[-1] if lines else before
    _log.info("journal.appended", extra={"fields": {"count": len(lines), "sequence": last.sequence}})
    return Appended(first=before.sequence + 1, last=last.sequence, head=last.digest)


def head() -> Head:
    """The journal's end."""
    row = models.Act.objects.order_by("-sequence").values("sequence", "digest", "at").first()
    return Head(**row) if row else Head()


def acts(after: int = 0, until: int | None = None, kinds: Collection[str] = ()) -> Iterator[Act]:
    """Acts with `after` < sequence <= `until`, of these kinds if any are given, in order."""
    found = models.Act.objects.filter(sequence__gt=after)
    if until is not None:
        found = found.filter(sequence__lte=until)
    if kinds:
        found = found.filter(kind__in=kinds)
    for line in _lines(found):
        yield line.act()


def newest(kinds: Collection[str]) -> Iterator[Act]:
    """Acts of these kinds, the newest first; read a few at a time, so that the first costs little."""
    found = models.Act.objects.filter(kind__in=kinds).order_by("-sequence").values(*_COLUMNS)
    rows = list(found[:_FEW])
    while rows:
        for row in rows:
            yield Line(**row).act()
        rows = list(found.filter(sequence__lt=rows[-1]["sequence"])[:_CHUNK])


def acts_on(subject: str, kinds: Collection[str] = ()) -> Iterator[Act]:
    """The acts on one subject, in order."""
    found = models.Act.objects.filter(subject=subject)
    for line in _lines(found.filter(kind__in=kinds) if kinds else found):
        yield line.act()


def unattested(actor: str | None = None) -> list[Act]:
    """Acts done under a name that was only given and that its account has not signed since; of one account, or of all. In order."""
    found = models.Act.objects.filter(detail__contains='"attested":"no"')
    signed: dict[str, int] = {}
    for act in acts(kinds=(SIGNED,)):
        signed[act.subject] = max(signed.get(act.subject, 0), int(act.detail["until"]))
    lines = _lines(found if actor is None else found.filter(actor=actor))
    return [line.act() for line in lines if line.sequence > signed.get(line.actor, 0)]


def sequence_at(instant: datetime) -> int:
    """The last sequence whose act is not after the instant; 0 before the first."""
    row = models.Act.objects.filter(at__lte=instant).order_by("-at", "-sequence").values_list("sequence").first()
    return row[0] if row else 0


def as_of(text: str, zone: ZoneInfo) -> int:
    """The sequence that a reader means by a sequence, a day or a month (its end), or a day and time, in the operation's time zone.

    Refuses what is none of these, and a sequence that the journal has not reached.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        last = head().sequence
        if int(text) > last:
            raise Refused(problems.AS_OF_AHEAD.at(value=text, last=last))
        return int(text)
    try:
        return sequence_at(_instant(text, zone))
    except (ValueError, OverflowError) as error:
        raise Refused(problems.AS_OF_BROKEN.at(value=text)) from error


def verify(against: Head | None = None, since: Head | None = None) -> tuple[Problem, ...]:
    """What is wrong with the chain: acts edited, dropped, swapped, forged, cut off before the head kept elsewhere; triggers gone.

    With `since` only acts after that head, which must be where it was; what comes before it was verified then.
    """
    there = triggers_of("journal_act")
    gone = [problems.TRIGGER_MISSING.at(name=name) for name in _TRIGGERS[connection.vendor] if name not in there]
    last = head().sequence
    ahead = models.Consumer.objects.filter(sequence__gt=last).order_by("name")
    return (
        *gone,
        *(problems.CONSUMER_AHEAD.at(name=row.name, sequence=row.sequence, last=last) for row in ahead),
        *check_chain(_lines(models.Act.objects.filter(sequence__gte=since.sequence if since else 0)), against, since),
    )


def digests_of(sequences: Sequence[int]) -> dict[int, str]:
    """The digests of these acts, of those that are there."""
    return dict(models.Act.objects.filter(sequence__in=sequences).values_list("sequence", "digest"))


def parse_head(text: str) -> Head:
    """The head that `Head.written` wrote. Refuses anything else."""
    sequence, _, digest = text.strip().partition(":")
    if not sequence.isascii() or not sequence.isdigit() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise Refused(problems.HEAD_BROKEN.at(value=text))
    return Head(sequence=int(sequence), digest=digest)


def reached(name: str) -> int:
    """The last sequence that this consumer has dealt with; 0 for one that has not begun."""
    row = models.Consumer.objects.filter(name=name).values_list("sequence").first()
    return row[0] if row else 0


def advance(name: str, sequence: int) -> None:
    """The consumer has dealt with everything up to here. Call it in the transaction of what it did. Refuses (`ValueError`) to go back."""
    if sequence < reached(name):
        raise ValueError(f"{name} has reached {reached(name)} and cannot go back to {sequence}: rewind it")
    models.Consumer.objects.update_or_create(name=name, defaults={"sequence": sequence})


def rewind(name: str) -> None:
    """The consumer begins again: what it had made is thrown away."""
    models.Consumer.objects.filter(name=name).delete()


def _lines(found: QuerySet) -> Iterator[Line]:
    for row in found.order_by("sequence").values(*_COLUMNS).iterator(chunk_size=_CHUNK):
        yield Line(**row)


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(parse_period(text).end, time.max, zone)
    except NotAPeriod:
        if len(text) <= len("2016-12-31") or not isinstance(date.fromisoformat(text[:10]), date):
            raise
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
