"""What a look at spreadsheets only counts: the rows that nothing stored, and nothing that came before them, can touch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from toguna.access.api import Actor, require_permit
from toguna.collect.core.deciding import Known
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.assemble import key_columns
from toguna.collect.core.submissions.fresh import FreshRows, identities, keys_of, on_days, split
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.values import Checked, Receipt
from toguna.collect.remarks import Remarks
from toguna.collect.scope import is_scoped
from toguna.collect.store import models

_IDS = 10_000


@dataclass(kw_only=True)
class CountedRows:
    """The rows that one look counts. What it gives out again (`written_out`) is decided one by one like all else."""

    actor: Actor
    #: What the look would have stored so far of the rows that it decides one by one.
    known: Known
    #: By form, its published versions.
    forms: Mapping[str, Sequence[Schema]]
    #: Each with the rest of its spreadsheet.
    _counted: list[tuple[FreshRows, SheetRows]] = field(default_factory=list)

    def count(self, rows: SheetRows) -> tuple[SheetRows, int]:
        """The rows that must be decided one by one, and how many others are counted here. Refuses an actor who may not send."""
        if is_scoped(self.actor):
            return rows, 0
        require_permit(self.actor, "submission.received")
        fresh, others = split(rows, self._touched(rows))
        if not fresh:
            return rows, 0
        self._counted.append((fresh, others))
        return others, len(fresh)

    def may_touch(self, batch: Sequence[Checked], sheet: SheetRows | None) -> bool:
        """Whether what is decided one by one could be, or correct, a row that was counted of another spreadsheet."""
        if all(rest is sheet for _, rest in self._counted):
            return False
        return sheet is not None or any(one.key or one.deprecated_id for one in batch)

    def written_out(self, sheet: SheetRows | None = None) -> Iterator[Checked]:
        """What was counted of other spreadsheets than this one, to be decided one by one after all."""
        given_out = [fresh for fresh, rest in self._counted if rest is not sheet]
        self._counted = [(fresh, rest) for fresh, rest in self._counted if rest is sheet]
        for fresh in given_out:
            yield from fresh.submissions()

    def receipts(self, remarks: Remarks) -> list[Receipt]:
        """Of what is still counted; what is to be said of it is added to the remarks."""
        for fresh, _ in self._counted:
            remarks.note_fresh(fresh)
        return [Receipt(received=fresh) for fresh, _ in self._counted]

    def _touched(self, rows: SheetRows) -> pl.Series:
        """For each row of the form's sheet: whether a submission that is stored or came before may be the same, or of the same key."""
        schema, main = rows.checker.schema, rows.checked.tables[""]
        stored = models.Submission.objects.filter(form_version__form_id=schema.form_id)
        decided = [
            one.key for one in self.known.versions.values() if one.form_id == schema.form_id and not one.sequence
        ]
        before = [fresh for fresh, _ in self._counted if fresh.schema.form_id == schema.form_id]
        none, every = (pl.repeat(value, main.height, dtype=pl.Boolean, eager=True) for value in (False, True))
        if any(fresh.schema.digest != schema.digest for fresh in before):
            return every
        touched = none
        for fresh in before:
            touched = touched | identities(schema, main).is_in(fresh.identities.implode())
        if not decided and not stored.exists():
            return touched
        if key_columns(schema):
            keys = keys_of(schema, main)
            there = {*decided, *_stored_keys(keys)}
            return touched | pl.Series([key in there for key in keys], dtype=pl.Boolean)
        days = {one.date_column for one in self.forms[schema.form_id]}
        if decided or len(days) > 1 or not schema.date_column:
            return every
        return touched | on_days(schema, main, list(stored.values_list("happened", flat=True).distinct()))


def _stored_keys(keys: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(keys), _IDS):
        yield from models.Submission.objects.filter(key__in=keys[start : start + _IDS]).values_list("key", flat=True)
