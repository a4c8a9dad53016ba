"""Each partner's return of a month, pre-filled: drop-downs, places with p-codes, last month's rows without their numbers; and the reminders.

Nothing is sent: the files and texts are for a person to send.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from toguna.access.api import Actor
from toguna.collect.api import counted
from toguna.collect.core.forms.template import Lists, asked, headers, list_of, write_template
from toguna.collect.core.schema import Column, Schema, Table, text_in
from toguna.collect.core.submissions.assemble import as_text
from toguna.collect.core.submissions.belonging import organisation_of
from toguna.collect.lists import lists_of
from toguna.instance.api import current
from toguna.intake import problems
from toguna.intake.core.questions import NUMBERS
from toguna.intake.expecting import cut_off, expected_returns, return_forms
from toguna.journal.api import head
from toguna.kernel.api import Language, Period, Refused
from toguna.kernel.core.library import library
from toguna.kernel.core.messages import formatted, translatable
from toguna.organisations.api import organisation

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = library("openpyxl")

_SUBJECT = translatable("Return of {month}: {form}")
_MAIL = (
    translatable("Good day {partner},"),
    translatable(
        "Your return of {month} is due by {day}. The file {file} is filled in as far as we know: your organisation, the month, and last month's rows without their numbers."
    ),
    translatable(
        "Expected from you: {sectors}. If nothing was done, answer yes to the question on nothing to report and send the file back: a nil return is a return."
    ),
    translatable("You may also send the file that you use already; the columns need not be ours."),
)
_SHORT = translatable(
    "{operation}: {partner}, your return of {month} is due by {day}. Nothing done? A nil return, please. Thank you."
)


@dataclass(frozen=True, kw_only=True)
class PartnerReturn:
    """What one partner gets: the pre-filled file, a mail and a short message."""

    organisation: str
    name: str
    workbook: bytes
    subject: str
    mail: str
    message: str


def partner_returns(period: Period, actor: Actor, language: Language, form_id: str = "") -> Iterator[PartnerReturn]:
    """One for each partner that owes a return of the month and has sent none. Refuses where no form is one of returns, or several are and none is named."""
    forms = return_forms()
    if form_id:
        forms = {name: schema for name, schema in forms.items() if form_id in (name, schema.slug)}
    if len(forms) != 1:
        raise Refused(problems.RETURN_FORM_NEEDED.at(forms=", ".join(sorted(return_forms())) or "-"))
    schema = next(iter(forms.values()))
    lists = lists_of(schema, language)
    before = _last_rows(schema, period)
    owed: dict[str, list[str]] = {}
    for one in expected_returns(period, actor):
        if one.state in ("not_received", "sent_back"):
            owed.setdefault(one.organisation, []).append(one.sector)
    for code, sectors in owed.items():
        name = f"{schema.slug}_{code}_{period.start:%Y-%m}.xlsx"
        book = _filled(schema, lists, language, code, period.start, before.get(code, {}))
        yield _letters(code, name, book, sorted(set(filter(None, sectors))), schema, period, language)


def _last_rows(schema: Schema, period: Period) -> dict[str, Mapping[str, Sequence[Mapping[str, Any]]]]:
    """By organisation, the rows of its newest return before the period."""
    newest: dict[str, tuple[date, Mapping[str, Sequence[Mapping[str, Any]]]]] = {}
    for _, versions in counted(schema.form_id, 0, head().sequence):
        for one in versions:
            if one.seq_to is None and one.happened < period.start:
                code = organisation_of(schema, one.rows)
                if code not in newest or newest[code][0] <= one.happened:
                    newest[code] = one.happened, one.rows
    return {code: rows for code, (_, rows) in newest.items()}


def _filled(
    schema: Schema,
    lists: Lists,
    language: Language,
    code: str,
    month: date,
    before: Mapping[str, Sequence[Mapping[str, Any]]],
) -> bytes:
    """The form's template with organisation, month, and of each row of last month what names it."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(schema, lists, language)))
    sheets = [sheet for sheet in book.worksheets if not sheet.title.startswith("_")]
    for sheet, table in zip(sheets, schema.tables, strict=False):
        at = {cell.value: cell.column for cell in sheet[1]}
        titles = headers(table, language)
        if not table.name:
            _fill(sheet, 2, at, titles, table, {"_row": "1", **_own(schema, code, month)}, schema, lists, language)
        elif table.parent == "":
            for number, row in enumerate(before.get(table.name, ()), start=2):
                named = {name: value for name, value in row.items() if _names_row(table.by_name.get(name))}
                if named:
                    _fill(sheet, number, at, titles, table, {"_parent": "1", **named}, schema, lists, language)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _own(schema: Schema, code: str, month: date) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for column in schema.table().columns:
        if column.reference == "organisations" and column.required == "true()":
            own[column.name] = code
        elif column.name == schema.date_column:
            own[column.name] = month
    return own


def _names_row(column: Column | None) -> bool:
    """Whether an answer says what a row is about: a choice or a place; numbers, words and days are the new month's."""
    return column is not None and column.type == "select_one" and column.type not in NUMBERS


def _fill(
    sheet: Any, row: int, at: Mapping[Any, int], titles: Mapping[str, str], table: Table, values: Mapping[str, Any],
    schema: Schema, lists: Lists, language: Language,
) -> None:  # fmt: skip
    for link in ("_row", "_parent"):
        if link in values and link in at:
            sheet.cell(row, at[link], values[link])
    for column in asked(table):
        if column.name in values and titles[column.name] in at:
            value = values[column.name]
            shown = _shown(column, value, schema, lists, language)
            cell = sheet.cell(row, at[titles[column.name]])
            cell.value = shown
            if isinstance(shown, str):
                cell.data_type = "s"


def _shown(column: Column, value: Any, schema: Schema, lists: Lists, language: Language) -> Any:
    """The answer as the drop-down has it."""
    if isinstance(value, date):
        return value
    text = as_text(value)
    if column.reference is not None:
        name = dict(lists.get(column.reference, ())).get(text, "")
        return f"{text} {name}".strip()
    choices = {
        choice.name: text_in(choice.label, language, choice.name)
        for choice in schema.choices.get(list_of(column) or "", ())
    }
    return choices.get(text, text)


def _letters(
    code: str, name: str, book: bytes, sectors: Sequence[str], schema: Schema, period: Period, language: Language
) -> PartnerReturn:
    operation = current().operation
    partner = organisation(code)
    own = (partner.name.get(language) or next(iter(partner.name.values()), code)) if partner else code
    said = {
        "partner": own, "month": f"{period.start:%m/%Y}", "day": f"{cut_off(period):%d/%m/%Y %H:%M}", "file": name,
        "form": text_in(schema.title, language, schema.form_id), "sectors": ", ".join(sectors) or "-",
        "operation": operation.name.get(language) or operation.id,
    }  # fmt: skip
    lines = [formatted(text, said, language) for text in _MAIL]
    return PartnerReturn(
        organisation=code,
        name=name,
        workbook=book,
        subject=formatted(_SUBJECT, said, language),
        mail="\n\n".join([*lines, str(said["operation"])]) + "\n",
        message=formatted(_SHORT, said, language),
    )
