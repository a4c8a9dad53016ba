"""What taking an arrival in would do, row by row, and taking it in: one function with and without storing (`collect.loading`).

A row of the partner's sheet is new, changed, unchanged, nil (its numbers are all stated as none), wrong, or set aside with a reason. Rows of
an earlier file that this one lacks are counted as gone: they still count, nothing is deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from toguna.access.api import Actor, Subject, require_permit
from toguna.collect import api as collect
from toguna.collect.core.submissions.sheet import ReadSheet
from toguna.collect.core.submissions.values import Receipt
from toguna.intake import problems
from toguna.intake.arrivals import TAKEN, arrival, content_of, require_open, settle
from toguna.intake.core.mapping import PERIOD
from toguna.intake.core.questions import NUMBERS
from toguna.intake.core.reading import Asked, ColumnReader, Shown
from toguna.intake.core.rows import Aside
from toguna.intake.core.shaping import Given, Shaper, lines_of, nil_rows
from toguna.intake.same_facts import (
    SameFact,
    changed_otherwise,
    ids_of,
    settled,
    taken_arrivals,
    taken_record,
)
from toguna.intake.understanding import Understood, lookups_of, understand
from toguna.kernel.api import Place, Problem, Refused

RowClass = Literal["new", "changed", "unchanged", "gone", "nil", "wrong", "ignored"]
CLASSES: tuple[RowClass, ...] = ("new", "changed", "unchanged", "gone", "nil", "wrong", "ignored")
_NAMED = 12
_ASIDE_FR: Mapping[Aside, str] = {
    "blank": "vide", "total": "total", "note": "note", "signature": "signature", "header": "en-tête répété",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RowState:
    """One row of the partner's sheet: its number, its class, why it was set aside or what is wrong with it."""

    line: int
    kind: RowClass
    why: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ArrivalPreview:
    """What taking the arrival in would do."""

    understood: Understood
    seen: collect.Preview
    counts: Mapping[RowClass, int]
    #: Rows that are not plainly new or unchanged, in the order of the sheet.
    rows: Sequence[RowState]
    #: Texts that nobody can decide alone, and texts that were read as something they do not plainly say.
    asked: tuple[Asked, ...]
    shown: tuple[Shown, ...]
    problems: tuple[Problem, ...]
    #: Submissions of the earlier file of the same month that this one does not have.
    gone: tuple[str, ...] = ()
    tables: ReadSheet | None = field(default=None, repr=False)

    @property
    def receipt(self) -> Receipt:
        return self.seen.receipt


def preview_arrival(
    arrival_id: str,
    actor: Actor,
    *,
    form_id: str = "",
    sheet: str = "",
    period: str = "",
    options: collect.Options | None = None,
    same_fact: SameFact = "",
) -> ArrivalPreview:
    """What `take_arrival` would do. Works with a proposed mapping too: then it is a look, and nothing can be taken in."""
    found = understand(arrival_id, actor, form_id=form_id, sheet=sheet, period=period)
    reader = ColumnReader(
        layout=found.layout,
        mapping=found.mapping,
        lookup_of=lookups_of(found.questions),
        is_text=found.recognised.sheet.is_text,
        period=f"{found.period:%Y-%m}" if found.period else "",
    )
    given = Given(period=found.period.isoformat() if found.period else "", organisation=found.arrival.organisation)
    shaper = Shaper(
        sheet=found.recognised.sheet, header=found.header, layout=found.layout, questions=found.questions, reader=reader,
        given=given, rows=found.rows.frame,
    )  # fmt: skip
    one = found.arrival
    whole = shaper.shape()
    told = settled(one, whole, same_fact)
    tables = told.tables
    came = collect.Received(name=one.name, content=content_of(one), actor=actor, channel=one.channel, sheet=tables)
    chosen = replace(options or collect.Options(), form_id=found.questions.schema.form_id)
    seen = collect.preview([came], actor, chosen)
    doubts = [*told.problems]
    if same_fact != "newer":
        doubts += changed_otherwise(one, seen.receipt, found.questions.schema.form_id, one.name)
    return _told(found, whole, seen, reader, doubts, told.same)


