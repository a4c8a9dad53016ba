"""An arrival understood: its sheet and header found, its form recognised, its columns mapped by what is kept or by what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from toguna.access.api import Actor
from toguna.collect.definitions import definitions
from toguna.intake import problems
from toguna.intake.arrivals import Arrival, arrival, content_of
from toguna.intake.core.cells import FileSheets, open_sheets
from toguna.intake.core.dates import month_of
from toguna.intake.core.header import Header
from toguna.intake.core.mapping import FormMapping, Layout
from toguna.intake.core.proposing import Proposal, propose
from toguna.intake.core.questions import FormQuestions
from toguna.intake.core.reading import LookupOf, folded_readings
from toguna.intake.core.recognising import Recognised, recognise
from toguna.intake.core.rows import DataRows, data_rows
from toguna.intake.core.words import fold
from toguna.intake.mappings import all_questions, mapping_of, questions_of
from toguna.kernel.api import Refused

_SAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Understood:
    """An arrival's table, found and mapped: by the kept layout, else by what is proposed."""

    arrival: Arrival
    sheets: FileSheets
    recognised: Recognised
    questions: FormQuestions
    mapping: FormMapping
    proposal: Proposal
    rows: DataRows
    #: First day of the month that it reports; none where nobody said.
    period: date | None

    @property
    def layout(self) -> Layout:
        return self.recognised.layout or self.proposal.layout

    @property
    def is_kept(self) -> bool:
        return self.recognised.layout is not None

    @property
    def header(self) -> Header:
        return self.recognised.header


def understand(arrival_id: str, actor: Actor, *, form_id: str = "", sheet: str = "", period: str = "") -> Understood:
    """Find the arrival's table and form, and the mapping that is kept or proposed. Refuses what has no table or fits no form."""
    one = arrival(arrival_id, actor)
    sheets = open_sheets(content_of(one), one.name)
    if sheet and sheet not in sheets.names:
        raise Refused(problems.SHEET_UNKNOWN.at(file=one.name, sheet=sheet, sheets=", ".join(sheets.names)))
    wanted = form_id or one.form_id
    forms = {(own := questions_of(wanted)).schema.form_id: own} if wanted else all_questions()
    kept = {name: mapping_of(one.organisation, name) for name in forms}
    found = recognise(sheets, forms, kept, sheet)
    if found is None:
        raise Refused(problems.NO_TABLE.at(file=one.name))
    if not found.is_sure:
        raise Refused(problems.FORM_NEEDED.at(file=one.name, forms=", ".join(sorted(all_questions()))))
    questions = forms[found.form_id]
    rows = data_rows(found.sheet.cells, found.header)
    samples = {column.header: _samples(rows, column.at) for column in found.header.columns}
    proposal = propose(
        questions, found.header.columns, samples, kept[found.form_id], _codes(questions, kept[found.form_id])
    )
    return Understood(
        arrival=one, sheets=sheets, recognised=found, questions=questions, mapping=kept[found.form_id], proposal=proposal, rows=rows,
        period=_period(period or one.period, one, found),
    )  # fmt: skip


def _samples(rows: DataRows, at: int) -> tuple[str, ...]:
    return tuple(rows.frame[str(at)].head(500).drop_nulls().unique(maintain_order=True).head(_SAMPLES).to_list())


def lookups_of(questions: FormQuestions) -> LookupOf:
    """The lists that the form's questions choose from."""
    return definitions().checker(questions.schema).reader.lookup


def _codes(questions: FormQuestions, mapping: FormMapping) -> Callable[[str, str], str | None]:
    """The code that a text of a list means."""
    lookups = lookups_of(questions)
    by_list = {one.list_name: one.column for one in questions.all.values()}
    readings: dict[str, Mapping[str, str]] = {}

    def code_of(list_name: str, text: str) -> str | None:
        learnt = mapping.word(list_name, text)
        if learnt is not None:
            return learnt.to
        if list_name not in readings:
            lookup = lookups(by_list[list_name]) if list_name in by_list else None
            readings[list_name] = folded_readings(lookup) if lookup is not None else {}
        return readings[list_name].get(fold(text))

    return code_of


def _period(given: str, one: Arrival, found: Recognised) -> date | None:
    """The month that was said, else the one that titles, the sheet's name or the file's name speak of."""
    for text in (given, *found.header.titles, found.sheet.name, one.name):
        if text and (month := month_of(text)):
            return month
    return None
