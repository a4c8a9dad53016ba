"""Loads files: filled forms as XML, spreadsheets and CSVs of a form's template, folders of them with the files they name.

What is loaded is taken in portion by portion, each in one transaction; killed at any moment and run again, nothing is lost and nothing
doubled. A correction that stands before its original is taken in after it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from toguna.access.api import Actor
from toguna.collect import problems
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.lookup import Lookup, lookup, near
from toguna.collect.core.submissions.reading import Reader
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.rules import compile_rules
from toguna.collect.core.submissions.sheet import parse_sheet
from toguna.collect.core.submissions.values import Checked, Receipt, Refusal
from toguna.collect.core.submissions.workbook import XLS_MAGIC, ZIP_MAGIC
from toguna.collect.core.submissions.xml import Filled, parse_xml
from toguna.collect.core.submissions.xpath import Moment
from toguna.collect.lists import lookups
from toguna.collect.published import schemas
from toguna.collect.quarantine import waiting_for
from toguna.collect.receiving import receive, stored
from toguna.instance.api import current
from toguna.kernel.api import Place, Problem, Refused
from toguna.kernel.core import clock

#: Submissions of one transaction.
PORTION = 2_000
#: A file may have so many bytes.
_LARGEST_FILE = 256 * 2**20
_SHEETS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv")

Step = Callable[[int], None]


def load(
    paths: Sequence[Path],
    actor: Actor,
    *,
    form_id: str | None = None,
    all_or_none: bool = False,
    replayed: bool = False,
    progress: Step | None = None,
) -> Receipt:
    """Load these files and folders. What is refused is in quarantine, and told.

    `form_id` says of which form they are, where that should not be read from the files. With `all_or_none` one refusal keeps everything
    out. Refuses a path at which there is nothing, and a form that is not published.
    """
    loader = Loader(actor=actor, form_id=form_id, replayed=replayed, progress=progress or (lambda done: None))
    _ = loader.forms
    return loader.all_or_none(paths) if all_or_none else loader.load(paths)


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """What a load would do: how many submissions it would take in and refuse, and why."""

    good: int
    refused: int
    problems: tuple[Problem, ...]


@dataclass(kw_only=True)
class Loader:
    """One load under way."""

    actor: Actor
    form_id: str | None = None
    replayed: bool = False
    progress: Step = lambda done: None
    #: One receipt for every portion.
    _receipts: list[Receipt] = field(default_factory=list)
    #: Corrections of what has not come yet.
    _early: list[Checked] = field(default_factory=list)

    def load(self, paths: Sequence[Path]) -> Receipt:
        for good, refused in self._portions(paths):
            self._take(self._ready(good), refused)
        self._take_early()
        self._take_waiting()
        return join(self._receipts)

    def all_or_none(self, paths: Sequence[Path]) -> Receipt:
        good: list[Checked] = []
        refused: list[Refusal] = []
        for some, others in self._portions(paths):
            good += some
            refused += others
        told = [receipt for receipt in self._receipts if receipt.problems]
        receipt = receive(in_order(good), refused, self.actor, all_or_none=True, replayed=self.replayed)
        return join([*told, receipt])

    def check(self, paths: Sequence[Path]) -> Checkup:
        """Only say what would be refused; nothing is taken in or kept."""
        good, refused = 0, 0
        told: list[Problem] = []
        for path, content in self._contents(paths):
            if _is_xml(path, content):
                some, others = self._xml([(path, content)])
                counts = len(some), len(others), [problem for one in others for problem in one.problems]
            else:
                counts = self._check_sheet(path, content)
            good, refused = good + counts[0], refused + counts[1]
            told += counts[2]
        before = join(self._receipts)
        return Checkup(good=good, refused=refused + before.refused, problems=(*before.problems, *told))

    @cached_property
    def forms(self) -> dict[str, list[Schema]]:
        found = schemas()
        if self.form_id is None:
            return found
        if self.form_id not in found:
            raise Refused(problems.FORM_UNKNOWN.at(form=self.form_id, near=near(self.form_id, found)))
        return {self.form_id: found[self.form_id]}

    @cached_property
    def _references(self) -> dict[str, Lookup]:
        return lookups(schema for versions in self.forms.values() for schema in versions)

    @cached_property
    def _checkers(self) -> dict[str, Checker]:
        return {}

    def checker(self, schema: Schema) -> Checker:
        """The checker of a form version, made once."""
        if schema.digest not in self._checkers:
            choices = {
                name: lookup((choice.name, choice.label.values()) for choice in own)
                for name, own in schema.choices.items()
            }
            zone = current().operation.time_zone
            reader = Reader(time_zone=zone, choices=choices, references=self._references)
            self._checkers[schema.digest] = Checker(schema=schema, rules=compile_rules(schema), reader=reader)
        return self._checkers[schema.digest]

    def _portions(self, paths: Sequence[Path]) -> Iterator[tuple[list[Checked], list[Refusal]]]:
        """Good submissions and refused ones, at most `PORTION` at a time."""
        raws: list[tuple[Path, bytes]] = []
        for path, content in self._contents(paths):
            if _is_xml(path, content):
                raws.append((path, content))
                if len(raws) == PORTION:
                    yield self._xml(raws)
                    raws = []
            else:
                yield from self._sheet(path, content)
        if raws:
            yield self._xml(raws)

    def _contents(self, paths: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
        """Each file with its bytes."""
        return ((path, content) for path in _files(paths) if (content := self._content(path)) is not None)

    def _content(self, path: Path) -> bytes | None:
        """The file's bytes; a file that cannot be read, or is larger than any that we read, is told and left."""
        try:
            with path.open("rb") as file:
                content = file.read(_LARGEST_FILE + 1)
            if len(content) <= _LARGEST_FILE:
                return content
            most = f"{_LARGEST_FILE // 2**20} MB"
            fault = problems.SHEET_TOO_LARGE.at(
                Place(file=path.name), what=path.name, what_fr=path.name, found=f"> {most}", most=most
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            fault = problems.FILE_UNREADABLE.at(Place(file=path.name), reason=reason)
        self._receipts.append(Receipt(refused=1, problems=(fault,)))
        return None

    def _xml(self, raws: Iterable[tuple[Path, bytes]]) -> tuple[list[Checked], list[Refusal]]:
        by_schema: dict[str, list[Filled]] = {}
        folders: dict[str, Path] = {}
        refused: list[Refusal] = []
        for path, raw in raws:
            try:
                filled = parse_xml(raw, self.forms, path.name)
            except Refused as refusal:
                refused.append(Refusal(name=path.name, raw=raw, problems=refusal.problems))
                continue
            by_schema.setdefault(filled.schema.digest, []).append(filled)
            folders[filled.sha256] = path.parent
        good: list[Checked] = []
        for own in by_schema.values():
            found = check_filled(own, self.checker(own[0].schema), clock.now(), self._moment())
            good += (_with_files(one, folders[one.sha256]) if one.attachments else one for one in found.good)
            refused += found.refused
            if found.warnings:
                self._receipts.append(Receipt(problems=found.warnings))
        return good, refused

    def _sheet(self, path: Path, content: bytes) -> Iterator[tuple[list[Checked], list[Refusal]]]:
        try:
            rows = self._rows(path, content)
        except Refused as refusal:
            yield [], [Refusal(name=path.name, raw=content, problems=refusal.problems)]
            return
        if rows.read.problems:
            yield [], [Refusal(name=path.name, raw=content, problems=rows.read.problems)]
        rows.source = current().files.put(content)
        for good, refused in rows.portions(PORTION):
            yield [_with_files(one, path.parent) if one.attachments else one for one in good], refused

    def _check_sheet(self, path: Path, content: bytes) -> tuple[int, int, list[Problem]]:
        try:
            rows = self._rows(path, content)
        except Refused as refusal:
            return 0, 1, list(refusal.problems)
        good, refused, told = rows.check()
        return good, refused + bool(rows.read.problems), [*rows.read.problems, *told]

    def _rows(self, path: Path, content: bytes) -> SheetRows:
        """The sheet's rows, checked. Refuses what is no sheet of a published form."""
        if not content.startswith((ZIP_MAGIC, XLS_MAGIC)) and path.suffix.lower() not in _SHEETS:
            raise Refused(problems.FILE_KIND_UNKNOWN.at(Place(file=path.name)))
        now, moment = clock.now(), self._moment()
        read = parse_sheet(content, self.forms, path.name)
        checker = self.checker(read.schema)
        checked = checker.check(read.tables, moment)
        return SheetRows(read=read, checked=checked, checker=checker, name=path.name, received_at=now, moment=moment)

    def _moment(self) -> Moment:
        now: datetime = clock.now()
        return Moment(now=now, today=now.astimezone(current().operation.time_zone).date())

    def _take(self, good: Sequence[Checked], refused: Sequence[Refusal]) -> None:
        self._receipts.append(receive(good, refused, self.actor, replayed=self.replayed))
        self.progress(len(good) + len(refused))

    def _ready(self, good: Sequence[Checked]) -> list[Checked]:
        """Those of which the original is here or stands before them; the others wait for the end of the load."""
        if not any(one.deprecated_id for one in good):
            return list(good)
        ordered = in_order(good)
        here = {one.instance_id for one in ordered}
        here |= stored(one.deprecated_id for one in ordered if one.deprecated_id)
        ready = []
        for one in ordered:
            if one.deprecated_id and one.deprecated_id not in here:
                self._early.append(one)
                here.discard(one.instance_id)
            else:
                ready.append(one)
        return ready

    def _take_early(self) -> None:
        for start in range(0, len(self._early), PORTION):
            self._take(in_order(self._early)[start : start + PORTION], ())

    def _take_waiting(self) -> None:
        """Corrections that wait in quarantine since an earlier load, for what has come now."""
        came = [instance_id for receipt in self._receipts for instance_id in receipt.received]
        while came and (waiting := waiting_for(came)):
            good, _ = self._xml((Path(name), raw) for name, raw in waiting)
            receipt = receive(good, (), self.actor, replayed=self.replayed)
            self._receipts.append(receipt)
            came = list(receipt.received)


def join(receipts: Iterable[Receipt]) -> Receipt:
    """One receipt for all."""
    every = list(receipts)
    return Receipt(
        received=tuple(one for receipt in every for one in receipt.received),
        duplicates=tuple(one for receipt in every for one in receipt.duplicates),
        corrected=tuple(one for receipt in every for one in receipt.corrected),
        refused=sum(receipt.refused for receipt in every),
        problems=tuple(problem for receipt in every for problem in receipt.problems),
    )


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


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file that is named; of folders those that may be filled forms, in order."""
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                found = (name for name in sorted(names) if name.lower().endswith((".xml", *_SHEETS)))
                yield from (Path(folder, name) for name in found if not name.startswith((".", "~")))
        elif path.is_file():
            yield path
        else:
            raise Refused(problems.NOTHING_TO_LOAD.at(path=path))


def _is_xml(path: Path, content: bytes) -> bool:
    return path.suffix.lower() == ".xml" or content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _with_files(checked: Checked, folder: Path) -> Checked:
    """With the files that it names and that lie beside it, kept."""
    kept: dict[str, str] = {}
    for name in checked.attachments:
        path = folder / name
        if path.is_file() and not path.is_symlink():
            kept[name] = current().files.put(path.read_bytes())
    return replace(checked, files=kept) if kept else checked
