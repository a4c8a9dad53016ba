"""An arrival sent back: the partner's workbook with every fault marked, and a letter in the partner's language. Nobody sends it but a person."""

from __future__ import annotations

from dataclasses import dataclass

from toguna.access.api import Actor, Subject, require_permit
from toguna.collect.core.forms.template import headers
from toguna.instance.api import current
from toguna.intake import problems
from toguna.intake.arrivals import SENT_BACK, Arrival, arrival, content_of, kept_content, settle
from toguna.intake.core.marking import Mark, marked_workbook
from toguna.intake.core.words import fold
from toguna.intake.previewing import ArrivalPreview
from toguna.journal.api import acts_on
from toguna.kernel.api import Language, Problem, Refused
from toguna.kernel.core.messages import counted, formatted, translatable, translated
from toguna.organisations.api import organisation

_NAMED = 15
_LISTED = 2_000
#: The name of the first sheet begins with a sign that says that it holds no data.
_TITLE = translatable("_To correct")
_SUBJECT = translatable("{file}: please correct {rows}")
_ROWS = counted("{count} row", "{count} rows")
_LETTER = (
    translatable("Good day,"),
    translatable("Thank you for {file}. {rows} cannot be taken in as they are:"),
    translatable(
        'The file is attached. Each row says in its last column, "{column}", what to correct. Please correct it in this file and send it back under the same name.'
    ),
    translatable(
        "Please do not rename the columns. Write 0 where there was nothing; leave blank what you do not know."
    ),
)
_WHERE = translatable("Row {row}: {text}")
_MORE = counted("... and {count} more row.", "... and {count} more rows.")
_HEADS = (translatable("Row"), translatable("Column"), translatable("Value"), translatable("What to correct"))


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """What a person sends: the workbook with its name, and the letter with its subject."""

    workbook: bytes
    name: str
    subject: str
    letter: str
    language: Language


def send_back(seen: ArrivalPreview, actor: Actor, language: Language = "", note: str = "") -> SentBack:
    """Make what goes back, and keep it; act ``arrival.sent_back``. `language`: the sender's own where none is given; `note` stands in the letter.

    Refuses an arrival that was discarded, and one in which nothing is wrong.
    """
    one = arrival(seen.understood.arrival.id, actor)
    require_permit(actor, SENT_BACK, Subject(organisation=one.organisation))
    if one.state == "discarded":
        raise Refused(problems.ARRIVAL_CLOSED.at(arrival=one.id, state="discarded", state_fr="écartée"))
    told = language or language_of_file(seen)
    marks = marks_of(seen, told)
    if not marks:
        raise Refused(problems.NOTHING_WRONG.at(arrival=one.id))
    found = seen.understood
    title = translated(_TITLE, told)
    header_row = max(found.header.rows, default=found.header.tags or 0) + 1
    workbook = marked_workbook(
        content_of(one),
        found.sheets,
        found.recognised.sheet.name,
        header_row,
        marks,
        _summary(one.name, marks, told),
        title,
    )
    letter = _letter(one.name, one.organisation, marks, told, note)
    rows = formatted(_ROWS, {"count": len({mark.row for mark in marks})}, told)
    subject = formatted(_SUBJECT, {"file": one.name, "rows": rows}, told)
    files = current().files
    written = f"{subject}\n\n{letter}".encode()
    settle(one, SENT_BACK, actor, {"content": files.put(workbook), "letter": files.put(written), "language": told})
    return SentBack(workbook=workbook, name=_name(one), subject=subject, letter=letter, language=told)


def last_sent_back(arrival_id: str, actor: Actor) -> SentBack | None:
    """What was last made to go back of an arrival, as it was kept; none where nothing was. Refuses an arrival that `arrival` refuses."""
    one = arrival(arrival_id, actor)
    act = next(iter([*acts_on(one.id, (SENT_BACK,))][::-1]), None)
    if act is None:
        return None
    subject, _, letter = kept_content(str(act.detail["letter"]), one.id).decode().partition("\n\n")
    workbook = kept_content(str(act.detail["content"]), one.id)
    language = str(act.detail["language"])
    return SentBack(workbook=workbook, name=_name(one), subject=subject, letter=letter, language=language)


def _name(one: Arrival) -> str:
    return f"{one.name.rpartition('.')[0] or one.name}.xlsx"


def marks_of(seen: ArrivalPreview, language: Language) -> list[Mark]:
    """Every fault that stands in a row, and every total that does not add up, in the order of the sheet."""
    at = {fold(column.header): column.at for column in seen.understood.header.columns}
    at |= {
        fold(column.parts[-1]): column.at
        for column in seen.understood.header.columns
        if column.parts and fold(column.parts[-1]) not in at
    }
    left = seen.understood.recognised.sheet.left
    marks = []
    for problem in seen.problems:
        place = problem.place
        if place.row and (problem.is_error or problem.fault is problems.TOTAL_DIFFERS):
            column = at.get(fold(place.column or ""))
            marks.append(
                Mark(
                    row=place.row, column=left + column if column is not None else 0, header=place.column or "",
                    value=str(problem.details.get("value", problem.details.get("text", ""))), text=_sentences(problem, language),
                )
            )  # fmt: skip
    return sorted(marks, key=lambda mark: (mark.row, mark.column))


def language_of_file(seen: ArrivalPreview) -> Language:
    """The language that most of the file's headers are in, of those in which Toguna writes; else the operation's first."""
    own = current().operation.languages
    written = {fold(part) for column in seen.understood.header.columns for part in (column.header, *column.parts)}
    schema = seen.understood.questions.schema
    known = {
        language: sum(fold(label) in written for table in schema.tables for label in headers(table, language).values())
        for language in own
    }
    return max(own, key=lambda language: known[language])


def _sentences(problem: Problem, language: Language) -> str:
    return f"{problem.what(language)} {problem.cure(language)}"


def _summary(file: str, marks: list[Mark], language: Language) -> list[list[str]]:
    rows = formatted(_ROWS, {"count": len({mark.row for mark in marks})}, language)
    lines = [
        [formatted(_SUBJECT, {"file": file, "rows": rows}, language)],
        [],
        [translated(head, language) for head in _HEADS],
    ]
    return [*lines, *([str(mark.row), mark.header, mark.value, mark.text] for mark in marks[:_LISTED])]


def _letter(file: str, code: str, marks: list[Mark], language: Language, note: str) -> str:
    """The mail: greeting, the first faults, what to do, who reads it."""
    rows = sorted({mark.row for mark in marks})
    counted_rows = formatted(_ROWS, {"count": len(rows)}, language)
    partner = organisation(code)
    name = partner.name.get(language) or next(iter(partner.name.values()), code) if partner else code
    hello, thanks, attached, please = (translated(text, language) for text in _LETTER)
    lines = [f"{hello.rstrip(',')} {name},", "", thanks.format(file=file, rows=counted_rows), ""]
    first: dict[int, str] = {}
    for mark in marks:
        first.setdefault(mark.row, f"{mark.header}: {mark.text}" if mark.header else mark.text)
    lines += [f"- {formatted(_WHERE, {'row': row, 'text': first[row]}, language)}" for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        lines.append(formatted(_MORE, {"count": len(rows) - _NAMED}, language))
    lines += ["", attached.format(column="À corriger / To correct"), please]
    lines += ["", note] if note else []
    return "\n".join([*lines, "", current().operation.name.get(language) or current().operation.id, ""])
