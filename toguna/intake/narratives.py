"""A partner's narrative: a Word or PDF file or a pasted message that came as an arrival, read beside the return of the month.

What could lead to a person (registration numbers, telephones, names after a title) is shown to who may read confidential values, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toguna.access.api import Actor, permits
from toguna.check.api import read_document
from toguna.collect.api import schema_of, submission_as_seen
from toguna.collect.core.schema import Schema
from toguna.collect.definitions import definitions
from toguna.intake import problems
from toguna.intake.arrivals import Arrival, arrival, content_of
from toguna.intake.core.letters import read_letter
from toguna.intake.core.narrative import ComparedNumber, ReturnRow, compared, without_persons
from toguna.intake.core.questions import NUMBERS
from toguna.intake.core.words import fold
from toguna.intake.expecting import returns_of
from toguna.kernel.api import Refused

_MOST_ROWS = 5_000


@dataclass(frozen=True, kw_only=True)
class Narrative:
    """A partner's words, with their numbers compared."""

    arrival: Arrival
    #: Paragraphs, headings and cells, in the order of reading.
    texts: tuple[str, ...]
    numbers: tuple[ComparedNumber, ...]
    #: Whether something was hidden from the reader.
    is_hidden: bool
    #: The submissions that the numbers were compared with.
    returns: tuple[str, ...]


def read_narrative(arrival_id: str, actor: Actor, period: str = "") -> Narrative:
    """The narrative, as the actor may see it. Refuses an arrival that is a table, and a file without words."""
    one = arrival(arrival_id, actor)
    if one.kind != "narrative":
        raise Refused(problems.NO_NARRATIVE.at(arrival=one.id))
    texts = _texts(one)
    month = period or one.period
    ids = returns_of(one.organisation, month) if month else []
    rows = [row for instance_id in ids for row in _rows(instance_id, actor)][:_MOST_ROWS]
    sees_persons = permits(actor, "confidential.read")
    shown = texts if sees_persons else [without_persons(text) for text in texts]
    return Narrative(
        arrival=one, texts=tuple(shown), numbers=tuple(compared(shown, rows)), is_hidden=shown != texts, returns=tuple(ids)
    )  # fmt: skip


def _texts(one: Arrival) -> list[str]:
    content = content_of(one)
    if one.name.lower().endswith((".eml", ".msg")):
        letter = read_letter(content, one.name)
        return [part.strip() for part in letter.text.split("\n\n") if part.strip()]
    return [text.text.strip() for text in read_document(content, one.name).texts() if text.text.strip()]


def _rows(instance_id: str, actor: Actor) -> list[ReturnRow]:
    """The rows of a stored return, each with the words that name it, as far as the actor may see them."""
    seen = submission_as_seen(instance_id, actor)
    schema = schema_of(seen.form_id, seen.form_version)
    labels = _labels(schema)
    return [
        _row(schema, table, row, labels) for table, rows in seen.rows.items() for row in rows if any(_is_number(schema, table, name) for name in row)
    ]  # fmt: skip


def _row(
    schema: Schema, table: str, row: Mapping[str, Any], labels: Mapping[tuple[str, str], Sequence[str]]
) -> ReturnRow:
    names: set[str] = set()
    numbers: dict[str, Decimal] = {}
    for name, value in row.items():
        column = schema.column(table, name)
        if column is None or value is None:
            continue
        if column.type in NUMBERS:
            numbers[name] = Decimal(str(value))
        elif column.type == "select_one" and column.reference != "organisations":
            names.update(labels.get((column.reference or column.choice_list or "", str(value)), ()))
    return ReturnRow(names=frozenset(names), numbers=numbers)


def _is_number(schema: Schema, table: str, name: str) -> bool:
    column = schema.column(table, name)
    return column is not None and column.type in NUMBERS


def _labels(schema: Schema) -> dict[tuple[str, str], tuple[str, ...]]:
    """By list and code, the folded words that a text may use."""
    reader = definitions().checker(schema).reader
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for _, column in schema.columns():
        lookup = reader.lookup(column) if column.type == "select_one" else None
        for code, names in lookup.entries if lookup is not None else ():
            found[column.reference or column.choice_list or "", code] = tuple(
                word for name in names if len(word := fold(name)) > 2
            )
    return found