def take_arrival(seen: ArrivalPreview, actor: Actor) -> Receipt:
    """Take in what was previewed, in blocks; act ``arrival.taken``. What is wrong goes to quarantine, with the row it came in.

    Killed at any moment and run again, nothing is lost and nothing doubled. Refuses a mapping that is not kept, and an arrival that is closed.
    """
    one = arrival(seen.understood.arrival.id, actor)
    require_permit(actor, TAKEN, Subject(organisation=one.organisation))
    require_open(one)
    if not seen.understood.is_kept:
        named = ", ".join(guess.header for guess in seen.understood.proposal.guesses if not guess.target)[:200] or "-"
        raise Refused(problems.MAPPING_NEEDED.at(file=one.name, unresolved=named))
    if stopping := [problem for problem in seen.problems if problem.fault in _STOPPING]:
        raise Refused(*stopping)
    receipt = collect.take(seen.seen)
    if seen.seen.options.all_or_none and receipt.refused:
        return receipt
    found = seen.understood
    record = {
        "form": found.questions.schema.form_id,
        "layout": found.layout.fingerprint,
        "sheet": found.recognised.sheet.name,
        "counts": dict(seen.counts),
    }
    assert seen.tables is not None
    detail = {
        "form": found.questions.schema.form_id,
        "period": f"{found.period:%Y-%m}" if found.period else "",
        "record": taken_record(record, seen.tables, receipt),
        "received": len(receipt.received),
        "refused": receipt.refused,
    }
    settle(one, TAKEN, actor, detail)
    return receipt


#: Problems with which nothing can be taken in.
_STOPPING = (problems.PERIOD_NEEDED, problems.TWO_CHANNELS)


def _told(
    found: Understood,
    tables: ReadSheet,
    seen: collect.Preview,
    reader: ColumnReader,
    doubts: Sequence[Problem],
    same: Sequence[int],
) -> ArrivalPreview:
    """The preview of what was understood and of what collecting says of it. `same`: rows that another file says as well."""
    gone = _gone(found, seen.receipt)
    told = (*_said(found, reader, gone), *doubts, *seen.receipt.problems)
    rows, counts = _classes(found, tables, seen.receipt, [*doubts, *seen.receipt.problems], set(same))
    counts["gone"] = len(gone) + sum(one.count("gone") for one in seen.receipt.corrections)
    return ArrivalPreview(
        understood=found, seen=seen, counts={name: counts[name] for name in CLASSES}, rows=rows, asked=tuple(reader.asked),
        shown=tuple(reader.shown), problems=told, gone=gone, tables=tables,
    )  # fmt: skip


def _classes(
    found: Understood, tables: ReadSheet, receipt: Receipt, told: Sequence[Problem], same: set[int]
) -> tuple[list[RowState], Counter[RowClass]]:
    """Every row of the sheet in its class, by what collecting says of it; listed are those to look at."""
    faults: dict[int, list[Problem]] = {}
    for problem in told:
        if problem.is_error and problem.place.row:
            faults.setdefault(problem.place.row, []).append(problem)
    changed = {one.row for one in receipt.corrections}
    unchanged = same | {row for _, row in receipt.known_rows}
    nil = _nil_lines(found, tables)
    states: list[RowState] = []
    counts: Counter[RowClass] = Counter()
    main_of = _main_lines(tables)
    for line in sorted(lines_of(tables.tables)):
        own = main_of.get(line, line)
        kind: RowClass = (
            "wrong" if line in faults or own in faults
            else "changed" if own in changed
            else "unchanged" if own in unchanged
            else "nil" if line in nil
            else "new"
        )  # fmt: skip
        counts[kind] += 1
        if kind not in ("new", "unchanged"):
            states.append(RowState(line=line, kind=kind, problems=tuple(faults.get(line, ()))))
    for aside in found.rows.aside:
        counts["ignored"] += 1
        states.append(RowState(line=aside.line, kind="ignored", why=aside.why))
    return sorted(states, key=lambda state: state.line), counts


