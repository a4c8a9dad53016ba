"""Takes in what was received: filled forms as XML, spreadsheets and CSVs of a form's template. One function shows what would happen
(`preview`) and makes it happen (`take`), so both accept and refuse the same.

What is loaded is taken in portion by portion, each in one transaction; killed at any moment and run again, nothing is lost and nothing
doubled. A correction that stands before its original is taken in after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from toguna.access.api import Actor, require_permit
from toguna.collect import problems
from toguna.collect.arrivals import SHEETS, Folders, Options, Received, with_files
from toguna.collect.claiming import Claims
from toguna.collect.core.deciding import Known, in_order
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.expectations import with_reason
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.sheet import ReadSheet, parse_sheet
from toguna.collect.core.submissions.values import Checked, Receipt, Refusal, join
from toguna.collect.core.submissions.workbook import XLS_MAGIC, ZIP_MAGIC
from toguna.collect.core.submissions.xml import Filled, parse_xml
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.collect.correcting import lay_over, report
from toguna.collect.counting_fresh import CountedRows
from toguna.collect.definitions import Definitions, definitions
from toguna.collect.quarantine import is_waiting, waiting_for
from toguna.collect.receiving import Overtaken, receive, stored, would_receive
from toguna.collect.remarks import Remarks
from toguna.instance.api import current
from toguna.journal.api import head
from toguna.kernel.api import Place, Problem, Refused, digest
from toguna.kernel.core import clock

#: Submissions of one transaction.
PORTION = 2_000
#: How often a portion is laid over what other processes stored meanwhile, before it is given up.
_TRIES = 5

Step = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What taking in would do, as of an act of the journal; nothing of it is stored."""

    received: Iterable[Received]
    actor: Actor
    options: Options
    #: What `take` would return.
    receipt: Receipt
    sequence: int

    @property
    def code(self) -> str:
        """The same for previews that would do the same."""
        told = self.receipt
        changes = [
            [one.instance_id, one.corrects, [vars(change) for change in one.changes]] for one in told.corrections
        ]
        return digest([told.received, told.duplicates, told.refused, changes])


def preview(
    received: Iterable[Received], actor: Actor, options: Options | None = None, progress: Step | None = None
) -> Preview:
    """What `take` would take in, correct and refuse. `received` is gone through again by `take`: a list, or `Folders`.

    Refuses a form that is not published, and an actor who may not send.
    """
    chosen = options or Options()
    before = head().sequence
    loader = Loader(actor=actor, options=chosen, commits=False, progress=progress or _quietly)
    return Preview(received=received, actor=actor, options=chosen, receipt=loader.load(received), sequence=before)


def take(seen: Preview, progress: Step | None = None) -> Receipt:
    """Take in what was previewed. What is refused is in quarantine, and told.

    Refuses a preview that removes rows when what it would do has changed since: look at it again.
    """
    if seen.options.replaces and head().sequence != seen.sequence:
        now = preview(seen.received, seen.actor, seen.options)
        if now.code != seen.code:
            raise Refused(problems.PREVIEW_OUTDATED.at())
    loader = Loader(actor=seen.actor, options=seen.options, commits=True, progress=progress or _quietly)
    return loader.load(seen.received)


def load(
    paths: Sequence[Path],
    actor: Actor,
    *,
    form_id: str | None = None,
    all_or_none: bool = False,
    replaces: bool = False,
    replayed: bool = False,
    progress: Step | None = None,
) -> Receipt:
    """Take in these files and folders without looking first. Refuses a path at which there is nothing, and a form that is not published."""
    options = Options(form_id=form_id, all_or_none=all_or_none, replaces=replaces, replayed=replayed)
    loader = Loader(actor=actor, options=options, commits=True, progress=progress or _quietly)
    return loader.load(Folders(paths=paths, actor=actor))


def _quietly(done: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, kw_only=True)
class _Portion:
    good: Sequence[Checked]
    refused: Sequence[Refusal] = ()
    #: The sheet that they are rows of; none of filled forms as XML.
    sheet: SheetRows | None = None


@dataclass(kw_only=True)
class Loader:
    """One load under way, or, where it does not commit, the look at one."""

    actor: Actor
    options: Options
    commits: bool
    progress: Step = _quietly
    #: One receipt for every portion.
    _receipts: list[Receipt] = field(default_factory=list)
    #: Corrections of what has not come yet, with the sheets that they are rows of.
    _early: list[tuple[Checked, SheetRows | None]] = field(default_factory=list)
    #: What a load that does not commit would have stored so far.
    _known: Known = field(default_factory=Known)
    _definitions: Definitions = field(default_factory=definitions)
    _remarks: Remarks = field(init=False)
    _counted: CountedRows = field(init=False)
    #: By form, what only one submission may claim.
    _claims: dict[str, Claims] = field(default_factory=dict)
    #: Form versions of which it was said which rules are not checked here.
    _said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        forms = self._definitions.forms
        self._remarks = Remarks(schemas={(one.form_id, one.version): one for own in forms.values() for one in own})
        self._counted = CountedRows(actor=self.actor, known=self._known, forms=forms)

    def load(self, received: Iterable[Received]) -> Receipt:
        self._definitions.narrowed(self.options.form_id)
        self._require_reason()
        if self._definitions.problems:
            self._receipts.append(Receipt(problems=self._definitions.problems))
        if self.options.all_or_none:
            return self._all_or_none(received)
        for portion in self._portions(received):
            self._take(replace(portion, good=self._ready(portion)))
        self._take_early()
        self._take_waiting()
        self._receipts += self._counted.receipts(self._remarks)
        return join([*self._receipts, Receipt(problems=tuple(self._remarks.problems()))])

    def _require_reason(self) -> None:
        """Whoever takes in what is questioned decides like a reviewer, under a name: the act of the receipt says who and why."""
        reasons = current().operation.reasons
        if self.options.reason and self.actor.is_owner:
            raise Refused(problems.REASON_NAMELESS.at(reason=self.options.reason))
        if self.options.reason:
            require_permit(self.actor, "submission.reviewed")
        if self.options.reason and self.options.reason not in reasons:
            raise Refused(problems.REASON_UNKNOWN.at(reason=self.options.reason, reasons=", ".join(reasons)))

    def _all_or_none(self, received: Iterable[Received]) -> Receipt:
        good: list[Checked] = []
        refused: list[Refusal] = []
        told: list[Receipt] = []
        for portion in self._portions(received):
            laid, own, receipt = self._laid(portion)
            accepted, own, answered = self._questioned(laid, own)
            good += accepted
            refused += own
            told += [receipt, answered]
        receipt = self._store(in_order(good), refused)
        if receipt.refused:
            told = [Receipt(problems=one.problems) for one in told]
        else:
            told.append(Receipt(problems=tuple(self._remarks.problems())))
        return join([*(one for one in self._receipts if one.problems), *told, receipt])

    def _portions(self, received: Iterable[Received]) -> Iterator[_Portion]:
        """Good submissions and refused ones, at most `PORTION` at a time."""
        raws: list[Received] = []
        for one in received:
            if one.fault is not None:
                self._receipts.append(Receipt(refused=1, problems=(one.fault,)))
            elif one.is_xml:
                raws.append(one)
                if len(raws) == PORTION:
                    yield self._xml(raws)
                    raws = []
            else:
                yield from self._sheet(one)
        if raws:
            yield self._xml(raws)

    def _xml(self, raws: Iterable[Received]) -> _Portion:
        by_schema: dict[str, list[Filled]] = {}
        came: dict[str, Received] = {}
        refused: list[Refusal] = []
        forms = self._definitions.narrowed(self.options.form_id)
        for one in raws:
            try:
                filled = parse_xml(one.content, forms, one.name)
            except Refused as refusal:
                refused.append(Refusal(name=one.name, raw=one.content, problems=refusal.problems))
                continue
            by_schema.setdefault(filled.schema.digest, []).append(filled)
            came[filled.sha256] = one
        good: list[Checked] = []
        for own in by_schema.values():
            checker = self._checker(own[0].schema)
            expected = self._definitions.expected(own[0].schema)
            found = check_filled(own, checker, clock.now(), self._moment(), expected)
            good += (with_files(checked, came[checked.sha256], keeps=self.commits) for checked in found.good)
            refused += found.refused
            self._say(found.warnings)
        return _Portion(good=good, refused=refused)

    def _sheet(self, one: Received) -> Iterator[_Portion]:
        try:
            rows = self._rows(one)
        except Refused as refusal:
            yield _Portion(good=(), refused=[Refusal(name=one.name, raw=one.content, problems=refusal.problems)])
            return
        if rows.read.problems:
            fault = Refusal(name=one.name, raw=one.content, problems=rows.read.problems)
            yield _Portion(good=(), refused=[fault])
        if self.commits:
            rows.source = current().files.put(one.content)
        elif not self.options.all_or_none and not self.options.replayed:
            rows, count = self._counted.count(rows)
            self.progress(count)
        for good, refused in rows.portions(PORTION):
            yield _Portion(good=[with_files(row, one, keeps=self.commits) for row in good], refused=refused, sheet=rows)

    def _rows(self, one: Received) -> SheetRows:
        """The sheet's rows, checked. Refuses what is no sheet of a published form."""
        now, moment = clock.now(), self._moment()
        read = one.sheet or self._parsed(one)
        if read.warnings:
            self._receipts.append(Receipt(problems=read.warnings))
        checker = self._checker(read.schema)
        checked = checker.check(read.tables, moment)
        judged = self._definitions.expected(read.schema).judge(checked.tables, moment, one.name, read.headers)
        self._say(checked.unchecked)
        return SheetRows(
            read=read, checked=checked, checker=checker, name=one.name, received_at=now, moment=moment, judged=judged
        )  # fmt: skip

    def _parsed(self, one: Received) -> ReadSheet:
        if not one.content.startswith((ZIP_MAGIC, XLS_MAGIC)) and not one.name.lower().endswith(SHEETS):
            raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=one.name)))
        return parse_sheet(one.content, self._definitions.narrowed(self.options.form_id), one.name)

    def _checker(self, schema: Schema) -> Checker:
        """The form version's checker; the load says once which of its rules are not checked here."""
        checker = self._definitions.checker(schema)
        if schema.digest not in self._said:
            self._said.add(schema.digest)
            self._say(checker.rules.problems)
        return checker

    def _say(self, warnings: Sequence[Problem]) -> None:
        if warnings:
            self._receipts.append(Receipt(problems=tuple(warnings)))

    def _moment(self) -> Moment:
        now: datetime = clock.now()
        zone = current().operation.time_zone
        return Moment(now=now, today=now.astimezone(zone).date(), zone=zone)

    def _take(self, portion: _Portion) -> None:
        """Lay the portion over what is stored and take it in; again, where another process was quicker."""
        if self._counted.may_touch(portion.good, portion.sheet):
            self._take_counted(portion.sheet)
        for left in reversed(range(_TRIES)):
            judged_at = head().sequence
            good, refused, told = self._laid(portion)
            good, refused, answered = self._questioned(good, refused)
            try:
                receipt = self._store(good, refused, judged_at)
            except Overtaken:
                if not left:
                    raise Refused(problems.OVERTAKEN.at()) from None
                continue
            self._receipts += [told, answered, receipt]
            break
        self.progress(len(portion.good) + len(portion.refused))

    def _laid(self, portion: _Portion) -> tuple[Sequence[Checked], Sequence[Refusal], Receipt]:
        """Rows of a sheet laid over what they correct; what replaces whole as it is."""
        sheet = portion.sheet
        if sheet is None:
            return portion.good, portion.refused, Receipt()
        laid = lay_over(
            portion.good, sheet.checker, sheet.read.headers, sheet.moment, replaces=self.options.replaces
        )  # fmt: skip
        told = Receipt(problems=tuple(report(laid.corrections)), corrections=laid.corrections)
        return laid.batch, [*portion.refused, *laid.refused], told

    def _questioned(
        self, good: Sequence[Checked], refused: Sequence[Refusal]
    ) -> tuple[Sequence[Checked], Sequence[Refusal], Receipt]:
        """What is unexpected is refused, or taken in with the reason that is given."""
        if self.options.replayed:
            return good, refused, Receipt()
        claimed: dict[str, list[Problem]] = {}
        for form_id in dict.fromkeys(one.form_id for one in good if one.claims):
            own = [one for one in good if one.form_id == form_id]
            claimed |= self._claims_on(form_id).doubts(own)
        accepted, kept_out, told = with_reason(good, claimed, self.options.reason)
        return accepted, [*refused, *kept_out], Receipt(problems=tuple(told))

    def _claims_on(self, form_id: str) -> Claims:
        if form_id not in self._claims:
            self._claims[form_id] = Claims(expected=self._definitions.expected_of(form_id), moment=self._moment())
        return self._claims[form_id]

    def _store(self, good: Sequence[Checked], refused: Sequence[Refusal], judged_at: int | None = None) -> Receipt:
        options = self.options
        if self.commits:
            receipt = receive(
                good,
                refused,
                self.actor,
                all_or_none=options.all_or_none,
                replayed=options.replayed,
                judged_at=judged_at,
            )
            self._remark(good, receipt)
            return receipt
        receipt = would_receive(good, refused, self.actor, self._known, options.all_or_none, options.replayed)
        self._remark(good, receipt)
        for form_id, claims in self._claims.items():
            claims.remember([one for one in good if one.form_id == form_id], receipt.received)
        return receipt

    def _remark(self, good: Sequence[Checked], receipt: Receipt) -> None:
        """Note what the report says of those that are taken in; nothing of a demonstration."""
        if not self.options.replayed:
            taken = set(receipt.received)
            self._remarks.note(one for one in good if one.instance_id in taken)

    def _ready(self, portion: _Portion) -> list[Checked]:
        """Those of which the original is here or stands before them; the others wait for the end of the load."""
        good = portion.good
        if not any(one.deprecated_id for one in good):
            return list(good)
        ordered = in_order(good)
        here = {one.instance_id for one in ordered} | set(self._known.versions)
        here |= stored(one.deprecated_id for one in ordered if one.deprecated_id)
        ready = []
        for one in ordered:
            if one.deprecated_id and one.deprecated_id not in here:
                self._early.append((one, portion.sheet))
                here.discard(one.instance_id)
            else:
                ready.append(one)
        return ready

    def _take_early(self) -> None:
        sheets = {one.instance_id: sheet for one, sheet in self._early}
        ordered = in_order([one for one, _ in self._early])
        for sheet, own in groupby(ordered, key=lambda one: sheets[one.instance_id]):
            while batch := list(islice(own, PORTION)):
                self._take(_Portion(good=batch, sheet=sheet))

    def _take_counted(self, sheet: SheetRows | None = None) -> None:
        """Decide one by one what was only counted of other spreadsheets than this one."""
        rows = self._counted.written_out(sheet)
        while some := list(islice(rows, PORTION)):
            good, refused, told = self._questioned(some, ())
            self._receipts += [told, self._store(good, refused)]

    def _take_waiting(self) -> None:
        """Corrections that wait in quarantine since an earlier load, for what has come now."""
        if not is_waiting():
            return
        self._take_counted()
        came = [instance_id for receipt in self._receipts for instance_id in receipt.received]
        while came and (waiting := waiting_for(came)):
            again = self._xml(Received(name=name, content=raw, actor=self.actor) for name, raw in waiting)
            good, refused, told = self._questioned(again.good, ())
            receipt = self._store(good, refused)
            self._receipts += [told, receipt]
            came = list(receipt.received)