def _main_lines(tables: ReadSheet) -> dict[int, int]:
    """For each row of a repeat, the row that stands for its submission."""
    by_key = dict(zip(tables.tables[""]["_key"].to_list(), tables.tables[""]["_line"].to_list(), strict=True))
    found: dict[int, int] = {}
    for name, table in tables.tables.items():
        if name:
            found |= {
                line: by_key[key] for line, key in zip(table["_line"].to_list(), table["_key"].to_list(), strict=True)
            }
    return found


def _nil_lines(found: Understood, tables: ReadSheet) -> set[int]:
    """Rows whose numbers are all stated and none of them is anything."""
    lines: set[int] = set()
    for name, table in tables.tables.items():
        numbers = [
            column.name
            for column in tables.schema.table(name).columns
            if column.type in NUMBERS and column.name in table.columns
        ]
        if numbers:
            lines |= nil_rows(table, numbers)
    return lines


def _said(found: Understood, reader: ColumnReader, gone: Sequence[str]) -> list[Problem]:
    """What the reader of a preview must know besides the faults of rows."""
    place = Place(file=found.arrival.name, sheet=found.recognised.sheet.name or None)
    told: list[Problem] = []
    if PERIOD in found.layout.constants.values() and found.period is None:
        told.append(problems.PERIOD_NEEDED.at(place))
    for wrong in found.rows.totals:
        where = Place(file=place.file, sheet=place.sheet, row=wrong.line, column=wrong.column)
        told.append(problems.TOTAL_DIFFERS.at(where, column=wrong.column, printed=wrong.printed, summed=wrong.summed))
    for asked in reader.asked:
        if asked.options and asked.kind != "word":
            where = Place(
                file=place.file, sheet=place.sheet, row=asked.lines[0] if asked.lines else None, column=asked.header
            )
            told.append(
                problems.QUESTION_OPEN.at(where, text=asked.text, options=" / ".join(say for _, say in asked.options))
            )
    for shown in reader.shown[:_NAMED]:
        where = Place(file=place.file, sheet=place.sheet, row=shown.line or None, column=shown.header)
        told.append(problems.READ_AS.at(where, text=shown.text, value=shown.value or "-"))
    if found.rows.aside:
        named = found.rows.aside[:_NAMED]
        rows = ", ".join(f"{one.line} ({one.why})" for one in named)
        french = ", ".join(f"{one.line} ({_ASIDE_FR[one.why]})" for one in named)
        told.append(problems.ROWS_ASIDE.at(place, count=len(found.rows.aside), rows=rows, rows_fr=french))
    if kept := [
        header for header in found.layout.notes if header in {column.header for column in found.header.columns}
    ]:
        told.append(problems.COLUMNS_KEPT.at(place, columns=", ".join(kept)[:300]))
    if found.recognised.others:
        told.append(problems.SHEETS_LEFT.at(place, sheets=", ".join(found.recognised.others)))
    if gone:
        told.append(problems.ROWS_GONE.at(place, count=len(gone)))
    return told


def _gone(found: Understood, receipt: Receipt) -> tuple[str, ...]:
    """Submissions of the last file of the same organisation, form and month that this one neither repeats nor corrects."""
    if found.period is None:
        return ()
    month = f"{found.period:%Y-%m}"
    earlier = [
        one for one in taken_arrivals(found.arrival.organisation, found.questions.schema.form_id) if one.period == month
    ]
    if not earlier or earlier[-1].id == found.arrival.id:
        return ()
    there = {*receipt.duplicates, *(one.corrects for one in receipt.corrections), *receipt.corrected}
    return tuple(one for one in ids_of(earlier[-1]) if one not in there)
